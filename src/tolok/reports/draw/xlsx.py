"""A report as a workbook: numbers as numbers, changes as formulas, native charts over the cells."""

from __future__ import annotations

import io
import math
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from tolok.base import RATIO, Language, Text

from ..blocks import Block, Cell, Grid, Mark, Quote, Sheet, Tiles, Words
from ..number import Fact, Number
from ..report import Report
from .chart import Chart
from .number_format import format_of
from .palette import LINE, MOODS, SIGNS, SOFT, SUNK, series_colours
from .svg import axis_low
from .words import EMPTY, FOOT, SILENT, notes_of, say_made

_KINDS = {"line": "line", "column": "column", "bar": "bar"}
_CHART_ROWS = 16
_SOURCES = Text("Sources", "Sumber data")
_SUM = Text("Sum of these", "Jumlahnya")
_HEADS = (
    Text("Page", "Halaman"), Text("Metric", "Metrik"), Text("Period", "Periode"), Text("Group", "Kelompok"),
    Text("Value", "Nilai"), Text("Lower bound", "Batas bawah"), Text("Upper bound", "Batas atas"), Text("Certainty", "Kepastian"),
    Text("Basis", "Dasar hitung"), Text("Formula", "Rumus"),
)  # fmt: skip
_BAD_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def draw_xlsx(report: Report, language: Language) -> bytes:
    """Return the report as an Excel workbook, one sheet a page, and a sheet of all its sources."""
    sink = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(sink, options)
    book.set_properties(
        {"title": f"{report.name} · {report.period.label(language)}", "author": report.name}
    )
    _Book(book, report, language).draw()
    book.close()
    return sink.getvalue()


class _Book:
    """The workbook being made."""

    def __init__(self, book: Any, report: Report, language: Language) -> None:
        self.book, self.report, self.language = book, report, language
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._names: set[str] = set()

    def draw(self) -> None:
        self._cover()
        for sheet in self.report.told:
            self._draw_sheet(sheet)
        self._sources()

    def format(self, **options: Any) -> Any:
        """Return a cell format, made once."""
        options = {"font_name": "Inter", "font_size": 10, "valign": "top", **options}
        key = tuple(sorted(options.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(options)
        return self._formats[key]

    def _add(self, name: str) -> Any:
        clean = name.translate(_BAD_NAME).strip("' ")[:31] or "-"
        number = 2
        while clean.lower() in self._names:
            clean = f"{clean[:27]} {number}"
            number += 1
        self._names.add(clean.lower())
        made = self.book.add_worksheet(clean)
        made.hide_gridlines(2)
        made.set_landscape()
        made.set_paper(9)
        made.fit_to_pages(1, 0)
        return made

    def _cover(self) -> None:
        report, language = self.report, self.language
        made = self._add(report.title.say(language))
        made.set_column(0, 0, 100)
        made.write_string(0, 0, report.name, self.format(font_color=SOFT))
        title = f"{report.title.say(language)} · {report.period.label(language)}"
        made.write_string(
            1, 0, title, self.format(bold=True, font_size=18, font_color=report.style.accent)
        )
        made.write_string(2, 0, say_made(report, language), self.format(font_color=SOFT))
        row = 4
        if report.is_empty:
            made.write_string(row, 0, EMPTY.say(language), self.format())
            row += 2
        for sheet in report.told:
            words = f"{sheet.title.say(language)} · {sheet.question.say(language)}"
            made.write_string(row, 0, words, self.format())
            row += 1
        if report.silent:
            made.write_string(row + 1, 0, SILENT.say(language), self.format(bold=True))
            row += 2
        for sheet in report.silent:
            words = f"{sheet.title.say(language)}: {(sheet.nothing or sheet.title).say(language)}"
            made.write_string(row, 0, words, self.format(font_color=SOFT))
            row += 1
        made.write_string(row + 1, 0, FOOT.say(language), self.format(font_color=SOFT))

    def _draw_sheet(self, sheet: Sheet) -> None:
        made = self._add(sheet.title.say(self.language))
        made.set_column(0, 0, 34)
        made.set_column(1, 12, 15)
        made.write_string(
            0, 0, sheet.title.say(self.language), self.format(bold=True, font_size=16)
        )
        made.set_row(0, 24)
        made.write_string(1, 0, sheet.question.say(self.language), self.format(font_color=SOFT))
        row = 3
        for block in sheet.blocks:
            row = self._draw_block(made, row, block) + 1

    def _draw_block(self, made: Any, row: int, block: Block) -> int:
        if isinstance(block, Words):
            return self._words(made, row, block)
        if isinstance(block, Tiles):
            for tile in block.tiles:
                made.write_string(row, 0, tile.name.say(self.language), self.format())
                self._number(made, row, 1, tile.number)
                if tile.change is not None and tile.change.is_known:
                    self._number(made, row, 2, tile.change)
                row += 1
            return row
        if isinstance(block, Grid):
            return self._grid(made, row, block)
        for chart in block.charts:
            row = self._chart(made, row, chart) + 1
        return row

    def _words(self, made: Any, row: int, block: Words) -> int:
        if block.title:
            made.write_string(
                row, 0, block.title.say(self.language), self.format(bold=True, font_size=12)
            )
            row += 1
        for sentence in block.sentences:
            sign = SIGNS[sentence.mood]
            words = f"{sign} {sentence.say(self.language)}" if sign else sentence.say(self.language)
            look = self.format(font_color=MOODS[sentence.mood], text_wrap=True)
            made.merge_range(row, 0, row, 7, "", look)
            made.write_string(row, 0, words, look)
            made.set_row(row, 15 * (1 + len(words) // 135))
            row += 1
        return row

    def _grid(self, made: Any, row: int, block: Grid) -> int:
        if block.title:
            made.write_string(
                row, 0, block.title.say(self.language), self.format(bold=True, font_size=12)
            )
            row += 1
        for place, column in enumerate(block.columns):
            look = self.format(bold=True, bg_color=SUNK, align=column.align, text_wrap=True)
            made.write_string(row, place, column.name.say(self.language), look)
        for cells in block.rows:
            row += 1
            for place, cell in enumerate(cells):
                self._cell(made, row, place, cell)
            self._change(made, row, cells, block)
        return row + 1

    def _change(self, made: Any, row: int, cells: tuple[Cell, ...], block: Grid) -> None:
        """Write a change as a formula over its two cells, where both stand there as numbers."""
        if block.changes is None:
            return
        now, before, place = block.changes
        known = [
            c.value if isinstance(c, Number) else None
            for c in (cells[now], cells[before], cells[place])
        ]
        if any(v is None for v in known):
            return
        first, second = (xl_rowcol_to_cell(row, n) for n in (now, before))
        look = self.format(num_format="+0.0%;-0.0%;0.0%", align="right")
        made.write_formula(row, place, f"={first}/{second}-1", look, known[2])

    def _cell(self, made: Any, row: int, place: int, cell: Cell) -> None:
        if isinstance(cell, Number):
            self._number(made, row, place, cell)
        elif isinstance(cell, Mark):
            look = self.format(font_color=MOODS[cell.mood])
            made.write_string(
                row, place, f"{SIGNS[cell.mood]} {cell.text.say(self.language)}", look
            )
        elif isinstance(cell, Quote):
            made.write_string(row, place, cell.words[:500], self.format())
        else:
            made.write_string(
                row, place, "–" if cell is None else cell.say(self.language), self.format()
            )

    def _number(self, made: Any, row: int, place: int, number: Number) -> None:
        if number.value is None:
            made.write_string(row, place, number.write(self.language), self.format(align="right"))
            return
        form = _form_of(number)
        sign = {"at_least": '"≥ "', "about": '"≈ "'}.get(number.state, "")
        made.write_number(
            row, place, number.value, self.format(num_format=sign + form, align="right")
        )

    def _chart(self, made: Any, row: int, chart: Chart) -> int:
        language = self.language
        made.write_string(row, 0, chart.title.say(language), self.format(bold=True))
        head, last = row + 1, row + 1 + len(chart.categories)
        drawn = [part for part, _place, _is_least in chart.drawn]
        for place, series in enumerate(drawn, start=1):
            made.write_string(
                head,
                place,
                series.name.say(language),
                self.format(bold=True, bg_color=SUNK, text_wrap=True),
            )
        for number, name in enumerate(chart.categories):
            made.write_string(head + 1 + number, 0, name.say(language), self.format())
            for place, series in enumerate(drawn, start=1):
                one = series.numbers[number]
                if one is not None:
                    self._number(made, head + 1 + number, place, one)
        if _adds_up(chart):
            last = self._sum(made, (head, last), chart)
        columns = len(drawn)
        if chart.target is not None and chart.kind != "bar":
            columns += 1
            made.write_string(head, columns, "target", self.format(bold=True, bg_color=SUNK))
            for number in range(len(chart.categories)):
                self._number(made, head + 1 + number, columns, chart.target)
        self._insert(made, (head, head + len(chart.categories)), chart, columns)
        said = [chart.says.say(language)] if chart.says else []
        row = max(last, head + _CHART_ROWS) + 1
        for words in [*said, notes_of(chart, language, has_band=False)]:
            if words:
                made.write_string(row, 0, words, self.format(font_color=SOFT))
                row += 1
        return row

    def _sum(self, made: Any, rows: tuple[int, int], chart: Chart) -> int:
        """Write the sum under the parts, as a formula; return its row."""
        head, last = rows
        look = self.format(bold=True, top=1)
        made.write_string(last + 1, 0, _SUM.say(self.language), look)
        for place, series in enumerate(chart.series, start=1):
            first, end = (xl_rowcol_to_cell(row, place) for row in (head + 1, last))
            total = math.fsum(n.value for n in series.numbers if n and n.value is not None)
            form = self.format(bold=True, top=1, num_format=format_of(chart.unit), align="right")
            made.write_formula(last + 1, place, f"=SUM({first}:{end})", form, total)
        return last + 1

    def _insert(self, made: Any, rows: tuple[int, int], chart: Chart, columns: int) -> None:
        drawn = self.book.add_chart({"type": _KINDS[chart.kind]})
        looks = _looks_of(chart, self.report.style.accent)
        for place in range(1, columns + 1):
            drawn.add_series({
                "name": [made.name, rows[0], place], "categories": [made.name, rows[0] + 1, 0, rows[1], 0],
                "values": [made.name, rows[0] + 1, place, rows[1], place], **looks[place - 1],
            })  # fmt: skip
        drawn.set_title({"name": chart.title.say(self.language), "name_font": {"size": 11}})
        drawn.set_legend({"none": columns == 1, "position": "bottom"})
        drawn.set_y_axis({"min": axis_low(chart), "major_gridlines": {"visible": chart.kind != "bar", "line": {"color": LINE}}, "num_format": format_of(chart.unit, chart.values),
                          **({"reverse": True} if chart.kind == "bar" else {})})  # fmt: skip
        drawn.show_blanks_as("gap")
        drawn.set_size({"width": 620, "height": 300})
        said = chart.says.say(self.language) if chart.says else chart.title.say(self.language)
        made.insert_chart(rows[0], columns + 2, drawn, {"description": said})

    def _sources(self) -> None:
        language = self.language
        made = self._add(_SOURCES.say(language))
        for place, head in enumerate(_HEADS):
            made.write_string(0, place, head.say(language), self.format(bold=True, bg_color=SUNK))
        made.set_column(0, 9, 20)
        made.freeze_panes(1, 0)
        seen: set[tuple[Any, ...]] = set()
        row = 1
        for sheet in self.report.told:
            for source in sheet.sources:
                if not isinstance(source, Fact):
                    continue
                key = (sheet.key, *key_of(source))
                if key in seen:
                    continue
                seen.add(key)
                self._source(made, row, sheet, source)
                row += 1

    def _source(self, made: Any, row: int, sheet: Sheet, fact: Fact) -> None:
        figure, language = fact.figure, self.language
        words = [
            sheet.title.say(language),
            fact.metric.name.say(language),
            figure.period.label(language),
            say_group(fact),
        ]
        for place, word in enumerate(words):
            made.write_string(row, place, word, self.format())
        look = self.format(num_format=_plain_form(fact))
        for place, value in ((4, figure.value), (5, figure.low), (6, figure.high)):
            if value is not None:
                made.write_number(row, place, value, look)
        for place, word in (
            (7, figure.state),
            (8, fact.metric.basis),
            (9, fact.metric.formula.say(language)),
        ):
            made.write_string(row, place, word, self.format())


def _looks_of(chart: Chart, accent: str) -> list[dict[str, Any]]:
    """Return how each series is drawn, the target last; leasts are triangles, or hollow bars."""
    colours, looks = series_colours(accent), []
    for part, place, is_least in chart.drawn:
        colour = colours[place]
        look: dict[str, Any] = {"line": {"color": colour, "width": 2}, "fill": {"color": colour},
                                "marker": {"type": "none"}}  # fmt: skip
        if is_least:
            hollow = {"fill": {"none": True}, "border": {"color": colour}}
            look |= {"line": {"none": True}, "marker": {"type": "triangle", "size": 8, **hollow}}
        elif part.leasts and chart.kind != "line":
            pale = {"fill": {"none": True}, "border": {"color": colour, "dash_type": "dash"}}
            look["points"] = [pale if n in part.leasts else None for n in range(len(part.numbers))]
        looks.append(look)
    target = {"line": {"color": SOFT, "width": 2}, "fill": {"color": SOFT}}
    return [*looks, {**target, "marker": {"type": "none"}}]


def _adds_up(chart: Chart) -> bool:
    """Whether the bars are parts of a whole that may be added."""
    numbers = [n for s in chart.series for n in s.numbers]
    return chart.kind != "line" and len(chart.categories) > 1 and all(
        n is not None and n.value is not None and n.kind == "figure"
        and isinstance(n.sources[0], Fact) and n.sources[0].metric.is_additive for n in numbers
    )  # fmt: skip


def key_of(fact: Fact) -> tuple[Any, ...]:
    """Return what names the question a fact answers."""
    figure, scope = fact.figure, fact.scope
    return (fact.metric.key, figure.period, tuple(sorted((k, v or "") for k, v in figure.group.items())),
            scope.platforms, scope.relation, tuple(sorted(scope.filters.items())))  # fmt: skip


def say_group(fact: Fact) -> str:
    """Return whose figure it is: platform, type, or what it was narrowed to."""
    told = [f"{v}" for v in fact.figure.group.values() if v]
    told += [", ".join(v) for v in (fact.scope.platforms, *fact.scope.filters.values()) if v]
    return " · ".join(told)


def _plain_form(fact: Fact) -> str:
    return format_of(fact.metric.unit)


def _form_of(number: Number) -> str:
    if number.kind == "change" and number.unit is RATIO:
        return "+0.0%;-0.0%;0.0%"
    if number.unit.kind == "ratio" and number.value is not None and 0 < abs(number.value) < 0.01:
        return "0.00%"
    return format_of(number.unit)
