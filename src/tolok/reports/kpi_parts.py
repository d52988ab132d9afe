"""Parts of pages about KPIs: the table, the count of those that stand well, the course with its target."""

from __future__ import annotations

from dataclasses import replace

from tolok.base import COUNT, LANGUAGES, Locale, Text
from tolok.kpi import Judgement

from .blocks import Cell, Column, Grid, Mark
from .case import Case, is_told
from .draw.chart import Chart
from .narrative import STATE_MOODS, kpi_number, tell_series
from .number import Number
from .parts import history_chart
from .sentence import Sentence

_ANSWER = Text("{good} of {all} KPIs are achieved or on track.",
               "{good} dari {all} KPI tercapai atau sesuai jalur.")  # fmt: skip


def kpi_grid(judged: tuple[Judgement, ...], *, title: Text | None = None) -> Grid:
    """Return the KPIs as a table, verdict in words first."""
    columns = (
        Column(Text("Verdict", "Penilaian"), "left"), Column(Text("KPI", "KPI"), "left", 2),
        Column(Text("now", "sekarang")), Column(Text("expected by now", "seharusnya kini")),
        Column(Text("target", "target")), Column(Text("due", "tenggat")),
        Column(Text("odds", "peluang")),
    )  # fmt: skip
    return Grid(columns, tuple(_row(j) for j in judged), title)


def _row(judged: Judgement) -> tuple[Cell, ...]:
    due = judged.kpi.due
    return (
        Mark(judged.name, STATE_MOODS[judged.state]), Text(judged.kpi.name, judged.kpi.name),
        kpi_number(judged, "figure"), kpi_number(judged, "expected"), kpi_number(judged, "target"),
        Text(*(Locale(x).format_date(due) for x in LANGUAGES)) if due else None,
        kpi_number(judged, "odds"),
    )  # fmt: skip


def answer_kpis(judged: tuple[Judgement, ...]) -> Sentence:
    """Return how many KPIs stand well."""
    good = sum(STATE_MOODS[j.state] == "good" for j in judged)
    numbers = {"good": _count(good, judged), "all": _count(len(judged), judged)}
    return Sentence(_ANSWER, numbers)


def _count(value: int, judged: tuple[Judgement, ...]) -> Number:
    return Number(value, COUNT, "count", judged)


def kpi_chart(case: Case, judged: Judgement) -> Chart | None:
    """Return the KPI's metric over time with its target; None when it has no figures."""
    kpi = judged.kpi
    if kpi.declared is None or not case.has(kpi.metric):
        return None
    facts = case.series(kpi.metric, scope=kpi.scope_in(case.brand))
    if not any(is_told(f.figure) for f in facts):
        return None
    told = tell_series(case, facts)
    chart = history_chart(case, told, title=Text(kpi.name, kpi.name))
    # The target of a total speaks of the whole span; a month is not measured against it.
    shown = kpi_number(judged, "target") if not kpi.declared.is_additive or kpi.per else None
    return replace(chart, key=f"kpi-{kpi.key}", target=shown)
