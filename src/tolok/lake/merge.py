"""The latest known value of every column of every row, computed with DuckDB."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .table import PROVENANCE, Table

# Last observed wins, then last recorded, then the lower line of the same file.
_ORDER = '"row"(observed_at, recorded_at, coalesce("row", 0))'

_MANY = 10_000  # rows from which comparing hashes pays

_OPEN = threading.local()


def engine() -> duckdb.DuckDBPyConnection:
    """Return this thread's in-memory DuckDB; opening one costs more than merging a month."""
    connection: duckdb.DuckDBPyConnection | None = getattr(_OPEN, "connection", None)
    if connection is None or _OPEN.process != os.getpid():
        connection = duckdb.connect(":memory:")
        connection.execute("SET TimeZone='UTC'; SET preserve_insertion_order=true")
        _OPEN.connection, _OPEN.process = connection, os.getpid()
    return connection


def scan_sql(paths: Sequence[str], table: Table) -> str:
    """Return the SQL that reads Parquet files as rows of the table.

    A column declared after a file was written reads as null.
    """
    if not paths:
        nulls = ", ".join(f'CAST(NULL AS {_sql_type(f.type)}) AS "{f.name}"' for f in table.schema)
        return f"SELECT {nulls} WHERE false"
    listed = ", ".join("'" + p.replace("'", "''") + "'" for p in paths)
    return f"SELECT * FROM read_parquet([{listed}], union_by_name=true)"


def latest_sql(table: Table, source: str, *, extra: str = "") -> str:
    """Return the SQL that merges observations: per key and column, the last non-null one wins.

    Nothing is guessed from silence: a later file that leaves a column out does not erase it.
    """
    keys = names_sql(table.natural_key)
    picks = ", ".join(
        f'arg_max("{c}", {_ORDER}) FILTER (WHERE "{c}" IS NOT NULL) AS "{c}"' for c in table.values
    )
    provenance = ", ".join(
        f'arg_max("{c.name}", {_ORDER}) AS "{c.name}"'
        for c in PROVENANCE if c.name not in ("observed_at", "recorded_at")
    )  # fmt: skip
    return (
        f"SELECT {keys}, {picks + ', ' if picks else ''}max(observed_at) AS observed_at, "
        f"max(recorded_at) AS recorded_at, {provenance}{', ' + extra if extra else ''} "
        f"FROM ({source}) GROUP BY {keys}"
    )


def sticky_months(
    table: Table, rows: pa.Table, months: pa.Array, standing: Sequence[tuple[str, str]]
) -> pa.Array:
    """Return each row's month, kept where its key already stands in another month.

    A post whose hour becomes known may move over midnight; it must not be stored twice.
    Within the fresh rows the first month wins for the same reason.
    """
    connection = engine()
    keys = list(table.natural_key)
    fresh = rows.select(keys).append_column("month", months)
    fresh = fresh.append_column("position", pa.array(np.arange(rows.num_rows)))
    connection.register("fresh", fresh)
    joined = names_sql(keys)
    known = [
        f"SELECT {joined}, '{month}' AS month FROM read_parquet('{path}')"
        for month, path in standing
    ]
    first = f"SELECT {joined}, arg_min(month, position) AS month FROM fresh GROUP BY {joined}"
    if known:
        old = " UNION ALL ".join(known)
        # Only keys that come again: to group all that stand would hold every key in memory.
        first = (
            f"SELECT {joined}, coalesce(o.month, f.month) AS month FROM ({first}) f "
            f"LEFT JOIN (SELECT {joined}, min(month) AS month FROM ({old}) "
            f"SEMI JOIN fresh USING ({joined}) GROUP BY {joined}) o "
            f"USING ({joined})"
        )
    result = connection.execute(
        f"SELECT m.month FROM fresh LEFT JOIN ({first}) m USING ({joined}) ORDER BY position"
    ).to_arrow_table()
    return pc.fill_null(result["month"].combine_chunks(), "none")


def are_distinct(rows: pa.Table, names: Sequence[str]) -> bool:
    """Whether no two of the rows share the values of these columns; nulls are alike."""
    # A column that is the same throughout (the brand) tells no rows apart and is costly to hash.
    telling = [n for n in names if rows.num_rows and not _is_constant(rows[n])]
    if not telling:
        return rows.num_rows <= 1
    keys = rows.select(telling)
    if rows.num_rows >= _MANY and _have_distinct_hashes(keys):
        return True
    return bool(keys.group_by(telling).aggregate([]).num_rows == rows.num_rows)


def _have_distinct_hashes(keys: pa.Table) -> bool:
    """Whether all rows differ already in their hashes; if so they differ."""
    connection = engine()
    connection.register("keys", keys)
    found = connection.execute(f"SELECT hash({names_sql(keys.column_names)}) AS h FROM keys")
    hashes = np.sort(found.to_arrow_table()["h"].to_numpy())
    connection.unregister("keys")
    return bool((hashes[1:] != hashes[:-1]).all())


def _is_constant(column: pa.ChunkedArray) -> bool:
    if column[0] != column[-1]:
        return False
    return bool(pc.all(pc.equal(column, column[0])).as_py())


def names_sql(columns: Sequence[str]) -> str:
    """Return the columns quoted: `at` and `order` are words of SQL, too."""
    return ", ".join(f'"{c}"' for c in columns)


def _sql_type(kind: pa.DataType) -> str:
    if pa.types.is_decimal(kind):
        return "DECIMAL(20,4)"
    names = {
        pa.string(): "VARCHAR", pa.int64(): "BIGINT", pa.float64(): "DOUBLE",
        pa.date32(): "DATE", pa.timestamp("us"): "TIMESTAMP", pa.bool_(): "BOOLEAN",
    }  # fmt: skip
    return names[kind]
