"""Sections: the build of pages that are groups of judged figures, exceptions first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tolok.base import Text

from .blocks import Block, Charts, Words
from .case import Case
from .draw.chart import Chart
from .narrative import Told, explain_change
from .parts import exceptions, group_chart, history_chart, known, series_grid, tell
from .sentence import Sentence

_MOST_CHARTS = 4
_MOST_ANSWERS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One heading with the metrics under it, the most telling first."""

    title: Text
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """A metric broken down by a dimension, drawn as bars."""

    key: str
    dimension: str
    title: Text


def keys_of(parts: tuple[Part, ...]) -> tuple[str, ...]:
    """Return every metric of the parts."""
    return tuple(dict.fromkeys(k for part in parts for k in part.keys))


def build_sections(
    parts: tuple[Part, ...], splits: tuple[Split, ...] = ()
) -> Callable[[Case], Iterable[Block]]:  # fmt: skip
    """Return the build of a page: what is out of the ordinary, tables of the parts, charts, bars."""

    def build(case: Case) -> Iterable[Block]:
        told = [(part, known(tell(case, k) for k in part.keys if case.has(k))) for part in parts]
        told = [(part, found) for part, found in told if found]
        if not told:
            return
        yield Words(
            tuple(_answers(case, [t for _, found in told for t in found], splits)), is_answer=True
        )
        for part, found in told:
            yield series_grid(case, found, title=part.title)
        charts = [history_chart(case, found[0]) for _, found in told][:_MOST_CHARTS]
        yield Charts((*charts, *_bars(case, splits)))

    return build


def _answers(case: Case, told: list[Told], splits: tuple[Split, ...]) -> Iterable[Sentence]:
    found = exceptions(told)[:_MOST_ANSWERS] or told[:1]
    yield from (t.sentence for t in found)
    for split in splits:
        yield from explain_change(case, split.key, split.dimension)


def _bars(case: Case, splits: tuple[Split, ...]) -> list[Chart]:
    made = (group_chart(case, s.key, s.dimension, title=s.title) for s in splits if case.has(s.key))
    return [c for c in made if c is not None]
