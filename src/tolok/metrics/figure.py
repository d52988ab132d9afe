"""A figure: a value with everything needed to trust it, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from tolok.base import Period, Text

State = Literal["exact", "at_least", "about", "range", "unknown"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what should be there is there; `what` is days, posts or rows."""

    have: int
    expected: int
    what: Literal["days", "posts", "rows"] = "days"

    @property
    def share(self) -> float | None:
        """Return have / expected, or None when nothing was expected."""
        return self.have / self.expected if self.expected else None

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return self.have >= self.expected


@dataclass(frozen=True)
class Figure:
    """The value of one metric for one period and group.

    `value` is None when it cannot be said; `reason` then tells why. A `range` has `low` and
    `high` and no value: the truth lies between. `at_least` is a sum with parts missing.
    `group` holds the dimension values it was broken down by. `currency` is set for money.
    `platforms` are those whose rows it counts, empty where that is not known.
    """

    metric: str
    period: Period
    value: float | None
    state: State = "exact"
    group: Mapping[str, str | None] = field(default_factory=dict)
    low: float | None = None
    high: float | None = None
    reason: Text | None = None
    reason_data: Mapping[str, object] = field(default_factory=dict)
    coverage: Coverage | None = None
    base: int = 0  # rows the value rests on
    provisional_days: int = 0
    observed_at: datetime | None = None
    currency: str | None = None
    notes: tuple[tuple[Text, Mapping[str, object]], ...] = ()
    platforms: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether there is a single number to show."""
        return self.value is not None


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure moved against another; `ratio` is None when it must not be computed."""

    ratio: float | None
    difference: float | None
    reason: Text | None = None
    reason_data: Mapping[str, object] = field(default_factory=dict)
