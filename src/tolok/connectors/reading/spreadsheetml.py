"""SpreadsheetML 2003: the XML that Excel and some platforms write under the name .xls."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from tolok.base import Text

from .blocks import read_blocks
from .cells import render_moment, render_number
from .growing import Origin
from .records import Record
from .refusals import refuse_cell, refuse_damaged, refuse_no_table, refuse_size
from .sheet import Limits, Sheet

_NS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_BROKEN = Text("its XML is broken or cut off", "XML-nya rusak atau terpotong")


def read_spreadsheetml(data: bytes, source: str, limits: Limits) -> list[Sheet]:
    """Return the tables of all worksheets; raise UserError when the XML is broken or hostile."""
    sheets: list[Sheet] = []
    try:
        for name, records, dated in _worksheets(data, source, limits):
            origin = Origin(
                source=source,
                name=name,
                encoding="utf-8",
                separator="",
                kind="spreadsheetml",
                notes=(),
                limits=limits,
                dated=dated,
            )
            sheets.extend(read_blocks(records, origin))
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise refuse_damaged(source, _BROKEN) from error
    if not sheets:
        raise refuse_no_table(source)
    return sheets


def _worksheets(
    data: bytes, source: str, limits: Limits
) -> Iterator[tuple[str, list[Record], set[int]]]:
    name, number, count = "", 0, 0
    records: list[Record] = []
    dated: set[int] = set()
    for event, element in iterparse(io.BytesIO(data), events=("start", "end")):
        if element.tag == _NS + "Worksheet" and event == "start":
            name, records, number, dated = element.get(_NS + "Name", ""), [], 0, set()
        elif element.tag == _NS + "Row" and event == "end":
            cells = _cells(element, dated, source, limits)
            number = _index(element, number, limits.max_rows, source, Text("rows", "baris"))
            count += len(cells) + 1
            if count > limits.max_workbook_cells:
                raise refuse_size(source, Text("cells", "sel"), limits.max_workbook_cells)
            if max(map(len, cells), default=0) > limits.max_cell_chars:
                raise refuse_cell(source, number, limits.max_cell_chars)
            _fill_gap(records, number)
            records.append(Record(number, cells))
            element.clear()
        elif element.tag == _NS + "Worksheet":
            yield name, _even(records), dated
            element.clear()


def _fill_gap(records: list[Record], number: int) -> None:
    last = records[-1].number if records else 0
    # Rows left out are blank; one blank record says so however many they are.
    if number > last + 1:
        records.append(Record(number - 1, []))


def _index(element: Any, last: int, limit: int, source: str, what: Text) -> int:
    number = int(element.get(_NS + "Index", last + 1))
    if number <= last or number > limit:
        raise refuse_size(source, what, limit)
    return number


def _cells(row: Any, dated: set[int], source: str, limits: Limits) -> list[str]:
    cells: list[str] = []
    for cell in row.findall(_NS + "Cell"):
        column = _index(cell, len(cells), limits.max_columns, source, Text("columns", "kolom"))
        cells.extend([""] * (column - 1 - len(cells)))
        data = cell.find(_NS + "Data")
        cells.append("" if data is None else _render(data, column - 1, dated))
        merged = int(cell.get(_NS + "MergeAcross", 0))
        cells.extend([""] * min(max(merged, 0), limits.max_columns))
    return cells


def _render(data: Any, column: int, dated: set[int]) -> str:
    text = "".join(data.itertext())
    kind = data.get(_NS + "Type", "String")
    if kind == "Number" and text.strip():
        return render_number(float(text))
    if kind == "DateTime" and text.strip():
        dated.add(column)
        return render_moment(datetime.fromisoformat(text.strip()))
    if kind == "Boolean":
        return "TRUE" if text.strip() == "1" else "FALSE"
    return text


def _even(records: list[Record]) -> list[Record]:
    """Give all records of a worksheet one width, as a workbook has it."""
    width = max((len(record.cells) for record in records), default=0)
    return [
        Record(record.number, record.cells + [""] * (width - len(record.cells)))
        for record in records
    ]
