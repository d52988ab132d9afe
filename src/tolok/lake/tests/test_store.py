"""What a lake promises: nothing lost, nothing half-visible, the later observation wins."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import tempfile
import time
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tolok.base import InternalError
from tolok.lake import Lake, LakeView, Origin, load_tables, reading
from tolok.lake.merge import are_distinct

SEEN = datetime(2026, 10, 1, 8)


def account_day(day: date, *, seen: datetime = SEEN, **measures: int) -> dict[str, object]:
    return {"brand": "kopi", "account": "instagram:kopi", "day": day, "platform": "instagram",
            "observed_at": seen, **measures}  # fmt: skip


def write(lake: Lake, *rows: dict[str, object], table: str = "account_days", **origin: str):
    names = sorted({name for row in rows for name in row})
    facts = pa.table({n: [row.get(n) for row in rows] for n in names})
    return lake.write({table: facts}, Origin(source="test", **origin))


def read(lake: Lake, *columns: str, as_of: datetime | None = None, table: str = "account_days"):
    rows = LakeView(lake, as_of).table(table).select(*columns).to_pyarrow().to_pylist()
    return sorted(tuple(row.values()) for row in rows)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def test_what_is_written_is_read_back(lake: Lake) -> None:
    write(lake, account_day(date(2026, 9, 1), views=10), account_day(date(2026, 10, 1), views=7))
    assert read(lake, "day", "views") == [(date(2026, 9, 1), 10), (date(2026, 10, 1), 7)]


def test_the_later_observation_wins_and_the_earlier_stays_readable(lake: Lake) -> None:
    first = write(lake, account_day(date(2026, 9, 1), views=10))
    write(lake, account_day(date(2026, 9, 1), views=12, seen=SEEN + timedelta(days=1)))
    assert read(lake, "views") == [(12,)]
    assert read(lake, "views", as_of=first.recorded_at) == [(10,)]
    assert LakeView(lake).history("account_days").count().to_pyarrow().as_py() == 2


def test_an_older_observation_imported_late_does_not_win(lake: Lake) -> None:
    write(lake, account_day(date(2026, 9, 1), views=12))
    write(lake, account_day(date(2026, 9, 1), views=10, seen=SEEN - timedelta(days=9)))
    assert read(lake, "views") == [(12,)]


def test_each_column_keeps_its_own_latest_observation_whatever_the_order_of_imports(
    lake: Lake,
) -> None:
    day = date(2026, 9, 1)
    write(lake, account_day(day, views=10, seen=SEEN))
    write(lake, account_day(day, reach=5, seen=SEEN + timedelta(days=9)))
    # Seen after the first views, yet before the row as a whole: it must still win for views.
    write(lake, account_day(day, views=12, seen=SEEN + timedelta(days=4)))
    assert read(lake, "views", "reach") == [(12, 5)]


@given(st.permutations(range(6)), st.lists(st.integers(0, 3), min_size=6, max_size=6))
@settings(max_examples=15)
def test_the_order_of_imports_never_changes_a_figure(order: list[int], moments: list[int]) -> None:
    columns = ("views", "reach", "likes")
    with tempfile.TemporaryDirectory() as folder:
        lake = Lake(Path(folder))
        for number in order:
            seen = SEEN + timedelta(days=moments[number], minutes=number)
            day = account_day(date(2026, 9, 1), seen=seen, **{columns[number % 3]: number + 1})
            write(lake, day)
        latest = {c: max(((moments[n], n), n + 1) for n in range(6) if columns[n % 3] == c)[1]
                  for c in columns}  # fmt: skip
        assert read(lake, *columns) == [tuple(latest[c] for c in columns)]


def test_a_file_that_is_silent_about_a_column_does_not_erase_it(lake: Lake) -> None:
    write(lake, account_day(date(2026, 9, 1), views=12))
    write(lake, account_day(date(2026, 9, 1), reach=5, seen=SEEN + timedelta(days=1)))
    assert read(lake, "views", "reach") == [(12, 5)]


def test_a_row_that_stands_twice_in_one_batch_counts_once_and_the_lower_line_wins(
    lake: Lake,
) -> None:
    day = date(2026, 9, 1)
    write(lake, {**account_day(day, views=1), "row": 2}, {**account_day(day, views=3), "row": 9})
    assert read(lake, "views") == [(3,)]


def test_a_post_whose_hour_moves_over_a_month_end_is_not_stored_twice(lake: Lake) -> None:
    def post(moment: datetime, views: int, seen: datetime) -> dict[str, object]:
        return {"brand": "kopi", "post": "x:1", "platform": "x", "published_at": moment,
                "views": views, "observed_at": seen}  # fmt: skip

    write(lake, post(datetime(2026, 8, 31, 17), 5, SEEN), table="posts")
    later = post(datetime(2026, 9, 1, 3), 8, SEEN + timedelta(days=1))
    write(lake, later, table="posts")
    assert read(lake, "views", "published_at", table="posts") == [(8, datetime(2026, 9, 1, 3))]


def test_undoing_an_import_takes_its_facts_out_and_keeps_them_readable_as_of_before(
    lake: Lake,
) -> None:
    write(lake, account_day(date(2026, 9, 1), views=10))
    wrong = write(lake, account_day(date(2026, 9, 1), views=99, seen=SEEN + timedelta(days=1)))
    lake.withdraw(wrong.id)
    assert read(lake, "views") == [(10,)]
    assert read(lake, "views", as_of=wrong.recorded_at) == [(99,)]


def test_a_write_to_several_tables_is_seen_whole(lake: Lake) -> None:
    facts = {
        "account_days": pa.table({k: [v] for k, v in account_day(date(2026, 9, 1)).items()}),
        "accounts": pa.table({"brand": ["kopi"], "account": ["instagram:kopi"],
                              "observed_at": [SEEN]}),
    }  # fmt: skip
    lake.write(facts, Origin(source="test"))
    assert lake.catalogue.batches()[0].seq == 1
    assert {f.table for f in lake.catalogue.current_files()} == {"account_days", "accounts"}


def test_rows_without_a_key_or_with_an_unknown_column_are_refused_whole(lake: Lake) -> None:
    bad = {**account_day(date(2026, 9, 1)), "account": None}
    with pytest.raises(InternalError, match="lack the key"):
        write(lake, bad)
    with pytest.raises(InternalError, match="do not fit"):
        write(lake, {**account_day(date(2026, 9, 1)), "nonsense": 1})
    assert lake.catalogue.batches() == []


def test_raw_files_are_kept_once_by_their_hash(lake: Lake, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("Date,Primary\n")
    assert lake.raw.keep(tmp_path / "a.csv") == lake.raw.keep(tmp_path / "b.csv")
    assert lake.raw.path_of(lake.raw.keep(tmp_path / "a.csv")).read_text() == "Date,Primary\n"


def test_vacuum_deletes_leftovers_and_no_fact(lake: Lake, tmp_path: Path) -> None:
    for number in range(3):
        moment = SEEN + timedelta(days=number)
        write(lake, account_day(date(2026, 9, 1), views=number, seen=moment))
    orphan = lake.folder / "data/account_days/2026-09/current-dead.parquet"
    orphan.write_bytes(b"half a file")
    (tmp_path / "came.csv").write_text("Date,Primary\n")
    kept = lake.raw.path_of(lake.raw.keep(tmp_path / "came.csv"))
    (lake.raw.folder / "dead.part").write_bytes(b"half a copy")
    assert lake.vacuum(grace=timedelta(0)) == 4  # two replaced merges and the two leftovers
    assert read(lake, "views") == [(2,)]
    assert not orphan.exists()
    assert [p for p in lake.raw.folder.rglob("*") if p.is_file()] == [kept]


@pytest.mark.parametrize("key", load_tables())
def test_every_table_stores_a_row_and_reads_it_back(key: str, lake: Lake) -> None:
    table = load_tables()[key]
    sample = {"text": "t", "int": 3, "float": 0.5, "money": Decimal("7.25"),
              "date": date(2026, 9, 1), "moment": SEEN, "bool": True}  # fmt: skip
    row = {n: sample[table.column(n).type] for n in (*table.natural_key, *table.values)}
    write(lake, {**row, "observed_at": SEEN}, table=key)
    stored = LakeView(lake).table(key).to_pyarrow().to_pylist()
    assert len(stored) == 1
    assert {n: stored[0][n] for n in row} == {**row}


def _write_for_ever(folder: str, acknowledged: str) -> None:
    lake = Lake(folder)
    for number in range(10_000):
        day = date(2026, 1, 1) + timedelta(days=number % 300)
        write(lake, account_day(day, views=number, seen=SEEN + timedelta(seconds=number)),
              account_day(day + timedelta(days=31), likes=number,
                          seen=SEEN + timedelta(seconds=number)))  # fmt: skip
        with Path(acknowledged).open("a") as log:
            log.write(f"{number}\n")
            log.flush()
            os.fsync(log.fileno())


def test_a_writer_killed_at_any_instant_loses_nothing_acknowledged(tmp_path: Path) -> None:
    chance = random.Random(7)
    context = multiprocessing.get_context("spawn")
    for attempt in range(4):
        folder, log = tmp_path / f"lake{attempt}", tmp_path / f"log{attempt}"
        log.touch()
        process = context.Process(target=_write_for_ever, args=(str(folder), str(log)))
        process.start()
        deadline = time.monotonic() + 60
        while not log.read_text() and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(chance.random() * 0.4)
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        done = [int(line) for line in log.read_text().split()]
        lake = Lake(folder)
        batches = lake.catalogue.batches()
        assert done, "the writer never got to work"
        assert len(batches) in (len(done), len(done) + 1)  # killed between commit and log
        view = LakeView(lake)
        seen = view.history("account_days")
        assert seen.count().to_pyarrow().as_py() == 2 * len(batches)
        views = set(seen.views.to_pyarrow().to_pylist()) - {None}
        likes = set(seen.likes.to_pyarrow().to_pylist()) - {None}
        assert views == likes == set(range(len(batches)))
        write(lake, account_day(date(2027, 1, 1), views=1))  # the lock of the dead is no hindrance


def test_full_columns_are_those_without_a_null_in_any_file_read(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(lake, account_day(date(2026, 9, 1), views=10, likes=1))
    write(lake, account_day(date(2026, 10, 1), views=7), account_day(date(2026, 10, 2), views=8))
    assert LakeView(lake).full_columns("account_days") == frozenset()  # of few rows nothing is told
    monkeypatch.setattr(reading, "MANY_ROWS", 1)
    both = LakeView(lake).full_columns("account_days")
    assert {"brand", "day", "views", "observed_at"} <= both
    assert not both & {"likes", "reach"}
    september = LakeView(lake).full_columns("account_days", date(2026, 9, 1), date(2026, 10, 1))
    assert "likes" in september
    moment = lake.catalogue.last_recorded()
    assert LakeView(lake, moment).full_columns("account_days") == frozenset()


@pytest.mark.parametrize("doubled", [False, True])
def test_doubles_among_many_rows_are_seen(doubled: bool) -> None:
    ids = [f"instagram:{n}" for n in range(20_000)]
    if doubled:
        ids[-1] = ids[3]
    rows = pa.table({"brand": ["kopi"] * len(ids), "post": ids})
    assert are_distinct(rows, ("brand", "post")) is not doubled
