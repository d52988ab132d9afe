"""Baselines: from where a KPI starts, given by the team or taken from the data before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tolok.base import Calendar, Period, Text
from tolok.metrics import Engine, Figure, Metric, Scope

from .kpi import Kpi
from .measure import grain_of, manner_of
from .said import fill, why_unknown

PERIODS_BEFORE = 3  # whole periods a rate's baseline is taken from: one month alone is noise
_UNKNOWN = Text("no baseline: {why}", "nilai awal belum ada: {why}")


@dataclass(frozen=True)
class Baseline:
    """From where a KPI starts: a value, or the reason why there is none.

    `period` is where it was read from, None for a value the team gave.
    """

    value: float | None
    period: Period | None = None
    figure: Figure | None = None
    reason: Text | None = None


def find_baseline(kpi: Kpi, metric: Metric, engine: Engine, scope: Scope) -> Baseline:
    """Return the KPI's baseline.

    Taken from the data: a level at the start; a flow over as long a span just before, or the
    mean of the three periods before when asked per period; a rate over the three periods before.
    """
    if isinstance(kpi.baseline, int | float):
        return Baseline(float(kpi.baseline))
    manner = manner_of(kpi, metric)
    periods = _periods(kpi, manner, engine.calendar)
    if not periods:
        return Baseline(None, reason=Text("no start date", "tanggal mulai belum ada"))
    figures = engine.figures([metric], periods, scope)
    span = _joined(periods)
    unknown = next((f for f in figures if f.value is None or f.state == "at_least"), None)
    if unknown is not None:
        why = fill(_UNKNOWN, {"why": why_unknown(unknown)})
        return Baseline(None, span, unknown, why)
    value = sum(f.value for f in figures if f.value is not None) / len(figures)
    return Baseline(value, span, figures[-1])


def _periods(kpi: Kpi, manner: str, calendar: Calendar) -> list[Period]:
    """Return the periods whose mean is the baseline."""
    if isinstance(kpi.baseline, str) and kpi.baseline != "last_year":
        given = calendar.parse(kpi.baseline)
        if manner == "each" and kpi.per and _is_additive(kpi):
            return calendar.split(given, grain_of(kpi))
        return [given]
    if kpi.start is None:
        return []
    if manner == "state":
        return [Period(kpi.start - timedelta(days=1), kpi.start, "day")]
    if manner == "total":
        return [_span_before(kpi, calendar)] if kpi.window else []
    last = calendar.period_of(kpi.start - timedelta(days=1), grain_of(kpi))
    if last.end > kpi.start:
        last = calendar.previous(last)
    periods = [last]
    while len(periods) < PERIODS_BEFORE:
        periods.insert(0, calendar.previous(periods[0]))
    if kpi.baseline == "last_year":
        periods = [calendar.same_last_year(calendar.following(p)) for p in periods]
    return periods if _is_additive(kpi) else [_joined(periods)]


def _is_additive(kpi: Kpi) -> bool:
    return kpi.declared is not None and kpi.declared.kind in ("flow", "count", "unique")


def _joined(periods: list[Period]) -> Period:
    if len(periods) == 1:
        return periods[0]
    return Period(periods[0].start, periods[-1].end, "range")


def _span_before(kpi: Kpi, calendar: Calendar) -> Period:
    """Return as long a span just before, in whole months where the KPI runs in whole months."""
    window = kpi.window
    if window is None:
        raise ValueError(kpi.key)
    if kpi.baseline == "last_year":
        return calendar.same_last_year(window)
    if window.start.day == 1 and window.end.day == 1:
        months = (window.end.year - window.start.year) * 12 + window.end.month - window.start.month
        number = window.start.year * 12 + window.start.month - 1 - months
        return Period(date(number // 12, number % 12 + 1, 1), window.start, "range")
    return calendar.previous(window)
