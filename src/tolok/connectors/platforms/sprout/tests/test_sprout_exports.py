"""Sprout Social: every row belongs to the network it names."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow.compute as pc
import pytest

from tolok.connectors import Extract, Recognised, Told, recognise
from tolok.connectors.reading import read_file
from tolok.connectors.tests.real_data import exports_folder

FIXTURES = Path(__file__).parents[1] / "fixtures"
SEEN = datetime(2026, 2, 1, 1)


def read(path: Path, zone: str = "Asia/Jakarta") -> tuple[str, Extract]:
    (sheet,) = read_file(path)
    told = Told(observed_at=SEEN, timezone=zone)
    found = recognise(sheet, told)
    assert isinstance(found, Recognised)
    return found.export.key, found.export.read(found.source(sheet, told))


def test_profiles_carry_their_network_and_lose_the_apostrophe() -> None:
    key, extract = read(FIXTURES / "profiles.csv")
    days = extract.facts["account_days"].to_pylist()
    assert key == "sprout.profiles"
    assert [(d["account"], d["platform"], d["day"]) for d in days[:2]] == [
        ("x:kopiuji", "x", date(2026, 1, 12)), ("youtube:kopi uji", "youtube", date(2026, 1, 12))]  # fmt: skip
    named = {a["account"]: (a["handle"], a["name"]) for a in extract.facts["accounts"].to_pylist()}
    assert named == {"x:kopiuji": ("KopiUji", None), "youtube:kopi uji": (None, "Kopi Uji")}


def test_the_audience_is_the_level_shown_and_not_the_sum() -> None:
    _, extract = read(FIXTURES / "profiles.csv")
    days = extract.facts["account_days"].to_pylist()
    youtube = [d["followers"] for d in days if d["platform"] == "youtube"]
    assert youtube == [1100, 1100]  # though 3 were won
    (said,) = [c for c in extract.checks if c.key == "level"]
    assert (said.state, said.data["count"], str(said.data["accounts"])) == (
        "noted", 1, "youtube:kopi uji 1")  # fmt: skip


def test_blanks_are_not_zero_and_a_network_reads_its_own_columns_only() -> None:
    _, extract = read(FIXTURES / "profiles.csv")
    x, youtube, *_ = extract.facts["account_days"].to_pylist()
    assert (youtube["impressions"], youtube["saves"], youtube["mentions"]) == (None, None, None)
    assert (x["mentions"], x["views"], youtube["views"]) == (3, None, 2500)
    assert youtube["reactions"] == -1


def test_a_network_nobody_knows_is_set_aside_with_its_row() -> None:
    _, extract = read(FIXTURES / "profiles.csv")
    assert [a.row for a in extract.set_aside] == [6]


def test_posts_bear_the_networks_own_ids() -> None:
    key, extract = read(FIXTURES / "posts.csv")
    reel, photo, video = extract.facts["posts"].to_pylist()
    assert key == "sprout.posts"
    assert [p["post"] for p in (reel, photo, video)] == [
        "instagram:18000000000000017", "facebook:1270000000000002", "youtube:aB-cD_eF123"]  # fmt: skip
    assert [p["kind"] for p in (reel, photo, video)] == ["reel", "image", "video"]
    assert reel["published_at"] == datetime(2026, 1, 13, 2, 40)
    assert (reel["impressions"], reel["views"], video["views"]) == (11337, None, 2163)
    assert video["watch_seconds"] == 7800.0
    assert reel["caption"] == 'Pagi ☕, "tanpa gula"\ndi serambi'


def test_ids_a_spreadsheet_damaged_are_refused() -> None:
    _, extract = read(FIXTURES / "posts_damaged_ids.csv")
    assert [c.key for c in extract.checks if c.state == "failed"] == ["ids"]
    assert not extract.facts


def documented() -> str:
    return (Path(__file__).parents[6] / "docs" / "formats" / "sprout.md").read_text("utf-8")


def _plain(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _number(cell: str) -> int:
    return int(cell.replace(",", "") or 0)


def _apart(rows: list[dict[str, str]]) -> Iterator[str]:
    """Yield the network of every day whose audience is not the day before plus the net growth."""
    levels: dict[tuple[str, date], tuple[str, str]] = {}
    for row in rows:
        month, day, year = map(int, row["Date"].split("-"))
        levels[row["Network"], date(year, month, day)] = (
            row["Audience"], row["Net Audience Growth"])  # fmt: skip
    for (network, day), (level, net) in levels.items():
        before = levels.get((network, day - timedelta(days=1)), ("", ""))[0]
        if before and level and net and _number(before) + _number(net) != _number(level):
            yield network


@pytest.mark.data
def test_the_real_profiles_of_six_networks_over_a_year() -> None:
    path = exports_folder("sprout_social", "airport_2025") / "Profile Performance.csv"
    plain = _plain(path)
    _, extract = read(path)
    table = extract.facts["account_days"]
    assert (table.num_rows, extract.start, extract.end) == (
        2190, date(2025, 1, 1), date(2025, 12, 31))  # fmt: skip
    assert pc.count_distinct(table["account"]).as_py() == 6
    for column, header in {
        "impressions": "Impressions", "interactions": "Engagements", "reactions": "Reactions",
        "followers_net": "Net Audience Growth", "video_views": "Video Views",
        "messages_received": "Received Messages (Total)",
    }.items():  # fmt: skip
        total = sum(_number(r[header]) for r in plain)
        assert pc.sum(table[column]).as_py() == total
        assert column == "messages_received" or f"{total:,}" in documented()
    rate, level = (next(c for c in extract.checks if c.key == k) for k in ("ratio", "level"))
    assert (rate.data["agree"], rate.data["rows"]) == (1753, 1753)
    apart = list(_apart(plain))
    assert level.data["count"] == len(apart) == 560
    assert {n: apart.count(n) for n in set(apart)} == {
        "LinkedIn": 303, "YouTube": 250, "Facebook": 7}  # fmt: skip
    youtube = table.filter(pc.equal(table["platform"], "youtube")).sort_by("day")["followers"]
    assert (youtube[0].as_py(), youtube[364].as_py()) == (1090, 1440)


@pytest.mark.data
def test_the_real_posts_of_five_networks() -> None:
    path = exports_folder("sprout_social", "airport_2025") / "Post Performance.csv"
    plain = _plain(path)
    _, extract = read(path, zone="America/Los_Angeles")
    posts = extract.facts["posts"]
    assert posts.num_rows == pc.count_distinct(posts["post"]).as_py() == 27
    for column, header in {
        "impressions": "Impressions", "reach": "Reach", "interactions": "Engagements",
        "comments": "Comments", "shares": "Shares", "link_clicks": "Post Link Clicks",
    }.items():  # fmt: skip
        total = sum(_number(r[header]) for r in plain)
        assert pc.sum(posts[column]).as_py() == total
        assert column == "reach" or f"{total:,}" in documented()
    (rate,) = [c for c in extract.checks if c.key == "ratio"]
    assert (rate.data["agree"], rate.data["rows"]) == (24, 24)
    assert (extract.start, extract.end) == (date(2025, 2, 13), date(2025, 12, 30))
