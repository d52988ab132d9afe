"""A rollup refreshed again and again holds the cells it would hold if it were made anew."""

from __future__ import annotations

import math
import random
import shutil
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tolok.base import Calendar
from tolok.lake import DERIVED, Batch, Lake, LakeView, Origin, erase_brand
from tolok.metrics import rolling
from tolok.metrics import rollup as rollup_module
from tolok.metrics.cells import layout_of
from tolok.metrics.rolling import BESIDE, DAYS, MONTHS, MonthMaker, cells_files
from tolok.metrics.rollup import find_months, keep_rollups, refresh_rollups

from .random_rows import write_random
from .small_lake import arrow_of, fill_row

TABLES = ("account_days", "posts", "interactions")
JAKARTA, BERLIN = Calendar(), Calendar(timezone="Europe/Berlin")
FIRST, MANY_DAYS = date(2026, 9, 20), 40


def write_some(lake: Lake, dice: random.Random, count: int, *, numbers: int = 10_000) -> Batch:
    return write_random(
        lake, dice, count, tables=TABLES, first=FIRST, days=MANY_DAYS, numbers=numbers
    )


def cells(lake: Lake, key: str, calendar: Calendar) -> dict[tuple[str, ...], dict[str, Any]]:
    """Return every cell of days and of months by what names it, put together over files."""
    found, layout = {}, layout_of(key)
    months = find_months(LakeView(lake), key, calendar)
    assert months
    for folder in months:
        for file, named in ((DAYS, "day"), (MONTHS, "month")):
            files = [str(path) for path in cells_files(folder, file)]
            rows = duckdb.from_parquet(files).to_arrow_table()
            if len(files) > 1:
                sql = layout.days_sql if file == DAYS else layout.joined_months_sql
                rows = duckdb.sql(sql("rows")).to_arrow_table()
            for row in rows.to_pylist():
                who = (row["brand"], row["platform"], row["account"], str(row[named]))
                name = (folder.name, file, *who)
                assert name not in found, "two cells of one day"
                found[name] = row
    return found


def plain(cell: Any) -> Any:
    """Return a value of a cell so that values in another order are the same, and none is none."""
    return (sorted(cell) or None) if isinstance(cell, list) else cell


def is_same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9)
    return bool(plain(one) == plain(other))


def assert_as_made_anew(
    lake: Lake, calendar: Calendar, aside: Path, tables: Sequence[str] = TABLES
) -> None:
    shutil.copytree(lake.folder, aside, ignore=shutil.ignore_patterns(DERIVED))
    anew = Lake(aside)
    refresh_rollups(anew, calendar, tables)
    for key in tables:
        here, there = cells(lake, key, calendar), cells(anew, key, calendar)
        assert here.keys() == there.keys()
        assert [
            (name, column)
            for name, row in there.items()
            for column, value in row.items()
            if not is_same(value, here[name][column])
        ] == []
    shutil.rmtree(aside)


@pytest.mark.parametrize(("seed", "calendar", "most_beside"), [(1, JAKARTA, 0), (2, BERLIN, 100)])
def test_refreshed_cells_are_those_made_anew(
    tmp_path: Path, seed: int, calendar: Calendar, most_beside: float,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(rolling, "_MOST_BESIDE", most_beside)
    lake, dice, aside = Lake(tmp_path / "lake"), random.Random(seed), tmp_path / "anew"
    write_some(lake, dice, 150, numbers=200)
    refresh_rollups(lake, calendar, TABLES)
    # Rows nobody knew; then rows observed again, on other days and before others; then both, twice.
    for _ in range(2):
        write_some(lake, dice, 20)
        refresh_rollups(lake, calendar, TABLES)
        assert_as_made_anew(lake, calendar, aside)
    assert bool(most_beside) == bool([*lake.folder.rglob(BESIDE[DAYS])])
    again = write_some(lake, dice, 40, numbers=200)
    refresh_rollups(lake, calendar, TABLES)
    assert_as_made_anew(lake, calendar, aside)
    for _ in range(2):
        write_some(lake, dice, 25, numbers=400)
    refresh_rollups(lake, calendar, TABLES)
    assert_as_made_anew(lake, calendar, aside)
    lake.withdraw(again.id)
    refresh_rollups(lake, calendar, TABLES)
    assert_as_made_anew(lake, calendar, aside)
    erase_brand(lake, "teh")
    write_some(lake, dice, 10)
    refresh_rollups(lake, calendar, TABLES)
    assert_as_made_anew(lake, calendar, aside)


def write_posts(lake: Lake, *posts: str, day: int = 9) -> None:
    rows = [fill_row("posts", 0, {"post": p, "published_at": datetime(2026, 10, day, 5), "reach": 31})
            for p in posts]  # fmt: skip
    lake.write({"posts": arrow_of("posts", rows)}, Origin(source="test"))


@pytest.fixture
def rolled(tmp_path: Path) -> Lake:
    """A lake whose posts are rolled up."""
    lake = Lake(tmp_path / "lake")
    write_posts(lake, "a", "b")
    write_posts(lake, "c", day=12)
    refresh_rollups(lake, JAKARTA, ["posts"])
    return lake


def test_rows_nobody_knew_are_added_without_reading_the_month_again(
    rolled: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> str:
        raise AssertionError("the facts of the month were read")

    monkeypatch.setattr(MonthMaker, "_facts", refuse)
    write_posts(rolled, "d", "e")
    assert [r.days for r in refresh_rollups(rolled, JAKARTA, ["posts"])] == [1]
    write_posts(rolled, "a")  # known: its day is computed anew
    with pytest.raises(AssertionError, match="facts of the month"):
        refresh_rollups(rolled, JAKARTA, ["posts"])


def test_a_refresh_that_dies_between_days_and_months_leaves_nothing_and_is_made_up_for(
    rolled: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_posts(rolled, "d")
    copy = MonthMaker._copy

    def die(maker: MonthMaker, sql: str, path: Path) -> None:
        if path.name == "months.parquet":
            raise KeyboardInterrupt
        copy(maker, sql, path)

    with monkeypatch.context() as patch:
        patch.setattr(MonthMaker, "_copy", die)
        with pytest.raises(KeyboardInterrupt):
            refresh_rollups(rolled, JAKARTA, ["posts"])
    assert find_months(LakeView(rolled), "posts", JAKARTA) is None
    assert [r.days for r in refresh_rollups(rolled, JAKARTA, ["posts"])] == [1]
    assert_as_made_anew(rolled, JAKARTA, tmp_path / "anew", ["posts"])


def test_each_refresh_builds_on_the_one_before_it(
    rolled: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rollup_module, "MANY_ROWS", 1)
    days = []
    for number, day in enumerate((14, 15, 16)):
        write_posts(rolled, f"new-{number}", day=day)
        days += [r.days for r in keep_rollups(rolled, [JAKARTA]) if r.table == "posts"]
    assert days == [1, 1, 1]


def test_what_is_written_while_a_refresh_works_is_met_by_the_next(
    rolled: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, late = MonthMaker.make, ["a"]

    def write_and_make(maker: MonthMaker, *asked: Any) -> int:
        while late:
            write_posts(rolled, late.pop(), day=20)  # known, and moved
        return make(maker, *asked)

    monkeypatch.setattr(MonthMaker, "make", write_and_make)
    write_posts(rolled, "d")
    refresh_rollups(rolled, JAKARTA, ["posts"])  # of the lake as it was when it began
    write_posts(rolled, "e", day=21)
    refresh_rollups(rolled, JAKARTA, ["posts"])
    assert_as_made_anew(rolled, JAKARTA, tmp_path / "anew", ["posts"])
