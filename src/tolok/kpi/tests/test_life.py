"""A year in the life of the sample brand: goal, proposal, doctor, checks, change, review, story."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path

import pytest

from tolok.base import Calendar, Period, Workspace
from tolok.kpi import Check, Kpi, judge, read_kpis, read_target
from tolok.kpi.check import checks_of, last_check, look_at, record_check
from tolok.kpi.doctor import examine_all
from tolok.kpi.pack import export_pack, import_pack
from tolok.kpi.propose import propose
from tolok.kpi.review import make_review, record_review, reviews_of
from tolok.kpi.rhythm import find_due
from tolok.kpi.rollup import roll_up
from tolok.kpi.story import tell_story
from tolok.kpi.survey import survey_world
from tolok.kpi.versions import change_kpi, keep_kpis, kpis_as_of, versions_of
from tolok.lake import Lake, LakeView
from tolok.metrics import Engine

from .sample_lake import BRAND, sample_lake

CALENDAR = Calendar()
BEGAN, OVER = date(2025, 11, 1), date(2026, 11, 1)
MONTHS = CALENDAR.split(Period(BEGAN, OVER, "range"), "month")
CUT, HALF = 6, 8  # the month in which a target is changed, and that of the half-year review


def engine_on(lake: Lake, day: date) -> Engine:
    return Engine(LakeView(lake), CALENDAR, day)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    shutil.copytree(sample_lake().folder, tmp_path / "lake")
    return Workspace(tmp_path)


@dataclass
class Year:
    """The sample brand's year, chapter after chapter; what a chapter finds the later ones use."""

    workspace: Workspace
    kpis: dict[str, Kpi] = field(default_factory=dict)

    @cached_property
    def lake(self) -> Lake:
        return Lake(self.workspace.lake_folder)

    @cached_property
    def imported(self) -> datetime:
        # A lake writes no two facts at one moment, so the year is retold from the last import on.
        last = self.lake.catalogue.last_recorded()
        assert last is not None
        return last

    def moment(self, month: int, *, hour: int = 0, minute: int = 0) -> datetime:
        """Return a moment of the year's own clock: each month is a day, month 0 the beginning."""
        return self.imported + timedelta(days=month, hours=hour + 1, minutes=minute)

    def view(self, month: int | None = None) -> LakeView:
        """Return what was known at the end of a month; of all months by default."""
        return LakeView(self.lake, None if month is None else self.moment(month, hour=23))

    def alive(self) -> list[Kpi]:
        return [k for k in read_kpis(self.workspace.kpi_file(BRAND)) if k.state == "active"]

    def checks(self, name: str, month: int | None = None) -> list[Check]:
        return checks_of(self.view(month), BRAND, self.kpis[name].key)


def test_a_year_of_the_sample_brand_stays_readable_as_it_was(workspace: Workspace) -> None:
    year = Year(workspace)
    state_a_goal_and_choose(year)
    ask_the_doctor(year)
    write_the_promises_down(year)
    for number, month in enumerate(MONTHS, 1):
        if number == CUT:
            change_a_target(year)
        hold_the_checks(year, number, month.end)
        if number == HALF:
            retire_one_at_the_review(year, month.end)
    count_what_was_held(year)
    read_every_date_as_it_was(year)
    judge_for_good_and_tell_the_story(year)
    pack_it_all(year)


def state_a_goal_and_choose(year: Year) -> None:
    """1 November 2025: the worked example is proposed, three promises are made of it."""
    wished = propose("worked-example", BEGAN, platforms=("instagram", "tiktok"), language="id",
                     owner="Rani", engine=engine_on(year.lake, BEGAN), brand=BRAND)  # fmt: skip
    assert len(wished) == 4
    by_metric = {p.kpi.metric: p.kpi for p in wished if p.lacks is None}
    assert by_metric.keys() >= {"engagement_rate_by_reach", "followers"}
    rate, people = (
        replace(by_metric[m], state="active", due=OVER - timedelta(days=1), start=BEGAN, area="K8.2",
                baseline=None)
        for m in ("engagement_rate_by_reach", "followers")
    )  # fmt: skip
    rate = replace(rate, baseline="2025-10")
    shares = replace(rate, key="ig-shares", name="Dibagikan di Instagram", metric="shares",
                     target=read_target("+10%"), baseline=400.0, path="straight", per="month",
                     counter="engagement_rate_by_reach")  # fmt: skip
    year.kpis = {"rate": rate, "people": people, "shares": shares}


def ask_the_doctor(year: Year) -> None:
    """The doctor sees nothing that must be mended; with the due date gone it does."""
    kpis = list(year.kpis.values())
    world = survey_world(kpis, engine_on(year.lake, BEGAN), brand=BRAND)
    assert not any(d.is_blocked for d in examine_all(kpis, world))
    undated = examine_all([replace(year.kpis["rate"], due=None)], world)[0]
    assert undated.is_blocked
    assert "no_due" in {f.code for f in undated.findings}


def write_the_promises_down(year: Year) -> None:
    keep_kpis(year.workspace, year.lake, BRAND, list(year.kpis.values()), by="Rani", note="Mulai",
              at=year.moment(0))  # fmt: skip


def change_a_target(year: Year) -> None:
    """April: the budget is cut and the followers' target with it; a new version, the old one stays."""
    lower = replace(year.kpis["people"], target=read_target("+12%"))
    change_kpi(year.workspace, year.lake, BRAND, lower, by="Bima", note="Anggaran dipotong",
               at=year.moment(CUT))  # fmt: skip


def hold_the_checks(year: Year, number: int, day: date) -> None:
    """At the end of each month every living KPI is due, looked at, and decided about."""
    alive = year.alive()
    held = {k.key: [c.day for c in checks_of(year.view(), BRAND, k.key)] for k in alive}
    due = {d.kpi.key for d in find_due(alive, held, CALENDAR, day) if d.is_due}
    assert due == {k.key for k in alive}
    engine = engine_on(year.lake, day)
    for place, kpi in enumerate(alive):
        before = last_check(engine.view, BRAND, kpi.key, day)
        assert (before is None) == (number == 1)
        look = look_at(kpi, engine, brand=BRAND, today=day, before=before)
        assert look.changes
        decision = "act" if number == 3 else "keep"
        record_check(year.lake, BRAND, look, decision=decision, note=f"Bulan {number}", by="Rani",
                     day=day, at=year.moment(number, hour=1, minute=place))  # fmt: skip


def retire_one_at_the_review(year: Year, day: date) -> None:
    """Half a year in: evidence for each KPI, two kept, the one that changed nothing retired."""
    engine = engine_on(year.lake, day)
    kpis = read_kpis(year.workspace.kpi_file(BRAND))
    world = survey_world(kpis, engine, brand=BRAND)
    half = CALENDAR.parse("2026-H1")
    pack = make_review(kpis, engine, brand=BRAND, period=half, world=world, day=day)
    assert len(pack.evidence) == 3
    for place, evidence in enumerate(pack.evidence):
        assert evidence.held_checks == evidence.due_checks == HALF
        assert evidence.words
        is_end = evidence.kpi.key == year.kpis["shares"].key
        verdict = "retire" if is_end else "keep"
        _, kpi = record_review(year.lake, BRAND, evidence, review="2026-H1", verdict=verdict,
                               day=day, note="Tidak mengubah keputusan", by="Dewi",
                               at=year.moment(HALF, hour=2, minute=place))  # fmt: skip
        if is_end:
            change_kpi(year.workspace, year.lake, BRAND, kpi, by="Dewi",
                       at=year.moment(HALF, hour=3))  # fmt: skip


def count_what_was_held(year: Year) -> None:
    assert len(MONTHS) == 12
    assert {name: len(year.checks(name)) for name in year.kpis} == {
        "rate": 12, "people": 12, "shares": HALF,
    }  # fmt: skip
    assert [c.version for c in year.checks("people")] == [1] * (CUT - 1) + [2] * (13 - CUT)
    assert [v.number for v in versions_of(year.view(), BRAND, year.kpis["people"].key)] == [1, 2]


def read_every_date_as_it_was(year: Year) -> None:
    """A year later each month shows the promises, checks and reviews that were known then."""
    for number, month in enumerate(MONTHS, 1):
        known = {k.key: k for k in kpis_as_of(year.view(), BRAND, year.moment(number, hour=23))}
        people, shares = (known[year.kpis[n].key] for n in ("people", "shares"))
        promised = year.kpis["people"].target if number < CUT else read_target("+12%")
        assert people.target == promised
        assert shares.state == ("active" if number < HALF else "retired")
        assert len(year.checks("rate", number)) == number, "later checks were not known then"
        assert len(reviews_of(year.view(number), BRAND)) == (0 if number < HALF else 3)
        if number % 4 == 0:
            stood = year.checks("people")[number - 1]
            retold = judge(people, engine_on(year.lake, month.end), brand=BRAND)
            assert (retold.state, retold.value, retold.target) == (
                stood.verdict, stood.value, stood.target,
            )  # fmt: skip


def judge_for_good_and_tell_the_story(year: Year) -> None:
    """1 November 2026: both that lived are judged for good, rolled up, told in both languages."""
    people = replace(year.kpis["people"], target=read_target("+12%"))
    engine = engine_on(year.lake, OVER)
    end = [judge(k, engine, brand=BRAND) for k in (year.kpis["rate"], people)]
    assert all(j.state in ("achieved", "missed") for j in end)
    assert roll_up(end)[0].counts.total() == 2  # type: ignore[attr-defined]
    told = tell_story(end[1], versions_of(year.view(), BRAND, people.key), year.checks("people"))
    english, indonesian = "\n".join(t.en for t in told), "\n".join(t.id for t in told)
    assert "Anggaran dipotong" in indonesian
    assert "promised" in english
    assert "{" not in english + indonesian
    assert len(told) >= 15


def pack_it_all(year: Year) -> None:
    """It all fits into an open pack that comes back byte for byte."""
    pack = export_pack(year.workspace, year.lake, BRAND)
    other = Workspace(year.workspace.folder / "other")
    empty = Lake(other.lake_folder)
    import_pack(other, empty, BRAND, pack)
    assert export_pack(other, empty, BRAND) == pack
    assert reviews_of(LakeView(empty), BRAND) == reviews_of(year.view(), BRAND)
