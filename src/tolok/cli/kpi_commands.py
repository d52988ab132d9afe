"""`tolok kpi`: list, show, add, change, retire, bring in and give out KPIs."""

from __future__ import annotations

import getpass
import json
import sys
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import click
from rich.text import Text as Line

from tolok.base import BrandProfile, Language, Locale, PlatformFacts, Text, UserError, slug_of
from tolok.kpi import (
    LIFE_NAMES,
    Judgement,
    Kpi,
    change_kpi,
    checks_of,
    dump_kpis,
    examine_kpi,
    export_pack,
    import_pack,
    judge,
    judge_all,
    keep_kpis,
    kpis_as_of,
    name_group,
    parse_kpis,
    read_kpis,
    read_pack,
    read_sentence,
    read_target,
    roll_up,
    survey_world,
    tell_story,
    versions_of,
)
from tolok.lake import LakeView

from .doctor_commands import print_diagnosis
from .help import Group
from .scorecard_commands import VERDICT_SIGNS, VERDICT_STYLES
from .state import State, brand_option, pass_state, today_of
from .tables import Column, print_with_reasons
from .terminal import GOOD, QUIET, console

NONE_YET = Text("{brand} has no KPIs yet.", "{brand} belum punya KPI.")
BEGIN = Text("Begin with `tolok goal`, or say one: `tolok kpi add \"…\"`.",
             "Mulai dengan `tolok goal`, atau tulis satu: `tolok kpi add \"…\"`.")  # fmt: skip
SAVED = Text("{count} written, {fresh} new versions.", "{count} ditulis, {fresh} versi baru.")
NOT_SAVED = Text("Not kept: mend what must be mended, or add --draft to keep it as a draft.",
                 "Belum disimpan: perbaiki yang wajib, atau tambahkan --draft untuk menyimpannya "
                 "sebagai draf.")  # fmt: skip


@click.group("kpi", cls=Group, epilog="Examples:\n\n\b\n  tolok kpi list\n  tolok kpi add \"naikkan engagement "
             "rate Instagram 10% dalam 6 bulan, PJ Rani\"\n  tolok kpi show ig-engagement-rate\n"
             "  tolok kpi export > kpis.toml\n")  # fmt: skip
def kpi_command() -> None:
    """KPIs: metrics with a promise, judged honestly."""


@kpi_command.command("list")
@click.argument("brand", required=False)
@click.option("--all", "with_all", is_flag=True, help="Drafts and retired ones too.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="As they were written on a day.")
@click.option(
    "--by", type=click.Choice(["area", "goal", "owner", "stage"]), help="Put together by this."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_state
def list_command(
    state: State, brand: str | None, with_all: bool, as_of: datetime | None, by: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """List the KPIs with their verdicts."""
    profile = state.brand(brand)
    kpis = _kpis_on(state, profile, as_of)
    if not kpis:
        console().print(NONE_YET.say(state.language, brand=profile.name))
        console().print(BEGIN.say(state.language), style=QUIET)
        return
    engine = state.engine(profile)
    day = as_of.date() if as_of else engine.today
    judged = judge_all(kpis, engine, day, brand=profile.slug)
    if as_json:
        click.echo(json.dumps([judgement_as_data(j) for j in judged], ensure_ascii=False, indent=2))
        return
    if by:
        for group in roll_up(judged, by):
            console().print(Line(f"{VERDICT_SIGNS[group.state]} {name_group(by, group.name).say(state.language)}:",
                                 style=VERDICT_STYLES[group.state]), group.words.say(state.language))  # fmt: skip
        return
    _print_list(judged, state.language)
    for kpi in kpis:
        if with_all and kpi.state != "active":
            name = LIFE_NAMES[kpi.state].say(state.language)
            console().print(f"  {kpi.key}  {kpi.name} ({name})", style=QUIET)


def _kpis_on(state: State, profile: BrandProfile, as_of: datetime | None) -> tuple[Kpi, ...]:
    if as_of is None:
        return read_kpis(state.workspace.kpi_file(profile.slug))
    end = datetime.combine(as_of.date() + timedelta(days=1), time())
    return kpis_as_of(LakeView(state.lake()), profile.slug, end)


def _print_list(judged: list[Judgement], language: Language) -> None:
    rows = [
        (Line(f"{VERDICT_SIGNS[told.state]} {told.name.say(language)}",
              style=VERDICT_STYLES[told.state]), told.kpi.key, told.kpi.name)
        for told in judged
    ]  # fmt: skip
    columns = [Column(), Column(), Column(wraps=True)]
    print_with_reasons(console(), columns, rows, [j.say(language) for j in judged], named=2)


@kpi_command.command("show")
@click.argument("key")
@brand_option
@click.option("--story", is_flag=True, help="Tell how it went, from the first day.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_state
def show_command(state: State, key: str, brand: str | None, story: bool, as_json: bool) -> None:
    """Show one KPI: verdict, odds with their track record, data, doctor, history."""
    profile = state.brand(brand)
    kpi = find_kpi(state, profile, key)
    engine = state.engine(profile)
    found = judge(kpi, engine, brand=profile.slug)
    if as_json:
        click.echo(json.dumps(judgement_as_data(found), ensure_ascii=False, indent=2))
        return
    out, language = console(), state.language
    out.print(Line(kpi.name, style="bold"), Line(f"  {kpi.key}", style=QUIET))
    style = VERDICT_STYLES[found.state]
    out.print(Line(f"{VERDICT_SIGNS[found.state]} {found.name.say(language)}", style=style),
              Line(found.say(language)))  # fmt: skip
    for words in (found.odds_words, found.track_record, found.signal_words, *found.notes):
        if words is not None:
            out.print("  " + words.say(language), soft_wrap=True)
    view = engine.view
    versions = versions_of(view, profile.slug, key)
    if story:
        out.print()
        for sentence in tell_story(found, versions, checks_of(view, profile.slug, key)):
            out.print(sentence.say(language), soft_wrap=True)
        return
    world = survey_world(
        read_kpis(state.workspace.kpi_file(profile.slug)), engine, brand=profile.slug
    )
    print_diagnosis(examine_kpi(kpi, world), language)
    for version in versions[1:]:
        when = Locale(language).format_date(version.at.date())
        out.print(f"  v{version.number}  {when}  {version.note or ''}", style=QUIET)


@kpi_command.command("add")
@click.argument("sentence")
@brand_option
@click.option("--owner", help="Who answers for it.")
@click.option("--goal", help="The goal it serves.")
@click.option("--draft", is_flag=True, help="Keep it as a draft even if it cannot be judged yet.")
@pass_state
def add_command(
    state: State, sentence: str, brand: str | None, owner: str | None, goal: str | None, draft: bool
) -> None:
    """Add a KPI written as a sentence, in English or Bahasa Indonesia; the doctor reads along."""
    profile = state.brand(brand)
    today = today_of(profile)
    kpi = read_sentence(sentence, today).kpi
    kpi = replace(
        kpi, owner=owner or kpi.owner, goal=goal or kpi.goal, rhythm=kpi.rhythm or "month"
    )
    standing = read_kpis(state.workspace.kpi_file(profile.slug))
    engine = state.engine(profile)
    kpi = _name_properly(kpi, sentence, engine.platforms, state.language)
    kpi = replace(kpi, key=_free_key(kpi.key, {k.key for k in standing}))
    world = survey_world((*standing, kpi), engine, brand=profile.slug)
    diagnosis = examine_kpi(kpi, world)
    console().print(dump_kpis([kpi]).strip(), style=QUIET, soft_wrap=True, markup=False)
    print_diagnosis(diagnosis, state.language)
    if (diagnosis.is_blocked and not draft) or not kpi.metric:
        console().print(NOT_SAVED.say(state.language))
        sys.exit(1)
    kpi = replace(kpi, state="draft" if draft else "active")
    fresh = change_kpi(state.workspace, state.lake(), profile.slug, kpi, by=person(), note=sentence)
    _say_saved(state, 1, len(fresh))


def _name_properly(kpi: Kpi, sentence: str, facts: PlatformFacts, language: Language) -> Kpi:
    """Name a KPI after its metric and platforms where its sentence gave it no name of its own."""
    metric = kpi.declared
    if metric is None or kpi.name != sentence.strip()[:80]:
        return kpi
    shown = [facts.names.get(p, p.title()) for p in kpi.platforms]
    name = " ".join([metric.name.say(language), *shown])
    return replace(kpi, name=name, key=slug_of(name) or kpi.key)


def _free_key(key: str, taken: set[str]) -> str:
    short = key[:40].strip("-")
    return next(
        k for n in range(1, 1000) if (k := short if n == 1 else f"{short}-{n}") not in taken
    )


@kpi_command.command("change")
@click.argument("key")
@brand_option
@click.option("--target", help='The value to reach: 12000, "6%", "+10%".')
@click.option("--due", type=click.DateTime(["%Y-%m-%d"]), help="The day it is judged for good.")
@click.option("--owner", help="Who answers for it.")
@click.option(
    "--state",
    "life",
    type=click.Choice(["draft", "active", "retired"]),
    help="Draft, at work, or retired.",
)
@click.option("--note", "-m", required=True, help="Why it is changed; kept with the version.")
@pass_state
def change_command(
    state: State, key: str, brand: str | None, target: str | None, due: datetime | None,
    owner: str | None, life: str | None, note: str,
) -> None:  # fmt: skip
    """Change a KPI: a new version, the old one stays readable."""
    profile = state.brand(brand)
    kpi = find_kpi(state, profile, key)
    changes: dict[str, Any] = {
        "target": read_target(target) if target else None, "due": due.date() if due else None,
        "owner": owner, "state": life,
    }  # fmt: skip
    kpi = replace(kpi, **{n: v for n, v in changes.items() if v is not None})
    fresh = change_kpi(state.workspace, state.lake(), profile.slug, kpi, by=person(), note=note)
    _say_saved(state, 1, len(fresh))


@kpi_command.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@brand_option
@pass_state
def import_command(state: State, file: Path, brand: str | None) -> None:
    """Bring in a KPI file or a whole pack (TOML)."""
    profile = state.brand(brand)
    text = read_pack(file)
    lake, path = state.lake(), state.workspace.kpi_file(profile.slug)
    if "tolok_kpi_pack" in text.split("[[", 1)[0]:
        taken = import_pack(state.workspace, lake, profile.slug, text)
        console().print(", ".join(f"{t}: {n}" for t, n in taken.items()), style=GOOD)
        return
    given = parse_kpis(text)
    merged = {k.key: k for k in read_kpis(path)} | {k.key: k for k in given}
    fresh = keep_kpis(
        state.workspace, lake, profile.slug, merged.values(), by=person(), note=file.name
    )
    _say_saved(state, len(given), len(fresh))


@kpi_command.command("export")
@click.argument("brand", required=False)
@click.option("--pack", is_flag=True, help="With versions, checks, reviews, claims and activities.")
@pass_state
def export_command(state: State, brand: str | None, pack: bool) -> None:
    """Give out the KPIs as TOML, to be read by any tool."""
    profile = state.brand(brand)
    if pack:
        click.echo(export_pack(state.workspace, state.lake(), profile.slug), nl=False)
        return
    click.echo(dump_kpis(read_kpis(state.workspace.kpi_file(profile.slug))), nl=False)


def find_kpi(state: State, profile: BrandProfile, key: str) -> Kpi:
    """Return the KPI with the key; raises UserError naming those there are."""
    kpis = read_kpis(state.workspace.kpi_file(profile.slug))
    found = next((k for k in kpis if k.key == key), None)
    if found is None:
        raise UserError(
            Text("There is no KPI “{key}”.", "Tidak ada KPI “{key}”."),
            Text("Known: {known}.", "Yang ada: {known}."),
            key=key, known=", ".join(k.key for k in kpis) or "–",
        )  # fmt: skip
    return found


def person() -> str:
    """Return who is at the keyboard, for the record."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "?"


def judgement_as_data(found: Judgement) -> dict[str, Any]:
    """Return a judgement as plain data for JSON."""
    kpi = found.kpi
    return {
        "key": kpi.key, "name": kpi.name, "metric": kpi.metric, "state": found.state,
        "reason": {"en": found.say("en"), "id": found.say("id")}, "value": found.value,
        "low": found.low, "high": found.high, "expected": found.expected, "target": found.target,
        "baseline": found.baseline.value if found.baseline else None, "progress": found.progress,
        "expected_progress": found.expected_progress, "odds": found.odds,
        "track_record": found.track_record.en if found.track_record else None,
        "as_of": found.as_of.isoformat() if found.as_of else None,
        "coverage": [found.coverage.have, found.coverage.expected] if found.coverage else None,
        "provisional_days": found.provisional_days, "currency": found.currency,
        "due": kpi.due.isoformat() if kpi.due else None, "owner": kpi.owner,
        "said_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }  # fmt: skip


def _say_saved(state: State, count: int, fresh: int) -> None:
    console().print(SAVED.say(state.language, count=count, fresh=fresh), style=GOOD)


COMMANDS = (kpi_command,)
