"""Signal or noise: may the last figure of a series be called a change?

An adaptive prediction interval decides (methods: M4 weekly 2 % false at nominal 1 %): around the
mean, or around the exponentially smoothed level when neighbouring values hang together; around
what weekday and season usually do; from the last confirmed shift or platform break on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from tolok.base import Text

from . import sentences
from .effects import Adjusted, remove_effects
from .scale import Floats, Scale, choose_scale
from .shift import autocorrelation, find_shifts

Kind = Literal["routine", "signal up", "signal down", "shift", "cannot say"]
FEWEST = 8  # known values a baseline must have
LONGEST = 104  # older values say little about the present level
VISIBLE = 2.8  # (1.96 + 0.84) sigma: seen four times out of five
MEMORY = 1.0  # over root n; 1.6 loses one doubling in 200 on M4 weekly and gains nothing
USUAL_SPREAD = 0.12  # one-step errors of a usual series, on logs
CALM_WEIGHT = 4.0  # errors
UNSEEN_SPIKES = 2.0  # over n: how much wider spiky figures are taken to be than a past shows
ALPHAS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be said of the last value of a series, with the sentence that says it.

    `low` to `high` is where the value was expected, in its own unit. `visible_up` and
    `visible_down` are the smallest lasting changes this series could show, as factors (1.35,
    0.74) or, where figures can be negative (`is_factor` false), as amounts. Numbers are NaN
    where the kind is "cannot say". `baseline` is the index the judgement starts from,
    `shifts` the first points of confirmed shifts.
    """

    kind: Kind
    sentence: Text
    value: float
    expected: float = np.nan
    low: float = np.nan
    high: float = np.nan
    sigma: float = np.nan
    visible_up: float = np.nan
    visible_down: float = np.nan
    is_factor: bool = True
    known: int = 0
    baseline: int = 0
    shifts: tuple[int, ...] = ()
    is_smoothed: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the next value is expected on the scale, and how that was found."""

    center: float
    half: float
    sigma: float
    is_smoothed: bool


def judge_last(
    values: ArrayLike,
    days: Sequence[date] | None = None,
    *,
    breaks: Sequence[int] = (),
    nominal: float = 0.01,
) -> Verdict:
    """Return whether the last value is routine variation, a signal, or a confirmed shift.

    `values` are one figure per period in order, NaN where missing; `days` the first day of each
    period (without them weekday and season are not looked at); `breaks` the indices at which
    the platform changed a definition: nothing before the last one is used. `nominal` is the
    share of false signals accepted.
    """
    points = np.asarray(values, dtype=float)
    if len(points) == 0 or not np.isfinite(points[-1]):
        return Verdict("cannot say", sentences.LAST_MISSING, np.nan)
    start = max([b for b in breaks if 0 < b < len(points)], default=0)
    start = max(start, len(points) - 1 - LONGEST)
    scale = choose_scale(points[start:])
    part_days = None if days is None else list(days[start:])
    adjusted = remove_effects(scale.to_scale(points[start:]), part_days)
    shifts = find_shifts(adjusted.points)
    just_shifted = bool(shifts) and shifts[-1].confirmed == len(adjusted.points) - 1
    cut = shifts[-1].start if shifts and not just_shifted else 0
    past = adjusted.points[cut:-1]
    known = int(np.isfinite(past).sum())
    if known < FEWEST:
        return Verdict(
            "cannot say", sentences.too_short(known, FEWEST), float(points[-1]), known=known
        )
    interval = expect_next(past, adjusted, scale, nominal)
    kind = _decide(float(adjusted.points[-1]), interval, just_shifted)
    found = tuple(start + s.start for s in shifts)
    return _word(kind, points, interval, adjusted, scale, (start + cut, known, found))


def expect_next(past: Floats, adjusted: Adjusted, scale: Scale, nominal: float) -> Interval:
    """Return the interval for the next point after `past`, on the scale, effects taken out."""
    x = past[np.isfinite(past)]
    n = len(x)
    is_smoothed = autocorrelation(x) > MEMORY / np.sqrt(n)
    center, error, freedom = _smooth(x) if is_smoothed else (float(x.mean()), x - x.mean(), n - 1)
    freedom = max(3.0, freedom - adjusted.lost)
    sigma = max(float(np.sqrt(np.sum(error**2) / freedom)), scale.noise_floor(center))
    if is_smoothed and scale.is_log:
        sigma = _doubt_calm(sigma, freedom)
    own = 0.0 if is_smoothed else 1 / n  # the level's own error is in the one-step errors
    half = _t_quantile(1 - nominal / 2, freedom) * sigma * np.sqrt(1 + own + adjusted.extra)
    return Interval(center, float(half) * _tail_factor(error, is_smoothed), sigma, is_smoothed)


def _doubt_calm(sigma: float, freedom: float) -> float:
    """Return the spread of one-step errors, widened where it is calmer than series usually are.

    A short stretch of a wandering series can look calmer than it is, and its next step is then
    called a change too soon. The log of the spread is pulled towards the usual one as by
    `CALM_WEIGHT` more errors; a wilder series is left as it is. Both constants were chosen on
    the tuning half of `benchmarks/honesty.py`: false signals on M4 weekly fell by a quarter to a
    third and not one doubling less was found.
    """
    if sigma >= USUAL_SPREAD or sigma <= 0:
        return sigma
    weight = CALM_WEIGHT / (CALM_WEIGHT + freedom)
    return float(np.exp((1 - weight) * np.log(sigma) + weight * np.log(USUAL_SPREAD)))


def _smooth(x: Floats) -> tuple[float, Floats, float]:
    """Return the exponentially smoothed level, one-step errors and degrees of freedom.

    The rate is not picked but averaged over, by how well each one foretold the past.
    """
    n = len(x)
    rows = _error_rows(n)
    errors = rows[:, :-1] @ x
    levels = rows[:, -1] @ x
    square = np.maximum(np.mean(errors**2, axis=1), 1e-300)
    weight = np.exp(-n / 2 * (np.log(square) - np.log(square.min())))
    weight /= weight.sum()
    return float(weight @ levels), weight @ errors, n - 2


@lru_cache(maxsize=256)
def _error_rows(n: int) -> Floats:
    """Return per rate the matrix that turns n points into n - 1 one-step errors and the level."""
    rows = np.zeros((len(ALPHAS), n, n))
    points = np.eye(n)
    for k, alpha in enumerate(ALPHAS):
        early = max(3, n // 4) if alpha < 0.35 else 1
        level = (1 - alpha) * points[:early].mean(axis=0) + alpha * points[0]
        for t in range(1, n):
            rows[k, t - 1] = points[t] - level
            level = (1 - alpha) * level + alpha * points[t]
        rows[k, -1] = level
    return rows


@lru_cache(maxsize=4096)
def _t_quantile(p: float, freedom: float) -> float:
    return float(special.stdtrit(freedom, p))


def _tail_factor(error: Floats, is_smoothed: bool) -> float:
    """Return how much wider or narrower than a normal's the tails of these errors ask for.

    A t interval is too narrow for spiky figures (permuted account series: 2.0 % false at
    nominal 1 %) and too wide for flat ones (permuted hourly: 0.2 %). The factor follows the
    kurtosis against what a normal sample of this size shows, and a spiky past that is short has
    not shown its highest spikes yet; constants were chosen on the tuning half of
    `benchmarks/honesty.py`.
    """
    if is_smoothed:
        return 1.0
    n, square = len(error), float(np.mean(error**2))
    if square <= 0:
        return 1.0
    kurtosis = float(np.mean(error**4)) / square**2
    excess = float(np.log(kurtosis / (0.85 * 3 * (n - 1) / (n + 1))))
    if excess < 0:
        return float(max(1 + 0.95 * excess, 0.66))
    return float(min(1 + 0.56 * excess, 1.8)) * (1 + UNSEEN_SPIKES / n)


def _decide(last: float, interval: Interval, just_shifted: bool) -> Kind:
    if just_shifted:
        return "shift"
    if abs(last - interval.center) <= interval.half:
        return "routine"
    return "signal up" if last > interval.center else "signal down"


def _word(
    kind: Kind,
    points: Floats,
    interval: Interval,
    adjusted: Adjusted,
    scale: Scale,
    found: tuple[int, int, tuple[int, ...]],
) -> Verdict:
    center = interval.center + adjusted.effect[-1]
    ends = [center - interval.half, center, center + interval.half]
    low, expected, high = (float(v) for v in scale.to_value(ends))
    size = VISIBLE * interval.sigma
    up, down = (float(np.exp(size)), float(np.exp(-size))) if scale.is_log else (size, -size)
    visible = sentences.smallest_visible(up, down, is_factor=scale.is_log)
    value = float(points[-1])
    if kind in ("signal up", "signal down") and adjusted.unseen:
        kind, sentence = "cannot say", sentences.unseen_season(value, low, high, adjusted.unseen)
    else:
        sentence = sentences.verdict(kind, value, low, high)
    return Verdict(
        kind=kind,
        sentence=sentences.join(sentence, visible),
        value=value,
        expected=expected,
        low=low,
        high=high,
        sigma=interval.sigma,
        visible_up=up,
        visible_down=down,
        is_factor=scale.is_log,
        known=found[1],
        baseline=found[0],
        shifts=found[2],
        is_smoothed=interval.is_smoothed,
    )


__all__ = ["Interval", "Kind", "Scale", "Verdict", "choose_scale", "expect_next", "judge_last"]
