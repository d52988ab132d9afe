"""A table whose columns fit several exports alike: asked about, answered, taken as what it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from tolok.base import UserError
from tolok.connectors import load_connectors
from tolok.connectors.reading import read_file
from tolok.intake import (
    Answers,
    ColumnRead,
    Mappings,
    SheetMapping,
    examine_file,
    import_files,
    read_kinds,
)
from tolok.lake import Lake, LakeView

# Two exports of TikTok put together by hand: two columns of each beside the day.
MERGED = (
    "Date,Video views,Profile views,Total viewers,New viewers\n"
    "2026-10-01,120,14,90,30\n2026-10-02,150,20,100,35\n"
)
FITTING = ("tiktok.overview", "tiktok.viewers")
TOLD = Answers(accounts=("tiktok:kopi",), observed_at=datetime(2026, 10, 3))
OWN = SheetMapping(
    "Catatan harian", "account_days",
    (ColumnRead("Date", "day", "day"), ColumnRead("Video views", "views", "count"),
     ColumnRead("New viewers", "new_viewers", "count")), "tiktok", "tiktok:kopi",
)  # fmt: skip


@pytest.fixture
def merged(tmp_path: Path) -> Path:
    path = tmp_path / "files" / "merged.csv"
    path.parent.mkdir()
    path.write_text(MERGED)
    return path


def test_it_waits_for_an_answer_and_names_the_choices_as_people_do(merged: Path) -> None:
    verdict = examine_file(merged, TOLD)
    (question,) = verdict.questions
    assert (verdict.state, verdict.parts[0].state, verdict.rows) == ("asked", "asked", {})
    assert (question.key, question.choices) == ("kind", (*FITTING, "none"))
    assert [question.names[k].en for k in FITTING] == ["TikTok overview", "TikTok viewers"]
    assert [question.names[k].id for k in question.choices] == [
        "Ringkasan TikTok", "Penonton TikTok", "bukan salah satunya"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "column", "values"),
    [("tiktok.overview", "views", [120, 150]), ("tiktok.viewers", "viewers", [90, 100])],
)
def test_it_is_taken_as_the_kind_that_was_told(
    kind: str, column: str, values: list[int], merged: Path, tmp_path: Path
) -> None:
    lake = Lake(tmp_path / "lake")
    (taken,) = import_files([merged], lake, "kopi", replace(TOLD, kinds=(kind,)))
    assert taken.verdict.parts[0].kind == kind
    assert taken.verdict.start == date(2026, 10, 1)
    rows = LakeView(lake).table("account_days").to_pyarrow().sort_by("day")
    assert rows[column].to_pylist() == values


def test_a_kind_that_does_not_fit_is_named_and_the_question_stays(merged: Path) -> None:
    verdict = examine_file(merged, replace(TOLD, kinds=("x.video",)))
    (question,) = verdict.questions
    assert (verdict.state, question.choices) == ("asked", (*FITTING, "none"))
    assert "but not x.video" in question.text.say("en", **question.data)
    assert "bukan x.video" in question.text.say("id", **question.data)


def test_two_kinds_told_that_both_fit_leave_the_question_open(merged: Path) -> None:
    assert examine_file(merged, replace(TOLD, kinds=FITTING)).state == "asked"


def test_a_kind_that_is_not_there_is_refused_in_one_sentence() -> None:
    assert read_kinds([*FITTING, "none"]) == (*FITTING, "none")
    with pytest.raises(UserError, match=r"no export called tiktok\.oveview") as caught:
        read_kinds(["tiktok.oveview"])
    assert caught.value.say("id").startswith("Tidak ada ekspor bernama tiktok.oveview")


def test_the_answer_can_lie_beside_the_files(merged: Path) -> None:
    (merged.parent / "accounts.toml").write_text('[kinds]\n"merged.csv" = "tiktok.viewers"\n')
    assert examine_file(merged, TOLD).parts[0].kind == "tiktok.viewers"
    told = replace(TOLD, kinds=("tiktok.overview",))
    assert examine_file(merged, told).parts[0].kind == "tiktok.overview", "a flag wins"


def test_a_table_that_can_only_be_one_thing_asks_for_no_kind(merged: Path) -> None:
    merged.write_text("Date,Video views,Profile views\n2026-10-01,120,14\n")
    verdict = examine_file(merged, replace(TOLD, kinds=("tiktok.viewers",)))
    assert verdict.parts[0].kind == "tiktok.overview"


def test_none_of_them_leads_to_naming_its_columns_which_is_remembered(
    merged: Path, tmp_path: Path
) -> None:
    mappings = Mappings(tmp_path / "mappings")
    none = replace(TOLD, kinds=("none",))
    assert examine_file(merged, none, mappings=mappings).parts[0].state == "unknown"
    mappings.save(OWN)
    for answers in (none, TOLD):  # from then on tables with these headers are not asked about
        verdict = examine_file(merged, answers, mappings=mappings)
        assert (verdict.state, verdict.parts[0].kind) == ("ready", "own.catatan-harian")
    told = replace(TOLD, kinds=("tiktok.viewers",))
    assert examine_file(merged, told, mappings=mappings).parts[0].kind == "tiktok.viewers"


def test_columns_named_for_a_smaller_table_do_not_answer_for_it(
    merged: Path, tmp_path: Path
) -> None:
    mappings = Mappings(tmp_path / "mappings")
    mappings.save(replace(OWN, columns=OWN.columns[:2]))
    assert examine_file(merged, TOLD, mappings=mappings).state == "asked"


def test_tables_of_one_file_each_take_the_kind_that_fits_them(tmp_path: Path) -> None:
    other = "Date,Hour,Active followers,Views,Watch time (ms)\n2026-10-01,1,12,30,900\n"
    path = tmp_path / "both.csv"
    path.write_text(f"{MERGED}\n\n{other}")
    assert len(read_file(path)) == 2
    asked = examine_file(path, TOLD).questions
    assert [q.choices for q in asked] == [
        (*FITTING, "none"), ("tiktok.activity", "x.video", "none")
    ]  # fmt: skip
    told = replace(TOLD, kinds=("tiktok.viewers", "none"))
    states = [(p.state, p.kind) for p in examine_file(path, told).parts]
    assert states == [("ready", "tiktok.viewers"), ("unknown", None)]


def test_every_kind_is_named_with_its_platform_and_no_two_alike() -> None:
    for said in ("en", "id"):
        names = [c.say_kind(e).say(said) for c in load_connectors().values() for e in c.exports]  # type: ignore[arg-type]
        assert len(names) == len(set(names))
    meta = load_connectors()["meta"]
    days = meta.export("meta.account_days")
    assert days is not None
    assert meta.say_kind(days).id.endswith(": Deret harian akun")
