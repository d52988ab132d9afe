"""How things look in the terminal: words first, colour second, numbers aligned."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text as Line

from tolok.base import Language, Locale, Money, TolokError, Unit

if TYPE_CHECKING:  # takes a second to load, and a mistake must be said at once
    from tolok.metrics import Change, Figure, Metric

_CUT = "┊"
BARS = "▁▂▃▄▅▆▇█"
_LEAST = "↑"
GOOD, BAD, QUIET, WARN = "green", "red", "bright_black", "yellow"


def console(*, stderr: bool = False) -> Console:
    """Return the console; it keeps to plain text when the output is no terminal."""
    width = None if sys.stdout.isatty() or os.environ.get("COLUMNS") else 110
    return Console(stderr=stderr, highlight=False, width=width, soft_wrap=False)


def say_error(error: TolokError, language: Language) -> None:
    """Print an error as one sentence with what to do, on standard error."""
    out = console(stderr=True)
    out.print(Line("✗ ", style=BAD), Line(error.message.say(language, **error.data), style="bold"),
              sep="", soft_wrap=True)  # fmt: skip
    if error.hint is not None:
        out.print("  " + error.hint.say(language, **error.data), style=QUIET, soft_wrap=True)


def sparkline(figures: Sequence[Figure], breaks: Collection[int] = ()) -> str:
    """Return figures as a row of small bars; a missing one is a dot, never a zero bar.

    One known only as at least so much is an arrow, one between two bounds a double arrow: a bar
    would look like a fall. `breaks` are the places before which a platform began to count
    otherwise: a thin line stands there.
    """
    values = [f.value if f.state != "at_least" else None for f in figures]
    marks = [_mark_of(f) for f in figures]
    known = [v for v in values if v is not None]
    if len(known) + marks.count(_LEAST) < 2:
        return ""
    if not known:
        return _with_cuts(marks, breaks)
    low, high = min(known), max(known)
    # Differences are drawn, so a flat line stays flat: the scale never zooms into noise below 5 %.
    span = max(high - low, abs(high) * 0.05) or 1.0
    bars = [
        mark if v is None else BARS[min(7, int((v - low) / span * 7.999))]
        for v, mark in zip(values, marks, strict=True)
    ]
    return _with_cuts(bars, breaks)


def _with_cuts(bars: Sequence[str], breaks: Collection[int]) -> str:
    return "".join(f"{_CUT}{bar}" if i in breaks else bar for i, bar in enumerate(bars))


def _mark_of(figure: Figure) -> str:
    if figure.state == "at_least" or (figure.low is not None and figure.high is None):
        return _LEAST
    return "·" if figure.low is None else "↕"


def write_figure(figure: Figure, metric: Metric, locale: Locale) -> str:
    """Return the figure as it may be said: a number, “≥ …”, a range, or a dash."""
    unit: Unit = metric.unit
    if figure.state == "range" and figure.low is not None:
        low = _number(figure.low, unit, figure, locale)
        if figure.high is None:
            return f"≥ {low}"
        return f"{low} – {_number(figure.high, unit, figure, locale)}"
    if figure.value is None:
        return "–"
    text = _number(figure.value, unit, figure, locale)
    return {"at_least": "≥ ", "about": "± "}.get(figure.state, "") + text


def _number(value: float, unit: Unit, figure: Figure, locale: Locale) -> str:
    if unit.kind == "money" and figure.currency:
        return locale.format_money(Money.of(value, figure.currency))
    return locale.format_figure(value, unit)


def write_change(change: Change, metric: Metric, locale: Locale, *, is_signal: bool) -> Line:
    """Return the change; only a signal is coloured, routine variation stays grey."""
    if change.ratio is None:
        return Line("–", style=QUIET)
    text = locale.format_change(change.ratio)
    up = change.ratio > 0
    if metric.direction == "neither" or not is_signal:
        return Line(text, style=QUIET)
    return Line(text, style=GOOD if up == (metric.direction == "up") else BAD)


def write_note(figure: Figure, language: Language) -> str:
    """Return the one thing a reader must know of the figure, or nothing."""
    if figure.reason is not None and figure.state in ("at_least", "about", "unknown"):
        return figure.reason.say(language, **figure.reason_data)
    for text, data in figure.notes:
        return text.say(language, **data)
    return ""
