"""Published figures are compared only with a metric of the same definition."""

from __future__ import annotations

from datetime import date

import pytest

from tolok.base import Period
from tolok.metrics import Figure, metric_of
from tolok.metrics.benchmarks import (
    DEFINITIONS,
    DIFFERENT,
    NO_NUMBER,
    OTHER_CURRENCY,
    OTHER_PLATFORM,
    benchmarks_of,
    compare_with,
    load_benchmarks,
)

OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1), "month")
PUBLIC = metric_of("median_post_public_engagement_rate")


def figure(value: float | None, key: str = PUBLIC.key, currency: str | None = None) -> Figure:
    return Figure(key, OCTOBER, value, currency=currency)


def test_every_benchmark_says_what_it_means_of_whom_and_when() -> None:
    assert len(load_benchmarks()) > 150
    for found in load_benchmarks():
        assert found.definition in DEFINITIONS
        assert found.publisher
        assert found.region
        assert found.trust in ("page", "extraction", "memory", "low")


def test_rates_are_shares_not_per_cent() -> None:
    rates = [b.value for b in load_benchmarks() if b.unit == "ratio" and b.value is not None]
    assert 0 <= min(rates) <= max(rates) < 0.3


def test_food_on_instagram_lies_at_0_40_per_cent_in_the_data_of_2024() -> None:
    (found,) = benchmarks_of(PUBLIC, "instagram", segment="food_beverage")
    assert (found.value, found.data_period, found.publisher) == (0.004, "2024", "Rival IQ")
    change = compare_with(PUBLIC, figure(0.006), found, platform="instagram")
    assert change.ratio == pytest.approx(0.5)


def test_another_definition_is_refused_with_the_reason_in_both_languages() -> None:
    theirs = next(b for b in load_benchmarks() if b.publisher == "Emplifi")
    change = compare_with(PUBLIC, figure(0.006), theirs)
    assert (change.ratio, change.difference, change.reason) == (None, None, DIFFERENT)
    for language in ("en", "id"):
        assert "Emplifi" in DIFFERENT.say(language, **change.reason_data)  # type: ignore[arg-type]
    ours = metric_of("engagement_rate_by_reach")
    assert all(
        compare_with(ours, figure(0.02, ours.key), b).ratio is None for b in load_benchmarks()
    )


def test_another_platform_or_currency_is_refused() -> None:
    (found,) = benchmarks_of(PUBLIC, "tiktok", segment="food_beverage")
    assert compare_with(PUBLIC, figure(0.02), found, platform="instagram").reason == OTHER_PLATFORM
    cpc = metric_of("ad_cpc")
    change = compare_with(cpc, figure(5000, cpc.key, "IDR"), benchmarks_of(cpc)[0])
    assert change.reason == OTHER_CURRENCY
    assert compare_with(cpc, figure(5, cpc.key, "USD"), benchmarks_of(cpc)[0]).ratio is not None


def test_what_rests_on_almost_no_posts_is_hidden() -> None:
    hidden = [b for b in load_benchmarks() if not b.is_fit and b.platform == "x"]
    assert {b.segment for b in hidden} == {"fashion", "health_beauty", "home_decor"}
    public = next(b for b in hidden if b.definition == PUBLIC.benchmark)
    assert compare_with(PUBLIC, figure(0.001), public).reason == NO_NUMBER
