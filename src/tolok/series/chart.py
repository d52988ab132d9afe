"""XmR charts: natural process limits, for people who ask to see them.

They describe; what may be called a change is decided in `signal`. On series whose values hang
together from week to week these limits flag far too much (11 % at autocorrelation 0.7).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .scale import Floats

NATURAL_LIMIT = 2.66  # 3 / 1.128, Wheeler, Understanding Variation
RANGE_LIMIT = 3.268
RUN_LENGTH = 8


@dataclass(frozen=True, slots=True, eq=False)
class XmrChart:
    """One row per point: centre, limits, moving range and the two rules that were kept.

    `beyond_limits` is rule 1 (a point outside its limits), `in_run` marks points of a run of
    eight or more on one side of the centre. A missing point is marked by neither. Segments
    between cuts have limits of their own; one of fewer than two known points has none (NaN).
    """

    values: Floats
    center: Floats
    lower: Floats
    upper: Floats
    moving_range: Floats
    range_limit: Floats
    beyond_limits: NDArray[np.bool_]
    in_run: NDArray[np.bool_]


def draw_xmr(
    values: ArrayLike, cuts: Sequence[int] = (), *, never_negative: bool = False
) -> XmrChart:
    """Return the XmR chart of a series, its limits drawn afresh at each cut.

    `cuts` are the first points of new baselines: confirmed shifts and platform breaks.
    `never_negative` cuts the lower limit at 0 for figures that cannot be below it.
    """
    points = np.asarray(values, dtype=float)
    ends = sorted({0, len(points), *(c for c in cuts if 0 < c < len(points))})
    parts = [_draw_segment(points[a:b]) for a, b in pairwise(ends)]
    columns = [np.concatenate(c) for c in zip(*parts, strict=True)] if parts else [points] * 5
    center, lower, upper, ranges, range_limit = columns
    if never_negative:
        lower = np.maximum(lower, 0.0)
    with np.errstate(invalid="ignore"):
        beyond = (points > upper) | (points < lower)
    runs = [_mark_runs(points[a:b] - center[a:b]) for a, b in pairwise(ends)]
    in_run = np.concatenate(runs) if runs else np.zeros(0, dtype=bool)
    return XmrChart(points, center, lower, upper, ranges, range_limit, beyond, in_run)


def _draw_segment(points: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    ranges = np.abs(np.diff(points, prepend=np.nan))
    known = points[np.isfinite(points)]
    if known.size < 2 or not np.isfinite(ranges).any():
        none = np.full(len(points), np.nan)
        center = np.full(len(points), known.mean() if known.size else np.nan)
        return center, none, none, ranges, none
    mean, spread = float(known.mean()), float(np.nanmean(ranges))
    lines = (mean, mean - NATURAL_LIMIT * spread, mean + NATURAL_LIMIT * spread)
    center, lower, upper = (np.full(len(points), line) for line in lines)
    return center, lower, upper, ranges, np.full(len(points), RANGE_LIMIT * spread)


def _mark_runs(distance: Floats) -> NDArray[np.bool_]:
    """Mark points of runs of eight on one side; missing points neither break nor lengthen one."""
    marks = np.zeros(len(distance), dtype=bool)
    known = np.flatnonzero(np.isfinite(distance))
    sides = np.sign(distance[known])
    starts = np.flatnonzero(np.diff(sides, prepend=np.nan) != 0)
    for start, end in zip(starts, [*starts[1:], len(sides)], strict=True):
        if end - start >= RUN_LENGTH and sides[start] != 0:
            marks[known[start:end]] = True
    return marks
