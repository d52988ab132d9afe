"""`tolok init`: make a brand."""

from __future__ import annotations

import click

from tolok.base import BrandProfile, Text, UserError, slug_of

from .state import State, pass_state
from .terminal import GOOD, console

_MADE = Text("Brand {name} ({slug}) is ready in {folder}.",
             "Merek {name} ({slug}) siap di {folder}.")  # fmt: skip
_NEXT = Text("Next: `tolok import FILE…` with exports of its platforms.",
             "Lanjut: `tolok import BERKAS…` dengan ekspor dari platformnya.")  # fmt: skip


@click.command("init", epilog="Examples:\n\n\b\n  tolok init kopi-serambi --name \"Kopi Serambi\"\n"
               "  tolok init acme --time-zone Europe/Berlin --currency EUR --brand-language en\n")  # fmt: skip
@click.argument("slug")
@click.option("--name", help="Shown name.  [default: the short one]")
@click.option("--time-zone", default="Asia/Jakarta", show_default=True, help="Its clock.")
@click.option("--currency", default="IDR", show_default=True, help="Currency of its money.")
@click.option("--week-start", default="monday", show_default=True, help="First day of a week.")
@click.option(
    "--fiscal-start-month",
    default=1,
    show_default=True,
    help="Month in which its fiscal year starts.",
)
@click.option("--brand-language", type=click.Choice(["id", "en"]), help="Language of its reports.")
@pass_state
def init_command(
    state: State, slug: str, name: str | None, time_zone: str, currency: str, week_start: str,
    fiscal_start_month: int, brand_language: str | None,
) -> None:  # fmt: skip
    """Make a brand: its short name, calendar, currency and language."""
    short = slug if slug == slug_of(slug) else slug_of(slug)
    if state.workspace.brand_file(short).exists():
        raise UserError(
            Text("There is a brand “{slug}” already.", "Sudah ada merek “{slug}”."),
            Text("Its settings are in {file}; change them there.",
                 "Pengaturannya ada di {file}; ubah di sana."),
            slug=short, file=state.workspace.brand_file(short),
        )  # fmt: skip
    profile = BrandProfile(
        short, name or slug, time_zone, currency.upper(), week_start.lower(), fiscal_start_month,
        brand_language or state.language,  # type: ignore[arg-type]
    )  # fmt: skip
    profile.calendar.today_of  # noqa: B018 - an unknown time zone is told before anything is written
    state.workspace.save_brand(profile)
    out = console()
    out.print(_MADE.say(state.language, name=profile.name, slug=short,
                        folder=state.workspace.folder), style=GOOD, soft_wrap=True)  # fmt: skip
    out.print(_NEXT.say(state.language))


COMMANDS = (init_command,)
