"""TikTok Studio: dates get their year back, undefined is no zero, ids come out of the links."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tolok.connectors import Extract
from tolok.connectors.tests.real_data import exports_folder
from tolok.connectors.tests.sample_truth import differences, read_exports

FIXTURES = Path(__file__).parents[1] / "fixtures"
MADE = datetime(2026, 2, 28, 12)  # when the real files were exported


def read(path: Path | str, **told: object) -> Extract:
    known = {"accounts": ("tiktok:kopi",), "observed_at": datetime(2026, 1, 2, 1)} | told
    return read_exports(FIXTURES / path, **known)[0]


def days(extract: Extract) -> list[dict]:
    return extract.facts["account_days"].to_pylist()


def test_the_sample_shows_its_truth():
    assert differences("tiktok-kopiserambi") == []


def test_dates_without_a_year_cross_the_new_year():
    extract = read("overview.csv")
    assert [d["day"] for d in days(extract)] == [
        date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 1),
    ]  # fmt: skip
    assert (extract.start, extract.end) == (date(2025, 12, 30), date(2026, 1, 1))


def test_marks_of_absence_are_not_zero():
    first = days(read("overview.csv"))[0]
    assert (first["likes"], first["comments"], first["shares"]) == (None, None, 0)


def test_the_end_in_the_name_wins_over_the_moment_of_the_file():
    extract = read("overview.csv", file_name="Overview_2023-12-30_2024-01-01.csv")
    assert [d["day"].year for d in days(extract)] == [2023, 2023, 2024]


def test_without_an_end_the_year_is_asked():
    assert [q.key for q in read("overview.csv", observed_at=None).questions] == ["year"]


def test_a_file_much_younger_than_its_days_is_asked_about():
    asked = read("overview.csv", observed_at=datetime(2026, 11, 1)).questions
    assert [q.key for q in asked] == ["year"]
    assert "2026-01-01" in asked[0].choices


def test_the_29th_of_february_is_read_in_its_leap_year_and_a_false_difference_is_told():
    extract = read("leap.csv", observed_at=datetime(2024, 3, 2))
    found = days(extract)
    assert [d["day"] for d in found] == [date(2024, 2, 29), date(2024, 3, 1)]
    assert [d["followers"] for d in found] == [100, 103]
    (levels,) = [c for c in extract.checks if c.key == "levels"]
    assert (levels.state, levels.data["count"], levels.data["row"]) == ("noted", 1, 4)


def test_spanish_content_takes_the_year_from_the_id_of_the_video():
    extract = read("contenido.csv", observed_at=None, accounts=())
    assert extract.questions == ()
    one, two = extract.facts["posts"].to_pylist()
    assert one["post"] == "tiktok:7480000000000000001"
    assert one["published_at"] == datetime(2025, 3, 7, 17)  # midnight of the 8th in Jakarta
    assert one["published_precision"] == "day"
    assert (one["views"], one["average_watch_seconds"], one["kind"]) == (1200, 9.0, "video")
    assert (two["kind"], two["account"]) == ("carousel", "tiktok:cafe.prueba")


def test_vietnamese_content_is_read_in_part_and_a_link_without_an_id_is_set_aside():
    extract = read("noi_dung.csv")
    (post,) = extract.facts["posts"].to_pylist()
    assert (post["views"], post["likes"], post["published_at"]) == (900, 30, None)
    assert [a.row for a in extract.set_aside] == [3]


def test_a_planned_video_is_dated_after_its_id_and_times_are_seconds():
    (post,) = read("content_full.csv").facts["posts"].to_pylist()
    assert post["published_at"] == datetime(2025, 3, 19, 17)
    assert (post["watch_seconds"], post["average_watch_seconds"]) == (750.0, 7.0)
    assert (post["completion_rate"], post["saves"], post["reach"]) == (0.38, 4, 90)


@settings(max_examples=25, deadline=None)
@given(
    st.dates(date(2020, 3, 2), date(2026, 10, 1)), st.integers(1, 365), st.integers(1, 20),
    st.booleans(),
)  # fmt: skip
def test_any_run_of_days_gets_its_years_back(tmp_path_factory, last, length, lag, upward):
    run = [last - timedelta(days=n) for n in range(length)]
    run = run[::-1] if upward else run
    lines = ['"Date","Video Views","Profile Views"']
    lines += [f'"{day:%B} {day.day}","1","1"' for day in run]
    path = tmp_path_factory.mktemp("run") / "Overview.csv"
    path.write_text("\n".join(lines) + "\n")
    seen = datetime.combine(last, datetime.min.time()) + timedelta(days=lag)
    assert [d["day"] for d in days(read(path, observed_at=seen))] == run


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "rows", "sums"),
    [
        ("Overview.csv", 365, {"views": 2946198, "profile_visits": 9692, "likes": 23673,
                               "comments": 3171, "shares": 2372}),
        ("FollowerHistory.csv", 340, {"followers": 1347188, "followers_net": 4976}),
        ("Viewers.csv", 340, {"viewers": 2550981, "new_viewers": 1897400,
                              "returning_viewers": 653581}),
    ],
)  # fmt: skip
def test_real_days_run_over_the_new_year(name, rows, sums):
    path = exports_folder("tiktok_studio", "en_creator") / name
    extract = read(path, observed_at=MADE)
    table = extract.facts["account_days"]
    assert table.num_rows == rows
    assert {c: pc.sum(table[c]).as_py() for c in sums} == sums
    first = date(2025, 2, 28) if rows == 365 else date(2025, 3, 25)
    assert (extract.start, extract.end) == (first, date(2026, 2, 27))
    assert pc.count_distinct(table["day"]).as_py() == rows


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "rows", "views", "likes"),
    [
        ("Content.csv", 13, 537161, 4063), ("Content 2.csv", 12, 521655, 4077),
        ("Content 3.csv", 6, 254720, 4114), ("Content 4.csv", 12, 237054, 3114),
    ],
)  # fmt: skip
def test_real_content_has_ids_of_its_days(name, rows, views, likes):
    path = exports_folder("tiktok_studio", "en_creator") / name
    extract = read(path, observed_at=None, accounts=())
    table = extract.facts["posts"]
    assert extract.questions == ()
    assert (table.num_rows, table["published_at"].null_count) == (rows, 0)
    assert (pc.sum(table["views"]).as_py(), pc.sum(table["likes"]).as_py()) == (views, likes)
    assert extract.accounts == ("tiktok:creator_b",)
    assert date(2025, 4, 8) <= extract.start <= extract.end <= date(2026, 2, 28)


@pytest.mark.data
def test_real_audience_is_shares_of_the_day_of_export_and_hours_are_refused():
    folder = exports_folder("tiktok_studio", "en_creator")
    gender = read(folder / "FollowerGender.csv", observed_at=MADE).facts["audience"].to_pylist()
    assert {r["segment"]: r["share"] for r in gender} == {"women": 0.59, "men": 0.41, "other": 0.0}
    places = read(folder / "FollowerTopTerritories.csv", observed_at=MADE).facts["audience"]
    assert places.num_rows == 11
    assert pc.sum(places["share"]).as_py() == pytest.approx(1.0)
    assert pc.unique(places["day"]).to_pylist() == [date(2026, 2, 28)]
    hours = read(folder / "FollowerActivity.csv", observed_at=MADE)
    assert [c.key for c in hours.checks if c.state == "failed"] == ["activity"]
