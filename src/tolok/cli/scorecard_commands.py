"""`tolok scorecard`: what each platform gave, how it moved, what was promised."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from typing import Any

import click
from rich.text import Text as Line

from tolok.base import BrandProfile, Language, Locale, Text
from tolok.kpi import Line as CardLine
from tolok.kpi import Scorecard, Section, build_scorecard, read_kpis
from tolok.kpi.said import say_value
from tolok.metrics import Engine

from .state import State, pass_state
from .tables import Column, Row, lay_table, mark, print_with_reasons
from .terminal import (
    BAD,
    GOOD,
    QUIET,
    WARN,
    console,
    sparkline,
    write_change,
    write_figure,
    write_note,
)

_HEADS = (
    Text("", ""), Text("now", "sekarang"), Text("vs before", "vs sebelumnya"),
    Text("vs last year", "vs tahun lalu"), Text("13 periods", "13 periode"),
)  # fmt: skip
_KPIS = Text("KPIs", "KPI")
_NAME = Text("KPI", "KPI")
_SETTLING = Text("the last {days} days may still change", "{days} hari terakhir masih bisa berubah")
VERDICT_SIGNS = {
    "achieved": "✓",
    "on_track": "●",
    "at_risk": "▲",
    "off_track": "▼",
    "missed": "✗",
    "not_enough_data": "·",
}
VERDICT_STYLES = {
    "achieved": GOOD,
    "on_track": GOOD,
    "at_risk": WARN,
    "off_track": BAD,
    "missed": BAD,
    "not_enough_data": QUIET,
}
_EMPTY = Text(
    "Nothing to show for {period} yet.", "Belum ada yang bisa ditampilkan untuk {period}."
)
_EMPTY_HINT = Text("Import exports with `tolok import FILE…`, or choose another --period.",
                   "Impor ekspor dengan `tolok import BERKAS…`, atau pilih --period lain.")  # fmt: skip
_COMPARED = Text("compared with {previous} and {last_year} · figures of posts are totals so far",
                 "dibandingkan dengan {previous} dan {last_year} · angka unggahan adalah total sejauh ini")  # fmt: skip


@click.command("scorecard", epilog="Examples:\n\n\b\n  tolok scorecard\n"
               "  tolok scorecard kopi-serambi --period 2026-Q3\n"
               "  tolok scorecard --period last-month --json\n  tolok scorecard --csv > card.csv\n")  # fmt: skip
@click.argument("brand", required=False)
@click.option(
    "--period", "-p", help="2026-10, 2026-Q3, 2026-W41, last-month, 2026-10-01..2026-10-15."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@pass_state
def scorecard_command(
    state: State, brand: str | None, period: str | None, as_json: bool, as_csv: bool
) -> None:
    """Print a brand's scorecard: figures, changes, course, KPIs and their verdicts."""
    profile = state.brand(brand)
    engine = state.engine(profile)
    card = card_of(state, profile, period, engine)
    if as_json:
        click.echo(json.dumps(card_as_data(card), ensure_ascii=False, indent=2))
    elif as_csv:
        _write_csv(card)
    else:
        print_card(state, profile, card)


def card_of(
    state: State, profile: BrandProfile, period: str | None, engine: Engine | None = None
) -> Scorecard:
    """Return the brand's scorecard with its KPIs."""
    engine = engine or state.engine(profile)
    path = state.workspace.kpi_file(profile.slug)
    kpis = read_kpis(path) if path.exists() else ()
    span = state.period(period, profile, engine)
    return build_scorecard(engine, profile.slug, span, kpis=tuple(kpis))


def print_card(state: State, profile: BrandProfile, card: Scorecard) -> None:
    """Print the scorecard as a table per platform."""
    out, language = console(), state.language
    out.print()
    out.print(Line(profile.name, style="bold"), Line(f"  {card.period.label(language)}"))
    if card.is_empty:
        out.print(_EMPTY.say(language, period=card.period.label(language)))
        out.print(_EMPTY_HINT.say(language), style=QUIET)
        return
    out.print(
        _COMPARED.say(language, previous=card.previous.label(language),
                      last_year=card.last_year.label(language)), style=QUIET)  # fmt: skip
    print_kpis(card, language)
    notes = [
        list(dict.fromkeys(n for x in s.lines if (n := _note(x, language)))) for s in card.sections
    ]
    rows = [_rows(s, language, n) for s, n in zip(card.sections, notes, strict=True)]
    every = [row for some in rows for row in some]
    columns = _columns(language)
    for section, lines, below in zip(card.sections, rows, notes, strict=True):
        out.print()
        out.print(
            Line(section.name.say(language), style="bold underline"),
            Line("  " + _provisional(section, language), style=QUIET),
        )
        out.print(lay_table(columns, lines, out.width, like=every))
        for number, note in enumerate(below):
            out.print(Line(f"{mark(number)} {note}", style=QUIET))


def _columns(language: Language) -> list[Column]:
    ranks = (0, 0, 0, 1, 2)  # the year before and the course stand where there is room
    return [
        Column(head.say(language), is_number=number in (1, 2, 3), wraps=number == 0, rank=rank)
        for number, (head, rank) in enumerate(zip(_HEADS, ranks, strict=True))
    ]


def _rows(section: Section, language: Language, notes: Sequence[str]) -> list[Row]:
    """Return the lines; a note stands below the table under its mark, never squeezed."""
    locale, rows = Locale(language), list[Row]()
    for line in section.lines:
        note = _note(line, language)
        marked = mark(notes.index(note)) if note else ""
        rows.append((
            line.metric.name.say(language) + marked,
            Line(write_figure(line.figure, line.metric, locale), style="bold"),
            write_change(line.change, line.metric, locale, is_signal=line.is_signal),
            write_change(line.change_last_year, line.metric, locale, is_signal=False),
            Line(sparkline(line.history, line.breaks), style="cyan"),
        ))  # fmt: skip
    return rows


def _provisional(section: Section, language: Language) -> str:
    days = max((line.figure.provisional_days for line in section.lines), default=0)
    return _SETTLING.say(language, days=days) if days else ""


def print_kpis(card: Scorecard, language: Language) -> None:
    """Print the KPIs, verdict in words first."""
    locale, out = Locale(language), console()
    if not card.kpis:
        return
    out.print()
    out.print(Line(_KPIS.say(language), style="bold underline"))
    columns = [
        Column(),
        Column(_NAME.say(language), wraps=True),
        Column(Text("now", "sekarang").say(language), is_number=True),
        Column(Text("target", "target").say(language), is_number=True),
        Column(Text("due", "tenggat").say(language), rank=1),
    ]
    rows = []
    for told in card.kpis:
        metric = told.kpi.declared
        unit = metric.unit if metric else None
        shown = [
            "–" if value is None or unit is None
            else say_value(value, unit, told.currency).say(language)
            for value in (told.value, told.target)
        ]  # fmt: skip
        rows.append((
            Line(f"{VERDICT_SIGNS[told.state]} {told.name.say(language)}",
                 style=VERDICT_STYLES[told.state]),
            told.kpi.name, Line(shown[0], style="bold"), shown[1],
            locale.format_date(told.kpi.due) if told.kpi.due else "–",
        ))  # fmt: skip
    print_with_reasons(out, columns, rows, [k.say(language) for k in card.kpis], named=1,
                       head=Text("why", "mengapa").say(language))  # fmt: skip


def _note(line: CardLine, language: Language) -> str:
    told = write_note(line.figure, language)
    if told:
        return told
    # A break says more than a missing arrow.
    if line.change.reason is not None and line.change.ratio is None and line.change.reason_data:
        return line.change.reason.say(language, **line.change.reason_data)
    return ""


def card_as_data(card: Scorecard) -> dict[str, Any]:
    """Return the scorecard as plain data for JSON."""
    return {
        "brand": card.brand, "period": card.period.key, "previous": card.previous.key,
        "last_year": card.last_year.key,
        "kpis": [
            {"key": k.kpi.key, "name": k.kpi.name, "metric": k.kpi.metric, "state": k.state,
             "reason": {"en": k.say("en"), "id": k.say("id")}, "value": k.value,
             "expected": k.expected, "target": k.target, "odds": k.odds,
             "due": k.kpi.due.isoformat() if k.kpi.due else None}
            for k in card.kpis
        ],
        "sections": [
            {"platform": s.platform, "lines": [_line_as_data(x) for x in s.lines]}
            for s in card.sections
        ],
    }  # fmt: skip


def _line_as_data(line: CardLine) -> dict[str, Any]:
    figure = line.figure
    return {
        "metric": line.metric.key, "name": {"en": line.metric.name.en, "id": line.metric.name.id},
        "value": figure.value, "state": figure.state, "low": figure.low, "high": figure.high,
        "unit": line.metric.unit.key, "currency": figure.currency, "basis": line.metric.basis,
        "reason": figure.reason.say("en", **figure.reason_data) if figure.reason else None,
        "coverage": [figure.coverage.have, figure.coverage.expected] if figure.coverage else None,
        "provisional_days": figure.provisional_days,
        "change": line.change.ratio, "change_last_year": line.change_last_year.ratio,
        "history": [f.value for f in line.history],
    }  # fmt: skip


def _write_csv(card: Scorecard) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(["brand", "period", "platform", "metric", "value", "state", "low", "high",
                     "unit", "currency", "change", "change_last_year", "note"])  # fmt: skip
    for section in card.sections:
        for line in section.lines:
            figure = line.figure
            writer.writerow([
                card.brand, card.period.key, section.platform or "", line.metric.key,
                figure.value, figure.state, figure.low, figure.high, line.metric.unit.key,
                figure.currency or "", line.change.ratio, line.change_last_year.ratio,
                write_note(figure, "en"),
            ])  # fmt: skip


COMMANDS = (scorecard_command,)
