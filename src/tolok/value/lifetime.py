"""Customer lifetime value: expected purchases and money to come, with honest intervals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from tolok.base import Text
from tolok.base.money import Money

from .arrays import Day, Floats, day_number
from .bgnbd import METHOD as BGNBD
from .bgnbd import BgNbd, alive_odds, expected_purchases
from .gammagamma import GammaGamma, expected_spend
from .orders import Customers, Orders, summarise_customers
from .returns import Margin

VERSION = "1"


@dataclass(frozen=True, slots=True)
class Range:
    """An estimate with the interval it lies in at the `level`."""

    estimate: float
    low: float
    high: float
    level: float


@dataclass(frozen=True)
class PurchaseForecast:
    """Purchases expected in the coming `span` days.

    `expected`, `low`, `high` and `alive` have one number per customer: what to expect, the range
    the customer's own count should fall in, and the odds of being active. `total` is the range of
    the sum over all of them. Intervals carry chance and the doubt about the parameters; they
    cannot carry a change in how people buy (see docs/honesty/value.md).
    """

    expected: Floats
    low: Floats
    high: Floats
    alive: Floats
    total: Range
    span: float
    notes: tuple[Text, ...]
    method: str = BGNBD
    version: str = VERSION


@dataclass(frozen=True)
class LifetimeValue:
    """Money expected from each customer within the horizon, discounted, in one currency.

    `value`, `low` and `high` have one number per customer in major units: the expected value and
    the interval of that expectation. `basis` tells revenue from profit.
    """

    value: Floats
    low: Floats
    high: Floats
    total: Money
    total_low: Money
    total_high: Money
    horizon_days: float
    basis: str
    notes: tuple[Text, ...]
    method: str = "bg_nbd+gamma_gamma"
    version: str = VERSION


def _draws(centre: tuple[float, ...], covariance: Floats, *, draws: int, seed: int) -> Floats:
    """Draw parameters from the normal approximation in their logarithms."""
    rng = np.random.default_rng(seed)
    return np.exp(rng.multivariate_normal(np.log(centre), covariance, size=draws))


def _simulate(
    parameters: Floats, customers: Customers, *, span: float, rng: np.random.Generator
) -> Floats:
    """Play one future of every customer: still active? how often? when do they leave?"""
    r, alpha, a, b = parameters
    x, t = customers.repeats, customers.age
    ratio = ((alpha + t) / (alpha + customers.recency)) ** (r + x)
    gone = np.where(x > 0, a / np.where(x > 0, b + x - 1, 1.0) * ratio, 0.0)
    active = rng.random(len(x)) < 1.0 / (1.0 + gone)
    rate = rng.gamma(r + x, 1.0 / (alpha + t))
    # A tiny drop-out probability would overflow the geometric draw; nobody buys 10^9 times.
    leave = np.clip(rng.beta(a, b + x), 1e-9, 1.0)
    return active * np.minimum(rng.poisson(rate * span), rng.geometric(leave)).astype(float)


def forecast_purchases(
    model: BgNbd,
    customers: Customers,
    span_days: float,
    *,
    level: float = 0.9,
    draws: int = 400,
    seed: int = 1,
) -> PurchaseForecast:
    """Forecast the purchases of the coming days per customer and in sum.

    Each of the `draws` futures has parameters of its own, drawn from their uncertainty.
    """
    span = span_days / model.unit_days
    rng = np.random.default_rng(seed)
    chosen = _draws(model.parameters, model.covariance, draws=draws, seed=seed)
    futures = np.array(
        [_simulate(row, customers, span=span, rng=rng) for row in chosen], dtype=np.float32
    )
    tails = [(1 - level) / 2, (1 + level) / 2]
    low, high = np.quantile(futures, tails, axis=0, method="closest_observation")
    expected = expected_purchases(model, customers, span)
    sums = futures.sum(axis=1, dtype=float)
    least, most = (float(q) for q in np.quantile(sums, tails))
    total = Range(float(expected.sum()), least, most, level)
    return PurchaseForecast(
        expected=expected,
        low=low.astype(float),
        high=high.astype(float),
        alive=alive_odds(model, customers),
        total=total,
        span=span_days,
        notes=model.notes,
    )


def _discounted(model: BgNbd, customers: Customers, *, steps: Floats, rate: float) -> Floats:
    """Return expected purchases up to the last step, each discounted to today at its step."""
    before = np.zeros(len(customers.repeats))
    total = np.zeros(len(customers.repeats))
    for end in steps:
        until = expected_purchases(model, customers, end)
        years = end * model.unit_days / 365.25
        total += (until - before) / (1 + rate) ** years
        before = until
    return total


def value_customers(
    model: BgNbd,
    spend: GammaGamma,
    customers: Customers,
    *,
    horizon_days: float,
    margin: Margin,
    discount: float,
    level: float = 0.9,
    draws: int = 100,
    seed: int = 1,
) -> LifetimeValue:
    """Return the value expected from each customer within the horizon.

    `margin` and the yearly `discount` rate are asked for, never assumed: `REVENUE_ONLY` and 0 are
    answers too. Purchases are discounted by four-week steps. Intervals are those of the expected
    value, from drawn parameters; a single customer may well spend nothing.
    """
    end = horizon_days / model.unit_days
    steps = np.linspace(0, end, max(1, round(horizon_days / 28)) + 1)[1:]
    factor = float(margin.share)

    counts = _discounted(model, customers, steps=steps, rate=discount)
    value = factor * counts * expected_spend(spend, customers)
    plain = expected_purchases(model, customers, end)
    # Discounting hardly moves with the parameters: keep its factor, redraw the rest.
    shrink = counts / plain
    buying = _draws(model.parameters, model.covariance, draws=draws, seed=seed)
    paying = _draws(spend.parameters, spend.covariance, draws=draws, seed=seed + 1)
    # A mean exists only above q = 1; draws under it have no answer to give.
    paying[:, 1] = np.maximum(paying[:, 1], 1.0 + 1e-3)
    worths = np.array(
        [
            factor
            * shrink
            * expected_purchases(model, customers, end, parameters=tuple(one))
            * expected_spend(spend, customers, parameters=tuple(two))
            for one, two in zip(buying, paying, strict=True)
        ]
    )
    tails = [(1 - level) / 2, (1 + level) / 2]
    low, high = np.quantile(worths, tails, axis=0)
    total_low, total_high = np.quantile(worths.sum(axis=1), tails)
    amounts = (_money(float(v), spend.currency) for v in (value.sum(), total_low, total_high))
    total, bottom, top = amounts
    return LifetimeValue(
        value=value,
        low=low,
        high=high,
        total=total,
        total_low=bottom,
        total_high=top,
        horizon_days=horizon_days,
        basis=margin.basis,
        notes=model.notes + spend.notes,
    )


def _money(amount: float, currency: str) -> Money:
    return Money(Money(Decimal(repr(amount)), currency).shown, currency)


@dataclass(frozen=True, slots=True)
class Backtest:
    """What a forecast made on part of the orders would have said about the rest.

    `expected` and `actual` are repeat purchases in the held-back days, `mean_error` the mean
    absolute error per customer, `naive_error` that of "everyone goes on at their rate so far".
    """

    expected: float
    actual: float
    mean_error: float
    naive_error: float

    @property
    def total_error(self) -> float:
        """Return the error of the sum as a share of what happened; nan where nothing happened."""
        return self.expected / self.actual - 1 if self.actual else float("nan")


def backtest(model: BgNbd, orders: Orders, *, split: Day, end: Day) -> Backtest:
    """Compare the forecast from the orders up to `split` with what happened until `end`."""
    before = summarise_customers(orders, as_of=split, unit_days=model.unit_days)
    # Through a set: array search over texts compares every order with every customer.
    ids = set(before.ids.tolist())
    known = np.array([c in ids for c in orders.customer.tolist()], dtype=bool)
    value = None if orders.value is None else orders.value[known]
    ours = Orders(orders.customer[known], orders.day[known], value, orders.currency, orders.digits)
    after = summarise_customers(ours, as_of=end, unit_days=model.unit_days)
    place = {name: i for i, name in enumerate(after.ids)}
    order = np.array([place[name] for name in before.ids])
    actual = after.repeats[order] - before.repeats
    span = (day_number(end) - day_number(split)) / model.unit_days
    expected = expected_purchases(model, before, span)
    naive = np.where(before.age > 0, before.repeats / np.maximum(before.age, 1e-9), 0.0) * span
    return Backtest(
        expected=float(expected.sum()),
        actual=float(actual.sum()),
        mean_error=float(np.abs(expected - actual).mean()),
        naive_error=float(np.abs(naive - actual).mean()),
    )
