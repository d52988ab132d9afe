"""Events near a change: campaigns, activities of the team, and single posts that weigh heavily."""

from __future__ import annotations

from datetime import date
from typing import Any

from tolok.base import Text
from tolok.kpi.activity import EFFECT_NAMES, activities_of
from tolok.kpi.ledger import read_facts

from .case import Case
from .number import number_of, share_of
from .posts import rank_posts
from .sentence import Sentence

_BEGAN = Text("The campaign {name} began on {day}: near in time, which does not prove it is the cause.",
              "Kampanye {name} mulai {day}: waktunya berdekatan, tetapi itu belum membuktikan "
              "sebabnya.")  # fmt: skip
_ENDED = Text("The campaign {name} ended on {day}: near in time, which does not prove it is the cause.",
              "Kampanye {name} berakhir {day}: waktunya berdekatan, tetapi itu belum membuktikan "
              "sebabnya.")  # fmt: skip
_DID = Text("The team did “{name}” from {day}; its effect so far: {effect}.",
            "Tim menjalankan “{name}” sejak {day}; efeknya sejauh ini: {effect}.")  # fmt: skip
_ONE_POST = Text("One post alone, on {platform}, won {value} of the engagements: {share}.",
                 "Satu unggahan saja, di {platform}, meraih {value} dari interaksi: {share}.")  # fmt: skip
HEAVY = 0.15  # a single post of this share of all engagements is worth naming
_MOST = 4


def find_events(case: Case) -> tuple[Sentence, ...]:
    """Return what happened near the change: never said to be the cause, only near in time."""
    return (*_heavy_post(case), *_campaigns(case)[:_MOST], *_activities(case)[:_MOST])


def _heavy_post(case: Case) -> tuple[Sentence, ...]:
    whole = case.fact("engagements")
    best, _ = rank_posts(case, most=1)
    if not best or whole is None or not whole.figure.value:
        return ()
    share = (best[0].fact.figure.value or 0.0) / whole.figure.value
    if share < HEAVY:
        return ()
    return (Sentence(_ONE_POST, {
        "platform": case.name_of(best[0].row["platform"]), "value": number_of(best[0].fact),
        "share": share_of(share, best[0].fact, whole)}),)  # fmt: skip


def _campaigns(case: Case) -> list[Sentence]:
    running = case.fact("campaigns_running")
    if running is None:
        return []
    said = []
    for row in read_facts(case.engine.view, case.brand, "campaigns"):
        for text, day in ((_BEGAN, row["starts"]), (_ENDED, row["ends"])):
            if _is_near(case, day):
                said.append(
                    Sentence(
                        text, {"name": row["name"] or row["campaign"], "day": day}, also=(running,)
                    )
                )
    return said


def _activities(case: Case) -> list[Sentence]:
    said = []
    for one in activities_of(case.engine.view, case.brand):
        fact = case.fact(one.metric)
        if fact is None or not (one.start < case.period.end and one.until > case.period.start):
            continue
        effect = EFFECT_NAMES[one.verdict or "cannot_tell"]
        said.append(
            Sentence(_DID, {"name": one.name, "day": one.start, "effect": effect}, also=(fact,))
        )
    return said


def _is_near(case: Case, day: Any) -> bool:
    return isinstance(day, date) and case.period.contains(day)
