"""Attribution by Shapley value over the sets of labels that journeys used."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from .arrays import Floats, Ints, tally
from .paths import Paths

EXACT_LABELS = 16
_MARKED_CELLS = 200_000_000


@dataclass(frozen=True)
class LabelSets:
    """Distinct sets of labels with what their journeys brought.

    `member` has a row per set and a column per label; the other arrays a number per set.
    """

    member: NDArray[np.bool_]
    conversions: Floats
    value: Floats
    journeys: Floats


@dataclass(frozen=True)
class ShapleyValues:
    """Shapley values per label; `error` is their standard error, None where exact."""

    values: Floats
    error: Floats | None


def collect_sets(paths: Paths) -> LabelSets:
    """Gather the journeys by the set of labels they touched."""
    member = np.zeros((len(paths.lengths), len(paths.labels)), dtype=bool)
    member[paths.owner, paths.touch] = True
    packed = np.packbits(member, axis=1)
    rows = np.ascontiguousarray(packed).view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, which = np.unique(rows, return_index=True, return_inverse=True)
    value = paths.value if paths.value is not None else paths.conversions
    amounts = (paths.conversions, value, paths.conversions + paths.nulls)
    conversions, worth, journeys = (tally(which, a, len(first)) for a in amounts)
    return LabelSets(member[first], conversions, worth, journeys)


def share_count_game(paths: Paths, *earned: Floats) -> list[ShapleyValues]:
    """Solve the game "what journeys using only these labels brought"; exact for any number.

    One answer per kind of yield (`earned` has a number per path). Such a game is a sum of
    unanimity games, so each journey's yield is split evenly over the distinct labels it used.
    Source: Shapley 1953; Zhao, Mahboobi and Bagheri 2018.
    """
    n = len(paths.labels)
    path, label = np.divmod(_distinct_touches(paths), max(n, 1))
    size = np.maximum(np.bincount(path, minlength=len(paths.lengths)), 1)
    return [ShapleyValues(tally(label, (e / size)[path], n), None) for e in earned]


def _distinct_touches(paths: Paths) -> Ints:
    """Return path × labels + label for each label a path touched, once each, in order."""
    key = paths.owner * len(paths.labels) + paths.touch
    cells = len(paths.lengths) * len(paths.labels)
    if cells > _MARKED_CELLS:
        return np.unique(key)
    marked = np.zeros(cells, dtype=bool)
    marked[key] = True
    return np.flatnonzero(marked)


def share_rate_game(
    sets: LabelSets, earned: Floats, *, samples: int = 2_000, seed: int = 1
) -> ShapleyValues:
    """Solve the game "yield per journey among those using only these labels".

    It also learns from journeys that did not convert, so a label that goes with fewer conversions
    can be below zero. Exact up to 16 labels, else sampled permutations with a standard error.
    """
    if sets.member.shape[1] <= EXACT_LABELS:
        return ShapleyValues(_exact(_rates_of_all_subsets(sets, earned)), None)
    return _sampled(sets, earned, samples=samples, seed=seed)


def _sum_over_subsets(member: NDArray[np.bool_], amount: Floats) -> Floats:
    n = member.shape[1]
    masks = member @ (1 << np.arange(n))
    cube = tally(masks, amount, 1 << n).reshape((2,) * n)
    for axis in range(n):
        cube = np.cumsum(cube, axis=axis)
    return cube.ravel()


def _rates_of_all_subsets(sets: LabelSets, earned: Floats) -> Floats:
    top = _sum_over_subsets(sets.member, earned)
    below = _sum_over_subsets(sets.member, sets.journeys)
    return np.divide(top, below, out=np.zeros_like(top), where=below > 0)


def _exact(worth: Floats) -> Floats:
    n = int(np.log2(len(worth)))
    masks = np.arange(len(worth))
    size = np.bitwise_count(masks)
    odds = np.array([1 / (n * comb(n - 1, k)) for k in range(n)])
    values = np.zeros(n)
    for k in range(n):
        without = masks[(masks >> k) & 1 == 0]
        values[k] = odds[size[without]] @ (worth[without | (1 << k)] - worth[without])
    return values


def _sampled(sets: LabelSets, earned: Floats, *, samples: int, seed: int) -> ShapleyValues:
    rng = np.random.default_rng(seed)
    n = sets.member.shape[1]
    gains = np.zeros((max(samples, 2), n))
    for row in gains:
        order = rng.permutation(n)
        place = np.empty(n, dtype=np.int64)
        place[order] = np.arange(n)
        complete = np.where(sets.member, place, -1).max(axis=1)
        top = np.cumsum(tally(complete, earned, n))
        below = np.cumsum(tally(complete, sets.journeys, n))
        rate = np.divide(top, below, out=np.zeros(n), where=below > 0)
        row[order] = np.diff(rate, prepend=0.0)
    return ShapleyValues(gains.mean(axis=0), gains.std(axis=0, ddof=1) / np.sqrt(len(gains)))
