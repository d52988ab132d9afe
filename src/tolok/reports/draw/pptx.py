"""A report as slides: native, editable charts and tables; every sentence's chart has its text."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
)
from pptx.enum.dml import MSO_LINE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from tolok.base import Language

from ..blocks import Cell, Charts, Grid, Mark, Quote, Sheet, Tile, Tiles, Words
from ..number import Number
from ..report import Report
from ..sentence import Sentence
from .chart import Chart, Series
from .number_format import format_of
from .palette import INK, MOODS, SIGNS, SOFT, SUNK, series_colours
from .svg import axis_low, cut
from .words import EMPTY, FOOT, SILENT, caption_of, notes_of, say_made

_FONT = "Inter"
_LEFT, _WIDTH = Inches(0.6), Inches(12.13)
_TOP, _BOTTOM = Inches(1.45), Inches(6.85)
_GAP, _TILE = Inches(0.15), Inches(1.4)
_SENTENCES, _LETTERS = 8, 900
_KINDS = {
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
}


def draw_pptx(report: Report, language: Language) -> bytes:
    """Return the report as a PowerPoint file, 16:9."""
    deck = _Deck(report, language)
    deck.cover()
    for sheet in report.told:
        deck.draw(sheet)
    deck.silent()
    sink = io.BytesIO()
    deck.file.save(sink)
    return sink.getvalue()


class _Deck:
    """The slides being made."""

    def __init__(self, report: Report, language: Language) -> None:
        self.report, self.language = report, language
        self.file = Presentation()
        self.file.slide_width, self.file.slide_height = Inches(13.333), Inches(7.5)
        core = self.file.core_properties
        core.title = (
            f"{report.name} · {report.title.say(language)} · {report.period.label(language)}"
        )
        core.author, core.language = report.name, language
        self._open: tuple[Sheet, Any] | None = None
        self._at: int = _TOP

    def cover(self) -> None:
        slide = self._slide()
        report, language = self.report, self.language
        if report.style.logo is not None and report.style.logo.suffix.lower() != ".svg":
            slide.shapes.add_picture(str(report.style.logo), _LEFT, Inches(0.6), height=Inches(0.8))
        _write(
            slide, report.name, (_LEFT, Inches(2.2)), (_WIDTH, Inches(0.5)), size=20, colour=SOFT
        )
        _write(slide, f"{report.title.say(language)} · {report.period.label(language)}", (_LEFT, Inches(2.8)),
               (_WIDTH, Inches(1.2)), size=38, bold=True, colour=report.style.accent)  # fmt: skip
        made = EMPTY.say(language) if report.is_empty else say_made(report, language)
        _write(slide, made, (_LEFT, Inches(4.3)), (_WIDTH, Inches(0.8)), size=14, colour=SOFT)
        _write(
            slide,
            FOOT.say(language),
            (_LEFT, Inches(6.95)),
            (_WIDTH, Inches(0.35)),
            size=10,
            colour=SOFT,
        )

    def draw(self, sheet: Sheet) -> None:
        for block in sheet.blocks:
            if isinstance(block, Words):
                self._words(sheet, block)
            elif isinstance(block, Tiles):
                self._tiles(sheet, block)
            elif isinstance(block, Grid):
                self._grid(sheet, block)
            else:
                self._charts(sheet, block)

    def silent(self) -> None:
        if not self.report.silent:
            return
        said = [
            f"{s.title.say(self.language)}: {(s.nothing or s.title).say(self.language)}"
            for s in self.report.silent
        ]
        for start in range(0, len(said), 14):
            slide = self._slide()
            _write(
                slide,
                SILENT.say(self.language),
                (_LEFT, Inches(0.4)),
                (_WIDTH, Inches(0.6)),
                size=24,
                bold=True,
            )
            _write(
                slide,
                said[start : start + 14],
                (_LEFT, _TOP),
                (_WIDTH, _BOTTOM - _TOP),
                size=12,
                colour=SOFT,
            )

    def _slide(self) -> Any:
        return self.file.slides.add_slide(self.file.slide_layouts[6])

    def _room(self, sheet: Sheet, height: int) -> tuple[Any, int]:
        """Return the slide and the place for a block: under the last one where it fits."""
        if self._open is None or self._open[0] is not sheet or self._at + height > _BOTTOM:
            slide = self._slide()
            _write(slide, sheet.title.say(self.language), (_LEFT, Inches(0.35)), (_WIDTH, Inches(0.6)),
                   size=24, bold=True, colour=self.report.style.accent)  # fmt: skip
            _write(slide, sheet.question.say(self.language), (_LEFT, Inches(0.9)), (_WIDTH, Inches(0.4)),
                   size=13, colour=SOFT)  # fmt: skip
            self._open, self._at = (sheet, slide), _TOP
        at, self._at = self._at, self._at + height + _GAP
        return self._open[1], at

    def _words(self, sheet: Sheet, block: Words) -> None:
        size = 18 if block.is_answer else 14
        title = block.title.say(self.language) if block.title else None
        for part in _fitting(block.sentences, self.language):
            lines = [s.say(self.language) for s in part]
            height = _height_of(lines, size) + (Inches(0.4) if title else 0)
            slide, at = self._room(sheet, height)
            if title:
                _write(slide, title, (_LEFT, at), (_WIDTH, Inches(0.4)), size=14, bold=True)
                at, height = at + Inches(0.4), height - Inches(0.4)
            frame = _box(slide, (_LEFT, at), (_WIDTH, height))
            for number, (sentence, words) in enumerate(zip(part, lines, strict=True)):
                line = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
                line.space_after = Pt(5)
                sign = SIGNS[sentence.mood]
                _run(line, f"{sign} " if sign else "", size=size, colour=MOODS[sentence.mood])
                _run(line, words, size=size)

    def _tiles(self, sheet: Sheet, block: Tiles) -> None:
        for start in range(0, len(block.tiles), 4):
            slide, at = self._room(sheet, _TILE)
            for place, tile in enumerate(block.tiles[start : start + 4]):
                self._tile(slide, tile, _LEFT + place * Inches(3.05), at)

    def _tile(self, slide: Any, tile: Tile, left: int, top: int) -> None:
        width = Inches(2.95)
        shape = slide.shapes.add_shape(1, left, top, width, _TILE)
        shape.fill.solid()
        shape.fill.fore_color.rgb = _rgb(SUNK)
        shape.line.fill.background()
        shape.shadow.inherit = False
        name = tile.name.say(self.language)
        _write(slide, name, (left, top + Inches(0.05)), (width, Inches(0.6)), size=11, colour=SOFT)
        words = tile.number.write(self.language)
        size = 18 if len(words) > 12 else 24
        _write(slide, words, (left, top + Inches(0.55)), (width, Inches(0.5)), size=size, bold=True)
        if tile.change is not None and tile.change.is_known:
            _write(slide, tile.change.write(self.language), (left, top + Inches(1.05)), (width, Inches(0.35)),
                   size=12, colour=MOODS[tile.mood])  # fmt: skip

    def _grid(self, sheet: Sheet, block: Grid) -> None:
        title = block.title.say(self.language) if block.title else None
        rows = list(block.rows)
        while rows:
            free = _BOTTOM - self._at if self._open and self._open[0] is sheet else _BOTTOM - _TOP
            free -= Inches(0.4) if title else 0
            part, height = _rows_for(rows, block, free, self.language)
            if not part or (len(part) < min(3, len(rows))):
                part, height = _rows_for(rows, block, _BOTTOM - _TOP - Inches(0.4), self.language)
            slide, at = self._room(sheet, height + (Inches(0.4) if title else 0))
            if title:
                _write(slide, title, (_LEFT, at), (_WIDTH, Inches(0.4)), size=14, bold=True)
                at += Inches(0.4)
            _draw_table(slide, block, part, self.language, at=at)
            rows = rows[len(part) :]

    def _charts(self, sheet: Sheet, block: Charts) -> None:
        for start in range(0, len(block.charts), 2):
            pair = block.charts[start : start + 2]
            below = max(self._below(c, sheet, wide=len(block.charts) == 1)[1] for c in pair)
            fixed = Inches(0.4) + below
            free = _BOTTOM - self._at if self._open and self._open[0] is sheet else 0
            drawn = min(max(free - fixed, 0), Inches(3.6))
            if drawn < Inches(2.3):
                drawn = min(_BOTTOM - _TOP - fixed, Inches(3.6))
            slide, at = self._room(sheet, fixed + drawn)
            for place, chart in enumerate(pair):
                width = Inches(5.9) if len(block.charts) > 1 else _WIDTH
                self._chart(slide, chart, (_LEFT + place * Inches(6.2), at, width, drawn), sheet)

    def _below(self, chart: Chart, sheet: Sheet, *, wide: bool) -> tuple[list[str], int]:
        said, notes = (
            caption_of(chart, sheet, self.language),
            notes_of(chart, self.language, has_band=False),
        )
        lines = [x for x in (said, notes) if x]
        return lines, _height_of(lines, 10, share=1.0 if wide else 0.48)

    def _chart(self, slide: Any, chart: Chart, at: tuple[int, int, int, int], sheet: Sheet) -> None:
        language, (left, top, width, height) = self.language, at
        _write(
            slide, chart.title.say(language), (left, top), (width, Inches(0.4)), size=13, bold=True
        )
        place = slide.shapes.add_chart(
            _KINDS[chart.kind], left, top + Inches(0.4), width, height, _data_of(chart, language)
        )
        said = chart.says.say(language) if chart.says else chart.title.say(language)
        place._element.nvGraphicFramePr.cNvPr.set("descr", said)
        _style_chart(place.chart, chart, self.report.style.accent)
        _sign_leasts(place.chart, chart, language)
        lines, room = self._below(chart, sheet, wide=width == _WIDTH)
        if lines:
            _write(
                slide,
                lines,
                (left, top + Inches(0.4) + height),
                (width, room),
                size=10,
                colour=SOFT,
            )


def _height_of(lines: Sequence[str], size: int, *, share: float = 1.0) -> int:
    """Return about how high lines of text become; wide letters are assumed, so nothing overflows."""
    most = int(_WIDTH / 12700 * share / (size * 0.6))
    count = sum(-(-len(line) // max(most, 1)) for line in lines)
    return int(Pt(count * size * 1.25 + 5 * len(lines) + 8)) if lines else 0


def _rows_for(
    rows: Sequence[tuple[Cell, ...]], block: Grid, free: int, language: Language
) -> tuple[tuple[tuple[Cell, ...], ...], int]:  # fmt: skip
    """Return the first rows that fit, and how high they are with the head."""
    weights = [max(c.width, 1.0) for c in block.columns]
    room = [int(_WIDTH / 12700 * w / sum(weights) / (11 * 0.6)) - 3 for w in weights]

    def high(words: Sequence[str]) -> int:
        count = (
            max(-(-len(x) // max(r, 1)) for x, r in zip(words, room, strict=True)) if words else 1
        )
        return int(Inches(0.14) + Pt(max(count, 1) * 14))

    height, part = high([c.name.say(language) for c in block.columns]), []
    for row in rows:
        more = high([_words_of(c, language) for c in row])
        if height + more > free:
            break
        height += more
        part.append(row)
    return tuple(part), height


def _fitting(sentences: tuple[Sentence, ...], language: Language) -> Iterator[list[Sentence]]:
    """Cut sentences into slides that hold them."""
    part: list[Sentence] = []
    for sentence in sentences:
        long = sum(len(s.say(language)) for s in part) + len(sentence.say(language))
        if part and (len(part) >= _SENTENCES or long > _LETTERS):
            yield part
            part = []
        part.append(sentence)
    if part:
        yield part


def _data_of(chart: Chart, language: Language) -> CategoryChartData:
    data = CategoryChartData(number_format=format_of(chart.unit, chart.values))
    order = range(len(chart.categories))
    if chart.kind == "bar":  # bars are drawn from below
        order = range(len(chart.categories) - 1, -1, -1)
    data.categories = [cut(chart.categories[n].say(language)) for n in order]
    for series, _place, _is_least in chart.drawn:
        numbers = [series.numbers[n] for n in order]
        data.add_series(
            series.name.say(language), [None if n is None else n.value for n in numbers]
        )
    if chart.target is not None and chart.kind != "bar":
        data.add_series("target", [chart.target.value] * len(chart.categories))
    return data


def _style_chart(made: Any, chart: Chart, accent: str) -> None:
    made.has_title, made.font.size, made.font.name = False, Pt(10), _FONT
    drawn = chart.drawn
    made.has_legend = len(drawn) > 1 or chart.target is not None
    if made.has_legend:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    made.value_axis.has_major_gridlines = False
    made.value_axis.visible = False
    made.value_axis.minimum_scale = axis_low(chart)
    made.category_axis.format.line.color.rgb = _rgb("#d9dbe2")
    made.category_axis.tick_labels.font.size = Pt(9)
    plot = made.plots[0]
    if chart.kind != "line":
        plot.gap_width = 45
    colours = series_colours(accent)
    for series, (part, place, is_least) in zip(plot.series, drawn, strict=False):
        if chart.kind != "line":
            _style_bars(series, chart, part, colours[place])
        else:
            _style_line(series, colours[place], width=0 if is_least else 2.25)
            _mark_line(series, part, colours[place], is_least=is_least)
    for series in list(plot.series)[len(drawn) :]:
        _style_line(series, SOFT, width=1.25)
    if chart.kind == "bar" or (chart.kind == "column" and len(chart.categories) <= 13):
        plot.has_data_labels = True
        _label_values(plot.data_labels, chart)


def _label_values(labels: Any, chart: Chart) -> None:
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = (
        format_of(chart.unit, chart.values), False,
    )  # fmt: skip
    labels.font.size, labels.position = Pt(10), XL_LABEL_POSITION.OUTSIDE_END


def _sign_leasts(made: Any, chart: Chart, language: Language) -> None:
    """Write what is known only as a least with its sign, wherever its value is written."""
    plot, last = made.plots[0], len(chart.categories) - 1
    for series, (part, _place, is_least) in zip(plot.series, chart.drawn, strict=False):
        if chart.kind != "line" and plot.has_data_labels and part.leasts:
            _label_values(series.data_labels, chart)  # labels of single bars silence the plot's
        elif not is_least:
            continue
        for place in part.leasts[-1:] if is_least else part.leasts:
            label = series.points[last - place if chart.kind == "bar" else place].data_label
            number = part.numbers[place]
            label.text_frame.text = number.write_axis(language) if number else ""
            font = label.text_frame.paragraphs[0].runs[0].font
            font.size, font.bold = (Pt(11), True) if is_least else (Pt(10), False)
            ends = XL_LABEL_POSITION.ABOVE, XL_LABEL_POSITION.OUTSIDE_END
            label.position = ends[0] if is_least else ends[1]


def _style_bars(series: Any, chart: Chart, part: Series, colour: str) -> None:
    """Fill bars; what is known only as a least is left hollow."""
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = _rgb(colour)
    last = len(part.numbers) - 1
    for place in part.leasts:
        look = series.points[last - place if chart.kind == "bar" else place].format
        look.fill.background()
        look.line.color.rgb = _rgb(colour)
        look.line.dash_style = MSO_LINE.DASH


def _style_line(series: Any, colour: str, *, width: float) -> None:
    """Draw a line of this width in points, or no line for 0, without marks."""
    series.smooth = False
    series.marker.style = None
    if not width:
        series.format.line.fill.background()
        return
    series.format.line.color.rgb = _rgb(colour)
    series.format.line.width = Pt(width)


def _mark_line(series: Any, part: Series, colour: str, *, is_least: bool) -> None:
    """Mark the points of a line, triangles for leasts, and write the last value beside its own."""
    marker = series.marker
    if is_least:
        marker.style, marker.size = XL_MARKER_STYLE.TRIANGLE, 8
        marker.format.fill.background()
    else:
        marker.format.fill.solid()
        marker.format.fill.fore_color.rgb = _rgb(colour)
    marker.format.line.color.rgb = _rgb(colour)
    known = [n for n, one in enumerate(part.numbers) if one is not None and one.value is not None]
    if known:
        label = series.points[known[-1]].data_label
        label.has_text_frame = False
        label.position = XL_LABEL_POSITION.ABOVE
        label.font.size, label.font.bold = Pt(11), True


def _draw_table(
    slide: Any, block: Grid, rows: Sequence[tuple[Cell, ...]], language: Language, *, at: int
) -> None:  # fmt: skip
    height = Inches(0.33) * (len(rows) + 1)
    table = slide.shapes.add_table(
        len(rows) + 1, len(block.columns), _LEFT, at, _WIDTH, height
    ).table
    weights = [max(c.width, 1.0) for c in block.columns]
    for number, column in enumerate(block.columns):
        table.columns[number].width = Emu(int(_WIDTH * weights[number] / sum(weights)))
        _fill(
            table.cell(0, number),
            column.name.say(language),
            align=column.align,
            colour=SOFT,
            fill=SUNK,
            bold=True,
        )
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            colour = MOODS[cell.mood] if isinstance(cell, Mark) else INK
            _fill(
                table.cell(number, place),
                _words_of(cell, language),
                align=block.columns[place].align,
                colour=colour,
            )


def _words_of(cell: Cell, language: Language) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, Number):
        return cell.write(language)
    if isinstance(cell, Mark):
        return f"{SIGNS[cell.mood]} {cell.text.say(language)}"
    if isinstance(cell, Quote):
        return cut(cell.words, 80)
    return cell.say(language)


def _fill(
    cell: Any, words: str, *, align: str, colour: str, fill: str = "#ffffff", bold: bool = False
) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = _rgb(fill)
    cell.margin_top = cell.margin_bottom = Inches(0.04)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    line = cell.text_frame.paragraphs[0]
    line.alignment = PP_ALIGN.LEFT if align == "left" else PP_ALIGN.RIGHT
    _run(line, words, size=11, colour=colour, bold=bold)


def _box(slide: Any, at: tuple[int, int], size: tuple[int, int]) -> Any:
    frame = slide.shapes.add_textbox(at[0], at[1], size[0], size[1]).text_frame
    frame.word_wrap = True
    return frame


def _write(
    slide: Any, words: str | list[str], at: tuple[int, int], room: tuple[int, int], *, size: int,
    colour: str = INK, bold: bool = False,
) -> None:  # fmt: skip
    frame = _box(slide, at, room)
    for number, line in enumerate([words] if isinstance(words, str) else words):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(3)
        _run(paragraph, line, size=size, colour=colour, bold=bold)


def _run(paragraph: Any, words: str, *, size: int, colour: str = INK, bold: bool = False) -> None:
    run = paragraph.add_run()
    run.text = words
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, _FONT
    run.font.color.rgb = _rgb(colour)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#").upper())
