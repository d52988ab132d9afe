"""Lift is found where it is, seldom where it is not, and not claimed where nobody could tell."""

from __future__ import annotations

import numpy as np
import pytest

from tolok.base import UserError
from tolok.value import Effect, measure_effect
from tolok.value import effect as room

from .simulated import series_with_control


def runs(count: int, seed: int = 1, **shape) -> list[Effect]:
    rng = np.random.default_rng(seed)
    return [
        measure_effect(*series_with_control(rng, **shape), start=shape["before"])
        for _ in range(count)
    ]


@pytest.mark.parametrize("carry", [0.0, 0.7])
def test_false_lift_stays_near_five_in_a_hundred(carry, monkeypatch):
    monkeypatch.setattr(room, "_SIMULATIONS", 2)  # power is not asked here
    found = runs(400, before=90, after=14, carry=carry, noise=0.12, lift=0.0)
    false = np.mean([r.p_value <= 0.05 for r in found])
    assert 0.02 <= false <= 0.085  # 400 runs: 5.5 % give or take 2.6 standard errors
    covered = np.mean([r.low <= 0 <= r.high for r in found])
    assert covered == pytest.approx(1 - false, abs=1e-9)


def test_cases_with_power_under_a_half_cannot_be_told():
    found = runs(60, before=26, after=4, carry=0.3, noise=0.2, lift=0.2)
    assert np.mean([r.p_value <= 0.05 for r in found]) < 0.5
    assert np.mean([r.verdict == "cannot_tell" for r in found]) >= 0.9
    assert "20" in found[0].reason.id


def test_a_strong_lift_over_long_calm_series_is_found_and_measured():
    found = runs(60, before=90, after=14, carry=0.3, noise=0.08, lift=0.2)
    assert np.mean([r.verdict == "lift" for r in found]) > 0.9
    assert np.median([r.effect for r in found]) == pytest.approx(0.2, abs=0.02)
    assert np.mean([r.low <= 0.2 <= r.high for r in found]) > 0.85


def test_a_drop_is_called_a_drop_and_calm_no_effect_is_called_unseen():
    down = runs(20, before=90, after=14, carry=0.0, noise=0.05, lift=-0.2)
    assert {r.verdict for r in down} == {"drop"}
    none = runs(40, before=90, after=14, carry=0.0, noise=0.05, lift=0.0)
    assert sum(r.verdict == "no_effect_seen" for r in none) >= 33


def test_the_interval_is_the_effects_the_test_would_not_reject():
    rng = np.random.default_rng(4)
    y, x = series_with_control(rng, before=50, after=8, carry=0.4, noise=0.1, lift=0.1)
    found = measure_effect(y, x, start=50, level=0.9)

    def p_value_against(supposed: float) -> float:
        lowered = y.copy()
        lowered[50:] /= 1 + supposed
        return measure_effect(lowered, x, start=50, level=0.9).p_value

    for bound, inward in ((found.low, 1), (found.high, -1)):
        assert p_value_against(bound + inward * 1e-4) > 0.1
        assert p_value_against(bound - inward * 1e-4) <= 0.1


def test_placebo_shifts_agree_with_shifting_one_by_one():
    rng = np.random.default_rng(6)
    n, flag = 30, np.r_[np.zeros(26), np.ones(4)]
    control = rng.normal(size=(n, 2))
    design = room._design(control, flag, 0.4)
    cleared = design.clear(rng.normal(size=n))
    slow = [sum(cleared[(t + j) % n] * design.activity[t] for t in range(n)) for j in range(n)]
    np.testing.assert_allclose(design.look_everywhere(cleared), slow, atol=1e-12)


def test_without_carry_the_estimate_is_that_of_least_squares():
    rng = np.random.default_rng(9)
    y, x = series_with_control(rng, before=60, after=10, carry=0.0, noise=0.1, lift=0.3)
    flag = np.r_[np.zeros(60), np.ones(10)]
    found_carry, doubt = room._find_carry(np.log(y), np.log(x)[:, None], flag)
    carry = found_carry + doubt  # what the placebos are cleared of
    filtered = [
        np.r_[v[:1] * np.sqrt(1 - carry**2), v[1:] - carry * v[:-1]]
        for v in (np.ones(70), np.log(x), flag, np.log(y))
    ]
    fit, *_ = np.linalg.lstsq(np.column_stack(filtered[:3]), filtered[3], rcond=None)
    found = measure_effect(y, x, start=60)
    assert found.effect == pytest.approx(np.expm1(fit[2]), rel=1e-9)


def test_missing_periods_are_left_out_and_counted():
    rng = np.random.default_rng(2)
    y, x = series_with_control(rng, before=90, after=14, carry=0.0, noise=0.05, lift=0.2)
    y[3], x[40] = np.nan, np.nan
    found = measure_effect(y, x, start=90)
    assert (found.missing, found.before, found.after) == (2, 88, 14)
    assert found.verdict == "lift"


def test_series_with_zeros_are_measured_in_amounts():
    rng = np.random.default_rng(2)
    control = rng.poisson(20, 104).astype(float)
    y = control + rng.normal(0, 2, 104).round()
    y[5] = 0
    y[90:] += 10
    found = measure_effect(y, control, start=90, worthwhile=0.4)
    assert not found.is_relative
    assert found.effect == pytest.approx(10, abs=2.5)


def test_too_little_data_says_why_and_gives_no_number():
    found = measure_effect(np.ones(12), np.ones(12), start=10)
    assert (found.verdict, found.effect, found.p_value) == ("cannot_tell", None, None)
    assert "10 periods before" in found.reason.en


def test_a_control_that_moves_with_the_activity_cannot_tell():
    rng = np.random.default_rng(3)
    flag = np.r_[np.zeros(60), np.ones(10)]
    found = measure_effect(np.exp(rng.normal(size=70)), np.exp(flag), start=60)
    assert found.verdict == "cannot_tell"
    assert found.effect is None
    assert "told apart" in found.reason.en


def test_shapes_that_do_not_fit_are_refused():
    with pytest.raises(UserError):
        measure_effect(np.ones(30), np.ones(29), start=20)
    with pytest.raises(UserError):
        measure_effect(np.ones(30), np.ones(30), start=30)
