"""Reading a lake: its fact tables as Ibis tables, now or as of one moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import ibis
from ibis.expr import types as ir

from .merge import latest_sql, scan_sql
from .shelf import table_of
from .store import Lake


@dataclass(frozen=True)
class LakeView:
    """The facts of one workspace as of one moment; every table at the same moment.

    Opening a view fixes which files it reads, so a write in between is not half seen.
    """

    lake: Lake
    as_of: datetime | None = None
    _files: dict[str, list[str]] = field(default_factory=dict, repr=False)
    _open: dict[str, Any] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        catalogue = self.lake.catalogue
        files = (
            catalogue.current_files()
            if self.as_of is None
            else catalogue.history_files(as_of=self.as_of)
        )
        for file in files:
            self._files.setdefault(file.table, []).append(self.lake.absolute(file.path))

    @property
    def connection(self) -> Any:
        """Return the Ibis backend of this view; opened at first use."""
        if "connection" not in self._open:
            connection = ibis.duckdb.connect()
            connection.raw_sql("SET TimeZone='UTC'")
            self._open["connection"] = connection
        return self._open["connection"]

    def paths(self, table: str) -> Sequence[str]:
        """Return the Parquet files this view reads for the table."""
        return tuple(self._files.get(table, ()))

    def is_empty(self, table: str) -> bool:
        """Whether the table holds no row in this view."""
        return not self._files.get(table)

    def table(self, key: str) -> ir.Table:
        """Return the fact table as an Ibis table: one row per natural key, latest values."""
        name = f"fact_{key}"
        if name not in self._open:
            table = table_of(key)
            source = scan_sql(self.paths(key), table)
            if self.as_of is not None and self.paths(key):
                source = latest_sql(table, source)
            columns = ", ".join(f'"{c}"' for c in table.schema.names)
            self.connection.raw_sql(
                f"CREATE OR REPLACE VIEW {name} AS SELECT {columns} FROM ({source})"
            )
            self._open[name] = self.connection.table(name)
        return self._open[name]

    def history(self, key: str) -> ir.Table:
        """Return every observation of the table, one row per key, file and row, oldest included."""
        name = f"history_{key}"
        if name not in self._open:
            table = table_of(key)
            files = self.lake.catalogue.history_files(key, as_of=self.as_of)
            source = scan_sql([self.lake.absolute(f.path) for f in files], table)
            columns = ", ".join(f'"{c}"' for c in table.schema.names)
            self.connection.raw_sql(
                f"CREATE OR REPLACE VIEW {name} AS SELECT {columns} FROM ({source})"
            )
            self._open[name] = self.connection.table(name)
        return self._open[name]

    def brands(self) -> list[str]:
        """Return the brands that own any fact, sorted."""
        found: set[str] = set()
        for key in self._files:
            found |= set(self.table(key).brand.name("brand").as_table().distinct()
                         .to_pyarrow()["brand"].to_pylist())  # fmt: skip
        return sorted(found)
