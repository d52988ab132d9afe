"""The chart of a metric over time, drawn by the server: band, line, signals, gaps, breaks, promise.

Drawn twice, for wide and for narrow screens, so that letters keep their size on a phone. Shapes
tell what colours tell: signals are diamonds, open steps are hollow, forecasts are dashed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tolok.base import Period

from .course import Course, Point
from .words import language_of_page, write_number, write_value

_STARTS_AT_ZERO = ("flow", "count", "unique")
_TICKS = 4
_BAND_ROOM = 0.35


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


WIDE = Size("wide", 860, 300, 56, 84)
NARROW = Size("slim", 340, 250, 46, 20, labels=3)


@dataclass(frozen=True)
class Field:
    """Where a step and a value lie in the drawing."""

    size: Size
    count: int
    low: float
    high: float

    def x(self, place: float) -> float:
        """Return the place of a step (0 is the first)."""
        span = self.size.width - self.size.left - self.size.right
        return round(self.size.left + (place + 0.5) * span / max(1, self.count), 1)

    def y(self, value: float) -> float:
        """Return the height of a value; what lies beyond the field is drawn at its edge."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        share = min(1.0, max(0.0, share))
        span = self.size.height - self.size.top - self.size.bottom
        return round(self.size.top + (1 - share) * span, 1)

    @property
    def floor(self) -> float:
        """The lower edge of the field."""
        return self.size.height - self.size.bottom


def draw_course(course: Course, *, sizes: Sequence[Size] = (WIDE, NARROW)) -> SafeString:
    """Return the chart as SVG, once for each size."""
    return _together(_draw(course, size) for size in sizes)


def _draw(course: Course, size: Size) -> SafeString:
    count = len(course.points) + len(course.ahead)
    low, high, ticks = _scale(course)
    field = Field(size, count, low, high)
    layers = [
        _gaps(course, field), _grid(course, field, ticks), _band(course, field),
        _breaks(course, field), _promise(course, field), _forecast(course, field),
        _lines(course, field), _points(course, field), _names(course, field),
    ]  # fmt: skip
    return format_html(
        '<svg class="course {}" viewBox="0 0 {} {}" font-size="{}" focusable="false">{}</svg>',
        size.name, _n(size.width), _n(size.height), _n(size.letter), _together(layers),
    )  # fmt: skip


def _together(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _n(number: float) -> str:
    return f"{number:g}"


def _scale(course: Course) -> tuple[float, float, list[float]]:
    """Return the ends of the value axis and its ticks, on round numbers.

    Figures decide; the band may widen the field a little, and is cut where it would dwarf them.
    """
    seen = [v for p in course.points for v in (p.value, p.figure.low, p.figure.high)]
    seen += [v for a in course.ahead for v in (a.low, a.high)]
    seen += [course.target, *(v for _day, v in course.path)]
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
    step = _nice((high - low) / _TICKS)
    first, last = math.floor(low / step), math.ceil(high / step)
    ticks = [round(n * step, 12) for n in range(first, last + 1)]
    return ticks[0], ticks[-1], ticks


def _nice(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next(n for n in (1, 2, 2.5, 5, 10) if n * power >= rough * 0.999)


def _grid(course: Course, field: Field, ticks: list[float]) -> SafeString:
    size = field.size
    lines = format_html_join(
        "", '<path class="{}" d="M{} {}H{}"/><text class="tick" x="{}" y="{}" text-anchor="end">{}</text>',
        (("zero" if t == 0 else "grid", _n(size.left), _n(field.y(t)), _n(size.width - size.right),
          _n(size.left - 8), _n(field.y(t) + 4), write_number(t, course.metric, course.currency))
         for t in ticks),
    )  # fmt: skip
    return lines + _days(course, field)


def _days(course: Course, field: Field) -> SafeString:
    periods = [p.period for p in course.points] + [a.period for a in course.ahead]
    every = max(1, math.ceil(len(periods) / field.size.labels))
    last = len(course.points) - 1
    shown = [i for i in range(len(periods)) if (last - i) % every == 0]
    return format_html_join(
        "", '<text class="tick" x="{}" y="{}" text-anchor="middle">{}</text>',
        ((_n(field.x(i)), _n(field.size.height - 10), name_step(periods[i], course.grain))
         for i in shown),
    )  # fmt: skip


def name_step(period: Period, grain: str) -> str:
    """Return the short name of a step for an axis."""
    language = language_of_page()
    if grain in ("day", "week", "biweek"):
        return format_date(period.start, "d MMM", locale=language)
    if grain == "month":
        return format_date(period.start, "MMM yy", locale=language)
    return period.key


def _runs(course: Course, value: Callable[[Point], bool]) -> list[list[int]]:
    """Return the stretches of points that hold, cut where a definition changed."""
    cuts = {i for i, _b in course.breaks}
    runs: list[list[int]] = [[]]
    for number, point in enumerate(course.points):
        if number in cuts:
            runs.append([])
        if value(point):
            runs[-1].append(number)
        else:
            runs.append([])
    return [run for run in runs if run]


def _band(course: Course, field: Field) -> SafeString:
    """Draw where each figure was to be expected."""
    shapes = []
    for run in _runs(course, lambda p: p.low is not None and p.high is not None and not p.is_open):
        if len(run) < 2:
            continue
        top = [(field.x(i), field.y(course.points[i].high or 0)) for i in run]
        bottom = [(field.x(i), field.y(course.points[i].low or 0)) for i in reversed(run)]
        shapes.append(format_html('<polygon class="band" points="{}"/>', _path([*top, *bottom])))
        middle = [(field.x(i), field.y(course.points[i].expected or 0)) for i in run]
        shapes.append(format_html('<polyline class="centre" points="{}"/>', _path(middle)))
    return _together(shapes)


def _path(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in places)


def _lines(course: Course, field: Field) -> SafeString:
    runs = _runs(course, lambda p: p.is_whole)
    return format_html_join(
        "", '<polyline class="line" points="{}"/>',
        ((_path([(field.x(i), field.y(course.points[i].value or 0)) for i in run]),)
         for run in runs if len(run) > 1),
    )  # fmt: skip


def _points(course: Course, field: Field) -> SafeString:
    drawn = []
    for number, point in enumerate(course.points):
        x = field.x(number)
        figure = point.figure
        if point.value is None and figure.low is not None:
            high = figure.high if figure.high is not None else field.high
            drawn.append(_whisker(x, field.y(figure.low), field.y(high)))
        elif point.value is not None:
            drawn.append(_mark(point, x, field.y(point.value)))
    return _together(drawn) + _end_label(course, field)


def _whisker(x: float, low: float, high: float) -> SafeString:
    return format_html(
        '<path class="range" d="M{0} {2}V{3}M{1} {2}h6M{1} {3}h6"/>',
        _n(x), _n(x - 3), _n(low), _n(high),
    )  # fmt: skip


def _mark(point: Point, x: float, y: float) -> SafeString:
    if point.is_signal:
        return format_html('<path class="signal" d="M{} {}l6 6-6 6-6-6z"/>', _n(x), _n(y - 6))
    if not point.is_whole:  # at least so much: an arrow that points up
        return format_html('<path class="least" d="M{} {}h8M{} {}v-10m-3 4 3-4 3 4"/>',
                           _n(x - 4), _n(y), _n(x), _n(y))  # fmt: skip
    kind = "dot open" if point.is_open else "dot"
    return format_html('<circle class="{}" cx="{}" cy="{}" r="3"/>', kind, _n(x), _n(y))


def _end_label(course: Course, field: Field) -> SafeString:
    """Write the last value beside its point."""
    known = [i for i, p in enumerate(course.points) if p.value is not None]
    if not known:
        return SafeString("")
    last = known[-1]
    value = course.points[last].value or 0.0
    words = write_value(course.points[last].figure, course.metric)
    is_inside = bool(course.ahead) or field.size.name == "slim"
    x, y = field.x(last), field.y(value)
    if is_inside:
        return format_html(
            '<text class="value" x="{}" y="{}" text-anchor="middle">{}</text>',
            _n(min(x, field.size.width - 30)), _n(max(y - 12, 12)), words,
        )  # fmt: skip
    return format_html('<text class="value" x="{}" y="{}">{}</text>', _n(x + 10), _n(y + 4), words)


def _gaps(course: Course, field: Field) -> SafeString:
    """Hatch the steps of which nothing is known."""
    width = field.x(1) - field.x(0)
    missing = [
        i for i, p in enumerate(course.points) if p.value is None and p.figure.low is None
    ]  # fmt: skip
    return format_html_join(
        "", '<rect class="gap" fill="url(#hatch)" x="{}" y="{}" width="{}" height="{}"/>',
        ((_n(field.x(i) - width / 2), _n(field.size.top), _n(width),
          _n(field.floor - field.size.top)) for i in missing),
    )  # fmt: skip


def _breaks(course: Course, field: Field) -> SafeString:
    drawn = []
    for number, (place, change) in enumerate(course.breaks, start=1):
        x = (field.x(place - 1) + field.x(place)) / 2
        drawn.append(format_html(
            '<g><title>{}</title><path class="break" d="M{} {}V{}"/><text class="break-name" x="{}" '
            'y="{}" text-anchor="middle">{}</text></g>',
            change.change.say(language_of_page()), _n(x), _n(field.size.top), _n(field.floor),
            _n(x), _n(field.size.top - 7), number,
        ))  # fmt: skip
    return _together(drawn)


def _promise(course: Course, field: Field) -> SafeString:
    """Draw the target path and name the target at its end."""
    if course.target is None or not course.path:
        return SafeString("")
    places = [(place, value) for day, value in course.path
              if (place := _place_of(course, day)) is not None]  # fmt: skip
    if len(places) < 2:
        return SafeString("")
    drawn = format_html(
        '<polyline class="path" points="{}"/>', _path([(field.x(p), field.y(v)) for p, v in places])
    )
    x, y = field.x(places[-1][0]), field.y(course.target)
    words = _("target %(value)s") % {
        "value": write_number(course.target, course.metric, course.currency)
    }
    return drawn + format_html(
        '<text class="path-name" x="{}" y="{}" text-anchor="end">{}</text>',
        _n(min(x, field.size.width - 4)), _n(max(y - 8, 12)), words,
    )  # fmt: skip


def _place_of(course: Course, day: date) -> float | None:
    """Return where a day lies among the steps, at most at the edges of the drawing."""
    periods = [p.period for p in course.points] + [a.period for a in course.ahead]
    if not periods:
        return None
    if day <= periods[0].start:
        return -0.5
    for number, period in enumerate(periods):
        if day <= period.end:
            return number - 0.5 + (day - period.start).days / period.days
    return len(periods) - 0.5


def _forecast(course: Course, field: Field) -> SafeString:
    """Draw the middle and the 80 % range of the steps to come."""
    if not course.ahead:
        return SafeString("")
    first = len(course.points)
    last = course.points[-1]
    start = (
        []
        if last.is_open or not last.is_whole
        else [(field.x(first - 1), field.y(last.whole_value))]
    )
    xs = [field.x(first + i) for i in range(len(course.ahead))]
    top = [(x, field.y(a.high)) for x, a in zip(xs, course.ahead, strict=True)]
    bottom = [(x, field.y(a.low)) for x, a in zip(xs, course.ahead, strict=True)]
    middle = [(x, field.y(a.middle)) for x, a in zip(xs, course.ahead, strict=True)]
    return format_html(
        '<polygon class="ahead" points="{}"/><polyline class="ahead-line" points="{}"/>',
        _path([*start, *top, *reversed(bottom)]), _path([*start, *middle]),
    )  # fmt: skip


def _names(course: Course, field: Field) -> SafeString:
    """Name the band and the forecast where they are, in place of a legend."""
    said = []
    if course.ahead:
        said.append(format_html(
            '<text class="ahead-name" x="{}" y="{}" text-anchor="middle">{}</text>',
            _n(min(field.x(len(course.points) + len(course.ahead) / 2 - 0.5), field.size.width - 36)),
            _n(field.floor - 8), _("forecast"),
        ))  # fmt: skip
    first = next((i for i, p in enumerate(course.points) if p.low is not None), None)
    if first is not None and len(course.points) - first > 3:
        low = course.points[first].low or 0
        name = _("natural limits") if course.is_classic else _("to be expected")
        said.append(format_html(
            '<text class="band-name" x="{}" y="{}">{}</text>',
            _n(field.x(first)), _n(min(field.y(low) + 14, field.floor - 4)), name,
        ))  # fmt: skip
    return _together(said)


_STANDALONE = """<style>
text{font-family:Inter,system-ui,sans-serif;fill:#454b59}.grid{stroke:#e5e6eb}.zero{stroke:#868c9b}
.band{fill:#eeeff2}.centre{fill:none;stroke:#b9bec9}.line{fill:none;stroke:#3b4cca;stroke-width:2}
.dot{fill:#3b4cca}.dot.open{fill:#fff;stroke:#3b4cca;stroke-width:1.5}.signal{fill:#16181d}
.range,.least{stroke:#3b4cca;stroke-width:1.5;fill:none}.break{stroke:#454b59;stroke-dasharray:2 3}
.path{fill:none;stroke:#824c00;stroke-width:1.5;stroke-dasharray:6 4}.path-name{fill:#824c00}
.ahead{fill:#eceefc}.ahead-line{fill:none;stroke:#3b4cca;stroke-dasharray:3 4}.value{font-weight:600;fill:#16181d}
#hatch path{stroke:#868c9b}#hatch rect{fill:#f0f1f4}</style><defs><pattern id="hatch" width="5" height="5"
patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5"/><path d="M0 0V5"/></pattern></defs>"""


def draw_file(course: Course, title: str, says: str) -> str:
    """Return the wide chart as an SVG file of its own, with its title and what it says."""
    inner = str(_draw(course, WIDE))
    start = inner.index(">") + 1
    head = inner[:start].replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    words = format_html("<title>{}</title><desc>{}</desc>", title, says)
    sheet = format_html(
        '<rect width="{}" height="{}" fill="#fff"/>', _n(WIDE.width), _n(WIDE.height)
    )
    return f"{head}{words}{mark_safe(_STANDALONE)}{sheet}{inner[start:]}"  # noqa: S308 - ours, fixed


__all__ = ["NARROW", "WIDE", "draw_course", "draw_file", "name_step"]
