"""`tolok doctor`: what is wrong with KPIs, letter by letter, and how to mend it."""

from __future__ import annotations

import json
import sys

import click
from rich.text import Text as Line

from tolok.base import Language, Text
from tolok.kpi import (
    LEVEL_NAMES,
    Diagnosis,
    dump_kpis,
    examine_all,
    examine_kpi,
    load_rules,
    read_kpis,
    read_sentence,
    survey_world,
)

from .state import State, pass_state, today_of
from .terminal import BAD, GOOD, QUIET, WARN, console

HEALTHY = Text("Nothing to mend.", "Tidak ada yang perlu diperbaiki.")
STYLES = {"stop": BAD, "warn": WARN, "hint": QUIET}


@click.command("doctor", epilog="Examples:\n\n\b\n  tolok doctor\n  tolok doctor --strict\n"
               "  tolok doctor --say \"grow followers\"\n  tolok doctor --rules\n")  # fmt: skip
@click.argument("brand", required=False)
@click.option("--say", "sentence", help="A KPI as a sentence, in English or Bahasa Indonesia.")
@click.option("--rules", is_flag=True, help="List what the doctor looks for.")
@click.option("--strict", is_flag=True, help="Exit code 1 when anything must be mended.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_state
def doctor_command(
    state: State, brand: str | None, sentence: str | None, rules: bool, strict: bool, as_json: bool
) -> None:
    """Examine KPIs: SMART letter by letter, and the mistakes teams make most."""
    if rules:
        for rule in load_rules().values():
            name = LEVEL_NAMES[rule.level].say(state.language)
            console().print(Line(f"{rule.key:22} {name}", style=STYLES[rule.level]))
        return
    profile = state.brand(brand)
    engine = state.engine(profile)
    kpis = read_kpis(state.workspace.kpi_file(profile.slug))
    if sentence is not None:
        kpi = read_sentence(sentence, today_of(profile)).kpi
        console().print(dump_kpis([kpi]).strip(), style=QUIET, soft_wrap=True, markup=False)
        world = survey_world((*kpis, kpi), engine, brand=profile.slug)
        diagnoses = [examine_kpi(kpi, world)]
    else:
        diagnoses = examine_all(kpis, survey_world(kpis, engine, brand=profile.slug))
    if as_json:
        click.echo(json.dumps([_as_data(d) for d in diagnoses], ensure_ascii=False, indent=2))
    else:
        for diagnosis in diagnoses:
            print_diagnosis(diagnosis, state.language, with_name=sentence is None)
    if strict and any(d.is_blocked for d in diagnoses):
        sys.exit(1)


def print_diagnosis(diagnosis: Diagnosis, language: Language, *, with_name: bool = False) -> None:
    """Print a diagnosis: the letters of SMART, then each finding with how to mend it."""
    out = console()
    line = Line()
    for letter in diagnosis.letters:
        sign = "✓" if letter.holds else "✗"
        line.append(f"{letter.letter} {sign}  ", style=GOOD if letter.holds else WARN)
    if with_name:
        line.append(f"{diagnosis.kpi.name} ({diagnosis.kpi.key})", style="bold")
    out.print(line)
    for finding in diagnosis.findings:
        out.print(Line("  • ", style=STYLES[finding.level]), Line(finding.message.say(language)),
                  sep="", soft_wrap=True)  # fmt: skip
        out.print(Line(f"    → {finding.mend.say(language)}", style=QUIET), soft_wrap=True)
    if not diagnosis.findings:
        out.print("  " + HEALTHY.say(language), style=QUIET)


def _as_data(diagnosis: Diagnosis) -> dict[str, object]:
    return {
        "key": diagnosis.kpi.key,
        "smart": {x.letter: x.holds for x in diagnosis.letters},
        "blocked": diagnosis.is_blocked,
        "findings": [
            {"code": f.code, "level": f.level, "letter": f.letter,
             "message": {"en": f.message.en, "id": f.message.id},
             "mend": {"en": f.mend.en, "id": f.mend.id}}
            for f in diagnosis.findings
        ],
    }  # fmt: skip


COMMANDS = (doctor_command,)
