"""On random lakes every figure from rollups is the figure from facts, whatever the periods."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from tolok.base import Calendar, Period, PlatformFacts
from tolok.lake import Lake, LakeView
from tolok.metrics import Engine, Figures, Scope, load_metrics
from tolok.metrics.rollup import find_months, refresh_rollups

from .compared import differences
from .random_rows import write_random
from .small_lake import TODAY

TABLES = ("account_days", "posts", "interactions", "conversations")
METRICS = [m for m in load_metrics().values() if m.table in TABLES and not m.is_joined]
FIRST, DAYS = date(2026, 7, 20), 120
# Two that differ from the usual wait: one longer, one shorter.
WAITS = PlatformFacts(reread_days={"tiktok": 28, "x": 2, "instagram": 7})
JAKARTA, BERLIN = Calendar(), Calendar(timezone="Europe/Berlin")


def write_some(lake: Lake, dice: random.Random, count: int, *, days: int = DAYS) -> None:
    """Write random rows of several brands, accounts and months, seen soon or late after."""
    write_random(lake, dice, count, tables=TABLES, first=FIRST, days=days)


def ask_all(lake: Lake, calendar: Calendar, dice: random.Random) -> list[Figures]:
    """Return the whole catalogue of the tables for periods of all sorts, drawn from the dice."""
    engine = Engine(LakeView(lake), calendar, TODAY, WAITS)
    spans = []
    for _ in range(3):
        low = FIRST + timedelta(days=dice.randrange(-40, DAYS))
        spans.append(Period(low, low + timedelta(days=dice.randrange(1, 100)), "range"))
    quarter = Period(date(2026, 7, 1), date(2026, 10, 1), "quarter")
    months = calendar.split(quarter, "month")
    half = Period(date(2026, 8, 1), date(2026, 11, 15), "range")
    asked: list[tuple[list[Period], tuple[str, ...], Scope | None]] = [
        ([quarter, *spans], ("brand",), None),
        (spans, (), Scope(brand="kopi")),
        (months, ("platform",), Scope(brand="teh", platforms=("tiktok", "x"))),
        ([half, calendar.previous(quarter)], ("account",), Scope(filters={"platform": ("x",)})),
        (calendar.split(half, "week"), (), None),
    ]
    return [
        engine.figures([m for m in METRICS if set(by) <= set(m.dimensions)], p, s, by=by)
        for p, by, s in asked
    ]


@pytest.mark.parametrize(("seed", "calendar"), [(1, JAKARTA), (2, BERLIN)])
def test_figures_with_and_without_rollups_are_equal_before_and_after_more_is_written(
    tmp_path: Path, seed: int, calendar: Calendar
) -> None:
    lake, dice = Lake(tmp_path), random.Random(seed)
    write_some(lake, dice, 150)
    for more in (0, 12):
        if more:
            write_some(lake, dice, more, days=9)
        before = ask_all(lake, calendar, random.Random(seed + more))
        refresh_rollups(lake, calendar, TABLES)
        assert all(find_months(LakeView(lake), key, calendar) for key in TABLES)
        after = ask_all(lake, calendar, random.Random(seed + more))
        for one, other in zip(before, after, strict=True):
            assert differences(one, other) == []
            told = [(f.notes, f.observed_at) for f in one]
            assert told == [(f.notes, f.observed_at) for f in other]


def test_what_is_not_rolled_up_yet_counts_too_and_other_months_stay_rolled_up(
    tmp_path: Path,
) -> None:
    lake, dice = Lake(tmp_path), random.Random(5)
    write_some(lake, dice, 150)
    refresh_rollups(lake, JAKARTA, TABLES)
    write_some(lake, dice, 20, days=9)  # of July, as by an import while a refresh was under way
    july, autumn = (date(2026, 7, 1), date(2026, 8, 1)), (date(2026, 9, 3), date(2026, 10, 1))
    view = LakeView(lake)
    assert find_months(view, "account_days", JAKARTA, *july) is None
    assert find_months(view, "account_days", JAKARTA, *autumn)
    now = ask_all(lake, JAKARTA, random.Random(5))
    other = Lake(tmp_path / "no rollups")
    for path in lake.folder.glob("data"):
        (other.folder / "data").rmdir()
        path.rename(other.folder / "data")
    (lake.folder / "catalogue.sqlite3").replace(other.folder / "catalogue.sqlite3")
    for one, plain in zip(now, ask_all(Lake(other.folder), JAKARTA, random.Random(5)), strict=True):
        assert differences(one, plain) == []
