"""The three forecasters of a short history and their mean: smoothing, Theta, damped mean.

Each of them is linear in the past once its rates are fixed, so a grid of rates is a few small
matrices per length of history, made once and kept. A family's rates are not picked but averaged
over by how well each foretold the past, one step and about half the horizon ahead.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .scale import Floats

ALPHAS = (0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1.0)
TRENDS = ((0.3, 0.1), (0.6, 0.1), (0.6, 0.3), (0.9, 0.2), (0.9, 0.5), (1.0, 0.3))
DAMPING = 0.93  # of the trend, per step
MEMORIES = np.array((0.0, 0.3, 0.5, 0.7, 0.85, 0.95))
SLOPE_DOUBT = 1.0  # keeps the slope of one point at zero
FAREST = 7
FAR_SHARE, RATE_SHARPNESS, FAMILY_SHARPNESS, EQUAL_SHARE = 0.5, 0.5, 0.2, 0.1
FAMILY = np.repeat(np.arange(3), (len(ALPHAS) + len(TRENDS), len(ALPHAS), len(MEMORIES)))


@dataclass(frozen=True, slots=True, eq=False)
class Bank:
    """The matrices of all smoothings for one length n and horizon.

    `near`, `far` and `ahead` turn n points into what each smoothing foretold of each point one
    and `step` periods before, and into its forecasts ahead (smoothings x rows x n). `slopes`
    give the trend known before each point; `lags` how far each alpha runs behind a trend then.
    `growth` is the variance h steps ahead in units of that one step ahead, per member.
    `start` is the first point members are judged by.
    """

    near: Floats
    far: Floats
    ahead: Floats
    slopes: Floats
    lags: Floats
    growth: Floats
    start: int
    step: int


@dataclass(frozen=True, slots=True, eq=False)
class Foretold:
    """What each member foretold: of each past point, from near and from far, and ahead."""

    near: Floats
    far: Floats
    ahead: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """The mean of the families on the scale: path ahead, errors of the past, growth of variance."""

    center: Floats
    errors: Floats
    far_errors: Floats
    growth: Floats


def far_step(n: int, horizon: int) -> int:
    """Return how many steps ahead members are also judged by: about half the horizon."""
    return max(1, min((horizon + 1) // 2, FAREST, n // 4))


@lru_cache(maxsize=16)
def make_bank(n: int, horizon: int) -> Bank:
    """Return the matrices for n points and a horizon; kept, for they depend on nothing else."""
    step = far_step(n, horizon)
    rates = [(alpha, 0.0) for alpha in ALPHAS] + list(TRENDS)
    members = [_smooth(n, horizon, step, alpha, beta) for alpha, beta in rates]
    near, far, ahead, growth = (np.array(c) for c in zip(*members, strict=True))
    slopes = np.array([_slope(n, known) for known in range(n + 1)])
    counts = np.arange(n + 1)
    lags = np.array([(1 - (1 - alpha) ** counts) / alpha for alpha in ALPHAS])
    fading = np.cumsum(MEMORIES[:, None] ** (2 * np.arange(horizon)), axis=1)
    growths = np.concatenate([growth, growth[: len(ALPHAS)], fading])
    return Bank(near, far, ahead, slopes, lags, growths, max(2, n // 8), step)


def _smooth(
    n: int, horizon: int, step: int, alpha: float, beta: float
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return near, far and ahead of one smoothing with a damped trend, and its growth."""
    points = np.eye(n)
    early = max(2, round(min(n / 4, 1.5 / alpha)))
    level, slope = points[:early].mean(axis=0), np.zeros(n)
    reach = np.cumsum(DAMPING ** np.arange(1, max(horizon, step) + 1))
    near, far = np.zeros((n, n)), np.zeros((n + step, n))
    for t in range(n):
        near[t] = level + DAMPING * slope
        far[t + step - 1] = level + reach[step - 1] * slope
        error = points[t] - near[t]
        level = near[t] + alpha * error
        slope = DAMPING * slope + alpha * beta * error
    reach = reach[:horizon]
    weight = alpha * (1 + beta * np.concatenate([[0.0], reach[:-1]]))
    growth = 1 + np.concatenate([[0.0], np.cumsum(weight[1:] ** 2)])
    return near, far[:n], level + reach[:, None] * slope, growth


def _slope(n: int, known: int) -> Floats:
    """Return the weights of a least-squares slope over the first points, shrunk when few."""
    time = np.zeros(n)
    time[:known] = np.arange(known) - (known - 1) / 2
    return time / (np.sum(time**2) + SLOPE_DOUBT)


def foretell(points: Floats, bank: Bank) -> Foretold:
    """Return what all members foretold; rows in the order of `FAMILY`."""
    smooth = Foretold(bank.near @ points, bank.far @ points, bank.ahead @ points)
    theta = _foretell_theta(points, bank, smooth)
    mean = _foretell_mean(points, bank)
    kinds = (smooth, theta, mean)
    return Foretold(
        np.concatenate([k.near for k in kinds]),
        np.concatenate([k.far for k in kinds]),
        np.concatenate([k.ahead for k in kinds]),
    )


def _foretell_theta(points: Floats, bank: Bank, smooth: Foretold) -> Foretold:
    """Return simple smoothing plus half the trend, as Assimakopoulos and Nikolopoulos (2000)."""
    n, simple = len(points), len(ALPHAS)
    slopes = 0.5 * (bank.slopes @ points)
    known = np.maximum(np.arange(n) - bank.step + 1, 0)
    steps = np.arange(bank.ahead.shape[1]) + bank.lags[:, n:]
    return Foretold(
        smooth.near[:simple] + bank.lags[:, :n] * slopes[:n],
        smooth.far[:simple] + (bank.lags[:, known] + bank.step - 1) * slopes[known],
        smooth.ahead[:simple] + steps * slopes[n],
    )


def _foretell_mean(points: Floats, bank: Bank) -> Foretold:
    """Return the mean so far plus what remains of the last distance from it."""
    n, step = len(points), bank.step
    means = np.cumsum(points) / np.arange(1, n + 1)
    rest = points - means
    near = np.full((len(MEMORIES), n), points[0])
    far = near.copy()
    near[:, 1:] = means[:-1] + MEMORIES[:, None] * rest[:-1]
    far[:, step:] = means[:-step] + MEMORIES[:, None] ** step * rest[:-step]
    fade = MEMORIES[:, None] ** np.arange(1, bank.ahead.shape[1] + 1)
    return Foretold(near, far, means[-1] + fade * rest[-1])


def mix(points: Floats, horizon: int) -> Mixture:
    """Return the mean of the three families for points without gaps (on the scale)."""
    n = len(points)
    bank = make_bank(n, horizon)
    members = foretell(points, bank)
    near_errors = (points - members.near)[:, bank.start :]
    far_errors = (points - members.far)[:, bank.start + bank.step - 1 :]
    near = np.maximum(np.mean(near_errors**2, axis=1), 1e-300)
    distant = np.maximum(np.mean(far_errors**2, axis=1), 1e-300)
    score = (1 - FAR_SHARE) * np.log(near) + FAR_SHARE * np.log(distant)
    weight = _weigh(score, n)
    return Mixture(
        weight @ members.ahead, weight @ near_errors, weight @ far_errors, weight @ bank.growth
    )


def _weigh(score: Floats, n: int) -> Floats:
    """Return the weight of each member: rates by fit, families by theirs, none quite zero."""
    weight, means = np.zeros(len(score)), np.zeros(3)
    for k in range(3):
        mine = k == FAMILY
        fit = np.exp(-RATE_SHARPNESS * n * (score[mine] - score[mine].min()))
        weight[mine] = fit / fit.sum()
        means[k] = weight[mine] @ score[mine]
    share = np.exp(-FAMILY_SHARPNESS * n * (means - means.min()))
    share = EQUAL_SHARE / 3 + (1 - EQUAL_SHARE) * share / share.sum()
    return np.asarray(weight * share[FAMILY])
