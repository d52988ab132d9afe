"""Labelling, correcting, learning, attributing and valuing as a person does them in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner, Result

from tolok.base import Home
from tolok.cli.main import tolok_command
from tolok.lake import Lake, LakeView, Origin

GOOD = "mantap banget, enak, suka sekali"
BAD = "kecewa, pesanan salah dan dingin, parah"
NOON = datetime(2026, 3, 2, 5)


def run(home: Path, *arguments: str, language: str = "en") -> Result:
    environment = {"TOLOK_HOME": str(home), "COLUMNS": "160", "TOLOK_TODAY": "2026-11-22"}
    return CliRunner(env=environment).invoke(
        tolok_command, ["--language", language, *arguments], catch_exceptions=True
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    result = run(tmp_path, "init", "kopi")
    assert result.exit_code == 0, result.output
    return tmp_path


def lake_of(home: Path) -> Lake:
    return Lake(Home.find(home).workspace().lake_folder)


def put(home: Path, texts: Sequence[str]) -> None:
    count = len(texts)
    rows = {
        "brand": ["kopi"] * count, "interaction": [f"instagram:{i}" for i in range(count)],
        "at": [NOON + timedelta(hours=i) for i in range(count)], "kind": ["mention"] * count,
        "direction": ["in"] * count, "subject": ["Kopi", "Teh"] * (count // 2),
        "text": list(texts), "observed_at": [NOON] * count,
    }  # fmt: skip
    lake_of(home).write({"interactions": pa.table(rows)}, Origin(source="test", brand="kopi"))


def test_labels_are_written_once_and_shares_say_that_they_are_uncorrected(home: Path) -> None:
    put(home, [GOOD, BAD] * 5)
    first = run(home, "label", "--own", "Kopi", "--competitor", "Teh")
    assert first.exit_code == 0, first.output
    assert "Mentions: 5 ours, 5 of competitors, 0 of others." in first.output
    assert "10 texts labelled by tolok-language-1.1" in first.output
    assert "100.0\N{NO-BREAK SPACE}%" in first.output  # only ours count in our share
    assert "Not corrected for the model's mistakes" in first.output
    again = run(home, "label", language="id")
    assert "0 teks diberi label" in again.output
    assert "Belum dikoreksi" in again.output


def test_a_person_sees_what_to_check_says_it_and_the_fact_stays(home: Path) -> None:
    put(home, [GOOD, BAD] * 5)
    run(home, "label")
    shown = run(home, "relabel", "--queue", "random", "--count", "3")
    assert shown.output.count("instagram:") == 3
    said = run(home, "relabel", "instagram:0=negative", "--drawn", "random", "--person", "bob")
    assert "1 labels of yours are kept" in said.output
    rows = LakeView(lake_of(home)).table("interactions").order_by("at").to_pyarrow().to_pylist()
    assert (rows[0]["sentiment"], rows[0]["model"]) == ("negative", "person")
    wrong = run(home, "relabel", "nonsense")
    assert wrong.exit_code == 1
    few = run(home, "learn")
    assert few.exit_code == 1
    assert "nothing learned to undo" in run(home, "learn", "--undo").output


def test_touches_of_a_file_are_credited_side_by_side(home: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("customer_id,time,conversion,conversion_value,channel\n"
                   "a,2026-03-01T10:00:00Z,0,0,Facebook\na,2026-03-02T10:00:00Z,1,12,Search\n"
                   "b,2026-03-02T11:00:00Z,0,0,Facebook\n")  # fmt: skip
    result = run(
        home, "attribute", str(log), "--currency", "USD", "--model", "last", "--model", "linear"
    )
    assert result.exit_code == 0, result.output
    assert "1 conversions credited, 0 without any touch in 30 days." in result.output
    cells = [line.split() for line in result.output.splitlines()]
    assert ["Facebook", "0.00", "0.50"] in cells
    assert ["Search", "1.00", "0.50"] in cells


def test_influencers_are_printed_part_by_part_and_the_unsaid_is_told(home: Path) -> None:
    assert "No partnership names an influencer yet" in run(home, "influencers").output
    told = {"partnership": ["p1"], "influencer": ["instagram:rani"], "platform": ["instagram"],
            "stage": ["active"], "brand": ["kopi"], "observed_at": [NOON]}  # fmt: skip
    lake_of(home).write({"partnerships": pa.table(told)}, Origin(source="test", brand="kopi"))
    result = run(home, "influencers")
    assert result.exit_code == 0, result.output
    assert "p1 · instagram:rani" in result.output
    assert "Follower growth" in result.output
    assert "fewer than 28 day" in result.output
    shown = run(home, "influencers", language="id").output
    assert "Keaslian" in shown
    assert "Signs" not in shown


def test_orders_are_traced_to_social_media_and_friends_are_told(home: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("customer_id,time,conversion,conversion_value,channel\n"
                   "a,2026-03-01T10:00:00Z,0,0,Facebook\na,2026-03-02T10:00:00Z,1,12,Search\n"
                   "b,2026-03-02T11:00:00Z,1,9,Facebook\n")  # fmt: skip
    friend = {"order": ["9"], "customer": ["c"], "ordered_at": [NOON], "referred_by": ["a"],
              "brand": ["kopi"], "observed_at": [NOON]}  # fmt: skip
    lake_of(home).write({"orders": pa.table(friend)}, Origin(source="test", brand="kopi"))
    result = run(home, "attribute", str(log), "--currency", "USD", "--model", "last")
    assert result.exit_code == 0, result.output
    assert "1 of 3 orders trace back to social media; of 1 nothing tells." in result.output
    assert "1 customers were brought by friends" in result.output


def test_margin_is_asked_and_few_orders_are_told_as_they_are(home: Path, tmp_path: Path) -> None:
    log = tmp_path / "orders.txt"
    log.write_text("".join(f" {n:05d} 199701{1 + n % 28:02d} 1 10.00\n" for n in range(30)))
    asked = run(home, "value", str(log), "--currency", "USD")
    assert asked.exit_code == 1
    told = run(home, "value", str(log), "--currency", "USD", "--revenue", "--as-of", "1997-09-30")
    assert told.exit_code == 0, told.output
    assert "30 customers valued by plain, 0 came back." in told.output
    assert "at least 300 are needed" in told.output
    assert "Value per customer in 180 days" in told.output
