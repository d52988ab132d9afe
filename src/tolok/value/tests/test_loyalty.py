"""Plain loyalty figures can be reckoned by hand, and what is not over is not 0."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tolok.value import Orders, cohort_table, plain_value, repeat_rate, share_with_interval


def orders(rows) -> Orders:
    return Orders(
        np.array([r[0] for r in rows], dtype=object),
        np.array([r[1] for r in rows], dtype="datetime64[D]"),
        np.array([r[2] for r in rows], dtype=np.int64),
        "IDR",
    )


SHOP = orders([
    ("ana", "2026-01-05", 100), ("ana", "2026-01-20", 50), ("ana", "2026-03-02", 30),
    ("budi", "2026-01-10", 70), ("budi", "2026-01-10", 5),
    ("cici", "2026-02-14", 40), ("cici", "2026-03-30", 60),
    ("dodo", "2026-03-25", 10),
])  # fmt: skip


def test_repeat_rate_counts_only_those_watched_long_enough():
    found = repeat_rate(SHOP, days=30, as_of=date(2026, 3, 31))
    assert (found.customers, found.returned, found.too_new) == (3, 1, 1)
    assert found.rate is not None
    assert found.rate.estimate == pytest.approx(1 / 3)


def test_two_orders_on_one_day_are_no_repeat():
    assert repeat_rate(SHOP, days=10, as_of=date(2026, 3, 31)).returned == 0


def test_nobody_watched_long_enough_has_no_rate():
    assert repeat_rate(SHOP, days=900, as_of=date(2026, 3, 31)).rate is None


def test_cohorts_by_month_leave_unfinished_months_empty():
    found = cohort_table(SHOP, as_of=date(2026, 3, 31))
    assert found.periods == ("2026-01", "2026-02", "2026-03")
    assert found.size.tolist() == [2, 1, 1]
    np.testing.assert_array_equal(found.active, [[2, 0, 1], [1, 1, np.nan], [1, np.nan, np.nan]])
    np.testing.assert_array_equal(
        found.value, [[225, 0, 30], [40, 60, np.nan], [10, np.nan, np.nan]]
    )
    assert cohort_table(SHOP, as_of=date(2026, 3, 30)).periods == ("2026-01", "2026-02")
    assert found.retention[0, 2] == 0.5


def test_cohorts_by_week_begin_on_monday():
    found = cohort_table(SHOP, as_of=date(2026, 1, 25), period="W")
    assert found.periods == ("2026-01-05", "2026-01-12", "2026-01-19")
    assert found.size.tolist() == [2, 0, 0]


def test_no_orders_make_an_empty_table():
    assert cohort_table(orders([]), as_of=date(2026, 3, 31)).periods == ()
    assert repeat_rate(orders([]), days=30, as_of=date(2026, 3, 31)).rate is None


def test_plain_value_refuses_a_handful_and_says_why():
    found = plain_value(SHOP, days=10, as_of=date(2026, 3, 31))
    assert found.value is None
    assert "4 customers" not in (found.reason.en if found.reason else "")
    assert "only 3 customers" in (found.reason.en if found.reason else "")


def test_plain_value_intervals_cover_skewed_spending():
    rng = np.random.default_rng(2)
    inside, runs, truth = 0, 120, 50_000 * np.exp(0.5)
    for i in range(runs):
        rows = [(f"c{k}", "2026-01-01", int(50_000 * np.exp(rng.normal()))) for k in range(60)]
        found = plain_value(orders(rows), days=30, as_of=date(2026, 3, 1), draws=400, seed=i)
        assert found.value is not None
        inside += found.value.low <= truth <= found.value.high
    assert 0.82 <= inside / runs <= 0.97  # nominal 0.90


def test_wilsons_interval_is_the_published_one():
    # Newcombe 1998, table I: 81 of 263, 95 %: 0.2553 to 0.3662.
    found = share_with_interval(81, 263, level=0.95)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)
    assert share_with_interval(0, 0) is None
    nobody = share_with_interval(0, 20, level=0.95)
    assert nobody is not None
    assert nobody.low == 0
    assert nobody.high > 0.1
