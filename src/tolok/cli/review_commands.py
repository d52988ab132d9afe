"""`tolok review`: the big look at every KPI, once or twice a year: keep, change or retire."""

from __future__ import annotations

import click
from rich.text import Text as Line

from tolok.base import Text
from tolok.kpi import (
    REVIEW_NAMES,
    Evidence,
    change_kpi,
    make_review,
    read_kpis,
    record_review,
    survey_world,
)

from .kpi_commands import find_kpi, person
from .scorecard_commands import VERDICT_SIGNS, VERDICT_STYLES
from .state import State, pass_state, today_of
from .terminal import GOOD, QUIET, console

TITLE = Text("Review of {period}", "Tinjauan {period}")
SUGGESTED = Text("suggested: {verdict}. {why}", "saran: {verdict}. {why}")
HOW = Text("Decide with `tolok review --kpi KEY --verdict keep|change|retire --note …`.",
           "Putuskan dengan `tolok review --kpi KUNCI --verdict keep|change|retire --note …`.")  # fmt: skip
DONE = Text("Recorded for {kpi}: {verdict}.", "Dicatat untuk {kpi}: {verdict}.")


@click.command("review", epilog="Examples:\n\n\b\n  tolok review --period 2026-H1\n  tolok review "
               "--period 2026-H1 --kpi ig-shares --verdict retire --note \"mengubah apa pun tidak\"\n")  # fmt: skip
@click.argument("brand", required=False)
@click.option("--period", "-p", help="2026-H1 or 2026.  [default: the last half-year]")
@click.option("--kpi", "key", help="The KPI to decide about.")
@click.option("--verdict", type=click.Choice(list(REVIEW_NAMES)), help="What is decided about it.")
@click.option("--note", "-m", help="What was said.")
@pass_state
def review_command(
    state: State, brand: str | None, period: str | None, key: str | None, verdict: str | None,
    note: str | None,
) -> None:  # fmt: skip
    """Print the review pack with evidence per KPI, or record a verdict."""
    profile = state.brand(brand)
    engine, today = state.engine(profile), today_of(profile)
    calendar = profile.calendar
    span = (calendar.parse(period, today) if period
            else calendar.previous(calendar.period_of(today, "half")))  # fmt: skip
    path = state.workspace.kpi_file(profile.slug)
    kpis = read_kpis(path) if key is None else (find_kpi(state, profile, key),)
    world = survey_world(read_kpis(path), engine, brand=profile.slug)
    pack = make_review(kpis, engine, brand=profile.slug, period=span, world=world)
    out, language = console(), state.language
    out.print(Line(TITLE.say(language, period=span.label(language)), style="bold underline"))
    for evidence in pack.evidence:
        _print_evidence(evidence, state)
    if verdict is None or key is None:
        out.print(HOW.say(language), style=QUIET)
        return
    for evidence in pack.evidence:
        _, kpi = record_review(state.lake(), profile.slug, evidence, review=span.key,
                               verdict=verdict, day=today, note=note, by=person())  # fmt: skip
        if kpi.state == "retired":
            change_kpi(state.workspace, state.lake(), profile.slug, kpi, by=person(), note=note)
        out.print(DONE.say(language, kpi=kpi.key, verdict=REVIEW_NAMES[verdict]), style=GOOD)


def _print_evidence(evidence: Evidence, state: State) -> None:
    out, language, found = console(), state.language, evidence.judgement
    out.print()
    out.print(Line(evidence.kpi.name, style="bold"), Line(evidence.kpi.key, style=QUIET))
    out.print(Line(f"{VERDICT_SIGNS[found.state]} {found.name.say(language)}",
                   style=VERDICT_STYLES[found.state]), Line(found.say(language)))  # fmt: skip
    for words in evidence.words:
        out.print("  " + words.say(language), style=QUIET)
    for finding in evidence.findings:
        out.print("  • " + finding.message.say(language), style=QUIET, soft_wrap=True)
    out.print("  " + SUGGESTED.say(language, verdict=REVIEW_NAMES[evidence.suggestion],
                                   why=evidence.why), soft_wrap=True)  # fmt: skip


COMMANDS = (review_command,)
