"""Where steps and values lie in a drawing, and round numbers for the axis of values."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .course import Course

_STARTS_AT_ZERO = ("flow", "count", "unique")
_TICKS = 4
_BAND_ROOM = 0.35
STRIP = 26.0  # the height of the strip of happenings below the field


@dataclass(frozen=True)
class Size:
    """A drawing's size and the room around its field, in pixels; letters keep their size."""

    name: str
    width: float
    height: float
    left: float
    right: float
    top: float = 22
    bottom: float = 30
    labels: int = 9
    letter: float = 12


WIDE = Size("wide", 1060, 320, 56, 84, labels=12)
MIDDLE = Size("mid", 620, 290, 52, 78, labels=7)
NARROW = Size("slim", 340, 250, 46, 20, labels=3)


@dataclass(frozen=True)
class Field:
    """Where a step and a value lie in the drawing."""

    size: Size
    count: int
    low: float
    high: float
    strip: float = 0.0  # room below the field for what happened

    def x(self, place: float) -> float:
        """Return the place of a step (0 is the first)."""
        span = self.size.width - self.size.left - self.size.right
        return round(self.size.left + (place + 0.5) * span / max(1, self.count), 1)

    def y(self, value: float) -> float:
        """Return the height of a value; what lies beyond the field is drawn at its edge."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        share = min(1.0, max(0.0, share))
        span = self.floor - self.size.top
        return round(self.size.top + (1 - share) * span, 1)

    @property
    def floor(self) -> float:
        """The lower edge of the field."""
        return self.size.height - self.size.bottom - self.strip


def scale_of(course: Course) -> tuple[float, float, list[float]]:
    """Return the ends of the value axis and its ticks, on round numbers.

    Figures decide; the band may widen the field a little, and is cut where it would dwarf them.
    """
    seen = [v for p in course.points for v in (p.value, p.figure.low, p.figure.high)]
    seen += [v for a in course.ahead for v in (a.low, a.high)]
    seen += [None if course.is_total else course.target, *course.path]
    known = [v for v in seen if v is not None and math.isfinite(v)] or [0.0, 1.0]
    low, high = min(known), max(known)
    room = _BAND_ROOM * ((high - low) or abs(high) or 1.0)
    band = [v for p in course.points for v in (p.low, p.high) if v is not None]
    high = max(high, min(high + room, max(band, default=high)))
    low = min(low, max(low - room, min(band, default=low)))
    if low >= 0 and (course.metric.kind in _STARTS_AT_ZERO or low < 0.35 * high):
        low = 0.0
    if low == high:
        low, high = low - abs(low or 1) * 0.5, high + abs(high or 1) * 0.5
    step = nice_step((high - low) / _TICKS)
    first, last = math.floor(low / step), math.ceil(high / step)
    ticks = [round(n * step, 12) for n in range(first, last + 1)]
    return ticks[0], ticks[-1], ticks


def nice_step(rough: float) -> float:
    """Return the least of 1, 2, 2.5, 5 and 10 times a power of ten that is not below `rough`."""
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next(n for n in (1, 2, 2.5, 5, 10) if n * power >= rough * 0.999)
