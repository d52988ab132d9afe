"""The chart of a metric as the frame shows it: drawing, stops to be asked, layers to be hidden."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tolok.base import Period
from tolok.web.shell.language import language_of_page
from tolok.web.shell.parts import Chart, Layer, Stop

from .chart import draw_course
from .course import Ahead, Course, Point
from .happenings import KIND_NAMES, Happening
from .periods import Choice
from .scope import Asked
from .strip import SWATCHES
from .telling import course_table, name_kind, tell_course
from .words import why_none, write_number, write_value

_MOST_TOLD = 4  # happenings of one step told one by one


def picture_of(
    course: Course, happenings: Sequence[Happening], *, asked: Asked, choice: Choice,
    downloads: Sequence[tuple[str, str]] = (),
) -> Chart:  # fmt: skip
    """Return the chart part of a course with what happened beside it."""
    return Chart(
        title=_("Is this a change, or routine variation?"),
        says=tell_course(course),
        svg=draw_course(course, happenings),
        stops=list(_stops(course, happenings, asked, choice)),
        layers=list(_layers(course, happenings)),
        start=max(0, len(course.points) - 1),
        table=course_table(course),
        downloads=downloads,
        source=_source(course),
    )


def _source(course: Course) -> str:
    if all(p.low is None for p in course.points):
        return _("Too few figures yet to say where the next was to be expected.")
    if course.is_classic:
        return _(
            "Limits of an XmR chart. On figures that hang together from week to week they "
            "flag too much."
        )
    return _("Grey band: where each figure was to be expected from those before it.")


def _layers(course: Course, happenings: Sequence[Happening]) -> Iterator[Layer]:
    """Yield what can be hidden of this chart, in the order it is read."""
    if any(p.low is not None and not p.is_open for p in course.points):
        name = _("Natural limits") if course.is_classic else _("To be expected")
        yield Layer(key="band", name=name, look="band")
    if any(value is not None for value in course.path):
        yield Layer(key="promise", name=_("Target path"), look="dashed")
    if course.ahead:
        yield Layer(key="forecast", name=_("Forecast"), look="dotted")
    if course.breaks:
        yield Layer(key="breaks", name=_("Changes of definition"), look="break")
    there = {h.kind for h in happenings}
    for kind, title in KIND_NAMES.items():
        if kind in there:
            yield Layer(key=f"on-{kind}", name=title, look=kind, own_shape=SWATCHES[kind])


def _stops(
    course: Course, happenings: Sequence[Happening], asked: Asked, choice: Choice
) -> Iterator[Stop]:
    language = language_of_page()
    steps: list[Point | Ahead] = [*course.points, *course.ahead]
    breaks: dict[int, list[str]] = {}
    for place, change in course.breaks:
        breaks.setdefault(place, []).append(change.change.say(language))
    for number, (step, path) in enumerate(zip_longest(steps, course.path[: len(steps)])):
        values = _values_of(course, step)
        if path is not None:
            values.append((_("Target path"), write_number(path, course.metric, course.currency)))
        told = [(_("Change of definition"), said) for said in breaks.get(number, ())]
        is_past = isinstance(step, Point) and step.period != choice.period
        yield Stop(
            label=step.period.label(language),
            values=values,
            happened=[*told, *_happened(happenings, step.period)],
            href=asked.href(period=step.period.key) if is_past else "",
        )


def _values_of(course: Course, step: Point | Ahead) -> list[tuple[str, str]]:
    def number(value: float) -> str:
        return write_number(value, course.metric, course.currency)

    if isinstance(step, Ahead):
        return [(_("Forecast"), _("%(low)s – %(high)s")
                 % {"low": number(step.low), "high": number(step.high)})]  # fmt: skip
    value = write_value(step.figure, course.metric)
    values = [(_("Value"), value or why_none(step.figure) or _("Cannot say"))]
    if step.low is not None and step.high is not None and not step.is_open:
        expected = _("%(low)s – %(high)s") % {"low": number(step.low), "high": number(step.high)}
        name = _("Natural limits") if course.is_classic else _("To be expected")
        values.append((name, expected))
    if value:
        values.append((_("Judgement"), name_kind(step)))
    return values


def _happened(happenings: Sequence[Happening], period: Period) -> list[tuple[str, str]]:
    """Return what happened in a step, each kind's many counted beyond a few."""
    told: list[tuple[str, str]] = []
    for kind, name in KIND_NAMES.items():
        found = [h.title for h in happenings if h.kind == kind and h.touches(period)]
        told += [(str(name), title) for title in found[:_MOST_TOLD]]
        if len(found) > _MOST_TOLD:
            rest = len(found) - _MOST_TOLD
            more = ngettext("%(count)s more", "%(count)s more", rest) % {"count": rest}
            told.append((str(name), more))
    return told
