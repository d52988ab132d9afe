"""Forecasts, odds and attainability, against made series whose truth is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tolok.series import (
    Target,
    find_odds,
    find_pace,
    find_track_record,
    judge_growth,
    make_forecast,
    past_changes,
)
from tolok.series.ensemble import make_bank
from tolok.series.forecast import T80, T95, learn_season

RNG = np.random.default_rng(4)


def noisy(n: int, *, level: float = 6.0, sigma: float = 0.2) -> np.ndarray:
    return np.round(np.exp(RNG.normal(level, sigma, n)))


def test_intervals_hold_what_they_promise_on_series_never_used_to_learn() -> None:
    held80, held95 = [], []
    for k in range(250):
        walk = np.cumsum(RNG.normal(0, 0.1, 36)) * (k % 2)
        series = np.round(np.exp(7 + walk + RNG.normal(0, 0.2, 36)))
        forecast = make_forecast(series[:28], 8)
        future = series[28:]
        held80.append((forecast.low80 <= future) & (future <= forecast.high80))
        held95.append((forecast.low95 <= future) & (future <= forecast.high95))
    assert 0.74 < np.mean(held80) < 0.90
    assert 0.91 < np.mean(held95) < 0.99


def test_intervals_are_nested_and_never_negative_for_counts() -> None:
    forecast = make_forecast(noisy(30, level=1.0, sigma=0.8), 10)
    assert (forecast.low95 <= forecast.low80).all()
    assert (forecast.low80 <= forecast.middle).all()
    assert (forecast.middle <= forecast.high80).all()
    assert (forecast.high80 <= forecast.high95).all()
    assert (forecast.low95 >= 0).all()


def test_the_t_quantiles_are_those_of_five_degrees_of_freedom() -> None:
    from scipy import stats

    assert pytest.approx(stats.t.ppf([0.9, 0.975], 5), rel=1e-3) == [T80, T95]


@given(st.floats(-50, 50), st.integers(12, 40))
@settings(max_examples=20, deadline=None)
def test_every_member_repeats_a_constant_and_its_weights_add_to_one(level: float, n: int) -> None:
    bank = make_bank(n, 5)
    points = np.full(n, level)
    assert np.allclose(bank.ahead @ points, level)
    assert np.allclose(bank.near @ points, level)
    assert np.allclose(bank.far[:, bank.start + 5 :] @ points, level)


def test_one_step_forecasts_never_look_ahead() -> None:
    bank = make_bank(30, 6)
    for t in range(bank.start, 30):
        members = bank.near[:, t, t:]
        assert np.allclose(members, 0) or t < 15  # early smoothing starts from the first third


def test_smoothing_agrees_with_its_recursion() -> None:
    bank = make_bank(20, 3)
    points = RNG.normal(0, 1, 20)
    alpha, early = 0.3, 5
    level = points[:early].mean()
    for value in points:
        level += alpha * (value - level)
    assert (bank.ahead @ points)[3] == pytest.approx(np.full(3, level))


def test_a_week_with_quiet_weekends_is_foretold_with_quiet_weekends() -> None:
    usual = np.array([6.0] * 5 + [4.0] * 2)
    series = np.round(np.exp(np.tile(usual, 6) + RNG.normal(0, 0.1, 42)))
    forecast = make_forecast(series, 7, period=7)
    assert (forecast.middle[5:] < 0.3 * forecast.middle[0]).all()


def test_a_series_without_a_season_keeps_none() -> None:
    effects = [np.abs(learn_season(RNG.normal(0, 1, 42), 7)[0]).max() for _ in range(50)]
    assert np.median(effects) < 0.25


def test_lebaran_of_last_year_is_expected_this_year() -> None:
    days = [date(2025, 3, 1) + timedelta(days=k) for k in range(40)]
    lebaran = np.array([date(2025, 3, 28) <= d <= date(2025, 4, 7) for d in days])
    series = np.round(np.exp(6 - 2.0 * lebaran + RNG.normal(0, 0.05, 40)))
    usual = make_forecast(series[:27], 5).middle[-1]
    within = make_forecast(series[:31], 5, days=days[:31])
    assert within.middle[0] < 0.5 * usual


def test_a_gap_in_the_past_is_not_a_zero() -> None:
    series = noisy(30)
    holed = series.copy()
    holed[[5, 12, 20]] = np.nan
    assert make_forecast(holed, 4).middle == pytest.approx(make_forecast(series, 4).middle, rel=0.2)


def test_late_figures_lengthen_the_way_and_widen_the_interval() -> None:
    walk = np.round(np.exp(7 + np.cumsum(RNG.normal(0, 0.2, 40))))
    late = np.append(walk, [np.nan] * 4)
    now, then = make_forecast(walk, 6), make_forecast(late, 2)
    assert then.middle == pytest.approx(now.middle[4:])
    assert then.high80[0] == pytest.approx(now.high80[4])


def test_too_little_history_gives_a_reason_and_no_number() -> None:
    short = make_forecast([1.0, 2.0, 3.0], 4)
    assert short.reason is not None
    assert np.isnan(short.middle).all()
    gaps = make_forecast([1.0, np.nan, np.nan] * 12 + [2.0], 4)
    assert gaps.reason is not None
    assert "25" not in gaps.reason.en or "missing" in gaps.reason.en
    assert find_odds([1.0, 2.0], Target(5, left=3)).kind == "cannot say"


def test_the_level_before_a_platform_break_is_not_foretold() -> None:
    series = np.concatenate([np.full(40, 9000.0), noisy(20, level=4.0)])
    forecast = make_forecast(series, 3, breaks=[40])
    assert forecast.high95.max() < 1000


def test_odds_rise_with_nearer_targets_and_add_up_over_both_aims() -> None:
    series = noisy(40)
    total = series[-10:].sum()
    odds = [
        find_odds(series, Target(g * total, left=10, measure="sum")).probability
        for g in (0.6, 0.9, 1.0, 1.2, 2.0)
    ]
    assert odds == sorted(odds, reverse=True)
    assert odds[0] > 0.85
    assert odds[-1] < 0.1
    fall = find_odds(series, Target(1.2 * total, left=10, measure="sum", aim="fall to"))
    assert fall.probability == pytest.approx(1 - odds[3], abs=0.01)


def test_asking_twice_gives_the_same_answer() -> None:
    series = noisy(30)
    target = Target(600, left=6)
    assert find_odds(series, target) == find_odds(series, target)


def test_odds_come_true_as_often_as_they_say() -> None:
    said, true = [], []
    for _ in range(250):
        series = noisy(44)
        goal = RNG.choice([1.0, 1.02, 1.05, 1.1]) * series[26:34].sum()
        odds = find_odds(series[:34], Target(goal, left=10, elapsed=0, measure="mean", aim="reach"))
        assert np.isfinite(odds.probability)
        level = np.quantile(series[:34], RNG.random())
        odds = find_odds(series[:34], Target(float(level), left=10))
        said.append(odds.probability)
        true.append(series[-1] >= level)
    assert np.mean(said) == pytest.approx(np.mean(true), abs=0.1)


def test_an_open_race_is_too_early_to_say_and_a_decided_one_is_not() -> None:
    series = noisy(30, sigma=0.8)
    assert find_odds(series, Target(float(np.median(series)), left=12)).kind == "too early to say"
    assert find_odds(series, Target(float(series.max() * 50), left=12)).kind == "odds"


def test_a_target_whose_time_is_over_is_reached_or_missed() -> None:
    span = [10.0, 12.0, 14.0]
    assert find_odds(span, Target(36, left=0, elapsed=3, measure="sum")).kind == "reached"
    assert find_odds(span, Target(37, left=0, elapsed=3, measure="sum")).kind == "missed"
    assert find_odds(span, Target(11, left=0, elapsed=3, aim="stay above")).kind == "missed"
    assert find_odds(span, Target(14, left=0, elapsed=3, aim="stay below")).kind == "reached"
    holed = [10.0, np.nan, 14.0]
    assert find_odds(holed, Target(20, left=0, elapsed=3, measure="sum")).kind == "cannot say"


def test_the_pace_of_a_sum_follows_the_week() -> None:
    weeks = np.tile([100.0] * 5 + [10.0] * 2, 6)
    so_far = np.append(weeks, [100.0] * 5)
    pace = find_pace(so_far, Target(520, left=2, elapsed=5, measure="sum"), period=7)
    assert pace.expected == pytest.approx(500, rel=0.02)
    assert pace.actual == 500
    straight = find_pace(so_far, Target(520, left=2, elapsed=5, measure="sum"))
    assert straight.expected == pytest.approx(520 * 5 / 7)


def test_the_pace_of_a_level_goes_in_equal_steps() -> None:
    pace = find_pace([100.0, 104.0, 110.0], Target(200, left=8, elapsed=2))
    assert pace.expected == pytest.approx(120)
    assert pace.difference == pytest.approx(-10)


def test_a_sum_with_a_missing_day_has_no_pace() -> None:
    pace = find_pace([5.0, np.nan, 5.0], Target(40, left=3, elapsed=3, measure="sum"))
    assert np.isnan(pace.actual)
    assert "missing" in pace.sentence.en


def test_a_track_record_counts_its_trials_and_scores_between_zero_and_one() -> None:
    series = noisy(90)
    target = Target(1.05 * series[-12:].sum(), left=12, measure="sum")
    record = find_track_record(series, target)
    assert record.trials == 12
    assert 0.4 <= record.held80 <= 1
    assert 0 <= record.brier < 0.5
    assert 0 <= record.brier_line <= 1
    assert "80%" in record.sentence.id
    assert find_track_record(series[:25], target).trials == 0


def test_growth_is_ranked_among_what_was_seen() -> None:
    steady = np.full(40, 100.0)
    steady[20:] = 120.0
    seen = judge_growth(steady, 1.1, 4)
    assert seen.windows == 33
    assert seen.best == pytest.approx(1.2)
    assert seen.own_share == pytest.approx(np.mean(past_changes(steady, 4) >= 1.1))
    never = judge_growth(steady, 1.5, 4, benchmark=[1.0, 1.6, 2.0, 0.9])
    assert never.kind == "never seen"
    assert never.benchmark_share == pytest.approx(0.5)
    assert "belum pernah" in never.sentence.id
    assert judge_growth([1.0, 2.0, 3.0], 1.1, 2).kind == "cannot say"


def test_rolling_changes_agree_with_a_plain_loop() -> None:
    series = noisy(25)
    plain = [series[k + 3 : k + 6].mean() / series[k : k + 3].mean() for k in range(20)]
    assert past_changes(series, 3) == pytest.approx(plain)


def test_wanting_less_is_judged_by_falls() -> None:
    falling = np.linspace(100, 50, 40)
    assert judge_growth(falling, 0.95, 4, higher_is_better=False).kind == "usual"
    assert judge_growth(falling, 0.3, 4, higher_is_better=False).kind == "never seen"


def test_a_long_span_on_a_short_past_is_tried_on_what_is_still_to_come() -> None:
    rng = np.random.default_rng(4)
    series = 100 * np.exp(rng.normal(0, 0.1, 60))
    target = Target(49 * 103.0, left=9, elapsed=40, measure="sum")
    record = find_track_record(series, target)
    assert record.trials >= 4
    assert 0 <= record.held80 <= 1
    assert 0 <= record.brier <= 1
    assert find_track_record(series[:28], replace(target, elapsed=20)).trials == 0
