"""`tolok insight`: claims with a due date, scored against the data when due."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import click
from rich.text import Text as Line

from tolok.base import BrandProfile, Text, UserError, say_day, slug_of
from tolok.kpi import (
    OUTCOME_NAMES,
    Insight,
    dump_insights,
    insights_of,
    measure_accuracy,
    parse_insights,
    read_pack,
    read_target,
    record_insights,
    score_insight,
    write_scope,
)
from tolok.kpi.said import fill, say_share, say_value
from tolok.metrics import Scope, metric_of

from .help import Group
from .kpi_commands import person
from .state import State, brand_option, pass_state, today_of
from .terminal import BAD, GOOD, QUIET, WARN, console

LINE = Text("{metric} {side} {line} in {period}, claimed at {odds}, due {due}",
            "{metric} {side} {line} pada {period}, diklaim dengan keyakinan {odds}, tenggat {due}")  # fmt: skip
SIDES = {"above": Text("above", "di atas"), "below": Text("below", "di bawah")}
CAME = Text("{outcome}: {actual}", "{outcome}: {actual}")
WAITING = Text("waiting for its due date", "menunggu tenggatnya")
READY = Text("due: score it with `tolok insight score`", "sudah jatuh tempo: nilai dengan `tolok insight score`")  # fmt: skip
NONE_YET = Text("No claims yet. Make one with `tolok insight add \"…\"`.",
                "Belum ada klaim. Buat dengan `tolok insight add \"…\"`.")  # fmt: skip
NONE_DUE = Text("No claim is due.", "Belum ada klaim yang jatuh tempo.")
KEPT = Text("Claim “{key}” is kept; it is scored on {due}.",
            "Klaim “{key}” disimpan; dinilai pada {due}.")  # fmt: skip
LINKED = Text("“{key}” led to {strategy}.", "“{key}” melahirkan {strategy}.")
TAKEN = Text("{count} claims taken.", "{count} klaim diambil.")
STYLES = {"true": GOOD, "false": BAD, "cannot_say": WARN}


@click.group("insight", cls=Group, epilog="Examples:\n\n\b\n  tolok insight add \"Reels akan mengangkat tayangan\" "
             "--metric views --on instagram --above 120000 --period 2026-12 --odds 70%\n"
             "  tolok insight score\n  tolok insight list\n  tolok insight export > claims.toml\n")  # fmt: skip
def insight_command() -> None:
    """Insights: claims about coming figures, scored when they are due."""


@insight_command.command("list")
@click.argument("brand", required=False)
@pass_state
def list_command(state: State, brand: str | None) -> None:
    """List all claims, what came of them, and how often the team is right."""
    profile = state.brand(brand)
    known = insights_of(state.engine(profile).view, profile.slug)
    for insight in known:
        _print(insight, state, profile)
    out = console()
    if not known:
        out.print(NONE_YET.say(state.language), style=QUIET)
    elif any(i.outcome in ("true", "false") for i in known):
        out.print(measure_accuracy(known).words.say(state.language), style="bold")


@insight_command.command("add", epilog="Example:\n\n\b\n  tolok insight add \"Balasan melambat saat "
                         "Ramadan\" --metric first_response_median --above 45 --period 2027-02 --odds 75%\n")  # fmt: skip
@click.argument("claim")
@brand_option
@click.option("--metric", "-m", required=True, help="The metric it speaks of.")
@click.option("--above", help='It will be at or above this: 12000, "6%".')
@click.option("--below", help="It will be at or below this.")
@click.option("--period", "-p", required=True, help="The period it speaks of: 2026-12, 2027-Q1 …")
@click.option("--odds", default="70%", show_default=True, help="How surely, 50% to 100%.")
@click.option("--on", "platforms", multiple=True, help="Only on this platform (again for more).")
@click.option("--due", type=click.DateTime(["%Y-%m-%d"]),
              help="When it is scored.  [default: the day after the period]")  # fmt: skip
@click.option("--strategy", help="The strategy or experiment that comes of it.")
@pass_state
def add_command(
    state: State, claim: str, brand: str | None, metric: str, above: str | None, below: str | None,
    period: str, odds: str, platforms: tuple[str, ...], due: datetime | None, strategy: str | None,
) -> None:  # fmt: skip
    """Write down a claim about a coming figure: metric, period, side of a line, how surely."""
    profile = state.brand(brand)
    today = today_of(profile)
    span = profile.calendar.parse(period, today)
    insight = Insight(
        _free_key(claim, insights_of(state.engine(profile).view, profile.slug)), today, claim,
        metric_of(metric).key, span.key, "above" if above is not None else "below",
        _line_of(above, below), _share_of(odds), due.date() if due else span.end,
        scope=write_scope(Scope(None, platforms)), made_by=person(), strategy=strategy,
    )  # fmt: skip
    _refuse_hindsight(insight, today)
    record_insights(state.lake(), profile.slug, [insight])
    words = fill(KEPT, {"key": insight.insight, "due": say_day(insight.due)})
    console().print(words.say(state.language), style=GOOD)


@insight_command.command("score")
@click.argument("brand", required=False)
@pass_state
def score_command(state: State, brand: str | None) -> None:
    """Score every claim that is due against the data, and say how often the team is right."""
    profile = state.brand(brand)
    engine = state.engine(profile)
    known = insights_of(engine.view, profile.slug)
    scored = [score_insight(i, engine, brand=profile.slug) for i in known]
    fresh = [new for old, new in zip(known, scored, strict=True) if new != old]
    record_insights(state.lake(), profile.slug, fresh)
    out = console()
    for insight in fresh:
        _print(insight, state, profile)
    if not fresh:
        out.print(NONE_DUE.say(state.language), style=QUIET)
    if any(i.outcome in ("true", "false") for i in scored):
        out.print(measure_accuracy(scored).words.say(state.language), style="bold")


@insight_command.command("link")
@click.argument("key")
@click.argument("strategy")
@brand_option
@pass_state
def link_command(state: State, key: str, strategy: str, brand: str | None) -> None:
    """Say which strategy or experiment came of a claim."""
    profile = state.brand(brand)
    insight = _find(state, profile, key)
    record_insights(state.lake(), profile.slug, [replace(insight, strategy=strategy)])
    console().print(LINKED.say(state.language, key=key, strategy=strategy), style=GOOD)


@insight_command.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@brand_option
@pass_state
def import_command(state: State, file: Path, brand: str | None) -> None:
    """Bring in claims from a TOML file; of the same claim the file's wording wins."""
    profile = state.brand(brand)
    found = parse_insights(read_pack(file), today_of(profile))
    for insight in found:
        metric_of(insight.metric)
        profile.calendar.parse(insight.period, insight.day)
    record_insights(state.lake(), profile.slug, found)
    console().print(TAKEN.say(state.language, count=len(found)), style=GOOD)


@insight_command.command("export")
@click.argument("brand", required=False)
@pass_state
def export_command(state: State, brand: str | None) -> None:
    """Give out the claims as TOML, scored or not."""
    profile = state.brand(brand)
    click.echo(dump_insights(insights_of(state.engine(profile).view, profile.slug)), nl=False)


def _print(insight: Insight, state: State, profile: BrandProfile) -> None:
    out, language = console(), state.language
    metric = metric_of(insight.metric)
    out.print(Line(insight.claim, style="bold"), Line(insight.insight, style=QUIET))
    period = profile.calendar.parse(insight.period, insight.day)
    out.print("  " + fill(LINE, {
        "metric": metric.name, "side": SIDES[insight.side], "due": say_day(insight.due),
        "line": say_value(insight.line, metric.unit, profile.currency),
        "period": Text(period.label("en"), period.label("id")), "odds": say_share(insight.odds),
    }).say(language), soft_wrap=True)  # fmt: skip
    if insight.outcome is None:
        is_due = today_of(profile) >= insight.due
        out.print("  " + (READY if is_due else WAITING).say(language), style=WARN if is_due else QUIET)  # fmt: skip
        return
    actual: Text | str = insight.note or "–"
    if insight.actual is not None:
        actual = say_value(insight.actual, metric.unit, profile.currency)
    words = CAME.say(language, outcome=OUTCOME_NAMES[insight.outcome], actual=actual)
    out.print("  " + words, style=STYLES[insight.outcome], soft_wrap=True)


def _find(state: State, profile: BrandProfile, key: str) -> Insight:
    known = insights_of(state.engine(profile).view, profile.slug)
    found = next((i for i in known if i.insight == key), None)
    if found is None:
        raise UserError(
            Text("There is no claim “{key}”.", "Tidak ada klaim “{key}”."),
            Text("Known: {known}.", "Yang ada: {known}."),
            key=key, known=", ".join(i.insight for i in known) or "–",
        )  # fmt: skip
    return found


def _free_key(claim: str, known: list[Insight]) -> str:
    taken, short = {i.insight for i in known}, slug_of(claim)[:40].strip("-") or "claim"
    return next(k for n in range(1, 10_000) if (k := short if n == 1 else f"{short}-{n}") not in taken)  # fmt: skip


def _line_of(above: str | None, below: str | None) -> float:
    given = above if above is not None else below
    target = read_target(given) if given is not None and (above is None or below is None) else None
    if target is None or target.how != "value":
        raise UserError(
            Text("A claim names one line, above or below which the figure will lie.",
                 "Klaim menyebut satu nilai; angkanya akan di atas atau di bawahnya."),
            Text("Write --above 12000, or --below 6%.", "Tulis --above 12000, atau --below 6%."),
        )  # fmt: skip
    return target.amount


def _share_of(odds: str) -> float:
    found = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*(%?)", odds.strip())
    if found is None:
        raise UserError(
            Text("“{odds}” is no share.", "“{odds}” bukan persentase."),
            Text("Write 70% or 0.7.", "Tulis 70% atau 0.7."), odds=odds,
        )  # fmt: skip
    number = float(found[1].replace(",", "."))
    return number / 100 if found[2] else number


def _refuse_hindsight(insight: Insight, today: date) -> None:
    if insight.due <= today:
        raise UserError(
            Text("This claim would be due on {due}: what is known already is no claim.",
                 "Klaim ini jatuh tempo {due}: yang sudah diketahui bukan klaim."),
            Text("Name a period that is still to end.", "Sebut periode yang belum berakhir."),
            due=insight.due.isoformat(),
        )  # fmt: skip


COMMANDS = (insight_command,)
