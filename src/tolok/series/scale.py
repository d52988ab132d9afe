"""The scale on which a series is judged: logarithms where growth is by factors, else plain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scale:
    """A reversible scale: log(value + offset), or the value itself where negatives occur."""

    is_log: bool
    offset: float
    grain: float  # the smallest step the figures are given in (1 for counts)

    def to_scale(self, values: ArrayLike) -> Floats:
        """Return values on the scale; missing stays missing, below zero counts as zero."""
        plain = np.asarray(values, dtype=float)
        if not self.is_log:
            return plain
        return np.log(np.maximum(plain, 0.0) + self.offset)

    def to_value(self, scaled: ArrayLike) -> Floats:
        """Return plain values; what would fall below zero on a log scale is zero."""
        points = np.asarray(scaled, dtype=float)
        if not self.is_log:
            return points
        return np.maximum(np.exp(np.minimum(points, 700.0)) - self.offset, 0.0)

    def noise_floor(self, level: float) -> float:
        """Return the spread that rounding alone makes around a level given on the scale."""
        step = 0.29 * self.grain  # standard deviation of a rounding error, grain / sqrt(12)
        return step / max(float(np.exp(min(level, 700.0))), 1e-12) if self.is_log else step


def choose_scale(values: ArrayLike) -> Scale:
    """Return log1p for counts, a log with a smaller offset for rates, plain if any is negative.

    Adding 1 to a rate of 0.03 would make the log a straight line, so rates get an offset of
    their own size: half the smallest positive value where zeros occur, else none.
    """
    known = np.asarray(values, dtype=float)
    known = known[np.isfinite(known)]
    whole = bool(np.all(known == np.round(known)))
    size = float(np.median(np.abs(known))) if known.size else 1.0
    grain = 1.0 if whole else max(size, 1e-12) * 1e-6
    if known.size and known.min() < 0:
        return Scale(False, 0.0, grain)
    if whole or size >= 10:
        return Scale(True, 1.0, grain)
    positive = known[known > 0]
    if positive.size == 0:
        return Scale(True, 1.0, grain)
    has_zero = positive.size < known.size
    return Scale(True, float(positive.min()) / 2 if has_zero else 1e-9 * size, grain)
