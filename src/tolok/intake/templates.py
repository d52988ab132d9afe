"""Templates: an empty spreadsheet for any table, which tolok import knows by its first header."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter

from tolok.base import Language, Text, UserError
from tolok.connectors import Connector, Export, Extract, Field, Recognised, Source
from tolok.connectors.reading import Sheet
from tolok.lake import Column, Table, load_tables, table_of

MARK = "tolok:"  # the first header is this and the table's key
_NOTE = "#"  # lines whose first cell begins with it are not read
_READS: dict[str, Any] = {
    "text": "text", "int": "count", "float": "number", "money": "money", "date": "day",
    "moment": "moment", "bool": "text",
}  # fmt: skip
_WORDS = {
    "text": Text("text", "teks"),
    "int": Text("whole number", "bilangan bulat"),
    "float": Text("number", "angka"),
    "money": Text("money, digits only", "uang, angka saja"),
    "date": Text("day: 2026-10-31", "hari: 2026-10-31"),
    "moment": Text("day and time: 2026-10-31 14:05", "hari dan jam: 2026-10-31 14:05"),
    "bool": Text("yes or no", "ya atau tidak"),
}
_NEEDED = Text("needed", "wajib")
_TRUE = frozenset({"yes", "y", "true", "1", "ya", "benar", "x"})
_FALSE = frozenset({"no", "n", "false", "0", "tidak", "salah"})
_ODD = Text("“{column}” says neither yes nor no", "“{column}” bukan ya atau tidak")


def template_lines(table_key: str, language: Language) -> list[list[str]]:
    """Return header, meanings and types of a table's template; raises UserError for no such table."""
    table = _table(table_key)
    columns = template_columns(table)
    types = [
        _WORDS[c.type].say(language)
        + (f" ({_NEEDED.say(language)})" if c.name in table.natural_key else "")
        for c in columns
    ]
    return [
        [f"{MARK}{table.key}", *(c.name for c in columns)],
        [_NOTE, *(c.meaning.say(language) for c in columns)],
        [_NOTE, *types],
    ]


def template_columns(table: Table) -> tuple[Column, ...]:
    """Return the columns a person fills: all but the brand and where a row came from."""
    return table.columns


def template_csv(table_key: str, language: Language) -> str:
    """Return the template of a table as CSV text."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(template_lines(table_key, language))
    return out.getvalue()


def write_template(table_key: str, path: Path, language: Language) -> Path:
    """Write the template of a table as .xlsx or .csv, by the ending of the path."""
    if path.suffix.lower() != ".xlsx":
        path.write_text(template_csv(table_key, language), encoding="utf-8-sig")
        return path
    lines = template_lines(table_key, language)
    safe = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), safe) as book:
        sheet = book.add_worksheet(table_key[:31])
        head, quiet = book.add_format({"bold": True}), book.add_format({"font_color": "#666666"})
        for row, cells in enumerate(lines):
            sheet.write_row(row, 0, cells, head if row == 0 else quiet)
        sheet.freeze_panes(len(lines), 1)
        sheet.set_column(0, len(lines[0]), 22)
    return path


def recognise_template(sheet: Sheet) -> Recognised | None:
    """Return the sheet recognised as a template by its first header, or None.

    Headers that are no column of the table are passed over; the order of columns is free.
    """
    mark = next((h.strip() for h in sheet.header if h.strip().lower().startswith(MARK)), None)
    if mark is None:
        return None
    table = load_tables().get(mark[len(MARK) :].strip().lower())
    if table is None:
        return None
    names = {h.strip().lower(): i for i, h in reversed(list(enumerate(sheet.header)))}
    fields = [Field(c.name, _READS[c.type], c.name) for c in table.columns if c.name in names]
    export = Export(
        key=f"template.{table.key}", name=Text(f"Template: {table.name.en}",
                                               f"Templat: {table.name.id}"),
        platform=None, fields=(Field("mark", "text"), *fields),
        read=lambda source: _read(source, table),
    )  # fmt: skip
    connector = Connector(
        "template", Text("Templates", "Templat"), {}, (export,), folder=__package__
    )
    mapping = {"mark": sheet.header.index(next(h for h in sheet.header if h.strip() == mark))}
    mapping |= {f.name: names[f.name] for f in fields}
    return Recognised(connector, export, "", mapping, float(len(mapping)))


def _read(source: Source, table: Table) -> Extract:
    note = pc.fill_null(pc.starts_with(source.raw("mark"), _NOTE), False)
    blank = note
    filled = [source.raw(f.name) for f in source.export.fields if f.column]
    nothing = [pc.is_null(column) for column in filled]
    everything = nothing[0] if nothing else note
    for other in nothing[1:]:
        everything = pc.and_(everything, other)
    source.skip(pc.or_(blank, everything))
    columns: dict[str, Any] = source.filled()
    for column in table.columns:
        if column.type == "bool" and column.name in columns:
            columns[column.name] = _yes_or_no(source, column.name)
    names = {c.name for c in table.columns}
    if "account" in table.natural_key and "account" not in columns:
        columns["account"] = source.account()
    money = next((c.name for c in table.columns if c.type == "money" and source.has(c.name)), None)
    if "currency" in names and money is not None:
        columns["currency"] = source.currency(money, "currency")
    return source.extract({table.key: columns})


def _yes_or_no(source: Source, name: str) -> pa.ChunkedArray:
    told = pc.utf8_lower(pc.utf8_trim_whitespace(source.raw(name)))
    yes = pc.is_in(told, pa.array(sorted(_TRUE)))
    known = pc.or_(yes, pc.is_in(told, pa.array(sorted(_FALSE))))
    odd = pc.and_(pc.is_valid(told), pc.invert(known))
    source.set_aside(odd, _ODD, column=name)
    return pc.if_else(known, yes, pa.scalar(None, pa.bool_()))


def _table(key: str) -> Table:
    if key not in load_tables():
        raise UserError(
            Text("There is no table {table}.", "Tidak ada tabel {table}."),
            Text("Known tables: {known}.", "Tabel yang ada: {known}."),
            table=key, known=", ".join(load_tables()),
        )  # fmt: skip
    return table_of(key)
