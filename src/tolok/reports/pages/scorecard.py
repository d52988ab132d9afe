"""The one-page scorecard: how the KPIs stand and what is out of the ordinary."""

from __future__ import annotations

from collections.abc import Iterable

from tolok.base import COUNT, LANGUAGES, Locale, Text
from tolok.kpi import Judgement

from ..blocks import Block, Cell, Column, Grid, Mark, Words
from ..case import Case
from ..narrative import STATE_MOODS, Told, kpi_number, tell_kpi
from ..number import Number, number_of
from ..page import Page
from ..parts import exceptions, known, tell, tiles_of
from ..sentence import Filling, Sentence

TOTALS = ("engagements", "engagements_per_post", "posts_published", "followers_net",
          "social_sessions", "conversions", "social_revenue")  # fmt: skip
RATES = ("engagement_rate_by_reach", "engagement_rate_by_views", "engagement_rate_by_impressions")

_ANSWER = Text("{good} of {all} KPIs are achieved or on track.",
               "{good} dari {all} KPI tercapai atau sesuai jalur.")  # fmt: skip
_QUIET = Text("Nothing is out of the ordinary: every figure judged here is routine variation, "
              "{metric} among them ({value}).",
              "Tidak ada yang luar biasa: semua angka yang dinilai di sini naik-turun biasa, "
              "termasuk {metric} ({value}).")  # fmt: skip


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


def tell_all(case: Case) -> list[Told]:
    """Return the figures a scorecard follows: totals, and the leading rate of each platform."""
    told = known(tell(case, key) for key in TOTALS if case.has(key))
    for platform in case.platforms_of("posts"):
        rates = known(tell(case, key, platform=platform) for key in RATES)
        told += rates[:1]
    return told


def answer_kpis(judged: tuple[Judgement, ...]) -> Sentence:
    """Return how many KPIs stand well."""
    good = sum(STATE_MOODS[j.state] == "good" for j in judged)
    numbers = {"good": _count(good, judged), "all": _count(len(judged), judged)}
    return Sentence(_ANSWER, numbers)


def _count(value: int, judged: tuple[Judgement, ...]) -> Number:
    return Number(value, COUNT, "count", judged)


def _build(case: Case) -> Iterable[Block]:
    judged, told = case.judgements, tell_all(case)
    if judged:
        yield Words((answer_kpis(judged),), is_answer=True)
        yield kpi_grid(judged)
        worry = [tell_kpi(j) for j in judged if STATE_MOODS[j.state] in ("bad", "watch")]
        if worry:
            yield Words(tuple(worry), Text("Where to look", "Yang perlu dilihat"))
    if told:
        yield tiles_of(told[:8])
        found = exceptions(told)
        said = tuple(t.sentence for t in found) or _say_quiet(told)
        if said:
            yield Words(said, Text("Out of the ordinary", "Di luar kebiasaan"))


def _say_quiet(told: list[Told]) -> tuple[Sentence, ...]:
    routine = [t for t in told if t.verdict.kind == "routine"]
    if not routine:
        return ()
    first = routine[0]
    data: dict[str, Filling] = {"metric": first.metric.name, "value": number_of(first.now)}
    return (Sentence(_QUIET, data),)


PAGE = Page(
    key="scorecard", order=10, build=_build,
    title=Text("Scorecard", "Rapor"),
    question=Text("Are we keeping our promises?", "Apakah janji kita terpenuhi?"),
    nothing=Text("There are no KPIs and no figures for this period yet.",
                 "Belum ada KPI maupun angka untuk periode ini."),
    follows=(*TOTALS, *RATES), serves=("L8", "L9", "W7"),
)  # fmt: skip
