"""Confirmed shifts of level: where a new baseline begins."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import special

from .scale import Floats

FEWEST_BEFORE = 12  # known points the old level must be known from
RUN = 8  # points in a row on one side, as in the run rule
MEMORY = 1.6  # as in `signal`: autocorrelation above this over root n means a wandering level
CERTAINTY = 0.00002  # two-sided; laxer ones cut wandering series and raise false signals


@dataclass(frozen=True, slots=True)
class Shift:
    """A lasting change of level: index of its first point, and of the one that confirmed it."""

    start: int
    confirmed: int


def autocorrelation(points: Floats) -> float:
    """Return the lag-1 autocorrelation of points without gaps; 0 where nothing varies."""
    rest = points - points.mean()
    square = float(rest @ rest)
    return float(rest[1:] @ rest[:-1]) / square if square > 0 else 0.0


def find_shifts(points: Floats) -> tuple[Shift, ...]:
    """Return confirmed shifts in order: a run of eight that chance and memory do not explain.

    The eight must lie on one side of the mean before them, and their mean must differ from it
    by more than a t interval that counts neighbours that hang together as fewer. `points` are
    on the scale of judgement, effects taken out; missing ones (NaN) are passed over.
    """
    known = np.flatnonzero(np.isfinite(points))
    x = points[known]
    found: list[Shift] = []
    begin, t = 0, FEWEST_BEFORE + RUN
    while t <= len(x):
        if _is_shift(x[begin : t - RUN], x[t - RUN : t]):
            found.append(Shift(int(known[t - RUN]), int(known[t - 1])))
            begin, t = t - RUN, t + FEWEST_BEFORE
        else:
            t += 1
    return tuple(found)


def smallest_error(points: Floats) -> float:
    """Return the mean squared one-step error of the best simple smoothing of the points."""
    best = np.inf
    for alpha in (0.2, 0.4, 0.6, 0.8, 1.0):
        level, total = points[0], 0.0
        for value in points[1:]:
            total += (value - level) ** 2
            level += alpha * (value - level)
        best = min(best, total / (len(points) - 1))
    return float(best)


def _is_shift(before: Floats, after: Floats) -> bool:
    mean = before.sum() / len(before)
    distance = after - mean
    if not (distance.min() > 0 or distance.max() < 0):
        return False
    center = after.sum() / RUN
    if abs(distance[0]) < abs(center - mean) / 2:
        return False  # the first point may still be of the old level: wait for one more
    rest = np.concatenate([before - mean, after - center])
    square = float(rest @ rest)
    if square <= 0:
        return bool(center != mean)
    memory = max(float(rest[1:] @ rest[:-1]) / square + 2 / len(rest), 0.0)
    if memory > MEMORY / np.sqrt(len(rest)):
        return False  # a wandering level is no step: the smoothed level follows it anyway
    weight = (1 + memory) / (1 - memory)  # how many neighbours count as one
    spread = square / (len(rest) - 2) * weight * (1 / RUN + 1 / len(before))
    freedom = max(3, round((len(rest) - 2) / weight))
    if abs(center - mean) <= _bound(freedom) * np.sqrt(spread):
        return False
    # A step must explain the past better than a level that follows the figures.
    return square / (len(rest) - 2) <= smallest_error(np.concatenate([before, after]))


@lru_cache(maxsize=512)
def _bound(freedom: int) -> float:
    return float(special.stdtrit(freedom, 1 - CERTAINTY / 2))
