"""Target paths stand where they should, and KPIs roll up without adding what does not add."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tolok.kpi import Kpi, judge, judge_all, read_kpis, read_target
from tolok.kpi.path import trace_path
from tolok.kpi.rollup import roll_up, roll_up_one
from tolok.kpi.verdict import Judgement
from tolok.metrics import Scope
from tolok.metrics.tests.small_lake import engine_of

from .sample_lake import BRAND, SAMPLE, sample_engine

START, DUE = date(2026, 10, 1), date(2026, 12, 31)
FOLLOWERS = Kpi(key="k", name="n", metric="followers", baseline=1000.0, target=read_target(1900),
                start=START, due=DUE)  # fmt: skip


def lake_until(tmp_path: Path, day: date, **columns: object) -> list[dict[str, object]]:
    days = (day - date(2026, 9, 25)).days
    return [{"day": date(2026, 9, 25) + timedelta(days=n), **columns} for n in range(days)]


def test_steps_set_by_hand_hold_until_the_next(tmp_path: Path) -> None:
    steps = ((date(2026, 10, 31), 1100.0), (date(2026, 11, 30), 1500.0))
    kpi = replace(FOLLOWERS, path="stepped", steps=steps)
    engine = engine_of(tmp_path, {"account_days": lake_until(tmp_path, date(2026, 11, 20), followers=1200)},
                       today=date(2026, 11, 20))  # fmt: skip
    found = judge(kpi, engine, brand="kopi")
    assert found.expected == 1100
    assert found.state == "on_track", "a straight path would have asked for 1,489"
    assert judge(replace(kpi, path="straight"), engine, brand="kopi").state != "on_track"


def test_months_have_their_own_values(tmp_path: Path) -> None:
    steps = ((date(2026, 10, 1), 310.0), (date(2026, 11, 1), 900.0), (date(2026, 12, 1), 100.0))
    kpi = Kpi(key="k", name="n", metric="interactions", path="monthly", steps=steps,
              start=START, due=DUE)  # fmt: skip
    rows = lake_until(tmp_path, date(2026, 11, 11), interactions=15)
    engine = engine_of(tmp_path, {"account_days": rows}, today=date(2026, 11, 11))
    found = judge(kpi, engine, brand="kopi")
    assert found.target == 1310
    assert found.expected == pytest.approx(310 + 900 * 10 / 30)
    assert found.value == 15 * 41
    assert found.state == "on_track"


def test_a_season_of_last_year_sets_the_pace(tmp_path: Path) -> None:
    window = date(2026, 10, 1)
    rows = []
    for n in range(430):
        day = date(2025, 9, 25) + timedelta(days=n)
        lively = (day + timedelta(days=-7)).month == 12
        rows.append({"day": day, "interactions": 50 if lively else 10})
    rows = [r for r in rows if r["day"] < date(2026, 11, 1)]
    kpi = Kpi(key="k", name="n", metric="interactions", target=read_target(1900), start=window,
              due=DUE)  # fmt: skip
    engine = engine_of(tmp_path, {"account_days": rows}, today=date(2026, 11, 1))
    straight = judge(kpi, engine, brand="kopi", with_outlook=False)
    seasonal = judge(replace(kpi, path="seasonal"), engine, brand="kopi", with_outlook=False)
    assert straight.expected is not None
    assert seasonal.expected is not None
    assert seasonal.expected < straight.expected
    assert (straight.state, seasonal.state) == ("off_track", "on_track")


def judged(state: str, weight: float = 1.0, done: float | None = None) -> Judgement:
    kpi = replace(FOLLOWERS, weight=weight, area="K3.1")
    return Judgement(kpi, state, FOLLOWERS.declared.name, progress=done, expected_progress=1.0)  # type: ignore[arg-type, union-attr]


def test_a_group_is_judged_by_weight_and_says_what_it_left_out() -> None:
    found = roll_up_one("x", [judged("on_track", 2), judged("at_risk", 1, 0.7),
                              judged("not_enough_data", 5)])  # fmt: skip
    assert found.attained == pytest.approx((2 + 0.7) / 3)
    assert found.state == "at_risk"
    assert "2 of 3" in found.words.en
    assert roll_up_one("x", [judged("not_enough_data")]).attained is None
    light = roll_up_one("x", [judged("missed", 0.1, 0.0), judged("on_track", 2)])
    assert light.state == "on_track"


def test_a_rollup_names_how_many_kpis_it_goes_by_only_where_it_leaves_some_out() -> None:
    def words(*states: str) -> tuple[str, str]:
        told = roll_up_one("x", [judged(state) for state in states]).words
        return told.en.replace("\u00a0", " "), told.id.replace("\u00a0", " ")

    assert words("on_track") == (
        "100 % of what should be done by now",
        "100 % dari yang seharusnya sudah tercapai saat ini",
    )
    assert words("on_track", "achieved") == words("on_track")
    assert words("on_track", "not_enough_data", "missed") == (
        "50 % of what should be done by now, going by 2 of 3 KPIs",
        "50 % dari yang seharusnya sudah tercapai saat ini, menurut 2 dari 3 KPI",
    )
    assert words("not_enough_data") == (
        "the KPI cannot be judged yet",
        "KPI ini belum bisa dinilai",
    )
    assert words("not_enough_data", "not_enough_data") == (
        "none of the 2 KPIs can be judged yet", "belum satu pun dari 2 KPI bisa dinilai",
    )  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(["achieved", "on_track", "at_risk", "off_track", "missed"]),
                          st.floats(0.1, 5), st.floats(-2, 3)), min_size=1, max_size=6))  # fmt: skip
def test_a_roll_up_never_leaves_the_range_of_its_parts(
    parts: list[tuple[str, float, float]],
) -> None:
    found = roll_up_one(None, [judged(*p) for p in parts])
    assert found.attained is not None
    assert -1e-9 <= found.attained <= 1 + 1e-9
    assert found.state in {p[0] for p in parts}


def test_the_sample_rolls_up_by_area_with_its_odds_said() -> None:
    all_judged = judge_all(read_kpis(SAMPLE / "kpis.toml"), sample_engine(), brand=BRAND)
    groups = {g.name: g for g in roll_up(all_judged)}
    assert groups["K8"].state == "at_risk"
    assert len(groups["K3"].judgements) == 2
    tiktok = next(j for j in all_judged if j.kpi.key == "tiktok-followers")
    assert tiktok.odds is not None
    assert tiktok.odds < 0.2
    assert tiktok.odds_words is not None
    assert "10,104" in tiktok.odds_words.en
    assert tiktok.signal is not None


def test_a_path_is_traced_over_the_steps_of_a_chart(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, {"account_days": lake_until(tmp_path, date(2026, 11, 1), followers=1)},
                       today=date(2026, 11, 1))  # fmt: skip
    metric, scope = FOLLOWERS.declared, Scope("kopi")
    assert metric is not None
    months = [engine.calendar.parse(f"2026-{n:02d}") for n in (9, 10, 11, 12)]
    told = trace_path(FOLLOWERS, metric, engine, scope, periods=months, start=1000, target=1920,
                      is_total=False)  # fmt: skip
    assert told == [None, pytest.approx(1310), pytest.approx(1610), pytest.approx(1920)]
    steps = ((date(2026, 10, 31), 1100.0), (date(2026, 11, 30), 1500.0))
    told = trace_path(replace(FOLLOWERS, path="stepped", steps=steps), metric, engine, scope,
                      periods=months, start=1000, target=1920, is_total=False)  # fmt: skip
    assert told == [None, 1100, 1500, 1920]


def test_a_season_gives_each_step_of_a_total_its_own_part(tmp_path: Path) -> None:
    rows = []
    for n in range(430):
        day = date(2025, 9, 25) + timedelta(days=n)
        lively = (day + timedelta(days=-7)).month == 12
        rows.append({"day": day, "interactions": 50 if lively else 10})
    engine = engine_of(tmp_path, {"account_days": rows}, today=date(2026, 11, 20))
    kpi = Kpi(key="k", name="n", metric="interactions", target=read_target(9200),
              start=START, due=DUE, path="seasonal")  # fmt: skip
    metric = kpi.declared
    assert metric is not None
    months = [engine.calendar.parse(f"2026-{n:02d}") for n in (9, 10, 11, 12)]
    told = trace_path(kpi, metric, engine, Scope("kopi"), periods=months, start=0, target=9200,
                      is_total=True)  # fmt: skip
    parts = [part for part in told if part is not None]
    assert told[0] is None, "the promise does not speak of September"
    assert sum(parts) == pytest.approx(9200)
    assert parts[2] > 3 * parts[1], "December is lively"
    straight = trace_path(replace(kpi, path="straight"), metric, engine, Scope("kopi"),
                          periods=months, start=0, target=9200, is_total=True)  # fmt: skip
    assert straight[1:] == [pytest.approx(9200 * n / 92) for n in (31, 30, 31)]
