"""The one-page scorecard: how the KPIs stand and what is out of the ordinary."""

from __future__ import annotations

from collections.abc import Iterable

from tolok.base import Text

from ..blocks import Block, Words
from ..case import Case
from ..kpi_parts import answer_kpis, kpi_grid
from ..narrative import STATE_MOODS, Told, tell_kpi
from ..number import number_of
from ..page import Page
from ..parts import RATES, exceptions, known, tell, tiles_of
from ..sentence import Filling, Sentence

TOTALS = ("engagements", "engagements_per_post", "posts_published", "followers_net",
          "social_sessions", "conversions", "social_revenue")  # fmt: skip
_MOST_ANSWERS = 3
_QUIET = Text("Nothing is out of the ordinary: every figure judged here is routine variation, "
              "{metric} among them ({value}).",
              "Tidak ada yang luar biasa: semua angka yang dinilai di sini variasi wajar, "
              "termasuk {metric} ({value}).")  # fmt: skip


def tell_all(case: Case) -> list[Told]:
    """Return the figures a scorecard follows: totals, and the leading rate of each platform."""
    told = known(tell(case, key) for key in TOTALS if case.has(key))
    for platform in case.platforms_of("posts"):
        rates = known(tell(case, key, platform=platform) for key in RATES)
        told += rates[:1]
    return told


def _build(case: Case) -> Iterable[Block]:
    judged, told = case.judgements, tell_all(case)
    said = tuple(t.sentence for t in exceptions(told)) or _say_quiet(told)
    if judged:
        yield Words((answer_kpis(judged),), is_answer=True)
        yield kpi_grid(judged)
        worry = [tell_kpi(j) for j in judged if STATE_MOODS[j.state] in ("bad", "watch")]
        if worry:
            yield Words(tuple(worry), Text("Where to look", "Yang perlu dilihat"))
    elif said:  # without promises, what is out of the ordinary is the answer
        yield Words(said[:_MOST_ANSWERS], is_answer=True)
    if told:
        yield tiles_of(told[:8])
    rest = said if judged else said[_MOST_ANSWERS:]
    if rest:
        yield Words(rest, Text("Out of the ordinary", "Di luar kebiasaan"))


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
    question=Text("Are we keeping our promises?", "Apakah janji kita ditepati?"),
    nothing=Text("There are no KPIs and no figures for this period yet.",
                 "Belum ada KPI maupun angka untuk periode ini."),
    follows=(*TOTALS, *RATES), serves=("L8", "L9", "W7"),
)  # fmt: skip
