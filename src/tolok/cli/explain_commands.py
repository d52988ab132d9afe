"""`tolok explain`: a figure down to its rows and files."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import click
from rich.table import Table
from rich.text import Text as Line

from tolok.base import Language, Locale, Text
from tolok.kpi import Explanation, explain_figure
from tolok.lake import name_column, name_value, table_of, write_cell
from tolok.metrics import BASIS_NAMES, Engine, Scope

from .state import State, pass_state
from .tables import Column, lay_table
from .terminal import QUIET, console, write_figure, write_note

_COVERED = Text("{have} of {expected} {what}", "{have} dari {expected} {what}")
_WHAT = {"days": Text("days of data", "hari data"), "posts": Text("posts", "unggahan"),
         "rows": Text("rows", "baris")}  # fmt: skip
_PARTS = {
    "formula": Text("Formula", "Rumus"), "basis": Text("Basis", "Dasar hitung"),
    "coverage": Text("Coverage", "Kelengkapan data"), "seen": Text("Last observed", "Terakhir diamati"),
    "note": Text("Note", "Catatan"),
}  # fmt: skip
_ITEMS = Text("The {shown} heaviest of {all} rows", "{shown} baris terbesar dari {all}")
_FILES = Text("Read from", "Dibaca dari")
_LONGEST = 60  # of a caption
_LINES = Text("{rows} rows, lines {first}–{last}", "{rows} baris, baris berkas {first}–{last}")


@click.command("explain", epilog="Examples:\n\n\b\n"
               "  tolok explain kopi-serambi engagement_rate_by_reach 2026-10\n"
               "  tolok explain kopi-serambi reach 2026-10-31 --platform instagram\n")  # fmt: skip
@click.argument("brand")
@click.argument("metric")
@click.argument("period")
@click.option("--platform", "platforms", multiple=True, help="Only this platform (repeatable).")
@click.option("--account", "accounts", multiple=True, help="Only this account (repeatable).")
@click.option("--most", default=10, show_default=True, help="How many rows to show.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_state
def explain_command(
    state: State, brand: str, metric: str, period: str, platforms: tuple[str, ...],
    accounts: tuple[str, ...], most: int, as_json: bool,
) -> None:  # fmt: skip
    """Open a figure down to its formula, its heaviest rows and the files they came from."""
    profile = state.brand(brand)
    engine = state.engine(profile)
    scope = Scope(profile.slug, platforms=platforms, accounts=accounts)
    span = state.period(period, profile, engine)
    told = explain_figure(engine, metric, span, scope, most=most)
    if as_json:
        click.echo(json.dumps(_as_data(told), ensure_ascii=False, indent=2, default=str))
        return
    _print(state, told, engine)


def _print(state: State, told: Explanation, engine: Engine) -> None:
    out, language, locale = console(), state.language, Locale(state.language)
    figure = told.figure
    out.print(Line(told.metric.name.say(language), style="bold"),
              Line(f"  {figure.period.label(language)}  "),
              Line(write_figure(figure, told.metric, locale), style="bold cyan"))  # fmt: skip
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    parts = {"formula": told.metric.formula.say(language),
             "basis": BASIS_NAMES[told.metric.basis].say(language)}  # fmt: skip
    if figure.coverage is not None:
        parts["coverage"] = _COVERED.say(
            language, have=locale.format_number(figure.coverage.have),
            expected=locale.format_number(figure.coverage.expected),
            what=_WHAT[figure.coverage.what])  # fmt: skip
    if figure.observed_at is not None:
        parts["seen"] = locale.format_datetime(figure.observed_at, engine.calendar.timezone)
    parts["note"] = write_note(figure, language)
    for key, value in parts.items():
        if value:
            table.add_row(Line(_PARTS[key].say(language), style=QUIET), value)
    out.print(table)
    if told.items:
        out.print()
        out.print(_ITEMS.say(language, shown=len(told.items), all=told.item_count), style="bold")
        out.print(_items(told, engine, language, out.width))
    if told.files:
        out.print()
        out.print(_FILES.say(language), style="bold")
        for file in told.files:
            lines = _LINES.say(language, rows=file.rows, first=file.first_row, last=file.last_row)
            digest = f"  sha256:{file.file[:12]}" if file.file else ""
            out.print(f"  {file.file_name or file.source}", Line(f"  {lines}{digest}", style=QUIET))


def _items(told: Explanation, engine: Engine, language: Language, width: int) -> Table:
    """Return the rows with what names them and what was counted; the rest where there is room."""
    keep = [k for k in told.items[0] if k != "brand" and any(i[k] is not None for i in told.items)]
    table, locale = told.metric.table, Locale(language)
    must = {*table_of(table).natural_key, *told.metric.columns}
    columns = []
    for place, key in enumerate(keep):
        known = next(i[key] for i in told.items if i[key] is not None)
        is_number = isinstance(known, int | float | Decimal) and not isinstance(known, bool)
        rank = 0 if key in must else place + 1
        columns.append(Column(name_column(key, table).say(language), is_number=is_number,
                              wraps=isinstance(known, str), rank=rank))  # fmt: skip
    rows = [[_cell(key, item[key], engine, locale) for key in keep] for item in told.items]
    return lay_table(columns, rows, width)


def _cell(key: str, value: object, engine: Engine, locale: Locale) -> str:
    if isinstance(value, str):
        value = name_value(key, value, engine.platforms, locale.language)
    return write_cell(value, locale=locale, calendar=engine.calendar, most=_LONGEST)


def _as_data(told: Explanation) -> dict[str, Any]:
    figure = told.figure
    return {
        "metric": told.metric.key, "period": figure.period.key, "value": figure.value,
        "state": figure.state, "low": figure.low, "high": figure.high,
        "formula": told.metric.formula.en, "columns": list(told.columns),
        "coverage": [figure.coverage.have, figure.coverage.expected] if figure.coverage else None,
        "items": [dict(i) for i in told.items], "item_count": told.item_count,
        "files": [
            {"sha256": f.file, "name": f.file_name, "source": f.source, "rows": f.rows,
             "first_row": f.first_row, "last_row": f.last_row} for f in told.files
        ],
    }  # fmt: skip


COMMANDS = (explain_command,)
