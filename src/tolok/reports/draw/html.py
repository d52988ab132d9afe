"""A report as one self-contained HTML page: no script, readable on a phone and in print."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from html import escape
from importlib import resources

from tolok.base import Language

from ..blocks import Block, Cell, Charts, Grid, Mark, Quote, Sheet, Tiles, Words
from ..number import Fact, Number
from ..report import Report
from ..sentence import Sentence
from .chart import Chart
from .palette import SIGNS
from .svg import draw_svg
from .words import EMPTY, FOOT, VALUES, caption_of, notes_of, say_made


def draw_html(report: Report, language: Language) -> str:
    """Return the report as a whole HTML document."""
    style = resources.files(__package__).joinpath("report.css").read_text(encoding="utf-8")
    title = f"{report.name} · {report.title.say(language)} · {report.period.label(language)}"
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>:root{{--accent:{report.style.accent}}}\n{style}</style></head>"
        f"<body>{draw_body(report, language)}</body></html>"
    )


def draw_body(report: Report, language: Language, *, has_head: bool = True) -> str:
    """Return the report as a fragment without styles, for a page that brings its own."""
    parts = [_draw_head(report, language)] if has_head else []
    if report.is_empty:
        parts.append(f'<p class="report-empty">{escape(EMPTY.say(language))}</p>')
    parts += [draw_sheet(sheet, report, language) for sheet in report.sheets]
    parts.append(f'<footer class="report-foot">{escape(FOOT.say(language))}</footer>')
    return "".join(parts)


def _draw_head(report: Report, language: Language) -> str:
    return (
        f'<header class="report-head">{_draw_logo(report)}<p>{escape(report.name)}</p>'
        f"<h1>{escape(report.title.say(language))} · {escape(report.period.label(language))}</h1>"
        f"<p>{escape(say_made(report, language))}</p></header>"
    )


def _draw_logo(report: Report) -> str:
    """Return the logo inside the page itself, so that the page needs nothing from outside."""
    logo = report.style.logo
    if logo is None:
        return ""
    kind = {".svg": "svg+xml", ".jpg": "jpeg"}.get(logo.suffix.lower(), logo.suffix.lower()[1:])
    data = base64.b64encode(logo.read_bytes()).decode()
    name = escape(report.name, quote=True)
    return f'<img class="report-logo" alt="{name}" src="data:image/{kind};base64,{data}">'


def draw_sheet(sheet: Sheet, report: Report, language: Language) -> str:
    """Return one page of the report as a section."""
    head = (f'<section class="sheet" id="{sheet.key}"><h2>{escape(sheet.title.say(language))}</h2>'
            f'<p class="question">{escape(sheet.question.say(language))}</p>')  # fmt: skip
    if sheet.nothing is not None:
        return f'{head}<p class="quiet">{escape(sheet.nothing.say(language))}</p></section>'
    return (
        head + "".join(_draw_block(b, sheet, report, language) for b in sheet.blocks) + "</section>"
    )


def draw_sentence(sentence: Sentence, language: Language) -> str:
    """Return a sentence whose numbers name the figure they are."""
    return "".join(
        escape(p) if isinstance(p, str) else draw_number(p, language, is_spoken=True)
        for p in sentence.pieces(language)
    )


def draw_number(number: Number, language: Language, *, is_spoken: bool = False) -> str:
    """Return a number as a data element that can be opened: metric, period, group."""
    words = escape(number.say(language) if is_spoken else number.write(language))
    value = "" if number.value is None else repr(number.value)
    first = number.sources[0]
    source = ""
    if isinstance(first, Fact):
        source = f' data-metric="{escape(first.metric.key)}" data-period="{escape(first.figure.period.key)}"'
    return f'<data class="number" value="{value}" data-kind="{number.kind}"{source}>{words}</data>'


def _draw_block(block: Block, sheet: Sheet, report: Report, language: Language) -> str:
    if isinstance(block, Words):
        return "".join(_draw_words(block, language))
    if isinstance(block, Tiles):
        return f'<div class="tiles">{"".join(_draw_tiles(block, language))}</div>'
    if isinstance(block, Grid):
        return "".join(_draw_grid(block, language))
    return f'<div class="charts">{"".join(_draw_charts(block, sheet, report, language))}</div>'


def _draw_words(block: Words, language: Language) -> Iterator[str]:
    if block.title:
        yield f"<h3>{escape(block.title.say(language))}</h3>"
    kind = "answer" if block.is_answer else "words"
    yield f'<div class="{kind}">'
    for sentence in block.sentences:
        sign = "" if sentence.mood == "quiet" else SIGNS[sentence.mood]
        mark = f'<span class="sign" aria-hidden="true">{sign}</span> ' if sign else ""
        yield f'<p class="{sentence.mood}">{mark}{draw_sentence(sentence, language)}</p>'
    yield "</div>"


def _draw_tiles(block: Tiles, language: Language) -> Iterator[str]:
    for tile in block.tiles:
        change = ""
        if tile.change is not None and tile.change.is_known:
            change = f'<p class="{tile.mood}">{draw_number(tile.change, language)}</p>'
        yield (f'<div class="tile"><p>{escape(tile.name.say(language))}</p>'
               f'<p class="big">{draw_number(tile.number, language)}</p>{change}</div>')  # fmt: skip


def _draw_grid(block: Grid, language: Language) -> Iterator[str]:
    if block.title:
        yield f"<h3>{escape(block.title.say(language))}</h3>"
    heads = "".join(
        f'<th scope="col" class="{c.align}">{escape(c.name.say(language))}</th>'
        for c in block.columns
    )
    yield f'<div class="wide"><table><thead><tr>{heads}</tr></thead><tbody>'
    for row in block.rows:
        cells = (f'<td class="{c.align}">{_draw_cell(x, language)}</td>'
                 for c, x in zip(block.columns, row, strict=True))  # fmt: skip
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table></div>"


def _draw_cell(cell: Cell, language: Language) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, Number):
        return draw_number(cell, language)
    if isinstance(cell, Mark):
        return (
            f'<span class="{cell.mood}">{SIGNS[cell.mood]} {escape(cell.text.say(language))}</span>'
        )
    if isinstance(cell, Quote):
        words = f'<span dir="auto">{escape(cell.words)}</span>'
        is_safe = cell.link is not None and cell.link.startswith(("https://", "http://"))
        return f'<a href="{escape(cell.link or "", quote=True)}">{words}</a>' if is_safe else words
    return escape(cell.say(language))


def _draw_charts(block: Charts, sheet: Sheet, report: Report, language: Language) -> Iterator[str]:
    for chart in block.charts:
        yield _draw_chart(chart, sheet, report, language)


def _draw_chart(chart: Chart, sheet: Sheet, report: Report, language: Language) -> str:
    said = caption_of(chart, sheet, language)
    caption = (
        f'<p class="said">{draw_sentence(chart.says, language)}</p>' if said and chart.says else ""
    )
    notes = notes_of(chart, language)
    note = f'<p class="note">{escape(notes)}</p>' if notes else ""
    return (f"<figure><h4>{escape(chart.title.say(language))}</h4>"
            f"{draw_svg(chart, language, accent=report.style.accent, is_interactive=True)}"
            f"<figcaption>{caption}{note}{_draw_values(chart, language)}</figcaption></figure>")  # fmt: skip


def _draw_values(chart: Chart, language: Language) -> str:
    """Return the numbers of a chart as a table behind a fold, for keyboard and screen reader."""
    heads = "".join(
        f'<th scope="col" class="right">{escape(s.name.say(language))}</th>' for s in chart.series
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(name.say(language))}</th>'
        + "".join(f'<td class="right">{_draw_cell(s.numbers[n], language)}</td>' for s in chart.series)
        + "</tr>" for n, name in enumerate(chart.categories)
    )  # fmt: skip
    return (f"<details><summary>{escape(VALUES.say(language))}"
            f'<span class="sr">: {escape(chart.title.say(language))}</span></summary>'
            f'<table><thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table></details>')  # fmt: skip
