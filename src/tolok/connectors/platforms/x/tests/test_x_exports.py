"""X: new and old layouts give the figures their files show, and the ids their addresses carry."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tolok.connectors import Extract
from tolok.connectors.tests.real_data import exports_folder
from tolok.connectors.tests.sample_truth import differences, read_exports

FIXTURES = Path(__file__).parents[1] / "fixtures"
SEEN = datetime(2026, 7, 15, 1)


def read(name: str, *accounts: str) -> Extract:
    found = read_exports(FIXTURES / name, observed_at=SEEN, accounts=accounts)
    return found[0]


def total(rows: pa.Table, column: str) -> float:
    return pc.sum(rows[column]).as_py()


def test_the_sample_shows_its_truth():
    assert differences("x-kopiserambi") == []


def test_content_takes_ids_a_spreadsheet_damaged_from_the_address():
    posts = read("content.csv", "x:kopiuji").facts["posts"].to_pylist()
    assert [p["post"] for p in posts] == ["x:1945000000000000001", "x:1944000000000000002"]
    assert [p["account"] for p in posts] == ["x:kopiuji", "x:kopiuji"]


def test_content_knows_the_day_only_and_adds_shares_to_reposts():
    post = read("content.csv", "x:kopiuji").facts["posts"].to_pylist()[0]
    assert post["published_at"] == datetime(2026, 7, 13, 17)  # midnight of the 14th in Jakarta
    assert post["published_precision"] == "day"
    assert (post["shares"], post["saves"], post["interactions"]) == (9, 4, 60)
    assert post["caption"] == 'Kopi pagi, "tanpa gula"\ndi serambi'
    assert "reach" not in post


def test_content_asks_for_the_account_where_an_address_names_nobody():
    assert [q.key for q in read("content.csv").questions] == ["account"]


def test_portuguese_content_needs_no_id_column():
    extract = read("content_pt.csv")
    assert extract.questions == ()
    assert extract.facts["posts"].to_pylist()[0]["post"] == "x:1945000000000000003"
    assert extract.facts["accounts"]["handle"].to_pylist() == ["cafeteste"]


def test_video_overview_turns_milliseconds_to_seconds_under_its_title_line():
    days = read("video_overview.csv", "x:kopiuji").facts["account_days"].to_pylist()
    assert [(d["day"], d["video_views"], d["watch_seconds"]) for d in days] == [
        (date(2026, 7, 14), 200, 900.0), (date(2026, 7, 13), 0, 0.0),
    ]  # fmt: skip


def test_the_layout_of_2015_says_favorites_and_carries_its_offset():
    posts = read("tweets_2015.csv").facts["posts"].to_pylist()
    assert [p["likes"] for p in posts] == [2, 0]
    assert posts[0]["published_at"] == datetime(2015, 10, 1, 23, 35)
    assert posts[0]["published_precision"] == "minute"
    assert posts[0]["account"] == "x:kopiuji"


@pytest.mark.data
def test_the_real_tweets_of_2021_agree_with_their_own_rate_in_3087_of_3087_rows():
    tables = []
    agree = rows = 0
    for path in sorted(exports_folder("x", "old_2021_cc_by_sa").glob("tweet_*.csv")):
        extract = read_exports(path, observed_at=SEEN)[0]
        tables.append(extract.facts["posts"])
        (rate,) = [c for c in extract.checks if c.key == "ratio"]
        agree, rows = agree + rate.data["agree"], rows + rate.data["rows"]
        assert extract.aside_count == 0
        assert extract.accounts == ("x:lisadebruine",)
    posts = pa.concat_tables(tables)
    assert (agree, rows) == (3087, 3087)
    assert pc.count_distinct(posts["post"]).as_py() == posts.num_rows == 3087
    sums = {"impressions": 6506471, "interactions": 269736, "likes": 25759, "shares": 4778,
            "comments": 3728, "link_clicks": 54292, "profile_visits": 16089, "follows": 9}  # fmt: skip
    assert {c: total(posts, c) for c in sums} == sums
    assert pc.min_max(posts["published_at"]).as_py()["max"] < datetime(2022, 1, 1)


@pytest.mark.data
def test_the_real_days_of_2021_hold_more_than_their_tweets_for_old_tweets_still_earn():
    tables = [
        read_exports(path, observed_at=SEEN, accounts=("x:a",))[0].facts["account_days"]
        for path in sorted(exports_folder("x", "old_2021_cc_by_sa").glob("daily_*.csv"))
    ]
    days = pa.concat_tables(tables)
    assert days.num_rows == pc.count_distinct(days["day"]).as_py() == 365
    sums = {"impressions": 6647097, "interactions": 274113, "likes": 27041, "shares": 3843,
            "comments": 3903, "link_clicks": 55173, "profile_visits": 16440,
            "posts_published": 3097}  # fmt: skip
    assert {c: total(days, c) for c in sums} == sums
    assert "followers_gained" not in days.column_names
    span = pc.min_max(days["day"]).as_py()
    assert (span["min"], span["max"]) == (date(2021, 1, 1), date(2021, 12, 31))


@pytest.mark.data
def test_the_real_new_overview_gives_seven_days():
    path = exports_folder("x", "new_overview") / "account_overview_analytics.csv"
    extract = read_exports(path, observed_at=SEEN, accounts=("x:a",))[0]
    days = extract.facts["account_days"]
    assert (days.num_rows, extract.start, extract.end) == (7, date(2025, 8, 20), date(2025, 8, 26))
    sums = {"impressions": 24749, "likes": 50, "interactions": 448, "saves": 14, "shares": 0,
            "followers_gained": 13, "followers_lost": 2, "comments": 25, "profile_visits": 248,
            "posts_published": 14, "video_views": 0}  # fmt: skip
    assert {c: total(days, c) for c in sums} == sums


@pytest.mark.data
def test_the_header_of_2015_that_parsers_quote_is_read():
    path = exports_folder("..", "header_reference") / "x_old_per_tweet_2015.csv"
    (post,) = read_exports(path, observed_at=SEEN)[0].facts["posts"].to_pylist()
    assert (post["impressions"], post["interactions"], post["likes"]) == (411, 8, 1)
    assert post["published_at"] == datetime(2015, 9, 30, 3, 35)
