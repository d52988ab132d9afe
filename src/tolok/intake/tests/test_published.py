"""An account's own count of posts is set beside its posts that are listed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tolok.connectors import Check
from tolok.intake import Answers, import_files
from tolok.lake import Lake

SHARED = Path(os.environ.get("TOLOK_SHARED_DATA", Path(__file__).parents[5] / "shared/data"))
SPROUT = SHARED / "exports/sprout_social/airport_2025"
X = SHARED / "exports/x/old_2021_cc_by_sa"
MARCH = [date(2026, 3, 1) + timedelta(days=n) for n in range(31)]


def days(folder: Path, said: Iterable[int], name: str = "days.csv") -> Path:
    lines = ["tolok:account_days,account,day,platform,posts_published"]
    lines += [f",x:kopi,{day},x,{count}" for day, count in zip(MARCH, said, strict=True)]
    return write(folder / name, lines)


def posts(folder: Path, listed: Iterable[int], hour: int = 9, name: str = "posts.csv") -> Path:
    lines = ["tolok:posts,post,account,platform,published_at"]
    for day, count in zip(MARCH, listed, strict=True):
        lines += [f",x:{day:%d}{n},x:kopi,x,{day} {hour:02}:00" for n in range(count)]
    return write(folder / name, lines)


def write(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def noted(lake: Path, *files: Path, made: datetime = datetime(2026, 4, 1, 2)) -> list[Check]:
    taken = list(import_files(files, Lake(lake), "kopi", Answers(observed_at=made)))
    assert all(t.batch is not None for t in taken)
    checks = [c for t in taken for p in t.verdict.parts for c in p.checks]
    return [c for c in checks if c.key == "posts_published"]


def test_days_that_tell_of_more_posts_than_are_listed_are_flagged(tmp_path: Path) -> None:
    said = [2 if day.day % 5 == 1 else int(day.day in (7, 31)) for day in MARCH]
    listed = [n // 2 if 5 < day.day < 30 else n for day, n in zip(MARCH, said, strict=True)]
    first, second = posts(tmp_path, listed), days(tmp_path, said)
    for number, order in enumerate(((first, second), (second, first))):
        (check,) = noted(tmp_path / str(number), *order)
        assert check.state == "noted"
        assert check.text.say("en", **check.data) == (
            "The days of x:kopi tell of 15 posts from 1 Mar 2026 to 31 Mar 2026, but 9 are listed: "
            "the list may not be whole, or posts were deleted since."
        )


def test_other_midnights_and_a_few_deleted_posts_contradict_nothing(tmp_path: Path) -> None:
    busy = [n % 3 for n in range(31)]
    assert noted(tmp_path / "same", posts(tmp_path, busy), days(tmp_path, busy)) == []
    # The days are those of a clock behind ours: what we date to a morning is of the day before.
    behind = [*busy[1:], 0]
    early = posts(tmp_path, [1, *busy[1:]], hour=3, name="early.csv")
    assert noted(tmp_path / "clock", early, days(tmp_path, behind, name="behind.csv")) == []
    gone = posts(tmp_path, [max(0, n - (place == 14)) for place, n in enumerate(busy)],
                 name="gone.csv")  # fmt: skip
    assert noted(tmp_path / "gone", gone, days(tmp_path, busy)) == []


def test_days_outside_those_the_list_covers_say_nothing_against_it(tmp_path: Path) -> None:
    listed = [1 if 10 <= day.day <= 20 else 0 for day in MARCH]
    assert noted(tmp_path / "lake", posts(tmp_path, listed), days(tmp_path, [1] * 31)) == []


def test_posts_the_days_do_not_count_are_flagged_the_other_way(tmp_path: Path) -> None:
    (check,) = noted(tmp_path / "lake", posts(tmp_path, [2] * 31), days(tmp_path, [1] * 31))
    assert "tell of 31 posts" in check.text.say("en", **check.data)
    assert "may not count every kind" in check.text.say("en", **check.data)
    assert "menyebut 31 unggahan" in check.text.say("id", **check.data)


@pytest.mark.skipif(not SPROUT.is_dir(), reason="the folder of real exports is not here")
def test_a_real_list_of_posts_cut_short_is_flagged_for_each_of_its_accounts(tmp_path: Path) -> None:
    found = noted(tmp_path / "lake", *sorted(SPROUT.glob("*.csv")), made=datetime(2026, 1, 2))
    told = {str(c.data["account"]).split(":")[0]: (c.data["said"], c.data["listed"]) for c in found}
    assert told == {
        "facebook": (235, 7), "instagram": (959, 7), "linkedin": (248, 8), "tiktok": (7, 2),
        "youtube": (16, 3),
    }  # fmt: skip


@pytest.mark.skipif(not X.is_dir(), reason="the folder of real exports is not here")
def test_a_real_year_of_posts_agrees_with_its_days(tmp_path: Path) -> None:
    answers = Answers(observed_at=datetime(2022, 1, 3), accounts=("x:lisadebruine",))
    taken = list(import_files([X], Lake(tmp_path / "lake"), "kopi", answers))
    checks = [c for t in taken for p in t.verdict.parts for c in p.checks]
    assert len(checks) >= 24
    assert [c for c in checks if c.key == "posts_published"] == []
