"""KPIs from the terminal: goal, doctor, check, review, pack, on the sample brand's truth."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tolok.base import BrandProfile, Home, TolokError
from tolok.cli.main import tolok_command
from tolok.kpi import keep_kpis, read_kpis
from tolok.kpi.tests.sample_lake import BRAND, SAMPLE, sample_lake
from tolok.lake import Lake


@pytest.fixture
def home(tmp_path: Path) -> Path:
    workspace = Home(tmp_path).workspace()
    workspace.save_brand(BrandProfile(BRAND, "Kopi Serambi"))
    shutil.copytree(sample_lake().folder, workspace.lake_folder)
    keep_kpis(workspace, Lake(workspace.lake_folder), BRAND, read_kpis(SAMPLE / "kpis.toml"))
    return tmp_path


def run(home: Path, *arguments: str, language: str = "en", today: str = "2026-11-01") -> Result:
    environment = {"TOLOK_HOME": str(home), "COLUMNS": "200", "TOLOK_TODAY": today}
    return CliRunner(env=environment).invoke(tolok_command, ["--language", language, *arguments])


def test_a_kpi_is_listed_shown_and_told(home: Path) -> None:
    listed = run(home, "kpi", "list", language="id")
    assert listed.exit_code == 0, listed.output
    assert "sesuai jalur" in listed.output
    assert "berisiko" in listed.output
    shown = run(home, "kpi", "show", "tiktok-followers")
    assert "likely to be reached" in shown.output
    assert "S ✓" in shown.output
    assert "The smallest lasting change visible here is" in shown.output
    story = run(home, "kpi", "show", "tiktok-followers", "--story")
    assert "promised" in story.output
    data = json.loads(run(home, "kpi", "list", "--json").output)
    assert {d["key"]: d["state"] for d in data}["ig-engagement-rate"] == "at_risk"
    rolled = run(home, "kpi", "list", "--by", "area")
    assert "✗ Community: " in rolled.output


def test_a_vague_sentence_is_not_kept_and_a_good_one_is(home: Path) -> None:
    vague = run(home, "kpi", "add", "grow followers")
    assert vague.exit_code == 1
    assert "no due date" in vague.output
    good = run(home, "kpi", "add", "Naikkan engagement rate Facebook 10% sampai Maret 2027, PJ Rani, "
               "agar pelanggan lama kembali", language="id")  # fmt: skip
    assert good.exit_code == 0, good.output
    path = Home(home).workspace().kpi_file(BRAND)
    added = read_kpis(path)[-1]
    assert added.owner == "Rani"
    assert (added.key, added.name) == (
        "tingkat-interaksi-per-jangkauan-facebook", "Tingkat interaksi per jangkauan Facebook",
    )  # fmt: skip


def test_the_doctor_speaks_both_languages_and_can_fail_a_build(home: Path) -> None:
    english = run(home, "doctor", "--say", "naikkan engagement 20% dalam 3 bulan")
    indonesian = run(home, "doctor", "--say", "naikkan engagement 20% dalam 3 bulan", language="id")
    assert "which platform" in english.output
    assert "di platform" in indonesian.output
    assert run(home, "doctor", "--strict", "--say", "grow followers").exit_code == 1
    assert "no_due" in run(home, "doctor", "--rules").output
    data = json.loads(run(home, "doctor", "--json").output)
    assert {d["key"] for d in data} == {k.key for k in read_kpis(SAMPLE / "kpis.toml")}


def test_a_check_ends_in_a_decision_and_the_next_says_what_changed(home: Path) -> None:
    due = run(home, "check")
    assert "due since" in due.output
    first = run(home, "check", "tiktok-followers", "--decision", "act", "-m", "lebih banyak video",
                today="2026-10-01")  # fmt: skip
    assert "Recorded" in first.output, first.output
    second = run(home, "check", "tiktok-followers")
    assert "lebih banyak video" in second.output
    assert "The value went from" in second.output
    feed = run(home, "check", "--feed")
    assert feed.output.startswith("BEGIN:VCALENDAR")


def test_a_review_retires_a_kpi_and_the_file_says_so(home: Path) -> None:
    pack = run(home, "review", "--period", "2026-H2")
    assert "suggested" in pack.output, pack.output
    done = run(home, "review", "--period", "2026-H2", "--kpi", "youtube-followers", "--verdict", "retire",
               "-m", "selesai")  # fmt: skip
    assert done.exit_code == 0, done.output
    kpis = {k.key: k for k in read_kpis(Home(home).workspace().kpi_file(BRAND))}
    assert kpis["youtube-followers"].state == "retired"
    before = run(home, "kpi", "list", "--as-of", "2026-12-31", "--all")
    assert before.exit_code == 0


def test_the_worked_example_is_one_command(home: Path) -> None:
    assert "worked-example" in run(home, "goal").output
    taken = run(home, "goal", "worked-example", "--take", "--owner", "Rani", language="id")
    assert taken.exit_code == 0, taken.output
    kpis = read_kpis(Home(home).workspace().kpi_file(BRAND))
    assert len(kpis) == 10
    assert {k.goal for k in kpis[6:]} == {"Interaksi", "Kesadaran merek", "Penjualan"}


def test_a_pack_goes_out_and_in(home: Path, tmp_path: Path) -> None:
    out = run(home, "kpi", "export", "--pack").output
    (tmp_path / "pack.toml").write_text(out, encoding="utf-8")
    fresh = tmp_path / "fresh"
    Home(fresh).workspace().save_brand(BrandProfile(BRAND, "Kopi Serambi"))
    assert run(fresh, "kpi", "import", str(tmp_path / "pack.toml")).exit_code == 0
    assert run(fresh, "kpi", "export", "--pack").output == out
    changed = run(home, "kpi", "change", "tiktok-followers", "--target", "+12%", "-m", "anggaran")
    assert "1 new versions" in changed.output
    wrong = run(home, "kpi", "show", "nothing")
    assert isinstance(wrong.exception, TolokError)
