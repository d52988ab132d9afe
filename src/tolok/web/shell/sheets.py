"""Tables as files: CSV that opens rightly in a spreadsheet, XLSX, both safe from formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

import xlsxwriter
from django.http import HttpResponse
from django.utils.text import slugify

CellValue: TypeAlias = str | int | float | Decimal | date | datetime | bool | None
# A spreadsheet takes a cell that begins so for a formula.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
_BOM = "\ufeff"
_TYPES = {
    "zip": "application/zip",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "png": "image/png",
}
_SHEET_NAME = 31
_WIDEST = 60


@dataclass(frozen=True)
class Sheet:
    """A table for a file: name, what stands above it, heads and rows of plain values."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[CellValue]]
    notes: Sequence[str] = ()


def make_safe(value: CellValue) -> CellValue:
    """Return a cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(_DANGEROUS):
        return "'" + value
    return value


def write_csv(sheet: Sheet) -> bytes:
    """Return the sheet as CSV with a mark of its encoding, which spreadsheets ask for."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([make_safe(head) for head in sheet.heads])
    writer.writerows([[make_safe(_plain(value)) for value in row] for row in sheet.rows])
    return (_BOM + out.getvalue()).encode()


def _plain(value: CellValue) -> CellValue:
    return value.isoformat(" ") if isinstance(value, datetime) else value


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Return the sheets as a workbook; text is text, whatever it begins with."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd",
               "remove_timezone": True, "nan_inf_to_errors": True}  # fmt: skip
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        quiet = book.add_format({"italic": True, "font_color": "#5d6474"})
        for sheet in sheets:
            page = book.add_worksheet(_sheet_name(sheet.name, {p.name for p in book.worksheets()}))
            for line, note in enumerate(sheet.notes):
                page.write_string(line, 0, note, quiet)
            top = len(sheet.notes) + bool(sheet.notes)
            page.write_row(top, 0, list(sheet.heads), bold)
            for line, row in enumerate(sheet.rows, start=top + 1):
                page.write_row(line, 0, list(row))
            page.freeze_panes(top + 1, 0)
            for number, head in enumerate(sheet.heads):
                longest = max([len(head), *(len(str(r[number] or "")) for r in sheet.rows)])
                page.set_column(number, number, min(_WIDEST, longest + 2))
    return out.getvalue()


def _sheet_name(name: str, taken: set[str]) -> str:
    clean = "".join(c for c in name if c not in "[]:*?/\\'").strip()[:_SHEET_NAME] or "Tolok"
    number, free = 1, clean
    while free.lower() in {t.lower() for t in taken}:
        number += 1
        free = f"{clean[: _SHEET_NAME - 4]} {number}"
    return free


def send(content: bytes, form: str, *names: str) -> HttpResponse:
    """Return a file to keep, named after brand, thing and period."""
    name = "-".join(slugify(part) or "tolok" for part in names)
    head = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return HttpResponse(content, content_type=_TYPES[form], headers=head)
