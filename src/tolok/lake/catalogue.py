"""The catalogue of a lake: which Parquet files belong to which table, as of when.

One SQLite file. A write becomes visible in a single transaction over all its tables; a reader
sees the lake before it or after it, never between. Data files are written and synced first, so
a process killed at any instant leaves at most files nobody lists.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

_SCHEMA = """
CREATE TABLE IF NOT EXISTS batch (
  id TEXT PRIMARY KEY, seq INTEGER NOT NULL UNIQUE, recorded_at TEXT NOT NULL,
  source TEXT NOT NULL, file TEXT, file_name TEXT, brand TEXT, note TEXT NOT NULL DEFAULT '{}',
  withdrawn_at TEXT);
CREATE TABLE IF NOT EXISTS data_file (
  path TEXT PRIMARY KEY, tab TEXT NOT NULL, month TEXT NOT NULL, role TEXT NOT NULL,
  batch TEXT, rows INTEGER NOT NULL, low TEXT, high TEXT, replaced_at TEXT);
CREATE INDEX IF NOT EXISTS data_file_live ON data_file(tab, role, replaced_at);
CREATE INDEX IF NOT EXISTS batch_file ON batch(file);
CREATE INDEX IF NOT EXISTS batch_brand ON batch(brand);
"""


@dataclass(frozen=True, slots=True)
class Batch:
    """One acknowledged write: an import, an action in the workspace, a computation."""

    id: str
    seq: int
    recorded_at: datetime
    source: str
    file: str | None
    file_name: str | None
    brand: str | None
    note: dict[str, Any]
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class DataFile:
    """One Parquet file of a table and month; `role` is history (as it came) or current (merged)."""

    path: str
    table: str
    month: str
    role: str
    batch: str | None
    rows: int
    low: str | None
    high: str | None


class Catalogue:
    """The SQLite catalogue in a lake's folder; many processes may read while one writes."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "catalogue.sqlite3"
        with closing(self._connect()) as connection:
            connection.executescript(_SCHEMA)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=60, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        # FULL: what was acknowledged must survive a power cut, not only a killed process.
        connection.execute("PRAGMA synchronous=FULL")
        return connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Open a write transaction; all of it becomes visible, or nothing."""
        with closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def fold(self) -> None:
        """Bring all that was written into the one file; nothing older lies beside it any more."""
        with closing(self._connect()) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with closing(self._connect()) as connection:
            return connection.execute(sql, values).fetchall()

    def current_files(self, table: str | None = None) -> list[DataFile]:
        """Return the merged files that are the lake now."""
        return self._files("role = 'current' AND replaced_at IS NULL", table, [])

    def history_files(
        self, table: str | None = None, *, as_of: datetime | None = None, month: str | None = None
    ) -> list[DataFile]:
        """Return the files as they came in, of batches standing at the moment (default: now)."""
        where = "role = 'history' AND batch IN (SELECT id FROM batch WHERE "
        values: list[Any] = []
        if as_of is None:
            where += "withdrawn_at IS NULL)"
        else:
            moment = as_of.isoformat()
            where += "recorded_at <= ? AND (withdrawn_at IS NULL OR withdrawn_at > ?))"
            values += [moment, moment]
        if month is not None:
            where += " AND month = ?"
            values.append(month)
        return self._files(where, table, values)

    def _files(self, where: str, table: str | None, values: list[Any]) -> list[DataFile]:
        if table is not None:
            where += " AND tab = ?"
            values = [*values, table]
        sql = (
            "SELECT path, tab, month, role, batch, rows, low, high FROM data_file "
            f"WHERE {where} ORDER BY path"
        )
        return [DataFile(*row) for row in self._rows(sql, values)]

    def batches(self, *, file: str | None = None, with_withdrawn: bool = False) -> list[Batch]:
        """Return the batches, oldest first; `file` narrows to those that read that file."""
        where = ["1=1"]
        values: list[Any] = []
        if file is not None:
            where.append("file = ?")
            values.append(file)
        if not with_withdrawn:
            where.append("withdrawn_at IS NULL")
        sql = (
            "SELECT id, seq, recorded_at, source, file, file_name, brand, note, withdrawn_at "
            f"FROM batch WHERE {' AND '.join(where)} ORDER BY seq"
        )
        return [_batch_of(row) for row in self._rows(sql, values)]

    def file_names(self, batches: Collection[str]) -> dict[str, str | None]:
        """Return the file names of batches by their ids."""
        ids = sorted(batches)
        marks = ", ".join("?" * len(ids))
        return dict(self._rows(f"SELECT id, file_name FROM batch WHERE id IN ({marks})", ids))  # type: ignore[arg-type]

    def all_paths(self) -> set[str]:
        """Return every data file the catalogue knows, replaced ones included."""
        return {row[0] for row in self._rows("SELECT path FROM data_file")}

    def replaced_paths(self, before: datetime) -> list[str]:
        """Return merged files that were replaced before the moment."""
        sql = "SELECT path FROM data_file WHERE replaced_at < ?"
        return [row[0] for row in self._rows(sql, (before.isoformat(),))]

    def last_recorded(self) -> datetime | None:
        """Return the moment of the last acknowledged write, or None for an empty lake."""
        rows = self._rows("SELECT max(recorded_at) FROM batch")
        return datetime.fromisoformat(rows[0][0]) if rows and rows[0][0] else None


def add_batch(connection: sqlite3.Connection, batch: Batch) -> None:
    """List a batch inside an open transaction."""
    connection.execute(
        "INSERT INTO batch(id, seq, recorded_at, source, file, file_name, brand, note) "
        "VALUES (?, (SELECT coalesce(max(seq), 0) + 1 FROM batch), ?, ?, ?, ?, ?, ?)",
        (batch.id, batch.recorded_at.isoformat(), batch.source, batch.file, batch.file_name,
         batch.brand, json.dumps(batch.note, ensure_ascii=False)),
    )  # fmt: skip


def add_file(connection: sqlite3.Connection, file: DataFile) -> None:
    """List a data file inside an open transaction."""
    connection.execute(
        "INSERT INTO data_file(path, tab, month, role, batch, rows, low, high) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (file.path, file.table, file.month, file.role, file.batch, file.rows, file.low, file.high),
    )


def replace_current(
    connection: sqlite3.Connection, table: str, month: str, moment: datetime
) -> None:
    """Mark the merged files of a table's month as replaced, inside an open transaction."""
    connection.execute(
        "UPDATE data_file SET replaced_at = ? "
        "WHERE tab = ? AND month = ? AND role = 'current' AND replaced_at IS NULL",
        (moment.isoformat(), table, month),
    )


def withdraw_batch(connection: sqlite3.Connection, batch: str, moment: datetime) -> None:
    """Mark a batch as withdrawn, inside an open transaction; its files stay readable as of then."""
    connection.execute(
        "UPDATE batch SET withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL",
        (moment.isoformat(), batch),
    )


def _batch_of(row: tuple[Any, ...]) -> Batch:
    return Batch(
        id=row[0], seq=row[1], recorded_at=datetime.fromisoformat(row[2]), source=row[3],
        file=row[4], file_name=row[5], brand=row[6], note=json.loads(row[7]),
        withdrawn_at=datetime.fromisoformat(row[8]) if row[8] else None,
    )  # fmt: skip
