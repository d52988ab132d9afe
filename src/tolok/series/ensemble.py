"""The three forecasters of a short history and their mean: smoothing, Theta, damped mean.

Each of them is linear in the past once its rates are fixed, so a grid of rates is one small
matrix per length of history, made once and kept. A family's rates are not picked but averaged
over by how well each foretold the past.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .scale import Floats

ALPHAS = (0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1.0)
TRENDS = ((0.3, 0.1), (0.6, 0.1), (0.6, 0.3), (0.9, 0.2))  # (alpha, beta) with damping
DAMPING = 0.9
MEMORIES = (0.0, 0.3, 0.5, 0.7, 0.85, 0.95)
SLOPE_DOUBT = 1.0  # keeps the slope of one point at zero
FAREST = 7
FAR_SHARE, RATE_SHARPNESS, FAMILY_SHARPNESS, EQUAL_SHARE = 0.5, 0.5, 0.2, 0.1

Member = tuple[Floats, Floats, Floats, Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Bank:
    """All members for one length n: forecasts one and `far_step` ahead, growth of variance.

    `near` and `far` are members x n x n, `ahead` members x horizon x n, `growth` members x horizon (the
    variance h steps ahead in units of that one step ahead), `family` the index per member.
    """

    near: Floats
    far: Floats
    ahead: Floats
    growth: Floats
    family: Floats
    start: int


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """The mean of the families on the scale: path ahead, one-step errors, growth of variance."""

    center: Floats
    errors: Floats
    far_errors: Floats
    growth: Floats


@lru_cache(maxsize=16)
def make_bank(n: int, horizon: int) -> Bank:
    """Return the members for n points and a horizon; kept, for it depends on nothing else."""
    members = [_trend(n, horizon, alpha, 0.0) for alpha in ALPHAS]
    members += [_trend(n, horizon, alpha, beta) for alpha, beta in TRENDS]
    members += [_theta(n, horizon, alpha) for alpha in ALPHAS]
    members += [_damped_mean(n, horizon, memory) for memory in MEMORIES]
    sizes = (len(ALPHAS) + len(TRENDS), len(ALPHAS), len(MEMORIES))
    near, far, ahead, growth = (np.array(c) for c in zip(*members, strict=True))
    return Bank(near, far, ahead, growth, np.repeat(np.arange(3), sizes), max(2, n // 8))


def _trend(n: int, horizon: int, alpha: float, beta: float) -> Member:
    points = np.eye(n)
    early = max(2, round(min(n / 4, 1.5 / alpha)))
    level, slope = points[:early].mean(axis=0), np.zeros(n)
    reach = np.cumsum(DAMPING ** np.arange(1, horizon + 1))
    far = far_step(n, horizon)
    near_rows, far_rows = np.zeros((n, n)), np.zeros((n + far, n))
    for t in range(n):
        near_rows[t] = level + DAMPING * slope
        far_rows[t + far - 1] = level + reach[far - 1] * slope
        error = points[t] - near_rows[t]
        level = near_rows[t] + alpha * error
        slope = DAMPING * slope + alpha * beta * error
    ahead = level + reach[:, None] * slope
    weight = alpha * (1 + beta * np.concatenate([[0.0], reach[:-1]]))
    growth = 1 + np.concatenate([[0.0], np.cumsum(weight[1:] ** 2)])
    return near_rows, far_rows[:n], ahead, growth


def _theta(n: int, horizon: int, alpha: float) -> Member:
    near_rows, far_rows, ahead, growth = _trend(n, horizon, alpha, 0.0)
    far = far_step(n, horizon)
    slopes = np.array([_slope(n, t) for t in range(n + 1)])  # row t: from the first t points
    lags = (1 - (1 - alpha) ** np.arange(n + 1)) / alpha  # how far smoothing runs behind a trend
    near_rows = near_rows + 0.5 * lags[:n, None] * slopes[:n]
    known = np.maximum(np.arange(n) - far + 1, 0)
    far_rows = far_rows + 0.5 * (lags[known] + far - 1)[:, None] * slopes[known]
    steps = np.arange(horizon) + lags[n]
    return near_rows, far_rows, ahead + 0.5 * steps[:, None] * slopes[n], growth


def _slope(n: int, known: int) -> Floats:
    """Return the weights of a least-squares slope over the first points, shrunk when few."""
    time = np.zeros(n)
    time[:known] = np.arange(known) - (known - 1) / 2
    return time / (np.sum(time**2) + SLOPE_DOUBT)


def _damped_mean(n: int, horizon: int, memory: float) -> Member:
    points = np.eye(n)
    counts = np.arange(1, n + 1)[:, None]
    means = np.cumsum(points, axis=0) / counts
    far = far_step(n, horizon)
    near_rows, far_rows = np.zeros((n, n)), np.zeros((n, n))
    near_rows[0], far_rows[:far] = points[0], points[0]
    near_rows[1:] = means[:-1] + memory * (points[:-1] - means[:-1])
    far_rows[far:] = means[:-far] + memory**far * (points[:-far] - means[:-far])
    fade = memory ** np.arange(1, horizon + 1)
    ahead = means[-1] + fade[:, None] * (points[-1] - means[-1])
    growth = np.cumsum(memory ** (2 * np.arange(horizon)))
    return near_rows, far_rows, ahead, growth


def far_step(n: int, horizon: int) -> int:
    """Return how many steps ahead members are also judged by: about half the horizon."""
    return max(1, min((horizon + 1) // 2, FAREST, n // 4))


def mix(points: Floats, horizon: int) -> Mixture:
    """Return the mean of the three families for points without gaps (on the scale)."""
    n = len(points)
    bank = make_bank(n, horizon)
    far = far_step(n, horizon)
    near_errors = (points - bank.near @ points)[:, bank.start :]
    far_errors = (points - bank.far @ points)[:, bank.start + far - 1 :]
    near = np.maximum(np.mean(near_errors**2, axis=1), 1e-300)
    distant = np.maximum(np.mean(far_errors**2, axis=1), 1e-300)
    score = (1 - FAR_SHARE) * np.log(near) + FAR_SHARE * np.log(distant)
    weight = _weigh(score, bank.family, n)
    return Mixture(
        np.tensordot(weight, bank.ahead @ points, axes=1),
        weight @ near_errors,
        weight @ far_errors,
        weight @ bank.growth,
    )


def _weigh(score: Floats, family: Floats, n: int) -> Floats:
    """Return the weight of each member: rates by fit, families nearly equal."""
    weight, means = np.zeros(len(score)), np.zeros(3)
    for k in range(3):
        mine = family == k
        fit = np.exp(-RATE_SHARPNESS * n * (score[mine] - score[mine].min()))
        weight[mine] = fit / fit.sum()
        means[k] = weight[mine] @ score[mine]
    share = np.exp(-FAMILY_SHARPNESS * n * (means - means.min()))
    share = EQUAL_SHARE / 3 + (1 - EQUAL_SHARE) * share / share.sum()
    return weight * share[family]
