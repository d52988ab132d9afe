"""What a chart on screen tells when pointed at: each category with its values, hidden until then."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from tolok.base import Language, Text

from .chart import Chart
from .palette import INK, PAPER, SOFT

_MISSING = Text("no data", "tidak ada data")
_TARGET = Text("target", "target")
_EXPECTED = Text("expected {low} to {high}", "wajarnya {low} sampai {high}")
_LINE, _PAD, _SIZE, _EM = 15.0, 7.0, 11.0, 0.58


def say_point(chart: Chart, place: int, language: Language) -> list[str]:
    """Return what a category of a chart says: its name, then one line per series and level."""
    lines = [chart.categories[place].say(language)]
    for series in chart.series:
        number = series.numbers[place]
        value = number.write(language) if number is not None else _MISSING.say(language)
        name = f"{series.name.say(language)}: " if len(chart.series) > 1 else ""
        lines.append(name + value)
    if chart.target is not None and chart.target.is_known:
        lines.append(f"{_TARGET.say(language)} {chart.target.write(language)}")
    if place == len(chart.categories) - 1 and chart.low is not None and chart.high is not None:
        low, high = chart.low.write(language), chart.high.write(language)
        lines.append(_EXPECTED.say(language, low=low, high=high))
    lines += [e.text.say(language) for e in chart.events if e.place == place]
    return lines


def draw_points(
    chart: Chart, language: Language, *, spots: list[tuple[float, float, float]],
    width: float, top: float, bottom: float,
) -> Iterator[str]:  # fmt: skip
    """Yield one group per category; `spots` are the middle, the width and the height of each.

    A group holds a clear field to point at, a line through the value, and the words. Line and
    words are hidden by themselves; styles show them on hover, focus and touch.
    """
    for place, (x, room, y) in enumerate(spots):
        lines = [_cut(line) for line in say_point(chart, place, language)]
        wide = max(len(line) for line in lines) * _SIZE * _EM + 2 * _PAD
        tall = len(lines) * _LINE + _PAD
        left = min(max(x - wide / 2, 2), max(width - wide - 2, 2))
        over = max(0.0, min(y - tall - 8, bottom - tall))
        words = "".join(
            f'<text x="{left + _PAD:.1f}" y="{over + _LINE * (n + 1) - 2:.1f}" fill="{PAPER}" '
            f'font-weight="{600 if n == 1 else 400}">{escape(line)}</text>'
            for n, line in enumerate(lines)
        )
        yield (
            f'<g class="pt"><rect x="{x - room / 2:.1f}" y="{top:.1f}" width="{room:.1f}" '
            f'height="{bottom - top:.1f}" fill="none" pointer-events="all"/>'
            f'<line class="pt-on" visibility="hidden" x1="{x:.1f}" x2="{x:.1f}" y1="{top:.1f}" '
            f'y2="{bottom:.1f}" stroke="{SOFT}" stroke-width="1"/>'
            f'<g class="pt-on" visibility="hidden" pointer-events="none"><rect x="{left:.1f}" y="{over:.1f}" '
            f'width="{wide:.1f}" height="{tall:.1f}" rx="5" fill="{INK}"/>{words}</g></g>'
        )


def _cut(words: str, most: int = 44) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
