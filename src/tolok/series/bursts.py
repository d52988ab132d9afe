"""Bursts in mentions: streaming, causal, calibrated by the brand's own past.

Log counts over 5 minutes to 2 hours and an EWMA chart, each as a distance from the usual level
of the last three days, ranked against all its own earlier distances; an alarm when the ranks
together are rare enough; a long silence after each. Nominal p-values of counts are worthless
here (a Poisson p below 1e-6 raises 3.7 false alarms a week); ranks do not move with the volume.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from .scale import Floats

MINUTES = (5, 15, 30, 60, 120)
EWMA_RATE = 0.1  # per bin of five minutes
EWMA_MOST = 3.0  # one wild bin may not carry the chart for hours
BASE_HOURS = 72
BASE_EVERY = 15  # minutes between the counts the usual level is the median of
LEARN_HOURS = 60  # no alarm before: every value may be the rarest so far
SILENCE_HOURS = 30
THRESHOLD = 2.0  # mean of -log10 of the ranks
LONGEST_PAST = 60 * 24 * 12  # distances a rank is taken among: 60 days of five minutes


@dataclass(frozen=True, slots=True, eq=False)
class Bursts:
    """Per bin how rare it was when it came in, and the bins that raised an alarm.

    `rarity` is the mean of -log10 of the ranks: 2 is about one in a hundred on every scale at
    once. NaN where the count is missing and before there is anything to compare with.
    """

    rarity: Floats
    alarms: tuple[int, ...]


@dataclass(slots=True)
class BurstWatch:
    """Takes one bin of counts after the other and says whether an alarm is due now.

    Give each brand one of its own. `rarity` is that of the last bin taken.
    """

    bin_minutes: int = 5
    threshold: float = THRESHOLD
    rarity: float = float("nan")
    seen: int = 0
    _quiet_until: int = 0
    _chart: float = 0.0
    _recent: deque[float] = field(default_factory=deque)
    _widths: list[int] = field(default_factory=list)
    _base: list[deque[float]] = field(default_factory=list)
    _centers: list[float] = field(default_factory=list)
    _pasts: list[list[float]] = field(default_factory=list)
    _order: deque[list[float]] = field(default_factory=deque)

    def __post_init__(self) -> None:
        """Make room for the scales that fit the width of a bin."""
        self._widths = sorted({max(1, m // self.bin_minutes) for m in MINUTES})
        kept = BASE_HOURS * 60 // max(BASE_EVERY, self.bin_minutes)
        self._base = [deque(maxlen=kept) for _ in self._widths]
        self._pasts = [[] for _ in range(len(self._widths) + 1)]

    def take(self, count: float) -> bool:
        """Take the count of the next bin; return whether it raises an alarm.

        A missing count (NaN) is passed over: it is not zero.
        """
        self.seen += 1
        if not np.isfinite(count):
            self.rarity = float("nan")
            return False
        logs = self._measure(count)
        self._update_base(logs)
        distances = [value - center for value, center in zip(logs, self._centers, strict=True)]
        jump = min(max(distances[0], -EWMA_MOST), EWMA_MOST)
        self._chart += EWMA_RATE * (jump - self._chart)
        distances.append(self._chart)
        self.rarity = self._rank_and_keep(distances)
        hours = self.seen * self.bin_minutes / 60
        if hours <= LEARN_HOURS or self.seen < self._quiet_until or self.rarity < self.threshold:
            return False
        self._quiet_until = self.seen + SILENCE_HOURS * 60 // self.bin_minutes
        return True

    def _measure(self, count: float) -> list[float]:
        """Return the logs of the sums over each width, the latest bins first."""
        self._recent.appendleft(count)
        if len(self._recent) > self._widths[-1]:
            self._recent.pop()
        sums = np.cumsum(self._recent)
        return [float(np.log1p(sums[min(w, len(sums)) - 1])) for w in self._widths]

    def _update_base(self, logs: list[float]) -> None:
        """Set the usual level per width once an hour: the median of the last three days."""
        if not self._centers or self.seen % max(1, 60 // self.bin_minutes) == 0:
            self._centers = [
                float(np.median(base)) if base else value
                for base, value in zip(self._base, logs, strict=True)
            ]
        if self.seen % max(1, BASE_EVERY // self.bin_minutes) == 0:
            for base, value in zip(self._base, logs, strict=True):
                base.append(value)

    def _rank_and_keep(self, distances: list[float]) -> float:
        total = 0.0
        for distance, past in zip(distances, self._pasts, strict=True):
            place = bisect_left(past, distance)
            total -= float(np.log10((len(past) - place + 1) / (len(past) + 1)))
            past.insert(place, distance)
        self._order.append(distances)
        if len(self._order) > LONGEST_PAST:
            for distance, past in zip(self._order.popleft(), self._pasts, strict=True):
                del past[bisect_left(past, distance)]
        return total / len(distances)


def find_bursts(counts: ArrayLike, *, bin_minutes: int = 5, threshold: float = THRESHOLD) -> Bursts:
    """Return how rare each bin of counts was when it came in, and which raised an alarm.

    Nothing later than a bin is used to judge it. `threshold` moves alarms a week.
    """
    watch = BurstWatch(bin_minutes, threshold)
    points = np.asarray(counts, dtype=float)
    rarity = np.full(len(points), np.nan)
    alarms = []
    for k, count in enumerate(points):
        if watch.take(float(count)):
            alarms.append(k)
        rarity[k] = watch.rarity
    return Bursts(rarity, tuple(alarms))
