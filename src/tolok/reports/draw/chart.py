"""One description of a chart, drawn as SVG, native PowerPoint chart and native Excel chart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tolok.base import DefinitionError, Text, Unit

from ..number import Number
from ..sentence import Mood, Sentence

MOST_SERIES = 5
ChartKind = Literal["line", "column", "bar"]


@dataclass(frozen=True, slots=True)
class Series:
    """One line or set of bars; None where nothing is known, which is drawn as a gap."""

    name: Text
    numbers: tuple[Number | None, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at a category: a change of definition, a campaign, a post."""

    place: int
    text: Text
    is_break: bool = False


@dataclass(frozen=True)
class Chart:
    """What a chart shows: its question as title, categories, at most five series, one unit.

    `low` and `high` are where the last value was expected, `target` a level to reach. Lines are
    not drawn across a break. Bars start at zero. `says` is the sentence the chart proves, also
    its alternative text.
    """

    key: str
    title: Text
    kind: ChartKind
    categories: tuple[Text, ...]
    series: tuple[Series, ...]
    unit: Unit
    says: Sentence | None = None
    target: Number | None = None
    low: Number | None = None
    high: Number | None = None
    events: tuple[Event, ...] = ()
    marked: tuple[int, ...] = ()
    mood: Mood = "plain"
    note: Text | None = None
    currency: str | None = None
    top: float | None = field(default=None)  # a common end of the axis for small multiples

    def __post_init__(self) -> None:
        sizes = {len(s.numbers) for s in self.series}
        if not self.series or sizes != {len(self.categories)} or len(self.series) > MOST_SERIES:
            raise DefinitionError(
                Text("Chart {key} needs one to five series as long as its categories.",
                     "Grafik {key} perlu satu sampai lima deret sepanjang kategorinya."),
                key=self.key,
            )  # fmt: skip

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Return every number it draws."""
        ends = [n for n in (self.target, self.low, self.high) if n is not None]
        return (*(n for s in self.series for n in s.numbers if n is not None), *ends)

    @property
    def values(self) -> tuple[float, ...]:
        """Return the values that are known."""
        return tuple(n.value for n in self.numbers if n.value is not None)

    @property
    def breaks(self) -> tuple[int, ...]:
        """Return the categories from which something was counted otherwise."""
        return tuple(e.place for e in self.events if e.is_break)
