"""Google Ads: the rows are facts, the four kinds of Total rows only check them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tolok.base import Period
from tolok.connectors import Extract, Recognised, Told, recognise
from tolok.connectors.reading import read_file
from tolok.connectors.tests.real_data import exports_folder
from tolok.connectors.tests.sample_truth import differences

FIXTURES = Path(__file__).parents[1] / "fixtures"
ACCOUNT = ("google_ads:kopiuji",)


def read(path: Path, **told: Any) -> tuple[str, Extract]:
    (sheet,) = read_file(path)
    known = Told(observed_at=datetime(2026, 11, 1, 1), **({"accounts": ACCOUNT} | told))
    found = recognise(sheet, known)
    assert isinstance(found, Recognised)
    return found.export.key, found.export.read(found.source(sheet, known))


def rows(extract: Extract) -> list[dict[str, Any]]:
    return extract.facts["ad_results"].to_pylist()


def documented() -> str:
    return (Path(__file__).parents[6] / "docs" / "formats" / "google_ads.md").read_text("utf-8")


def states(extract: Extract, key: str) -> list[tuple[object, str]]:
    return [(c.data["label"], c.state) for c in extract.checks if c.key == key]


def test_the_sample_shows_its_truth() -> None:
    assert differences("google_ads-kopiserambi") == []


def test_campaigns_take_the_days_of_the_second_line_and_the_currency_of_their_column() -> None:
    key, extract = read(FIXTURES / "campaigns.csv", currency="IDR")
    brand, video = rows(extract)
    assert key == "google_ads.results"
    assert (brand["start"], brand["until"]) == (date(2026, 1, 1), date(2026, 2, 1))
    assert (brand["spend"], brand["currency"]) == (Decimal("1500.0000"), "USD")
    assert (brand["conversions"], brand["conversion_value"]) == (7.5, Decimal("1234.5000"))
    assert (brand["level"], brand["item"], brand["objective"]) == ("campaign", "Merek", "Search")
    assert (video["clicks"], video["conversion_value"]) == (None, None)  # “ --” is not zero


def test_totals_of_what_is_shown_must_agree_and_the_accounts_may_be_more() -> None:
    _, extract = read(FIXTURES / "campaigns.csv")
    assert states(extract, "total") == [
        ("Campaigns", "passed"), ("Account", "noted"), ("Search", "passed"), ("Video", "passed")]  # fmt: skip


def test_a_campaign_may_be_called_total_and_still_count(tmp_path: Path) -> None:
    named = tmp_path / "named.csv"
    text = (FIXTURES / "campaigns.csv").read_text("utf-8").replace(",Merek,", ",Total: Merek,")
    named.write_text(text, "utf-8")
    _, extract = read(named)
    assert [r["item"] for r in rows(extract)] == ["Total: Merek", "Video"]


def test_a_managers_report_keeps_the_currency_of_each_row(tmp_path: Path) -> None:
    lines = (FIXTURES / "campaigns.csv").read_text("utf-8").splitlines()[:5]
    mixed = tmp_path / "mixed.csv"
    mixed.write_text("\n".join([*lines[:4], lines[4].replace("USD", "IDR")]) + "\n", "utf-8")
    _, extract = read(mixed)
    assert [r["currency"] for r in rows(extract)] == ["USD", "IDR"]


def test_a_total_that_disagrees_refuses_the_file() -> None:
    _, extract = read(FIXTURES / "campaigns_damaged_total.csv")
    assert ("Campaigns", "failed") in states(extract, "total")
    assert not extract.facts


def test_a_report_cut_off_within_its_last_figure_loses_that_row(tmp_path: Path) -> None:
    lines = (FIXTURES / "campaigns.csv").read_text("utf-8").splitlines()[:5]
    cut = tmp_path / "cut.csv"
    cut.write_text("\n".join([*lines[:4], lines[3].replace("Merek", "Lain")])[:-3], "utf-8")
    _, extract = read(cut)
    assert [r["item"] for r in rows(extract)] == ["Merek"]
    assert [a.row for a in extract.set_aside] == [5]


def test_utf16_with_tabs_gives_days_devices_and_parts_of_conversions() -> None:
    _, extract = read(FIXTURES / "adgroup_days_utf16.csv")
    first, second, third = rows(extract)
    assert (first["level"], first["item"], first["adset"]) == ("adset", "Merek / Kopi", "Kopi")
    assert (first["start"], first["until"]) == (date(2026, 1, 1), date(2026, 1, 2))
    assert (second["breakdown"], second["segment"], third["segment"]) == (
        "device", "Mobile phones", "Computers")  # fmt: skip
    assert [r["conversions"] for r in (first, second, third)] == [0.33, None, 1.0]
    assert first["spend"] == Decimal("12500.5000")


def test_without_its_lines_a_report_asks_for_its_days(tmp_path: Path) -> None:
    bare = tmp_path / "bare.csv"
    lines = (FIXTURES / "campaigns.csv").read_text("utf-8").splitlines()[2:]
    bare.write_text("\n".join(lines) + "\n", "utf-8")
    _, asked = read(bare)
    assert [q.key for q in asked.questions] == ["period"]
    _, told = read(bare, period=Period(date(2026, 1, 1), date(2026, 2, 1), "month"))
    _, whole = read(FIXTURES / "campaigns.csv")
    assert [{**r, "row": 0} for r in rows(told)] == [{**r, "row": 0} for r in rows(whole)]


def test_the_account_is_asked_for_and_the_change_history_refused() -> None:
    _, extract = read(FIXTURES / "campaigns.csv", accounts=())
    assert [q.key for q in extract.questions] == ["account"]
    key, history = read(FIXTURES / "change_history.csv")
    assert (key, [c.key for c in history.checks]) == ("google_ads.changes", ["changes"])


@pytest.mark.data
def test_the_real_campaigns_in_rupees_pass_all_four_kinds_of_totals() -> None:
    path = exports_folder("google_ads", "campaigns_inr") / "Campaign report.csv"
    _, extract = read(path)
    found = rows(extract)
    assert [r["item"] for r in found] == ["Video views - 2025-07-19", "MH-m-sand"]
    assert sum(r["spend"] for r in found) == Decimal("2565.93")  # the file's own total says .92
    assert sum(r["impressions"] for r in found) == 46_168
    assert sum(r["interactions"] for r in found) == 22_061
    assert sum(r["conversions"] for r in found) == 15.0
    assert all(number in documented() for number in ("2,565.93", "46,168", "22,061"))
    assert {r["currency"] for r in found} == {"INR"}
    assert (extract.start, extract.end) == (date(2025, 7, 8), date(2025, 7, 31))
    assert states(extract, "total") == [
        ("Campaigns", "passed"), ("Account", "passed"), ("Video", "passed"),
        ("Demand Gen", "passed")]  # fmt: skip
