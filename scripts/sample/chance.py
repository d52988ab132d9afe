"""Chance that is the same on every machine: one stream of numbers per label."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

SEED = "kopi-serambi-2026"
T = TypeVar("T")


class Chance:
    """A stream of draws named by a label; adding a label never moves another's draws.

    Only `random.Random.random` is used, whose sequence Python promises to keep.
    """

    def __init__(self, label: str) -> None:
        self._random = random.Random(f"{SEED}:{label}")

    def between(self, low: float, high: float) -> float:
        """Return a number between low and high."""
        return low + (high - low) * self._random.random()

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both included."""
        return low + int((high - low + 1) * self._random.random())

    def bell(self) -> float:
        """Return a roughly normal number (mean 0, deviation 1): the sum of twelve draws."""
        return sum(self._random.random() for _ in range(12)) - 6.0

    def spread(self, width: float) -> float:
        """Return a positive factor around 1, skewed to the right as views of posts are."""
        step = 1.0 + width * abs(self.bell())
        return step if self._random.random() < 0.5 else 1.0 / step

    def happens(self, probability: float) -> bool:
        """Tell whether an event of this probability happens."""
        return self._random.random() < probability

    def pick(self, things: Sequence[T]) -> T:
        """Return one of the things."""
        return things[int(len(things) * self._random.random())]

    def count(self, mean: float) -> int:
        """Return a whole number of events with about this mean, often 0 when the mean is small."""
        whole, rest = divmod(max(0.0, mean + self.bell() * mean**0.5), 1.0)
        return int(whole) + int(self._random.random() < rest)

    def digits(self, length: int) -> str:
        """Return a string of digits that does not begin with 0."""
        first = str(self.whole(1, 9))
        return first + "".join(str(self.whole(0, 9)) for _ in range(length - 1))

    def code(self, length: int) -> str:
        """Return a string of letters, digits, `-` and `_`, as platforms name posts."""
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        return "".join(self.pick(letters[:62]) for _ in range(length))
