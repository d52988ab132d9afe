"""GA4's tables: small files of our own, the sample's truth, real files where they are at hand."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pytest

from tolok.base import Period
from tolok.connectors import Extract, Recognised, Told, platform_facts, recognise
from tolok.connectors.reading import read_file
from tolok.connectors.tests.real_data import exports_folder
from tolok.connectors.tests.sample_truth import differences

FIXTURES = Path(__file__).parents[1] / "fixtures"
SEEN = datetime(2026, 11, 1, 1)


def read_all(path: Path, **told: Any) -> list[tuple[str, Extract]]:
    found = []
    for sheet in read_file(path):
        known = Told(observed_at=SEEN, **told)
        kind = recognise(sheet, known)
        assert isinstance(kind, Recognised), sheet.header
        found.append((kind.export.key, kind.export.read(kind.source(sheet, known))))
    return found


def rows(extract: Extract) -> list[dict[str, Any]]:
    return extract.facts["site_traffic"].to_pylist()


def documented() -> str:
    return (Path(__file__).parents[6] / "docs" / "formats" / "ga4.md").read_text("utf-8")


def failed(extract: Extract) -> list[str]:
    return [c.key for c in extract.checks if c.state == "failed"]


def test_the_sample_shows_its_truth() -> None:
    assert differences("ga4-kopiserambi.id") == []


def test_a_channel_report_gives_segments_and_the_grand_total_as_total() -> None:
    ((key, extract),) = read_all(FIXTURES / "traffic.csv", currency="IDR")
    social, direct, whole = rows(extract)
    assert key == "ga4.traffic"
    assert (social["dimension"], social["segment"]) == ("channel", "Organic Social")
    assert (social["start"], social["until"]) == (date(2026, 1, 1), date(2026, 2, 1))
    assert (whole["dimension"], whole["segment"], whole["sessions"]) == ("total", "", 1400)
    assert social["account"] == "ga4:kopiuji.test"
    assert (social["key_events"], direct["key_events"]) == (12.5, 3.0)


def test_time_of_engagement_is_put_together_from_the_average() -> None:
    ((_, extract),) = read_all(FIXTURES / "traffic.csv")
    assert [r["engagement_seconds"] for r in rows(extract)] == [30500.0, 8100.0, 38600.0]


def test_a_point_is_never_taken_for_thousands_even_in_rupiah() -> None:
    ((_, extract),) = read_all(FIXTURES / "traffic.csv", currency="IDR")
    assert [r["revenue"] for r in rows(extract)] == [
        Decimal("1234.5670"), Decimal("0.0000"), Decimal("1234.5670")]  # fmt: skip
    assert {r["currency"] for r in rows(extract)} == {"IDR"}


def test_a_rate_that_disagrees_with_its_parts_refuses_the_table() -> None:
    ((_, extract),) = read_all(FIXTURES / "traffic_damaged_rate.csv")
    assert failed(extract) == ["ratio"]
    assert not extract.facts


def test_rows_that_add_to_more_than_the_grand_total_refuse_the_table() -> None:
    ((_, extract),) = read_all(FIXTURES / "traffic_damaged_total.csv")
    assert "total" in failed(extract)
    assert not extract.facts


def test_users_are_told_and_never_added_and_old_conversions_are_key_events() -> None:
    (_, extract), _ = read_all(FIXTURES / "users_by_first_channel.csv")
    whole = rows(extract)[-1]
    assert (whole["users"], whole["key_events"]) == (75, 4.5)
    assert rows(extract)[0]["dimension"] == "first_channel"
    (said,) = [c for c in extract.checks if c.key == "unique" and "users" in str(c.data["header"])
               and "Total" in str(c.data["header"])]  # fmt: skip
    assert (said.data["total"], said.data["summed"]) == (75.0, 80.0)


def test_a_comparison_never_passes_for_all_users() -> None:
    _, (key, mobile) = read_all(FIXTURES / "users_by_first_channel.csv")
    assert key == "ga4.first_visits"
    assert rows(mobile)[0]["dimension"] == "first_channel (Mobile traffic)"
    assert mobile.accounts == ("ga4:kopiuji.test",)


def test_titles_of_cards_in_a_snapshot_narrow_nothing() -> None:
    (_, first), (_, second) = read_all(FIXTURES / "snapshot_cards.csv")
    found = [
        (r["dimension"], r["start"], r["active_users"]) for e in (first, second) for r in rows(e)
    ]
    assert found == [("total", date(2026, 2, 1), 5), ("total", date(2026, 2, 2), 6)]


def test_an_exploration_by_several_dimensions_keeps_those_nobody_knows() -> None:
    ((_, extract),) = read_all(FIXTURES / "free_form.csv")
    first, *_, whole = rows(extract)
    assert first["dimension"] == "country,author of the page"
    assert first["segment"] == "Indonesia,Sari"
    assert (first["start"], first["until"]) == (date(2026, 8, 1), date(2026, 8, 2))
    assert (whole["dimension"], whole["start"], whole["until"]) == (
        "total", date(2026, 7, 23), date(2026, 9, 23))  # fmt: skip
    assert extract.accounts == ("ga4:kopiuji.test",)


def test_spanish_offsets_count_from_the_tables_own_start_in_any_order() -> None:
    ((key, extract),) = read_all(FIXTURES / "acquisition_es.csv")
    assert key == "ga4.days"
    assert {r["start"].day: r["active_users"] for r in rows(extract)} == {1: 10, 2: 12, 31: 7}


def test_a_snapshot_gives_each_table_its_own_reading_and_refuses_what_has_no_place() -> None:
    found = read_all(FIXTURES / "snapshot_id.csv")
    assert [key for key, _ in found] == [
        "ga4.days", "ga4.first_visits", "ga4.days", "ga4.days", "ga4.cohorts"]  # fmt: skip
    assert [r["start"] for r in rows(found[0][1])] == [date(2026, 2, 1), date(2026, 2, 28)]
    assert rows(found[1][1])[0]["dimension"] == "first_channel"
    assert rows(found[2][1])[0]["active_users"] == 6
    assert [failed(e) for _, e in found[3:]] == [["averages"], ["cohorts"]]
    assert {a for _, e in found[:3] for a in e.accounts} == {"ga4:kopiuji.test"}


def test_a_table_without_its_lines_asks_for_its_days(tmp_path: Path) -> None:
    lines = (FIXTURES / "traffic.csv").read_text("utf-8").splitlines()
    bare = tmp_path / "bare.csv"
    bare.write_text("\n".join(line for line in lines if not line.startswith("#")), "utf-8")
    ((_, asked),) = read_all(bare, accounts=("ga4:kopiuji.test",))
    assert [q.key for q in asked.questions] == ["period"]
    period = Period(date(2026, 1, 1), date(2026, 2, 1), "month")
    ((_, told),) = read_all(bare, accounts=("ga4:kopiuji.test",), period=period)
    ((_, whole),) = read_all(FIXTURES / "traffic.csv")
    drop = ("row",)
    assert [{k: v for k, v in r.items() if k not in drop} for r in rows(told)] == [
        {k: v for k, v in r.items() if k not in drop} for r in rows(whole)]  # fmt: skip


def test_a_file_cut_off_within_its_last_figure_leaves_that_figure_open(tmp_path: Path) -> None:
    head, *_ = (FIXTURES / "snapshot_cards.csv").read_text("utf-8").split("Nth day")
    cut = tmp_path / "cut.csv"
    cut.write_text(
        head + "Nth day,Sessions,Active users\n0000,6,5\n0001,150,144\n0002,12,1", "utf-8"
    )
    ((_, extract),) = read_all(cut)
    assert [r["sessions"] for r in rows(extract)] == [6, 150, 12]
    assert [r["active_users"] for r in rows(extract)] == [5, 144, None]
    assert any("row 12" in note.en for note in extract.notes)


def test_anyones_own_list_of_days_is_not_taken_for_ga4(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("Date,Views,Sessions\n2026-01-01,10,4\n2026-01-02,11,5\n", "utf-8")
    (sheet,) = read_file(own)
    found = recognise(sheet, Told(observed_at=SEEN))
    assert not isinstance(found, Recognised) or not found.export.key.startswith("ga4.")


def test_the_new_channel_of_2026_breaks_the_split_by_channel_and_no_sum_of_sessions() -> None:
    facts = platform_facts()
    (change,) = [b for b in facts.breaks if b.platform == "ga4"]
    assert (change.on, change.scope) == (date(2026, 5, 13), "channel")
    span = (date(2026, 1, 1), date(2026, 12, 31))
    assert facts.breaks_between("ga4", frozenset({"sessions", "segment"}), *span) == ()


@pytest.mark.data
def test_the_real_days_stand_in_the_order_of_events_and_cover_241_days() -> None:
    folder = exports_folder("ga4", "en_daily")
    ((key, extract),) = read_all(folder / "data-export.csv")
    table = extract.facts["site_traffic"]
    assert (key, table.num_rows) == ("ga4.days", 241)
    assert (extract.start, extract.end) == (date(2023, 7, 8), date(2024, 3, 4))
    sums = {"events": 1_003_468, "users": 283_560, "new_users": 242_119, "returning_users": 23_952}
    assert {c: pc.sum(table[c]).as_py() for c in sums} == sums
    assert all(f"{value:,}" in documented() for value in sums.values())
    assert extract.accounts == ("ga4:www.mh4u.in.ua - ga4",)
    ((_, book),) = read_all(folder / "data-export.xlsx", accounts=("ga4:www.mh4u.in.ua - ga4",))
    same = ["start", *sums]
    assert book.facts["site_traffic"].select(same).sort_by("start").equals(
        table.select(same).sort_by("start"))  # fmt: skip


@pytest.mark.data
def test_the_real_events_of_a_year() -> None:
    ((key, extract),) = read_all(exports_folder("ga4", "en_events") / "data-export.csv")
    table = extract.facts["site_traffic"]
    assert (key, table.num_rows, extract.start, extract.end) == (
        "ga4.events", 39, date(2023, 1, 1), date(2023, 12, 31))  # fmt: skip
    assert pc.sum(table["events"]).as_py() == 304_804
    assert "304,804" in documented()
    assert set(table["dimension"].to_pylist()) == {"event"}


@pytest.mark.data
def test_the_real_home_page_holds_15_tables_each_with_its_own_days() -> None:
    found = read_all(exports_folder("ga4", "en_home_sections") / "data-export.csv")
    assert [(k.split(".")[1], sum(t.num_rows for n, t in e.facts.items() if n == "site_traffic"))
            for k, e in found] == [
        ("days", 28), ("days", 28), ("days", 0), ("days", 0), ("first_visits", 2), ("traffic", 3),
        ("segments", 1), ("segments", 1), ("days", 28), ("cohorts", 0), ("pages", 1),
        ("events", 5), ("events", 0), ("items", 0), ("segments", 0)]  # fmt: skip
    assert [k for k, e in found if failed(e)] == ["ga4.days", "ga4.cohorts", "ga4.items"]
    days = found[0][1].facts["site_traffic"].to_pylist()
    assert {d["start"]: d["active_users"] for d in days if d["active_users"]} == {
        date(2023, 5, 21): 1}  # fmt: skip
    assert {a for _, e in found if e.facts for a in e.accounts} == {"ga4:bright - ga4"}
