"""A count says 0 only for days an imported file speaks of; elsewhere nobody knows."""

from __future__ import annotations

import os
import shutil
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

import tolok.connectors.platforms.meta
from tolok.base import Calendar, Period, PlatformFacts
from tolok.intake import Answers, import_files
from tolok.lake import Batch, Lake, LakeView, Origin
from tolok.metrics import (
    Coverage,
    Engine,
    Figure,
    Scope,
    compare,
    metric_of,
    refresh_rollups,
)

CONTENT = Path(tolok.connectors.platforms.meta.__file__).parent / "fixtures/instagram_id.csv"
SHARED = Path(os.environ.get("TOLOK_SHARED_DATA", Path(__file__).parents[3] / "shared/data"))
X = SHARED / "exports/x/old_2021_cc_by_sa"
MADE = datetime(2026, 3, 10, 2)
CALENDAR = Calendar(timezone="Asia/Jakarta")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def bring(lake: Lake, *paths: Path, made: datetime = MADE) -> list[Batch]:
    answers = Answers(observed_at=made)
    batches = [t.batch for t in import_files(paths, lake, "kopi", answers)]
    return [b for b in batches if b is not None]


def named(folder: Path, name: str) -> Path:
    return Path(shutil.copyfile(CONTENT, folder / name))


def typed(folder: Path, name: str, *days: str, account: str = "x:kopi") -> Path:
    lines = ["tolok:posts,post,account,platform,published_at"]
    platform = account.split(":")[0]
    lines += [f",{name}-{n},{account},{platform},{day} 09:00" for n, day in enumerate(days)]
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def count(
    lake: Lake, *periods: tuple[str, str], metric: str = "posts_published",
    scope: Scope | None = None, today: date = date(2026, 6, 1),
) -> list[Figure]:  # fmt: skip
    asked = [Period(date.fromisoformat(a), date.fromisoformat(b), "range") for a, b in periods]
    engine = Engine(LakeView(lake), CALENDAR, today)
    return list(engine.figures([metric], asked, scope or Scope("kopi")))


def told(figure: Figure) -> str:
    return figure.reason.say("en", **figure.reason_data) if figure.reason else ""


def test_a_file_that_states_its_days_says_none_inside_them_only(lake: Lake, tmp_path: Path) -> None:
    bring(lake, named(tmp_path, "Feb-01-2026_Feb-28-2026_77.csv"))
    before, start, month, over, after = count(
        lake, ("2026-01-01", "2026-02-01"), ("2026-02-01", "2026-02-03"),
        ("2026-02-01", "2026-03-01"), ("2026-02-15", "2026-03-15"), ("2026-03-01", "2026-04-01"),
    )  # fmt: skip
    assert (before.state, before.value) == ("unknown", None)
    assert "before 1 Feb 2026" in told(before)
    assert (start.state, start.value, told(start)) == ("exact", 0, "")
    assert (month.state, month.value) == ("exact", 3)
    assert over.state == "at_least"
    assert told(over) == "14 of 28 days missing"
    assert over.coverage == Coverage(14, 28)
    change = compare(metric_of("posts_published"), over, month, platforms=PlatformFacts(),
                     scope_platforms=())  # fmt: skip
    assert (change.ratio, change.difference) == (None, None), "a least is not set against a whole"
    assert (after.state, after.value) == ("unknown", None)
    assert "28 Feb 2026" in told(after)


def test_the_days_of_a_file_end_when_it_was_made(lake: Lake, tmp_path: Path) -> None:
    path = named(tmp_path, "Feb-01-2026_Feb-28-2026_77.csv")
    bring(lake, path, made=datetime(2026, 2, 20, 5))
    inside, after = count(lake, ("2026-02-16", "2026-02-20"), ("2026-02-20", "2026-02-25"))
    assert (inside.state, inside.value) == ("exact", 0)
    assert after.state == "unknown"


def test_a_table_a_team_types_covers_its_rows_and_the_gap_between_two_stays_open(
    lake: Lake, tmp_path: Path
) -> None:
    bring(lake, typed(tmp_path, "a.csv", "2026-01-02", "2026-01-20"))
    bring(lake, typed(tmp_path, "b.csv", "2026-03-05", "2026-03-06"))
    inside, gap, both, after = count(
        lake, ("2026-01-05", "2026-01-10"), ("2026-02-01", "2026-03-01"),
        ("2026-01-02", "2026-03-07"), ("2026-04-01", "2026-05-01"),
    )  # fmt: skip
    assert (inside.state, inside.value) == ("exact", 0)
    assert (gap.state, gap.value) == ("unknown", None)
    assert "20 Jan 2026" in told(gap)
    assert (both.state, both.value, told(both)) == ("at_least", 4, "43 of 64 days missing")
    assert after.state == "unknown"


def test_an_undone_import_takes_its_days_with_it_and_the_past_keeps_them(
    lake: Lake, tmp_path: Path
) -> None:
    first = typed(tmp_path, "a.csv", "2026-01-02", "2026-01-20")
    again = typed(tmp_path, "b.csv", "2026-01-19", "2026-02-10")
    bring(lake, first)
    (batch,) = bring(lake, again)
    period = ("2026-02-01", "2026-02-05")
    assert count(lake, period)[0].value == 0
    before = batch.recorded_at
    lake.withdraw(batch.id)
    assert count(lake, period)[0].state == "unknown"
    engine = Engine(LakeView(lake, as_of=before), CALENDAR, date(2026, 6, 1))
    asked = Period(date(2026, 2, 1), date(2026, 2, 5), "range")
    assert engine.figure("posts_published", asked, Scope("kopi")).value == 0


def test_one_silent_account_of_two_leaves_the_count_a_least(lake: Lake, tmp_path: Path) -> None:
    bring(lake, typed(tmp_path, "a.csv", "2026-01-01", "2026-02-28"))
    other = typed(tmp_path, "b.csv", "2026-01-01", "2026-01-31", account="instagram:kopi")
    bring(lake, other)
    february = ("2026-02-01", "2026-03-01")
    (both,) = count(lake, february)
    assert (both.state, both.value) == ("at_least", 1)
    assert told(both) == "28 of 56 days missing"
    (one,) = count(lake, february, scope=Scope("kopi", accounts=("instagram:kopi",)))
    assert one.state == "unknown"
    (other,) = count(lake, february, scope=Scope("kopi", accounts=("x:kopi",)))
    assert (other.state, other.value) == ("exact", 1)


def test_what_the_workspace_itself_keeps_is_silent_only_where_there_is_none(lake: Lake) -> None:
    facts = pa.table({
        "brand": ["kopi"], "slot": ["s1"], "due_at": [datetime(2026, 1, 5, 3)],
        "observed_at": [MADE],
    })  # fmt: skip
    lake.write({"slots": facts}, Origin("plan.slots"))
    interactions = pa.table({
        "brand": ["kopi"], "interaction": ["x:1"], "account": ["x:kopi"], "platform": ["x"],
        "at": [datetime(2026, 1, 5, 3)], "kind": ["comment"], "direction": ["in"],
        "observed_at": [MADE],
    })  # fmt: skip
    lake.write({"interactions": interactions}, Origin("inbox"))
    march = ("2026-03-01", "2026-04-01")
    assert count(lake, march, metric="received_comments")[0].value == 0
    assert count(lake, march, metric="slots_due")[0].value == 0


def test_rollups_know_the_same_days(lake: Lake, tmp_path: Path) -> None:
    bring(lake, named(tmp_path, "Feb-01-2026_Feb-28-2026_77.csv"))
    asked = (("2026-01-01", "2026-02-01"), ("2026-02-01", "2026-03-15"),
             ("2026-03-01", "2026-04-01"))  # fmt: skip
    plain = count(lake, *asked)
    assert refresh_rollups(lake, CALENDAR, ["posts"])
    assert count(lake, *asked) == plain
    assert [f.state for f in plain] == ["unknown", "at_least", "unknown"]


@pytest.mark.skipif(not X.is_dir(), reason="the folder of real exports is not here")
def test_months_of_a_real_account_are_known_as_far_as_its_files_reach(lake: Lake) -> None:
    files = [
        next(X.glob(f"tweet_activity_metrics_*_{span}_en.csv"))
        for span in ("20210601_20210701", "20210801_20210901")
    ]
    batches = bring(lake, *files, made=datetime(2021, 9, 3))
    months = [("2021-05-01", "2021-06-01"), ("2021-06-01", "2021-07-01"),
              ("2021-07-02", "2021-08-01"), ("2021-08-01", "2021-09-01"),
              ("2021-09-02", "2021-10-01")]  # fmt: skip
    scope = Scope("kopi", platforms=("x",))
    may, june, july, august, september = count(lake, *months, scope=scope)
    assert [f.state for f in (may, september)] == ["unknown", "unknown"]
    assert (june.state, july.state, august.state) == ("exact", "unknown", "exact")
    assert 200 < (june.value or 0) < 222  # some are of the next day in Jakarta
    lake.withdraw(batches[1].id)
    assert count(lake, months[3], scope=scope)[0].state == "unknown"
