"""Where questions are computed: the embedded DuckDB, or any Spark Connect server.

`TOLOK_ENGINE` chooses: `duckdb` (default), `sail` (a Connect server inside this process) or a
Connect address such as `sc://host:15002`. Questions and answers are the same on all of them.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol

import duckdb
import ibis
import pyarrow as pa
from ibis.expr import types as ir

from tolok.base import Text, UserError

from .merge import latest_sql, scan_sql
from .table import Table

DUCKDB = "duckdb"
SAIL = "sail"
# Beyond this DuckDB writes to disk: a question must not take the machine.
_MEMORY = "1500MB"


class Backend(Protocol):
    """What the engine needs of a place to compute: SQL in, Arrow out, in one dialect."""

    dialect: str

    def scan(self, table: Table, paths: Sequence[str], *, merged: bool) -> str:
        """Return SQL for the rows of the table in the files; not `merged` means history."""

    def run(self, sql: str) -> pa.Table:
        """Run a query."""

    def compile(self, expression: ir.Expr) -> str:
        """Return the expression as SQL."""


class DuckBackend:
    """DuckDB inside this process; files are read where they lie."""

    dialect = "duckdb"

    def __init__(self) -> None:
        self._connection = duckdb.connect(":memory:")
        self._connection.execute(
            f"SET TimeZone='UTC'; SET memory_limit='{_MEMORY}'; SET parquet_metadata_cache=true"
        )
        self._attached: set[str] = set()
        self._lock = threading.Lock()

    def scan(self, table: Table, paths: Sequence[str], *, merged: bool) -> str:
        """Return SQL for the rows of the table in the files."""
        source = scan_sql(paths, table)
        return source if merged or not paths else latest_sql(table, source)

    def run(self, sql: str) -> pa.Table:
        """Run a query on a cursor of its own, so that threads do not meet."""
        with self._connection.cursor() as cursor:
            return cursor.execute(sql).to_arrow_table()

    def compile(self, expression: ir.Expr) -> str:
        """Return the expression as SQL."""
        return str(ibis.to_sql(expression, dialect="duckdb", pretty=False))

    def attach(self, path: str) -> str:
        """Attach a DuckDB file for reading, once; returns the name to call it by."""
        name = "f" + hashlib.sha256(path.encode()).hexdigest()[:20]
        with self._lock:
            if name not in self._attached:
                quoted = path.replace("'", "''")
                self._connection.execute(f"ATTACH '{quoted}' AS {name} (READ_ONLY)")
                self._attached.add(name)
        return name


class ConnectBackend:
    """A Spark Connect server (Spark or Sail); it must see the lake's folder under the same path."""

    dialect = "pyspark"

    def __init__(self, address: str) -> None:
        # A heavy optional extra: only needed on a cluster.
        from pyspark.sql import SparkSession

        self.session = SparkSession.builder.remote(address).getOrCreate()
        self.session.conf.set("spark.sql.session.timeZone", "UTC")
        self.ibis = ibis.pyspark.connect(self.session)
        self._views: set[str] = set()

    def scan(self, table: Table, paths: Sequence[str], *, merged: bool) -> str:
        """Return SQL for the rows of the table in the files, over a view of this session."""
        if not paths:
            nulls = ", ".join(
                f"CAST(NULL AS {_spark_type(f.type)}) AS `{f.name}`" for f in table.schema
            )
            return f"SELECT {nulls} WHERE false"
        name = "v" + hashlib.sha256("\n".join(paths).encode()).hexdigest()[:20]
        if name not in self._views:
            frame = self.session.read.option("mergeSchema", "true").parquet(*paths)
            known = set(frame.columns)
            for field in table.schema:
                if field.name not in known:
                    frame = frame.selectExpr(
                        "*", f"CAST(NULL AS {_spark_type(field.type)}) AS `{field.name}`"
                    )
            frame.createOrReplaceTempView(name)
            self._views.add(name)
        source = f"SELECT * FROM {name}"
        return source if merged else _spark_latest(table, source)

    def run(self, sql: str) -> pa.Table:
        """Run a query."""
        return self.session.sql(sql).toArrow()

    def compile(self, expression: ir.Expr) -> str:
        """Return the expression as SQL."""
        return str(self.ibis.compile(expression))


def backend_name() -> str:
    """Return what TOLOK_ENGINE says, duckdb when it is silent."""
    return os.environ.get("TOLOK_ENGINE", "").strip() or DUCKDB


def backend_of(name: str | None = None) -> Backend:
    """Return the backend of the name; one per process. Raises UserError for an unknown one."""
    name = name or backend_name()
    if name != DUCKDB and name != SAIL and not name.startswith("sc://"):
        raise UserError(
            Text("TOLOK_ENGINE says “{name}”.", "TOLOK_ENGINE berisi “{name}”."),
            Text("Write duckdb, sail, or an address such as sc://host:15002.",
                 "Tulis duckdb, sail, atau alamat seperti sc://host:15002."),
            name=name,
        )  # fmt: skip
    return _backend(name, os.getpid())


@cache
def _backend(name: str, process: int) -> Backend:  # noqa: ARG001 - a fork needs its own
    if name == DUCKDB:
        return DuckBackend()
    return ConnectBackend(_sail_address() if name == SAIL else name)


@cache
def _sail_address() -> str:
    # Optional, and it starts a server: only when asked for.
    from pysail.spark import SparkConnectServer

    server = SparkConnectServer(port=0)
    server.start(background=True)
    _SERVERS.append(server)
    address, port = server.listening_address
    return f"sc://{address}:{port}"


_SERVERS: list[Any] = []  # kept alive as long as the process


def _spark_latest(table: Table, source: str) -> str:
    order = "struct(observed_at, recorded_at, coalesce(`row`, 0))"
    keys = ", ".join(f"`{k}`" for k in table.natural_key)
    names = [*table.values, "batch", "source", "file", "row"]
    picks = ", ".join(
        f"max_by(`{c}`, {order}) FILTER (WHERE `{c}` IS NOT NULL) AS `{c}`" for c in names
    )
    return (
        f"SELECT {keys}, {picks}, max(observed_at) AS observed_at, "
        f"max(recorded_at) AS recorded_at FROM ({source}) GROUP BY {keys}"
    )


def _spark_type(kind: pa.DataType) -> str:
    if pa.types.is_decimal(kind):
        return "DECIMAL(20,4)"
    names = {
        pa.string(): "STRING", pa.int64(): "BIGINT", pa.float64(): "DOUBLE",
        pa.date32(): "DATE", pa.timestamp("us"): "TIMESTAMP_NTZ", pa.bool_(): "BOOLEAN",
    }  # fmt: skip
    return names[kind]
