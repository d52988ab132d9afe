"""Jumps of a follower count that nothing the account did explains."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arrays import Floats, Ints

FEWEST_DAYS = 28
_LONGEST = 3
_TIMES_USUAL = 8.0
_LEAST_SHARE = 0.02
_LEAST_FOLLOWERS = 20


@dataclass(frozen=True, slots=True)
class Jump:
    """Followers gained at one go: from `day` on, within `days` days (positions in the series).

    `gained` followers are `share` of those before, where `usual` would have been gained;
    `is_explained` when engagement rose as well, `was_lost` when half of it left again in 30 days.
    """

    day: int
    days: int
    gained: float
    share: float
    usual: float
    is_explained: bool
    was_lost: bool


def find_jumps(followers: Floats, engagement: Floats | None = None) -> list[Jump] | None:
    """Find the jumps in a daily follower count (nan where unknown).

    A jump is a gain within one to three days of at least 2 % and 20 followers, and beyond eight
    times the usual spread. None, not an empty list, when fewer than 28 days are known. A slow drip
    of bought followers cannot be seen.
    """
    count = np.asarray(followers, dtype=np.float64)
    known = np.flatnonzero(np.isfinite(count))
    if len(known) < FEWEST_DAYS:
        return None
    steps = np.diff(count[known])
    gaps = np.diff(known)
    rate = steps / gaps
    middle = float(np.median(rate))
    # Growth is in proportion to size and comes in bursts, so the spread is taken from the upper
    # half: half of all days say nothing about how wild a usual good day is.
    spread = float(np.quantile(rate, 0.9)) - middle
    spread = max(spread, 1.4826 * float(np.median(np.abs(rate - middle))), 1.0)
    found = _narrowest(count, known, middle=middle, spread=spread)
    return [
        Jump(
            day=int(known[i]) + 1,
            days=int(known[j] - known[i]),
            gained=float(count[known[j]] - count[known[i]]),
            share=float(count[known[j]] - count[known[i]]) / max(float(count[known[i]]), 1.0),
            usual=middle * float(known[j] - known[i]),
            is_explained=_is_explained(engagement, int(known[i]) + 1, int(known[j] - known[i])),
            was_lost=_was_lost(count, int(known[i]), int(known[j])),
        )
        for i, j in found
    ]


def _narrowest(
    count: Floats, known: Ints, *, middle: float, spread: float
) -> list[tuple[int, int]]:
    """Return the first and last known day of each jump, the shortest that shows it, in order."""
    taken: list[tuple[int, int]] = []
    for width in range(1, _LONGEST + 1):
        for i in range(len(known) - width):
            j = i + width
            days = float(known[j] - known[i])
            gained = float(count[known[j]] - count[known[i]])
            enough = max(_LEAST_SHARE * float(count[known[i]]), _LEAST_FOLLOWERS)
            odd = gained - middle * days > _TIMES_USUAL * spread * np.sqrt(days)
            if odd and gained >= enough and all(j <= a or b <= i for a, b in taken):
                taken.append((i, j))
    return sorted(taken)


def _is_explained(engagement: Floats | None, day: int, days: int) -> bool:
    """Return whether engagement around the jump was at least three times the usual."""
    if engagement is None:
        return False
    usual = np.nanmedian(engagement)
    around = engagement[max(day - 3, 0) : day + days]
    return bool(len(around) and np.nanmax(np.nan_to_num(around)) >= 3 * max(usual, 1.0))


def _was_lost(count: Floats, before: int, top: int) -> bool:
    """Return whether half of a jump had left again within the 30 days after its top."""
    after = count[top + 1 : top + 31]
    after = after[np.isfinite(after)]
    return bool(len(after) and count[top] - after.min() >= (count[top] - count[before]) / 2)
