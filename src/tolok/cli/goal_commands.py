"""`tolok goal`: from a business goal or a starter kit to fitting KPIs."""

from __future__ import annotations

from dataclasses import replace

import click
from rich.text import Text as Line

from tolok.base import Text
from tolok.kpi import find_connected, goals, keep_kpis, kits, propose, read_kpis

from .state import State, brand_option, pass_state, today_of
from .terminal import GOOD, QUIET, WARN, console

GOALS = Text("Goals", "Tujuan")
KITS = Text("Starter kits", "Paket awal")
TAKE = Text("Take them with --take; drafts become active with `tolok kpi change KEY --state active`.",
            "Ambil dengan --take; draf menjadi aktif dengan `tolok kpi change KUNCI --state "
            "active`.")  # fmt: skip
TAKEN = Text("{count} KPIs taken, {drafts} of them as drafts since there is no data for them yet.",
             "{count} KPI diambil, {drafts} di antaranya draf karena belum ada datanya.")  # fmt: skip


@click.command("goal", epilog="Examples:\n\n\b\n  tolok goal\n  tolok goal sales\n"
               "  tolok goal worked-example --take --owner Rani\n")  # fmt: skip
@click.argument("wish", required=False)
@brand_option
@click.option("--owner", help="Who answers for them.")
@click.option("--take", is_flag=True, help="Take the proposals as KPIs.")
@pass_state
def goal_command(
    state: State, wish: str | None, brand: str | None, owner: str | None, take: bool
) -> None:
    """Propose KPIs for a goal (awareness, sales …) or a starter kit."""
    out, language = console(), state.language
    if wish is None:
        for title, known in ((GOALS, goals()), (KITS, kits())):
            out.print(title.say(language), style="bold")
            for key, name in known.items():
                out.print(f"  {key:16} {name.say(language)}")
        return
    profile = state.brand(brand)
    language = state.language
    engine = state.engine(profile)
    connected = sorted(find_connected(engine.view, profile.slug))
    found = propose(wish, today_of(profile), platforms=connected, facts=engine.platforms,
                    language=language, owner=owner, engine=engine, brand=profile.slug)  # fmt: skip
    for proposal in found:
        kpi = proposal.kpi
        out.print(Line(kpi.name, style="bold"), Line(kpi.target.say().say(language) if kpi.target else ""),
                  Line(f"{kpi.start} … {kpi.due}", style=QUIET))  # fmt: skip
        out.print("  " + proposal.why.say(language), soft_wrap=True)
        if proposal.formula is not None:
            out.print("  = " + proposal.formula.say(language), style=QUIET, soft_wrap=True)
        if proposal.lacks is not None:
            out.print("  ! " + proposal.lacks.say(language), style=WARN)
    if not take:
        out.print(TAKE.say(language), style=QUIET)
        return
    standing = read_kpis(state.workspace.kpi_file(profile.slug))
    known_keys = {k.key for k in standing}
    fresh = [replace(p.kpi, state="draft" if p.lacks else "active") for p in found
             if p.kpi.key not in known_keys]  # fmt: skip
    keep_kpis(state.workspace, state.lake(), profile.slug, (*standing, *fresh), by=owner, note=wish)
    drafts = sum(k.state == "draft" for k in fresh)
    out.print(TAKEN.say(language, count=len(fresh), drafts=drafts), style=GOOD)


COMMANDS = (goal_command,)
