"""The world around KPIs is read from the facts, and the doctor sees it."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tolok.kpi import examine_all, judge, read_kpis, read_target, survey_world
from tolok.kpi.review import suggest

from .sample_lake import BRAND, NOVEMBER, SAMPLE, sample_engine

KPIS = {k.key: k for k in read_kpis(SAMPLE / "kpis.toml")}


def test_the_sample_is_surveyed_as_it_is() -> None:
    rate = KPIS["ig-engagement-rate"]
    wild = replace(rate, key="wild", target=read_target("+200%"))
    twin = replace(rate, key="twin")
    kpis = [rate, wild, twin, KPIS["influencer-collaborations"]]
    world = survey_world(kpis, sample_engine(), brand=BRAND)
    assert world.connected is not None
    assert {"instagram", "tiktok", "meta_ads", "ga4"} <= world.connected
    assert world.alike[frozenset({rate.key, "twin"})] == pytest.approx(1.0)
    assert world.growth["wild"].wanted == pytest.approx(3.0)
    spent = {s.platform: s.amount for s in world.spending}
    assert set(spent) == {"google_ads", "meta_ads"}
    codes = {d.kpi.key: {f.code for f in d.findings} for d in examine_all(kpis, world)}
    assert "growth_never_seen" in codes["wild"]
    assert "duplicate" in codes["twin"]
    assert "no_source" in codes["influencer-collaborations"], "nobody brought partnerships in"
    assert "budget_without_kpi" in codes[rate.key]
    assert "budget_without_kpi" not in codes["wild"], "what concerns all is told once"


@pytest.mark.parametrize("today", [date(2026, 7, 15), date(2026, 10, 1), NOVEMBER])
def test_spending_is_what_the_files_say_and_no_level_counts_twice(today: date) -> None:
    world = survey_world([], sample_engine(today), brand=BRAND)
    spent = {s.platform: s.amount for s in world.spending}
    with (SAMPLE / "truth" / "ad_results.csv").open(encoding="utf-8", newline="") as handle:
        rows = [r for r in csv.DictReader(handle) if r["spend"]]
    since = (today - timedelta(days=182)).isoformat()
    for platform, level in (("google_ads", "campaign"), ("meta_ads", "ad")):
        told = sum(float(r["spend"]) for r in rows if r["platform"] == platform
                   and r["level"] == level and since <= r["start"] < today.isoformat())  # fmt: skip
        assert told > 0
        assert spent[platform] == pytest.approx(told)


def test_a_review_suggests_what_the_evidence_speaks_for() -> None:
    engine = sample_engine(date(2026, 11, 22))
    told = {
        key: suggest(judge(k, engine, brand=BRAND), (), engine.today)[0] for key, k in KPIS.items()
    }
    assert told["social-sessions"] == "retire", "it came due"
    assert told["ig-engagement-rate"] == "keep"
    assert told["influencer-collaborations"] == "change", "it cannot be judged"
    assert engine.today > NOVEMBER
