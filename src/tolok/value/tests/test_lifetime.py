"""Published estimates are met digit by digit, and intervals cover what they promise."""

from __future__ import annotations

import csv
import time
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from scipy import integrate
from scipy.special import hyp2f1
from scipy.stats import beta as beta_law
from scipy.stats import gamma as gamma_law

from tolok.base import UserError
from tolok.value import (
    REVENUE_ONLY,
    Customers,
    Margin,
    Orders,
    alive_odds,
    backtest,
    expected_of_new,
    expected_purchases,
    expected_spend,
    fit_bgnbd,
    fit_gammagamma,
    forecast_purchases,
    summarise_customers,
    value_customers,
)

from .real_data import cdnow, shared

SPLIT, END = date(1997, 9, 30), date(1998, 6, 30)


@pytest.fixture(scope="module")
def sample() -> Customers:
    return summarise_customers(cdnow(full=False), as_of=SPLIT)


@pytest.fixture(scope="module")
def model(sample):
    return fit_bgnbd(sample)


@pytest.fixture(scope="module")
def spend(sample):
    return fit_gammagamma(sample)


def test_orders_are_summarised_as_in_the_published_summary(sample):
    with shared("cdnow/cdnow_customers_summary_with_transactions.csv").open() as file:
        rows = list(csv.DictReader(file))
    for name, column in {
        "x": sample.repeats, "t_x": sample.recency, "T": sample.age, "zbar": sample.spend
    }.items():  # fmt: skip
        np.testing.assert_allclose(column, [float(r[name]) for r in rows], atol=0.0051)


def test_bgnbd_reproduces_fader_hardie_and_lee_to_the_printed_digits(model):
    assert [round(v, 3) for v in model.parameters] == [0.243, 4.414, 0.793, 2.426]
    assert round(model.log_likelihood, 1) == -9582.4


def test_gammagamma_reproduces_the_published_estimates(spend):
    assert [round(v, 2) for v in spend.parameters] == [6.25, 3.74, 15.44]


def test_expectations_are_those_printed_in_the_paper(model):
    # Fader, Hardie and Lee 2005: customer with x = 2, t_x = 30.43, T = 38.86 over 39 weeks.
    one = Customers(
        np.array(["0001"]), np.array([2.0]), np.array([30.43]), np.array([38.86]), None,
        np.array([0]),
    )  # fmt: skip
    assert expected_purchases(model, one, 39.0)[0] == pytest.approx(1.226, abs=0.0005)
    assert alive_odds(model, one)[0] == pytest.approx(0.7266, abs=0.0005)


def test_a_new_customers_expectation_is_the_integral_over_all_customers(model):
    def inner(rate, leave):
        mean = (1 - np.exp(-rate * leave * 52)) / leave
        return (
            mean
            * gamma_law.pdf(rate, model.r, scale=1 / model.alpha)
            * beta_law.pdf(leave, model.a, model.b)
        )

    whole, _ = integrate.dblquad(inner, 0, 1, 0, 6, epsabs=1e-5)
    assert expected_of_new(model, 52.0) == pytest.approx(whole, rel=2e-3)


def test_expectations_are_the_published_formula_with_the_librarys_gauss_function(model, sample):
    r, alpha, a, b = model.parameters
    x, tx, t = sample.repeats, sample.recency, sample.age
    for span in (1.0, 39.0, 400.0):
        series = hyp2f1(r + x, b + x, a + b + x - 1, span / (alpha + t + span))
        top = 1 - ((alpha + t) / (alpha + t + span)) ** (r + x) * series
        gone = np.where(x > 0, a / (b + x - 1 + (x == 0)), 0)
        below = 1 + gone * ((alpha + t) / (alpha + tx)) ** (r + x)
        expected = (a + b + x - 1) / (a - 1) * top / below
        np.testing.assert_allclose(expected_purchases(model, sample, span), expected, rtol=1e-8)


def test_a_backtest_that_once_took_minutes_takes_seconds():
    # Split before all customers had come, searching names in arrays compared each with each.
    orders, split = cdnow(full=True), date(1997, 2, 28)
    fitted = fit_bgnbd(summarise_customers(orders, as_of=split))
    before = time.perf_counter()
    found = backtest(fitted, orders, split=split, end=date(1997, 3, 31))
    assert time.perf_counter() - before < 5
    assert found.actual > 1000


def test_the_whole_of_cdnow_is_fitted_in_under_two_seconds():
    customers = summarise_customers(cdnow(full=True), as_of=SPLIT)
    assert len(customers.ids) == 23570
    before = time.perf_counter()
    fit_bgnbd(customers)
    assert time.perf_counter() - before < 2


def test_the_held_back_months_are_met_within_the_target(model):
    found = backtest(model, cdnow(full=False), split=SPLIT, end=END)
    assert found.actual == 1882
    assert found.mean_error <= 0.79
    assert abs(found.total_error) <= 0.13
    assert found.mean_error < found.naive_error


def test_the_mean_order_value_of_the_whole_is_that_of_the_paper(sample, spend):
    p, q, v = spend.parameters
    assert p * v / (q - 1) == pytest.approx(35.2, abs=0.1)
    values = expected_spend(spend, sample)
    assert values[sample.repeats == 0] == pytest.approx(p * v / (q - 1))
    first = sample.repeats == 2
    own = sample.spend[first]
    between = (values[first] - own) * (values[first] - p * v / (q - 1))
    assert (between <= 1e-9).all()


def make(n: int, rng, *, r=0.6, alpha=8.0, a=0.9, b=3.0, weeks=52.0, after=26.0):
    """Customers who behave as BG/NBD says, and what they did afterwards."""
    rate, leave = rng.gamma(r, 1 / alpha, n), rng.beta(a, b, n)
    age = weeks - rng.uniform(0, 12, n)
    repeats, recency, later = np.zeros(n), np.zeros(n), np.zeros(n)
    for i in range(n):
        t = 0.0
        while True:
            t += rng.exponential(1 / rate[i]) if rate[i] > 1e-12 else np.inf
            if t > age[i] + after:
                break
            if t <= age[i]:
                repeats[i], recency[i] = repeats[i] + 1, t
            else:
                later[i] += 1
            if rng.random() < leave[i]:
                break
    mean = 4.0 / rng.gamma(5.0, 1 / 60_000.0, n)
    value = np.where(repeats > 0, rng.gamma(4.0 * np.maximum(repeats, 1)) * mean / 4.0, 0.0)
    value /= np.maximum(repeats, 1)
    ids = np.arange(n)
    return Customers(ids, repeats, recency, age, value, ids, "IDR"), later


def test_known_parameters_are_found_again_and_forecast_intervals_cover():
    rng = np.random.default_rng(11)
    inside_total, single, runs = 0, [], 30
    pulls = []
    for _ in range(runs):
        customers, later = make(1500, rng)
        fitted = fit_bgnbd(customers)
        error = np.log(fitted.parameters) - np.log([0.6, 8.0, 0.9, 3.0])
        pulls.append(error / np.sqrt(np.diag(fitted.covariance)))
        found = forecast_purchases(fitted, customers, 26 * 7, level=0.8, draws=300)
        inside_total += found.total.low <= later.sum() <= found.total.high
        single.append(((found.low <= later) & (later <= found.high)).mean())
    # Binomial(30, 0.8) leaves 18..30 with odds of 99.5 %.
    assert 18 <= inside_total <= 30
    # Counts are whole numbers: the range of one customer covers at least its level.
    assert 0.8 <= np.mean(single) <= 0.99
    assert np.abs(np.mean(pulls, axis=0)).max() < 0.8
    assert 0.6 < np.std(pulls) < 1.5


def test_simulated_futures_have_the_mean_of_the_formula(model, sample):
    found = forecast_purchases(model, sample, 39 * 7, draws=400)
    assert found.total.low < found.expected.sum() < found.total.high
    assert found.alive.max() <= 1
    assert (found.low <= found.high).all()


def test_lifetime_value_intervals_cover_the_true_expectation():
    rng = np.random.default_rng(3)
    inside, runs = 0, 24
    for i in range(runs):
        customers, _ = make(1500, rng)
        bought, paid = fit_bgnbd(customers), fit_gammagamma(customers)
        found = value_customers(
            bought, paid, customers, horizon_days=182, margin=REVENUE_ONLY, discount=0.0,
            level=0.8, seed=i,
        )  # fmt: skip
        truth = expected_purchases(bought, customers, 26.0, parameters=(0.6, 8.0, 0.9, 3.0))
        # mean = p / nu with nu ~ Gamma(q, v): here p = 4, q = 5, v = 60,000.
        worth = truth * expected_spend(paid, customers, parameters=(4.0, 5.0, 60_000.0))
        low, high = float(found.total_low.amount), float(found.total_high.amount)
        inside += low <= worth.sum() <= high
    assert 14 <= inside <= 24  # Binomial(24, 0.8), 99 %


def test_margin_and_discount_change_value_as_they_must(model, spend, sample):
    shape = {"horizon_days": 365, "draws": 10}
    plain = value_customers(model, spend, sample, margin=REVENUE_ONLY, discount=0.0, **shape)
    third = value_customers(
        model, spend, sample, margin=Margin(Decimal("0.3")), discount=0.0, **shape
    )
    later = value_customers(model, spend, sample, margin=REVENUE_ONLY, discount=0.15, **shape)
    assert float(third.total.amount) == pytest.approx(0.3 * float(plain.total.amount), abs=0.01)
    assert (third.basis, plain.basis) == ("profit", "revenue")
    assert 0.85 < later.total / plain.total < 1
    assert plain.total.currency == "USD"
    assert (plain.low <= plain.value).mean() > 0.99


def test_too_few_repeaters_are_refused_and_few_customers_warned_of():
    rng = np.random.default_rng(1)
    customers, _ = make(900, rng)
    assert "rough" in fit_bgnbd(customers).notes[0].en
    few, _ = make(300, rng)
    assert few.repeaters < 300
    with pytest.raises(UserError, match="at least 300"):
        fit_bgnbd(few)


def test_orders_without_amounts_have_no_expected_value():
    customers = Customers(*(np.ones(3) for _ in range(4)), None, np.zeros(3, dtype=np.int64))
    with pytest.raises(UserError, match="no amounts"):
        fit_gammagamma(customers)
    with pytest.raises(UserError, match="currency"):
        Orders(np.array(["a"]), np.array(["2026-01-01"], dtype="datetime64[D]"), np.array([1]))


def test_an_order_without_customer_is_refused_aloud():
    orders = Orders(
        np.array(["a", None], dtype=object), np.array(["2026-01-01"] * 2, dtype="datetime64[D]")
    )
    with pytest.raises(UserError, match="1 orders have no customer"):
        summarise_customers(orders, as_of=date(2026, 2, 1))


def test_gammagamma_takes_rupiah_and_dollars_alike(sample, spend):
    rupiah = Customers(
        sample.ids, sample.repeats, sample.recency, sample.age, sample.spend * 16_000,
        sample.first_day, "IDR",
    )  # fmt: skip
    found = fit_gammagamma(rupiah)
    assert (found.p, found.q) == pytest.approx((spend.p, spend.q), rel=1e-3)
    assert found.v == pytest.approx(spend.v * 16_000, rel=1e-3)
