"""Reading reports back: the text of each format, and the numbers in a text."""

from __future__ import annotations

import email
import email.policy
import io
import re
from html.parser import HTMLParser

import openpyxl
from pptx import Presentation
from pypdf import PdfReader

from tolok.base import LANGUAGES, Language, Locale
from tolok.reports.blocks import Charts, Grid, Quote, Tiles, Words
from tolok.reports.number import Number
from tolok.reports.report import Report

TOKEN = re.compile(r"\d[\d.,:]*")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._is_silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._is_silent += tag in ("style", "title")

    def handle_endtag(self, tag: str) -> None:
        self._is_silent -= tag in ("style", "title")
        if tag in ("p", "td", "th", "h1", "h2", "h3", "text", "tr", "div", "li"):
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._is_silent:
            self.found.append(data)


def read_html(content: str) -> str:
    """Return the words a browser shows, drawings included."""
    parser = _Words()
    parser.feed(content)
    return "".join(parser.found)


def read_pdf(content: bytes) -> str:
    """Return the words of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def read_pdf_apart(content: bytes) -> str:
    """Return the words of a PDF laid out as printed, so that neighbouring labels stay apart."""
    pages = PdfReader(io.BytesIO(content)).pages
    return "\n".join(page.extract_text(extraction_mode="layout") for page in pages)


def read_pptx(content: bytes) -> str:
    """Return the words on the slides, tables included, charts not."""
    found = []
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


def pptx_chart_values(content: bytes) -> list[list[float | None]]:
    """Return the values of every series of every native chart."""
    found = []
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_chart:
                found += [list(s.values) for s in shape.chart.plots[0].series if s.name != "target"]
    return found


def read_xlsx(content: bytes) -> tuple[str, list[float], list[str]]:
    """Return the words, the numbers, and the formulas of a workbook."""
    words, numbers, formulas = [], [], []
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    formulas.append(cell.value)
                elif isinstance(cell.value, str):
                    if sheet is book.worksheets[-1]:
                        continue  # the list of sources names accounts and posts
                    words.append(cell.value)
                elif cell.value is not None:
                    numbers.append(float(cell.value))
    return "\n".join(words), numbers, formulas


def read_mail(content: bytes) -> tuple[str, str, dict[str, bytes]]:
    """Return plain text, HTML and the attachments of a letter."""
    letter = email.message_from_bytes(content, policy=email.policy.default)
    plain, page = letter.get_body(("plain",)), letter.get_body(("html",))
    attached = {
        part.get_filename() or "": part.get_payload(decode=True)
        for part in letter.iter_attachments()
    }
    assert plain is not None
    assert page is not None
    return plain.get_content(), page.get_content(), attached  # type: ignore[return-value]


def squeeze(words: str) -> str:
    """Return the words without any space or invisible sign: layouts break lines where they like."""
    return re.sub(r"[\s\u00a0\u202f\u200b-\u200f\u2066-\u2069\ufeff]", "", words)


def tokens(words: str) -> set[str]:
    """Return what looks like a number in a text."""
    return {t.rstrip(".,:") for t in TOKEN.findall(words)}


def told_strings(report: Report, language: Language) -> list[str]:
    """Return every string the model of a report may show, numbers as it writes them."""
    found = [report.name, report.title.say(language), report.period.label(language),
             Locale(language).format_date(report.made_on)]  # fmt: skip
    for sheet in report.sheets:
        found += [sheet.title.say(language), sheet.question.say(language)]
        found += [f(language) for n in sheet.numbers for f in (n.write, n.say, n.write_axis)]
        found += [s.say(language) for s in sheet.sentences]
        for block in sheet.blocks:
            found += _of_block(block, language)
    return found


def _of_block(block: Words | Tiles | Grid | Charts, language: Language) -> list[str]:
    if isinstance(block, Words):
        return [block.title.say(language)] if block.title else []
    if isinstance(block, Tiles):
        return [t.name.say(language) for t in block.tiles]
    if isinstance(block, Grid):
        cells = [
            c for row in block.rows for c in row if c is not None and not isinstance(c, Number)
        ]
        said = [
            c.words if isinstance(c, Quote) else getattr(c, "text", c).say(language) for c in cells
        ]
        heads = [c.name.say(language) for c in block.columns]
        return [*said, *heads, *([block.title.say(language)] if block.title else [])]
    charts = block.charts
    return [x.say(language) for c in charts for x in (c.title, *c.categories, *(s.name for s in c.series),
                                                      *(e.text for e in c.events), *([c.note] if c.note else []))]  # fmt: skip


def values_in(words: str, language: Language) -> list[float]:
    """Return the numbers of a text as values, read as the language writes them, sorted."""
    group, point = (",", ".") if language == "en" else (".", ",")
    found = []
    for token in TOKEN.findall(words):
        plain = token.rstrip(".,:").replace(group, "").replace(point, ".")
        found.append(float(plain))
    return sorted(found)


__all__ = ["LANGUAGES"]
