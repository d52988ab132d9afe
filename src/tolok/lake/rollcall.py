"""Which accounts a table holds, since when, and what they give: counted once for each data file.

A data file never changes, so what was counted of it is kept in a small file beside the data and
read by every later process. Nothing there is the only copy of anything.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tolok.base import PlatformFacts

from .backend import DUCKDB, backend_of
from .catalogue import DataFile
from .merge import scan_sql
from .reading import LakeView, full_in
from .shelf import table_of
from .store import Lake
from .table import Table

DERIVED = "rollups"  # the folder beside the data for all that can be made anew
FOLDER = "accounts"
WHO = ("brand", "platform", "account")
FEW_ROWS = 20_000  # up to here counting is as quick as reading what was counted
_KEEP_SECONDS = 3_600
# How long figures of a day may change where no platform says otherwise.
USUAL_DAYS = PlatformFacts().reread("")


def roll_call(view: LakeView, key: str) -> pa.Table:
    """Return what each account gives in the table over all time, one row per account and file.

    Columns: those of `WHO` that the table has, `rows`, `first` (its earliest time; tables in time
    only) and `n_<measure>`, the rows that tell the measure (tables of days only).
    """
    table = table_of(key)
    if view.as_of is not None or view.is_empty(key):
        return view.run(_count_sql(table, view.scan(key)))
    files = view.files(key)
    few = [view.lake.absolute(f.path) for f in files if f.rows <= FEW_ROWS]
    found = [_counted(view.lake, table, f) for f in files if f.rows > FEW_ROWS]
    if few:
        found.append(_count(table, few))
    return pa.concat_tables(found)


def calls_by_file(
    view: LakeView, key: str, first: date, last: date
) -> list[tuple[DataFile, pa.Table]] | None:
    """Return the roll call of each file of a table of days that holds any of the days.

    Beside what `roll_call` tells: `seen`, when a row of the account was last looked at, and `late`,
    the first day with a row looked at less than the usual days after it. None where rows tell it as
    quickly: of few rows, and as of a past moment.
    """
    table, files = table_of(key), view.files(key, first, last)
    if view.as_of is not None or any(f.rows <= FEW_ROWS for f in files):
        return None
    return [(f, _counted(view.lake, table, f)) for f in files]


def keep_roll_calls(lake: Lake, keys: Sequence[str]) -> None:
    """Count the files of the tables that were not counted yet, and forget those replaced long ago."""
    known = set()
    for file in lake.catalogue.current_files():
        if file.rows > FEW_ROWS:
            known.add(_place(lake, file))
            if file.table in keys:
                _counted(lake, table_of(file.table), file)
    for path in (lake.folder / DERIVED / FOLDER).glob("*"):
        with suppress(FileNotFoundError):
            if path not in known and time.time() - path.stat().st_mtime > _KEEP_SECONDS:
                path.unlink()


def _counted(lake: Lake, table: Table, file: DataFile) -> pa.Table:
    place = _place(lake, file)
    try:
        # Lighter than the reader of many files, and without its threads and buffers.
        found = pq.ParquetFile(place, pre_buffer=False).read(use_threads=False)
    except FileNotFoundError:
        found = None
    if found is None or found.column_names != _names(table):  # a column was declared since
        found = _count(table, [lake.absolute(file.path)])
        with suppress(OSError):  # a folder that cannot be written only costs time
            place.parent.mkdir(parents=True, exist_ok=True)
            aside = place.with_name(f"{uuid.uuid4().hex}.tmp")
            pq.write_table(found, aside)
            aside.replace(place)
    return found


def _place(lake: Lake, file: DataFile) -> Path:
    return lake.folder / DERIVED / FOLDER / f"{file.table}-{Path(file.path).name}"


def _count(table: Table, paths: Sequence[str]) -> pa.Table:
    full = frozenset.intersection(*(full_in(p) for p in paths))
    return backend_of(DUCKDB).run(_count_sql(table, scan_sql(paths, table), full, _looks(table)))


def _looks(table: Table) -> tuple[str, ...]:
    """Return what tells of the looks at rows of days, in the words of DuckDB."""
    if not table.is_time_in_key or table.column(table.time or "").type == "moment":
        return ()
    late = f"CAST(t.observed_at AS DATE) - t.{table.time} < {USUAL_DAYS}"
    return ("max(t.observed_at) AS seen", f"min(t.{table.time}) FILTER (WHERE {late}) AS late")


def _measures(table: Table) -> list[str]:
    return [c.name for c in table.measures] if table.is_time_in_key else []


def _who(table: Table) -> list[str]:
    return [c for c in WHO if c in table.schema.names]


def _names(table: Table) -> list[str]:
    first = ["first"] if table.time is not None else []
    looks = ["seen", "late"] if _looks(table) else []
    return [*_who(table), "rows", *first, *(f"n_{m}" for m in _measures(table)), *looks]


def _count_sql(
    table: Table, source: str, full: frozenset[str] = frozenset(), more: Sequence[str] = ()
) -> str:
    """Return the SQL that counts, in words every engine knows; full columns need not be read."""
    who = ", ".join(_who(table))
    first = [f"min(t.{table.time}) AS first"] if table.time is not None else []
    counts = [f"count({'*' if m in full else f't.{m}'}) AS n_{m}" for m in _measures(table)]
    picks = ", ".join([who, "count(*) AS rows", *first, *counts, *more])
    return f"SELECT {picks} FROM ({source}) AS t GROUP BY {who}"
