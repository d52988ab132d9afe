"""Sharing out whole units so that the parts add up to the total, to the last unit."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

import numpy as np
from numpy.typing import NDArray

from tolok.base import InternalError, Text


def share_out(weights: Sequence[float] | NDArray[np.float64], total: int) -> list[int]:
    """Share `total` whole units out in proportion to the weights by largest remainders.

    The parts always sum to `total`. Equal remainders go to the earlier weight, so the answer is
    the same on every run. With weights that sum to nothing only a total of 0 can be shared.
    Source: Hamilton's method of apportionment.
    """
    raw = [float(w) for w in weights]
    scale = sum(raw)
    if total == 0:
        return [0] * len(raw)
    if scale == 0:
        raise InternalError(
            Text(
                en="{total} units cannot be shared out: nothing has weight.",
                id="{total} satuan tidak bisa dibagi: tidak ada yang berbobot.",
            ),
            total=total,
        )
    exact = [w / scale * total for w in raw]
    whole = [floor(x) for x in exact]
    missing = total - sum(whole)
    turns, rest = divmod(missing, len(whole))
    by_remainder = sorted(range(len(whole)), key=lambda i: (whole[i] - exact[i], i))
    for place, i in enumerate(by_remainder):
        whole[i] += turns + (place < rest)
    return whole
