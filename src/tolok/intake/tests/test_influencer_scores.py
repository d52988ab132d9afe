"""Influencers are judged from what the lake knows of them; what it does not know stays empty."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from tolok.base import Calendar, Period
from tolok.intake.credits import attribute_brand
from tolok.intake.influencer_scores import score_partnerships
from tolok.intake.topics import BrandTopics, NamedTopic
from tolok.lake import Lake, LakeView, Origin
from tolok.metrics import Engine, Scope
from tolok.value import Window

TOPICS = BrandTopics(
    (NamedTopic("kopi", ("kopi", "espresso")), NamedTopic("promo", ("promo", "diskon")))
)
AUGUST = Period.parse("2026-08")
NOON = datetime(2026, 8, 20, 5)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def write(lake: Lake, table: str, rows: list[dict[str, object]]) -> None:
    names = dict.fromkeys(n for r in rows for n in r)
    told = {n: [r.get(n) for r in rows] for n in names}
    told |= {"brand": ["kopi"] * len(rows), "observed_at": [NOON] * len(rows)}
    lake.write({table: pa.table(told)}, Origin(source="test", brand="kopi"))


def world(lake: Lake, *, bought: int = 0) -> None:
    """One influencer with 60 days, 24 posts and one paid post; `bought` followers come on day 40."""
    noise = np.random.default_rng(3)
    write(lake, "accounts", [
        {"account": "instagram:kopi", "platform": "instagram", "relation": "own"},
        {"account": "instagram:rani", "platform": "instagram", "relation": "influencer"},
    ])  # fmt: skip
    days = [{"account": "instagram:rani", "day": date(2026, 6, 1) + timedelta(days=d), "platform": "instagram",
             "followers": 20_000 + 12 * d + int(noise.integers(0, 9)) + (bought if d >= 40 else 0),
             "interactions": 500 + int(noise.integers(0, 80))} for d in range(60)]  # fmt: skip
    write(lake, "account_days", days)
    posts = [{"post": f"instagram:r{n}", "account": "instagram:rani", "platform": "instagram",
              "published_at": NOON - timedelta(days=n), "likes": int(noise.integers(300, 900)),
              "comments": int(noise.integers(10, 40)), "published_precision": "minute",
              "caption": "Espresso pagi yang enak banget, suka!" if n % 2 else "Jalan-jalan ke pantai, seru"}
             for n in range(24)]  # fmt: skip
    posts[0]["caption"] = "Promo kopi enak! #ad"
    ours = [{"post": f"instagram:k{n}", "account": "instagram:kopi", "platform": "instagram",
             "published_at": NOON - timedelta(days=n), "published_precision": "minute",
             "caption": "Kopi baru, enak banget, suka!"} for n in range(24)]  # fmt: skip
    write(lake, "posts", posts + ours)
    write(lake, "partnerships", [
        {"partnership": "p1", "influencer": "instagram:rani", "platform": "instagram", "stage": "active",
         "agreed_on": date(2026, 8, 1)},
        {"partnership": "p2", "influencer": "tiktok:siapa", "platform": "tiktok", "stage": "agreed",
         "agreed_on": date(2026, 8, 2)},
    ])  # fmt: skip
    write(lake, "deliverables", [
        {"deliverable": "d1", "partnership": "p1", "post": "instagram:r0", "published_at": NOON,
         "interactions": 900, "reach": 9000, "usual_interactions": 600.0, "platform": "instagram"},
    ])  # fmt: skip


def test_each_partnership_gets_four_figures_and_the_unknown_stays_unknown(lake: Lake) -> None:
    world(lake)
    known, unknown = score_partnerships(lake, "kopi", TOPICS)
    assert known.columns["audience_score"] == 1.0
    assert known.columns["topic_fit"] is not None
    assert known.columns["topic_fit"] > 0.5
    assert set(unknown.columns.values()) == {None}
    assert all(p.reason is not None for p in unknown.authenticity.unsaid)
    rows = LakeView(lake).table("partnerships").order_by("partnership").to_pyarrow().to_pylist()
    assert rows[0]["engagement_score"] == known.columns["engagement_score"]
    assert rows[1]["engagement_score"] is None
    assert rows[0]["stage"] == "active"


def test_bought_followers_lower_the_audience_s_figure(lake: Lake) -> None:
    world(lake, bought=6000)
    (known, _) = score_partnerships(lake, "kopi", TOPICS)
    assert known.columns["audience_score"] is not None
    assert known.columns["audience_score"] < 0.5


def test_influencer_metrics_read_scores_results_credits_and_disclosure(lake: Lake) -> None:
    world(lake)
    judged, _ = score_partnerships(lake, "kopi", TOPICS)
    write(lake, "costs", [{"cost": "1", "day": date(2026, 8, 3), "partnership": "p1", "kind": "fee",
                           "amount": Decimal(450_000), "currency": "IDR"}])  # fmt: skip
    write(lake, "touches", [{"touch": "t1", "customer": "ana", "at": NOON - timedelta(days=1), "kind": "click",
                             "channel": "influencer", "partnership": "p1"}])  # fmt: skip
    write(lake, "conversions", [{"conversion": "c1", "customer": "ana", "at": NOON, "kind": "purchase",
                                 "value": Decimal(900_000), "currency": "IDR"}])  # fmt: skip
    attribute_brand(lake, "kopi", Window(30))
    engine = Engine(LakeView(lake), Calendar(0, 1, "Asia/Jakarta"), date(2026, 9, 5))
    scope = Scope("kopi")

    def said(key: str) -> float | None:
        return engine.figure(key, AUGUST, scope).value

    assert said("collaboration_engagement_rate") == pytest.approx(0.1)
    assert said("collaboration_against_usual") == 1.5
    assert said("disclosure_rate") == 1
    assert said("influencer_roi") == 1
    assert said("cost_per_collaboration_interaction") == 500
    assert said("topic_fit") == pytest.approx(judged.columns["topic_fit"])
    assert said("audience_authenticity") == 1
