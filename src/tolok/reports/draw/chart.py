"""One description of a chart, drawn as SVG, native PowerPoint chart and native Excel chart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tolok.base import DefinitionError, Text, Unit

from ..number import Number
from ..sentence import Mood, Sentence

MOST_SERIES = 5
_LEAST = Text("{name}, at least", "{name}, setidaknya")
ChartKind = Literal["line", "column", "bar"]


@dataclass(frozen=True, slots=True)
class Series:
    """One line or set of bars; None where nothing is known, which is drawn as a gap."""

    name: Text
    numbers: tuple[Number | None, ...]

    @property
    def leasts(self) -> tuple[int, ...]:
        """Return the places of what is known only as at least so much."""
        return tuple(n for n, one in enumerate(self.numbers) if one is not None and one.is_least)

    def split(self) -> tuple[Series, ...]:
        """Return the series without its leasts, and these, if any, as a series of their own."""
        leasts = set(self.leasts)
        if not leasts:
            return (self,)
        whole, rest = (
            tuple(one if (n in leasts) == is_least else None for n, one in enumerate(self.numbers))
            for is_least in (False, True)
        )
        return Series(self.name, whole), Series(_LEAST.filled(name=self.name), rest)


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
    def drawn(self) -> tuple[tuple[Series, int, bool], ...]:
        """Return the series a native chart draws, the place of each one's colour, whether leasts.

        A line must not run through leasts, so that they stand apart there; bars take them in.
        """
        return tuple(
            (part, place, is_least)
            for place, series in enumerate(self.series)
            for part, is_least in zip(
                series.split() if self.kind == "line" else (series,), (False, True), strict=False
            )
        )

    @property
    def values(self) -> tuple[float, ...]:
        """Return the values that are known."""
        return tuple(n.value for n in self.numbers if n.value is not None)

    @property
    def breaks(self) -> tuple[int, ...]:
        """Return the categories from which something was counted otherwise."""
        return tuple(e.place for e in self.events if e.is_break)
