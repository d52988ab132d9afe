"""Merging months of a table in pieces, so that a month of any size needs little memory.

Only rows whose key came again are merged; the others pass from the old file into the new one.
Rows are sorted by key, on disk where they are many, and written as they come out of the sorting.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from .merge import engine, latest_sql, names_sql, scan_sql
from .table import Table

MANY_ROWS = 250_000  # from here on months are merged one by one, and spill
_PIECE = 250_000  # keys whose rows are merged at a time
_BATCH = 128_000  # rows written at a time
_MEMORY = "700MB"
_SPILLED = "spilled"


@contextmanager
def merging(folder: Path, rows: int) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection to merge so many rows; many spill into a folder beside the data."""
    if rows < MANY_ROWS:
        yield engine()
        return
    spill = folder / f"{_SPILLED}-{uuid.uuid4().hex}"
    quoted = str(spill).replace("'", "''")
    with closing(duckdb.connect(":memory:")) as connection:
        connection.execute(
            f"SET TimeZone='UTC'; SET memory_limit='{_MEMORY}'; SET temp_directory='{quoted}'"
        )
        yield connection
    shutil.rmtree(spill, ignore_errors=True)


def forget_spilled(folder: Path) -> None:
    """Delete what killed writes left; only a writer may, for no other can be at work."""
    for path in folder.glob(f"{_SPILLED}-*"):
        shutil.rmtree(path, ignore_errors=True)


class Merge:
    """Merging rows that came, or files that go, into the months that stand."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, table: Table, stands: Sequence[str]
    ) -> None:
        self._run = connection.execute
        self._register, self._forget = connection.register, connection.unregister
        self._table = table
        self._keys = names_sql(table.natural_key)
        self._stands = _with_month(stands, table)
        self._fresh: pa.Table | None = None

    def take(self, fresh: pa.Table) -> set[str]:
        """Take in fresh rows with their `month`; returns the months in which history is needed.

        There a fresh row was observed before what stands for its key. The merged present is not
        enough then: it keeps one moment per row, while each column may have been observed at
        another; such keys are merged anew from all that was observed.
        """
        self._fresh = fresh
        self._register("fresh", fresh)
        self._run(
            f"CREATE OR REPLACE TEMP TABLE known AS SELECT {self._keys}, max(c.month) AS month, "
            f"bool_or(c.observed_at > f.observed_at) AS is_late "
            f"FROM fresh f JOIN ({self._stands}) c USING ({self._keys}) GROUP BY {self._keys}"
        )
        late = self._run("SELECT DISTINCT month FROM known WHERE is_late").fetchall()
        return {month for (month,) in late}

    def drop(self, gone: Sequence[str]) -> None:
        """Take out what files tell: their keys are merged anew from what is left."""
        source = scan_sql(gone, self._table)
        self._run(
            f"CREATE OR REPLACE TEMP TABLE known AS SELECT DISTINCT {self._keys} FROM ({source})"
        )

    def rows(self, told: Sequence[str]) -> Iterator[tuple[str, pa.Table]]:
        """Yield the merged rows, sorted by month and key, in pieces of one month each.

        `told` are the files that tell of the keys that came again.
        """
        again = self._again(told)
        rest = f"SELECT * FROM ({self._stands}) ANTI JOIN known USING ({self._keys})"
        columns = names_sql([*self._table.schema.names, "month"])
        found = self._run(
            f"SELECT {columns} FROM ({rest} UNION ALL BY NAME {again}) ORDER BY month, {self._keys}"
        )
        for batch in found.to_arrow_reader(_BATCH):
            yield from _by_run(pa.Table.from_batches([batch]), self._table.schema)
        self._run("DROP TABLE known; DROP TABLE IF EXISTS again")
        self._forget("fresh")

    def _again(self, told: Sequence[str]) -> str:
        """Return the SQL of the merged rows of the keys that came again, and of those that are new.

        Merging holds all that is known of its keys in memory: of very many, some at a time.
        """
        source = _with_month(told, self._table)
        source = f"SELECT * FROM ({source}) SEMI JOIN known USING ({self._keys})"
        count = self._run("SELECT count(*) FROM known").fetchall()[0][0]
        if self._fresh is not None:
            source = f"{source} UNION ALL BY NAME SELECT * FROM fresh"
            count += self._fresh.num_rows
        pieces = 1 + count // _PIECE
        if pieces == 1:
            return self._latest(source)
        for number in range(pieces):
            part = f"SELECT * FROM ({source}) WHERE hash({self._keys}) % {pieces} = {number}"
            into = (
                "INSERT INTO again BY NAME" if number else "CREATE OR REPLACE TEMP TABLE again AS"
            )
            self._run(f"{into} {self._latest(part)}")
        return "SELECT * FROM again"

    def _latest(self, source: str) -> str:
        return latest_sql(self._table, source, extra="max(month) AS month")


def _with_month(paths: Sequence[str], table: Table) -> str:
    """Return the SQL of the rows of files with the month of the folder each lies in.

    A column declared after all the files were written reads as null.
    """
    none = f"SELECT *, CAST(NULL AS VARCHAR) AS month FROM ({scan_sql((), table)})"
    if not paths:
        return none
    listed = ", ".join("'" + p.replace("'", "''") + "'" for p in paths)
    place = f"data/{table.key}/([^/]+)/[^/]+$"
    return (
        f"SELECT * EXCLUDE (filename), regexp_extract(filename, '{place}', 1) AS month "
        f"FROM read_parquet([{listed}], union_by_name=true, filename=true) "
        f"UNION ALL BY NAME {none}"
    )


def _by_run(rows: pa.Table, schema: pa.Schema) -> Iterator[tuple[str, pa.Table]]:
    """Cut rows sorted by month where the month changes."""
    months = rows["month"]
    plain = rows.select(schema.names).cast(schema)
    for month in pc.unique(months).to_pylist():
        whole = months[0] == months[-1]
        yield month, plain if whole else plain.filter(pc.equal(months, month))
