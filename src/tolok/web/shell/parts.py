"""Parts of pages as plain values: what a view hands to the tags that draw them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from tolok.base import Text

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
    says why. `spark` are values over equal steps of time, None for a missing one; `goal` is a
    level drawn through them. `href` opens the figure down to its source.
    """

    label: Words
    value: Words = ""
    unit: Words = ""
    reason: Words = ""
    meaning: Words = ""
    href: str = ""
    change: Change | None = None
    spark: Sequence[float | None] = ()
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
class Chart:
    """A chart in its box: the question, what the chart says, the picture, the numbers behind it.

    `svg` is drawn by the server; `option` is handed to the script in the page as data
    (`<script type="application/json">`). One of the two, or both.
    """

    title: Words
    says: Words
    svg: SafeString | None = None
    option: Mapping[str, Any] | None = None
    table: Table | None = None
    downloads: Sequence[tuple[Words, str]] = field(default_factory=tuple)
    source: Words = ""


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
