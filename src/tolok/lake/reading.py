"""Reading a lake: its fact tables as Ibis tables, now or as of one moment."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from ibis.expr import types as ir

from .backend import Backend, ConnectBackend, backend_of
from .catalogue import DataFile
from .shelf import table_of
from .store import Lake

MANY_ROWS = 200_000  # from here on it pays to ask files which columns hold no null


@dataclass(frozen=True)
class LakeView:
    """The facts of one workspace as of one moment; every table at the same moment.

    Opening a view fixes which files it reads, so a write in between is not half seen.
    """

    lake: Lake
    as_of: datetime | None = None
    _files: dict[str, list[DataFile]] = field(default_factory=dict, repr=False)
    _open: dict[str, Any] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        catalogue = self.lake.catalogue
        files = (
            catalogue.current_files()
            if self.as_of is None
            else catalogue.history_files(as_of=self.as_of)
        )
        for file in files:
            self._files.setdefault(file.table, []).append(file)

    @property
    def backend(self) -> Backend:
        """Return where questions are computed, as TOLOK_ENGINE says when the view is first asked."""
        if "backend" not in self._open:
            self._open["backend"] = backend_of()
        backend: Backend = self._open["backend"]
        return backend

    @property
    def connection(self) -> Any:
        """Return the Ibis backend of this view; opened at first use."""
        if "connection" not in self._open:
            backend = self.backend
            if isinstance(backend, ConnectBackend):
                connection = backend.ibis
            else:
                connection = ibis.duckdb.connect()
                connection.raw_sql("SET TimeZone='UTC'")
            self._open["connection"] = connection
        return self._open["connection"]

    def paths(self, table: str) -> Sequence[str]:
        """Return the Parquet files this view reads for the table."""
        return tuple(self.lake.absolute(f.path) for f in self._files.get(table, ()))

    def files(
        self, table: str, first: date | None = None, last: date | None = None
    ) -> Sequence[DataFile]:
        """Return what the catalogue says of the files this view reads for the table.

        Those that hold nothing from `first` up to, not including, `last` are left out.
        """
        found = self._files.get(table, ())
        if first is None or last is None:
            return tuple(found)
        low, high = first.isoformat(), last.isoformat()
        return tuple(
            f for f in found if f.low is None or f.high is None or (f.low < high and f.high >= low)
        )

    def version(self, table: str) -> Hashable:
        """Return what names the content of the table in this view: equal means equal rows."""
        return (str(self.lake.folder), self.as_of is None, *(f.path for f in self.files(table)))

    def scan(self, key: str, first: date | None = None, last: date | None = None) -> str:
        """Return SQL for the table's rows, in the backend's dialect.

        Files that hold nothing from `first` up to, not including, `last` are left out; both are
        of the type of the table's time column (moments in UTC). Other rows may still come.
        """
        found = self.files(key, first, last)
        paths = [self.lake.absolute(f.path) for f in found]
        if self.as_of is not None and found:
            # An observation may stand in a file of any month: all are needed to know the latest.
            paths = list(self.paths(key))
        return self.backend.scan(table_of(key), paths, merged=self.as_of is None)

    def full_columns(
        self, key: str, first: date | None = None, last: date | None = None
    ) -> frozenset[str]:
        """Return the columns without a null in any file a scan of these days reads.

        Told by the files themselves; nothing is told of few rows, of which it spares little, nor
        of facts as of a past moment.
        """
        found = self.files(key, first, last)
        if self.as_of is not None or sum(f.rows for f in found) < MANY_ROWS:
            return frozenset()
        return frozenset.intersection(*(full_in(self.lake.absolute(f.path)) for f in found))

    def run(self, sql: str) -> pa.Table:
        """Run a query on the backend of this view."""
        return self.backend.run(sql)

    def is_empty(self, table: str) -> bool:
        """Whether the table holds no row in this view."""
        return not self._files.get(table)

    def table(self, key: str) -> ir.Table:
        """Return the fact table as an Ibis table: one row per natural key, latest values."""
        return self._opened(f"fact_{key}", key, self.scan(key))

    def history(self, key: str) -> ir.Table:
        """Return every observation of the table, one row per key, file and row, oldest included."""
        files = self.lake.catalogue.history_files(key, as_of=self.as_of)
        paths = [self.lake.absolute(f.path) for f in files]
        return self._opened(
            f"history_{key}", key, self.backend.scan(table_of(key), paths, merged=True)
        )

    def _opened(self, name: str, key: str, source: str) -> ir.Table:
        if name not in self._open:
            backend = self.backend
            quote = "`" if isinstance(backend, ConnectBackend) else '"'
            columns = ", ".join(f"{quote}{c}{quote}" for c in table_of(key).schema.names)
            chosen = f"SELECT {columns} FROM ({source})"
            if isinstance(backend, ConnectBackend):
                # One session serves many views: names must not meet.
                self._open[name] = self.connection.sql(chosen, dialect="pyspark")
            else:
                self.connection.raw_sql(f"CREATE OR REPLACE VIEW {name} AS {chosen}")
                self._open[name] = self.connection.table(name)
        found: ir.Table = self._open[name]
        return found

    def brands(self) -> list[str]:
        """Return the brands that own any fact, sorted."""
        found: set[str] = set()
        for key in self._files:
            rows = self.run(f"SELECT DISTINCT brand FROM ({self.scan(key)}) AS t")
            found |= set(rows["brand"].to_pylist())
        return sorted(found)


@lru_cache(10_000)
def full_in(path: str) -> frozenset[str]:
    """Return the columns of a Parquet file that hold no null; a file never changes."""
    told = pq.read_metadata(path)
    groups = [told.row_group(g) for g in range(told.num_row_groups)]
    return frozenset(
        told.schema.column(place).name
        for place in range(told.num_columns)
        if all(_is_full(group.column(place).statistics) for group in groups)
    )


def _is_full(statistics: Any) -> bool:
    return statistics is not None and statistics.has_null_count and not statistics.null_count
