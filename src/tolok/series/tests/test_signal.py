"""Signal or noise, against independent computations and made series whose truth is known."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
import statprocon
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tolok.series import draw_xmr, find_shifts, judge_last, measure_seasons, name_seasons

RNG = np.random.default_rng(20261122)
FIGURES = st.lists(st.integers(0, 100_000), min_size=3, max_size=60)


@given(FIGURES)
@settings(max_examples=60, deadline=None)
def test_xmr_limits_agree_with_statprocon(figures: list[int]) -> None:
    ours, oracle = draw_xmr(figures), statprocon.XmR(figures)
    assert ours.center[0] == pytest.approx(float(oracle.x_central_line()[0]), rel=1e-3, abs=1e-2)
    mean_range = np.abs(np.diff(figures)).mean()
    assert ours.upper[0] - ours.center[0] == pytest.approx(2.66 * mean_range)
    theirs = float(oracle.upper_natural_process_limit()[0])
    assert ours.upper[0] == pytest.approx(theirs, rel=1e-3, abs=1e-2 * (1 + mean_range))
    theirs = float(oracle.lower_natural_process_limit()[0])
    assert ours.lower[0] == pytest.approx(theirs, rel=1e-3, abs=1e-2 * (1 + mean_range))


def test_a_run_of_eight_is_marked_and_a_run_of_seven_is_not() -> None:
    seven = draw_xmr([1, 9] * 4 + [9] * 6 + [1, 1, 1])
    assert not seven.in_run.any()
    eight = draw_xmr([1, 9] * 4 + [9] * 8 + [1] * 8)
    assert eight.in_run.sum() == 17


def test_a_missing_figure_is_no_zero_on_the_chart() -> None:
    chart = draw_xmr([10, 12, np.nan, 11, 13])
    assert chart.center[0] == pytest.approx(11.5)
    assert not chart.beyond_limits[2]
    assert chart.upper[0] == pytest.approx(11.5 + 2.66 * 2)


def test_limits_start_afresh_at_a_cut() -> None:
    chart = draw_xmr([10, 11, 10, 11, 50, 51, 50, 51], cuts=[4])
    assert chart.center[0] == pytest.approx(10.5)
    assert chart.center[-1] == pytest.approx(50.5)
    assert not chart.beyond_limits.any()


def test_a_tenfold_week_is_a_signal_and_a_usual_one_is_not() -> None:
    past = np.round(np.exp(RNG.normal(6, 0.2, 26)))
    usual = judge_last(np.append(past, np.median(past)))
    assert usual.kind == "routine"
    assert usual.low < np.median(past) < usual.high
    assert judge_last(np.append(past, 10 * past.mean())).kind == "signal up"
    assert judge_last(np.append(past, past.mean() / 10)).kind == "signal down"


def test_on_independent_lognormal_figures_about_one_in_a_hundred_is_flagged() -> None:
    flagged = [
        judge_last(np.round(np.exp(RNG.normal(6, 0.5, 29)))).kind != "routine" for _ in range(2000)
    ]
    assert 0.004 < np.mean(flagged) < 0.018


def test_the_bounds_are_a_t_interval_where_tails_are_normal() -> None:
    quantiles = stats.norm.ppf((np.arange(28) + 0.5) / 28)
    past = np.round(np.exp(8 + 0.3 * RNG.permutation(quantiles)))
    for _ in range(20):
        past = RNG.permutation(past)
        verdict = judge_last(np.append(past, past[0]))
        if verdict.is_smoothed:
            continue
        logs = np.log1p(past)
        half = stats.t.ppf(0.995, 27) * logs.std(ddof=1) * np.sqrt(1 + 1 / 28)
        assert np.log(verdict.high) == pytest.approx(logs.mean() + half, abs=0.12)


def test_every_verdict_names_its_smallest_visible_change() -> None:
    past = np.round(np.exp(RNG.normal(6, 0.3, 26)))
    verdict = judge_last(past)
    assert verdict.visible_up == pytest.approx(np.exp(2.8 * verdict.sigma))
    assert "smallest" in verdict.sentence.en
    assert "terkecil" in verdict.sentence.id


def test_a_missing_last_figure_and_a_short_past_cannot_be_judged() -> None:
    assert judge_last([5.0] * 20 + [np.nan]).kind == "cannot say"
    short = judge_last([5.0, 6.0, np.nan, 7.0])
    assert short.kind == "cannot say"
    assert "2" in short.sentence.id
    assert judge_last([]).kind == "cannot say"


def test_the_level_before_a_platform_break_is_never_used() -> None:
    before, after = np.full(30, 1000.0), np.round(np.exp(RNG.normal(4, 0.1, 13)))
    verdict = judge_last(np.concatenate([before, after]), breaks=[30])
    assert verdict.baseline == 30
    assert verdict.kind == "routine"
    assert judge_last(np.concatenate([before, after[:5]]), breaks=[30]).kind == "cannot say"


def test_a_lasting_shift_is_confirmed_by_its_eighth_figure_and_resets_the_baseline() -> None:
    past, new = np.exp(RNG.normal(6, 0.1, 26)), np.exp(RNG.normal(6.8, 0.1, 20))
    series = np.round(np.concatenate([past, new]))
    kinds = [judge_last(series[: k + 1]).kind for k in range(26, 46)]
    assert kinds[0] == "signal up"
    assert kinds.count("shift") == 1
    assert kinds.index("shift") in (7, 8)
    after = judge_last(series)
    assert abs(after.baseline - 26) <= 1
    assert after.expected == pytest.approx(np.exp(6.8), rel=0.1)


def test_a_wandering_level_is_seldom_called_a_shift() -> None:
    found = [len(find_shifts(np.cumsum(RNG.normal(0, 1, 60)))) for _ in range(200)]
    assert np.mean(np.array(found) > 0) < 0.35


def test_negative_figures_are_judged_in_their_own_unit() -> None:
    net = np.round(RNG.normal(2, 5, 30))
    verdict = judge_last(np.append(net, 400))
    assert verdict.kind == "signal up"
    assert not verdict.is_factor
    assert verdict.low < 0 < verdict.high


def test_a_rate_is_judged_by_factors_though_it_is_far_below_one() -> None:
    rates = np.exp(RNG.normal(np.log(0.03), 0.1, 30))
    assert judge_last(np.append(rates, 0.06)).kind == "signal up"
    assert judge_last(np.append(rates, 0.031)).kind == "routine"


def test_a_weekend_that_is_always_quiet_is_no_signal() -> None:
    days = [date(2026, 7, 6) + timedelta(days=k) for k in range(56)]
    level = np.array([3.0 if d.weekday() >= 5 else 6.0 for d in days])
    series = np.round(np.exp(level + RNG.normal(0, 0.1, 56)))
    assert days[-1].weekday() == 6
    assert judge_last(series, days).kind == "routine"
    busy = series.copy()
    busy[-1] = np.exp(6.0)
    assert judge_last(busy, days).kind == "signal up"


def test_a_jump_in_a_season_never_seen_before_cannot_be_judged() -> None:
    days = [date(2026, 2, 16) - timedelta(days=40 - k) for k in range(41)]
    days.append(date(2026, 2, 19))
    series = np.append(np.round(np.exp(RNG.normal(6, 0.1, 41))), 5000)
    verdict = judge_last(series, days)
    assert verdict.kind == "cannot say"
    assert "Ramadan" in verdict.sentence.id


@pytest.mark.parametrize(
    ("day", "seasons"),
    [
        (date(2026, 2, 20), {"ramadan"}),
        (date(2025, 3, 31), {"lebaran", "payday"}),
        (date(2026, 11, 11), {"double_date"}),
        (date(2026, 8, 17), {"holiday"}),
        (date(2026, 9, 25), {"payday"}),
        (date(2026, 10, 14), set()),
    ],
)
def test_days_belong_to_the_seasons_of_the_indonesian_year(day: date, seasons: set[str]) -> None:
    assert name_seasons(day) == seasons


def test_a_week_belongs_to_a_season_by_the_share_of_its_days() -> None:
    shares = measure_seasons([date(2026, 11, 9)], step=7)
    assert shares["double_date"][0] == pytest.approx(1 / 7)
    assert shares["payday"][0] == 0
