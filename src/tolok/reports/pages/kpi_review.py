"""The KPI review pack: each promise with its course, its odds and what was decided last time."""

from __future__ import annotations

from collections.abc import Iterable

from tolok.base import Text
from tolok.kpi import VERDICT_NAMES, Judgement, Kpi
from tolok.kpi.check import DECISION_NAMES, checks_of
from tolok.kpi.review import REVIEW_NAMES, suggest

from ..blocks import Block, Charts, Words
from ..case import Case
from ..kpi_parts import answer_kpis, kpi_chart, kpi_grid
from ..narrative import STATE_MOODS, kpi_number, tell_kpi, tell_odds
from ..number import Number
from ..page import Page
from ..sentence import Filling, Sentence

_OWNER = Text(
    "{owner} answers for it; the goal: {goal}.", "Penanggung jawab {owner}; tujuannya: {goal}."
)
_LAST = Text("On {day} it was decided: {decision} ({note}). It stood at {then}, {before}; now {now}, {after}.",
             "Pada {day} diputuskan: {decision} ({note}). Saat itu {then}, {before}; kini {now}, {after}.")  # fmt: skip
_DECIDE = Text("To decide: {verdict}. {why}", "Untuk diputuskan: {verdict}. {why}")
_QUOTED = Text("{words}", "{words}")


def say_last_check(case: Case, judged: Judgement) -> tuple[Sentence, ...]:
    """Return what was decided at the last check and what came of it since."""
    held = checks_of(case.engine.view, case.brand, judged.kpi.key)
    now, metric = kpi_number(judged, "figure"), judged.kpi.declared
    if not held or now is None or metric is None or held[-1].value is None:
        return ()
    last = held[-1]
    then = Number(last.value, metric.unit, "past", (judged,), judged.currency)
    data: dict[str, Filling] = {
        "day": last.day, "decision": DECISION_NAMES[last.decision], "note": last.note or "–",
        "before": VERDICT_NAMES.get(last.verdict, judged.name), "then": then,
        "now": now, "after": judged.name,
    }  # fmt: skip
    return (Sentence(_LAST, data, also=(judged,)),)


def say_kpi(judged: Judgement) -> tuple[Sentence, ...]:
    """Return what is to be said of one KPI: verdict, odds, signal, track record, owner."""
    said = [tell_kpi(judged)]
    odds = tell_odds(judged)
    if odds is not None:
        said.append(odds)
    for words in (judged.signal_words, judged.track_record, *judged.notes):
        if words is not None:
            said.append(Sentence(_QUOTED, {"words": words}, also=(judged,), mood="quiet"))
    kpi = judged.kpi
    if kpi.owner and kpi.goal:
        data = {"owner": kpi.owner, "goal": kpi.goal.rstrip(".")}
        said.append(Sentence(_OWNER, data, also=(judged,), mood="quiet"))
    return tuple(said)


def _build(case: Case) -> Iterable[Block]:
    judged = case.judgements
    if not judged:
        return
    yield Words((answer_kpis(judged),), is_answer=True)
    yield kpi_grid(judged)
    order = {"bad": 0, "watch": 1, "quiet": 2, "good": 3}
    for one in sorted(judged, key=lambda j: order.get(STATE_MOODS[j.state], 4)):
        verdict, why = suggest(one, (), case.engine.today)
        decide = Sentence(_DECIDE, {"verdict": REVIEW_NAMES[verdict], "why": why}, also=(one,))
        yield Words((*say_kpi(one), *say_last_check(case, one), decide), _name(one.kpi))
        chart = kpi_chart(case, one)
        if chart is not None:
            yield Charts((chart,))


def _name(kpi: Kpi) -> Text:
    return Text(kpi.name, kpi.name)


PAGE = Page(
    key="kpi_review", order=130, build=_build,
    title=Text("KPI review", "Tinjauan KPI"),
    question=Text("How does each promise stand, and what do we decide?",
                  "Bagaimana posisi tiap janji, dan apa keputusan kita?"),
    nothing=Text("No KPI is active yet.", "Belum ada KPI yang aktif."),
    audience=("team", "boss"), serves=("L7", "L8", "L10"),
)  # fmt: skip
