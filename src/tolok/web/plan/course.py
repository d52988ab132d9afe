"""The course of a KPI: its values so far against the path to the target, as a drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tolok.base import Calendar, Period, Text
from tolok.kpi import Judgement, Kpi
from tolok.kpi.measure import grain_of, manner_of, whole_periods
from tolok.kpi.path import expect_months, expect_stepped, expect_straight, shares_by_season
from tolok.metrics import Engine, Scope
from tolok.web.shell import parts
from tolok.web.shell.language import language_of_page

from .words import reason_of, write_amount, write_day

MOST_STEPS = 26


@dataclass(frozen=True)
class Point:
    """One step: the day it speaks up to, the value (None: cannot say), where the path stands."""

    day: date
    value: float | None
    expected: float | None


def read_course(judgement: Judgement, engine: Engine, brand: str) -> tuple[Point, ...]:
    """Return the values of a KPI so far with its path, to the end of its window; empty for none."""
    kpi, metric, window = judgement.kpi, judgement.kpi.declared, judgement.kpi.window
    if metric is None or window is None or judgement.as_of is None:
        return ()
    manner, until, scope = manner_of(kpi, metric), judgement.as_of, kpi.scope_in(brand)
    if manner == "each":
        spans = whole_periods(engine.calendar, window, grain_of(kpi), window.end)
        spans = spans[-MOST_STEPS:]
    else:
        ends = _ends(window, until)
        spans = [Period(window.start, end, "range") for end in ends]
    known = [span for span in spans if span.end <= until]
    figures = engine.figures([metric], known, scope) if known else []
    values = [f.value if f.state in ("exact", "about") else None for f in figures]
    padded = [*values, *([None] * (len(spans) - len(values)))]
    seasons = _seasons(judgement, engine, scope, [s.end for s in spans])
    return tuple(
        Point(s.end, v, _expected(judgement, s.end, season))
        for s, v, season in zip(spans, padded, seasons, strict=True)
    )


def _seasons(
    judgement: Judgement, engine: Engine, scope: Scope, days: Sequence[date]
) -> list[float | None]:
    """Return the share of the way that last year had done by each day; None for other paths.

    As in the judgement, a year that does not cover the whole span gives a straight path.
    """
    kpi, metric, window = judgement.kpi, judgement.kpi.declared, judgement.kpi.window
    is_total = metric is not None and manner_of(kpi, metric) == "total"
    if metric is None or window is None or kpi.path != "seasonal" or not is_total:
        return [None for _ in days]
    inner = sorted({day for day in days if window.start < day < window.end})
    shares = shares_by_season(metric, engine, scope, window=window, days=inner)
    told = [1.0 if day >= window.end else shares.get(day) for day in days]
    return told if shares and None not in told else [None for _ in days]


def _ends(window: Period, until: date) -> list[date]:
    step = max(7, -(-window.days // MOST_STEPS))
    days = [window.start + timedelta(days=n) for n in range(step, window.days, step)]
    return sorted({*days, until, window.end})


def _expected(judgement: Judgement, day: date, season: float | None) -> float | None:
    """Return where the path stands; `season` is the share of the way last year had done by then."""
    kpi, window, target = judgement.kpi, judgement.kpi.window, judgement.target
    if target is None or window is None:
        return None
    if kpi.aim != "reach":
        return target
    is_total = kpi.declared is not None and manner_of(kpi, kpi.declared) == "total"
    if kpi.path == "monthly" and kpi.steps:
        return expect_months(kpi, day, is_total=is_total)
    start = 0.0 if is_total else judgement.baseline.value if judgement.baseline else None
    if start is None:
        return None
    if kpi.path == "stepped" and kpi.steps:
        return target if day >= window.end else expect_stepped(kpi, day, start=start)
    if season is not None:
        return start + (target - start) * season
    return expect_straight(window, day, start=start, target=target)


def chart_of(judgement: Judgement, points: Sequence[Point]) -> parts.Chart | None:
    """Return the course as a chart with its numbers; None where no value is known."""
    if not any(p.value is not None for p in points):
        return None
    kpi = judgement.kpi
    wide = _draw(kpi, judgement, points, (860, 250))
    slim = _draw(kpi, judgement, points, (340, 220))
    rows = [
        (
            write_day(p.day - timedelta(days=1)),
            write_amount(kpi, p.value, judgement.currency),
            write_amount(kpi, p.expected, judgement.currency),
        )
        for p in points
    ]
    table = parts.Table(
        caption=Text("Value and path, one row per step", "Nilai dan jalur, satu baris per langkah"),
        columns=(
            parts.Column(label=Text("Until", "Sampai")),
            parts.Column(label=Text("Value", "Nilai"), is_number=True),
            parts.Column(label=Text("On the path", "Menurut jalur"), is_number=True),
        ),
        rows=rows,
    )
    picture = format_html(
        '<div class="plan-wide">{}</div><div class="plan-slim">{}</div>', wide, slim
    )
    return parts.Chart(
        title=Text("Is it on its way to the target?", "Apakah sudah di jalur menuju target?"),
        says=reason_of(judgement),
        svg=picture,
        table=table,
    )


@dataclass(frozen=True)
class _Frame:
    """Where days and values lie on the sheet."""

    first: date
    last: date
    low: float
    high: float
    size: tuple[int, int]

    def x(self, day: date) -> float:
        """The place of a day."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(8 + share * (self.size[0] - 16), 1)

    def y(self, value: float) -> float:
        """The place of a value."""
        share = (value - self.low) / ((self.high - self.low) or 1)
        return round(self.size[1] - 26 - share * (self.size[1] - 56), 1)


def _frame(judgement: Judgement, points: Sequence[Point], size: tuple[int, int]) -> _Frame:
    window = judgement.kpi.window
    values = [v for p in points for v in (p.value, p.expected) if v is not None]
    values += [v for v in (judgement.target, _begin(judgement)) if v is not None]
    values += [v for _x, v in _stairs(judgement)]
    low, high = min(values), max(values)
    pad = (high - low or abs(high) or 1) * 0.12
    first = window.start if window else points[0].day
    return _Frame(first, max(points[-1].day, first), low - pad, high + pad, size)


def _begin(judgement: Judgement) -> float | None:
    """Return where the path begins: nothing for a total, else the baseline; None without a path."""
    kpi, metric = judgement.kpi, judgement.kpi.declared
    if metric is None or kpi.aim != "reach" or kpi.path == "monthly":
        return None
    if manner_of(kpi, metric) == "total":
        return 0.0
    return judgement.baseline.value if judgement.baseline else None


def _draw(
    kpi: Kpi, judgement: Judgement, points: Sequence[Point], size: tuple[int, int]
) -> SafeString:
    frame = _frame(judgement, points, size)
    return format_html(
        '<svg class="course" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">'
        "{}{}{}{}{}{}</svg>",
        *size,
        _today(frame, judgement),
        _goal(frame, kpi, judgement),
        _path(frame, judgement, points),
        _gaps(frame, points, judgement),
        _values(frame, points),
        _labels(frame, kpi, judgement, points),
    )


def _goal(frame: _Frame, kpi: Kpi, judgement: Judgement) -> SafeString:
    if judgement.target is None:
        return SafeString("")
    y = frame.y(judgement.target)
    words = _TARGET.say(
        language_of_page(), value=write_amount(kpi, judgement.target, judgement.currency)
    )
    return format_html(
        '<path class="goal" d="M8 {0}H{1}"/><text class="goal-word" x="{1}" y="{2}" '
        'text-anchor="end">{3}</text>',
        y, frame.size[0] - 8, y - 6, words,
    )  # fmt: skip


_TARGET = Text("Target {value}", "Target {value}")


def _today(frame: _Frame, judgement: Judgement) -> SafeString:
    day = judgement.as_of
    if day is None or not frame.first <= day < frame.last:
        return SafeString("")
    x = frame.x(day)
    return format_html(
        '<rect class="ahead" x="{0}" y="6" width="{1}" height="{2}"/>',
        x, frame.size[0] - 8 - x, frame.size[1] - 32,
    )  # fmt: skip


def _path(frame: _Frame, judgement: Judgement, points: Sequence[Point]) -> SafeString:
    if stairs := _stairs(judgement):
        places = [(frame.x(day), frame.y(value)) for day, value in stairs]
        return format_html('<polyline class="path" points="{}"/>', _joined(places))
    known = [(frame.x(p.day), frame.y(p.expected)) for p in points if p.expected is not None]
    begin = _begin(judgement)
    if known and begin is not None:
        known.insert(0, (frame.x(frame.first), frame.y(begin)))
    if len(known) < 2:
        return SafeString("")
    return format_html('<polyline class="path" points="{}"/>', _joined(known))


def _stairs(judgement: Judgement) -> list[tuple[date, float]]:
    """Return the corners of a path that goes in steps, or stands for each month; none for others."""
    kpi, metric, window = judgement.kpi, judgement.kpi.declared, judgement.kpi.window
    if metric is None or window is None or not kpi.steps or kpi.aim != "reach":
        return []
    if kpi.path == "monthly" and manner_of(kpi, metric) != "total":
        months = Calendar().split(window, "month")
        told = {day.replace(day=1): amount for day, amount in kpi.steps}
        known = [
            (m, told[m.start.replace(day=1)]) for m in months if m.start.replace(day=1) in told
        ]
        return [corner for m, value in known for corner in ((m.start, value), (m.end, value))]
    if kpi.path != "stepped":
        return []
    begin = _begin(judgement)
    value = kpi.steps[0][1] if begin is None else begin
    corners = [(window.start, value)]
    for day, amount in kpi.steps:
        at = min(max(day + timedelta(days=1), window.start), window.end)
        corners += [(at, value), (at, amount)]
        value = amount
    last = value if judgement.target is None else judgement.target
    return [*corners, (window.end, value), (window.end, last)]


def _values(frame: _Frame, points: Sequence[Point]) -> SafeString:
    places = [(frame.x(p.day), frame.y(p.value)) if p.value is not None else None for p in points]
    runs: list[list[tuple[float, float]]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(place)
    lines = [(_joined(run),) for run in runs if len(run) > 1]
    dots = [place for place in places if place is not None]
    return format_html(
        "{}{}{}",
        format_html_join("", '<polyline class="value" points="{}"/>', lines),
        format_html_join("", '<circle class="dot" cx="{}" cy="{}" r="2.5"/>', dots[:-1]),
        format_html_join("", '<circle class="dot last" cx="{}" cy="{}" r="4.5"/>', dots[-1:]),
    )


def _gaps(frame: _Frame, points: Sequence[Point], judgement: Judgement) -> SafeString:
    until = judgement.as_of
    boxes = []
    before = frame.first
    for point in points:
        if point.value is None and until is not None and point.day <= until:
            x = frame.x(before)
            boxes.append((x, round(frame.x(point.day) - x, 1), frame.size[1] - 32))
        before = point.day
    return format_html_join(
        "", '<rect class="gap" fill="url(#hatch)" x="{}" y="6" width="{}" height="{}"/>', boxes
    )


def _labels(frame: _Frame, kpi: Kpi, judgement: Judgement, points: Sequence[Point]) -> SafeString:
    y = frame.size[1] - 6
    ends = format_html(
        '<text class="axis" x="8" y="{0}">{1}</text>'
        '<text class="axis" x="{2}" y="{0}" text-anchor="end">{3}</text>',
        y, write_day(frame.first), frame.size[0] - 8,
        write_day(kpi.due or frame.last),
    )  # fmt: skip
    last = next((p for p in reversed(points) if p.value is not None), None)
    if last is None or last.value is None:
        return ends
    x = frame.x(last.day)
    anchor = "end" if x > frame.size[0] * 0.8 else "start" if x < frame.size[0] * 0.2 else "middle"
    up = frame.y(last.value) - 12
    goal = frame.y(judgement.target) - 6 if judgement.target is not None else -99
    place = up if abs(up - goal) > 14 and up > 14 else frame.y(last.value) + 20
    return format_html(
        '{}<text class="value-word" x="{}" y="{}" text-anchor="{}">{}</text>',
        ends, x, place, anchor, write_amount(kpi, last.value, judgement.currency),
    )  # fmt: skip


def _joined(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in places)
