"""Writing to a lake: facts are appended, never changed; the merged present is rebuilt by month."""

from __future__ import annotations

import fcntl
import os
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import InternalError, Text

from .catalogue import (
    Batch,
    Catalogue,
    DataFile,
    add_batch,
    add_file,
    replace_current,
    withdraw_batch,
)
from .merge import are_distinct, sticky_months
from .months import MANY_ROWS, Merge, forget_spilled, merging
from .raw import RawFiles
from .shelf import load_tables, table_of
from .table import Table
from .writing import write_rows

NO_MONTH = "none"
_GRACE = timedelta(hours=1)
_WRITERS = 2  # files of months written side by side
_MANY = 50_000  # rows from which that pays
_FEW_RUNS = 8  # runs per month up to which slices are cheaper than sorting


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a batch comes from: the kind of file or room, and the file if there is one."""

    source: str
    file: str | None = None  # SHA-256 of a file kept with `Lake.raw`
    file_name: str | None = None
    brand: str | None = None
    note: Mapping[str, Any] | None = None


class Lake:
    """The facts of one workspace in one folder; a wall, a backup, a deletion.

    Any number of processes may read while one writes; writers wait for each other. What `write`
    has returned is kept even if the machine loses power the next instant.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        (self.folder / "data").mkdir(parents=True, exist_ok=True)
        self.catalogue = Catalogue(self.folder)
        self.raw = RawFiles(self.folder / "raw")

    def write(
        self,
        facts: Mapping[str, pa.Table],
        origin: Origin,
        *,
        at: datetime | None = None,
        before: Callable[[], object] | None = None,
    ) -> Batch:
        """Append facts of any tables as one batch: all of them become visible, or none.

        Each Arrow table holds declared columns (missing ones are null) with `brand` and
        `observed_at` filled. `at` is the moment of recording, naive UTC; only tests give it.
        `before` is waited for just before the batch becomes visible: the copy of its file.
        Returns the batch. Raises InternalError for an unknown table or column.
        """
        with self._writing():
            moment = self._next_moment(at)
            batch = Batch(
                id=uuid.uuid4().hex, seq=0, recorded_at=moment, source=origin.source,
                file=origin.file, file_name=origin.file_name, brand=origin.brand,
                note=dict(origin.note or {}), withdrawn_at=None,
            )  # fmt: skip
            shaped = {key: _shape(table_of(key), rows, batch) for key, rows in facts.items()}
            history: list[DataFile] = []
            current: list[DataFile] = []
            for key, rows in shaped.items():
                if rows.num_rows:
                    added, merged = self._append(table_of(key), rows, batch)
                    history += added
                    current += merged
            if before is not None:
                before()
            with self.catalogue.transaction() as connection:
                add_batch(connection, batch)
                for file in history:
                    add_file(connection, file)
                for file in current:
                    replace_current(connection, file.table, file.month, moment)
                for file in current:
                    add_file(connection, file)
        return batch

    def withdraw(self, batch_id: str, *, at: datetime | None = None) -> None:
        """Undo a batch: its facts no longer count from now on, yet stay readable as of before."""
        with self._writing():
            moment = self._next_moment(at)
            gone = [f for f in self.catalogue.history_files() if f.batch == batch_id]
            rebuilt: list[DataFile] = []
            for table_key in sorted({f.table for f in gone}):
                rebuilt += self._rebuild(table_of(table_key), batch_id)
            with self.catalogue.transaction() as connection:
                withdraw_batch(connection, batch_id, moment)
                for table_key, month in {(f.table, f.month) for f in gone}:
                    replace_current(connection, table_key, month, moment)
                for file in rebuilt:
                    add_file(connection, file)

    def vacuum(self, *, grace: timedelta = _GRACE) -> int:
        """Delete files no reader can need: leftovers of killed writes, long replaced merges.

        Returns how many were deleted. History is never deleted.
        """
        with self._writing():
            limit = _now() - grace
            known = self.catalogue.all_paths()
            old = set(self.catalogue.replaced_paths(limit))
            deleted = self.raw.sweep(limit)
            for path in (self.folder / "data").rglob("*.parquet"):
                name = path.relative_to(self.folder).as_posix()
                age = datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(tzinfo=None)
                if name in old or (name not in known and age < limit):
                    path.unlink()
                    deleted += 1
            with self.catalogue.transaction() as connection:
                connection.executemany("DELETE FROM data_file WHERE path = ?", [(p,) for p in old])
        return deleted

    def absolute(self, path: str) -> str:
        """Return the absolute path of a listed data file."""
        return str(self.folder / path)

    # -- inside a write ------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[None]:
        # The kernel frees the lock of a killed process, so no stale lock can block the next one.
        with (self.folder / "write.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            forget_spilled(self.folder)
            yield

    def _next_moment(self, at: datetime | None) -> datetime:
        moment = at or _now()
        last = self.catalogue.last_recorded()
        # Two writes never share a moment, so "as of" always tells them apart.
        return max(moment, last + timedelta(microseconds=1)) if last else moment

    def _append(
        self, table: Table, rows: pa.Table, batch: Batch
    ) -> tuple[list[DataFile], list[DataFile]]:
        is_unique = are_distinct(rows, table.natural_key)
        months = self._months(table, rows, is_unique=is_unique)
        standing: dict[str, list[DataFile]] = {}
        for file in self.catalogue.current_files(table.key):
            standing.setdefault(file.month, []).append(file)
        parts = dict(_by_month(rows, months))
        history = self._put_all(table, parts, role="history", batch=batch.id)
        # Nothing to merge with: the file that came in is the present, under a second name.
        plain = [f for f in history if is_unique and f.month not in standing]
        current = [self._link(f) for f in plain]
        done = {f.month for f in plain}
        current += self._merge(table, {m: p for m, p in parts.items() if m not in done}, standing)
        return history, current

    def _merge(
        self, table: Table, parts: Mapping[str, pa.Table], standing: Mapping[str, list[DataFile]]
    ) -> list[DataFile]:
        rows = {m: p.num_rows + sum(f.rows for f in standing.get(m, ())) for m, p in parts.items()}
        done: list[DataFile] = []
        for months in _packs(rows):
            files = [f for m in months for f in standing.get(m, ())]
            fresh = pa.concat_tables([
                parts[m].append_column("month", _repeat(pa.scalar(m), parts[m].num_rows))
                for m in months
            ])  # fmt: skip
            with merging(self.folder, sum(rows[m] for m in months)) as connection:
                merge = Merge(connection, table, self._paths(files))
                late = merge.take(fresh)
                told = [f for f in files if f.month not in late]
                for month in late:
                    told += self.catalogue.history_files(table.key, month=month)
                done += self._put_merged(table, merge.rows(self._paths(told)))
        return done

    def _paths(self, files: Iterable[DataFile]) -> list[str]:
        return [self.absolute(f.path) for f in files]

    def _put_merged(self, table: Table, merged: Iterable[tuple[str, pa.Table]]) -> list[DataFile]:
        return [
            self._put(table, month, (rows for _, rows in parts), role="current", batch=None)
            for month, parts in groupby(merged, key=itemgetter(0))
        ]

    def _put_all(
        self, table: Table, parts: Mapping[str, pa.Table], *, role: str, batch: str | None
    ) -> list[DataFile]:
        def put(month: str) -> DataFile:
            return self._put(table, month, [parts[month]], role=role, batch=batch)

        if sum(p.num_rows for p in parts.values()) < _MANY:
            return [put(month) for month in parts]
        with ThreadPoolExecutor(_WRITERS) as pool:
            return list(pool.map(put, parts))

    def _months(self, table: Table, rows: pa.Table, *, is_unique: bool) -> pa.DictionaryArray:
        if table.time is None:
            return _repeat(pa.scalar(NO_MONTH), rows.num_rows)
        months = _months_of(rows[table.time].combine_chunks())
        if table.is_time_in_key:
            return months
        standing = self.catalogue.current_files(table.key)
        if is_unique and not standing:
            return months
        places = [(f.month, self.absolute(f.path)) for f in standing]
        return sticky_months(table, rows, months, places).dictionary_encode()

    def _rebuild(self, table: Table, without: str) -> list[DataFile]:
        """Merge the months of a batch anew without it: only the keys the batch tells of."""
        files = self.catalogue.history_files(table.key)
        touched = {f.month for f in files if f.batch == without}
        rows = {m: sum(f.rows for f in files if f.month == m) for m in touched}
        standing = self.catalogue.current_files(table.key)
        done: list[DataFile] = []
        for months in _packs(rows):
            told = [f for f in files if f.month in months and f.batch != without]
            gone = [f for f in files if f.month in months and f.batch == without]
            with merging(self.folder, sum(rows[m] for m in months)) as connection:
                stands = self._paths(f for f in standing if f.month in months)
                merge = Merge(connection, table, stands)
                merge.drop(self._paths(gone))
                done += self._put_merged(table, merge.rows(self._paths(told)))
        return done

    def _link(self, came: DataFile) -> DataFile:
        name = f"data/{came.table}/{came.month}/current-{uuid.uuid4().hex}.parquet"
        os.link(self.folder / came.path, self.folder / name)
        return replace(came, path=name, role="current", batch=None)

    def _put(
        self, table: Table, month: str, parts: Iterable[pa.Table], *, role: str, batch: str | None
    ) -> DataFile:
        name = f"data/{table.key}/{month}/{role}-{uuid.uuid4().hex}.parquet"
        count, low, high = write_rows(self.folder / name, table, parts)
        return DataFile(name, table.key, month, role, batch, count, low, high)


def _packs(rows: Mapping[str, int]) -> Iterator[list[str]]:
    """Put months together that are merged at once, up to so many rows; a large one alone."""
    pack: list[str] = []
    for month in sorted(rows):
        if pack and sum(rows[m] for m in pack) + rows[month] > MANY_ROWS:
            yield pack
            pack = []
        pack.append(month)
    if pack:
        yield pack


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _shape(table: Table, rows: pa.Table, batch: Batch) -> pa.Table:
    """Bring incoming rows into the stored shape, provenance filled."""
    unknown = set(rows.column_names) - set(table.schema.names)
    if unknown or "brand" not in rows.column_names or "observed_at" not in rows.column_names:
        raise InternalError(
            Text("Rows for table {table} do not fit it: {columns}.",
                 "Baris untuk tabel {table} tidak cocok: {columns}."),
            table=table.key, columns=", ".join(sorted(unknown)) or "brand, observed_at",
        )  # fmt: skip
    given = {
        "recorded_at": pa.scalar(batch.recorded_at, pa.timestamp("us")),
        "batch": pa.scalar(batch.id),
        "source": pa.scalar(batch.source),
        "file": pa.scalar(batch.file, pa.string()),
    }
    blank: dict[pa.DataType, pa.Array] = {}  # one for all columns the rows do not tell
    columns: dict[str, pa.Array | pa.ChunkedArray] = {}
    for field in table.schema:
        if field.name in given:
            columns[field.name] = _repeat(given[field.name].cast(field.type), rows.num_rows)
        elif field.name in rows.column_names:
            columns[field.name] = rows[field.name].cast(field.type)
        else:
            if field.type not in blank:
                blank[field.type] = pa.nulls(rows.num_rows, field.type)
            columns[field.name] = blank[field.type]
    shaped = pa.table(columns)
    for name in table.natural_key:
        if shaped[name].null_count:
            raise InternalError(
                Text("Rows for table {table} lack the key column {column}.",
                     "Baris untuk tabel {table} tidak punya kolom kunci {column}."),
                table=table.key, column=name,
            )  # fmt: skip
    return shaped


def _repeat(value: pa.Scalar, count: int) -> pa.Array:
    """Return one value for every row; a text stands in memory once, not once per row."""
    if not value.is_valid or not pa.types.is_string(value.type):
        return pa.repeat(value, count)
    return pa.DictionaryArray.from_arrays(
        np.zeros(count, np.int8), pa.array([value.as_py()], value.type)
    )


def tables_present(lake: Lake) -> list[str]:
    """Return the keys of tables that hold any row now."""
    return sorted({f.table for f in lake.catalogue.current_files()} & set(load_tables()))


def _months_of(times: pa.Array) -> pa.DictionaryArray:
    """Return the month of each moment or day as YYYY-MM; each month is written out only once."""
    encoded = pc.floor_temporal(times, unit="month").dictionary_encode(null_encoding="encode")
    names = pc.fill_null(pc.strftime(encoded.dictionary, format="%Y-%m"), NO_MONTH)
    return pa.DictionaryArray.from_arrays(encoded.indices, names)


def _by_month(rows: pa.Table, months: pa.DictionaryArray) -> Iterator[tuple[str, pa.Table]]:
    """Cut rows into months; rows that lie in few runs of a month are not even copied.

    Exports are sorted by time nearly always, and the merge returns its rows so.
    """
    codes = months.indices.to_numpy(zero_copy_only=False)
    names = months.dictionary.to_pylist()
    edges = np.flatnonzero(np.diff(codes)) + 1
    if len(edges) <= _FEW_RUNS * len(names):
        runs: dict[int, list[pa.Table]] = {}
        for start, end in pairwise([0, *edges.tolist(), len(codes)]):
            runs.setdefault(int(codes[start]), []).append(rows.slice(start, end - start))
        for code in sorted(runs, key=names.__getitem__):
            yield names[code], pa.concat_tables(runs[code])
        return
    order = np.argsort(codes, kind="stable")
    sorted_codes = codes[order]
    for code in sorted(range(len(names)), key=names.__getitem__):
        low, high = np.searchsorted(sorted_codes, [code, code + 1])
        yield names[code], rows.take(pa.array(order[low:high]))
