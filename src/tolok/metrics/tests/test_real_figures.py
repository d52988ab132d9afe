"""Real data: shares of voice of 87 brands, cost per result of 50 adverts."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from tolok.base import Calendar, Period
from tolok.intake import Answers, import_files
from tolok.lake import Lake, LakeView, Origin, table_of
from tolok.metrics import Engine, Scope
from tolok.metrics.voice_share import voice_shares

from .real_data import real_file

UTC = Calendar(timezone="UTC")
pytestmark = pytest.mark.data


def set_of(brand: str) -> str:
    """Return one of five made-up sets: the data names none."""
    return f"set-{sum(map(ord, brand)) % 5}"


def test_shares_of_voice_sum_to_one_per_day_and_brand_set(tmp_path: Path) -> None:
    with gzip.open(
        real_file("brand_mentions/mentions_88_brands.csv.gz"), "rt", encoding="utf-8"
    ) as f:
        mentions = [(r["mention_id"], r["brand"], datetime.fromisoformat(r["created_at"]).replace(tzinfo=None))
                    for r in csv.DictReader(f)]  # fmt: skip
    size, schema = len(mentions), table_of("interactions").schema
    columns = {
        "brand": ["own"] * size, "interaction": [f"{n}-{m[0]}" for n, m in enumerate(mentions)],
        "at": [m[2] for m in mentions], "kind": ["mention"] * size, "subject": [m[1] for m in mentions],
        "subject_relation": ["competitor"] * size, "brand_set": [set_of(m[1]) for m in mentions],
        "observed_at": [datetime(2026, 1, 1)] * size,
    }  # fmt: skip
    lake = Lake(tmp_path)
    facts = pa.table({n: pa.array(v, schema.field(n).type) for n, v in columns.items()})
    lake.write({"interactions": facts}, Origin(source="test"))
    engine = Engine(LakeView(lake), calendar=UTC, today=date(2026, 1, 2))
    first, last = min(m[2] for m in mentions).date(), max(m[2] for m in mentions).date()
    days = UTC.split(Period(first, date.fromordinal(last.toordinal() + 1), "range"), "day")
    shares = voice_shares(engine, days, Scope(brand="own"))
    expected = Counter((m[2].date(), m[1]) for m in mentions)
    sums: Counter[tuple[date, object]] = Counter()
    for figure in shares:
        day, subject = figure.period.start, str(figure.group["subject"])
        assert (figure.value or 0) * figure.base == pytest.approx(expected[day, subject])
        assert (figure.low or 0) <= (figure.value or 0) <= (figure.high or 0)
        sums[day, figure.group["brand_set"]] += figure.value or 0  # type: ignore[assignment]
    assert len(shares) == len(expected)
    assert len({str(f.group["subject"]) for f in shares}) == len({m[1] for m in mentions})
    assert all(total == pytest.approx(1) for total in sums.values())


def test_cost_per_result_of_every_advert_is_the_platforms_own(tmp_path: Path) -> None:
    folder = real_file("exports/meta_ads/ngo_uah")
    lake = Lake(tmp_path)
    answers = Answers(accounts=("meta_ads:ngo",), timezone="UTC")
    for path in sorted(folder.glob("MH4U*.xlsx")):
        (taken,) = import_files([path], lake, "ngo", answers)
        assert taken.verdict.state == "ready", (taken.verdict.reason, taken.verdict.parts)
    view = LakeView(lake)
    rows = view.table("ad_results").to_pyarrow().to_pylist()
    stated = {r["item"]: r["cost_per_result_stated"] for r in rows if r["cost_per_result_stated"]}
    spans = {(r["start"], r["until"]) for r in rows}
    assert len(spans) == 1
    period = Period(*spans.pop(), "range")
    engine = Engine(view, calendar=UTC, today=date(2026, 1, 1))
    figures = engine.figures(["ad_cost_per_result"], [period], Scope(brand="ngo"), by=("item",))
    ours = {str(f.group["item"]): f.value for f in figures if f.value is not None}
    assert len(stated) >= 40
    wrong = {
        i: (ours.get(i), v) for i, v in stated.items() if ours.get(i) != pytest.approx(v, rel=1e-6)
    }
    assert wrong == {}
    assert all(f.currency == "UAH" for f in figures if f.value is not None)
    (spend,) = engine.figures(["ad_spend"], [period], Scope(brand="ngo"))
    assert spend.value == pytest.approx(77_818.01)
    (mixed,) = engine.figures(["ad_cost_per_result"], [period], Scope(brand="ngo"))
    kinds = {r["result_type"] for r in rows if r["result_type"]}
    assert (mixed.value is None) == (len(kinds) > 1)
    # The file's own total row gives reach for exactly this question; the adverts' reaches add to
    # 2,166,883, which is nobody's number.
    (reach,) = engine.figures(["ad_reach"], [period], Scope(brand="ngo"))
    assert (reach.value, reach.state) == (1_211_188, "exact")
    (frequency,) = engine.figures(["ad_frequency"], [period], Scope(brand="ngo"))
    total = next(r for r in rows if r["level"] == "account")
    assert frequency.value == pytest.approx(total["impressions"] / 1_211_188)
    assert sum(r["reach"] for r in rows if r["level"] == "ad" and r["reach"]) == 2_166_883
