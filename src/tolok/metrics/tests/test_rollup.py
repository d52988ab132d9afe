"""Figures from rollups are the figures from facts, and a rollup can never be stale."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tolok.base import Calendar, Period
from tolok.lake import DERIVED, Batch, Lake, LakeView, Origin
from tolok.metrics import Engine, Figures, Scope, keep_rollups, load_metrics
from tolok.metrics import rollup as rollup_module
from tolok.metrics.rollup import find_months, refresh_rollups

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
    used = find_months(LakeView(lake), "posts", calendar)
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
    assert find_months(LakeView(lake), "posts", JAKARTA) is None  # not used until refreshed
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
    assert find_months(LakeView(lake), "posts", JAKARTA) is not None
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
    folder = lake.folder / DERIVED
    whole = sorted(folder.glob("posts-*"))
    aside = folder / "aside-0"  # as a kill leaves it
    aside.mkdir()
    (aside / "days.parquet").write_bytes((whole[0] / "days.parquet").read_bytes()[:1000])
    assert find_months(LakeView(lake), "posts", JAKARTA) == tuple(whole)
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
    assert find_months(LakeView(lake), largest, BERLIN) is not None


def test_what_is_written_during_a_refresh_is_rolled_up_before_it_ends(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rollup_module, "MANY_ROWS", 1)
    late = [new_rows(date(2026, 10, 9), SEEN + timedelta(days=1))]
    refresh = rollup_module.refresh_rollups

    def refresh_and_write(*asked: Any) -> list[rollup_module.Refreshed]:
        done = refresh(*asked)
        for rows in late:
            write_rows(lake, rows)
        late.clear()
        return done

    monkeypatch.setattr(rollup_module, "refresh_rollups", refresh_and_write)
    keep_rollups(lake, [JAKARTA])
    view = LakeView(lake)
    assert all(find_months(view, key, JAKARTA) for key in ("account_days", "posts"))


def test_what_was_replaced_is_kept_for_its_readers_and_then_deleted(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rollup_module, "MANY_ROWS", 1)
    keep_rollups(lake, [JAKARTA, BERLIN])
    first = find_months(LakeView(lake), "posts", JAKARTA)
    write_rows(lake, new_rows(date(2026, 10, 9), SEEN + timedelta(days=1)))
    keep_rollups(lake, [JAKARTA, BERLIN])
    now = find_months(LakeView(lake), "posts", JAKARTA)
    assert first
    assert now
    replaced = set(first) - set(now)
    assert replaced
    assert all((p / "days.parquet").exists() for p in replaced)
    monkeypatch.setattr(rollup_module, "_KEEP_SECONDS", -1)
    keep_rollups(lake, [JAKARTA, BERLIN])
    assert not any(p.exists() for p in replaced)
    view = LakeView(lake)
    assert find_months(view, "posts", JAKARTA) == now
    assert find_months(view, "posts", BERLIN)


def test_a_sum_too_large_to_keep_is_read_from_the_facts(lake: Lake) -> None:
    write_rows(lake, {"posts": [
        {"brand": "views", "post": f"p-{n}", "published_at": datetime(2026, 10, 9, 5),
         "views": 9 * 10**18, "observed_at": SEEN} for n in range(2)]})  # fmt: skip
    before = figures(lake, [OCTOBER], JAKARTA)
    assert [r.table for r in refresh_rollups(lake, JAKARTA)] == ["account_days"]
    assert find_months(LakeView(lake), "posts", JAKARTA) is None
    assert differences(before, figures(lake, [OCTOBER], JAKARTA)) == []
