"""Measuring a KPI: over which days its value stands, decided by what kind of metric it is.

A level is its last known state. A flow is what came since the start, or the last whole month
when the KPI asks per month. A rate, average or median is that of the last whole period (a month,
unless the KPI says otherwise): a window since the start would hide a late rise or fall behind
the early months. People counted once give bounds and are judged only where both agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from tolok.base import Calendar, Period
from tolok.lake import table_of
from tolok.metrics import Engine, Figure, Metric, Scope
from tolok.metrics.buckets import time_form

from .kpi import Kpi

Manner = Literal["state", "total", "each"]  # last state; since the start; each period by itself


def manner_of(kpi: Kpi, metric: Metric) -> Manner:
    """Return how the KPI's value is measured."""
    if metric.kind == "level":
        return "state"
    adds = metric.is_additive or metric.kind in ("flow", "count")
    return "total" if adds and kpi.per is None else "each"


def grain_of(kpi: Kpi) -> str:
    """Return the length of the period that is measured by itself; a month unless said."""
    return kpi.per or "month"


def data_until(engine: Engine, metric: Metric, scope: Scope) -> date | None:
    """Return the day up to which (not included) there is data of the metric; None for none.

    Rows placed by day tell it themselves. Rows placed by a moment, such as posts, are complete
    up to the day on which they were last looked at: a week without posts is no gap.
    """
    if engine.view.is_empty(metric.table):
        return None
    table = table_of(metric.table)
    rows = scope.narrow(engine.view.table(metric.table), engine.view)
    known = [rows[c].notnull() for c in metric.columns if c != table.time]
    if known:
        anything = known[0]
        for column in known[1:]:
            anything = anything | column
        rows = rows.filter(anything)
    form = time_form(table)
    column = {"span": "until", "day": table.time, "moment": "observed_at"}.get(form)
    last: Any = rows[column or "observed_at"].max().to_pyarrow().as_py()
    if last is None:
        return None
    if form == "moment" or column is None:
        return engine.calendar.today_of(last)
    day = last.date() if isinstance(last, datetime) else last
    return day if form == "span" else day + timedelta(days=1)


def whole_periods(calendar: Calendar, window: Period, grain: str, until: date) -> list[Period]:
    """Return the periods of a grain that lie whole in the window and are over by a day.

    A window in which no whole one fits is itself the one period.
    """
    parts = [p for p in calendar.split(window, grain) if p.grain == grain]
    if not parts:
        parts = [window]
    return [p for p in parts if p.end <= until]


@dataclass(frozen=True)
class Measured:
    """A KPI's figure, the day up to which it speaks, and the periods it was looked at in.

    `earlier` are the figures of the whole periods before the last one, for the aims that must
    hold in each. `figure` is None while no period is over yet; `first_end` tells when one is.
    """

    manner: Manner
    figure: Figure | None
    as_of: date
    earlier: tuple[Figure, ...] = ()
    first_end: date | None = None


def measure_kpi(kpi: Kpi, metric: Metric, engine: Engine, *, scope: Scope, as_of: date) -> Measured:
    """Return the KPI's figure as far as data goes; `as_of` lies after the start of its window."""
    window = kpi.window
    if window is None:
        raise ValueError(kpi.key)
    manner = manner_of(kpi, metric)
    until = min(as_of, window.end)
    if manner in ("state", "total") and kpi.aim == "reach":
        return _since_start(manner, metric, engine, scope=scope, window=window, until=until)
    if manner == "total":
        return _since_start(manner, metric, engine, scope=scope, window=window, until=until)
    parts = whole_periods(engine.calendar, window, grain_of(kpi), until)
    if not parts:
        if manner == "state":
            return _since_start(manner, metric, engine, scope=scope, window=window, until=until)
        first = next(iter(whole_periods(engine.calendar, window, grain_of(kpi), window.end)))
        return Measured(manner, None, until, first_end=first.end)
    figures = engine.figures([metric], parts, scope)
    return Measured(manner, figures[-1], parts[-1].end, tuple(figures[:-1]))


def _since_start(
    manner: Manner, metric: Metric, engine: Engine, *, scope: Scope, window: Period, until: date
) -> Measured:
    period = Period(window.start, until, "range")
    return Measured(manner, engine.figure(metric, period, scope), until)
