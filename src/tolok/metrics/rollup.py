"""Rollups by day and month: kept beside the lake, refreshed by the day, never stale.

A rollup is one folder per table, clock and month of the lake, with the cells of its days and of
its months. Its name is made of the definitions and of the very files it was computed from, so one
that does not match the lake is simply not found. It is written aside and published by renaming.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from tolok.base import Calendar
from tolok.lake import DERIVED, Lake, LakeView, keep_roll_calls, table_of
from tolok.lake.backend import DuckBackend

from .asked import Kept
from .cells import can_roll, digest_of
from .rolling import MADE_OF, MonthMaker, cell_sql, month_sources
from .shelf import load_metrics

MANY_ROWS = 100_000  # from here on a table is worth a rollup
_REPLACED = "replaced"
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
    # Looked up before the view is opened: what is written in between is met again, never missed.
    observed = _observed(lake)
    view = LakeView(lake)
    wanted = sorted(tables if tables is not None else _used_tables())
    done = []
    for key in wanted:
        if can_roll(table_of(key)) and not view.is_empty(key):
            with suppress(duckdb.ConversionException):  # a sum too large to keep
                done.append(_refresh(view, key, calendar, observed))
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
            for month, paths in month_sources(view, key).items()}  # fmt: skip


def _content(paths: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(paths).encode()).hexdigest()[:24]


def _prefix(key: str, calendar: Calendar) -> str:
    def make() -> str:
        sql = cell_sql(key, calendar)
        return f"{key}-{digest_of([*sql, calendar.timezone])}"

    return _SQL.get(("prefix", key, calendar.timezone), make)


# -- refreshing ----------------------------------------------------------------------------------


def _observed(lake: Lake) -> dict[tuple[str, str], list[str]]:
    """Return the files as they came in, by table and month."""
    found: dict[tuple[str, str], list[str]] = {}
    for file in lake.catalogue.history_files():
        found.setdefault((file.table, file.month), []).append(file.path)
    return found


def _refresh(
    view: LakeView, key: str, calendar: Calendar, observed: Mapping[tuple[str, str], list[str]]
) -> Refreshed:
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
            work = MonthMaker(connection, view, key, calendar, month)
            counts.append(work.make(aside, before, observed.get((key, month), [])))
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
    # The folder's own time tells when it was replaced; this file is written once.
    found = [p / MADE_OF for p in folder.glob(f"{prefix}*") if (p / MADE_OF).exists()]
    latest = max(found, key=lambda p: p.stat().st_mtime, default=None)
    return latest.parent if latest is not None else None


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
