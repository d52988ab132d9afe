"""The tolok command as a person uses it, on the sample brand's exports."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tolok.base import Calendar, Period, TolokError
from tolok.cli.main import tolok_command
from tolok.cli.terminal import sparkline
from tolok.lake import Lake, LakeView, load_tables
from tolok.metrics import Figure, rollup


def run(home: Path, *arguments: str, language: str = "en") -> Result:
    environment = {"TOLOK_HOME": str(home), "COLUMNS": "160", "TOLOK_TODAY": "2026-11-22"}
    return CliRunner(env=environment).invoke(
        tolok_command, ["--language", language, *arguments], catch_exceptions=True
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    result = run(folder, "demo", "--no-serve")
    assert result.exit_code == 0, result.output
    assert "0 refused" in result.output
    return folder


def truth_rows(table: str) -> list[dict[str, str]]:
    with as_file(files("tolok.sample") / "truth" / f"{table}.csv") as path:
        return list(csv.DictReader(path.open(encoding="utf-8", newline="")))


def truth_tables() -> list[str]:
    with as_file(files("tolok.sample") / "truth") as folder:
        return sorted(p.stem for p in folder.glob("*.csv"))


def read_as(value: str, kind: str) -> object:
    readers = {"int": int, "float": float, "money": Decimal, "date": date.fromisoformat,
               "moment": datetime.fromisoformat, "bool": lambda v: v.lower() == "true"}  # fmt: skip
    return readers.get(kind, str)(value)


def is_same(found: object, want: object) -> bool:
    """Equal to the last unit; only sums of floating seconds may differ in the twelfth digit."""
    if isinstance(found, float) and isinstance(want, float):
        return abs(found - want) <= 1e-12 * abs(want)
    return found == want


@pytest.mark.parametrize("table", truth_tables())
def test_every_imported_figure_equals_the_sample_s_truth_to_the_last_unit(
    table: str, home: Path
) -> None:
    declared = load_tables()[table]
    stored = LakeView(Lake(home / "workspaces/main/lake")).table(table).to_pyarrow().to_pylist()
    keys = [k for k in declared.natural_key if k != "brand"]
    found = {tuple(str(r[k] if r[k] is not None else "") for k in keys): r for r in stored}
    wrong: list[tuple[object, ...]] = []
    for row in truth_rows(table):
        name = tuple(row.get(k, "") or "" for k in keys)
        if name not in found:
            wrong.append((name, "is not in the lake"))
            continue
        for column, told in row.items():
            measure = declared.column(column).is_measure
            if measure and told != "":
                want = read_as(told, declared.column(column).type)
                if not is_same(found[name][column], want):
                    wrong.append((name, column, want, found[name][column]))
            elif measure and found[name][column] is not None:
                wrong.append((name, column, "should be unknown", found[name][column]))
    assert wrong[:5] == []


def test_importing_again_changes_nothing(home: Path) -> None:
    before = len(Lake(home / "workspaces/main/lake").catalogue.batches())
    result = run(home, "demo", "--no-serve", language="id")
    assert result.exit_code == 0
    assert "sudah pernah diimpor" in result.output
    assert len(Lake(home / "workspaces/main/lake").catalogue.batches()) == before


def test_the_scorecard_speaks_both_languages(home: Path) -> None:
    english = run(home, "scorecard", "--period", "2026-10").output
    indonesian = run(home, "scorecard", "--period", "2026-10", language="id").output
    assert "October 2026" in english
    assert "Engagement rate by reach" in english
    assert "Oktober 2026" in indonesian
    assert "Tingkat interaksi per jangkauan" in indonesian
    for word in ("compared", "Engagement", "provisional", "still", "before"):
        assert word not in indonesian


def test_the_scorecard_never_shows_one_number_for_people_over_days(home: Path) -> None:
    card = json.loads(run(home, "scorecard", "--period", "2026-10", "--json").output)
    lines = {(s["platform"], line["metric"]): line for s in card["sections"] for line in s["lines"]}
    reach = lines["instagram", "reach"]
    assert reach["value"] is None
    assert reach["state"] == "range"
    assert 0 < reach["low"] < reach["high"]


def test_json_and_csv_tell_the_same_figures(home: Path) -> None:
    card = json.loads(run(home, "scorecard", "--period", "2026-10", "--json").output)
    rows = list(
        csv.DictReader(io.StringIO(run(home, "scorecard", "-p", "2026-10", "--csv").output))
    )
    told = {(r["platform"], r["metric"]): r["value"] for r in rows}
    for section in card["sections"]:
        for line in section["lines"]:
            value = told[section["platform"] or "", line["metric"]]
            assert (float(value) if value else None) == line["value"]


def test_the_scorecard_equals_the_sample_s_hand_checked_figures(home: Path) -> None:
    with as_file(files("tolok.sample") / "truth" / "scorecard.json") as path:
        truth = json.loads(path.read_text(encoding="utf-8"))
    card = json.loads(run(home, "scorecard", "--period", "2026-10", "--json").output)
    lines = {(s["platform"], line["metric"]): line for s in card["sections"] for line in s["lines"]}
    assert truth  # the figures below are those a person can add up from the truth's rows
    days = [r for r in truth_rows("account_days") if r["day"].startswith("2026-10")]
    for platform in ("facebook", "instagram", "x"):
        mine = [r for r in days if r["account"].startswith(f"{platform}:") and r["interactions"]]
        assert lines[platform, "interactions"]["value"] == sum(int(r["interactions"]) for r in mine)
    followers = [r for r in days if r["account"].startswith("tiktok:") and r["followers"]]
    last = max(followers, key=lambda r: r["day"])
    assert lines["tiktok", "followers"]["value"] == int(last["followers"])


def test_explain_opens_a_figure_down_to_file_and_line(home: Path) -> None:
    result = run(home, "explain", "kopi-serambi", "engagement_rate_by_reach", "2026-10",
                 "--platform", "instagram", "--json")  # fmt: skip
    told = json.loads(result.output)
    assert told["files"]
    assert all(len(f["sha256"]) == 64 for f in told["files"])
    assert all(f["first_row"] >= 2 for f in told["files"])
    assert told["item_count"] >= len(told["items"]) > 0


@pytest.mark.parametrize("words", [["metrics", "reach"], ["metrics", "reach", "--json"],
                                   ["imports"], ["where"], ["--help"]])  # fmt: skip
def test_commands_that_only_look_end_well(words: Sequence[str], home: Path) -> None:
    assert run(home, *words).exit_code == 0


def test_check_gives_the_verdict_and_writes_nothing(tmp_path: Path) -> None:
    run(tmp_path, "init", "kopi-serambi")
    with as_file(files("tolok.sample") / "exports") as folder:
        result = run(tmp_path, "import", str(folder), "--check", "--json")
    verdicts = json.loads(result.output)
    assert {v["state"] for v in verdicts} == {"ready"}
    assert Lake(tmp_path / "workspaces/main/lake").catalogue.batches() == []


def test_an_import_can_be_undone(tmp_path: Path) -> None:
    run(tmp_path, "init", "kopi-serambi")
    with as_file(files("tolok.sample") / "exports") as folder:
        some = next(Path(folder).glob("instagram-*/*.csv"))
        assert (
            run(tmp_path, "import", str(some), "--account", "instagram:kopiserambi").exit_code == 0
        )
    assert run(tmp_path, "imports", "--undo", "1").exit_code == 0
    assert Lake(tmp_path / "workspaces/main/lake").catalogue.batches() == []


def test_a_table_that_could_be_several_exports_is_asked_about_and_taken_as_told(
    tmp_path: Path,
) -> None:
    merged, lake = tmp_path / "merged.csv", Lake(tmp_path / "workspaces/main/lake")
    merged.write_text("Date,Video views,Profile views,Total viewers,New viewers\n"
                      "2026-10-01,120,14,90,30\n2026-10-02,150,20,100,35\n")  # fmt: skip
    run(tmp_path, "init", "kopi-serambi")
    words = ("import", str(merged), "--account", "tiktok:kopiserambi")
    asked = {language: run(tmp_path, *words, language=language).output for language in ("en", "id")}
    assert (
        "New viewers) fit several exports alike: which is it? (answer with --kind)" in asked["en"]
    )
    assert "tiktok.viewers   TikTok viewers" in asked["en"]
    assert "tiktok.viewers   Penonton TikTok" in asked["id"]
    (part,) = json.loads(run(tmp_path, *words, "--check", "--json").output)[0]["parts"]
    assert (part["state"], part["questions"]) == ("asked", ["kind"])
    assert part["choices"] == {"kind": ["tiktok.overview", "tiktok.viewers", "none"]}
    wrong = run(tmp_path, *words, "--kind", "tiktok.oveview")
    assert "no export called tiktok.oveview" in str(wrong.exception)
    assert lake.catalogue.batches() == []
    assert run(tmp_path, *words, "--kind", "tiktok.viewers").exit_code == 0
    assert [b.source for b in lake.catalogue.batches()] == ["tiktok.viewers"]


def test_a_value_known_only_as_a_least_is_no_low_bar() -> None:
    def course(*said: tuple[str, float | None, float | None, float | None]) -> str:
        october = Period.parse("2026-10")
        return sparkline([Figure("views", october, value, state, low=low, high=high)  # type: ignore[arg-type]
                          for state, value, low, high in said])  # fmt: skip

    ten, twelve = ("exact", 10.0, None, None), ("about", 12.0, 11.0, 13.0)
    least, between = ("at_least", 3.0, 3.0, None), ("range", None, 2.0, 9.0)
    unknown = ("unknown", None, None, None)
    assert course(ten, twelve, least, between, unknown) == "▁█↑↕·"
    assert course(least, ("range", None, 2.0, None)) == "↑↑"
    assert course(ten, between, unknown) == "", "one value is no course"
    october = Period.parse("2026-10")
    whole = [Figure("views", october, value, "exact") for value in (10.0, 11.0, 20.0, 18.0)]
    assert sparkline(whole, (2,)) == "▁▁┊█▇", "counted otherwise from the third on"


def test_large_tables_get_their_rollups_with_the_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rollup, "MANY_ROWS", 1)
    run(tmp_path, "init", "kopi-serambi")
    with as_file(files("tolok.sample") / "exports") as folder:
        some = next(Path(folder).glob("instagram-*/*.csv"))
        run(tmp_path, "import", str(some), "--account", "instagram:kopiserambi")
    lake = Lake(tmp_path / "workspaces/main/lake")
    (table,) = {f.table for f in lake.catalogue.current_files()} & {"posts", "account_days"}
    assert rollup.find_months(LakeView(lake), table, Calendar()) is not None


def test_mistakes_end_in_one_sentence_that_says_what_to_do(tmp_path: Path) -> None:
    for words, hint in (
        (["scorecard"], "tolok init"),
        (["scorecard", "nobody"], "tolok init"),
        (["init", "../x/y", "--time-zone", "Mars/Olympus"], ""),
    ):
        result = run(tmp_path, *words)
        assert isinstance(result.exception, TolokError), result.output
        for language in ("en", "id"):
            assert hint in result.exception.say(language)  # type: ignore[arg-type]


def test_a_scorecard_begins_with_the_last_month_of_its_own_brand(tmp_path: Path) -> None:
    for brand, month in (("kopi-serambi", "2026-10"), ("teh-senja", "2026-08")):
        run(tmp_path, "init", brand)
        file = tmp_path / f"{brand}.csv"
        days = "\n".join(f",instagram:{brand},{month}-{d:02},instagram,10" for d in range(1, 31))
        file.write_text(
            f"tolok:account_days,account,day,platform,views\n{days}\n", encoding="utf-8"
        )
        done = run(tmp_path, "import", str(file), "--brand", brand)
        assert "1 imported" in done.output, done.output
    assert "October 2026" in run(tmp_path, "scorecard", "kopi-serambi").output
    assert "August 2026" in run(tmp_path, "scorecard", "teh-senja").output
