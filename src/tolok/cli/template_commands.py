"""`tolok template`: an empty spreadsheet for any table of facts, ready to fill and import."""

from __future__ import annotations

from pathlib import Path

import click
from rich.text import Text as Line

from tolok.base import Text
from tolok.intake.templates import template_csv, write_template
from tolok.lake import load_tables

from .state import State, pass_state
from .tables import Column, lay_table
from .terminal import QUIET, console

_WRITTEN = Text("Written: {path}. Fill it and run `tolok import {path}`.",
                "Tertulis: {path}. Isi lalu jalankan `tolok import {path}`.")  # fmt: skip
_HINT = Text("`tolok template TABLE --xlsx` writes an empty spreadsheet",
             "`tolok template TABEL --xlsx` menulis lembar kosong")  # fmt: skip


@click.command("template", epilog="Examples:\n\n\b\n  tolok template\n"
               "  tolok template conversations --xlsx\n"
               "  tolok template costs --csv > costs.csv\n")  # fmt: skip
@click.argument("table", required=False)
@click.option("--csv", "as_csv", is_flag=True, help="Print the template as CSV.  [default]")
@click.option("--xlsx", "as_xlsx", is_flag=True, help="Write TABLE.xlsx into this folder.")
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False),
              help="Write to this file (.csv or .xlsx).")  # fmt: skip
@pass_state
def template_command(
    state: State, table: str | None, *, as_csv: bool, as_xlsx: bool, to: Path | None
) -> None:
    """Write an empty spreadsheet for a table of facts; without one, list the tables."""
    if table is None:
        _list_tables(state)
        return
    if to is None and as_xlsx and not as_csv:
        to = Path(f"{table}.xlsx")
    if to is None:
        click.echo(template_csv(table, state.language), nl=False)
        return
    path = write_template(table, to, state.language)
    console().print(Line(_WRITTEN.say(state.language, path=path.as_posix())))


def _list_tables(state: State) -> None:
    out = console()
    rows = [
        (Line(key, style="bold"), form.name.say(state.language),
         Line(form.meaning.say(state.language), style=QUIET))
        for key, form in load_tables().items()
    ]  # fmt: skip
    columns = [Column(), Column(wraps=True, rank=1), Column(wraps=True, least=44)]
    out.print(lay_table(columns, rows, out.width))
    out.print(_HINT.say(state.language), style=QUIET)


COMMANDS = (template_command,)
