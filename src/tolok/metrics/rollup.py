"""Daily rollups: kept beside the lake, refreshed by the day, never stale.

A rollup is one DuckDB file per table and clock. Its name is made of the definitions and of the
very files it was computed from, so one that does not match the lake is simply not found. It is
written aside and published by renaming.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from tolok.base import Calendar, Period
from tolok.lake import Lake, LakeView, table_of
from tolok.lake.backend import DuckBackend, backend_of

from .asked import Kept, named_table, with_named
from .buckets import day_number_of
from .cells import can_roll, cells_query, digest_of, ibis_literal, layout_of
from .shelf import load_metrics

FOLDER = "rollups"
MANY_ROWS = 100_000  # from here on a table is worth a rollup
_FAR = (date(1990, 1, 1), date(2100, 1, 1))
_KEEP_SECONDS = 3_600  # a reader may still have the file before
_SQL = Kept(200)


@dataclass(frozen=True)
class Refreshed:
    """What a refresh did to one table: how many days it computed anew; `days` None means all."""

    table: str
    days: int | None
    seconds: float


def refresh_rollups(
    lake: Lake, calendar: Calendar, tables: Iterable[str] | None = None
) -> list[Refreshed]:
    """Bring the rollups of the lake up to its present; only days that changed are computed.

    Call it after a write; without it figures come from the facts themselves and are the same.
    """
    view = LakeView(lake)
    wanted = sorted(tables if tables is not None else _used_tables())
    done = []
    for key in wanted:
        if can_roll(table_of(key)) and not view.is_empty(key):
            with suppress(duckdb.ConversionException):  # a sum too large to keep
                done.append(_refresh(view, key, calendar))
    return done


def keep_rollups(lake: Lake, clocks: Iterable[Calendar]) -> list[Refreshed]:
    """Refresh the rollups of the tables large enough to gain by them, once for each time zone.

    Call it after every write: a smaller table is read from its facts as quickly.
    """
    rows: dict[str, int] = {}
    for file in lake.catalogue.current_files():
        rows[file.table] = rows.get(file.table, 0) + file.rows
    large = [key for key, count in rows.items() if count >= MANY_ROWS and key in _used_tables()]
    zones = {c.timezone: c for c in clocks}
    return [done for clock in zones.values() for done in refresh_rollups(lake, clock, large)]


def _used_tables() -> set[str]:
    return {m.table for m in load_metrics().values() if not m.is_joined}


def rollup_path(view: LakeView, key: str, calendar: Calendar) -> Path | None:
    """Return the rollup of the table that holds exactly what the view reads, if there is one."""
    folder = view.lake.folder / FOLDER
    if view.as_of is not None or not isinstance(view.backend, DuckBackend) or not folder.is_dir():
        return None
    path = folder / _name(view, key, calendar)
    return path if path.exists() else None


def _name(view: LakeView, key: str, calendar: Calendar) -> str:
    content = hashlib.sha256(repr(view.version(key)[1:]).encode()).hexdigest()[:24]  # type: ignore[index]
    return f"{_prefix(key, calendar)}{content}.duckdb"


def _prefix(key: str, calendar: Calendar) -> str:
    return f"{key}-{digest_of([*cell_sql(key, calendar), calendar.timezone])}-"


def cell_sql(key: str, calendar: Calendar) -> tuple[str, str]:
    """Return the SQL that numbers the days of `facts`, and the SQL that makes cells of them."""

    def make() -> tuple[str, str]:
        layout = layout_of(key)
        rows = named_table("facts", layout.table.schema)
        span = [Period(*_FAR, "range")]
        if layout.table.is_time_in_key:
            span = [Period(date(2026, 1, 1), date(2026, 1, 2), "range")]
        numbered = rows.mutate(
            bucket=ibis_literal(0, "int16"),
            on_day=day_number_of(rows, layout.table, calendar, span).cast("int64"),
        )
        compiler = backend_of("duckdb")
        return compiler.compile(numbered), compiler.compile(cells_query(layout))

    return _SQL.get((key, calendar.timezone), make)


# -- refreshing ----------------------------------------------------------------------------------


def _refresh(view: LakeView, key: str, calendar: Calendar) -> Refreshed:
    began = time.perf_counter()
    folder = view.lake.folder / FOLDER
    folder.mkdir(exist_ok=True)
    goal = folder / _name(view, key, calendar)
    if goal.exists():
        return Refreshed(key, 0, time.perf_counter() - began)
    aside = folder / f"aside-{uuid.uuid4().hex}.tmp"
    olds = sorted(folder.glob(f"{_prefix(key, calendar)}*.duckdb"), key=lambda p: p.stat().st_mtime)
    if olds:
        shutil.copyfile(olds[-1], aside)
    try:
        with duckdb.connect(str(aside)) as connection:
            connection.execute("BEGIN")
            days = _update(connection, view, key, calendar, is_new=not olds)
            connection.execute("COMMIT")
            connection.execute("CHECKPOINT")
        with aside.open("rb") as file:
            os.fsync(file.fileno())
        aside.replace(goal)
    finally:
        aside.unlink(missing_ok=True)
    for old in folder.glob(f"{key}-*.duckdb"):
        if old != goal and time.time() - old.stat().st_mtime > _KEEP_SECONDS:
            with suppress(FileNotFoundError):
                old.unlink()
    return Refreshed(key, days, time.perf_counter() - began)


def _update(
    connection: Any, view: LakeView, key: str, calendar: Calendar, *, is_new: bool
) -> int | None:
    connection.execute("SET TimeZone='UTC'; SET memory_limit='1500MB'")
    if is_new:
        connection.execute("CREATE TABLE sources(month TEXT, path TEXT)")
        connection.execute("CREATE TABLE observed(month TEXT, path TEXT)")
    before = dict(connection.execute("SELECT month, path FROM sources").fetchall())
    now: dict[str, str] = {}
    for file in view.files(key):  # a month may lie in several files
        now[file.month] = "\n".join(filter(None, [now.get(file.month), file.path]))
    changed = 0
    for month in sorted(before.keys() | now.keys()):
        if before.get(month) != now.get(month):
            days = _touched(connection, view, key, calendar, month, before.get(month))
            _replace(connection, view, key, calendar, month, now.get(month), days)
            changed += len(days or ())
    if is_new:
        # A brand's cells side by side: one brand is asked for far more often than all.
        connection.execute("CREATE TABLE ordered AS SELECT * FROM cells ORDER BY brand, on_day")
        connection.execute("DROP TABLE cells")
        connection.execute("ALTER TABLE ordered RENAME TO cells")
    return None if is_new else changed


def _touched(
    connection: Any, view: LakeView, key: str, calendar: Calendar, month: str, before: str | None
) -> list[int] | None:
    """Return the days a month's new observations speak of; None when all must be taken anew."""
    table = table_of(key)
    files = {f.path for f in view.lake.catalogue.history_files(key, month=month)}
    known = {
        r[0]
        for r in connection.execute("SELECT path FROM observed WHERE month = ?", [month]).fetchall()
    }
    connection.execute("DELETE FROM observed WHERE month = ?", [month])
    if files:
        connection.executemany("INSERT INTO observed VALUES (?, ?)", [[month, f] for f in files])
    if before is None or known - files or not files - known:
        return None
    fresh = [view.lake.absolute(f) for f in sorted(files - known)]
    numbered = cell_sql(key, calendar)[0]
    parts = {"facts": view.backend.scan(table, fresh, merged=True), "rows_in": numbered}
    days = connection.execute(with_named(parts, "SELECT DISTINCT on_day FROM rows_in")).fetchall()
    found = {d[0] for d in days}
    if not table.is_time_in_key:
        # A row may have moved from another day: its old place is in the file before.
        old = [view.lake.absolute(p) for p in before.split("\n")]
        if not all(Path(p).exists() for p in old):
            return None
        keys = ", ".join(table.natural_key)
        parts["fresh"] = parts.pop("facts")
        parts["facts"] = view.backend.scan(table, old, merged=True)
        parts["rows_in"] = parts.pop("rows_in")
        moved = f"SELECT DISTINCT on_day FROM rows_in SEMI JOIN fresh USING ({keys})"  # noqa: S608
        found |= {d[0] for d in connection.execute(with_named(parts, moved)).fetchall()}
    return sorted(d for d in found if d is not None)


def _replace(
    connection: Any, view: LakeView, key: str, calendar: Calendar, month: str, path: str | None,
    days: Sequence[int] | None,
) -> None:  # fmt: skip
    has_cells = connection.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'cells'"
    ).fetchone()[0]
    connection.execute("DELETE FROM sources WHERE month = ?", [month])
    listed = ", ".join(str(d) for d in days or ())
    only = f" AND on_day IN ({listed})" if days is not None else ""
    if has_cells:
        connection.execute(f"DELETE FROM cells WHERE month = '{month}'{only}")  # noqa: S608
    if path is None:
        return
    connection.execute("INSERT INTO sources VALUES (?, ?)", [month, path])
    numbered, cells = cell_sql(key, calendar)
    table = table_of(key)
    paths = [view.lake.absolute(p) for p in path.split("\n")]
    facts = view.backend.scan(table, paths, merged=True)
    if days and table.is_time_in_key:
        first, last = (date(1970, 1, 1) + timedelta(days=d) for d in (min(days), max(days)))
        facts = f"SELECT * FROM ({facts}) WHERE {table.time} BETWEEN '{first}' AND '{last}'"  # noqa: S608
    if days is not None:
        numbered = f"SELECT * FROM ({numbered}) WHERE on_day IN ({listed or 'NULL'})"  # noqa: S608
    parts = {"facts": facts, "rows_in": numbered, "made": cells}
    day = "CAST(DATE '1970-01-01' + CAST(on_day AS INTEGER) AS DATE) AS day"
    rest = "* FROM made WHERE on_day IS NOT NULL ORDER BY brand, on_day"
    chosen = f"SELECT '{month}' AS month, {day}, {rest}"
    made = with_named(parts, chosen)
    if has_cells:
        connection.execute(f"INSERT INTO cells {made}")
    else:
        connection.execute(f"CREATE TABLE cells AS SELECT {_slim(connection, made)} FROM ({made})")  # noqa: S608


def _slim(connection: Any, made: str) -> str:
    """Return the columns of a query, sums in half their width: wide ones are read many times slower.

    A number that does not fit fails the refresh, and the table is read from its facts.
    """
    listed = []
    for name, kind, *_ in connection.execute(f"DESCRIBE {made}").fetchall():
        narrow = "BIGINT" if kind == "HUGEINT" else kind.replace("DECIMAL(38,", "DECIMAL(18,")
        listed.append(name if narrow == kind else f"CAST({name} AS {narrow}) AS {name}")
    return ", ".join(listed)
