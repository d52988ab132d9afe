"""A count says 0 only for days an imported file speaks of; elsewhere nobody knows."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
import xlsxwriter

import tolok.connectors.platforms.hootsuite
import tolok.connectors.platforms.meta
from tolok.base import Calendar, Period, PlatformFacts
from tolok.intake import Answers, Taken, examine_file, import_files, take
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
from tolok.metrics.compare import NO_DAY

CONTENT = Path(tolok.connectors.platforms.meta.__file__).parent / "fixtures/instagram_id.csv"
SHARED = Path(os.environ.get("TOLOK_SHARED_DATA", Path(__file__).parents[3] / "shared/data"))
X = SHARED / "exports/x/old_2021_cc_by_sa"
SPROUT = SHARED / "exports/sprout_social/airport_2025"
TIKTOK = SHARED / "exports/tiktok_studio/en_creator"
HOOTSUITE = Path(tolok.connectors.platforms.hootsuite.__file__).parent / "fixtures/posts.csv"
DAY_HEAD = ("Date", "Impressions (total)", "Clicks (total)", "Reactions (total)")
POST_HEAD = ("Post title", "Post link", "Created date", "Impressions", "Clicks", "Likes")
X_HEAD = "Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Replies,Reposts"
OCTOBER, SEPTEMBER = ("2026-10-01", "2026-11-01"), ("2026-09-01", "2026-10-01")
MADE = datetime(2026, 3, 10, 2)
CALENDAR = Calendar(timezone="Asia/Jakarta")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def bring(lake: Lake, *paths: Path, made: datetime = MADE) -> list[Batch]:
    taken = offer(lake, *paths, made=made)
    return [t.batch for t in taken if t.batch is not None]


def offer(
    lake: Lake, *paths: Path, made: datetime = MADE, period: Period | None = None,
    accounts: tuple[str, ...] = ("linkedin:kopi", "instagram:kopi", "x:kopi"),
) -> list[Taken]:  # fmt: skip
    answers = Answers(observed_at=made, accounts=accounts, period=period)
    return list(import_files(paths, lake, "kopi", answers))


def workbook(folder: Path, days: range, *posts: str) -> Path:
    """Write LinkedIn's content export of October 2026: days of the month, and dates of posts."""
    path = folder / f"kopi_content_{len(posts)}{days.stop}.xlsx"
    book = xlsxwriter.Workbook(str(path))
    told = [(f"10/{d:02}/2026", 100 + d, 3, 2) for d in days]
    link = "https://www.linkedin.com/feed/update/urn:li:activity:735123456789012345{}"
    made = [(f"Kopi {n}", link.format(n), day, 90, 4, 3) for n, day in enumerate(posts)]
    for name, rows in (("Metrics", [DAY_HEAD, *told]), ("All posts", [POST_HEAD, *made])):
        sheet = book.add_worksheet(name)
        for place, row in enumerate([(f"{name} of the selected time range",), *rows]):
            sheet.write_row(place, 0, row)
    book.close()
    return path


def headed(folder: Path, name: str) -> Path:
    """Write Instagram's content export without a post."""
    path = folder / name
    path.write_bytes(CONTENT.read_bytes().splitlines(keepends=True)[0])
    return path


def named(folder: Path, name: str) -> Path:
    return Path(shutil.copyfile(CONTENT, folder / name))


def typed(folder: Path, name: str, *days: str, account: str = "x:kopi", at: str = "09:00") -> Path:
    lines = ["tolok:posts,post,account,platform,published_at"]
    platform = account.split(":")[0]
    lines += [f",{name}-{n},{account},{platform},{day} {at}" for n, day in enumerate(days)]
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
    assert told(both) == "28 of 56 days missing over 2 accounts"
    (one,) = count(lake, february, scope=Scope("kopi", accounts=("instagram:kopi",)))
    assert one.state == "unknown"
    (spoken,) = count(lake, february, scope=Scope("kopi", accounts=("x:kopi",)))
    assert (spoken.state, spoken.value) == ("exact", 1)


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


def test_files_imported_before_their_days_were_kept_cover_their_rows(
    lake: Lake, tmp_path: Path
) -> None:
    file = named(tmp_path, "Feb-01-2026_Feb-28-2026_77.csv")
    verdict = examine_file(file, Answers(observed_at=MADE))
    (part,) = verdict.parts
    facts = {k: rows for k, rows in part.facts.items() if k != "covered"}
    list(take([replace(verdict, parts=(replace(part, facts=facts),))], lake, "kopi"))
    assert LakeView(lake).is_empty("covered")
    asked = ("2026-02-05", "2026-02-15"), ("2026-02-01", "2026-03-01"), ("2026-04-01", "2026-05-01")
    within, month, after = count(lake, *asked)
    assert (within.state, month.state, after.state) == ("exact", "at_least", "unknown")
    assert (month.value, told(month)) == (3, "16 of 28 days missing")
    list(import_files([file], lake, "kopi", Answers(observed_at=MADE, again=True)))
    within, month, after = count(lake, *asked)
    assert (within.state, month.state, after.state) == ("exact", "exact", "unknown")


def test_of_a_platform_without_a_file_nothing_is_known(lake: Lake, tmp_path: Path) -> None:
    bring(lake, named(tmp_path, "Feb-01-2026_Feb-28-2026_77.csv"))
    (figure,) = count(lake, ("2026-02-01", "2026-03-01"), scope=Scope("kopi", platforms=("x",)))
    assert (figure.state, told(figure)) == ("unknown", "no data for this yet")


def test_a_platform_that_was_silent_on_covered_days_stands_with_none(
    lake: Lake, tmp_path: Path
) -> None:
    offer(lake, headed(tmp_path, "Mar-01-2026_Mar-31-2026_78.csv"), made=datetime(2026, 4, 1))
    bring(lake, typed(tmp_path, "a.csv", "2026-03-01", "2026-03-31"))
    engine = Engine(LakeView(lake), CALENDAR, date(2026, 6, 1))
    months = CALENDAR.split(Period(date(2026, 3, 1), date(2026, 5, 1), "range"), "month")
    found = engine.figures(["posts_published"], months, Scope("kopi"), by=("platform",))
    assert [(f.group["platform"], f.period.start.month, f.state, f.value) for f in found] == [
        ("instagram", 3, "exact", 0), ("x", 3, "exact", 2),
    ]  # fmt: skip


def test_what_lacks_days_and_posts_is_a_least_and_not_set_against_a_whole(
    lake: Lake, tmp_path: Path
) -> None:
    lines = ["tolok:posts,post,account,platform,published_at,likes,comments,shares,interactions"]
    lines += [f",{day},x:kopi,x,2026-{day} 09:00,{full}" for day, full in (
        ("01-01", "3,1,1,5"), ("01-31", "3,1,1,5"), ("02-02", "3,1,1,5"), ("02-03", ",,,"))]  # fmt: skip
    file = tmp_path / "posts.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    bring(lake, file)
    months = ("2026-01-01", "2026-02-01"), ("2026-02-01", "2026-03-01")
    january, february = count(lake, *months, metric="engagements")
    assert (january.state, january.value) == ("exact", 10)
    assert (february.state, february.value) == ("at_least", 5)
    assert told(february) == "25 of 28 days missing"
    change = compare(metric_of("engagements"), february, january, platforms=PlatformFacts(),
                     scope_platforms=())  # fmt: skip
    assert (change.ratio, change.difference) == (None, None)


def test_rollups_know_the_same_days(lake: Lake, tmp_path: Path) -> None:
    bring(lake, named(tmp_path, "Feb-01-2026_Feb-28-2026_77.csv"))
    asked = (("2026-01-01", "2026-02-01"), ("2026-02-01", "2026-03-15"),
             ("2026-03-01", "2026-04-01"))  # fmt: skip
    plain = count(lake, *asked)
    assert refresh_rollups(lake, CALENDAR, ["posts"])
    assert count(lake, *asked) == plain
    assert [f.state for f in plain] == ["unknown", "at_least", "unknown"]


def test_the_days_of_a_workbook_are_those_of_its_posts(lake: Lake, tmp_path: Path) -> None:
    file = workbook(tmp_path, range(1, 32), "10/05/2026", "10/27/2026")
    bring(lake, file, made=datetime(2026, 11, 1, 1))
    month, start, before = count(
        lake, OCTOBER, ("2026-10-01", "2026-10-05"), SEPTEMBER, today=date(2026, 11, 5)
    )
    assert (month.state, month.value, told(month)) == ("exact", 2, "")
    assert (start.state, start.value) == ("exact", 0)
    assert before.state == "unknown"


def test_posts_older_than_the_days_beside_them_were_not_asked_for_alike(
    lake: Lake, tmp_path: Path
) -> None:
    bring(lake, workbook(tmp_path, range(10, 32), "10/05/2026", "10/27/2026"),
          made=datetime(2026, 11, 1, 1))  # fmt: skip
    (month,) = count(lake, OCTOBER, today=date(2026, 11, 5))
    assert (month.state, month.value, told(month)) == ("at_least", 2, "8 of 31 days missing")


def test_a_workbook_without_posts_says_none_on_its_days(lake: Lake, tmp_path: Path) -> None:
    (taken,) = offer(lake, workbook(tmp_path, range(1, 32)), made=datetime(2026, 11, 1, 1))
    assert taken.batch is not None
    month, after = count(lake, OCTOBER, ("2026-11-01", "2026-11-04"), today=date(2026, 11, 5))
    assert (month.state, month.value) == ("exact", 0)
    assert after.state == "unknown"


def test_an_export_without_rows_says_none_on_the_days_it_states(lake: Lake, tmp_path: Path) -> None:
    (taken,) = offer(lake, headed(tmp_path, "Feb-01-2026_Feb-28-2026_77.csv"))
    (part,) = taken.verdict.parts
    assert [c.text.say("en", **c.data) for c in part.checks] == [
        "The file lists nothing from 1 Feb 2026 to 28 Feb 2026: for these days it is now known that "
        "there was none."
    ]
    assert part.accounts == ("instagram:kopi",)
    month, after = count(lake, ("2026-02-01", "2026-03-01"), ("2026-03-01", "2026-04-01"))
    assert (month.state, month.value, told(month)) == ("exact", 0, "")
    assert after.state == "unknown"
    assert taken.batch is not None
    lake.withdraw(taken.batch.id)
    assert count(lake, ("2026-02-01", "2026-03-01"))[0].state == "unknown"


def test_an_export_without_rows_and_days_proves_nothing(lake: Lake, tmp_path: Path) -> None:
    file = headed(tmp_path, "content.csv")
    (taken,) = offer(lake, file)
    assert (taken.batch, taken.verdict.state) == (None, "refused")
    assert taken.verdict.reason is not None
    assert "proves nothing" in taken.verdict.reason.en
    february = Period(date(2026, 2, 1), date(2026, 3, 1), "month")
    (taken,) = offer(lake, file, period=february, accounts=())
    assert [q.key for q in taken.verdict.questions] == ["account"]
    offer(lake, file, period=february)
    assert count(lake, ("2026-02-01", "2026-03-01"))[0].value == 0


def test_a_name_or_a_line_above_the_header_states_the_days(lake: Lake, tmp_path: Path) -> None:
    file = tmp_path / "account_analytics_content_2026-02-01_2026-02-28.csv"
    link = "https://x.com/kopi/status/2020000000000000001"
    row = f'2020000000000000001,"Tue, Feb 10, 2026",Kopi,{link},90,1,3,1,0'
    file.write_text(f"{X_HEAD}\n{row}\n", encoding="utf-8")
    bring(lake, file)
    offer(lake, HOOTSUITE, accounts=("facebook:kopi", "instagram:kopi"))
    february, january = ("2026-02-01", "2026-03-01"), ("2026-01-01", "2026-02-01")
    (x,) = count(lake, february, scope=Scope("kopi", platforms=("x",)))
    assert (x.state, x.value) == ("exact", 1)
    for platform in ("facebook", "instagram"):
        (figure,) = count(lake, january, scope=Scope("kopi", platforms=(platform,)))
        assert (figure.state, figure.value) == ("exact", 1), platform


def test_only_a_list_in_the_order_of_its_days_leaves_none_out(lake: Lake, tmp_path: Path) -> None:
    days = (2, 5, 9, 14, 20)
    head = (
        "Time,Video title,Video link,Post time,Total likes,Total comments,Total shares,Total views"
    )
    link = "https://www.tiktok.com/@kopi/video/76{:017}"
    lines = [f"2026-02-28,Kopi,{link.format(d)},2026-02-{d:02},1,1,1,{d % 7 + 9}" for d in days]

    def listed(name: str, *rows: str) -> tuple[str, list[str]]:
        file = tmp_path / name
        file.write_text("\n".join((head, *rows)), encoding="utf-8")
        mine = Lake(tmp_path / name.removesuffix(".csv"))
        (taken,) = offer(mine, file)
        (figure,) = count(mine, ("2026-02-02", "2026-02-21"))
        return figure.state, [c.key for c in taken.verdict.parts[0].checks]

    assert listed("newest.csv", *lines[::-1]) == ("exact", [])
    assert listed("best.csv", *lines[2:], *lines[:2]) == ("at_least", ["leading"])
    assert listed("few.csv", *lines[:3]) == ("at_least", ["leading"])


@pytest.mark.skipif(not TIKTOK.is_dir(), reason="the folder of real exports is not here")
def test_real_lists_of_leading_videos_prove_no_day(lake: Lake) -> None:
    files = sorted(TIKTOK.glob("Content*.csv"))
    bring(lake, *files, made=datetime(2026, 3, 1))
    within, empty = count(
        lake, ("2025-07-01", "2025-08-01"), ("2025-08-01", "2025-09-01"), today=date(2026, 3, 1)
    )
    assert (within.state, within.value) == ("at_least", 4)
    assert empty.state == "unknown"


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


def counted(folder: Path, name: str, *said: tuple[str, int], account: str = "x:kopi") -> Path:
    """Write an account's own count of what it published, by day."""
    path = folder / name
    lines = [f",{account},{day},x,{number}" for day, number in said]
    head = "tolok:account_days,account,day,platform,posts_published"
    path.write_text("\n".join([head, *lines]), encoding="utf-8")
    return path


@pytest.mark.parametrize("is_count_first", [True, False])
def test_a_list_is_no_whole_where_the_account_itself_counted_more(
    lake: Lake, tmp_path: Path, is_count_first: bool
) -> None:
    march, april = ("2026-03-01", "2026-04-01"), ("2026-04-01", "2026-05-01")
    days = [date(2026, 3, 1) + timedelta(days=n) for n in range(61)]
    said = counted(tmp_path, "days.csv", *((str(d), 1) for d in days))
    cut = [str(d) for d in days if d.month == 3 or d.day % 3 == 0]
    files = [said, typed(tmp_path, "posts.csv", *cut)]
    for path in files if is_count_first else reversed(files):
        bring(lake, path, made=datetime(2026, 5, 2))
    whole, short, week, both, more, after = count(
        lake, march, april, ("2026-04-06", "2026-04-13"), ("2026-03-01", "2026-05-01"),
        ("2026-03-01", "2026-06-01"), ("2026-05-01", "2026-06-01"),
    )  # fmt: skip
    assert (whole.state, whole.value) == ("exact", 31)
    assert (short.state, short.value, short.coverage) == ("at_least", 10, Coverage(0, 30))
    assert (both.state, both.value, both.coverage) == ("at_least", 41, Coverage(31, 61))
    why = ("kopi (x) published 30 posts by its daily figures (1–30 Apr 2026), but the list holds "
           "10: import the whole list, unless posts were deleted")  # fmt: skip
    assert told(short) == told(both) == why
    assert (week.state, told(week)) == ("at_least", why), "a week of it rests on the same list"
    assert told(more) == f"61 of 92 days missing, and {why}"
    assert told(after) == "no imported file tells of this time; the last day known before it is 31 Mar 2026"  # fmt: skip
    assert short.reason is not None
    assert short.reason.say("id", **short.reason_data) == (
        "menurut data hariannya kopi (x) menerbitkan 30 unggahan (1–30 Apr 2026), tetapi daftarnya "
        "memuat 10: impor daftar lengkapnya, kecuali ada unggahan yang dihapus"
    )
    rest = [str(d) for d in days if str(d) not in cut]
    bring(lake, typed(tmp_path, "rest.csv", *rest), made=datetime(2026, 5, 3))
    assert [(f.state, f.value) for f in count(lake, march, april)] == [("exact", 31), ("exact", 30)]


def test_posts_of_the_first_night_of_a_month_are_none_of_the_month_before(
    lake: Lake, tmp_path: Path
) -> None:
    # At three in the morning in Jakarta it is the evening before in UTC.
    days = [date(2026, 4, 1) + timedelta(days=n) for n in range(30)]
    said = counted(tmp_path, "days.csv", *((str(d), 1) for d in days))
    listed = typed(tmp_path, "posts.csv", *(str(d) for d in days[::3]))
    night = typed(tmp_path, "night.csv", *["2026-05-01"] * 25, at="03:00")
    bring(lake, said, listed, night, made=datetime(2026, 5, 2))
    (april,) = count(lake, ("2026-04-01", "2026-05-01"))
    assert (april.state, april.value) == ("at_least", 10)
    assert told(april).startswith(
        "kopi (x) published 28 posts by its daily figures (1–28 Apr 2026)"
    )


def test_days_nobody_counted_make_no_list_whole(lake: Lake, tmp_path: Path) -> None:
    said = counted(tmp_path, "days.csv", *((f"2026-04-{n:02}", 2) for n in range(1, 11)))
    listed = typed(tmp_path, "posts.csv", "2026-03-31", *["2026-04-20"] * 30, "2026-05-01")
    bring(lake, said, listed, made=datetime(2026, 5, 2))
    (april,) = count(lake, ("2026-04-01", "2026-05-01"))
    assert april.state == "at_least", "30 posts, yet 20 of other days are missing among them"
    assert told(april).startswith("kopi (x) published 20 posts by its daily figures")


def test_a_month_without_a_listed_post_is_unknown_where_the_account_counted_some(
    lake: Lake, tmp_path: Path
) -> None:
    april = [date(2026, 4, 1) + timedelta(days=n) for n in range(30)]
    said = counted(tmp_path, "days.csv", *((str(d), 2) for d in april))
    bring(lake, said, typed(tmp_path, "posts.csv", "2026-03-30", "2026-05-02"))
    (found,) = count(lake, ("2026-04-01", "2026-05-01"))
    assert (found.state, found.value) == ("unknown", None)
    assert told(found).startswith(
        "kopi (x) published 60 posts by its daily figures (1–30 Apr 2026), but the list holds 0:"
    )


def test_several_lists_cut_short_are_told_by_the_one_that_lacks_most(
    lake: Lake, tmp_path: Path
) -> None:
    days = [date(2026, 3, 1) + timedelta(days=n) for n in range(61)]
    for account, number in (("x:kopi", 3), ("x:teh", 2)):
        said = counted(
            tmp_path, f"{number}.csv", *((str(d), number) for d in days), account=account
        )
        listed = typed(tmp_path, f"posts-{number}.csv", *map(str, days), account=account)
        bring(lake, said, listed, made=datetime(2026, 5, 2))
    both, first = count(lake, ("2026-03-01", "2026-05-01"), ("2026-03-01", "2026-04-01"))
    assert (both.state, both.value, both.coverage) == ("at_least", 122, Coverage(0, 122))
    assert told(both).startswith(
        "kopi (x) published 183 posts by its daily figures (2 months, 1 Mar – 30 Apr 2026), but the "
        "list holds 61 (one more account likewise): import the whole list"
    )
    assert "93 posts by its daily figures (1–31 Mar 2026)" in told(first)
    (alone,) = count(lake, ("2026-03-01", "2026-04-01"), scope=Scope("kopi", accounts=("x:teh",)))
    assert told(alone).startswith("teh (x) published 62 posts")
    assert "likewise" not in told(alone)


@pytest.mark.skipif(not SPROUT.is_dir(), reason="the folder of real exports is not here")
def test_a_real_list_cut_short_is_never_counted_as_whole(lake: Lake) -> None:
    offer(lake, *sorted(SPROUT.glob("*.csv")), made=datetime(2026, 1, 2), accounts=())
    scopes = [Scope("kopi", platforms=(p,)) for p in ("facebook", "instagram", "linkedin")]
    found = [count(lake, ("2025-01-01", "2026-01-01"), scope=s)[0] for s in scopes]
    assert {f.state for f in found} <= {"at_least", "unknown"}, found
    (now,), (before,) = (
        count(lake, p, scope=scopes[0])
        for p in (("2025-12-01", "2026-01-01"), ("2025-11-01", "2025-12-01"))
    )
    assert (now.state, before.state) == ("at_least", "at_least")
    change = compare(metric_of("posts_published"), now, before, platforms=PlatformFacts(),
                     scope_platforms=())  # fmt: skip
    assert (change.ratio, change.difference, change.reason) == (None, None, NO_DAY)
