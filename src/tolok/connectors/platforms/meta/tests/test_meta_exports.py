"""Meta's exports, from small files of our own with true headers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow.compute as pc
import pytest

from tolok.connectors import Extract, Recognised, Told, recognise
from tolok.connectors.reading import read_file

FIXTURES = Path(__file__).parents[1] / "fixtures"
OBSERVED = datetime(2026, 3, 1, 2)


def read(name: str, *accounts: str, zone: str = "Asia/Jakarta") -> tuple[str, Extract]:
    (sheet,) = read_file(FIXTURES / name)
    told = Told(accounts=accounts, observed_at=OBSERVED, timezone=zone)
    found = recognise(sheet, told)
    assert isinstance(found, Recognised)
    return found.export.key, found.export.read(found.source(sheet, told))


def failed(extract: Extract) -> list[str]:
    return [c.key for c in extract.checks if c.state == "failed"]


def test_indonesian_instagram_content_reads_us_dates_and_grouped_numbers() -> None:
    key, extract = read("instagram_id.csv")
    posts = extract.facts["posts"].to_pylist()
    assert key == "meta.instagram_content"
    assert [p["post"] for p in posts] == [f"instagram:180000000000000{n}" for n in (11, 28, 35)]
    assert posts[0]["views"] == 12400
    assert posts[0]["published_at"] == datetime(2026, 2, 3, 1, 15)
    assert posts[0]["caption"] == 'Pagi ☕\nbaris kedua, "kutip"'
    assert [p["kind"] for p in posts] == ["reel", "carousel", "image"]
    assert posts[1]["follows"] is None
    assert posts[1]["observed_at"] == OBSERVED
    assert (extract.start, extract.end) == (date(2026, 2, 3), date(2026, 2, 15))


def test_posts_made_with_others_keep_their_account_and_ours_is_the_most_frequent() -> None:
    _, extract = read("instagram_id.csv")
    relation = {a["account"]: a["relation"] for a in extract.facts["accounts"].to_pylist()}
    assert relation == {"instagram:kopicontoh": "own", "instagram:rotitetangga": None}


def test_the_files_clock_is_the_brands_right_through_daylight_saving() -> None:
    _, extract = read("instagram_id.csv", zone="America/New_York")
    assert extract.facts["posts"]["published_at"][0].as_py() == datetime(2026, 2, 3, 13, 15)


def test_ids_damaged_by_a_spreadsheet_are_refused() -> None:
    _, extract = read("instagram_damaged_ids.csv")
    assert not extract.facts
    assert failed(extract) == ["ids"]


def test_a_daily_breakdown_is_never_read_as_lifetime() -> None:
    key, extract = read("facebook_daily.csv")
    assert key == "meta.facebook_post_days"
    days = extract.facts["post_days"]
    assert "posts" not in extract.facts
    assert days.num_rows == 20
    assert pc.sum(days["reactions"]).as_py() == 2 * sum(range(10, 20))
    assert days["day"][0].as_py() == date(2026, 3, 10)


def test_a_daily_breakdown_without_dates_is_refused() -> None:
    _, extract = read("facebook_daily_without_dates.csv")
    assert not extract.facts
    assert failed(extract) == ["daily"]


def test_a_daily_series_takes_its_metric_from_the_title_and_its_day_from_the_date() -> None:
    key, extract = read("series_id.csv", "instagram:kopicontoh")
    rows = extract.facts["account_days"].to_pylist()
    assert key == "meta.account_days"
    assert [(r["day"].day, r["reach"]) for r in rows] == [(1, 1200), (2, 900), (3, 1500)]
    assert {r["account"] for r in rows} == {"instagram:kopicontoh"}
    assert [r["row"] for r in rows] == [4, 5, 6]


@pytest.mark.parametrize("accounts", [(), ("instagram:a", "facebook:b"), ("tiktok:a",)])
def test_a_series_that_does_not_say_whose_it_is_asks(accounts: tuple[str, ...]) -> None:
    _, extract = read("series_id.csv", *accounts)
    assert [q.key for q in extract.questions] == ["account"]
    assert not extract.set_aside


def test_the_unlabelled_row_of_adverts_is_the_accounts_total_and_a_checksum() -> None:
    key, extract = read("adverts_id.csv", "meta_ads:kopicontoh")
    assert key == "meta.adverts"
    rows = {(r["level"], r["item"]): r for r in extract.facts["ad_results"].to_pylist()}
    assert rows["account", ""]["reach"] == 7000
    assert rows["ad", "Merek / A / Satu"]["spend"] == Decimal("200000.0000")
    assert rows["ad", "Merek / A / Dua"]["until"] == date(2026, 3, 1)
    assert {r["currency"] for r in rows.values()} == {"IDR"}
    assert not failed(extract)


def test_adverts_whose_rates_lost_their_decimal_point_are_refused() -> None:
    _, extract = read("adverts_damaged.csv", "meta_ads:kopicontoh")
    assert not extract.facts
    assert "ratio" in failed(extract)
