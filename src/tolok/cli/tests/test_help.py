"""Help: at once, whole, and in the reader's language."""

from __future__ import annotations

import gettext
import importlib
import inspect
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tolok.cli.help import LOCALE
from tolok.cli.main import tolok_command
from tolok.cli.overview import COMMANDS, SECTIONS

CATALOGUE = LOCALE / "id/LC_MESSAGES/tolok.mo"
HEAVY = ("duckdb", "ibis", "numpy", "pyarrow", "scipy", "django")


def commands() -> Iterator[tuple[list[str], click.Command]]:
    """Every command there is, with the words that call it."""
    waiting: list[tuple[list[str], click.Command]] = [([], tolok_command)]
    while waiting:
        words, command = waiting.pop()
        yield words, command
        if isinstance(command, click.Group):
            context = click.Context(command)
            for name in command.list_commands(context):
                below = command.get_command(context, name)
                assert below is not None, name
                waiting.append(([*words, name], below))


def sayings(command: click.Command) -> Iterator[str]:
    """Every sentence a command says of itself, as it is looked up."""
    for text in (command.help or "", *filter(None, [command.epilog])):
        yield from (
            p for p in inspect.cleandoc(text).split("\n\n") if not p.startswith(("\b", "  "))
        )
    yield from (p.help or "" for p in command.params if isinstance(p, click.Option))


def translations() -> dict[str, str]:
    """The translated sentences, by the English; of a plural the singular."""
    with CATALOGUE.open("rb") as file:
        told = dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]
    return {k[0] if isinstance(k, tuple) else k: v for k, v in told.items() if k}


def say(*words: str, language: str = "id") -> str:
    return (
        CliRunner(env={"COLUMNS": "90"})
        .invoke(tolok_command, ["--language", language, *words])
        .output
    )


def test_every_command_and_option_says_what_it_is_for_in_both_languages() -> None:
    known = translations()
    for words, command in commands():
        for text in sayings(command):
            assert text, (words, [p.opts for p in command.params if not getattr(p, "help", "-")])
            if not text.startswith("2026-"):  # only examples of periods
                assert text in known, (words, text)


def test_no_sentence_is_translated_that_nobody_says() -> None:
    said = {text for _, command in commands() for text in sayings(command)}
    click_says = "".join(p.read_text() for p in Path(click.__file__).parent.glob("*.py"))
    holes = {h for words, c in commands() for h in re.findall(r"\b[A-Z]{2,}\b", holes_of(words, c))}
    for text in translations():
        source = text.replace("\n", "\\n").replace("\t", "\\t")
        assert (
            text in said or text in holes or text == "YYYY-MM-DD" or f'"{source}"' in click_says
        ), text


def holes_of(words: list[str], command: click.Command) -> str:
    context = click.Context(command, info_name=" ".join(words))
    records = [p.get_help_record(context) for p in command.params]
    return " ".join([*command.collect_usage_pieces(context), *(r[0] for r in records if r)])


def test_the_overview_names_every_command_where_it_is() -> None:
    here = Path(inspect.getfile(importlib.import_module("tolok.cli.main"))).parent
    for path in here.glob("*_commands.py"):
        module = importlib.import_module(f"tolok.cli.{path.stem}")
        assert {c.name for c in module.COMMANDS} == {
            n for n, a in COMMANDS.items() if a.module == path.stem
        }
    assert all(a.module for a in COMMANDS.values())


@pytest.mark.parametrize("words", [["--help"], ["--version"], [], ["nonsense"]])
def test_help_loads_nothing_of_what_commands_stand_on(words: list[str]) -> None:
    told = f"import sys; from tolok.cli.main import main\ntry: main({words!r})\nfinally: print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


@pytest.mark.parametrize("group", ["kpi", "insight", "activity"])
@pytest.mark.parametrize("language", ["en", "id"])
def test_what_the_commands_of_a_group_do_is_told_in_whole_sentences(
    group: str, language: str
) -> None:
    said = say(group, "--help", language=language)
    assert not re.search(r"\w\.\.\.(\s|$)", said.partition("\n\n")[2]), said


def test_the_language_is_the_one_asked_for_before_the_command() -> None:
    assert "Angka yang benar dulu." in say("--help")
    assert "The right number first." in say("--help", language="en")
    told = SECTIONS.keys()
    assert all(f"{t.id}:" in say("--help") for t in told)
    run = [sys.executable, "-m", "tolok.cli.main"]
    for words, env in ((["--help"], {"TOLOK_LANGUAGE": "id"}), (["--help"], {"LANG": "id_ID.UTF-8"}),
                       (["--home", "/nowhere", "--language=id", "report", "--help"], {"LANG": "C"})):  # fmt: skip
        clean = {k: v for k, v in os.environ.items() if k not in ("LANGUAGE", "LC_ALL")}
        done = subprocess.run(
            [*run, *words], env=clean | env, capture_output=True, text=True, check=True
        )
        assert done.stdout.startswith("Pemakaian: "), (words, env)
    # A report's own language says nothing of the reader's.
    done = subprocess.run([*run, "report", "--language", "id", "--help"], env=clean | {"LANG": "C"},
                          capture_output=True, text=True, check=True)  # fmt: skip
    assert done.stdout.startswith("Usage: ")


def test_a_mistake_of_usage_is_said_in_the_language() -> None:
    assert "Tidak ada perintah 'nonsense'." in say("nonsense")
    assert "Kurang argumen" in say("import")
    assert "Tidak ada opsi '--foo'." in say("scorecard", "--foo")
    assert "bukan salah satu dari 'pdf'" in say("report", "--format", "docx")
    assert "wajib" in say("insight", "add", "--help")
