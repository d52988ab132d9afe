"""Parts of pages as plain values: what a view hands to the tags that draw them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tolok.base import Text

from .sparkline import Step

Words: TypeAlias = str | Promise | Text
Tone = Literal["good", "watch", "bad", "quiet"]

# Colour never stands alone: each tone has its own sign beside the word.
TONE_ICONS: dict[str, str] = {
    "good": "check",
    "watch": "watch",
    "bad": "cross",
    "quiet": "dash",
}


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A judgement: the word first, one of the four tones, and the reason in one sentence."""

    tone: Tone
    word: Words
    why: Words = ""

    @property
    def icon(self) -> str:
        """The sign that stands beside the word."""
        return TONE_ICONS[self.tone]


@dataclass(frozen=True, kw_only=True)
class Change:
    """A change against a comparison, in words; `quiet` when it is routine variation.

    `amount` is written out with its sign and unit ("+0,4 pt (+9 %)"); `against` says compared
    with what; `tone` knows that down can be good.
    """

    amount: Words
    against: Words
    tone: Tone = "quiet"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A card with one figure.

    `value` is formatted in the reader's locale; an empty one means "cannot say", and `reason`
    says why. `spark` are equal steps of time: values, bounds where no more is known, None where
    nothing is; `goal` is a level drawn through them. `href` opens the figure down to its source.
    """

    label: Words
    value: Words = ""
    unit: Words = ""
    reason: Words = ""
    meaning: Words = ""
    href: str = ""
    change: Change | None = None
    spark: Sequence[Step] = ()
    spark_says: Words = ""
    goal: float | None = None
    target: Words = ""
    verdict: Verdict | None = None
    coverage: Words = ""
    freshness: Words = ""
    is_provisional: bool = False


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell of a table."""

    value: Words
    href: str = ""
    verdict: Verdict | None = None
    note: Words = ""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: numbers stand to the right; `sort_href` lets the reader order by it."""

    label: Words
    is_number: bool = False
    meaning: Words = ""
    sort_href: str = ""
    sorted: Literal["", "ascending", "descending"] = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with a caption that says what a row is; the first cell of a row names it."""

    caption: Words
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell | Words]]
    empty: Words = ""

    @property
    def lines(self) -> list[list[tuple[Column, Cell]]]:
        """Every cell beside its column."""
        return [
            [
                (column, cell if isinstance(cell, Cell) else Cell(value=cell))
                for column, cell in zip(self.columns, row, strict=True)
            ]
            for row in self.rows
        ]


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One place of a chart that can be asked: its name, its values, what happened there.

    `values` are pairs of name and value, `happened` pairs of kind and title, both in words;
    `href` is where a click or Enter leads.
    """

    label: Words
    values: Sequence[tuple[Words, Words]]
    happened: Sequence[tuple[Words, Words]] = ()
    href: str = ""


# How a layer looks in small, on a sheet of 16 by 10.
SWATCHES: dict[str, str] = {
    "line": "M1 8 6 3 10 6 15 2",
    "band": "M1 2h14v6h-14z",
    "dashed": "M1 5h14",
    "dotted": "M1 5h14",
    "break": "M8 0v10",
    "sign": "M8 2 11 8h-6z",
    "bar": "M1 3.5h14v3h-14z",
}


@dataclass(frozen=True, kw_only=True)
class Layer:
    """A part of a drawing the reader may hide: groups with `data-layer="key"`.

    `look` is a key of SWATCHES or "", `shape` a path of its own on a sheet of 16 by 10.
    """

    key: str
    name: Words
    look: str = ""
    own_shape: str = ""

    @property
    def shape(self) -> str:
        """The path of the small picture."""
        return self.own_shape or SWATCHES[self.look]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart in its box: the question, what the chart says, the picture, the numbers behind it.

    `svg` is drawn by the server and stands without a script. It may hold several drawings for
    boxes of different width. With `stops` the script of the frame lets the reader ask each
    place by mouse, touch and keys: every drawing then tells in `data-x` where the stops lie (in
    its own units, parted by spaces), in `data-y` how high their values are (a dash for none),
    and in `data-top` and `data-floor` where its field begins and ends. `layers` are offered to
    be hidden. `start` is the stop the keys begin at, the last one when None.
    """

    title: Words
    says: Words
    svg: SafeString | None = None
    stops: Sequence[Stop] = ()
    layers: Sequence[Layer] = ()
    start: int | None = None
    table: Table | None = None
    downloads: Sequence[tuple[Words, str]] = field(default_factory=tuple)
    source: Words = ""

    @property
    def is_live(self) -> bool:
        """Whether the script has anything to do."""
        return bool(self.stops or self.layers)

    @property
    def script_data(self) -> dict[str, Any]:
        """What the script reads."""
        stops = [
            {"label": s.label, "values": list(s.values), "happened": list(s.happened), "href": s.href}
            for s in self.stops
        ]  # fmt: skip
        return {"stops": stops, "start": self.start, "words": {"value": _("Value at a point")}}


@dataclass(frozen=True, kw_only=True)
class Empty:
    """An empty state: what the page will show, the one thing to do now, a sample to look at."""

    title: Words
    text: Words
    action: Words = ""
    href: str = ""
    sample: Words = ""
    sample_href: str = ""
    icon: str = "spark"
