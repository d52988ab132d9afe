"""The checker: reads a drawn report back and says which number is not the one of the engine.

Everything a page shows must be found in the file in the order in which the page holds it, so that a
number changed, lost, or put in another's place is found. In page and workbook each single number
is compared as a value too, and so is every point of a chart.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import openpyxl
import pytest

from tolok.base import Language
from tolok.reports.blocks import Block, Charts, Grid, Mark, Quote, Sheet, Tiles, Words
from tolok.reports.draw.chart import Chart
from tolok.reports.number import Fact, Number
from tolok.reports.report import Report

from .reading import (
    pptx_chart_values,
    read_html,
    read_mail,
    read_pdf,
    read_pptx,
    read_xlsx,
    squeeze,
)


def problems(report: Report, form: str, content: bytes, language: Language) -> list[str]:
    """Return what is wrong in a drawn report; nothing when every number is right."""
    if form == "eml":
        plain, page, _ = read_mail(content)
        first = report.told[:3]
        return [*_lost(first, plain, language), *_lost(first, read_html(page), language)]
    if form == "html":
        page = content.decode()
        return [*_lost(report.told, read_html(page), language, has_charts=True),
                *_unequal("value", _data_of(page), _html_numbers(report))]  # fmt: skip
    if form == "pdf":
        return _lost(report.told, read_pdf(content), language, has_charts=True)
    if form == "pptx":
        return [*_lost(report.told, read_pptx(content), language),
                *_unequal("chart", [v for s in pptx_chart_values(content) for v in s],
                          [v for c in _charts(report) for v in _points(c)])]  # fmt: skip
    lost = [p for sheet in report.told for p in _lost_words(sheet, read_xlsx(content)[0], language)]
    return [*lost, *_unequal("cell", _cells(content), _xlsx_numbers(report))]


def _lost(
    sheets: tuple[Sheet, ...], words: str, language: Language, *, has_charts: bool = False
) -> list[str]:
    """Return what is not found in the words, looking onward from the last thing found."""
    squeezed, place, found = squeeze(words), 0, []
    for sheet in sheets:
        for block in sheet.blocks:
            for told in _ordered(block, language, has_charts=has_charts):
                here = squeezed.find(squeeze(told), place)
                if here < 0:
                    found.append(f"{sheet.key}: {told}")
                else:
                    place = here + len(squeeze(told))
    return found


def _lost_words(sheet: Sheet, words: str, language: Language) -> list[str]:
    squeezed = squeeze(words)
    said = [s.say(language) for b in sheet.blocks if isinstance(b, Words) for s in b.sentences]
    return [f"{sheet.key}: {s}" for s in said if squeeze(s) not in squeezed]


def _ordered(block: Block, language: Language, *, has_charts: bool) -> Iterator[str]:
    """Yield what a block shows, in order; captions are left out, they are cut to fit."""
    if isinstance(block, Words):
        yield from (s.say(language) for s in block.sentences)
    elif isinstance(block, Tiles):
        for tile in block.tiles:
            yield from (tile.name.say(language), tile.number.write(language))
            if tile.change is not None and tile.change.is_known:
                yield tile.change.write(language)
    elif isinstance(block, Grid):
        for cell in (c for row in block.rows for c in row):
            if isinstance(cell, Number):
                yield cell.write(language)
            elif cell is not None and not isinstance(cell, Quote):
                yield (cell.text if isinstance(cell, Mark) else cell).say(language)
    elif has_charts:
        for chart in block.charts:
            yield from _labels(chart, language)


def _labels(chart: Chart, language: Language) -> Iterator[str]:
    known = [n for n in chart.series[0].numbers if n is not None and n.value is not None]
    yield chart.title.say(language)
    if chart.kind == "bar":
        yield from (n.write_axis(language) for n in known)
    elif chart.kind == "line" and known:
        yield known[-1].write_axis(language)


class _Data(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[float | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "data":
            value = dict(attrs)["value"]
            self.found.append(float(value) if value else None)


def _data_of(page: str) -> list[float | None]:
    parser = _Data()
    parser.feed(page)
    return parser.found


def _html_numbers(report: Report) -> list[float | None]:
    """Return the value of each number of a page in the order in which the page shows it."""
    found: list[float | None] = []
    for sheet in report.told:
        said = {s.say("en") for b in sheet.blocks if isinstance(b, Words) for s in b.sentences}
        for block in sheet.blocks:
            if isinstance(block, Words):
                found += [n.value for s in block.sentences for n in _spoken(s)]
            elif isinstance(block, Charts):
                for chart in block.charts:
                    if chart.says is not None and chart.says.say("en") not in said:
                        found += [n.value for n in _spoken(chart.says)]
                    found += [n.value for row in _rows(chart) for n in row if n is not None]
            else:
                found += [n.value for n in _of_cells(block)]
    return found


def _spoken(sentence: Any) -> list[Number]:
    return [p for p in sentence.pieces("id") if isinstance(p, Number)]


def _of_cells(block: Tiles | Grid) -> Iterator[Number]:
    if isinstance(block, Tiles):
        for tile in block.tiles:
            yield tile.number
            if tile.change is not None and tile.change.is_known:
                yield tile.change
    else:
        yield from (c for row in block.rows for c in row if isinstance(c, Number))


def _rows(chart: Chart) -> Iterator[tuple[Number | None, ...]]:
    yield from zip(*(s.numbers for s in chart.series), strict=True)


def _charts(report: Report) -> list[Chart]:
    return [c for s in report.told for b in s.blocks if isinstance(b, Charts) for c in b.charts]


def _points(chart: Chart) -> Iterator[float | None]:
    for series in chart.series:
        values = [None if n is None else n.value for n in series.numbers]
        yield from reversed(values) if chart.kind == "bar" else values


def _cells(content: bytes) -> list[float | None]:
    """Return the numbers of a workbook as they stand, formulas by the value they show."""
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return [
        float(cell.value) for sheet in book.worksheets[1:-1] for row in sheet.iter_rows()
        for cell in row if isinstance(cell.value, int | float)
    ]  # fmt: skip


def _xlsx_numbers(report: Report) -> list[float | None]:
    found: list[float | None] = []
    for sheet in report.told:
        for block in sheet.blocks:
            if isinstance(block, Charts):
                for chart in block.charts:
                    level = (chart.target,) if chart.target and chart.kind != "bar" else ()
                    found += [
                        n.value for row in _rows(chart) for n in (*row, *level) if n is not None
                    ]
            elif not isinstance(block, Words):
                found += [n.value for n in _of_cells(block)]
    return [v for v in found if v is not None]


def _sums(chart: Chart) -> list[float | None]:
    """Return what stands under bars whose values add."""
    numbers = [n for s in chart.series for n in s.numbers if n is not None]
    is_whole = (
        len(numbers) == len(chart.categories) * len(chart.series) and len(chart.categories) > 1
    )
    adds = all(isinstance(n.sources[0], Fact) and n.sources[0].metric.is_additive for n in numbers)
    if chart.kind == "line" or not is_whole or not adds:
        return []
    return [sum(n.value or 0.0 for n in s.numbers if n is not None) for s in chart.series]


def _unequal(what: str, drawn: list[float | None], wanted: list[float | None]) -> list[str]:
    if len(drawn) != len(wanted):
        return [f"{what}: {len(drawn)} drawn, {len(wanted)} wanted"]
    return [
        f"{what} {n}: {one} drawn, {other} wanted" for n, (one, other) in enumerate(zip(drawn, wanted, strict=True))
        if one != (None if other is None else pytest.approx(other, rel=1e-9))
    ]  # fmt: skip
