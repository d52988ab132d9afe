"""KPIs are judged as the data carries, and a judgement that cannot be made says why."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tolok.base import Period
from tolok.connectors import platform_facts
from tolok.kpi import Kpi, build_scorecard, judge, read_kpis, read_target
from tolok.kpi.check import checks_of, look_at, record_check
from tolok.lake import LakeView
from tolok.metrics.tests.small_lake import engine_of

from .sample_lake import BRAND, NOVEMBER, SAMPLE, sample_engine

TRUTH = json.loads((SAMPLE / "truth" / "scorecard.json").read_text())["kpis"]
KPIS = {k.key: k for k in read_kpis(SAMPLE / "kpis.toml")}


@pytest.mark.parametrize(
    ("key", "truth"),
    [
        ("ig-engagement-rate", "instagram_engagement_rate_by_reach_without_stories"),
        ("tiktok-followers", "tiktok_followers"),
        ("social-sessions", "social_sessions_of_six_months"),
    ],
)
def test_sample_kpis_stand_as_their_story_says(key: str, truth: str) -> None:
    told = TRUTH[truth]
    found = judge(KPIS[key], sample_engine(), brand=BRAND)
    assert found.baseline is not None
    assert found.baseline.value == pytest.approx(told["baseline"])
    assert found.target == pytest.approx(told["target"])
    assert found.value == pytest.approx(told["actual"])
    assert found.state == told["meant_to_be"].replace(" ", "_")


def test_a_reading_after_the_due_date_settles_a_kpi() -> None:
    kpi = KPIS["youtube-followers"]
    assert judge(kpi, sample_engine(), brand=BRAND).state == "missed"
    assert judge(replace(kpi, target=read_target(400)), sample_engine(), brand=BRAND).state == (
        "achieved"
    )


def followers(days: int, *, start: int = 1000, step: int = 10) -> list[dict[str, object]]:
    first = date(2026, 9, 30)
    return [{"day": first + timedelta(days=n), "followers": start + n * step} for n in range(days)]


KPI = Kpi(key="k", name="Pengikut", metric="followers", target=read_target("+31%"),
          start=date(2026, 10, 1), due=date(2026, 10, 31))  # fmt: skip


@pytest.mark.parametrize(
    ("step", "state"), [(10, "on_track"), (8, "at_risk"), (2, "off_track"), (-5, "off_track")]
)
def test_a_level_is_held_against_a_straight_path(tmp_path: Path, step: int, state: str) -> None:
    engine = engine_of(
        tmp_path, {"account_days": followers(21, step=step)}, today=date(2026, 10, 21)
    )
    found = judge(KPI, engine, brand="kopi")
    assert found.state == state
    assert found.expected == pytest.approx(1000 + 310 * 20 / 31)
    assert found.value == 1000 + 20 * step


def test_a_level_reached_early_is_achieved(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, {"account_days": followers(21, step=20)}, today=date(2026, 10, 21))
    assert judge(KPI, engine, brand="kopi").state == "achieved"


def test_data_that_ends_before_the_due_date_settles_nothing(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, {"account_days": followers(21)}, today=date(2026, 11, 10))
    found = judge(KPI, engine, brand="kopi")
    assert found.state == "not_enough_data"
    assert "20 Oct" in found.say("en")
    assert "20 Okt" in found.say("id")


def test_what_is_missing_in_a_kpi_is_said(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, {"account_days": followers(21)}, today=date(2026, 10, 21))
    cases = {
        "no metric": replace(KPI, metric="nothing-like-it"),
        "no target": replace(KPI, target=None),
        "no start or due date": replace(KPI, due=None),
        "starts on": replace(KPI, start=date(2026, 10, 25)),
        "no data": replace(KPI, platforms=("x",)),
        "no baseline": replace(KPI, start=date(2026, 9, 1)),
    }
    for words, kpi in cases.items():
        found = judge(kpi, engine, brand="kopi")
        assert found.state == "not_enough_data", words
        assert words.split()[-1] in found.say("en"), found.say("en")
        assert found.value is None or words == "no baseline"


def test_a_flow_counts_from_the_start_and_missing_days_make_it_at_least(tmp_path: Path) -> None:
    days = [{"day": date(2026, 10, n), "interactions": 10} for n in (*range(1, 11), *range(12, 21))]
    engine = engine_of(tmp_path, {"account_days": days}, today=date(2026, 10, 21))
    kpi = Kpi(key="k", name="n", metric="interactions", target=read_target(300),
              start=date(2026, 10, 1), due=date(2026, 10, 30))  # fmt: skip
    found = judge(kpi, engine, brand="kopi")
    assert found.expected == pytest.approx(200)
    assert found.state == "not_enough_data", "190 seen, one day unseen: 200 may well be there"
    easier = judge(replace(kpi, target=read_target(285)), engine, brand="kopi")
    assert easier.state == "on_track", "at least 190 is enough for 285 x 20/30"
    assert judge(replace(kpi, target=read_target(150)), engine, brand="kopi").state == "achieved"


def test_a_check_keeps_that_its_value_was_a_least_and_the_next_says_so(tmp_path: Path) -> None:
    days = [{"day": date(2026, 10, n), "interactions": 10} for n in (*range(1, 11), *range(12, 21))]
    engine = engine_of(tmp_path, {"account_days": days}, today=date(2026, 10, 21))
    kpi = Kpi(key="k", name="n", metric="interactions", target=read_target(300),
              start=date(2026, 10, 1), due=date(2026, 10, 30))  # fmt: skip
    look = look_at(kpi, engine, brand="kopi", today=date(2026, 10, 21))
    held = record_check(engine.view.lake, "kopi", look, decision="keep", day=date(2026, 10, 21))
    (kept,) = checks_of(LakeView(engine.view.lake), "kopi", "k")
    assert (held, kept.value, kept.is_least) == (kept, 190, True)
    earlier = replace(kept, value=150.0, data_until=date(2026, 10, 16))
    for before, said in ((earlier, "from at least 150 to at least 190"),
                         (replace(earlier, is_least=None), "from 150 to at least 190"),
                         (replace(earlier, value=190.0), "has not moved")):  # fmt: skip
        again = look_at(kpi, engine, brand="kopi", today=date(2026, 10, 21), before=before)
        assert any(said in change.en for change in again.changes), again.changes
    assert any("dari setidaknya 150 menjadi setidaknya 190" in c.id for c in look_at(
        kpi, engine, brand="kopi", today=date(2026, 10, 21), before=earlier).changes)  # fmt: skip


def test_people_are_judged_only_where_both_bounds_agree(tmp_path: Path) -> None:
    days = [{"day": date(2026, 9, 1) + timedelta(days=n), "reach": 100} for n in range(61)]
    engine = engine_of(tmp_path, {"account_days": days}, today=date(2026, 11, 1))
    kpi = Kpi(key="k", name="n", metric="reach", baseline=0.0, target=read_target(50),
              start=date(2026, 9, 1), due=date(2026, 10, 31))  # fmt: skip
    assert judge(kpi, engine, brand="kopi").state == "achieved"  # 100 to 3,100
    assert judge(replace(kpi, target=read_target(4000)), engine, brand="kopi").state == "missed"
    between = judge(replace(kpi, target=read_target(1000)), engine, brand="kopi")
    assert between.state == "not_enough_data"
    assert "lies between" in between.say("en")


def test_a_limit_is_judged_in_each_period(tmp_path: Path) -> None:
    def post(n: int, month: int, likes: int) -> dict[str, object]:
        return {"post": f"p{n}", "published_at": datetime(2026, month, 5 + n), "likes": likes,
                "reach": 1000, "observed_at": datetime(2026, 11, 2)}  # fmt: skip

    rows = [post(n, m, {8: 50, 9: 30, 10: 60}[m]) for m in (8, 9, 10) for n in range(6)]
    rows = [{**r, "post": f"{r['published_at']}"} for r in rows]
    engine = engine_of(tmp_path, {"posts": rows}, today=date(2026, 11, 2))
    kpi = Kpi(key="k", name="n", metric="engagement_rate_by_reach", aim="stay_above",
              target=read_target("4%"), start=date(2026, 8, 1), due=date(2026, 12, 31))  # fmt: skip
    assert judge(kpi, engine, brand="kopi").state == "at_risk", "September broke it"
    assert judge(replace(kpi, target=read_target("2%")), engine, brand="kopi").state == "on_track"
    assert judge(replace(kpi, target=read_target("7%")), engine, brand="kopi").state == "off_track"
    over = replace(kpi, due=date(2026, 10, 31))
    assert judge(over, engine, brand="kopi").state == "missed"


def test_the_past_is_judged_as_it_was_on_that_day() -> None:
    june = judge(KPIS["tiktok-followers"], sample_engine(date(2026, 6, 1)), brand=BRAND)
    assert june.as_of is not None
    assert june.as_of <= date(2026, 6, 1) < NOVEMBER
    assert june.value is not None
    assert june.value < 9540


def test_figures_in_another_currency_than_the_target_are_not_held_against_it(
    tmp_path: Path,
) -> None:
    rows = [{"account": "meta_ads:kopi", "platform": "meta_ads", "start": date(2026, 10, n),
             "until": date(2026, 10, n + 1), "spend": 1000, "currency": "IDR"}
            for n in range(1, 21)]  # fmt: skip
    engine = engine_of(tmp_path, {"ad_results": rows}, today=date(2026, 10, 21))
    kpi = Kpi(key="k", name="n", metric="ad_spend", aim="stay_below", target=read_target(50_000),
              start=date(2026, 10, 1), due=date(2026, 10, 31), currency="IDR")  # fmt: skip
    assert judge(kpi, engine, brand="kopi").state == "on_track"
    dollars = judge(replace(kpi, currency="USD"), engine, brand="kopi")
    assert dollars.state == "not_enough_data"
    assert "USD" in dollars.say("en")


def test_a_target_is_said_with_the_decimal_sign_of_the_language() -> None:
    said = read_target("+1.5pp").say()
    assert (said.en, said.id) == ("+1.5pp", "+1,5pp")
    assert read_target(12000).say().id == "12000"


def test_the_course_of_a_line_is_cut_where_the_platform_began_to_count_otherwise() -> None:
    engine = replace(sample_engine(), platforms=platform_facts())
    card = build_scorecard(engine, BRAND, Period.parse("2026-10"))
    told = {(s.platform, x.metric.key): x for s in card.sections for x in s.lines}
    views = told["youtube", "views"]
    changed = [b.on for b in engine.platforms.breaks
               if b.platform == "youtube" and "views" in b.columns]  # fmt: skip
    spans = [(a.period.start, b.period.end) for a, b in pairwise(views.history)]
    expected = [
        i for i, (start, end) in enumerate(spans, 1) if any(start < d < end for d in changed)
    ]
    assert list(views.breaks) == expected != []
    assert told["facebook", "posts_published"].breaks == ()
