"""Claims and activities from the terminal: written down before, scored after, in and out as TOML."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tolok.base import BrandProfile, Home, TolokError
from tolok.cli.main import tolok_command
from tolok.kpi.tests.sample_lake import BRAND, sample_lake

CLAIM = ("insight", "add", "Reels akan mengangkat tayangan", "--metric", "views", "--on", "tiktok",
         "--below", "120.000", "--period", "2026-10", "--odds", "80%")  # fmt: skip
PLAN = ("activity", "add", "Kopi gratis", "--metric", "views", "--expected", "+40%", "--from",
        "2026-09-07", "--to", "2026-10-04", "--on", "tiktok")  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    workspace = Home(tmp_path / "home").workspace()
    workspace.save_brand(BrandProfile(BRAND, "Kopi Serambi"))
    shutil.copytree(sample_lake().folder, workspace.lake_folder)
    return tmp_path / "home"


def run(home: Path, *arguments: str, language: str = "en", today: str = "2026-09-01") -> Result:
    environment = {"TOLOK_HOME": str(home), "COLUMNS": "200", "TOLOK_TODAY": today}
    return CliRunner(env=environment).invoke(tolok_command, ["--language", language, *arguments])


def test_a_claim_is_kept_scored_when_due_and_counted(home: Path) -> None:
    kept = run(home, *CLAIM)
    assert kept.exit_code == 0, kept.output
    assert "1 Nov 2026" in kept.output
    assert run(home, *CLAIM).exit_code == 0
    assert "No claim is due" in run(home, "insight", "score").output
    waiting = run(home, "insight", "list", language="id")
    assert "di bawah 120.000 pada Oktober 2026" in waiting.output
    assert "menunggu tenggatnya" in waiting.output
    scored = run(home, "insight", "score", language="id", today="2026-11-20")
    assert scored.output.count("terbukti: 97.782\n") == 2, scored.output
    assert "2 dari 2 klaim terbukti; skor Brier 0,04" in scored.output
    assert "No claim is due" in run(home, "insight", "score", today="2026-11-21").output
    linked = run(home, "insight", "link", "reels-akan-mengangkat-tayangan", "reels-dulu")
    assert linked.exit_code == 0
    told = tomllib.loads(run(home, "insight", "export").output)["insight"]
    assert [i["outcome"] for i in told] == ["true", "true"]
    assert told[0]["strategy"] == "reels-dulu"
    assert told[0]["scope"] == {"platforms": ["tiktok"]}


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        (("--period", "2026-08"), "no claim"),
        (("--odds", "30%"), "50 to 100"),
        (("--odds", "surely"), "no share"),
        (("--below", "+5%"), "one line"),
        (("--above", "90.000"), "one line"),
        (("--metric", "viewz"), "no metric"),
    ],
)
def test_what_is_no_claim_is_refused_with_the_reason(
    home: Path, wrong: tuple[str, str], word: str
) -> None:
    refused = run(home, *CLAIM, *wrong)
    assert isinstance(refused.exception, TolokError)
    message = refused.exception.message.say("en", **refused.exception.data)
    assert word in message, message


def test_an_activity_says_what_it_is_to_bring_and_afterwards_what_it_brought(home: Path) -> None:
    alone = run(home, *PLAN, "--cost", "3.000.000")
    assert "Each is to cost IDR" in alone.output, alone.output
    assert "every IDR 1M spent is to bring" in alone.output.replace("\xa0", " ")
    assert "Nothing untouched" in alone.output
    late = run(home, *PLAN, "--compare", "youtube", language="id", today="2026-09-20")
    assert "sudah berjalan" in late.output
    assert "over: score it" in run(home, "activity", "list", today="2026-10-20").output
    scored = run(home, "activity", "score", language="id", today="2026-10-20")
    assert scored.exit_code == 0, scored.output
    assert "tidak dapat dipastikan" in scored.output
    assert "Tidak ada pembanding" in scored.output
    assert "waiting" in run(home, "activity", "score", today="2026-10-20").output
    assert run(home, "activity", "learn", "kopi-gratis", "pagi lebih baik").exit_code == 0
    assert "learned: pagi lebih baik" in run(home, "activity", "list").output


def test_claims_and_activities_go_out_and_in_byte_for_byte(home: Path, tmp_path: Path) -> None:
    run(home, *CLAIM)
    run(home, *PLAN, "--compare", "youtube", "--cost", "3000000")
    fresh = tmp_path / "fresh"
    Home(fresh).workspace().save_brand(BrandProfile(BRAND, "Kopi Serambi"))
    for kind in ("insight", "activity"):
        out = run(home, kind, "export").output
        (tmp_path / "file.toml").write_text(out, encoding="utf-8")
        taken = run(fresh, kind, "import", str(tmp_path / "file.toml"))
        assert taken.exit_code == 0, taken.output
        assert run(fresh, kind, "export").output == out
        (tmp_path / "file.toml").write_text(f'[[{kind}]]\n{kind} = "x"\n', encoding="utf-8")
        lacking = run(fresh, kind, "import", str(tmp_path / "file.toml"))
        assert isinstance(lacking.exception, TolokError)
        assert "metric" in lacking.exception.data["why"]
        unknown = run(fresh, kind, *(("link",) if kind == "insight" else ("learn",)), "none", "x")
        assert isinstance(unknown.exception, TolokError)
