"""The form of a fact table: columns with type, meaning and additivity, and a natural key."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa

from tolok.base import DefinitionError, Text

Type = Literal["text", "int", "float", "money", "date", "moment", "bool"]
Kind = Literal[
    "key",  # part of what names the row
    "attribute",  # says something about the row; the latest known wins
    "flow",  # adds over time
    "level",  # a state at a moment; the last one counts
    "lifetime",  # total so far; differences make a flow
    "unique",  # people; never adds over days, posts or networks
    "average",  # needs its weight to be combined
    "ratio",  # never stored as truth: only a check against its parts
]

ARROW_TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "int": pa.int64(),
    "float": pa.float64(),
    "money": pa.decimal128(20, 4),
    "date": pa.date32(),
    "moment": pa.timestamp("us"),
    "bool": pa.bool_(),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a fact table; `moment` values are naive UTC."""

    name: str
    type: Type
    kind: Kind
    meaning: Text
    weight: str | None = None  # for an average: the column that weighs it

    @property
    def is_measure(self) -> bool:
        """Whether the column holds a number that metrics may read."""
        return self.kind not in ("key", "attribute")


# Every row knows when its source showed it, when Tolok wrote it, and where it came from.
PROVENANCE: tuple[Column, ...] = (
    Column("observed_at", "moment", "attribute", Text(
        "moment at which the source showed these values", "saat sumber menampilkan nilai ini")),
    Column("recorded_at", "moment", "attribute", Text(
        "moment at which Tolok wrote the row", "saat Tolok menulis baris ini")),
    Column("batch", "text", "attribute", Text(
        "the import or action that wrote the row", "impor atau tindakan yang menulis baris ini")),
    Column("source", "text", "attribute", Text(
        "the kind of file or the room that gave the row", "jenis berkas atau bagian asal baris")),
    Column("file", "text", "attribute", Text(
        "SHA-256 of the file the row was read from", "SHA-256 berkas asal baris")),
    Column("row", "int", "attribute", Text(
        "row number in that file, as a spreadsheet shows it",
        "nomor baris di berkas itu, seperti tampak di lembar sebar")),
)  # fmt: skip

BRAND = Column("brand", "text", "key", Text("the brand the fact belongs to", "merek pemilik fakta"))


@dataclass(frozen=True, slots=True)
class Table:
    """One fact table: what a row is, its columns, and what names a row.

    `time` is the column that places a row in the calendar; rows are stored by its month.
    `brand` is always the first column and the first part of the key. `listed_in` names the tables
    whose imported files list these rows: a day none of them covers may hold rows nobody knows of.
    Without it the table is the workspace's own, and no row means none.
    """

    key: str
    name: Text
    meaning: Text
    columns: tuple[Column, ...]
    time: str | None
    personal: tuple[str, ...] = ()  # columns that may name a person; cleared on request
    retention_months: int | None = None  # None: kept for ever
    listed_in: tuple[str, ...] = ()
    ends: str | None = None  # date column after which the row no longer stands; null: it still does
    _by_name: dict[str, Column] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for column in (BRAND, *self.columns, *PROVENANCE):
            if column.name in self._by_name:
                raise DefinitionError(
                    Text("Table {table} declares column {column} twice.",
                         "Tabel {table} menyebut kolom {column} dua kali."),
                    table=self.key, column=column.name,
                )  # fmt: skip
            self._by_name[column.name] = column
        if self.time is not None and self._by_name.get(self.time) is None:
            raise DefinitionError(
                Text("Table {table} has no time column {column}.",
                     "Tabel {table} tidak punya kolom waktu {column}."),
                table=self.key, column=self.time,
            )  # fmt: skip

    @property
    def natural_key(self) -> tuple[str, ...]:
        """Return the columns that name a row, brand first."""
        return ("brand", *(c.name for c in self.columns if c.kind == "key"))

    @property
    def values(self) -> tuple[str, ...]:
        """Return the columns that are not part of the key and not provenance."""
        return tuple(c.name for c in self.columns if c.kind != "key")

    @property
    def measures(self) -> tuple[Column, ...]:
        """Return the columns that hold numbers."""
        return tuple(c for c in self.columns if c.is_measure)

    @property
    def is_time_in_key(self) -> bool:
        """Whether the time column names the row, so that a row never changes its month."""
        return self.time is not None and self.time in self.natural_key

    def column(self, name: str) -> Column:
        """Return the declared column; raises DefinitionError when there is none."""
        try:
            return self._by_name[name]
        except KeyError:
            raise DefinitionError(
                Text("Table {table} has no column {column}.",
                     "Tabel {table} tidak punya kolom {column}."),
                table=self.key, column=name,
            ) from None  # fmt: skip

    @property
    def schema(self) -> pa.Schema:
        """Return the Arrow schema of a stored row, provenance included."""
        return pa.schema([(n, ARROW_TYPES[c.type]) for n, c in self._by_name.items()])
