"""Figures: rounding and cutting of numbers before they are put in words."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

Numeric = int | float | Decimal
"""Any number Tolok shows; a float is taken as it reads (0.1 is one tenth)."""

_STEPS = ((86400, 3600), (3600, 60), (60, 1))
_PARTS = ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


def as_decimal(value: Numeric | None) -> Decimal | None:
    """Return the number as a Decimal; None for None, NaN and infinities, which have no figure."""
    if value is None:
        return None
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    return number if number.is_finite() else None


def round_to(number: Decimal, digits: int) -> Decimal:
    """Round half away from zero, as people are taught; never yields a negative zero."""
    step = Decimal(1).scaleb(-digits)
    places = max(number.adjusted() + digits + 2, 1)
    if places > 28:  # beyond the decimal context quantize would fail; such digits mean nothing
        return number
    return number.quantize(step, ROUND_HALF_UP) + 0


def digits_for(number: Decimal, significant: int = 3, most: int = 4) -> int:
    """Return how many decimals show about `significant` digits: 1234 → 0, 12.34 → 1, 0.012 → 4."""
    if not number:
        return 0
    return min(max(significant - 1 - number.adjusted(), 0), most)


def split_seconds(seconds: Decimal) -> list[tuple[Decimal, str]]:
    """Return a length of time as its two largest parts: 3725 → 1 hour, 2 minutes.

    Rounded once, to the smaller part, so that 59.9 minutes never read '60 minutes'.
    """
    for size, step in _STEPS:
        if seconds >= size:
            seconds = round_to(seconds / step, 0) * step
            break
    else:
        exact = 0 if seconds >= 10 or seconds == seconds.to_integral_value() else 1
        seconds = round_to(seconds, exact)
    parts: list[tuple[Decimal, str]] = []
    for size, name in _PARTS:
        count = seconds if size == 1 else Decimal(math.floor(seconds / size))
        seconds -= count * size
        if count or (size == 1 and not parts):
            parts.append((count, name))
    return parts[:2]
