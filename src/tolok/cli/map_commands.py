"""`tolok map`: say once what the columns of your own spreadsheet mean; Tolok remembers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click
from rich.text import Text as Line

from tolok.base import Text, UserError
from tolok.connectors.reading import Sheet, read_file
from tolok.intake import ColumnRead, Mappings, SheetMapping, suggest_mapping
from tolok.lake import table_of

from .state import State, pass_state
from .tables import Column, lay_table
from .terminal import GOOD, QUIET, WARN, console

_PROPOSAL = Text("{file} would be read as “{table}”:", "{file} akan dibaca sebagai “{table}”:")
_UNREAD = Text("not read", "tidak dibaca")
_SAVE = Text("If this is right, run it again with --save; change a column with "
             "--column \"Header=column\", leave one out with --column \"Header=\".",
             "Bila sudah benar, jalankan lagi dengan --save; ubah kolom dengan "
             "--column \"Judul=kolom\", hilangkan dengan --column \"Judul=\".")  # fmt: skip
_SAVED = Text("Remembered in {path}. `tolok import {file}` now reads files with these columns.",
              "Diingat di {path}. `tolok import {file}` kini membaca berkas dengan kolom ini.")  # fmt: skip
_HEADS = (Text("column in the file", "kolom di berkas"), Text("first values", "nilai pertama"),
          Text("is read as", "dibaca sebagai"), Text("meaning", "arti"))  # fmt: skip


@click.command("map", epilog="Examples:\n\n\b\n  tolok map angka-tim.xlsx\n"
               "  tolok map angka-tim.xlsx --table account_days --platform instagram "
               "--account instagram:kopi --save\n"
               "  tolok map angka-tim.csv --column \"Tanggal=day\" --column \"Suka=likes\" --save\n")  # fmt: skip
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--table", help="Table its rows belong to.  [default: the one that fits best]")
@click.option("--sheet", default=1, show_default=True, help="Which sheet of a workbook.")
@click.option("--column", "columns", multiple=True, metavar="HEADER=COLUMN",
              help="What a column means; empty leaves it out (repeatable).")  # fmt: skip
@click.option("--platform", default="", help="Platform of all rows.")
@click.option("--account", help="Account of all rows, such as instagram:kopi.")
@click.option("--name", default="", help="Name to remember it by.")
@click.option("--save", "is_saved", is_flag=True, help="Remember it.")
@pass_state
def map_command(
    state: State, /, file: Path, table: str | None, sheet: int, columns: tuple[str, ...],
    platform: str, account: str | None, name: str, is_saved: bool,
) -> None:  # fmt: skip
    """Propose what the columns of your own spreadsheet mean, and remember it."""
    sheets = read_file(file)
    if not 1 <= sheet <= len(sheets):
        raise UserError(
            Text("{file} has {count} sheets.", "{file} punya {count} lembar."),
            Text("Choose one with --sheet.", "Pilih dengan --sheet."),
            file=file.name, count=len(sheets),
        )  # fmt: skip
    chosen = sheets[sheet - 1]
    mapping = suggest_mapping(chosen, table=table, name=name)
    mapping = replace(mapping, platform=platform, account=account,
                      columns=_corrected(mapping, chosen, columns))  # fmt: skip
    _print(state, file, chosen, mapping)
    out = console()
    if not is_saved:
        out.print(_SAVE.say(state.language), style=WARN)
        return
    path = Mappings(state.workspace.mappings_folder).save(mapping)
    out.print(_SAVED.say(state.language, path=path, file=file.name), style=GOOD, soft_wrap=True)


def _corrected(
    mapping: SheetMapping, sheet: Sheet, told: tuple[str, ...]
) -> tuple[ColumnRead, ...]:
    found = {c.header: c for c in mapping.columns}
    for pair in told:
        header, _, column = pair.partition("=")
        if header not in sheet.header:
            raise UserError(
                Text("The file has no column “{header}”.", "Berkas tidak punya kolom “{header}”."),
                Text("Its columns are: {known}.", "Kolomnya: {known}."),
                header=header, known=", ".join(sheet.header),
            )  # fmt: skip
        if not column:
            found.pop(header, None)
            continue
        declared = table_of(mapping.table).column(column)
        reads = {"int": "count", "float": "number", "money": "money", "date": "day",
                 "moment": "moment"}.get(declared.type, "text")  # fmt: skip
        found[header] = ColumnRead(header, column, reads)  # type: ignore[arg-type]
    return tuple(found.values())


def _print(state: State, file: Path, sheet: Sheet, mapping: SheetMapping) -> None:
    out, language = console(), state.language
    table = table_of(mapping.table)
    out.print(_PROPOSAL.say(language, file=file.name, table=table.name), style="bold")
    columns = [
        Column(head.say(language), wraps=number != 2, rank=(0, 2, 0, 1)[number])
        for number, head in enumerate(_HEADS)
    ]
    shown: list[tuple[str | Line, ...]] = []
    known = {c.header: c.column for c in mapping.columns}
    rows = sheet.head(3)
    for number, header in enumerate(sheet.header):
        values = ", ".join(str(r[number]) for r in rows if r[number] is not None)
        column = known.get(header)
        meaning = table.column(column).meaning.say(language) if column else ""
        shown.append((header, Line(values, style=QUIET),
                      column or Line(_UNREAD.say(language), style=QUIET),
                      Line(meaning, style=QUIET)))  # fmt: skip
    out.print(lay_table(columns, shown, out.width))


COMMANDS = (map_command,)
