"""How the KPIs led to the result: the promises, what happened on the way, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable

from tolok.base import Text
from tolok.kpi import Judgement
from tolok.kpi.check import checks_of
from tolok.kpi.story import tell_story
from tolok.kpi.versions import versions_of

from ..blocks import Block, Charts, Words
from ..case import Case
from ..kpi_parts import answer_kpis, kpi_chart
from ..narrative import STATE_MOODS, explain_change
from ..page import Page
from ..sentence import Sentence

_QUOTED = Text("{words}", "{words}")


def say_story(case: Case, judged: Judgement) -> tuple[Sentence, ...]:
    """Return the story of one KPI, each sentence standing on the KPI as judged."""
    view, key = case.engine.view, judged.kpi.key
    versions = [v for v in versions_of(view, case.brand) if v.kpi.key == key]
    told = tell_story(judged, versions, checks_of(view, case.brand, key))
    return tuple(Sentence(_QUOTED, {"words": words}, also=(judged,)) for words in told)


def _build(case: Case) -> Iterable[Block]:
    judged = case.judgements
    if not judged:
        return
    yield Words((answer_kpis(judged),), is_answer=True)
    for one in judged:
        said = list(say_story(case, one))
        if one.kpi.declared is not None and STATE_MOODS[one.state] != "quiet":
            platforms = one.kpi.platforms
            if not platforms and one.kpi.declared.is_additive:
                said += explain_change(case, one.kpi.metric, "platform")
        yield Words(tuple(said), Text(one.kpi.name, one.kpi.name))
        chart = kpi_chart(case, one)
        if chart is not None:
            yield Charts((chart,))


PAGE = Page(
    key="story", order=140, build=_build,
    title=Text("How the KPIs led to the result", "Bagaimana KPI membawa hasil"),
    question=Text("What did we promise, what did we do, and what came of it?",
                  "Apa yang kita janjikan, apa yang kita lakukan, dan apa hasilnya?"),
    nothing=Text("No KPI has a story to tell yet.", "Belum ada KPI yang bisa diceritakan."),
    serves=("L13", "L9"),
)  # fmt: skip
