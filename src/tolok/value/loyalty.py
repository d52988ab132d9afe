"""Loyalty without a model: repeat rate, cohorts, value so far; fit for few orders."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
from scipy.special import ndtri

from tolok.base import Text

from .arrays import Day, Floats, Ints, day_number, tally
from .lifetime import Range
from .orders import Orders, Visits, gather_visits

METHOD = "plain"
VERSION = "1"
FEWEST = 20


def share_with_interval(part: int, whole: int, *, level: float = 0.9) -> Range | None:
    """Return part / whole with Wilson's interval; None of nothing."""
    if whole <= 0:
        return None
    z = float(ndtri((1 + level) / 2))
    p = part / whole
    centre = (p + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return Range(p, max(0.0, min(p, centre - half)), min(1.0, max(p, centre + half)), level)


@dataclass(frozen=True, slots=True)
class RepeatRate:
    """The share of customers who bought again within `days` of their first order.

    Only customers watched that long are counted (`customers`); `too_new` are not yet. `rate` is
    None where nobody has been watched that long.
    """

    rate: Range | None
    customers: int
    returned: int
    too_new: int
    days: int
    method: str = METHOD
    version: str = VERSION


def repeat_rate(orders: Orders, *, days: int, as_of: Day, level: float = 0.9) -> RepeatRate:
    """Return how many of those watched for `days` came back within them."""
    visits = gather_visits(orders.until(as_of))
    end = day_number(as_of)
    first_day = visits.day[visits.first]
    watched = first_day + days <= end
    again = np.full(len(first_day), np.iinfo(np.int64).max)
    more = visits.count > 1
    again[more] = visits.day[visits.first[more] + 1]
    returned = watched & more & (again <= first_day + days)
    seen, back = int(watched.sum()), int(returned.sum())
    rate = share_with_interval(back, seen, level=level)
    return RepeatRate(rate, seen, back, int((~watched).sum()), days)


@dataclass(frozen=True)
class Cohorts:
    """Customers by the month (or week) of their first order and what became of them.

    `active[i, k]` is the number of customers of cohort i who ordered in the k-th period after
    their first, nan where that period is not over; `value` their spending in major units.
    """

    periods: tuple[str, ...]
    size: Ints
    active: Floats
    value: Floats | None
    currency: str | None
    method: str = METHOD
    version: str = VERSION

    @property
    def retention(self) -> Floats:
        """Return active / size, nan where the period is not over."""
        return self.active / self.size[:, None]


def cohort_table(orders: Orders, *, as_of: Day, period: Literal["M", "W"] = "M") -> Cohorts:
    """Lay out the customers by the period of their first order, up to the day `as_of`.

    Months are calendar months, weeks run from Monday. Periods that are not over are nan, not 0.
    """
    visits = gather_visits(orders.until(as_of))
    at = _period(visits.day, period)
    begin = at[visits.first]
    # The last whole period is the one before that of the day after `as_of`.
    after = day_number(as_of) + 1
    final = int(_period(np.array([after]), period)[0]) - 1
    start = int(begin.min()) if len(begin) else final + 1
    n = max(final - start + 1, 0)
    row, step = begin[visits.customer] - start, at - begin[visits.customer]
    active, value = (_tally(visits, row, step, n=n, money=money) for money in (False, True))
    over = np.add.outer(np.arange(n), np.arange(n)) < n
    return Cohorts(
        periods=tuple(_name(start + i, period) for i in range(n)),
        size=np.bincount(begin - start, minlength=n)[:n].astype(np.int64),
        active=np.where(over, active, np.nan),
        value=None if orders.value is None else np.where(over, value, np.nan),
        currency=orders.currency,
    )


def _tally(visits: Visits, row: Ints, step: Ints, *, n: int, money: bool) -> Floats:
    """Count customers, or sum their spending, by cohort and period since the first order."""
    inside = row + step < n
    worth = visits.value.copy()
    if not money:
        fresh = np.ones(len(step), dtype=bool)
        fresh[1:] = (np.diff(visits.customer) != 0) | (np.diff(step) != 0)
        worth = fresh.astype(float)
    cell = (row * n + step)[inside]
    return tally(cell, worth[inside], n * n).reshape(n, n)


def _period(day: Ints, period: str) -> Ints:
    if period == "W":
        return (day + 3) // 7  # 1970-01-01 was a Thursday
    return day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def _name(number: int, period: str) -> str:
    if period == "W":
        return str(np.datetime64(number * 7 - 3, "D"))
    return str(np.datetime64(number, "M"))


@dataclass(frozen=True, slots=True)
class PlainValue:
    """What a customer brought within `days` of the first order, counted, not foretold.

    `orders` and `value` are means per customer with bootstrap intervals (value in major units of
    `currency`), over the `customers` watched that long; None, with the reason, for too few.
    """

    orders: Range | None
    value: Range | None
    currency: str | None
    customers: int
    too_new: int
    days: int
    reason: Text | None = None
    method: str = METHOD
    version: str = VERSION


def plain_value(
    orders: Orders,
    *,
    days: int,
    as_of: Day,
    level: float = 0.9,
    draws: int = 2_000,
    seed: int = 1,
) -> PlainValue:
    """Return the mean orders and value per customer within `days` of their first order.

    The plain version for those with too few orders for a model. Undefined under 20 customers
    watched that long.
    """
    visits = gather_visits(orders.until(as_of))
    end = day_number(as_of)
    first_day = visits.day[visits.first]
    watched = first_day + days <= end
    inside = visits.day <= first_day[visits.customer] + days
    count = tally(visits.customer, inside, len(first_day))[watched]
    worth = tally(visits.customer, inside * visits.value, len(first_day))[watched]
    seen, new = int(watched.sum()), int((~watched).sum())
    if seen < FEWEST:
        reason = Text(
            en=f"Cannot say: only {seen} customers have been watched for {days} days "
            f"({FEWEST} are needed).",
            id=f"Tidak bisa disebut: baru {seen} pelanggan yang teramati selama {days} hari "
            f"(perlu {FEWEST}).",
        )
        return PlainValue(None, None, orders.currency, seen, new, days, reason)
    rng = np.random.default_rng(seed)
    counts = _mean_range(count, rng, level=level, draws=draws)
    values = None if orders.value is None else _mean_range(worth, rng, level=level, draws=draws)
    return PlainValue(counts, values, orders.currency, seen, new, days)


def _mean_range(sample: Floats, rng: np.random.Generator, *, level: float, draws: int) -> Range:
    """Return the mean with a bootstrap-t interval, which follows skewed spending."""
    n, mean = len(sample), float(sample.mean())
    spread = float(sample.std(ddof=1)) / sqrt(n)
    if spread == 0:
        return Range(mean, mean, mean, level)
    pivots = np.empty(draws)
    for i in range(draws):
        again = sample[rng.integers(0, n, n)]
        error = max(float(again.std(ddof=1)) / sqrt(n), spread * 1e-3)
        pivots[i] = (float(again.mean()) - mean) / error
    upper, lower = np.quantile(pivots, [(1 + level) / 2, (1 - level) / 2])
    return Range(mean, mean - float(upper) * spread, mean - float(lower) * spread, level)
