"""The match of the audience is counted over followers whose trait is known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tolok.metrics.audience_match import match_audience

from .small_lake import OCTOBER, engine_of

DAY = date(2026, 10, 20)


def told(dimension: str, segment: str, people: float | None) -> dict[str, object]:
    return {"brand": "kopi", "account": "instagram:kopi", "day": DAY, "platform": "instagram",
            "dimension": dimension, "segment": segment, "people": people}  # fmt: skip


def test_people_of_wanted_segments_over_people_known(tmp_path: Path) -> None:
    rows = match_audience(
        [told("age", "18-24", 300), told("age", "25-34", 100), told("age", "35-44", 100),
         told("age", "45-54", None), told("city", "Surabaya", 20), told("gender", "female", 9)],
        {"age": ["18-24", "25-34"], "city": ["Malang"]}, {"age": "age", "city": "place"},
    )  # fmt: skip
    assert {(r["trait"], r["people_in_target"], r["people_known"]) for r in rows} == {
        ("age", 400.0, 500.0), ("place", 0.0, 20.0)}  # fmt: skip
    given = [{k: v for k, v in r.items() if v is not None} for r in rows]
    engine = engine_of(tmp_path, {"audience_matches": given})
    figures = engine.figures(
        ["audience_match_age", "audience_match_place", "audience_match"], [OCTOBER]
    )
    assert [f.value for f in figures] == [0.8, 0.0, None]
