"""The course of a metric: one figure per step of time, each judged against those before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tolok.base import Break, Period
from tolok.kpi import Judgement
from tolok.kpi.scorecard import HISTORY
from tolok.metrics import Engine, Figure, Metric, Scope
from tolok.series import Verdict, draw_xmr, judge_last, make_forecast

from .target_path import read_target_path

# How many steps a chart shows, by their length.
STEPS = {"day": 42, "week": 40, "biweek": 26, "month": 25, "bimonth": 18, "quarter": 13, "half": 9,
         "year": 6, "fiscal_year": 6}  # fmt: skip
_FEW_DAYS, _MANY_DAYS = 21, 150
_FARTHEST = 12
_USUAL_AHEAD = 3


@dataclass(frozen=True)
class Visible:
    """The smallest lasting changes a series could show: factors (1.35, 0.74), or amounts."""

    up: float
    down: float
    is_factor: bool


@dataclass(frozen=True)
class Point:
    """One step: its figure, what was to be expected, and whether it is a signal."""

    period: Period
    figure: Figure
    low: float | None
    expected: float | None
    high: float | None
    kind: str  # routine, signal up, signal down, shift, cannot say
    is_open: bool  # the step is not over yet
    visible: Visible | None = None

    @property
    def value(self) -> float | None:
        """The value, None where it cannot be said."""
        return self.figure.value

    @property
    def is_whole(self) -> bool:
        """Whether the value speaks for the whole step; a sum with parts missing does not."""
        return self.value is not None and self.figure.state != "at_least"

    @property
    def whole_value(self) -> float:
        """The value where it speaks for the whole step, else NaN."""
        return self.value if self.value is not None and self.is_whole else float("nan")

    @property
    def is_signal(self) -> bool:
        """Whether the step stands outside what was to be expected."""
        return not self.is_open and self.kind not in ("routine", "cannot say")


@dataclass(frozen=True)
class Ahead:
    """What to expect of a step that has not come."""

    period: Period
    middle: float
    low: float
    high: float


@dataclass(frozen=True)
class Course:
    """The points of a chart, changes of definition between them, what lies ahead, the promise."""

    metric: Metric
    grain: str
    points: tuple[Point, ...]
    breaks: tuple[tuple[int, Break], ...]  # before which point, what changed
    ahead: tuple[Ahead, ...] = ()
    target: float | None = None
    path: tuple[float | None, ...] = ()  # what the promise asks of each step, those ahead included
    is_total: bool = False  # the promise is a sum over the time: `path` is each step's part of it
    is_classic: bool = False
    visible: Visible | None = None

    @property
    def spans(self) -> list[Period]:
        """The periods of all steps drawn, those ahead included."""
        return [p.period for p in self.points] + [a.period for a in self.ahead]

    @property
    def currency(self) -> str | None:
        """The currency of money; None otherwise."""
        return next((p.figure.currency for p in self.points if p.figure.currency), None)


def grain_for(period: Period) -> str:
    """Return the length of the steps that lead up to a period."""
    if period.grain in STEPS:
        return period.grain
    if period.days <= _FEW_DAYS:
        return "day"
    return "week" if period.days <= _MANY_DAYS else "month"


def read_course(
    engine: Engine, metric: Metric, period: Period, scope: Scope, *,
    judged: Judgement | None = None, is_classic: bool = False,
) -> Course:  # fmt: skip
    """Return the steps that lead up to a period and, where data ends there, what lies ahead.

    With a judged KPI the promise is drawn too. `is_classic` draws the limits of an XmR chart
    instead of what the figures before each one let expect.
    """
    grain = grain_for(period)
    steps = _steps_back(engine, period, grain)
    figures = engine.figures([metric], steps, scope)
    breaks = _find_breaks(engine, metric, steps, figures, scope)
    points = _judge_points(steps, figures, breaks, engine.today)
    if is_classic:
        points = _with_classic_limits(points, breaks, metric)
    shown = _shown(points, STEPS[grain])
    cut = len(points) - len(shown)
    ahead = _look_ahead(engine, shown, judged)
    spans = [p.period for p in shown] + [a.period for a in ahead]
    promise = read_target_path(engine, judged, scope, spans=spans, grain=grain)
    return Course(
        metric=metric,
        grain=grain,
        points=tuple(shown),
        breaks=tuple((i - cut, b) for i, b in breaks if i >= cut),
        ahead=ahead,
        target=promise.target,
        path=promise.path,
        is_total=promise.is_total,
        is_classic=is_classic,
        visible=_smallest_visible(shown),
    )


def _steps_back(engine: Engine, period: Period, grain: str) -> list[Period]:
    last = period if period.grain == grain else engine.calendar.period_of(period.last_day, grain)
    steps = [last]
    while len(steps) < STEPS[grain] + HISTORY - 1:
        steps.insert(0, engine.calendar.previous(steps[0]))
    return steps


def _shown(points: list[Point], most: int) -> list[Point]:
    """Leave out the steps before anything was known, and those beyond what a chart holds."""
    first = next((i for i, p in enumerate(points) if _tells(p.figure)), max(0, len(points) - 1))
    return points[max(first, len(points) - most) :]


def _tells(figure: Figure) -> bool:
    return figure.value is not None or figure.low is not None


def _find_breaks(
    engine: Engine, metric: Metric, steps: list[Period], figures: Sequence[Figure], scope: Scope
) -> list[tuple[int, Break]]:
    platforms = scope.platforms or tuple(engine.platforms.names)
    columns = frozenset(metric.columns)
    found = []
    for number in range(1, len(steps)):
        for platform in platforms:
            for change in engine.platforms.breaks_between(
                platform, columns, steps[number - 1].start, steps[number].end
            ):
                settled = change.until or change.on
                if steps[number].start <= settled < steps[number].end and _tells(figures[number]):
                    found.append((number, change))
    return found if scope.platforms else []


def _judge_points(
    steps: list[Period], figures: Sequence[Figure], breaks: list[tuple[int, Break]], today: date
) -> list[Point]:
    values = np.array([
        np.nan if f.value is None or f.state == "at_least" else f.value for f in figures
    ])  # fmt: skip
    points = []
    for number, (period, figure) in enumerate(zip(steps, figures, strict=True)):
        first = max(0, number + 1 - HISTORY)
        cuts = [i - first for i, _ in breaks if first < i <= number]
        told = judge_last(values[first : number + 1], breaks=cuts)
        points.append(_point(period, figure, told, today))
    return points


def _point(period: Period, figure: Figure, told: Verdict, today: date) -> Point:
    return Point(
        period=period,
        figure=figure,
        low=_known(told.low),
        expected=_known(told.expected),
        high=_known(told.high),
        kind=told.kind,
        is_open=period.end > today,
        visible=Visible(told.visible_up, told.visible_down, told.is_factor)
        if np.isfinite(told.visible_up) and np.isfinite(told.visible_down) else None,
    )  # fmt: skip


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _with_classic_limits(
    points: list[Point], breaks: list[tuple[int, Break]], metric: Metric
) -> list[Point]:
    values = [p.whole_value for p in points]
    chart = draw_xmr(
        values, [i for i, _ in breaks], never_negative=metric.unit.kind in ("count", "ratio")
    )
    return [
        Point(
            period=p.period, figure=p.figure, low=_known(chart.lower[i]),
            expected=_known(chart.center[i]), high=_known(chart.upper[i]),
            kind="signal" if chart.beyond_limits[i] or chart.in_run[i] else "routine",
            is_open=p.is_open, visible=p.visible,
        )
        for i, p in enumerate(points)
    ]  # fmt: skip


def _smallest_visible(points: list[Point]) -> Visible | None:
    """Return what the last judged step could have shown at least."""
    return next((p.visible for p in reversed(points) if p.visible is not None), None)


def _look_ahead(engine: Engine, points: list[Point], judged: Judgement | None) -> tuple[Ahead, ...]:
    """Return the forecast of the next steps; nothing where later data is already there."""
    past = [p for p in points if not p.is_open]
    if not past or past[-1].period.end < engine.today - timedelta(days=2 * past[-1].period.days):
        return ()
    steps = _steps_ahead(engine, past[-1].period, judged)
    values = [p.whole_value for p in past]
    told = make_forecast(values, len(steps), days=[p.period.start for p in past])
    if told.reason is not None:
        return ()
    return tuple(
        Ahead(s, float(told.middle[i]), float(told.low80[i]), float(told.high80[i]))
        for i, s in enumerate(steps)
        if s.start >= points[-1].period.end
    )


def _steps_ahead(engine: Engine, last: Period, judged: Judgement | None) -> list[Period]:
    due = judged.kpi.due if judged else None
    steps = [engine.calendar.following(last)]
    while len(steps) < _FARTHEST and (steps[-1].end <= due if due else len(steps) < _USUAL_AHEAD):
        steps.append(engine.calendar.following(steps[-1]))
    return steps
