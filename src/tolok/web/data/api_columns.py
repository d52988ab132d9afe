# ruff: noqa: ARG001 - addresses name the brand and the import; the gate has found them
"""Operations on a table Tolok does not know: see its columns, try what they mean, have it remembered."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from tolok.base import Text, UserError
from tolok.connectors import platform_facts
from tolok.connectors.reading import Sheet
from tolok.intake import SheetMapping, suggest_mapping
from tolok.lake import Table, table_of
from tolok.web.bodies import Body, Refused, Words, both
from tolok.web.operations import AT, Gate, access_of

from .api_imports import ImportOut, go_on, has_import, open_drop, tell_import
from .mapping import TABLES, fillable, keep_mapping, path_in, read_mapping, sheet_of, try_mapping
from .models import Drop

ROUTER = Router(tags=["imports"])
_AT = f"{AT}/imports/{{int:number}}/columns"
_CELLS = 3
_KNOWN = Text("Known are: {known}.", "Yang dikenal: {known}.")
_NO_TABLE = Text("{name} is no kind of row a spreadsheet can fill.",
                 "{name} bukan jenis baris yang bisa diisi lembar kerja.")  # fmt: skip
_NO_PLATFORM = Text("There is no platform {name}.", "Tidak ada platform {name}.")
_NO_HEADER = Text("The table has no column {name}.", "Tabel ini tidak punya kolom {name}.")
_NO_COLUMN = Text("{name} is nothing a column can mean here.",
                  "{name} bukan arti kolom yang dikenal di sini.")  # fmt: skip
_TWICE = Text("Two columns are said to be {name}.", "Dua kolom disebut sebagai {name}.")
_ONE = Text("Name one column for it.", "Sebutkan satu kolom saja.")


class WhichTable(Body):
    """Which table: of which file (by its path; left out, the first with an unknown table)."""

    file: str = Field("", max_length=2000)
    sheet: int | None = Field(None, ge=0, le=10_000)


class MeaningsIn(WhichTable):
    """What the columns of a table mean: `columns` gives headers of it what they are said to be."""

    table: str = Field(max_length=40, examples=["account_days"])
    columns: dict[str, str] = Field(
        min_length=1, max_length=200, examples=[{"Tanggal": "day", "Pengikut": "followers"}]
    )
    name: str = Field("", max_length=80)
    platform: str = Field("", max_length=40)
    account: str = Field("", max_length=200)
    order: Literal["", "dmy", "mdy"] = ""


class MeaningOut(Schema):
    """What a column can mean."""

    name: str
    meaning: Words
    type: str


class KindOfRowOut(Schema):
    """What one row of a table can be, and what its columns can mean then."""

    table: str
    name: Words
    columns: list[MeaningOut]


class HeaderOut(Schema):
    """A column as it stands in the file: its header, first cells, and what it is taken to mean."""

    header: str
    cells: list[str]
    proposed: str | None


class ColumnsOut(Schema):
    """A table with unknown columns, a proposal for it, and everything it could be."""

    file: str
    sheet: int
    name: str
    proposed_table: str
    headers: list[HeaderOut]
    tables: list[KindOfRowOut]
    platforms: list[str]


class TriedOut(Schema):
    """What a table gives when its columns mean this: how many rows, and the first of them."""

    rows_taken: int
    set_aside: int
    rows: list[dict[str, Any]]


def _find(drop: Drop, which: WhichTable) -> tuple[Path, int, Sheet]:
    """Return the file, the number of the table in it, and the table; raises Http404."""
    unknown = {
        v["path"]: [n for n, part in enumerate(v["parts"]) if part["state"] == "unknown"]
        for v in drop.verdicts
    }
    name = which.file or next((path for path, numbers in unknown.items() if numbers), "")
    path = path_in(drop, name)
    number = which.sheet if which.sheet is not None else next(iter(unknown[name]), 0)
    return path, number, sheet_of(path, str(number))


def _table(key: str) -> Table:
    if key not in TABLES:
        raise UserError(_NO_TABLE, _KNOWN, name=key[:40], known=", ".join(TABLES))
    return table_of(key)


def _read(sheet: Sheet, body: MeaningsIn) -> SheetMapping:
    """Return what was said of the columns; raises UserError for what is not in the file or table."""
    known = [c.name for c in fillable(_table(body.table))]
    platforms = sorted(platform_facts().names)
    if body.platform and body.platform not in platforms:
        raise UserError(_NO_PLATFORM, _KNOWN, name=body.platform, known=", ".join(platforms))
    for header, column in body.columns.items():
        if not header or header not in sheet.header:
            raise UserError(_NO_HEADER, _KNOWN, name=header[:80] or "“”",
                            known=", ".join(h for h in sheet.header if h)[:400])  # fmt: skip
        if column not in known:
            raise UserError(_NO_COLUMN, _KNOWN, name=column[:80], known=", ".join(known))
    said = list(body.columns.values())
    if twice := [column for column in known if said.count(column) > 1]:
        raise UserError(_TWICE, _ONE, name=twice[0])
    places = {f"column.{n}": body.columns.get(header, "") for n, header in enumerate(sheet.header)}
    typed = {n: getattr(body, n) for n in ("name", "platform", "account", "order")}
    return read_mapping({**typed, **places}, sheet, body.table)


@ROUTER.get(_AT, response=ColumnsOut, auth=Gate("bring", has_import))
def get_import_columns(
    request: HttpRequest, brand: str, number: int, which: Query[WhichTable], table: str = ""
) -> ColumnsOut:
    """Return the columns of a table that an import waits to have named, with a proposal."""
    path, place, sheet = _find(drop := open_drop(number), which)
    draft = suggest_mapping(sheet, table=_table(table).key if table else None)
    proposed = {c.header: c.column for c in draft.columns}
    first = sheet.head(_CELLS)
    return ColumnsOut(
        file=path.relative_to(drop.folder).as_posix(), sheet=place, name=draft.name,
        proposed_table=draft.table, platforms=sorted(platform_facts().names),
        headers=[
            HeaderOut(header=header, cells=[cell for row in first if (cell := row[n])],
                      proposed=proposed.get(header))
            for n, header in enumerate(sheet.header)
        ],
        tables=[
            KindOfRowOut(table=t.key, name=both(t.name), columns=[
                MeaningOut(name=c.name, meaning=both(c.meaning), type=c.type) for c in fillable(t)
            ])
            for t in map(table_of, TABLES)
        ],
    )  # fmt: skip


@ROUTER.post(f"{_AT}/try", response=TriedOut, auth=Gate("bring", has_import))
def try_import_columns(request: HttpRequest, brand: str, number: int, body: MeaningsIn) -> TriedOut:
    """Return what a table would give when its columns mean this; nothing is kept."""
    path, _place, sheet = _find(open_drop(number), body)
    draft = _read(sheet, body)
    tried = try_mapping(access_of(request), path, draft)
    if "fault" in tried:
        raise Refused([("", tried["fault"])])
    names = [c.column for c in draft.columns]
    rows = [dict(zip(names, map(_plain, row), strict=True)) for row in tried["rows"]]
    return TriedOut(rows_taken=tried["count"], set_aside=tried["aside"], rows=rows)


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, bool | int | float) else str(value)


@ROUTER.put(_AT, response={202: ImportOut}, auth=Gate("bring", has_import))
def name_import_columns(request: HttpRequest, brand: str, number: int, body: MeaningsIn) -> Status:
    """Say what the columns mean: the import goes on, and every table with these headers is read so."""
    access = access_of(request)
    drop = open_drop(number)
    _path, _place, sheet = _find(drop, body)
    keep_mapping(request, access, _read(sheet, body))
    go_on(drop, access)
    return Status(202, tell_import(number))
