"""Workbooks of Excel, XLSX and XLS, read with their cell types."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date

import python_calamine as calamine

from tolok.base import Text

from .archive import check_sizes, read_in_pieces
from .blocks import read_blocks
from .cells import render_cell
from .content import check_ole
from .growing import Origin
from .records import Record
from .refusals import refuse_cell, refuse_damaged, refuse_encrypted, refuse_no_table, refuse_size
from .sheet import Kind, Limits, Sheet

_CELLS = Text("cells", "sel")
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})?(\d{1,7})"')
_BROKEN = Text("it cannot be opened as a workbook", "tidak bisa dibuka sebagai buku kerja")


def read_xlsx(data: bytes, source: str, limits: Limits) -> list[Sheet]:
    """Return the tables of all sheets of an XLSX; raise UserError when it cannot be read."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_sizes(archive, source, limits)
        _check_extent(archive, source, limits)
    return _read(data, source, limits, "xlsx")


def read_xls(data: bytes, source: str, limits: Limits) -> list[Sheet]:
    """Return the tables of all sheets of a binary XLS; raise UserError when it cannot be read."""
    check_ole(data, source)
    return _read(data, source, limits, "xls")


def _check_extent(archive: zipfile.ZipFile, source: str, limits: Limits) -> None:
    """One stray cell at XFD1048576 would make the reader lay out 17 billion cells."""
    for info in archive.infolist():
        if not re.fullmatch(r"xl/worksheets/[^/]+\.xml", info.filename):
            continue
        rows = columns = 0
        for piece in read_in_pieces(archive, info, source, limits, overlap=64):
            for letters, digits in _REFERENCE.findall(piece):
                rows = max(rows, int(digits))
                columns = max(columns, _column_number(letters)) if letters else columns
        if columns > limits.max_columns:
            raise refuse_size(source, Text("columns", "kolom"), limits.max_columns)
        if rows * max(columns, 1) > limits.max_workbook_cells:
            raise refuse_size(source, _CELLS, limits.max_workbook_cells)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _read(data: bytes, source: str, limits: Limits, kind: Kind) -> list[Sheet]:
    try:
        sheets = _read_sheets(data, source, limits, kind)
    except calamine.PasswordError as error:
        raise refuse_encrypted(source) from error
    except calamine.CalamineError as error:
        raise refuse_damaged(source, _BROKEN) from error
    except BaseException as error:
        # A panic of the Rust reader is no Exception; it means a damaged file all the same.
        if type(error).__name__ == "PanicException":
            raise refuse_damaged(source, _BROKEN) from error
        raise
    if not sheets:
        raise refuse_no_table(source)
    return sheets


def _read_sheets(data: bytes, source: str, limits: Limits, kind: Kind) -> list[Sheet]:
    book = calamine.CalamineWorkbook.from_object(io.BytesIO(data))
    if len(book.sheet_names) > limits.max_sheets:
        raise refuse_size(source, Text("sheets", "lembar"), limits.max_sheets)
    sheets: list[Sheet] = []
    for name in book.sheet_names:
        sheets.extend(_read_sheet(book, name, source, limits, kind))
    return sheets


def _read_sheet(
    book: calamine.CalamineWorkbook, name: str, source: str, limits: Limits, kind: Kind
) -> list[Sheet]:
    sheet = book.get_sheet_by_name(name)
    if sheet.start is None:
        return []
    dated: set[int] = set()
    origin = Origin(
        source=source,
        name=name,
        encoding="",
        separator="",
        kind=kind,
        notes=(),
        limits=limits,
        dated=dated,
    )
    return list(read_blocks(_records(sheet, dated, source, limits), origin))


def _records(
    sheet: calamine.CalamineSheet, dated: set[int], source: str, limits: Limits
) -> Iterator[Record]:
    first_row, first_column = sheet.start or (0, 0)
    left = [""] * first_column
    for number in range(1, first_row + 1):
        yield Record(number, [])
    for number, row in enumerate(sheet.to_python(skip_empty_area=True), first_row + 1):
        cells = left + [render_cell(value) for value in row]
        for index, value in enumerate(row):
            if isinstance(value, date):
                dated.add(index + first_column)
        if max(map(len, cells), default=0) > limits.max_cell_chars:
            raise refuse_cell(source, number, limits.max_cell_chars)
        yield Record(number, cells)
