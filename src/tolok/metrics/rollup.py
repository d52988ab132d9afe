"""Rollups by day and month: kept beside the lake, refreshed by the day, never stale.

A rollup is one folder per table, clock and month of the lake, with the cells of its days and of
its months. Its name is made of the definitions and of the very files it was computed from, so one
that does not match the lake is simply not found. It is written aside and published by renaming.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from tolok.base import Calendar, Period
from tolok.lake import DERIVED, Lake, LakeView, keep_roll_calls, table_of
from tolok.lake.backend import DuckBackend, backend_of

from .asked import Kept, named_table, with_named
from .buckets import day_number_of, time_form
from .cells import can_roll, cells_query, digest_of, ibis_literal, layout_of
from .shelf import load_metrics

MANY_ROWS = 100_000  # from here on a table is worth a rollup
DAYS, MONTHS, _MADE_OF, _REPLACED = "days.parquet", "months.parquet", "made_of.json", "replaced"
_FAR = (date(1990, 1, 1), date(2100, 1, 1))
_ROUNDS = 5  # how often a refresh looks for what was written meanwhile
_KEEP_SECONDS = 3_600  # a reader may still read the rollup before
_MEMORY = "500MB"  # beyond this a month is sorted on disk
_SQL = Kept(200)
_NAMES = Kept(200)


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

    Call it after every write: a smaller table is read from its facts as quickly. What is written
    while it works is taken in too.
    """
    zones = {c.timezone: c for c in clocks}
    done: list[Refreshed] = []
    for _ in range(_ROUNDS):
        files = lake.catalogue.current_files()
        rows: dict[str, int] = {}
        for file in files:
            rows[file.table] = rows.get(file.table, 0) + file.rows
        large = [key for key, count in rows.items() if count >= MANY_ROWS]
        keep_roll_calls(lake, large)
        used = [key for key in large if key in _used_tables()]
        done += [told for clock in zones.values() for told in refresh_rollups(lake, clock, used)]
        if lake.catalogue.current_files() == files:
            break
    view = LakeView(lake)
    _sweep(lake, {name for clock in zones.values() for key in _used_tables()
                  for name in _names(view, key, clock).values()})  # fmt: skip
    return done


def _used_tables() -> set[str]:
    return {m.table for m in load_metrics().values() if not m.is_joined}


def find_months(
    view: LakeView, key: str, calendar: Calendar,
    first: date | None = None, last: date | None = None,
) -> tuple[Path, ...] | None:  # fmt: skip
    """Return the rollups of all months of the table that the view reads; None if one is missing.

    Months that hold nothing from `first` up to, not including, `last` are left out, as when the
    view scans the table.
    """
    folder = view.lake.folder / DERIVED
    if view.as_of is not None or not isinstance(view.backend, DuckBackend) or not folder.is_dir():
        return None
    needed = {f.month for f in view.files(key, first, last)}
    names = _NAMES.get((view.version(key), calendar.timezone), lambda: _names(view, key, calendar))
    found = tuple(folder / names[month] for month in sorted(needed))
    return found if found and all(p.is_dir() for p in found) else None


def _names(view: LakeView, key: str, calendar: Calendar) -> dict[str, str]:
    """Return what the rollup of each month of the table is called."""
    return {month: f"{_prefix(key, calendar)}-{month}-{_content(paths)}"
            for month, paths in _sources(view, key).items()}  # fmt: skip


def _sources(view: LakeView, key: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for file in view.files(key):  # a month may lie in several files
        found.setdefault(file.month, []).append(file.path)
    return found


def _content(paths: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(paths).encode()).hexdigest()[:24]


def _prefix(key: str, calendar: Calendar) -> str:
    def make() -> str:
        sql = cell_sql(key, calendar)
        return f"{key}-{digest_of([*sql, calendar.timezone])}"

    return _SQL.get(("prefix", key, calendar.timezone), make)


def cell_sql(key: str, calendar: Calendar) -> tuple[str, str, str]:
    """Return the SQL that numbers the days of `facts`, makes cells of them, and months of `days`."""

    def make() -> tuple[str, str, str]:
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
        cells = compiler.compile(cells_query(layout))
        return compiler.compile(numbered), cells, layout.months_sql("days")

    return _SQL.get((key, calendar.timezone), make)


# -- refreshing ----------------------------------------------------------------------------------


def _refresh(view: LakeView, key: str, calendar: Calendar) -> Refreshed:
    began = time.perf_counter()
    folder = view.lake.folder / DERIVED
    folder.mkdir(exist_ok=True)
    names, counts, is_new = _names(view, key, calendar), [], True
    for month, name in names.items():
        if (folder / name).exists():
            is_new = False
            continue
        with _published(folder / name) as aside, _engine(aside) as connection:
            before = _before(folder, f"{_prefix(key, calendar)}-{month}-")
            is_new = is_new and before is None
            work = _Month(connection, view, key, calendar, month)
            counts.append(work.make(aside, before))
    return Refreshed(key, None if is_new else sum(counts), time.perf_counter() - began)


@contextmanager
def _published(goal: Path) -> Iterator[Path]:
    """Yield a folder to fill; it becomes the goal whole, or not at all."""
    aside = goal.with_name(f"aside-{uuid.uuid4().hex}")
    aside.mkdir()
    try:
        yield aside
        for path in aside.iterdir():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        with suppress(OSError):  # another process was quicker, with the same
            aside.rename(goal)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def _engine(aside: Path) -> Iterator[Any]:
    spill = str(aside.with_name(f"{aside.name}-spilled")).replace("'", "''")
    with closing(duckdb.connect(":memory:")) as connection:
        connection.execute(
            f"SET TimeZone='UTC'; SET memory_limit='{_MEMORY}'; SET temp_directory='{spill}'"
        )
        yield connection
    shutil.rmtree(spill, ignore_errors=True)


def _before(folder: Path, prefix: str) -> Path | None:
    """Return the latest rollup of the same month, whatever files it was made of."""
    found = [p for p in folder.glob(f"{prefix}*") if (p / _MADE_OF).exists()]
    return max(found, key=lambda p: p.stat().st_mtime, default=None)


def _sweep(lake: Lake, standing: Collection[str]) -> None:
    """Delete what was replaced an hour ago: all but the rollups named and what is being made."""
    for path in (lake.folder / DERIVED).glob("*-*"):
        mark = path / _REPLACED if path.is_dir() else path
        is_aside = path.name.startswith("aside-")
        with suppress(FileNotFoundError):
            if path.name in standing:
                continue
            if not is_aside and not mark.exists():
                mark.touch()
            seen = (path if is_aside else mark).stat().st_mtime
            if time.time() - seen > _KEEP_SECONDS:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


@dataclass(frozen=True)
class _Month:
    """Making the rollup of one month of a table."""

    connection: Any
    view: LakeView
    key: str
    calendar: Calendar
    month: str

    def make(self, aside: Path, before: Path | None) -> int:
        """Fill a folder with the cells; returns how many days were taken anew from the facts."""
        sources = _sources(self.view, self.key)[self.month]
        history = self.view.lake.catalogue.history_files(self.key, month=self.month)
        observed = sorted(f.path for f in history)
        days = None if before is None else self._touched(before, observed)
        cells = self._cells(self._absolute(sources), days)
        cells = f"SELECT {self._slim(cells)} FROM ({cells})"
        if days is not None and before is not None:
            self.connection.execute(
                "SET threads=1"
            )  # so few rows: a second costs more than it brings
            gone = ", ".join(str(d) for d in days) or "NULL"
            old = f"SELECT * FROM {_parquet(before / DAYS)} WHERE on_day IN ({gone}) IS NOT TRUE"
            cells = f"{old} UNION ALL BY NAME {cells}"
        else:  # a brand's cells side by side; sorting them for every day is dear and gains little
            cells = f"{cells} ORDER BY brand, on_day"
        self.connection.execute(f"CREATE TEMP TABLE days AS {cells}")
        self._copy("FROM days", aside / DAYS)
        months = cell_sql(self.key, self.calendar)[2]
        self._copy(f"SELECT {self._slim(months)} FROM ({months})", aside / MONTHS)
        made_of = {"sources": sources, "observed": observed}
        (aside / _MADE_OF).write_text(json.dumps(made_of), encoding="utf-8")
        return len(days or ())

    def _touched(self, before: Path, observed: Sequence[str]) -> list[int] | None:
        """Return the days the new observations speak of; None when all must be taken anew."""
        table = table_of(self.key)
        made_of = json.loads((before / _MADE_OF).read_text(encoding="utf-8"))
        known, now = set(made_of["observed"]), set(observed)
        if known - now or not now - known:
            return None
        scan = self.view.backend.scan
        fresh = scan(table, self._absolute(sorted(now - known)), merged=True)
        numbered = cell_sql(self.key, self.calendar)[0]
        found = self._run(
            {"facts": fresh, "rows_in": numbered}, "SELECT DISTINCT on_day FROM rows_in"
        )
        if not table.is_time_in_key:
            # A row may have moved from another day: its old place is in the file before.
            old = self._absolute(made_of["sources"])
            if not all(Path(p).exists() for p in old):
                return None
            keys = ", ".join(table.natural_key)
            moved = f"SELECT DISTINCT on_day FROM rows_in SEMI JOIN fresh USING ({keys})"
            parts = {"fresh": fresh, "facts": scan(table, old, merged=True), "rows_in": numbered}
            found += self._run(parts, moved)
        return sorted({d for (d,) in found if d is not None})

    def _cells(self, paths: Sequence[str], days: Sequence[int] | None) -> str:
        """Return the SQL of the cells of some days; None means of all."""
        table = table_of(self.key)
        numbered, cells, _ = cell_sql(self.key, self.calendar)
        facts = self.view.backend.scan(table, paths, merged=True)
        if days is not None:
            listed = ", ".join(str(d) for d in days) or "NULL"
            numbered = f"SELECT * FROM ({numbered}) WHERE on_day IN ({listed})"
        if days:
            first, last = (date(1970, 1, 1) + timedelta(days=d) for d in (min(days), max(days) + 1))
            low, high = (
                self.calendar.utc_bounds(Period(first, last, "range"))
                if time_form(table) == "moment"
                else (first, last)
            )
            time_column = f'"{table.time}"'
            facts = f"SELECT * FROM ({facts}) WHERE {time_column} >= '{low}' AND {time_column} < '{high}'"
        day = "CAST(DATE '1970-01-01' + CAST(on_day AS INTEGER) AS DATE) AS day"
        parts = {"facts": facts, "rows_in": numbered, "made": cells}
        return with_named(parts, f"SELECT {day}, * FROM made WHERE on_day IS NOT NULL")

    def _slim(self, made: str) -> str:
        """Return the columns of a query, sums in half their width: wide ones are read far slower.

        A number that does not fit fails the refresh, and the table is read from its facts.
        """
        listed = []
        for name, kind, *_ in self.connection.execute(f"DESCRIBE {made}").fetchall():
            narrow = "BIGINT" if kind == "HUGEINT" else kind.replace("DECIMAL(38,", "DECIMAL(18,")
            listed.append(name if narrow == kind else f"CAST({name} AS {narrow}) AS {name}")
        return ", ".join(listed)

    def _copy(self, sql: str, path: Path) -> None:
        self.connection.execute(f"COPY ({sql}) TO {_quoted(path)} (FORMAT parquet)")

    def _run(self, parts: dict[str, str], last: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self.connection.execute(with_named(parts, last)).fetchall()
        return found

    def _absolute(self, paths: Sequence[str]) -> list[str]:
        return [self.view.lake.absolute(p) for p in paths]


def _parquet(path: Path) -> str:
    return f"read_parquet({_quoted(path)})"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
