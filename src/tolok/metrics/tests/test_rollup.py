"""Figures from rollups are the figures from facts, and a rollup can never be stale."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tolok.base import Calendar, Period
from tolok.lake import Batch, Lake, LakeView, Origin
from tolok.metrics import Engine, Figures, Scope, keep_rollups, load_metrics
from tolok.metrics import rollup as rollup_module
from tolok.metrics.rollup import FOLDER, refresh_rollups, rollup_path

from .compared import differences
from .small_lake import OCTOBER, SEEN, TODAY, arrow_of, example_rows, fill_row, lake_of

METRICS = load_metrics()
WEEKS = Calendar().split(OCTOBER, "week")
MANY = Calendar().split(OCTOBER, "day")
JAKARTA, BERLIN = Calendar(), Calendar(timezone="Europe/Berlin")


SMALL = [m for m in METRICS.values() if m.table in ("account_days", "posts") and not m.is_joined]


@pytest.fixture
def whole(tmp_path: Path) -> Lake:
    return lake_of(tmp_path, example_rows(METRICS.values()), by_brand=True)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """Only what the metrics of days and posts stand on: quick to build and roll up."""
    return lake_of(tmp_path, example_rows(SMALL), by_brand=True)


def figures(
    lake: Lake, periods: list[Period], calendar: Calendar, by: tuple[str, ...] = (),
    scope: Scope | None = None,
) -> Figures:  # fmt: skip
    known = METRICS.values() if not LakeView(lake).is_empty("conversations") else SMALL
    wanted = [m for m in known if set(by) <= set(m.dimensions)]
    return Engine(LakeView(lake), calendar, TODAY).figures(wanted, periods, scope, by=by)


@pytest.mark.parametrize("calendar", [JAKARTA, BERLIN], ids=["Jakarta", "Berlin"])
def test_every_figure_is_the_same_with_and_without_rollups(whole: Lake, calendar: Calendar) -> None:
    lake = whole
    asked = [
        ([OCTOBER, calendar.previous(OCTOBER)], (), None),
        ([OCTOBER], ("brand",), None),
        (WEEKS, ("platform",), None),
        (MANY[:9], (), None),
        ([OCTOBER], (), Scope(brand="views")),
    ]
    asked = asked if calendar is JAKARTA else asked[:1]
    before = [figures(lake, p, calendar, by, s) for p, by, s in asked]
    refresh_rollups(lake, calendar)
    used = rollup_path(LakeView(lake), "posts", calendar)
    assert used is not None
    after = [figures(lake, p, calendar, by, s) for p, by, s in asked]
    for one, other in zip(before, after, strict=True):
        assert differences(one, other) == []


def write_rows(lake: Lake, rows: dict[str, list[dict[str, object]]]) -> Batch:
    facts = {k: arrow_of(k, [fill_row(k, i, r) for i, r in enumerate(v)]) for k, v in rows.items()}
    return lake.write(facts, Origin(source="test"))


def new_rows(day: date, seen: datetime) -> dict[str, list[dict[str, object]]]:
    moment = datetime(day.year, day.month, day.day, 20)  # already the next day in Jakarta
    return {
        "account_days": [{"brand": "views", "day": day, "views": 77, "followers": 9,
                          "observed_at": seen}],
        "posts": [{"brand": "views", "post": f"p-{day}", "published_at": moment, "reach": 31,
                   "observed_at": seen}],
    }  # fmt: skip


def test_a_refresh_takes_anew_only_the_days_that_changed_and_is_right(lake: Lake) -> None:
    refresh_rollups(lake, JAKARTA)
    write_rows(lake, new_rows(date(2026, 10, 9), SEEN + timedelta(days=1)))
    assert rollup_path(LakeView(lake), "posts", JAKARTA) is None  # not used until refreshed
    fresh = figures(lake, [*WEEKS, OCTOBER], JAKARTA, ("brand",))
    done = {r.table: r.days for r in refresh_rollups(lake, JAKARTA)}
    assert done["account_days"] == 1
    assert done["posts"] == 1
    assert differences(fresh, figures(lake, [*WEEKS, OCTOBER], JAKARTA, ("brand",))) == []


def test_a_post_that_moves_to_another_day_is_taken_from_the_old_one(lake: Lake) -> None:
    write_rows(lake, new_rows(date(2026, 10, 9), SEEN))
    refresh_rollups(lake, JAKARTA)
    moved = new_rows(date(2026, 10, 9), SEEN + timedelta(days=1))["posts"][0]
    moved["published_at"] = datetime(2026, 10, 12, 3)
    write_rows(lake, {"posts": [moved]})
    fresh = figures(lake, MANY, JAKARTA)
    refresh_rollups(lake, JAKARTA)
    assert rollup_path(LakeView(lake), "posts", JAKARTA) is not None
    assert differences(fresh, figures(lake, MANY, JAKARTA)) == []


def test_an_undone_import_leaves_the_rollup_too(lake: Lake) -> None:
    batch = write_rows(lake, new_rows(date(2026, 10, 9), SEEN + timedelta(days=1)))
    refresh_rollups(lake, JAKARTA)
    lake.withdraw(batch.id)
    fresh = figures(lake, WEEKS, JAKARTA, ("brand",))
    refresh_rollups(lake, JAKARTA)
    assert differences(fresh, figures(lake, WEEKS, JAKARTA, ("brand",))) == []


def test_a_refresh_killed_midway_leaves_nothing_that_is_read(lake: Lake) -> None:
    refresh_rollups(lake, JAKARTA)
    folder = lake.folder / FOLDER
    whole = next(folder.glob("posts-*.duckdb"))
    (folder / "aside-0.tmp").write_bytes(whole.read_bytes()[:1000])  # as a kill leaves it
    assert rollup_path(LakeView(lake), "posts", JAKARTA) == whole
    assert figures(lake, [OCTOBER], JAKARTA)


def test_only_tables_large_enough_are_kept_and_once_for_each_clock(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert keep_rollups(lake, [JAKARTA]) == []
    rows = {
        k: sum(f.rows for f in lake.catalogue.current_files(k)) for k in ("account_days", "posts")
    }
    monkeypatch.setattr(rollup_module, "MANY_ROWS", max(rows.values()))
    largest = max(rows, key=lambda k: rows[k])
    done = keep_rollups(lake, [JAKARTA, BERLIN, Calendar(week_start=6)])
    assert [r.table for r in done] == [largest, largest]
    assert rollup_path(LakeView(lake), largest, BERLIN) is not None


def test_a_sum_too_large_to_keep_is_read_from_the_facts(lake: Lake) -> None:
    write_rows(lake, {"posts": [
        {"brand": "views", "post": f"p-{n}", "published_at": datetime(2026, 10, 9, 5),
         "views": 9 * 10**18, "observed_at": SEEN} for n in range(2)]})  # fmt: skip
    before = figures(lake, [OCTOBER], JAKARTA)
    assert [r.table for r in refresh_rollups(lake, JAKARTA)] == ["account_days"]
    assert rollup_path(LakeView(lake), "posts", JAKARTA) is None
    assert differences(before, figures(lake, [OCTOBER], JAKARTA)) == []
