"""`tolok metrics`: search the catalogue, show one metric with its formula and source."""

from __future__ import annotations

import json

import click
from rich.table import Table
from rich.text import Text as Line

from tolok.base import Language, Text
from tolok.lake import list_columns, table_of
from tolok.metrics import BASIS_NAMES, STAGE_NAMES, Metric, metric_of, search_metrics

from .state import State, pass_state
from .tables import Column, lay_table
from .terminal import QUIET, console

_NONE = Text("No metric matches “{words}”.", "Tidak ada metrik yang cocok dengan “{words}”.")
_COUNT = Text("{count} metrics · `tolok metrics KEY` shows one whole",
              "{count} metrik · `tolok metrics KUNCI` menampilkan satu secara lengkap")  # fmt: skip
_FIELDS = {
    "formula": Text("Formula", "Rumus"), "unit": Text("Unit", "Satuan"),
    "basis": Text("Basis", "Dasar hitung"), "source": Text("Read from", "Dibaca dari"),
    "adds": Text("Adds up", "Bisa dijumlahkan"), "stage": Text("Funnel stage", "Tahap corong"),
    "by": Text("Breaks down by", "Dirinci menurut"), "serves": Text("Serves", "Melayani"),
    "pair": Text("Show beside it", "Tampilkan bersama"), "references": Text("See", "Lihat"),
}  # fmt: skip
_YES = Text("yes", "ya")
_NO = Text(
    "no: recomputed from its parts, or bounded",
    "tidak: dihitung ulang dari bagiannya, atau dibatasi",
)


@click.command("metrics", epilog="Examples:\n\n\b\n  tolok metrics\n  tolok metrics reach\n"
               "  tolok metrics engagement_rate_by_reach\n  tolok metrics K2.1 --json\n")  # fmt: skip
@click.argument("words", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_state
def metrics_command(state: State, words: tuple[str, ...], as_json: bool) -> None:
    """Search the catalogue of metrics, or show one whole (by its key)."""
    found = search_metrics(" ".join(words))
    exact = [m for m in found if words and m.key == words[0]]
    if as_json:
        click.echo(json.dumps([_as_data(m) for m in exact or found], ensure_ascii=False, indent=2))
        return
    out = console()
    if exact and len(words) == 1:
        _show_one(state, metric_of(exact[0].key))
        return
    if not found:
        out.print(_NONE.say(state.language, words=" ".join(words)))
        raise click.exceptions.Exit(1)
    heads = Text("key", "kunci"), Text("name", "nama"), Text("serves", "melayani")
    columns = [
        Column(h.say(state.language), wraps=n == 1, rank=n == 2) for n, h in enumerate(heads)
    ]
    rows = [
        (
            Line(m.key, style="bold"),
            m.name.say(state.language),
            Line(" ".join(m.serves), style=QUIET),
        )
        for m in found
    ]
    out.print(lay_table(columns, rows, out.width))
    out.print(_COUNT.say(state.language, count=len(found)), style=QUIET)


def _show_one(state: State, metric: Metric) -> None:
    out, language = console(), state.language
    out.print(Line(metric.name.say(language), style="bold"), Line(f"  {metric.key}", style=QUIET))
    out.print(metric.meaning.say(language))
    out.print()
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    told = {
        "formula": metric.formula.say(language),
        "unit": metric.unit.name.say(language),
        "basis": BASIS_NAMES[metric.basis].say(language),
        "source": _source(metric, language),
        "adds": (_YES if metric.is_additive else _NO).say(language),
        "stage": STAGE_NAMES[metric.stage].say(language) if metric.stage != "none" else "",
        "by": list_columns(metric.dimensions, metric.table).say(language),
        "serves": " ".join(metric.serves),
        "pair": _pair(metric, language),
        "references": "; ".join(metric.references),
    }
    for key, value in told.items():
        if value and value != "none":
            table.add_row(Line(_FIELDS[key].say(language), style=QUIET), value)
    out.print(table)


def _source(metric: Metric, language: Language) -> str:
    table, read = table_of(metric.table), list_columns(metric.columns, metric.table)
    said = f": {read.say(language)}" if metric.columns else ""
    return f"{table.name.say(language)}{said} ({metric.table})"


def _pair(metric: Metric, language: Language) -> str:
    pair = metric.outcome or metric.counter
    return f"{metric_of(pair).name.say(language)} ({pair})" if pair else ""


def _as_data(metric: Metric) -> dict[str, object]:
    return {
        "key": metric.key, "name": {"en": metric.name.en, "id": metric.name.id},
        "meaning": {"en": metric.meaning.en, "id": metric.meaning.id},
        "formula": {"en": metric.formula.en, "id": metric.formula.id},
        "unit": metric.unit.key, "kind": metric.kind, "basis": metric.basis,
        "direction": metric.direction, "additive": metric.is_additive, "table": metric.table,
        "columns": list(metric.columns), "dimensions": list(metric.dimensions),
        "stage": metric.stage, "serves": list(metric.serves), "vanity": metric.is_vanity,
        "outcome": metric.outcome, "references": list(metric.references),
    }  # fmt: skip


COMMANDS = (metrics_command,)
