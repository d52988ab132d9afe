"""Checks come due in the brand's calendar, proposals fit, feeds and packs are well formed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tolok.base import Calendar, UserError, Workspace
from tolok.kpi import (
    Kpi,
    check_days,
    export_pack,
    find_due,
    goals,
    import_pack,
    in_rhythm,
    kits,
    make_feed,
    propose,
    read_target,
)
from tolok.kpi.concepts import load_concepts
from tolok.lake import Lake
from tolok.metrics import load_metrics

CALENDAR = Calendar()
KPI = Kpi(key="k", name="Pengikut; a, b", metric="followers", target=read_target("+10%"), owner="Rani",
          start=date(2026, 1, 10), due=date(2026, 6, 15), rhythm="month", reason="x" * 200 + "é")  # fmt: skip


def test_a_check_is_due_after_each_whole_period_and_at_the_end() -> None:
    days = check_days(KPI, CALENDAR, date(2026, 12, 31))
    assert days == [date(2026, m, 1) for m in (2, 3, 4, 5, 6)] + [date(2026, 6, 16)]
    weekly = check_days(replace(KPI, rhythm="week"), CALENDAR, date(2026, 2, 1))
    assert all(d.weekday() == 0 for d in weekly)
    assert check_days(replace(KPI, rhythm=None), CALENDAR, date(2026, 12, 31)) == []


def test_what_is_late_comes_first_and_says_what_was_missed() -> None:
    other = replace(KPI, key="o")
    found = find_due([KPI, other], {"o": [date(2026, 3, 2)]}, CALENDAR, date(2026, 3, 20))
    assert [(d.kpi.key, d.days_late, d.missed) for d in found] == [("k", 19, 1), ("o", -12, 0)]
    assert not find_due([replace(KPI, state="retired")], {}, CALENDAR, date(2026, 3, 20))
    assert in_rhythm(KPI, [date(2026, 2, 3), date(2026, 3, 30)], CALENDAR, date(2026, 4, 10)) == (
        2,
        3,
    )


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dates(date(2025, 1, 1), date(2026, 12, 31)), st.integers(0, 500),
       st.sampled_from(["week", "biweek", "month", "bimonth", "quarter"]))  # fmt: skip
def test_no_check_lies_outside_the_life_of_a_kpi(start: date, length: int, rhythm: str) -> None:
    kpi = replace(KPI, start=start, due=start + timedelta(days=length), rhythm=rhythm)  # type: ignore[arg-type]
    days = check_days(kpi, CALENDAR, date(2030, 1, 1))
    assert days == sorted(set(days))
    assert kpi.due is not None
    assert all(start < d <= kpi.due + timedelta(days=1) for d in days)
    assert days[-1] == kpi.due + timedelta(days=1)


def test_the_feed_is_a_calendar_any_program_reads() -> None:
    stamp = datetime(2026, 1, 5, 3)
    feed = make_feed([KPI], CALENDAR, date(2026, 1, 15), brand="kopi", stamp=stamp, language="id")
    lines = feed.split("\r\n")
    assert lines[-1] == ""
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = feed.replace("\r\n ", "")
    assert unfolded.count("BEGIN:VEVENT") == unfolded.count("END:VEVENT") == 6 + 1 + 2
    assert "SUMMARY:Cek KPI: Pengikut\\; a\\, b" in unfolded
    assert "DTSTART;VALUE=DATE:20260201" in unfolded
    uids = [line for line in unfolded.split("\r\n") if line.startswith("UID:")]
    assert len(set(uids)) == len(uids)
    assert (
        make_feed([KPI], CALENDAR, date(2026, 1, 15), brand="kopi", stamp=stamp, language="id")
        == feed
    )


@pytest.mark.parametrize("wish", [*goals(), *kits()])
def test_every_goal_and_kit_proposes_whole_kpis(wish: str) -> None:
    for language in ("en", "id"):
        found = propose(wish, date(2026, 11, 22), platforms=("instagram", "x", "facebook"),
                        language=language, owner="Rani")  # type: ignore[arg-type]  # fmt: skip
        assert len(found) >= 3
        for proposal in found:
            kpi = proposal.kpi
            assert kpi.start == date(2026, 12, 1)
            assert kpi.due is not None
            assert kpi.due > kpi.start
            assert kpi.target is not None
            assert kpi.goal
            assert kpi.reason == proposal.why.say(language)  # type: ignore[arg-type]
    with pytest.raises(UserError, match="no proposals"):
        propose("world peace", date(2026, 11, 22))


def test_the_worked_example_is_the_one_of_the_handbook() -> None:
    found = {p.kpi.metric: p.kpi for p in propose("worked-example", date(2026, 11, 22),
                                                  platforms=("instagram", "tiktok"))}  # fmt: skip
    rate, followers = found["engagement_rate_by_reach"], found["followers"]
    assert (rate.target, followers.target) == (read_target("+10%"), read_target("+20%"))
    assert (rate.platforms, followers.platforms) == (("instagram",), ("tiktok",))
    assert (followers.due, rate.due) == (date(2027, 11, 30), date(2027, 5, 31))
    written = {str(k.target.write()) for k in found.values() if k.target}
    assert written == {"+10%", "+20%", "+15%", "5"}


def test_a_proposal_never_asks_a_platform_for_what_it_cannot_give() -> None:
    found = propose("awareness", date(2026, 11, 22), platforms=("x",))
    assert found
    assert "mean_daily_reach" not in {p.kpi.metric for p in found}
    clicks = propose("leads", date(2026, 11, 22), platforms=("tiktok", "youtube"))
    assert "link_clicks" not in {p.kpi.metric for p in clicks}


def test_every_word_for_a_metric_leads_to_one_of_the_catalogue() -> None:
    known = load_metrics()
    assert [c.key for c in load_concepts().values() if c.metric not in known] == []


@pytest.mark.parametrize(
    "text",
    [
        "", "x = 1", "tolok_kpi_pack = 2", "tolok_kpi_pack = 1\nsecret = 3",
        'tolok_kpi_pack = 1\n[[kpi]]\nkey = "a b"\nname = "n"\nmetric = "m"',
        'tolok_kpi_pack = 1\n[[kpi_checks]]\nkpi = "k"',
        'tolok_kpi_pack = 1\n[[kpi_checks]]\nkpi = "k"\nday = 2026-01-01\nwrong = 1',
        'tolok_kpi_pack = 1\n[[kpi_checks]]\nkpi = "k"\nday = 2026-01-01\nvalue = "high"',
    ],
)  # fmt: skip
def test_what_is_no_pack_is_refused_before_anything_is_written(tmp_path: Path, text: str) -> None:
    workspace, lake = Workspace(tmp_path), Lake(tmp_path / "lake")
    before = export_pack(workspace, lake, "kopi")
    with pytest.raises(UserError):
        import_pack(workspace, lake, "kopi", text)
    assert export_pack(workspace, lake, "kopi") == before
