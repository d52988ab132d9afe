"""Metricool's days: semicolons, day first, points between thousands."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from tolok.connectors import Extract, Recognised, Told, recognise
from tolok.connectors.reading import read_file

FIXTURES = Path(__file__).parents[1] / "fixtures"


def read(path: Path, *accounts: str) -> tuple[str, Extract]:
    (sheet,) = read_file(path)
    told = Told(observed_at=datetime(2026, 5, 1, 1), accounts=accounts)
    found = recognise(sheet, told)
    assert isinstance(found, Recognised)
    return found.export.key, found.export.read(found.source(sheet, told))


def test_days_come_day_first_with_points_between_thousands() -> None:
    key, extract = read(FIXTURES / "days.csv", "instagram:kopiuji")
    first, second, third = extract.facts["account_days"].to_pylist()
    assert key == "metricool.days"
    assert [d["day"] for d in (first, second, third)] == [
        date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 13)]  # fmt: skip
    assert (first["followers"], first["impressions"], third["reach"]) == (2345, 1200, 8100)
    assert (first["followers_gained"], first["followers_lost"]) == (12, 3)
    assert second["reach"] is None
    assert (first["account"], first["platform"]) == ("instagram:kopiuji", "instagram")


def test_days_that_could_be_either_way_go_by_the_platforms_habit(tmp_path: Path) -> None:
    lines = (FIXTURES / "days.csv").read_text("utf-8").splitlines()[:3]
    short = tmp_path / "short.csv"
    short.write_text("\n".join(lines) + "\n", "utf-8")
    _, extract = read(short, "instagram:kopiuji")
    assert (extract.start, extract.end) == (date(2026, 4, 1), date(2026, 4, 2))


def test_the_account_is_asked_for_and_low_trust_is_said() -> None:
    _, extract = read(FIXTURES / "days.csv")
    assert [q.key for q in extract.questions] == ["account"]
    assert any("single example" in note.en for note in extract.notes)
