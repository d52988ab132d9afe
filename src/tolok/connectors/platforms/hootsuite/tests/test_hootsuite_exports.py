"""Hootsuite's report of posts, and the word of caution that goes with it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pyarrow.compute as pc
import pytest

from tolok.connectors import Extract, Recognised, Told, recognise
from tolok.connectors.reading import read_file
from tolok.connectors.tests.real_data import exports_folder

FIXTURES = Path(__file__).parents[1] / "fixtures"
BOTH = ("facebook:kopiuji", "instagram:kopiuji")


def read(path: Path, *accounts: str) -> tuple[str, Extract]:
    (sheet,) = read_file(path)
    told = Told(observed_at=datetime(2026, 2, 1, 1), accounts=accounts)
    found = recognise(sheet, told)
    assert isinstance(found, Recognised)
    return found.export.key, found.export.read(found.source(sheet, told))


def test_posts_take_gmt_their_networks_ids_and_the_told_accounts() -> None:
    key, extract = read(FIXTURES / "posts.csv", *BOTH)
    photo, reel = extract.facts["posts"].to_pylist()
    assert key == "hootsuite.posts"
    assert (photo["post"], reel["post"]) == (
        "facebook:1270000000000002", "instagram:18000000000000017")  # fmt: skip
    assert (photo["account"], reel["account"]) == BOTH
    assert photo["published_at"] == datetime(2026, 1, 5, 14, 30)
    assert (photo["impressions"], photo["video_views"], reel["link_clicks"]) == (1300, None, None)
    assert (photo["kind"], reel["kind"]) == ("image", "reel")


def test_low_trust_is_said_each_time() -> None:
    _, extract = read(FIXTURES / "posts.csv", *BOTH)
    assert any("single example" in note.en for note in extract.notes)


def test_a_network_without_a_told_account_is_asked_about() -> None:
    _, extract = read(FIXTURES / "posts.csv", "facebook:kopiuji")
    assert [q.key for q in extract.questions] == ["account"]


@pytest.mark.data
def test_the_unverified_example_is_read_whole() -> None:
    path = (
        exports_folder().parent / "header_reference" / "hootsuite_post_performance_unverified.csv"
    )
    if not path.exists():
        pytest.skip("the header reference is not here")
    _, extract = read(path, *BOTH)
    posts = extract.facts["posts"]
    assert (posts.num_rows, extract.start, extract.end) == (2, date(2024, 3, 1), date(2024, 3, 2))
    sums = {"impressions": 6200, "reach": 4900, "interactions": 385, "likes": 310, "comments": 55}
    assert {c: pc.sum(posts[c]).as_py() for c in sums} == sums
