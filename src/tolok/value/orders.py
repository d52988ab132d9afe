"""Orders as they came in, and what each customer's buying looks like in a few numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tolok.base import Text, UserError
from tolok.base.money import minor_digits

from .arrays import Day, Floats, Ints, day_number


@dataclass(frozen=True)
class Orders:
    """Orders as columns: one row is one order of one customer.

    `day` is datetime64[D] in the brand's own time zone; `value` in whole minor units of the one
    `currency` (10^-`digits`, by default those it is shown with: IDR 0, USD 2), None where amounts
    are not known.
    """

    customer: NDArray[Any]
    day: NDArray[np.datetime64]
    value: Ints | None = None
    currency: str | None = None
    digits: int | None = None

    def __post_init__(self) -> None:
        if (self.value is None) != (self.currency is None):
            raise UserError(
                Text(
                    en="Order values need a currency, and a currency needs values.",
                    id="Nilai pesanan perlu mata uang, dan mata uang perlu nilai.",
                )
            )

    @property
    def minor(self) -> int:
        """Return how many minor units make one unit of the currency (1 without amounts)."""
        if self.currency is None:
            return 1
        digits = self.digits if self.digits is not None else minor_digits(self.currency)
        return int(10**digits)

    def until(self, day: Day) -> Orders:
        """Return the orders up to and including the day."""
        kept = np.asarray(self.day, dtype="datetime64[D]").astype(np.int64) <= day_number(day)
        value = None if self.value is None else self.value[kept]
        return Orders(self.customer[kept], self.day[kept], value, self.currency, self.digits)


@dataclass(frozen=True)
class Visits:
    """Order days: all orders of a customer on one day are one purchase.

    Rows are in order of customer, then day; `customer` holds codes into `ids`, `value` the day's
    sum in major units (zeros where amounts are not known), `first` the first row per customer.
    """

    ids: NDArray[Any]
    customer: Ints
    day: Ints
    value: Floats
    first: Ints

    @property
    def count(self) -> Ints:
        """Return the number of order days per customer."""
        return np.diff(np.append(self.first, len(self.customer)))


@dataclass(frozen=True)
class Customers:
    """One row per customer, as BG/NBD reads them; times in `unit_days` (weeks by default).

    `repeats` are order days after the first, `recency` the time from first to last order,
    `age` the time from first order to the end of observation, `spend` the mean value of a repeat
    order day in major units of the currency (0 without repeats), `first_day` days since 1970.
    """

    ids: NDArray[Any]
    repeats: Floats
    recency: Floats
    age: Floats
    spend: Floats | None
    first_day: Ints
    currency: str | None = None
    unit_days: float = 7.0

    @property
    def repeaters(self) -> int:
        """Return the number of customers with at least one repeat purchase."""
        return int((self.repeats > 0).sum())


def gather_visits(orders: Orders) -> Visits:
    """Gather orders into order days, sorted by customer and day."""
    coded = pa.array(orders.customer, from_pandas=True).dictionary_encode()
    if coded.null_count:
        raise UserError(
            Text(
                en="{n} orders have no customer.",
                id="{n} pesanan tidak punya pelanggan.",
            ),
            Text(
                en="Leave them out or give them a customer first.",
                id="Keluarkan dulu, atau isi pelanggannya.",
            ),
            n=coded.null_count,
        )
    who = np.asarray(coded.indices, dtype=np.int64)
    day = np.asarray(orders.day, dtype="datetime64[D]").astype(np.int64)
    worth = np.zeros(len(who), dtype=np.int64) if orders.value is None else orders.value
    order = np.lexsort((day, who))
    who, day = who[order], day[order]
    fresh = np.ones(len(who), dtype=bool)
    fresh[1:] = (np.diff(who) != 0) | (np.diff(day) != 0)
    at = np.flatnonzero(fresh)
    sums = np.add.reduceat(worth[order], at) if len(at) else worth
    who, day = who[at], day[at]
    first = np.flatnonzero(np.diff(who, prepend=-1) != 0)
    ids = np.asarray(coded.dictionary.to_numpy(zero_copy_only=False))
    return Visits(ids, who, day, sums / orders.minor, first)


def summarise_customers(orders: Orders, *, as_of: Day, unit_days: float = 7.0) -> Customers:
    """Sum each customer's buying up to the day `as_of` into repeats, recency, age and spend.

    Later orders are left out. Several orders on one day are one purchase.
    """
    visits = gather_visits(orders.until(as_of))
    end = day_number(as_of)
    first, count = visits.first, visits.count
    if not len(first):
        nothing = np.zeros(0)
        return Customers(visits.ids, nothing, nothing, nothing, nothing, visits.day)
    last = np.append(first[1:], len(visits.day)) - 1
    repeat_value = np.add.reduceat(visits.value, first) - visits.value[first]
    repeats = (count - 1).astype(float)
    spend = repeat_value / np.maximum(repeats, 1.0)
    return Customers(
        ids=visits.ids,
        repeats=repeats,
        recency=(visits.day[last] - visits.day[first]) / unit_days,
        age=(end - visits.day[first]) / unit_days,
        spend=None if orders.value is None else spend,
        first_day=visits.day[first],
        currency=orders.currency,
        unit_days=unit_days,
    )
