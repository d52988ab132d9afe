"""Erasing for good: everything of a brand, or what names one person; nothing can be read back.

The one place where the lake forgets. Data files are written anew without the rows, or with what
names the person emptied, and the old ones are deleted; so are the files as they came in that held
them, since they would still tell. Their batches stay listed where other facts rest on them.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from .catalogue import Batch, add_batch
from .rollcall import DERIVED
from .shelf import table_of
from .store import Lake
from .table import Table

SOURCE = "erased"
# Personal columns that hold words, not names: they never tell whose row it is.
_WORDS = {"text", "caption", "title", "masked"}


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased: rows by table (as they stood), and how many files as they came in."""

    rows: dict[str, int]
    files: int


def person_rows(lake: Lake, brand: str, name: str) -> dict[str, pa.Table]:
    """Return the rows of the present that name a person of a brand, by table; export these.

    Nobody has an empty name.
    """
    found: dict[str, list[pa.Table]] = {}
    if not name.strip(" @"):
        return {}
    for file in lake.catalogue.current_files():
        if not naming_columns(table_of(file.table)):
            continue
        rows = _read(lake, file.path)
        mine = rows.filter(_of_person(table_of(file.table), rows, brand, name))
        if mine.num_rows:
            found.setdefault(file.table, []).append(mine)
    return {key: pa.concat_tables(parts) for key, parts in found.items()}


def erase_brand(lake: Lake, brand: str) -> Erased:
    """Erase every fact, import and file of a brand; files another brand brought in too stay."""
    gone = {b.id: b.file for b in _batches(lake) if b.brand == brand}
    with lake._writing():
        counted = _rewrite(lake, lambda _t, rows: _without(rows, pc.equal(rows["brand"], brand)))
        with lake.catalogue.transaction() as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.executemany("DELETE FROM batch WHERE id = ?", [(b,) for b in gone])
        lake.catalogue.fold()
    standing = {b.file for b in _batches(lake)}
    files = [f for f in set(gone.values()) if f and f not in standing]
    return Erased(counted, _forget_files(lake, files))


def erase_person(lake: Lake, brand: str, name: str) -> Erased:
    """Empty what names a person of a brand, and the person's words; what was counted still counts.

    Rows whose key is the person go as a whole. The files as they came in that hold such rows are
    deleted; importing the same file again stays without effect. Nobody has an empty name.
    """
    if not name.strip(" @"):
        return Erased({}, 0)
    talks = _talks_of(lake, brand, name)
    held: set[str] = set()

    def change(table: Table, rows: pa.Table) -> tuple[pa.Table, int] | None:
        mine = _of_person(table, rows, brand, name)
        if table.key == "labels" and talks:
            mine = pc.or_(mine, pc.is_in(rows["interaction"], pa.array(sorted(talks))))
        hit = rows.filter(mine)
        held.update(f for f in hit["file"].to_pylist() if f)
        if set(table.natural_key) & set(table.personal):
            return _without(rows, mine)
        if not hit.num_rows:
            return None
        for column in table.personal:
            empty = pa.nulls(rows.num_rows, rows.schema.field(column).type)
            kept = pc.if_else(mine, empty, rows[column])
            rows = rows.set_column(rows.column_names.index(column), column, kept)
        return rows, hit.num_rows

    with lake._writing():
        counted = _rewrite(lake, change)
        # Listed without the name: whoever keeps answers sees that the facts are others now.
        note = {"rows": sum(counted.values()), "files": len(held)}
        with lake.catalogue.transaction() as connection:
            add_batch(connection, Batch(
                id=uuid.uuid4().hex, seq=0, recorded_at=lake._next_moment(None), source=SOURCE,
                file=None, file_name=None, brand=brand, note=note, withdrawn_at=None,
            ))  # fmt: skip
    return Erased(counted, _forget_files(lake, sorted(held)))


Change = Callable[[Table, pa.Table], tuple[pa.Table, int] | None]


def _rewrite(lake: Lake, change: Change) -> dict[str, int]:
    """Write every data file anew that the change touches, and delete the old ones."""
    counted: dict[str, int] = {}
    swapped: list[tuple[str, str | None, int]] = []
    for path, key, role in _listed(lake):
        found = change(table_of(key), _read(lake, path))
        if found is None:
            continue
        rows, count = found
        if role == "current":
            counted[key] = counted.get(key, 0) + count
        fresh = _write(lake, path, rows) if rows.num_rows else None
        swapped.append((path, fresh, rows.num_rows))
    with lake.catalogue.transaction() as connection:
        connection.execute("PRAGMA secure_delete = ON")
        for path, fresh, count in swapped:
            if fresh is None:
                connection.execute("DELETE FROM data_file WHERE path = ?", (path,))
            else:
                connection.execute(
                    "UPDATE data_file SET path = ?, rows = ? WHERE path = ?", (fresh, count, path)
                )
        connection.execute("DELETE FROM data_file WHERE replaced_at IS NOT NULL")
    lake.catalogue.fold()
    known = lake.catalogue.all_paths()
    for file in (lake.folder / "data").rglob("*.parquet"):
        if file.relative_to(lake.folder).as_posix() not in known:
            file.unlink()
    shutil.rmtree(lake.folder / DERIVED, ignore_errors=True)
    return counted


def _listed(lake: Lake) -> Iterator[tuple[str, str, str]]:
    sql = "SELECT path, tab, role FROM data_file WHERE replaced_at IS NULL ORDER BY path"
    yield from lake.catalogue._rows(sql)  # type: ignore[misc]


def _without(rows: pa.Table, gone: pa.ChunkedArray) -> tuple[pa.Table, int] | None:
    rest = rows.filter(pc.invert(pc.fill_null(gone, fill_value=False)))
    count = rows.num_rows - rest.num_rows
    return (rest, count) if count else None


def naming_columns(table: Table) -> tuple[str, ...]:
    """Return the columns of a table that may tell whose row it is."""
    return tuple(c for c in table.personal if c not in _WORDS)


def _of_person(table: Table, rows: pa.Table, brand: str, name: str) -> pa.ChunkedArray:
    """Return which rows of the brand name the person, whatever the case of the letters.

    A handle is found with and without its @, and behind its platform (`instagram:rara`).
    """
    found = pa.array([False] * rows.num_rows)
    wanted = name.strip().lower().lstrip("@")
    for column in naming_columns(table):
        said = pc.utf8_lower(pc.utf8_trim_whitespace(rows[column].cast(pa.string())))
        handle = pc.replace_substring_regex(said, r"^([a-z_]+:)?@?", "")
        same = pc.or_(
            pc.equal(pc.utf8_ltrim(said, characters="@"), wanted), pc.equal(handle, wanted)
        )
        found = pc.or_(found, pc.fill_null(same, fill_value=False))
    return pc.and_(found, pc.equal(rows["brand"], brand))


def _talks_of(lake: Lake, brand: str, name: str) -> set[str]:
    """Return the person's interactions, in every file: what was derived of them goes too."""
    found: set[str] = set()
    for path, key, _role in _listed(lake):
        if key == "interactions":
            rows = _read(lake, path)
            mine = rows.filter(_of_person(table_of(key), rows, brand, name))
            found.update(mine["interaction"].to_pylist())
    return found


def _read(lake: Lake, path: str) -> pa.Table:
    return pq.read_table(lake.folder / path, partitioning=None)


def _write(lake: Lake, path: str, rows: pa.Table) -> str:
    role = Path(path).name.split("-")[0]
    name = Path(path).with_name(f"{role}-{uuid.uuid4().hex}.parquet").as_posix()
    pq.write_table(rows, lake.folder / name, compression="zstd", compression_level=1)
    return name


def _forget_files(lake: Lake, digests: list[str]) -> int:
    count = 0
    for digest in digests:
        with suppress(FileNotFoundError):
            (lake.raw.folder / digest[:2] / digest).unlink()
            count += 1
    return count


def _batches(lake: Lake) -> list[Batch]:
    return lake.catalogue.batches(with_withdrawn=True)
