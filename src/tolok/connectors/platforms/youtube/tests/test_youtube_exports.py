"""YouTube Studio: tables cut short say so, and no figure of a period passes for a lifetime."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pyarrow.compute as pc
import pytest

from tolok.base import Period
from tolok.connectors import Extract, platform_facts
from tolok.connectors.tests.real_data import exports_folder
from tolok.connectors.tests.sample_truth import differences, read_exports

FIXTURES = Path(__file__).parents[1] / "fixtures"
SEEN = datetime(2026, 11, 1, 1)
NAMED = "Content 2026-08-01_2026-09-01 Kopi.zip"


def read(path: Path | str, **told: object) -> Extract:
    known = {"accounts": ("youtube:kopi",), "observed_at": SEEN} | told
    return read_exports(FIXTURES / path, **known)[0]


def posts(extract: Extract) -> dict[str, dict]:
    return {r["post"].removeprefix("youtube:"): r for r in extract.facts["posts"].to_pylist()}


def state(extract: Extract, key: str) -> list[str]:
    return [c.state for c in extract.checks if c.key == key]


def test_the_sample_shows_its_truth():
    assert differences("youtube-kopiserambi") == []


def test_german_headers_with_soft_hyphens_are_read_and_a_hyphen_id_loses_its_space():
    extract = read("tabellendaten.csv", file_name=NAMED)
    assert list(posts(extract)) == ["aaaaaaaaaaa", "-bbbbbbbbbb"]
    assert posts(extract)["-bbbbbbbbbb"]["follows"] == -1
    assert state(extract, "total") == ["passed"] * 3
    (whole,) = extract.facts["account_periods"].to_pylist()
    assert (whole["start"], whole["until"]) == (date(2026, 8, 1), date(2026, 9, 1))
    assert (whole["views"], whole["watch_seconds"], whole["followers_net"]) == (300, 37800.0, -2)


def test_without_the_days_in_a_name_the_period_is_asked():
    assert [q.key for q in read("tabellendaten.csv").questions] == ["period"]


def test_videos_older_than_the_period_give_their_name_and_no_figure():
    found = posts(read("table_data.csv", file_name=NAMED))
    assert found["aaaaaaaaaaa"]["views"] == 600
    assert found["aaaaaaaaaaa"]["engaged_views"] == 400
    assert found["aaaaaaaaaaa"]["impressions"] == 12000
    assert found["aaaaaaaaaaa"]["average_watch_seconds"] == 180.0
    assert found["ccccccccccc"]["title"] == "Older"
    assert found["ccccccccccc"]["views"] is None
    assert found["ddddddddddd"]["views"] is None  # no day of publication: it may be old as well
    assert found["ddddddddddd"]["published_precision"] is None


def test_figures_are_as_of_the_end_of_the_period_when_the_file_is_made_later():
    found = posts(read("table_data.csv", file_name=NAMED))
    assert found["aaaaaaaaaaa"]["observed_at"] == datetime(2026, 8, 31, 17)
    assert found["ccccccccccc"]["observed_at"] == SEEN


def test_an_id_that_a_spreadsheet_took_for_a_formula_is_set_aside():
    extract = read("table_data.csv", file_name=NAMED)
    assert [a.row for a in extract.set_aside] == [6]


def test_weeks_are_refused_because_only_days_can_be_put_together():
    assert state(read("weekly.csv"), "grain") == ["failed"]


def test_rows_that_add_to_more_than_the_total_are_damage():
    assert "failed" in state(read("damaged_total.csv"), "total")


def test_a_split_by_country_is_known_and_refused():
    assert state(read("geography.csv"), "split") == ["failed"]


def test_no_growth_is_drawn_over_the_new_count_of_views():
    facts = platform_facts()
    over = facts.breaks_between(
        "youtube", frozenset({"views"}), date(2026, 8, 1), date(2026, 9, 30)
    )
    assert [b.on for b in over] == [date(2026, 8, 24)]
    assert not facts.breaks_between(
        "youtube", frozenset({"engaged_views"}), date(2025, 1, 1), date(2026, 12, 31)
    )


@pytest.mark.data
@pytest.mark.parametrize(
    ("path", "days", "rows", "views", "whole", "hours"),
    [
        ("en_in_shorts/Table data.csv", "2023-06-24_2026-06-25", 498, 34680203, 34838847, 155526.0243),
        ("pt_brl_revenue/Dados da tabela.csv", "2010-01-01_2023-01-01", 500, 28320222, 42656269,
         7181727.4628),
    ],
)  # fmt: skip
def test_real_tables_cut_at_500_rows_say_so_and_keep_the_total(
    path, days, rows, views, whole, hours
):
    folder, name = path.split("/")
    extract = read(exports_folder("youtube_studio", folder) / name, file_name=f"Content {days}.zip")
    table = extract.facts["posts"]
    assert (table.num_rows, pc.sum(table["views"]).as_py()) == (rows, views)
    said = [c for c in extract.checks if c.key == "cut" and c.state == "noted"]
    assert said[0].data | {"header": ""} == {
        "header": "", "rows": rows, "summed": views, "total": whole,
    }  # fmt: skip
    (period,) = extract.facts["account_periods"].to_pylist()
    assert period["views"] == whole
    assert period["watch_seconds"] == pytest.approx(hours * 3600)


@pytest.mark.data
def test_the_real_complete_table_adds_to_its_total():
    path = exports_folder("youtube_studio", "en_billmengg") / "Content.csv"
    extract = read(path, file_name="Content 2024-01-21_2025-04-25 b.zip")
    table = extract.facts["posts"]
    assert table.num_rows == 238
    assert pc.sum(table["views"]).as_py() == 12099605
    assert pc.sum(table["impressions"]).as_py() == 68107707
    assert table["published_at"].null_count == 6
    assert state(extract, "total") == ["passed"] * 3
    assert extract.facts["account_periods"]["views"].to_pylist() == [12100212]


@pytest.mark.data
def test_real_days_carry_revenue_in_the_currency_of_the_header():
    path = exports_folder("youtube_studio", "en_billmengg") / "Date.csv"
    extract = read(path)
    days = extract.facts["account_days"]
    assert (days.num_rows, extract.start, extract.end) == (
        450,
        date(2024, 1, 21),
        date(2025, 4, 24),
    )
    assert pc.sum(days["views"]).as_py() == 12100212
    assert str(pc.sum(days["revenue"]).as_py()) == "3211.0980"
    assert pc.unique(days["currency"]).to_pylist() == ["USD"]


@pytest.mark.data
def test_a_real_table_with_every_column_gives_one_video():
    path = exports_folder("youtube_studio", "en_all_columns") / "Table data.csv"
    found = posts(read(path, file_name="Content 2020-01-01_2026-01-01 b.zip"))["Ae5e8rst15a"]
    assert (found["views"], found["likes"], found["comments"], found["shares"]) == (
        39022, 1210, 24, 508,
    )  # fmt: skip
    assert (found["follows"], found["average_watch_seconds"]) == (521, 162.0)


@pytest.mark.data
@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("en_billmengg/Cities.csv", "split"),
        ("en_billmengg/Traffic source.csv", "split"),
        ("en_in_shorts/Chart data.csv", "average"),
        ("en_in_shorts/Totals.csv", "average"),
    ],
)
def test_real_files_without_a_place_are_refused_with_the_reason(path, key):
    folder, name = path.split("/")
    extract = read(exports_folder("youtube_studio", folder) / name)
    assert state(extract, key) == ["failed"]
    assert extract.facts == {}


def test_the_period_a_person_tells_answers_the_question():
    extract = read("table_data.csv", period=Period.parse("2026-07-01..2026-08-31"))
    assert extract.questions == ()
    assert posts(extract)["ccccccccccc"]["views"] == 300  # published inside this period
    assert posts(extract)["ddddddddddd"]["views"] == 50
    (whole,) = extract.facts["account_periods"].to_pylist()
    assert (whole["start"], whole["until"]) == (date(2026, 7, 1), date(2026, 9, 1))
