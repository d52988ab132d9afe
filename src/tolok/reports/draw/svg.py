"""A chart as SVG: hand-written, readable in grey and in print, with a text that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from tolok.base import LANGUAGES, Language, Text

from ..number import Number
from .chart import Chart, Series
from .palette import INK, LINE, MOODS, SOFT, series_colours
from .svg_points import draw_points

FONT = "Inter, sans-serif"
_SIZE = 11.0
_EM = 0.58  # mean width of a letter of Inter, in ems
_ROW = 24.0
_MOST_LETTERS = 26
_MISSING = Text("no data", "tidak ada data")
_TARGET = Text("target", "target")


@dataclass(frozen=True)
class _Frame:
    """The room of a plot and its scale."""

    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float
    count: int

    def y(self, value: float) -> float:
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - self.top)

    @property
    def step(self) -> float:
        return (self.right - self.left) / max(1, self.count)

    def x(self, place: int) -> float:
        return self.left + self.step * (place + 0.5)


def draw_svg(
    chart: Chart, language: Language, *, accent: str, width: float = 520, height: float = 190,
    is_interactive: bool = False,
) -> str:  # fmt: skip
    """Return the chart as an SVG document; its title stands outside, its sentence is the alt text.

    On screen (`is_interactive`) each category also tells its values when pointed at.
    """
    if chart.kind == "bar":
        height = 14 + _ROW * len(chart.categories)
        body = _draw_bars(chart, language, accent, width)
    else:
        frame = _frame_of(chart, width, height)
        body = [*_draw_ground(chart, frame, language),
                *(_draw_columns if chart.kind == "column" else _draw_lines)(chart, frame, language, accent),
                *_label_categories(chart, frame, language)]  # fmt: skip
        if is_interactive:
            body += draw_points(chart, language, spots=_spots(chart, frame), width=width,
                                top=frame.top - 8, bottom=frame.bottom)  # fmt: skip
    alt = chart.says.say(language) if chart.says else chart.title.say(language)
    head = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
            f'height="{height:g}" role="img" aria-label="{escape(alt, quote=True)}" font-family="{FONT}" '
            f'font-size="{_SIZE:g}">')  # fmt: skip
    return head + "".join(body) + "</svg>"


def _spots(chart: Chart, frame: _Frame) -> list[tuple[float, float, float]]:
    """Return the middle, the width and the highest point of each category."""
    spots = []
    for place in range(frame.count):
        known = [n.value for s in chart.series if (n := s.numbers[place]) and n.value is not None]
        y = min((frame.y(v) for v in known), default=(frame.top + frame.bottom) / 2)
        spots.append((frame.x(place), frame.step, y))
    return spots


def width_of(words: str, size: float = _SIZE) -> float:
    """Return about how wide a text is drawn."""
    return len(words) * size * _EM


def _frame_of(chart: Chart, width: float, height: float) -> _Frame:
    values = [
        n.value for s in chart.series for n in s.numbers if n is not None and n.value is not None
    ]
    ends = [v for n in chart.numbers if n.value is None for v in (n.low, n.high) if v is not None]
    if chart.target is not None and chart.target.value is not None:
        values.append(chart.target.value)
    shown = [*values, *ends] or [0.0, 1.0]
    low, high = min(shown), max(shown)
    if chart.kind == "column" or (low >= 0 and low < 0.6 * high):
        low = min(0.0, low)
    pad = (high - low or abs(high) or 1.0) * 0.18
    top = chart.top if chart.top is not None else high + pad
    bottom = low if low == 0 else low - pad
    right = (
        8.0
        if chart.kind == "column"
        else 14 + max((width_of(_last_label(s.numbers)) * 1.06 for s in chart.series), default=0.0)
    )
    return _Frame(8, width - right, 16, height - 24, bottom, top, len(chart.categories))


def _last_label(numbers: Sequence[Number | None]) -> str:
    known = [n for n in numbers if n is not None and n.value is not None]
    return max((known[-1].write_axis(x) for x in LANGUAGES), key=len) if known else ""


def axis_low(chart: Chart) -> float:
    """Return where the value axis of the chart starts, the same in every format."""
    return min(0.0, *chart.values, 0.0) if chart.kind == "bar" else _frame_of(chart, 520, 190).low


def starts_at_zero(chart: Chart) -> bool:
    """Whether the value axis of the chart starts at zero or below."""
    return axis_low(chart) <= 0


def _text(
    x: float, y: float, words: str, *, anchor: str = "start", colour: str = INK, bold: bool = False
) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}"{weight}>{escape(words)}</text>'


def _draw_ground(chart: Chart, frame: _Frame, language: Language) -> list[str]:
    base = frame.y(0) if frame.low <= 0 else frame.bottom
    dash = "" if frame.low <= 0 else ' stroke-dasharray="2 3"'
    parts = [
        f'<line x1="{frame.left:g}" x2="{frame.right:g}" y1="{base:.1f}" y2="{base:.1f}" stroke="{LINE}"{dash}/>'
    ]
    for place in range(frame.count):
        if all(s.numbers[place] is None for s in chart.series):
            parts += _draw_gap(frame, place)
    for event in chart.events:
        x = frame.left + frame.step * event.place
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{frame.top - 8:g}" y2="{frame.bottom:g}" '
                     f'stroke="{SOFT}" stroke-dasharray="1 3"/>')  # fmt: skip
        parts.append(f'<path d="M{x - 4:.1f} {frame.top - 12:g}h8l-4 6z" fill="{SOFT}"><title>'
                     f"{escape(event.text.say(language))}</title></path>")  # fmt: skip
    return parts


def _draw_gap(frame: _Frame, place: int) -> list[str]:
    x, step = frame.left + frame.step * place, frame.step
    lines = []
    for number in range(1, 5):
        y = frame.bottom - number * (frame.bottom - frame.top) / 5
        lines.append(f'<line x1="{x + step * 0.2:.1f}" x2="{x + step * 0.8:.1f}" y1="{y + 4:.1f}" '
                     f'y2="{y - 4:.1f}" stroke="{LINE}"/>')  # fmt: skip
    return lines


def _draw_lines(chart: Chart, frame: _Frame, language: Language, accent: str) -> list[str]:
    colours, parts = series_colours(accent), _draw_band(chart, frame)
    parts += _draw_target(chart, frame, language)
    for number, series in enumerate(chart.series):
        colour = colours[number]
        for run in _runs(series.numbers, chart.breaks):
            points = " ".join(f"{frame.x(p):.1f},{frame.y(v):.1f}" for p, v in run)
            if len(run) > 1:
                parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2" '
                             'stroke-linejoin="round"/>')  # fmt: skip
            else:
                parts.append(
                    f'<circle cx="{frame.x(run[0][0]):.1f}" cy="{frame.y(run[0][1]):.1f}" r="2" fill="{colour}"/>'
                )
        parts += _draw_ranges(series.numbers, frame, colour)
        parts += _draw_leasts(series, frame, colour)
        parts += _label_line(chart, series.numbers, frame, language, colour=colour)
    return parts


def _draw_band(chart: Chart, frame: _Frame) -> list[str]:
    if (
        chart.low is None
        or chart.high is None
        or chart.low.value is None
        or chart.high.value is None
    ):
        return []
    top, bottom = frame.y(chart.high.value), frame.y(chart.low.value)
    x = frame.x(frame.count - 1)
    return [f'<rect x="{x - 7:.1f}" y="{top:.1f}" width="14" height="{max(bottom - top, 1):.1f}" fill="{LINE}" '
            'opacity="0.75"/>']  # fmt: skip


def _draw_target(chart: Chart, frame: _Frame, language: Language) -> list[str]:
    if chart.target is None or chart.target.value is None:
        return []
    y = frame.y(chart.target.value)
    words = f"{_TARGET.say(language)} {chart.target.write_axis(language)}"
    return [f'<line x1="{frame.left:g}" x2="{frame.right:g}" y1="{y:.1f}" y2="{y:.1f}" stroke="{SOFT}" '
            'stroke-dasharray="6 4"/>', _text(frame.left, y - 4, words, colour=SOFT)]  # fmt: skip


def _draw_ranges(numbers: Sequence[Number | None], frame: _Frame, colour: str) -> list[str]:
    parts = []
    for place, number in enumerate(numbers):
        if number is not None and number.value is None and number.low is not None:
            high = number.high if number.high is not None else number.low
            parts.append(f'<line x1="{frame.x(place):.1f}" x2="{frame.x(place):.1f}" y1="{frame.y(number.low):.1f}" '
                         f'y2="{frame.y(high):.1f}" stroke="{colour}" stroke-width="4" opacity="0.45"/>')  # fmt: skip
    return parts


def _draw_leasts(series: Series, frame: _Frame, colour: str) -> list[str]:
    """Draw an arrow up from what is known only as at least so much."""
    places = [(frame.x(n), frame.y(_height(series.numbers[n]))) for n in series.leasts]
    return [f'<path d="M{x - 4:.1f} {y:.1f}h8m-4 0v-10m-3 4l3-4l3 4" fill="none" stroke="{colour}" '
            'stroke-width="1.5"/>' for x, y in places]  # fmt: skip


def _runs(numbers: Sequence[Number | None], breaks: Sequence[int]) -> list[list[tuple[int, float]]]:
    """Cut a series where no whole value is known and where the platform changed what it counts."""
    runs: list[list[tuple[int, float]]] = [[]]
    for place, number in enumerate(numbers):
        if place in breaks and runs[-1]:
            runs.append([])
        if number is None or number.value is None or number.is_least:
            if runs[-1]:
                runs.append([])
        else:
            runs[-1].append((place, number.value))
    return [r for r in runs if r]


def _label_line(
    chart: Chart, numbers: Sequence[Number | None], frame: _Frame, language: Language, *, colour: str
) -> list[str]:  # fmt: skip
    known = [(p, n) for p, n in enumerate(numbers) if n is not None and n.value is not None]
    if not known:
        return []
    place, last = known[-1]
    x, y = frame.x(place), frame.y(last.value or 0)
    mark = MOODS[chart.mood] if chart.mood in ("good", "bad") else colour
    parts = [_text(x + 10, y + 4, last.write_axis(language), bold=True)]
    if not last.is_least:
        parts.insert(0, f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{mark}"/>')
    whole = [(p, n) for p, n in known if not n.is_least]
    if len(chart.series) > 1 or not whole:
        return parts
    for other, below in ((max(whole, key=lambda k: k[1].value or 0), False),
                         (min(whole, key=lambda k: k[1].value or 0), True)):  # fmt: skip
        words = other[1].write_axis(language)
        if other[0] == place or abs(frame.x(other[0]) - x) < width_of(words) / 2 + 12:
            continue
        x_label = min(max(frame.x(other[0]), frame.left + width_of(words) / 2), frame.right)
        y_label = frame.y(other[1].value or 0) + (14 if below else -6)
        parts.append(
            _text(x_label, min(y_label, frame.bottom - 2), words, anchor="middle", colour=SOFT)
        )
    return parts


def _draw_columns(chart: Chart, frame: _Frame, language: Language, accent: str) -> list[str]:
    colours, parts = series_colours(accent), _draw_target(chart, frame, language)
    count, room = len(chart.series), frame.step * 0.72
    wide = room / count
    for number, series in enumerate(chart.series):
        widest = max((width_of(n.write_axis(language)) for n in series.numbers if n), default=0)
        top_place = max(range(len(series.numbers)), key=lambda p: _height(series.numbers[p]))
        for place, one in enumerate(series.numbers):
            if one is None or one.value is None:
                continue
            x = frame.x(place) - room / 2 + number * wide
            top, base = sorted((frame.y(one.value), frame.y(0)))
            # What is known only as a least is pale and open: it may reach higher.
            pale = (
                f' fill-opacity="0.25" stroke="{colours[number]}" stroke-dasharray="3 2"'
                if one.is_least
                else ""
            )
            parts.append(f'<rect x="{x:.1f}" y="{top:.1f}" width="{wide - 1:.1f}" height="{max(base - top, 0.5):.1f}" '
                         f'fill="{colours[number]}"{pale}/>')  # fmt: skip
            if count == 1 and (widest <= frame.step * 1.02 or place == top_place):
                parts.append(
                    _text(frame.x(place), top - 4, one.write_axis(language), anchor="middle")
                )
    return parts


def _height(number: Number | None) -> float:
    return -1.0 if number is None or number.value is None else number.value


def _label_categories(chart: Chart, frame: _Frame, language: Language) -> list[str]:
    words = [c.say(language) for c in chart.categories]
    widest = max(width_of(w) for w in words) + 8
    every = max(1, -(-int(widest) // max(1, int(frame.step))))
    parts = []
    for place in range(len(words) - 1, -1, -every):  # counted from the end: the last one is named
        x = frame.x(place)
        half = width_of(words[place]) / 2
        if x - half < 0:
            continue
        parts.append(_text(x, frame.bottom + 16, words[place], anchor="middle", colour=SOFT))
    return parts


def cut(words: str, most: int = _MOST_LETTERS) -> str:
    """Return the words, cut with an ellipsis where they are longer."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _draw_bars(chart: Chart, language: Language, accent: str, width: float) -> list[str]:
    names = [cut(c.say(language)) for c in chart.categories]
    numbers = chart.series[0].numbers
    labels = [n.write_axis(language) if n else _MISSING.say(language) for n in numbers]
    left = min(max(width_of(n) for n in names) + 10, width * 0.42)
    room = width - left - max(width_of(w) for w in labels) - 14
    values = [n.value or 0.0 for n in numbers if n is not None]
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    scale = room / (high - low or 1.0)
    zero = left - low * scale
    parts = [
        f'<line x1="{zero:.1f}" x2="{zero:.1f}" y1="4" y2="{8 + _ROW * len(names):.1f}" stroke="{LINE}"/>'
    ]
    for place, (name, number, label) in enumerate(zip(names, numbers, labels, strict=True)):
        y = 8 + _ROW * place
        value = number.value if number is not None and number.value is not None else 0.0
        x, long = zero + min(value, 0) * scale, abs(value) * scale
        is_least = number is not None and number.is_least
        pale = f' fill-opacity="0.25" stroke="{accent}" stroke-dasharray="3 2"' if is_least else ""
        parts.append(
            f'<rect x="{x:.1f}" y="{y + 3:.1f}" width="{long:.1f}" height="{_ROW - 8:g}" fill="{accent}"{pale}/>'
        )
        parts.append(_text(left - 8, y + 15, name, anchor="end"))
        parts.append(_text(max(x + long, zero) + 6, y + 15, label, bold=True))
    return parts
