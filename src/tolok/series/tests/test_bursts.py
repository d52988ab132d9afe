"""Bursts: causal, calibrated by the past, silent after an alarm."""

from __future__ import annotations

import numpy as np
import pytest

from tolok.series import BurstWatch, find_bursts

DAY = 288


def mentions(days: int, *, rate: float = 8.0, seed: int = 5) -> np.ndarray:
    rng = np.random.default_rng(seed)
    clock = np.arange(days * DAY) / DAY
    return rng.poisson(rate * (1 + 0.5 * np.sin(2 * np.pi * clock))).astype(float)


def test_a_twelvefold_burst_is_found_within_an_hour() -> None:
    counts = mentions(12)
    start = 10 * DAY + 100
    counts[start : start + 36] *= 12
    alarms = [a for a in find_bursts(counts).alarms if a >= start]
    assert alarms
    assert alarms[0] - start <= 12


def test_days_that_are_all_alike_raise_few_alarms() -> None:
    assert len(find_bursts(mentions(14)).alarms) <= 3


def test_nothing_later_changes_what_was_said_before() -> None:
    counts = mentions(5)
    early = find_bursts(counts[: 4 * DAY]).rarity
    late = counts.copy()
    late[4 * DAY :] = 500
    assert find_bursts(late).rarity[: 4 * DAY] == pytest.approx(early)


def test_the_scale_of_the_counts_hardly_matters() -> None:
    small, large = mentions(8, rate=20), mentions(8, rate=20) * 50
    for counts in (small, large):
        counts[7 * DAY : 7 * DAY + 24] *= 12
    firsts = [next(a for a in find_bursts(c).alarms if a >= 7 * DAY) for c in (small, large)]
    assert abs(firsts[0] - firsts[1]) <= 6


def test_after_an_alarm_there_is_silence_for_more_than_a_day() -> None:
    counts = mentions(8)
    counts[6 * DAY : 7 * DAY] *= 12
    alarms = [a for a in find_bursts(counts).alarms if 6 * DAY <= a < 7 * DAY]
    assert len(alarms) == 1


def test_a_missing_count_is_neither_zero_nor_an_alarm() -> None:
    counts = mentions(4)
    counts[3 * DAY : 3 * DAY + 50] = np.nan
    found = find_bursts(counts)
    assert np.isnan(found.rarity[3 * DAY : 3 * DAY + 50]).all()
    watch = BurstWatch()
    assert not watch.take(float("nan"))


def test_no_alarm_is_raised_while_there_is_no_past_to_rank_against() -> None:
    counts = mentions(2)
    counts[200:230] *= 50
    assert find_bursts(counts).alarms == ()
