"""What the engine must know of platforms, without knowing any: breaks, late data, gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .text import Text


@dataclass(frozen=True, slots=True)
class Break:
    """A day from which a platform counts something otherwise.

    No growth rate is computed and no line is drawn across it. `columns` are lake columns;
    `until` is the last day of a roll-out, when it took several.
    """

    on: date
    platform: str
    columns: tuple[str, ...]
    change: Text
    scope: str = ""
    until: date | None = None


@dataclass(frozen=True)
class PlatformFacts:
    """Facts about all platforms, gathered from their folders and handed to the engine.

    `names` shows a platform key; `reread_days` is how long the figures of a day may change
    (default 7); `cannot_give` tells per platform and lake column why a figure does not exist.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    breaks: tuple[Break, ...] = ()
    reread_days: Mapping[str, int] = field(default_factory=dict)
    cannot_give: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)

    def reread(self, platform: str) -> int:
        """Return for how many days a day's figures on the platform stay provisional."""
        return self.reread_days.get(platform, 7)

    def breaks_between(
        self, platform: str, columns: frozenset[str], start: date, end: date
    ) -> tuple[Break, ...]:
        """Return the breaks of the columns that fall inside the half-open span of days.

        A break on the first day does not count: all days of the span are then of one kind.
        """
        return tuple(
            b for b in self.breaks
            if b.platform == platform and columns.intersection(b.columns)
            and start < (b.until or b.on) and b.on < end
        )  # fmt: skip
