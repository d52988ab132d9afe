"""Last looks and provisional days told by whole files are those the rows tell."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from tolok.base import Calendar, Period, PlatformFacts
from tolok.lake import Lake, LakeView, Origin, rollcall
from tolok.metrics import Engine, Figure, Scope, evaluate, load_metrics, looks
from tolok.metrics.rows import Question

TODAY = date(2026, 11, 15)
METRICS = [m for m in load_metrics().values() if m.table == "account_days" and not m.is_joined]
COLUMNS = sorted({c for m in METRICS for c in m.columns})
MONTHS = [Period(date(2026, m, 1), date(2026, m + 1, 1), "month") for m in (8, 9, 10)]
QUARTERS = [Period(date(2026, 4, 1), date(2026, 7, 1), "quarter"),
            Period(date(2026, 7, 1), date(2026, 10, 1), "quarter")]  # fmt: skip
SCOPES = (Scope(), Scope("b1"), Scope(platforms=("x",)), Scope("b0", filters={"account": ("x:0",)}))
Used = list[bool]


@pytest.fixture(autouse=True)
def used(monkeypatch: pytest.MonkeyPatch) -> Used:
    """Take every file for a large one; tells of each question whether files told its looks."""
    found: Used = []

    def read(question: Question, platforms: PlatformFacts) -> looks.Looks | None:
        told = looks.read_looks(question, platforms)
        found.append(told is not None)
        return told

    monkeypatch.setattr(rollcall, "FEW_ROWS", 0)
    monkeypatch.setattr(evaluate, "read_looks", read)
    return found


def random_lake(folder: Path, seed: int) -> Lake:
    """Return a lake of days looked at soon, late or again; some columns of some days are told."""
    random, lake = np.random.default_rng(seed), Lake(folder)
    for batch in range(2):
        rows = []
        for number in range(8):
            platform = ("x", "tiktok")[number % 2]
            for day in range(int(random.integers(0, 60)), int(random.integers(60, 120))):
                told = {c: int(random.integers(0, 50)) for c in COLUMNS if random.random() < 0.7}
                on, wait = date(2026, 7, 1) + timedelta(days=day), int(random.integers(0, 15))
                seen = datetime(on.year, on.month, on.day, 23) + timedelta(days=wait + 20 * batch)
                rows.append({"brand": f"b{number % 3}", "platform": platform, "day": on,
                             "account": f"{platform}:{number}", "observed_at": seen, **told})  # fmt: skip
        lake.write({"account_days": pa.Table.from_pylist(rows)}, Origin(source="test"))
    return lake


def ask(
    lake: Lake, periods: list[Period], scope: Scope, by: tuple[str, ...], facts: PlatformFacts
) -> list[Figure]:
    engine = Engine(LakeView(lake), Calendar(), TODAY, facts)
    return list(engine.figures(METRICS, periods, scope, by=by))


@pytest.mark.parametrize("seed", range(3))
def test_files_and_rows_tell_the_same_looks(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch, used: Used
) -> None:
    lake, usual = random_lake(tmp_path, seed), PlatformFacts()
    asked = [(p, s, by) for p in (MONTHS, QUARTERS[1:]) for s in SCOPES
             for by in ((), ("brand",), ("brand", "platform"))]  # fmt: skip
    told = [ask(lake, *a, usual) for a in asked]
    assert sum(used) >= len(asked)
    monkeypatch.setattr(evaluate, "read_looks", lambda *_: None)
    for one, figures in zip(asked, told, strict=True):
        assert figures == ask(lake, *one, usual), one
    assert any(f.provisional_days for figures in told for f in figures)


def test_rows_tell_where_a_file_holds_more_than_a_period(tmp_path: Path, used: Used) -> None:
    lake = random_lake(tmp_path, 5)
    weeks = Calendar().split(MONTHS[1], "week")
    assert ask(lake, weeks, Scope(), (), PlatformFacts())
    assert used
    assert not any(used)


def test_rows_tell_where_a_platform_waits_longer_than_usual(tmp_path: Path, used: Used) -> None:
    lake, facts = random_lake(tmp_path, 6), PlatformFacts(reread_days={"tiktok": 28})
    assert ask(lake, MONTHS, Scope(), (), facts)
    assert not any(used)
    used.clear()
    assert ask(lake, MONTHS, Scope(platforms=("x",)), (), facts)
    assert all(used)


def test_a_later_look_is_told_at_once(tmp_path: Path) -> None:
    lake = random_lake(tmp_path, 7)
    [before] = ask(lake, MONTHS[1:2], Scope("b1"), (), PlatformFacts())[:1]
    row = {"brand": "b1", "platform": "x", "account": "x:4", "day": MONTHS[1].start, "views": 1,
           "observed_at": datetime(2026, 11, 14)}  # fmt: skip
    lake.write({"account_days": pa.Table.from_pylist([row])}, Origin(source="test"))
    [after] = ask(lake, MONTHS[1:2], Scope("b1"), (), PlatformFacts())[:1]
    assert before.observed_at is not None
    assert before.observed_at < datetime(2026, 11, 14) == after.observed_at
