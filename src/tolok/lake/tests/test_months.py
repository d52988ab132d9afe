"""Merged in pieces or at once, the present is what all observations together say."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tolok.lake import Batch, Lake, LakeView, Origin, months, store, table_of

SEEN = datetime(2026, 10, 1, 8)
TABLES = ("account_days", "posts")


def some_rows(key: str, dice: random.Random, count: int) -> pa.Table:
    """Return rows of three months, many of keys that came before, each telling some columns."""
    table, rows = table_of(key), []
    for number in range(count):
        moment = datetime(2026, 8, 1) + timedelta(minutes=dice.randrange(92 * 1440))
        row: dict[str, object] = {"brand": dice.choice(["kopi", "teh"]), "platform": "instagram",
                                  "row": number, "account": f"instagram:{dice.randrange(3)}",
                                  "observed_at": SEEN + timedelta(hours=dice.randrange(400))}  # fmt: skip
        row |= {"day": moment.date()} if key == "account_days" else {
            "post": f"p{dice.randrange(60)}", "published_at": moment}  # fmt: skip
        for column in dice.sample(["views", "reach", "likes", "shares"], 2):
            row[column] = dice.randrange(1000)
        rows.append(row)
    names = sorted({n for r in rows for n in r})
    return pa.table({n: pa.array([r.get(n) for r in rows], table.schema.field(n).type)
                     for n in names})  # fmt: skip


def write_some(lake: Lake, dice: random.Random, count: int) -> Batch:
    facts = {key: some_rows(key, dice, count) for key in TABLES}
    return lake.write(facts, Origin(source="test"))


def rows_of(view: LakeView, key: str) -> list[tuple[object, ...]]:
    found = view.run(view.scan(key)).select(table_of(key).schema.names).to_pylist()
    return sorted(tuple(row.values()) for row in found)


def assert_the_present_is_all_that_was_observed(lake: Lake) -> None:
    last = lake.catalogue.last_recorded()
    assert last is not None
    # A withdrawal is later than every write, and its moment is no batch's.
    history = LakeView(lake, as_of=last + timedelta(days=1))
    for key in TABLES:
        assert rows_of(LakeView(lake), key) == rows_of(history, key)
        for file in lake.catalogue.current_files(key):
            stored = pq.ParquetFile(lake.absolute(file.path)).read()
            assert stored.num_rows == file.rows
            keys = stored.select(list(table_of(key).natural_key)).to_pylist()
            named = [tuple(row.values()) for row in keys]
            assert len(set(named)) == len(named), "a key stands twice"


@pytest.mark.parametrize(
    ("limit", "piece"),
    [(10**9, 10**9), (60, 20), (1, 30)],
    ids=["at once", "few at a time", "each month alone"],
)
def test_the_present_is_all_that_was_observed_whatever_is_written_or_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int, piece: int
) -> None:
    monkeypatch.setattr(months, "MANY_ROWS", limit)
    monkeypatch.setattr(store, "MANY_ROWS", limit)
    monkeypatch.setattr(months, "_PIECE", piece)
    monkeypatch.setattr(months, "_BATCH", 7)
    lake, dice = Lake(tmp_path / "lake"), random.Random(limit)
    write_some(lake, dice, 60)
    assert_the_present_is_all_that_was_observed(lake)
    batches = [write_some(lake, dice, 40) for _ in range(3)]
    assert_the_present_is_all_that_was_observed(lake)
    lake.withdraw(batches[1].id)
    assert_the_present_is_all_that_was_observed(lake)
    for batch in lake.catalogue.batches():
        lake.withdraw(batch.id)
    assert lake.catalogue.current_files() == []
    assert list(lake.folder.glob("spilled-*")) == []


def test_merged_rows_lie_sorted_by_key_so_that_one_brand_is_read_alone(tmp_path: Path) -> None:
    lake, dice = Lake(tmp_path / "lake"), random.Random(4)
    for _ in range(2):
        write_some(lake, dice, 50)
    for file in lake.catalogue.current_files("posts"):
        stored = pq.ParquetFile(lake.absolute(file.path)).read(["brand", "post"]).to_pylist()
        assert stored == sorted(stored, key=lambda row: (row["brand"], row["post"]))


def test_files_written_before_a_column_was_declared_are_merged_and_undone(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    day = {"brand": ["kopi"], "account": ["a"], "day": [date(2026, 9, 1)], "platform": ["x"]}
    first = lake.write(
        {"account_days": pa.table({**day, "views": [5], "observed_at": [SEEN]})},
        Origin(source="test"),
    )
    for file in (lake.folder / "data").rglob("*.parquet"):
        kept = pq.ParquetFile(file).read().drop_columns(["likes"])
        file.unlink()
        pq.write_table(kept, file)
    later = {**day, "likes": [3], "observed_at": [SEEN + timedelta(days=1)]}
    second = lake.write({"account_days": pa.table(later)}, Origin(source="test"))
    assert LakeView(lake).table("account_days").select(
        "views", "likes"
    ).to_pyarrow().to_pylist() == [{"views": 5, "likes": 3}]
    lake.withdraw(second.id)
    assert LakeView(lake).table("account_days").views.to_pyarrow().to_pylist() == [5]
    lake.withdraw(first.id)
    assert LakeView(lake).is_empty("account_days")


def test_what_a_killed_merge_left_on_disk_is_gone_with_the_next_write(tmp_path: Path) -> None:
    lake, dice = Lake(tmp_path / "lake"), random.Random(6)
    left = lake.folder / "spilled-0"
    left.mkdir()
    (left / "duckdb_temp_storage-0.tmp").write_bytes(b"somebody's words")
    write_some(lake, dice, 5)
    assert not left.exists()
