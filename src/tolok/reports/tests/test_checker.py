"""The checker finds nothing in what is right, and every single number that is altered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from tolok.base import LANGUAGES, Language
from tolok.reports import Report, build_report, draw_report
from tolok.reports.blocks import Block, Charts, Grid, Sheet, Tiles, Words
from tolok.reports.number import Number
from tolok.reports.report import FORMATS
from tolok.reports.sentence import Sentence

from .checker import problems
from .world import KPIS, OCTOBER, PROFILE, engine_of, make_lake

PAGES = ("scorecard", "content", "competitors")


@cache
def report() -> Report:
    engine = engine_of(make_lake(3, 4))
    return build_report(engine, PROFILE, OCTOBER, kpis=KPIS, pages=PAGES)


def wrong(number: Number) -> Number:
    """Return the number a little off, so that it reads differently."""
    return replace(number, value=(number.value or 0.0) * 1.37 + 1)


def alter_sentence(block: Block) -> Block | None:
    if not isinstance(block, Words):
        return None
    for place, one in enumerate(block.sentences):
        name = next((k for k, v in one.data.items() if isinstance(v, Number) and v.value), None)
        if name is not None:
            number = one.data[name]
            assert isinstance(number, Number)
            altered = Sentence(one.text, {**one.data, name: wrong(number)}, one.also, one.mood)
            return replace(
                block, sentences=(*block.sentences[:place], altered, *block.sentences[place + 1 :])
            )
    return None


def alter_tile(block: Block) -> Block | None:
    if not isinstance(block, Tiles):
        return None
    *others, last = block.tiles
    return Tiles((*others, replace(last, number=wrong(last.number))))


def alter_cell(block: Block) -> Block | None:
    if not isinstance(block, Grid):
        return None
    *rows, last = block.rows
    place = next((n for n, c in enumerate(last) if isinstance(c, Number) and c.value), None)
    if place is None:
        return None
    cell = last[place]
    assert isinstance(cell, Number)
    return replace(block, rows=(*rows, (*last[:place], wrong(cell), *last[place + 1 :])))


def alter_chart(block: Block) -> Block | None:
    if not isinstance(block, Charts):
        return None
    chart, *others = block.charts
    series, *more = chart.series
    *numbers, last = series.numbers
    if last is None:
        return None
    altered = replace(chart, series=(replace(series, numbers=(*numbers, wrong(last))), *more))
    return Charts((altered, *others))


ALTER: dict[str, Callable[[Block], Block | None]] = {
    "sentence": alter_sentence, "tile": alter_tile, "cell": alter_cell, "chart": alter_chart,
}  # fmt: skip


def alter(found: Report, how: Callable[[Block], Block | None], *, from_end: bool) -> Report:
    """Return the report with exactly one number altered, the first or the last there is."""
    sheets: list[Sheet] = list(found.sheets)
    places = [(s, b) for s in range(len(sheets)) for b in range(len(sheets[s].blocks))]
    for s, b in reversed(places) if from_end else places:
        blocks = list(sheets[s].blocks)
        altered = how(blocks[b])
        if altered is not None:
            blocks[b] = altered
            sheets[s] = replace(sheets[s], blocks=tuple(blocks))
            return replace(found, sheets=tuple(sheets))
    raise AssertionError("there is nothing to alter")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMATS)
def test_nothing_is_wrong_in_what_was_drawn(form: str, language: Language) -> None:
    assert problems(report(), form, draw_report(report(), form, language), language) == []


@pytest.mark.parametrize("from_end", [False, True])
@pytest.mark.parametrize("what", ALTER)
@pytest.mark.parametrize("form", FORMATS)
def test_one_altered_number_is_found(form: str, what: str, from_end: bool) -> None:
    if form == "eml" and what == "chart":
        pytest.skip("a letter holds no chart; they are in what is attached")
    altered = alter(report(), ALTER[what], from_end=from_end)
    assert problems(report(), form, draw_report(altered, form, "id"), "id")
