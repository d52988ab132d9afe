"""What a chart says, in sentences and as a table: for those who do not see it, and for files."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tolok.web.shell.language import language_of_page, locale_of_page
from tolok.web.shell.parts import Cell, Column, Table

from .course import Course, Point
from .words import why_none, write_number, write_value


def tell_course(course: Course) -> str:
    """Return what the chart says: the last figure, the span, signals and gaps."""
    known = [p for p in course.points if p.is_whole]
    there = [p for p in course.points if p.value is not None]
    if not there:
        return _("No figure is known in this time.")
    last = there[-1]
    said = [_("%(period)s: %(value)s.") % {"period": _name(last), "value": _value(course, last)}]
    if len(known) > 2:
        low = min(known, key=lambda p: p.value or 0)
        high = max(known, key=lambda p: p.value or 0)
        said.append(
            _("Lowest %(low)s (%(low_at)s), highest %(high)s (%(high_at)s).")
            % {
                "low": _value(course, low),
                "low_at": _name(low),
                "high": _value(course, high),
                "high_at": _name(high),
            }
        )
    said += [_tell_signals(course), _tell_gaps(course), _tell_promise(course), _tell_ahead(course)]
    return " ".join(part for part in said if part)


def _name(point: Point) -> str:
    return point.period.label(language_of_page())


def _value(course: Course, point: Point) -> str:
    return write_value(point.figure, course.metric)


def _tell_signals(course: Course) -> str:
    names = [_name(p) for p in course.points if p.is_signal]
    if not names:
        return _("All of it is routine variation.") if _is_judged(course) else ""
    listed = locale_of_page().join(names[-4:])
    return ngettext(
        "%(count)s signal: %(names)s.", "%(count)s signals, the last: %(names)s.", len(names)
    ) % {"count": len(names), "names": listed}


def _is_judged(course: Course) -> bool:
    return any(p.kind == "routine" for p in course.points)


def _tell_gaps(course: Course) -> str:
    count = sum(p.value is None and p.figure.low is None for p in course.points)
    if not count:
        return ""
    return ngettext(
        "%(count)s figure is missing (hatched).", "%(count)s figures are missing (hatched).", count
    ) % {"count": count}


def _tell_promise(course: Course) -> str:
    """Say what the target path asks of the last step it speaks of that is known."""
    asked = [
        (p, value) for p, value in zip(course.points, course.path, strict=False)
        if value is not None and p.value is not None and not p.is_open
    ]  # fmt: skip
    if not asked:
        return ""
    point, value = asked[-1]
    return _("The target path asks for %(value)s in %(period)s.") % {
        "value": write_number(value, course.metric, course.currency),
        "period": _name(point),
    }


def _tell_ahead(course: Course) -> str:
    if not course.ahead:
        return ""
    last = course.ahead[-1]
    return _("Forecast for %(period)s: %(low)s to %(high)s (80 %% of likely outcomes).") % {
        "period": last.period.label(language_of_page()),
        "low": write_number(last.low, course.metric, course.currency),
        "high": write_number(last.high, course.metric, course.currency),
    }


def say_visible(course: Course) -> str:
    """Return the least lasting change that could be told from routine variation; empty for none."""
    visible = course.visible
    if visible is None:
        return ""
    return _("%(up)s up or %(down)s down") % {
        "up": _say_amount(visible.up, course, is_factor=visible.is_factor),
        "down": _say_amount(visible.down, course, is_factor=visible.is_factor),
    }


def _say_amount(change: float, course: Course, *, is_factor: bool) -> str:
    if not is_factor:
        return write_number(abs(change), course.metric, course.currency)
    return locale_of_page().format_percent(abs(change - 1), 0)


def name_kind(point: Point) -> str:
    """Return in words whether a point is routine or a signal."""
    if point.is_open:
        return _("not over yet")
    names = {
        "routine": _("routine"),
        "signal up": _("signal: up"),
        "signal down": _("signal: down"),
        "shift": _("level shifted"),
        "signal": _("beyond its limits"),
        "cannot say": _("cannot say yet"),
    }
    return names[point.kind]


def course_table(course: Course) -> Table:
    """Return the numbers behind the chart, the newest first."""
    columns = (
        Column(label=_("Period")),
        Column(label=_("Value"), is_number=True),
        Column(label=_("To be expected"), is_number=True),
        Column(label=_("Judgement")),
    )
    rows = [
        (
            _name(p),
            Cell(value=write_value(p.figure, course.metric) or "–", note=why_none(p.figure)),
            _expected(course, p),
            name_kind(p) if p.value is not None else "",
        )
        for p in reversed(course.points)
    ]
    return Table(caption=_("One row per step of time"), columns=columns, rows=rows)


def _expected(course: Course, point: Point) -> str:
    if point.low is None or point.high is None:
        return ""
    return _("%(low)s – %(high)s") % {
        "low": write_number(point.low, course.metric, course.currency),
        "high": write_number(point.high, course.metric, course.currency),
    }
