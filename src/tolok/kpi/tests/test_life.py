"""A year in the life of the sample brand: goal, proposal, doctor, checks, change, review, story."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tolok.base import Calendar, Period, Workspace
from tolok.kpi import judge, read_kpis, read_target
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


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5)


def engine_on(lake: Lake, day: date) -> Engine:
    return Engine(LakeView(lake), CALENDAR, day)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    shutil.copytree(sample_lake().folder, tmp_path / "lake")
    return Workspace(tmp_path)


def test_a_year_of_the_sample_brand_stays_readable_as_it_was(workspace: Workspace) -> None:
    lake = Lake(workspace.lake_folder)
    # A lake writes no two facts at one moment, so the past is retold from the last import on.
    year = [lake.catalogue.last_recorded() + timedelta(hours=n + 1) for n in range(40)]  # type: ignore[operator]
    began = date(2025, 11, 1)

    # Goal and proposal, on 1 November 2025.
    wished = propose("worked-example", began, platforms=("instagram", "tiktok"), language="id",
                     owner="Rani", engine=engine_on(lake, began), brand=BRAND)  # fmt: skip
    assert len(wished) == 4
    chosen = [p.kpi for p in wished if p.lacks is None]
    assert {k.metric for k in chosen} >= {"engagement_rate_by_reach", "followers"}
    year_long = [replace(k, state="active", due=date(2026, 10, 31), baseline=None,
                         start=began, area="K8.2") for k in chosen]  # fmt: skip
    rate = next(k for k in year_long if k.metric == "engagement_rate_by_reach")
    rate = replace(rate, baseline="2025-10")
    people = next(k for k in year_long if k.metric == "followers")
    extra = replace(rate, key="ig-shares", name="Dibagikan di Instagram", metric="shares",
                    target=read_target("+10%"), baseline=None, path="straight", per="month",
                    counter="engagement_rate_by_reach")  # fmt: skip
    extra = replace(extra, baseline=400.0)

    # The doctor sees nothing that must be mended; with the due date gone it does.
    world = survey_world([rate, people, extra], engine_on(lake, began), brand=BRAND)
    assert not any(d.is_blocked for d in examine_all([rate, people, extra], world))
    assert examine_all([replace(rate, due=None)], world)[0].is_blocked
    keep_kpis(workspace, lake, BRAND, [rate, people, extra], by="Rani", note="Mulai", at=year[0])
    promised = people.target

    # Twelve monthly checks; in April the target of the followers is changed.
    months = CALENDAR.split(Period(began, date(2026, 11, 1), "range"), "month")
    assert len(months) == 12
    for number, month in enumerate(months, 1):
        day = month.end
        if number == 6:
            lower = replace(people, target=read_target("+12%"))
            change_kpi(workspace, lake, BRAND, lower, by="Bima", note="Anggaran dipotong",
                       at=year[number * 2])  # fmt: skip
        alive = [k for k in read_kpis(workspace.kpi_file(BRAND)) if k.state == "active"]
        held = {k.key: [c.day for c in checks_of(LakeView(lake), BRAND, k.key)] for k in alive}
        assert {d.kpi.key for d in find_due(alive, held, CALENDAR, day) if d.is_due} == {
            k.key for k in alive}  # fmt: skip
        engine = engine_on(lake, day)
        for kpi in alive:
            before = last_check(engine.view, BRAND, kpi.key, day)
            look = look_at(kpi, engine, brand=BRAND, today=day, before=before)
            assert look.changes
            decision = "act" if number == 3 else "keep"
            record_check(lake, BRAND, look, decision=decision, note=f"Bulan {number}", by="Rani",
                         day=day, at=year[number * 2 + 1])  # fmt: skip
        if number == 8:
            _hold_half_year_review(workspace, lake, extra.key, day, year[number * 2 + 1])
    assert len(checks_of(LakeView(lake), BRAND, rate.key)) == 12
    assert len(checks_of(LakeView(lake), BRAND, extra.key)) == 8

    # A year later all of it is readable as it was at each date.
    view = LakeView(lake)
    first = {k.key: k for k in kpis_as_of(view, BRAND, year[0])}
    assert first[people.key].target == promised
    assert first[extra.key].state == "active"
    now = {k.key: k for k in kpis_as_of(view, BRAND, year[39])}
    assert now[people.key].target == read_target("+12%")
    assert now[extra.key].state == "retired"
    assert [v.number for v in versions_of(view, BRAND, people.key)] == [1, 2]
    as_of_spring = LakeView(lake, as_of=year[6])
    assert len(checks_of(as_of_spring, BRAND, rate.key)) == 2, "later checks were not known then"
    assert [c.version for c in checks_of(view, BRAND, people.key)] == [1] * 5 + [2] * 7
    retold = judge(first[people.key], engine_on(lake, date(2026, 3, 1)), brand=BRAND)
    stood = checks_of(view, BRAND, people.key)[3]
    assert (retold.state, retold.value) == (stood.verdict, stood.value)

    # The end: judged for good, rolled up, told as a story in both languages.
    end = [
        judge(k, engine_on(lake, date(2026, 11, 1)), brand=BRAND) for k in (rate, now[people.key])
    ]
    assert all(j.state in ("achieved", "missed") for j in end)
    assert roll_up(end)[0].counts.total() == 2  # type: ignore[attr-defined]
    told = tell_story(
        end[1], versions_of(view, BRAND, people.key), checks_of(view, BRAND, people.key)
    )
    english, indonesian = "\n".join(t.en for t in told), "\n".join(t.id for t in told)
    assert "Anggaran dipotong" in indonesian
    assert "promised" in english
    assert "{" not in english + indonesian
    assert len(told) >= 15

    # And it all fits into an open pack that comes back byte for byte.
    pack = export_pack(workspace, lake, BRAND)
    other = Workspace(workspace.folder / "other")
    empty = Lake(other.lake_folder)
    import_pack(other, empty, BRAND, pack)
    assert export_pack(other, empty, BRAND) == pack
    assert reviews_of(LakeView(empty), BRAND) == reviews_of(view, BRAND)


def _hold_half_year_review(
    workspace: Workspace, lake: Lake, retired: str, day: date, at: datetime
) -> None:
    engine = engine_on(lake, day)
    kpis = read_kpis(workspace.kpi_file(BRAND))
    world = survey_world(kpis, engine, brand=BRAND)
    half = CALENDAR.parse("2026-H1")
    pack = make_review(kpis, engine, brand=BRAND, period=half, world=world, day=day)
    assert len(pack.evidence) == 3
    for number, evidence in enumerate(pack.evidence):
        assert evidence.held_checks == evidence.due_checks == 8
        assert evidence.words
        verdict = "retire" if evidence.kpi.key == retired else "keep"
        _, kpi = record_review(lake, BRAND, evidence, review="2026-H1", verdict=verdict, day=day,
                               note="Tidak mengubah keputusan", by="Dewi",
                               at=at + timedelta(minutes=number + 10))  # fmt: skip
        if verdict == "retire":
            change_kpi(workspace, lake, BRAND, kpi, by="Dewi", at=at + timedelta(minutes=30))
