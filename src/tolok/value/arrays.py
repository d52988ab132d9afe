"""Shapes of the arrays this room reckons with, and counting by code."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Day = date | np.datetime64
Moment = datetime | np.datetime64


def tally(codes: Ints, weights: NDArray[Any], size: int) -> Floats:
    """Return the sum of the weights per code, as an array of `size` numbers."""
    sums = np.bincount(codes, weights=np.asarray(weights, dtype=np.float64), minlength=size)
    return np.asarray(sums, dtype=np.float64)


def day_number(day: Day) -> int:
    """Return the day as the number of days since 1970."""
    return int(np.asarray(day, dtype="datetime64[D]").astype(np.int64))


def microseconds(time: Moment | NDArray[Any]) -> Ints:
    """Return moments as microseconds since 1970."""
    return np.asarray(time, dtype="datetime64[us]").astype(np.int64)
