"""What chance leaves open: intervals of shares and of differences of shares."""

from __future__ import annotations

from typing import Any

import numpy as np

Z95 = 1.959963984540054

Ends = tuple[Any, Any]


def wilson(good: Any, whole: Any, *, z: float = Z95) -> Ends:
    """Return the 95 % Wilson interval of a share good / whole, NaN where whole is zero.

    It speaks of chance in who wrote, not of errors of the labels. E. B. Wilson, JASA 22 (1927).
    """
    good, whole = np.asarray(good, dtype=float), np.asarray(whole, dtype=float)
    share = good / whole
    middle = share + z * z / (2 * whole)
    half = z * np.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    low, high = np.clip((middle - half) / scale, 0, 1), np.clip((middle + half) / scale, 0, 1)
    # At 0 and 1 rounding may leave the share itself a hair outside.
    return np.minimum(low, share), np.maximum(high, share)


def wilson_balance(positive: Any, negative: Any) -> Ends:
    """Return the interval of (positive − negative) / (positive + negative)."""
    low, high = wilson(positive, positive + negative)
    return 2 * low - 1, 2 * high - 1


def balance_of_three(positive: Any, negative: Any, whole: Any, *, z: float = Z95) -> Ends:
    """Return the interval of (positive − negative) / whole, the rest being neutral.

    Normal approximation on counts with half an observation added to each class, so that it does
    not collapse when all are of one kind.
    """
    plus, minus, size = positive + 0.5, negative + 0.5, whole + 1.5
    share = (plus - minus) / size
    half = z * np.sqrt(((plus + minus) / size - share * share) / size)
    known = np.where(whole > 0, 1.0, np.nan)
    return np.clip(share - half, -1, 1) * known, np.clip(share + half, -1, 1) * known
