"""`tolok explain`: a figure down to its rows and files."""

from __future__ import annotations

import json
from typing import Any

import click
from rich.table import Table
from rich.text import Text as Line

from tolok.base import Locale, Text
from tolok.kpi import Explanation, explain_figure
from tolok.metrics import BASIS_NAMES, Scope

from .state import State, pass_state
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
    _print(state, told)


def _print(state: State, told: Explanation) -> None:
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
        parts["seen"] = locale.format_datetime(figure.observed_at)
    parts["note"] = write_note(figure, language)
    for key, value in parts.items():
        if value:
            table.add_row(Line(_PARTS[key].say(language), style=QUIET), value)
    out.print(table)
    if told.items:
        out.print()
        out.print(_ITEMS.say(language, shown=len(told.items), all=told.item_count), style="bold")
        out.print(_items(told))
    if told.files:
        out.print()
        out.print(_FILES.say(language), style="bold")
        for file in told.files:
            lines = _LINES.say(language, rows=file.rows, first=file.first_row, last=file.last_row)
            digest = f"  sha256:{file.file[:12]}" if file.file else ""
            out.print(f"  {file.file_name or file.source}", Line(f"  {lines}{digest}", style=QUIET))


def _items(told: Explanation) -> Table:
    keep = [k for k in told.items[0] if k != "brand" and any(i[k] is not None for i in told.items)]
    table = Table(box=None, padding=(0, 2, 0, 0), header_style=QUIET)
    for key in keep:
        right = isinstance(next(i[key] for i in told.items if i[key] is not None), int | float)
        table.add_column(key, justify="right" if right else "left", overflow="ellipsis",
                         max_width=28, no_wrap=True)  # fmt: skip
    for item in told.items:
        table.add_row(*("" if item[k] is None else _cell(item[k]) for k in keep))
    return table


def _cell(value: Any) -> str:
    return " ".join(str(value).split())


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
