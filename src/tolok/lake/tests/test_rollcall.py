"""What a data file tells of its accounts is counted once, and is what its rows tell."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from tolok.lake import (
    Lake,
    LakeView,
    Origin,
    calls_by_file,
    keep_roll_calls,
    roll_call,
    rollcall,
)
from tolok.lake.erase import erase_brand

SEEN = datetime(2026, 11, 20, 3)


def rows_of(account: str, month: int, views: list[int | None]) -> list[dict[str, object]]:
    return [
        {"brand": "kopi", "account": account, "platform": account.split(":")[0],
         "day": date(2026, month, 1 + n), "views": told, "observed_at": SEEN}
        for n, told in enumerate(views)
    ]  # fmt: skip


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lake:
    monkeypatch.setattr(rollcall, "FEW_ROWS", 2)  # three rows are many here, one is few
    found = Lake(tmp_path)
    days = rows_of("x:a", 9, [1, None]) + rows_of("x:b", 9, [3]) + rows_of("x:b", 10, [4])
    found.write({"account_days": pa.Table.from_pylist(days)}, Origin(source="test"))
    return found


def told_of(lake: Lake) -> list[tuple[object, ...]]:
    calls = roll_call(LakeView(lake), "account_days").to_pylist()
    return sorted(
        (r["account"], r["rows"], str(r["first"]), r["n_views"], r["n_reach"]) for r in calls
    )


def counted_files(lake: Lake) -> list[Path]:
    return sorted((lake.folder / "rollups" / "accounts").glob("*"))


def test_a_roll_call_tells_what_the_rows_tell_and_large_files_keep_it(lake: Lake) -> None:
    wanted = [("x:a", 2, "2026-09-01", 1, 0), ("x:b", 1, "2026-09-01", 1, 0),
              ("x:b", 1, "2026-10-01", 1, 0)]  # fmt: skip
    assert told_of(lake) == wanted
    kept = counted_files(lake)
    assert len(kept) == 1
    assert told_of(lake) == wanted  # read again, from what was kept
    assert counted_files(lake) == kept


def test_a_changed_month_is_counted_anew_and_the_old_count_goes(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_of(lake)
    before = counted_files(lake)
    new = rows_of("x:a", 9, [1, 2, 3])
    lake.write({"account_days": pa.Table.from_pylist(new)}, Origin(source="test"))
    monkeypatch.setattr(rollcall, "_KEEP_SECONDS", -1)
    keep_roll_calls(lake, ["account_days"])
    assert len(counted_files(lake)) == 1
    assert counted_files(lake) != before
    assert ("x:a", 3, "2026-09-01", 3, 0) in told_of(lake)


def test_as_of_a_past_moment_the_accounts_of_then_are_told(lake: Lake) -> None:
    then = lake.catalogue.last_recorded()
    lake.write(
        {"account_days": pa.Table.from_pylist(rows_of("x:c", 9, [5]))}, Origin(source="test")
    )
    calls = roll_call(LakeView(lake, then), "account_days")
    assert sorted(calls["account"].to_pylist()) == ["x:a", "x:b"]


def test_what_was_counted_is_erased_with_the_brand(lake: Lake) -> None:
    told_of(lake)
    assert counted_files(lake)
    erase_brand(lake, "kopi")
    assert counted_files(lake) == []


def test_each_file_of_days_tells_its_last_look_and_the_first_day_looked_at_too_soon(
    lake: Lake,
) -> None:
    assert (
        calls_by_file(LakeView(lake), "account_days", date(2026, 9, 1), date(2026, 11, 1)) is None
    )
    soon = {"brand": "kopi", "account": "x:b", "platform": "x", "views": 1,
            "observed_at": datetime(2026, 10, 9, 23)}  # fmt: skip
    new = [{**soon, "day": date(2026, 10, day)} for day in (2, 3, 4)]
    lake.write({"account_days": pa.Table.from_pylist(new)}, Origin(source="test"))
    view = LakeView(lake)
    told = calls_by_file(view, "account_days", date(2026, 9, 1), date(2026, 11, 1))
    assert told is not None
    found = {
        (f.month, r["account"]): (r["seen"], r["late"]) for f, t in told for r in t.to_pylist()
    }
    assert found == {
        ("2026-09", "x:a"): (SEEN, None), ("2026-09", "x:b"): (SEEN, None),
        ("2026-10", "x:b"): (SEEN, date(2026, 10, 3)),
    }  # fmt: skip
    october = calls_by_file(view, "account_days", date(2026, 10, 1), date(2026, 11, 1))
    assert [f.month for f, _ in october or ()] == ["2026-10"]
