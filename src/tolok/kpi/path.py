"""Target paths: which value a KPI should stand at on a given day on its way to the target.

Straight: equal steps every day. Stepped: the values the team wrote for given days. Monthly: a
value for each month by itself. Seasonal: the share of the way that was done by the same day of
the span a year before.
"""

from __future__ import annotations

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
    if not metric.is_additive:
        return None
    shift = timedelta(days=_YEAR)
    whole = Period(window.start - shift, window.end - shift, "range")
    part = Period(
        window.start - shift, max(until, window.start + timedelta(days=1)) - shift, "range"
    )
    total, so_far = engine.figures([metric], [whole, part], scope)
    if total.value is None or so_far.value is None or not total.value:
        return None
    if "at_least" in (total.state, so_far.state):
        return None
    return min(1.0, so_far.value / total.value)


def target_of_months(kpi: Kpi, metric: Metric, *, is_total: bool) -> float | None:
    """Return what monthly values promise in all: their sum, or the last one for what stands alone."""
    if not kpi.steps:
        return None
    amounts = [amount for _, amount in kpi.steps]
    return sum(amounts) if is_total and metric.is_additive else amounts[-1]
