"""The team's own spreadsheets: told once what each column means, remembered as a TOML file."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc
import tomli_w

from tolok.base import Text, UserError
from tolok.connectors import (
    Connector,
    Export,
    Extract,
    Field,
    Recognised,
    Source,
    load_connectors,
)
from tolok.connectors.aliases import aliases_of
from tolok.connectors.reading import Sheet, fold_header
from tolok.lake import Table, load_tables, table_of

Reads = Literal["text", "id", "count", "number", "percent", "money", "duration", "day", "moment"]

_READS: dict[str, Reads] = {
    "text": "text", "int": "count", "float": "number", "money": "money", "date": "day",
    "moment": "moment",
}  # fmt: skip
OWN = "own"


@dataclass(frozen=True)
class ColumnRead:
    """One column of a spreadsheet: which lake column it fills, and how its cells are read."""

    header: str
    column: str
    reads: Reads
    unit: str | None = None
    order: Literal["mdy", "dmy"] | None = None


@dataclass(frozen=True)
class SheetMapping:
    """What the columns of the team's own spreadsheet mean.

    A sheet that has all `columns` is read by it. `fixed` gives lake columns one value for all rows
    (the platform, the account); `platform` is also put before ids and handles that lack it.
    """

    name: str
    table: str
    columns: tuple[ColumnRead, ...]
    platform: str = ""
    account: str | None = None
    fixed: Mapping[str, str] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        """Return a short name of the set of headers the mapping asks for."""
        heads = "|".join(sorted(fold_header(c.header) for c in self.columns))
        return hashlib.sha256(heads.encode()).hexdigest()[:12]

    def check(self) -> None:
        """Raise UserError when a column or table does not exist, or a part of the key is missing."""
        tables = load_tables()
        if self.table not in tables:
            raise UserError(
                Text("There is no table {table}.", "Tidak ada tabel {table}."),
                Text("Known tables: {known}.", "Tabel yang ada: {known}."),
                table=self.table, known=", ".join(tables),
            )  # fmt: skip
        table = tables[self.table]
        for name in (*(c.column for c in self.columns), *self.fixed):
            table.column(name)
        given = {c.column for c in self.columns} | set(self.fixed) | _told_anyway(self)
        lacking = [n for n in table.natural_key[1:] if n not in given]
        if lacking:
            raise UserError(
                Text("The mapping says nothing about {columns}, without which a row has no place.",
                     "Pemetaan tidak menyebut {columns}, padahal tanpa itu baris tidak punya tempat."),
                Text("Name a column for each, or one value for all rows.",
                     "Sebutkan kolomnya, atau satu nilai untuk semua baris."),
                columns=", ".join(lacking),
            )  # fmt: skip


def _told_anyway(mapping: SheetMapping) -> set[str]:
    starts = {c.column for c in mapping.columns}
    return {"account"} | ({"until"} if "start" in starts else set())


class Mappings:
    """The mappings of one workspace: one TOML file each, in a folder of its own."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)

    def all(self) -> list[SheetMapping]:
        """Return every saved mapping, by name; a file that cannot be read raises UserError."""
        if not self.folder.is_dir():
            return []
        return [_load(path) for path in sorted(self.folder.glob("*.toml"))]

    def save(self, mapping: SheetMapping) -> Path:
        """Check and keep a mapping, in place of an earlier one for the same headers."""
        mapping.check()
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{_slug(mapping.name)}-{mapping.signature}.toml"
        for earlier in self.folder.glob(f"*-{mapping.signature}.toml"):
            earlier.unlink()
        path.write_text(tomli_w.dumps(_dump(mapping)), encoding="utf-8")
        return path

    def find(self, sheet: Sheet) -> SheetMapping | None:
        """Return the mapping whose columns all stand in the sheet; the one with most columns."""
        heads = {fold_header(h) for h in sheet.header}
        fitting = [m for m in self.all() if {fold_header(c.header) for c in m.columns} <= heads]
        return max(fitting, key=lambda m: len(m.columns), default=None)


def recognise_mapped(sheet: Sheet, mappings: Mappings) -> Recognised | None:
    """Return the sheet recognised by a saved mapping, or None."""
    mapping = mappings.find(sheet)
    if mapping is None:
        return None
    heads = [fold_header(h) for h in sheet.header]
    columns = {c.column: heads.index(fold_header(c.header)) for c in mapping.columns}
    export = _export_of(mapping)
    name = Text("Own spreadsheets", "Lembar kerja sendiri")
    connector = Connector(OWN, name, {}, (export,), folder=__package__ or "tolok.intake")
    return Recognised(connector, export, "", columns, float(len(columns)))


def _export_of(mapping: SheetMapping) -> Export:
    fields = tuple(
        Field(c.column, c.reads, c.column, required=True, unit=c.unit, order=c.order)  # type: ignore[arg-type]
        for c in mapping.columns
    )
    return Export(
        key=f"{OWN}.{_slug(mapping.name)}",
        name=Text(mapping.name, mapping.name),
        platform=mapping.platform or None,
        fields=fields,
        read=lambda source: _read(source, mapping),
    )


def _read(source: Source, mapping: SheetMapping) -> Extract:
    table = table_of(mapping.table)
    columns: dict[str, Any] = source.filled() | dict(mapping.fixed)
    names = {c.name for c in table.columns}
    if mapping.platform and "platform" in names:
        columns.setdefault("platform", mapping.platform)
    if "account" in names:
        given = columns.get("account")
        columns["account"] = (
            _prefixed(given, mapping.platform) if isinstance(given, pa.ChunkedArray)
            else given or mapping.account or source.account(*filter(None, [mapping.platform]))
        )  # fmt: skip
    if isinstance(columns.get("post"), pa.ChunkedArray):
        columns["post"] = _prefixed(columns["post"], mapping.platform)
    if "until" in names and "until" not in columns and "start" in columns:
        day = pc.add(columns["start"].cast(pa.int32()), pa.scalar(1, pa.int32()))
        columns["until"] = day.cast(pa.date32())
    if "currency" in names and "currency" not in columns:
        money = next((c.column for c in mapping.columns if c.reads == "money"), None)
        columns |= {"currency": source.currency(money)} if money else {}
    if mapping.table == "posts":
        columns.setdefault("published_precision", _precision(source))
    everything = [pc.is_null(source.raw(c.column)) for c in mapping.columns]
    blank = everything[0]
    for other in everything[1:]:
        blank = pc.and_(blank, other)
    source.skip(blank)
    return source.extract({mapping.table: columns})


def _precision(source: Source) -> str:
    field_ = source.export.field("published_at")
    return "minute" if field_ and source.has_time("published_at") else "day"


def _prefixed(values: pa.ChunkedArray, platform: str) -> pa.ChunkedArray:
    """Put `platform:` before what has no platform yet."""
    if not platform:
        return values
    trimmed = pc.utf8_ltrim(values, characters="@' ")
    full = pc.binary_join_element_wise(platform, trimmed, ":")
    return pc.if_else(pc.starts_with(values, f"{platform}:"), values, full)


# -- proposing a mapping ------------------------------------------------------------------------


def suggest_mapping(sheet: Sheet, *, table: str | None = None, name: str = "") -> SheetMapping:
    """Return a first draft: each header that some platform uses, or that is a column's name.

    The table is the one that knows most of the headers, unless told. A person must look it over:
    one word may mean different things on different platforms.
    """
    known = load_tables()
    drafts = {
        key: _draft(sheet, known[key]) for key in ([table] if table else _MAPPABLE) if key in known
    }
    best = max(drafts, key=lambda key: _weight(known[key], drafts[key]))
    return SheetMapping(name or sheet.name or Path(sheet.source).stem, best, drafts[best])


_MAPPABLE = ("posts", "account_days", "account_periods", "ad_results", "site_traffic", "audience")


def _weight(table: Table, columns: Sequence[ColumnRead]) -> float:
    keys = sum(1 for c in columns if c.column in table.natural_key)
    return len(columns) + 3 * keys / max(1, len(table.natural_key) - 1)


def _draft(sheet: Sheet, table: Table) -> tuple[ColumnRead, ...]:
    meanings = _meanings()
    found: dict[str, ColumnRead] = {}
    for header in sheet.header:
        folded = fold_header(header)
        ways = [
            folded.replace(" ", "_"),
            *(c for c, _ in meanings.get(folded, Counter()).most_common()),
        ]
        column = next((w for w in ways if _fits(table, w) and w not in found), None)
        if column is None and folded in _DAYS and table.time and table.time not in found:
            column = table.time
        if column is not None:
            reads = "id" if column == "post" else _READS[table.column(column).type]
            found[column] = ColumnRead(header, column, reads)
    return tuple(found.values())


_DAYS = frozenset({"date", "day", "tanggal", "hari", "published", "posted at", "tanggal terbit"})


def _fits(table: Table, name: str) -> bool:
    return any(c.name == name and c.type in _READS for c in table.columns)


def _meanings() -> Mapping[str, Counter[str]]:
    """Return, per folded header of any platform and language, the lake columns it fills."""
    found: dict[str, Counter[str]] = {}
    for connector in load_connectors().values():
        for export in connector.exports:
            columns = {f.name: f.column for f in export.fields if f.column}
            for aliases in aliases_of(connector, export).values():
                for name, heads in aliases.items():
                    for head in heads if name in columns else ():
                        found.setdefault(head, Counter())[str(columns[name])] += 1
    return found


# -- as TOML ------------------------------------------------------------------------------------


def _dump(mapping: SheetMapping) -> dict[str, Any]:
    top = {"name": mapping.name, "table": mapping.table, "platform": mapping.platform}
    if mapping.account:
        top["account"] = mapping.account
    columns = [{k: v for k, v in vars_of(c).items() if v is not None} for c in mapping.columns]
    return {**top, "fixed": dict(mapping.fixed), "columns": columns}


def vars_of(column: ColumnRead) -> dict[str, str | None]:
    """Return the parts of a column's reading by name."""
    return {
        "header": column.header, "column": column.column, "reads": column.reads,
        "unit": column.unit, "order": column.order,
    }  # fmt: skip


def _load(path: Path) -> SheetMapping:
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        columns = tuple(ColumnRead(**c) for c in said["columns"])
        return SheetMapping(
            said["name"], said["table"], columns, said.get("platform", ""), said.get("account"),
            said.get("fixed", {}),
        )  # fmt: skip
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise UserError(
            Text("The mapping {path} cannot be read: {reason}",
                 "Pemetaan {path} tidak terbaca: {reason}"),
            Text("Mend it, or delete it and tell the columns again.",
                 "Perbaiki, atau hapus lalu jelaskan kolomnya lagi."),
            path=str(path), reason=str(error),
        ) from error  # fmt: skip


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "sheet"


__all__ = ["ColumnRead", "Mappings", "SheetMapping", "recognise_mapped", "suggest_mapping"]
