"""Claims are scored when due, activities against what would have been, and what cannot be told is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tolok.base import UserError
from tolok.kpi import (
    Activity,
    Insight,
    activities_of,
    evaluate_activity,
    insights_of,
    measure_accuracy,
    record_activities,
    record_insights,
    score_insight,
)
from tolok.lake import LakeView
from tolok.metrics import Engine
from tolok.metrics.tests.small_lake import engine_of

CLAIM = Insight("c", date(2026, 9, 1), "Interaksi naik", "interactions", "2026-10", "above", 300, 0.8,
                date(2026, 11, 2))  # fmt: skip


def october(likes: int, missing: int = 0) -> list[dict[str, Any]]:
    return [{"day": date(2026, 10, n), "interactions": likes} for n in range(1, 32 - missing)]


def test_a_claim_is_scored_when_due_and_not_before(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, {"account_days": october(10)}, today=date(2026, 11, 2))
    early = Engine(engine.view, engine.calendar, date(2026, 11, 1))
    assert score_insight(CLAIM, early, brand="kopi").outcome is None
    came = score_insight(CLAIM, engine, brand="kopi")
    assert (came.outcome, came.actual, came.scored_on) == ("true", 310, date(2026, 11, 2))
    assert score_insight(replace(CLAIM, line=400), engine, brand="kopi").outcome == "false"
    below = replace(CLAIM, side="below", line=400)
    assert score_insight(below, engine, brand="kopi").outcome == "true"


def test_a_claim_on_missing_days_is_not_scored_by_guess(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, {"account_days": october(10, missing=5)}, today=date(2026, 11, 2))
    told = score_insight(CLAIM, engine, brand="kopi")
    assert told.outcome == "cannot_say"
    assert told.note is not None
    assert "5 of 31" in told.note
    assert score_insight(replace(CLAIM, line=200), engine, brand="kopi").outcome == "true"
    assert measure_accuracy([told]).brier is None


def test_accuracy_is_hit_rate_and_brier_score() -> None:
    claims = [replace(CLAIM, outcome="true", odds=0.8), replace(CLAIM, outcome="false", odds=0.6),
              replace(CLAIM, outcome="cannot_say"), CLAIM]  # fmt: skip
    found = measure_accuracy(claims)
    assert (found.scored, found.hits) == (2, 1)
    assert found.brier == pytest.approx((0.04 + 0.36) / 2)
    assert ("score 0.20 " in found.words.en, "skor Brier 0,20 " in found.words.id) == (True, True)
    with pytest.raises(UserError):
        replace(CLAIM, odds=0.3)


def weeks(lift: float, *, noise: float, count: int = 60, after: int = 6) -> list[dict[str, Any]]:
    rng = np.random.default_rng(5)
    rows = []
    for week in range(count):
        tide = 1 + 0.2 * np.sin(week / 5)
        factor = 1 + lift if week >= count - after else 1.0
        for account, gain in (("instagram:kopi", factor), ("x:kopi", 1.0)):
            level = 1000 * tide * gain * float(np.exp(noise * rng.normal()))
            for n in range(7):
                rows.append({"day": date(2025, 9, 1) + timedelta(days=7 * week + n),
                             "account": account, "platform": account.split(":")[0],
                             "interactions": round(level / 7)})  # fmt: skip
    return rows


START = date(2025, 9, 1) + timedelta(days=7 * 54)
ACTIVITY = Activity(
    "kopi-gratis", "Kopi gratis hari Senin", "interactions", START, START + timedelta(days=42), 0.3,
    scope='platforms = ["instagram"]', control='platforms = ["x"]', cost=Decimal(3_000_000),
    currency="IDR", kpi="k",
)  # fmt: skip


def test_an_activity_is_measured_against_what_it_did_not_touch(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, {"account_days": weeks(0.4, noise=0.04)},
                       today=START + timedelta(days=42))  # fmt: skip
    found = evaluate_activity(ACTIVITY, engine, brand="kopi")
    told = found.activity
    assert told.verdict == "lift"
    assert told.effect == pytest.approx(0.4, abs=0.12)
    assert told.low is not None
    assert told.high is not None
    assert told.low < 0.4 < told.high
    assert told.gained is not None
    assert len(found.words) == 2, "the effect, and what each unit of it cost"
    assert "IDR" in found.words[1].en
    lake = engine.view.lake
    record_activities(lake, "kopi", [told])
    assert activities_of(LakeView(lake), "kopi") == [told]


def test_what_the_data_has_no_power_for_cannot_be_told(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, {"account_days": weeks(0.4, noise=0.9)},
                       today=START + timedelta(days=42))  # fmt: skip
    found = evaluate_activity(ACTIVITY, engine, brand="kopi")
    assert found.activity.verdict == "cannot_tell"
    assert found.activity.gained is None
    assert found.words
    alone = evaluate_activity(replace(ACTIVITY, control=""), engine, brand="kopi")
    assert alone.activity.verdict == "cannot_tell"
    assert "compare" in alone.words[0].en


def test_claims_come_back_as_they_were_written(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, {"account_days": october(10)}, today=date(2026, 11, 2))
    lake = engine.view.lake
    record_insights(lake, "kopi", [CLAIM])
    record_insights(lake, "kopi", [score_insight(CLAIM, engine, brand="kopi")])
    assert [i.outcome for i in insights_of(LakeView(lake), "kopi")] == ["true"]
