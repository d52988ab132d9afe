"""`tolok activity`: what is expected is written down before, and scored after."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import click
from rich.text import Text as Line

from tolok.base import BrandProfile, Text, UserError, say_day, slug_of
from tolok.kpi import (
    EFFECT_NAMES,
    Activity,
    activities_of,
    dump_activities,
    evaluate_activity,
    parse_activities,
    read_pack,
    read_target,
    record_activities,
    tell_expectation,
    write_scope,
)
from tolok.kpi.said import fill, say_change, say_last
from tolok.kpi.target import read_plain
from tolok.metrics import Scope, metric_of

from .help import Group
from .kpi_commands import find_kpi, person
from .state import State, brand_option, pass_state, today_of
from .terminal import BAD, GOOD, QUIET, WARN, console

SPAN = Text("{start} to {end}, {expected} on {metric} expected",
            "{start} sampai {end}, diharapkan {expected} pada {metric}")  # fmt: skip
EFFECT = Text("{verdict}: {effect} ({low} to {high})", "{verdict}: {effect} ({low} sampai {high})")
RUNNING = Text("still to end", "belum selesai")
OVER = Text("over: score it with `tolok activity score {key}`",
            "sudah selesai: nilai dengan `tolok activity score {key}`")  # fmt: skip
LEARNED = Text("learned: {learned}", "pelajaran: {learned}")
NONE_YET = Text("No activities yet. Plan one with `tolok activity add \"…\"`.",
                "Belum ada aktivitas. Rencanakan dengan `tolok activity add \"…\"`.")  # fmt: skip
NONE_OVER = Text(
    "No activity is waiting to be scored.", "Tidak ada aktivitas yang menunggu dinilai."
)
KEPT = Text("Activity “{key}” is kept; it can be scored from {day} on.",
            "Aktivitas “{key}” disimpan; bisa dinilai mulai {day}.")  # fmt: skip
LATE = Text("It has begun already: what was expected before can no longer be shown.",
            "Aktivitas ini sudah berjalan: harapan sebelumnya tidak bisa lagi dibuktikan.")  # fmt: skip
ALONE = Text("Nothing untouched to compare with: the effect will be “cannot tell”. Name a platform "
             "with --compare.",
             "Tidak ada pembanding yang tidak tersentuh: efeknya akan “tidak dapat dipastikan”. Sebut "
             "platform lain dengan --compare.")  # fmt: skip
NOTED = Text("Noted.", "Dicatat.")
TAKEN = Text("{count} activities taken.", "{count} aktivitas diambil.")
STYLES = {"lift": GOOD, "drop": BAD, "no_effect_seen": QUIET, "cannot_tell": WARN}


@click.group("activity", cls=Group, epilog="Examples:\n\n\b\n  tolok activity add \"Kopi gratis hari Senin\" --metric "
             "interactions --expected +20% --from 2026-11-02 --to 2026-11-29 --on instagram --compare "
             "tiktok --cost 3000000\n  tolok activity score\n  tolok activity learn kopi-gratis-hari-senin "
             "\"Reels pagi lebih baik\"\n  tolok activity export > activities.toml\n")  # fmt: skip
def activity_command() -> None:
    """Activities: what a team expects before, and what came of it after."""


@activity_command.command("list")
@click.argument("brand", required=False)
@pass_state
def list_command(state: State, brand: str | None) -> None:
    """List all activities with what was expected and what came of it."""
    profile = state.brand(brand)
    known = activities_of(state.engine(profile).view, profile.slug)
    for activity in known:
        _print(activity, state, profile)
    if not known:
        console().print(NONE_YET.say(state.language), style=QUIET)


@activity_command.command("add")
@click.argument("name")
@brand_option
@click.option("--metric", "-m", help="The metric it is to move.  [default: the KPI's]")
@click.option("--kpi", "key", help="The KPI it serves; its metric and scope are taken.")
@click.option("--expected", required=True, help='The wanted effect, such as "+20%" or "-10%".')
@click.option(
    "--from", "first", required=True, type=click.DateTime(["%Y-%m-%d"]), help="First day."
)
@click.option("--to", "last", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Last day.")
@click.option("--on", "platforms", multiple=True, help="Where it runs (again for more).")
@click.option("--compare", multiple=True, help="A platform it does not touch (again for more).")
@click.option("--cost", help="What it costs, in the brand's currency.")
@pass_state
def add_command(
    state: State, name: str, brand: str | None, metric: str | None, key: str | None, expected: str,
    first: datetime, last: datetime, platforms: tuple[str, ...], compare: tuple[str, ...],
    cost: str | None,
) -> None:  # fmt: skip
    """Plan an activity: the metric it is to move, by how much, when, and what it does not touch."""
    profile = state.brand(brand)
    engine = state.engine(profile)
    taken = {a.activity for a in activities_of(engine.view, profile.slug)}
    served = find_kpi(state, profile, key) if key else None
    scope = Scope(None, platforms)
    if served is not None and not platforms:
        scope = Scope(None, served.platforms, served.accounts, filters=dict(served.filters))
    paid = _read_cost(cost)
    activity = Activity(
        _free_key(name, taken), name, metric_of(metric or (served.metric if served else "")).key,
        first.date(), last.date() + timedelta(days=1), _read_share(expected),
        scope=write_scope(scope), control=write_scope(Scope(None, compare)) if compare else "",
        kpi=key, cost=paid, currency=profile.currency if paid is not None else None,
        made_by=person(),
    )  # fmt: skip
    record_activities(state.lake(), profile.slug, [activity])
    out, language = console(), state.language
    words = fill(KEPT, {"key": activity.activity, "day": say_day(activity.until)})
    out.print(words.say(language), style=GOOD)
    for text in tell_expectation(activity, engine, brand=profile.slug):
        out.print("  " + text.say(language), soft_wrap=True)
    if activity.start <= today_of(profile):
        out.print("  " + LATE.say(language), style=WARN, soft_wrap=True)
    if not compare:
        out.print("  " + ALONE.say(language), style=WARN, soft_wrap=True)


@activity_command.command("score")
@click.argument("key", required=False)
@brand_option
@pass_state
def score_command(state: State, key: str | None, brand: str | None) -> None:
    """Score the activities that are over, or one again, against what would have been."""
    profile = state.brand(brand)
    engine = state.engine(profile)
    known = activities_of(engine.view, profile.slug)
    if key is not None:
        chosen = [_find(known, key)]
    else:
        chosen = [a for a in known if a.until <= engine.today and a.verdict is None]
    out, language = console(), state.language
    if not chosen:
        out.print(NONE_OVER.say(language), style=QUIET)
    for activity in chosen:
        found = evaluate_activity(activity, engine, brand=profile.slug)
        record_activities(state.lake(), profile.slug, [found.activity])
        _print(found.activity, state, profile)
        for words in found.words:
            out.print("  " + words.say(language), soft_wrap=True)


@activity_command.command("learn")
@click.argument("key")
@click.argument("learned")
@brand_option
@pass_state
def learn_command(state: State, key: str, learned: str, brand: str | None) -> None:
    """Note what the team learned from an activity, or has still to learn."""
    profile = state.brand(brand)
    activity = _find(activities_of(state.engine(profile).view, profile.slug), key)
    record_activities(state.lake(), profile.slug, [replace(activity, learned=learned)])
    console().print(NOTED.say(state.language), style=GOOD)


@activity_command.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@brand_option
@pass_state
def import_command(state: State, file: Path, brand: str | None) -> None:
    """Bring in activities from a TOML file; of the same activity the file's wording wins."""
    profile = state.brand(brand)
    found = parse_activities(read_pack(file))
    for activity in found:
        metric_of(activity.metric)
    record_activities(state.lake(), profile.slug, found)
    console().print(TAKEN.say(state.language, count=len(found)), style=GOOD)


@activity_command.command("export")
@click.argument("brand", required=False)
@pass_state
def export_command(state: State, brand: str | None) -> None:
    """Give out the activities as TOML, scored or not."""
    profile = state.brand(brand)
    click.echo(dump_activities(activities_of(state.engine(profile).view, profile.slug)), nl=False)


def _print(activity: Activity, state: State, profile: BrandProfile) -> None:
    out, language = console(), state.language
    out.print(Line(activity.name, style="bold"), Line(activity.activity, style=QUIET))
    out.print("  " + fill(SPAN, {
        "start": say_day(activity.start), "end": say_last(activity.until),
        "expected": say_change(1 + activity.expected), "metric": metric_of(activity.metric).name,
    }).say(language), soft_wrap=True)  # fmt: skip
    if activity.verdict is None:
        is_over = activity.until <= today_of(profile)
        words = OVER.say(language, key=activity.activity) if is_over else RUNNING.say(language)
        out.print("  " + words, style=WARN if is_over else QUIET, soft_wrap=True)
    else:
        out.print("  " + _say_verdict(activity).say(language), style=STYLES[activity.verdict])
    if activity.learned:
        out.print("  " + LEARNED.say(language, learned=activity.learned), style=QUIET)


def _say_verdict(activity: Activity) -> Text:
    name = EFFECT_NAMES[activity.verdict or "cannot_tell"]
    if activity.effect is None or activity.verdict == "cannot_tell":
        return name
    said = {n: Text("?", "?") if v is None else say_change(1 + v)
            for n, v in (("effect", activity.effect), ("low", activity.low), ("high", activity.high))}  # fmt: skip
    return fill(EFFECT, {"verdict": name, **said})


def _find(known: list[Activity], key: str) -> Activity:
    found = next((a for a in known if a.activity == key), None)
    if found is None:
        raise UserError(
            Text("There is no activity “{key}”.", "Tidak ada aktivitas “{key}”."),
            Text("Known: {known}.", "Yang ada: {known}."),
            key=key, known=", ".join(a.activity for a in known) or "–",
        )  # fmt: skip
    return found


def _free_key(name: str, taken: set[str]) -> str:
    short = slug_of(name)[:40].strip("-") or "activity"
    return next(k for n in range(1, 10_000) if (k := short if n == 1 else f"{short}-{n}") not in taken)  # fmt: skip


def _read_share(expected: str) -> float:
    target = read_target(expected)
    if target.how == "ratio" and target.amount > -1 and target.amount != 0:
        return target.amount
    raise UserError(
        Text("“{expected}” is no expected effect.", "“{expected}” bukan efek yang diharapkan."),
        Text("Write it with a sign, as a share of what would have been: \"+20%\".",
             "Tulis dengan tanda, sebagai bagian dari yang mestinya terjadi: \"+20%\"."),
        expected=expected,
    )  # fmt: skip


def _read_cost(cost: str | None) -> Decimal | None:
    if cost is None:
        return None
    amount = read_plain(cost.strip())
    if amount is None:
        raise UserError(
            Text("“{cost}” is no amount of money.", "“{cost}” bukan jumlah uang."),
            Text("Write 3000000 or 3.000.000.", "Tulis 3000000 atau 3.000.000."), cost=cost,
        )  # fmt: skip
    return Decimal(str(amount))


COMMANDS = (activity_command,)
