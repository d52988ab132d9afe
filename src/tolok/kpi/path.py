"""Target paths: which value a KPI should stand at on a given day on its way to the target.

Straight: equal steps every day. Stepped: the values the team wrote for given days. Monthly: a
value for each month by itself. Seasonal: the share of the way that was done by the same day of
the span a year before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from tolok.base import Calendar, Period
from tolok.metrics import Engine, Metric, Scope

from .kpi import Kpi

_YEAR = 364  # whole weeks, so that weekdays match


def share_gone(window: Period, until: date) -> float:
    """Return the share of the window's days that lie before a day, 0 to 1."""
    gone = (min(max(until, window.start), window.end) - window.start).days
    return gone / window.days


def expect_straight(window: Period, until: date, *, start: float, target: float) -> float:
    """Return where a straight path from start to target stands at the start of a day."""
    return start + (target - start) * share_gone(window, until)


def expect_stepped(kpi: Kpi, until: date, *, start: float) -> float:
    """Return the value of the last step reached by a day; before the first, the start."""
    value = start
    for day, amount in kpi.steps:
        if day < until:
            value = amount
    return value


def expect_months(kpi: Kpi, until: date, *, is_total: bool) -> float | None:
    """Return the sum of the months' values up to a day (its own month by days), or one month's.

    None where a month that counts has no value.
    """
    window = kpi.window
    if window is None:
        return None
    values = {day.replace(day=1): amount for day, amount in kpi.steps}
    if not is_total:
        return values.get((until - timedelta(days=1)).replace(day=1))
    total = 0.0
    for month in Calendar().split(window, "month"):
        if month.start >= until:
            break
        amount = values.get(month.start.replace(day=1))
        if amount is None:
            return None
        total += amount * min(1.0, (until - month.start).days / month.days)
    return total


def share_by_season(
    metric: Metric, engine: Engine, scope: Scope, *, window: Period, until: date
) -> float | None:
    """Return the share of the span's total that was there by this day a year before.

    None unless the whole span of last year is covered, or for what does not add.
    """
    day = max(until, window.start + timedelta(days=1))
    return shares_by_season(metric, engine, scope, window=window, days=[day]).get(day)


def shares_by_season(
    metric: Metric, engine: Engine, scope: Scope, *, window: Period, days: Sequence[date]
) -> dict[date, float]:
    """Return per day the share of the span's total that was there by it a year before.

    Days stand after the window's first one. A day is left out where its share cannot be said;
    nothing is returned unless the whole span of last year is covered, or for what does not add.
    """
    if not metric.is_additive:
        return {}
    shift = timedelta(days=_YEAR)
    whole = Period(window.start - shift, window.end - shift, "range")
    parts = [Period(window.start - shift, day - shift, "range") for day in days]
    total, *so_far = engine.figures([metric], [whole, *parts], scope)
    if not total.value or total.state == "at_least":
        return {}
    return {
        day: min(1.0, figure.value / total.value)
        for day, figure in zip(days, so_far, strict=True)
        if figure.value is not None and figure.state != "at_least"
    }


def trace_path(
    kpi: Kpi, metric: Metric, engine: Engine, scope: Scope, *,
    periods: Sequence[Period], start: float, target: float, is_total: bool,
) -> list[float | None]:  # fmt: skip
    """Return what the target path asks of each period, so that a chart may show it.

    Of a total: what the period itself should bring, for periods that lie whole in the window.
    Of anything else: where the path stands at the period's end. None where nothing is asked.
    """
    window = kpi.window
    if window is None:
        return [None] * len(periods)
    ends = sorted({d for p in periods for d in (p.start, p.end) if window.start < d <= window.end})
    season: dict[date, float] = {}
    if kpi.path == "seasonal" and is_total:
        season = shares_by_season(metric, engine, scope, window=window, days=ends)

    def stand(day: date) -> float | None:
        if day <= window.start:
            return start
        if kpi.path == "monthly" and kpi.steps:
            return expect_months(kpi, day, is_total=is_total)
        if kpi.path == "stepped" and kpi.steps:
            return target if day >= window.end else expect_stepped(kpi, day, start=start)
        if season:
            share = 1.0 if day >= window.end else season.get(day)
            return None if share is None else start + (target - start) * share
        return expect_straight(window, day, start=start, target=target)

    return [_asked_of(p, window, stand, is_total=is_total) for p in periods]


def _asked_of(
    period: Period, window: Period, stand: Callable[[date], float | None], *, is_total: bool
) -> float | None:
    if period.end <= window.start or period.start >= window.end:
        return None
    if not is_total:
        return stand(min(period.end, window.end))
    if period.start < window.start or period.end > window.end:
        return None
    before, after = stand(period.start), stand(period.end)
    return None if before is None or after is None else after - before


def target_of_months(kpi: Kpi, metric: Metric, *, is_total: bool) -> float | None:
    """Return what monthly values promise in all: their sum, or the last one for what stands alone."""
    if not kpi.steps:
        return None
    amounts = [amount for _, amount in kpi.steps]
    return sum(amounts) if is_total and metric.is_additive else amounts[-1]
