"""Blocks: what a page is made of, before any of it is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tolok.base import Text

from .draw.chart import Chart
from .number import Number, Source
from .sentence import Mood, Sentence

Align = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A verdict in words, with its mood."""

    text: Text
    mood: Mood = "quiet"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the outside world, such as a caption: shown as they are, in any script."""

    words: str
    link: str | None = None


Cell = Number | Text | Mark | Quote | None


@dataclass(frozen=True, slots=True)
class Words:
    """Sentences under an optional heading; the first may be the answer of the page."""

    sentences: tuple[Sentence, ...]
    title: Text | None = None
    is_answer: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """One number with its name, its change and what must be known of it."""

    name: Text
    number: Number
    change: Number | None = None
    note: Sentence | None = None
    mood: Mood = "quiet"


@dataclass(frozen=True, slots=True)
class Tiles:
    """Numbers side by side."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column; `width` is its share of the free room, 0 as wide as needed."""

    name: Text
    align: Align = "right"
    width: float = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: heads and rows of equal length; `adds` may be summed by a reader."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: Text | None = None
    changes: tuple[int, int, int] | None = None  # columns of now, before and their change


@dataclass(frozen=True, slots=True)
class Charts:
    """Charts that belong together: drawn side by side where there is room."""

    charts: tuple[Chart, ...]


Block = Words | Tiles | Grid | Charts


@dataclass(frozen=True)
class Sheet:
    """One page of a report, built: its title, its question, and its blocks.

    `nothing` says in one line why there is nothing to say; there are then no blocks.
    """

    key: str
    title: Text
    question: Text
    blocks: tuple[Block, ...] = ()
    nothing: Text | None = None

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return every sentence of the page."""
        found: list[Sentence] = []
        for block in self.blocks:
            if isinstance(block, Words):
                found += block.sentences
            elif isinstance(block, Tiles):
                found += [t.note for t in block.tiles if t.note]
            elif isinstance(block, Charts):
                found += [c.says for c in block.charts if c.says]
        return tuple(found)

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Return every number of the page, those in sentences and charts included."""
        return (*(n for b in self.blocks for n in _numbers(b)),
                *(n for s in self.sentences for n in s.numbers))  # fmt: skip

    @property
    def sources(self) -> tuple[Source, ...]:
        """Return the facts the page rests on."""
        return (*(s for n in self.numbers for s in n.sources),
                *(s for x in self.sentences for s in x.sources))  # fmt: skip


def _numbers(block: Block) -> Iterator[Number]:
    if isinstance(block, Tiles):
        for tile in block.tiles:
            yield from (n for n in (tile.number, tile.change) if n is not None)
    elif isinstance(block, Grid):
        yield from (c for row in block.rows for c in row if isinstance(c, Number))
    elif isinstance(block, Charts):
        for chart in block.charts:
            yield from chart.numbers
