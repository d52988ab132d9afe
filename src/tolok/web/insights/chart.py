"""The chart of a metric over time, drawn by the server: band, line, signals, gaps, breaks, promise.

Drawn for wide, middling and narrow boxes, so that letters keep their size. Shapes tell what
colours tell: signals are diamonds, open steps are hollow, forecasts are dashed. Each layer is a
group of its own, and the drawing says where its steps lie, so that the script of the frame can
read values out and hide layers; without the script the drawing stands as it is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from babel.dates import format_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tolok.base import Period
from tolok.web.shell.language import language_of_page

from .course import Course, Point
from .field import MIDDLE, NARROW, STRIP, WIDE, Field, Size, scale_of
from .happenings import Happening
from .strip import draw_strip
from .words import write_number, write_value


def draw_course(
    course: Course, happenings: Sequence[Happening] = (), *,
    sizes: Sequence[Size] = (WIDE, MIDDLE, NARROW),
) -> SafeString:  # fmt: skip
    """Return the chart as SVG, once for each size."""
    return _together(draw_size(course, size, happenings) for size in sizes)


def draw_size(course: Course, size: Size, happenings: Sequence[Happening] = ()) -> SafeString:
    """Return the chart in one size."""
    spans = course.spans
    low, high, ticks = scale_of(course)
    if course.ahead:
        size = replace(size, right=20)  # the last value is written inside then
    field = Field(size, len(spans), low, high, STRIP if happenings else 0.0)
    layers = [
        _layer("", _gaps(course, field)), _layer("", _grid(course, field, ticks)),
        _layer("band", _band(course, field)), _layer("breaks", _breaks(course, field)),
        _layer("promise", _promise(course, field)), _layer("forecast", _forecast(course, field)),
        draw_strip(happenings, spans, field),
        _layer("", _lines(course, field)), _layer("", _points(course, field)),
    ]  # fmt: skip
    return format_html(
        '<svg class="course {}" viewBox="0 0 {} {}" font-size="{}" focusable="false" data-x="{}" '
        'data-y="{}" data-top="{}" data-floor="{}">{}</svg>',
        size.name, _n(size.width), _n(size.height), _n(size.letter),
        " ".join(_n(field.x(i)) for i in range(len(spans))),
        " ".join(_heights(course, field)), _n(size.top), _n(field.floor), _together(layers),
    )  # fmt: skip


def _heights(course: Course, field: Field) -> Iterable[str]:
    """Yield the height of each step's value, a dash where there is none."""
    for value in [*(p.value for p in course.points), *(a.middle for a in course.ahead)]:
        yield "-" if value is None else _n(field.y(value))


def _layer(name: str, inner: SafeString) -> SafeString:
    if not inner or not name:
        return inner
    return format_html('<g data-layer="{}">{}</g>', name, inner)


def _together(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _n(number: float) -> str:
    return f"{number:g}"


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
    periods = course.spans
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
    shapes, named = [], SafeString("")
    for run in _runs(course, lambda p: p.low is not None and p.high is not None and not p.is_open):
        if len(run) < 2:
            continue
        top = [(field.x(i), field.y(course.points[i].high or 0)) for i in run]
        bottom = [(field.x(i), field.y(course.points[i].low or 0)) for i in reversed(run)]
        shapes.append(format_html('<polygon class="band" points="{}"/>', _path([*top, *bottom])))
        middle = [(field.x(i), field.y(course.points[i].expected or 0)) for i in run]
        shapes.append(format_html('<polyline class="centre" points="{}"/>', _path(middle)))
        if not named and len(run) > 3:
            named = format_html(
                '<text class="band-name" x="{}" y="{}">{}</text>', _n(bottom[-1][0] + 4),
                _n(min(bottom[-1][1] + 14, field.floor - 5)),
                _("natural limits") if course.is_classic else _("to be expected"),
            )  # fmt: skip
    return _together([*shapes, named])


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
    """Write the last value beside its point, on the side the line does not come from."""
    known = [i for i, p in enumerate(course.points) if p.value is not None]
    if not known:
        return SafeString("")
    last = known[-1]
    value = course.points[last].value or 0.0
    words = write_value(course.points[last].figure, course.metric)
    x, y = field.x(last), field.y(value)
    if not course.ahead and field.size.name != "slim":
        return format_html('<text class="value" x="{}" y="{}">{}</text>',
                           _n(x + 10), _n(y + 4), words)  # fmt: skip
    before = course.points[known[-2]].value if len(known) > 1 else None
    is_below = before is not None and before > value and y + 20 < field.floor
    return format_html(
        '<text class="value" x="{}" y="{}" text-anchor="middle">{}</text>',
        _n(min(x, field.size.width - 30)), _n(y + 20 if is_below else max(y - 12, 12)), words,
    )  # fmt: skip


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
    """Draw the target path through the steps it asks something of, and name it at its end."""
    runs: list[list[tuple[float, float]]] = [[]]
    for number, value in enumerate(course.path):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((field.x(number), field.y(value)))
    runs = [run for run in runs if run]
    if not runs:
        return SafeString("")
    half = (field.x(1) - field.x(0)) / 2
    drawn = format_html_join(
        "", '<polyline class="path" points="{}"/>',
        ((_path(run if len(run) > 1 else [(run[0][0] - half, run[0][1]), (run[0][0] + half, run[0][1])]),)
         for run in runs),
    )  # fmt: skip
    x, y = runs[-1][-1]
    words = _("target path")
    if not course.is_total and course.target is not None:
        amount = write_number(course.target, course.metric, course.currency)
        words = _("target %(value)s") % {"value": amount}
    return drawn + format_html(
        '<text class="path-name" x="{}" y="{}" text-anchor="end">{}</text>',
        _n(min(x + half, field.size.width - 4)), _n(max(y - 8, 12)), words,
    )  # fmt: skip


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
    highest = min(y for _x, y in top)
    return format_html(
        '<polygon class="ahead" points="{}"/><polyline class="ahead-line" points="{}"/>'
        '<text class="ahead-name" x="{}" y="{}" text-anchor="end">{}</text>',
        _path([*start, *top, *reversed(bottom)]), _path([*start, *middle]),
        _n(field.size.width - field.size.right), _n(max(highest - 8, 12)), _("forecast"),
    )  # fmt: skip
