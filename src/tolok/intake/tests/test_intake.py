"""Files become verdicts, and ready verdicts become batches; nothing is written before."""

from __future__ import annotations

import shutil
import zipfile
from datetime import date, datetime
from pathlib import Path

import pyarrow.compute as pc
import pytest

import tolok.connectors.platforms.meta
from tolok.base import UserError
from tolok.connectors import Told, recognise
from tolok.connectors.reading import read_file
from tolok.intake import (
    Answers,
    ColumnRead,
    Mappings,
    SheetMapping,
    examine,
    examine_file,
    find_files,
    import_files,
    suggest_mapping,
    take,
)
from tolok.lake import Lake, LakeView

FIXTURES = Path(tolok.connectors.platforms.meta.__file__).parent / "fixtures"
IG = FIXTURES / "instagram_id.csv"
SERIES = FIXTURES / "series_id.csv"
TOLD = Answers(accounts=("instagram:kopicontoh",), observed_at=datetime(2026, 3, 1, 2))


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def test_a_verdict_says_what_a_file_is_and_writes_nothing(lake: Lake) -> None:
    (verdict,) = examine([IG], TOLD, lake=lake, brand="kopi")
    assert verdict.state == "ready"
    (part,) = verdict.parts
    assert (part.kind, part.language) == ("meta.instagram_content", "id")
    assert (verdict.start, verdict.end) == (date(2026, 2, 3), date(2026, 2, 15))
    assert verdict.rows == {"posts": 3, "accounts": 2}
    assert verdict.accounts == ("instagram:kopicontoh", "instagram:rotitetangga")
    assert lake.catalogue.batches() == []


def test_taking_writes_one_batch_with_the_file_kept_and_every_row_traced(lake: Lake) -> None:
    (taken,) = import_files([IG], lake, "kopi", TOLD)
    assert taken.batch is not None
    assert lake.raw.path_of(taken.verdict.digest).read_bytes() == IG.read_bytes()
    rows = LakeView(lake).table("posts").to_pyarrow().sort_by("row").to_pylist()
    assert [r["row"] for r in rows] == [2, 3, 5]
    assert {r["file"] for r in rows} == {taken.verdict.digest}
    assert {r["batch"] for r in rows} == {taken.batch.id}
    assert {r["observed_at"] for r in rows} == {datetime(2026, 3, 1, 2)}
    assert all(p.facts == {} for p in taken.verdict.parts)


def test_the_same_bytes_again_are_known_whatever_their_name(lake: Lake, tmp_path: Path) -> None:
    twin = tmp_path / "twin.csv"
    shutil.copy(IG, twin)
    first = [t.verdict.state for t in import_files([IG, twin], lake, "kopi", TOLD)]
    again = [t.verdict for t in import_files([twin], lake, "kopi", TOLD)]
    other = [t.verdict.state for t in import_files([twin], lake, "teh", TOLD)]
    assert first == ["ready", "known"]
    assert again[0].state == "known"
    assert "Already imported on" in again[0].reason.say("en", **again[0].data)  # type: ignore[union-attr]
    assert other == ["ready"]
    assert LakeView(lake).table("posts").filter(lambda t: t.brand == "kopi").count().execute() == 3


def test_a_later_reading_wins_and_the_earlier_stays_readable(lake: Lake, tmp_path: Path) -> None:
    later = tmp_path / "later.csv"
    later.write_text(IG.read_text("utf-8-sig").replace('"12,400"', "13000"), "utf-8")
    list(import_files([IG], lake, "kopi", TOLD))
    list(import_files([later], lake, "kopi", Answers(observed_at=datetime(2026, 4, 1))))
    now = LakeView(lake).table("posts").to_pyarrow()
    history = LakeView(lake).history("posts").to_pyarrow()
    assert pc.max(now["views"]).as_py() == 13000
    assert {12400, 13000} <= set(history["views"].to_pylist())


def test_an_open_question_stops_the_file_and_an_answer_lets_it_in(lake: Lake) -> None:
    (asked,) = examine([SERIES], Answers())
    assert asked.state == "asked"
    assert [q.key for q in asked.questions] == ["account"]
    assert [t.batch for t in take([asked], lake, "kopi")] == [None]
    (ready,) = examine([SERIES], TOLD)
    assert ready.state == "ready"


def test_notes_beside_the_files_answer_for_them(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    (folder / "ig").mkdir(parents=True)
    shutil.copy(SERIES, folder / "ig" / "Jangkauan.csv")
    shutil.copy(SERIES, folder / "Jangkauan (1).csv")
    (folder / "accounts.toml").write_text(
        '[folders]\nig = "instagram:kopi"\n[files]\n"Jangkauan (1).csv" = "facebook:123"\n'
        '[observed]\n"ig/Jangkauan.csv" = 2026-03-01T08:00:00+07:00\n'
        '[same]\n"facebook:123" = "facebook:kopi"\n', "utf-8")  # fmt: skip
    verdicts = {v.path.name: v for v in (examine_file(p, Answers()) for p in find_files([folder]))}
    assert verdicts["Jangkauan.csv"].accounts == ("instagram:kopi",)
    assert verdicts["Jangkauan.csv"].observed_at == datetime(2026, 3, 1, 1)
    assert verdicts["Jangkauan (1).csv"].accounts == ("facebook:kopi",)
    facts = verdicts["Jangkauan (1).csv"].parts[0].facts["account_days"]
    assert set(facts["account"].to_pylist()) == {"facebook:kopi"}


def test_a_flag_wins_over_notes(tmp_path: Path) -> None:
    shutil.copy(SERIES, tmp_path / "Jangkauan.csv")
    (tmp_path / "accounts.toml").write_text('[files]\n"Jangkauan.csv" = "instagram:a"\n', "utf-8")
    verdict = examine_file(tmp_path / "Jangkauan.csv", Answers(accounts=("instagram:b",)))
    assert verdict.accounts == ("instagram:b",)


def test_broken_notes_are_refused_in_one_sentence(tmp_path: Path) -> None:
    shutil.copy(SERIES, tmp_path / "Jangkauan.csv")
    (tmp_path / "accounts.toml").write_text("[files\n", "utf-8")
    verdict = examine_file(tmp_path / "Jangkauan.csv", TOLD)
    assert verdict.state == "refused"


def test_a_zip_is_one_batch_of_all_its_tables(lake: Lake, tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(IG, "a/konten.csv")
        archive.write(SERIES, "a/jangkauan.csv")
    (taken,) = import_files([path], lake, "kopi", TOLD)
    assert taken.batch is not None
    assert taken.verdict.rows == {"posts": 3, "accounts": 2, "account_days": 3}
    assert len(lake.catalogue.batches()) == 1


def test_folders_are_searched_and_what_nobody_meant_is_passed_over(tmp_path: Path) -> None:
    for name in ("b/x.csv", "a.csv", "README.md", ".hidden/y.csv", "b/accounts.toml", "LICENSE"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("a,b\n1,2\n")
    assert [p.relative_to(tmp_path).as_posix() for p in find_files([tmp_path])] == [
        "a.csv",
        "b/x.csv",
    ]
    with pytest.raises(UserError):
        find_files([tmp_path / "nowhere"])


def test_refusals_speak_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Apa,Siapa\n1,2\n")
    verdict = examine_file(path, Answers())
    assert verdict.state == "refused"
    assert verdict.reason is not None
    assert "Apa, Siapa" in verdict.reason.say("en", **verdict.data)
    assert "lembar kerja" in verdict.reason.say("id", **verdict.data)


def test_a_file_older_than_its_own_days_is_remarked() -> None:
    early = Answers(accounts=("instagram:a",), observed_at=datetime(2026, 1, 1))
    assert any("--observed" in n.en for n in examine_file(SERIES, early).parts[0].notes)
    assert not examine_file(SERIES, TOLD).parts[0].notes


def test_progress_counts_the_bytes_of_all_files(lake: Lake) -> None:
    seen: list[tuple[int, int]] = []
    list(
        import_files([IG, SERIES], lake, "kopi", TOLD, progress=lambda d, t, _: seen.append((d, t)))
    )
    total = IG.stat().st_size + SERIES.stat().st_size
    assert seen == [(0, total), (IG.stat().st_size, total), (total, total)]


# -- the team's own spreadsheets ----------------------------------------------------------------

OWN = "Tanggal,Postingan,Jumlah tayang,Suka,Catatan\n13/02/2026,111,1.200,30,ok\n14/02/2026,112,900,,\n"


def own_file(tmp_path: Path) -> Path:
    path = tmp_path / "laporan.csv"
    path.write_text(OWN, "utf-8")
    return path


MAPPING = SheetMapping(
    "Laporan mingguan", "posts",
    (
        ColumnRead("Postingan", "post", "id"),
        ColumnRead("Tanggal", "published_at", "moment", order="dmy"),
        ColumnRead("Jumlah tayang", "views", "count"),
        ColumnRead("Suka", "likes", "count"),
    ),
    platform="instagram", account="instagram:kopi",
)  # fmt: skip


def test_an_own_spreadsheet_is_told_once_and_remembered(tmp_path: Path, lake: Lake) -> None:
    path, mappings = own_file(tmp_path), Mappings(tmp_path / "mappings")
    assert examine_file(path, Answers(), mappings=mappings).state == "refused"
    mappings.save(MAPPING)
    told = Answers(decimal=",", observed_at=datetime(2026, 3, 1))
    (taken,) = import_files([path], lake, "kopi", told, mappings=Mappings(tmp_path / "mappings"))
    assert taken.batch is not None
    assert taken.verdict.parts[0].kind == "own.laporan-mingguan"
    rows = LakeView(lake).table("posts").to_pyarrow().sort_by("post").to_pylist()
    assert [(r["post"], r["views"], r["likes"]) for r in rows] == [
        ("instagram:111", 1200, 30), ("instagram:112", 900, None)]  # fmt: skip
    assert rows[0]["published_at"] == datetime(2026, 2, 12, 17)
    assert rows[0]["published_precision"] == "day"
    assert rows[0]["account"] == "instagram:kopi"


def test_a_mapping_survives_being_written_and_read(tmp_path: Path) -> None:
    mappings = Mappings(tmp_path)
    mappings.save(MAPPING)
    mappings.save(MAPPING)
    assert mappings.all() == [MAPPING]


def test_a_mapping_without_a_place_for_its_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        Mappings(tmp_path).save(SheetMapping("x", "posts", MAPPING.columns[1:], "instagram"))
    with pytest.raises(UserError):
        Mappings(tmp_path).save(SheetMapping("x", "nowhere", MAPPING.columns))


def test_a_platforms_own_export_is_never_taken_by_a_mapping(tmp_path: Path) -> None:
    mappings = Mappings(tmp_path)
    mappings.save(SheetMapping("x", "posts", (ColumnRead("ID postingan", "post", "id"),), "x"))
    assert examine_file(IG, TOLD, mappings=mappings).parts[0].kind == "meta.instagram_content"


def test_a_draft_of_a_mapping_knows_the_words_of_all_platforms(tmp_path: Path) -> None:
    (sheet,) = read_file(own_file(tmp_path))
    assert recognise(sheet, Told()) is None
    draft = suggest_mapping(sheet, table="posts")
    assert {(c.header, c.column) for c in draft.columns} >= {("Suka", "likes")}
