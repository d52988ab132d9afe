"""`tolok check`: what is due, what changed since the last time, and the decision."""

from __future__ import annotations

from datetime import UTC, datetime

import click
from rich.text import Text as Line

from tolok.base import BrandProfile, Locale, Text
from tolok.kpi import (
    DECISION_NAMES,
    Look,
    checks_of,
    find_due,
    last_check,
    look_at,
    make_feed,
    read_kpis,
    record_check,
)

from .kpi_commands import find_kpi, person
from .scorecard_commands import VERDICT_SIGNS, VERDICT_STYLES
from .state import State, brand_option, pass_state, today_of
from .terminal import GOOD, QUIET, WARN, console

DUE = Text("due since {day}", "jatuh tempo sejak {day}")
COMING = Text("next on {day}", "berikutnya {day}")
MISSED = Text("{count} earlier ones were not held", "{count} sebelumnya terlewat")
NOTHING = Text("No checks in sight: give KPIs a rhythm.", "Belum ada jadwal cek: beri KPI ritme.")
HOW = Text("Decide with `tolok check KEY --decision keep|act|adjust|stop --note …`.",
           "Putuskan dengan `tolok check KUNCI --decision keep|act|adjust|stop --note …`.")  # fmt: skip
DONE = Text("Recorded: {decision}.", "Dicatat: {decision}.")


@click.command("check", epilog="Examples:\n\n\b\n  tolok check\n  tolok check ig-engagement-rate\n"
               "  tolok check ig-engagement-rate --decision act --note \"lebih banyak reels\"\n"
               "  tolok check --feed > checks.ics\n")  # fmt: skip
@click.argument("key", required=False)
@brand_option
@click.option("--decision", type=click.Choice(list(DECISION_NAMES)), help="What the check ends in.")
@click.option("--note", "-m", help="Why, and what will be done.")
@click.option("--feed", is_flag=True, help="Print a calendar (ICS) of checks, due dates, reviews.")
@pass_state
def check_command(
    state: State, key: str | None, brand: str | None, decision: str | None, note: str | None,
    feed: bool,
) -> None:  # fmt: skip
    """List the checks that are due, or hold one and record its decision."""
    profile = state.brand(brand)
    if feed:
        kpis = read_kpis(state.workspace.kpi_file(profile.slug))
        stamp = datetime.now(UTC).replace(tzinfo=None)
        click.echo(make_feed(kpis, profile.calendar, today_of(profile), brand=profile.slug,
                             stamp=stamp, language=state.language), nl=False)  # fmt: skip
    elif key is None:
        _list_due(state, profile)
    else:
        _hold(state, profile, key, decision, note)


def _list_due(state: State, profile: BrandProfile) -> None:
    kpis = read_kpis(state.workspace.kpi_file(profile.slug))
    engine = state.engine(profile)
    held: dict[str, list] = {}
    for check in checks_of(engine.view, profile.slug):
        held.setdefault(check.kpi, []).append(check.day)
    found = find_due(kpis, held, profile.calendar, engine.today)
    out, locale = console(), Locale(state.language)
    for due in found:
        day = locale.format_date(due.due)
        words = (DUE if due.is_due else COMING).say(state.language, day=day)
        line = Line(f"{due.kpi.key:28} ", style="bold" if due.is_due else "")
        line.append(words, style=WARN if due.is_due else QUIET)
        if due.is_due and due.missed:
            line.append(" · " + MISSED.say(state.language, count=due.missed), style=QUIET)
        out.print(line)
    out.print((HOW if found else NOTHING).say(state.language), style=QUIET)


def _hold(
    state: State, profile: BrandProfile, key: str, decision: str | None, note: str | None
) -> None:
    kpi = find_kpi(state, profile, key)
    engine = state.engine(profile)
    before = last_check(engine.view, profile.slug, key, engine.today)
    look = look_at(kpi, engine, brand=profile.slug, before=before)
    print_look(look, state)
    if decision is None:
        console().print(HOW.say(state.language), style=QUIET)
        return
    record_check(state.lake(), profile.slug, look, decision=decision, note=note, by=person(),
                 day=engine.today)  # fmt: skip
    words = DONE.say(state.language, decision=DECISION_NAMES[decision])
    console().print(words, style=GOOD)


def print_look(look: Look, state: State) -> None:
    """Print a KPI as a check shows it."""
    out, found, language = console(), look.judgement, state.language
    out.print(Line(look.kpi.name, style="bold"))
    out.print(Line(f"{VERDICT_SIGNS[found.state]} {found.name.say(language)}",
                   style=VERDICT_STYLES[found.state]), Line(found.say(language)))  # fmt: skip
    for words in (*look.changes, found.odds_words, found.track_record, found.signal_words):
        if words is not None:
            out.print("  " + words.say(language), soft_wrap=True)


COMMANDS = (check_command,)
