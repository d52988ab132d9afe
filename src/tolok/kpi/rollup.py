"""Rolling KPIs up to an area, a goal or an owner: shares of the way are averaged, figures never added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tolok.base import Text
from tolok.metrics import AREA_NAMES, STAGE_NAMES, area_of, areas_of_metric

from .kpi import Kpi
from .said import fill, say_share
from .verdict import VERDICT_NAMES, Judgement, State

_GRAVEST: tuple[State, ...] = ("missed", "off_track", "at_risk", "on_track", "achieved")
_WORDS = Text("{share} of what should be done by now",
              "{share} dari yang seharusnya sudah tercapai saat ini")  # fmt: skip
_WORDS_OF_SOME = Text("{share} of what should be done by now, going by {judged} of {all} KPIs",
                      "{share} dari yang seharusnya sudah tercapai saat ini, menurut {judged} dari "
                      "{all} KPI")  # fmt: skip
_NONE_YET = Text("none of the {all} KPIs can be judged yet",
                 "belum satu pun dari {all} KPI bisa dinilai")  # fmt: skip
_NO_NAME = Text("Without one", "Tanpa itu")
_NOT_YET = Text("the KPI cannot be judged yet", "KPI ini belum bisa dinilai")


def area_of_kpi(kpi: Kpi) -> str | None:
    """Return the area a KPI belongs to: its own word, else the first its metric serves, or None.

    A word of the team's own that is no area of the ten stands as it is.
    """
    if kpi.area:
        return area_of(kpi.area)
    served = areas_of_metric(kpi.declared) if kpi.declared else []
    return served[0] if served else None


GROUPS: Mapping[str, Callable[[Judgement], str | None]] = {
    "area": lambda j: area_of_kpi(j.kpi),
    "goal": lambda j: j.kpi.goal,
    "owner": lambda j: j.kpi.owner,
    "stage": lambda j: j.kpi.funnel_stage,
}


@dataclass(frozen=True)
class RollUp:
    """How a group of KPIs stands together.

    `attained` is the weighted mean over its judged KPIs of the share of the way that is done of
    what should be done by now, each cut to 0–100 % so that one success hides no failure; None
    when none can be judged. `state` is the gravest verdict whose KPIs carry a third of the
    judged weight, so that a light KPI does not colour all. Values are never added.
    """

    name: str | None
    judgements: tuple[Judgement, ...]
    attained: float | None
    state: State
    counts: Mapping[str, int]
    weight_judged: float
    weight_all: float
    words: Text

    @property
    def verdict(self) -> Text:
        """The verdict's name."""
        return VERDICT_NAMES[self.state]


def roll_up(judgements: Sequence[Judgement], by: str = "area") -> list[RollUp]:
    """Return one roll-up per area, goal, owner or stage, those without a name last."""
    groups: dict[str | None, list[Judgement]] = {}
    for judgement in judgements:
        groups.setdefault(GROUPS[by](judgement), []).append(judgement)
    return [
        roll_up_one(name, groups[name])
        for name in sorted(groups, key=lambda n: (n is None, n or ""))
    ]


def name_group(by: str, name: str | None) -> Text:
    """Return what a group is called: areas and stages by their names, the rest as it was written."""
    if name is None:
        return _NO_NAME
    known = {"area": AREA_NAMES, "stage": STAGE_NAMES}.get(by, {})
    return known.get(name, Text(name, name))


def roll_up_one(name: str | None, judgements: Sequence[Judgement]) -> RollUp:
    """Return how these KPIs stand together."""
    judged = [j for j in judgements if j.state != "not_enough_data" and j.kpi.weight > 0]
    weight = sum(j.kpi.weight for j in judged)
    attained = None
    if weight:
        attained = sum(j.kpi.weight * attained_share(j) for j in judged) / weight
    words = fill(_words(len(judged), len(judgements)), {
        "share": say_share(attained), "judged": len(judged), "all": len(judgements)})  # fmt: skip
    return RollUp(
        name, tuple(judgements), attained, _state(judged, weight),
        Counter(j.state for j in judgements), weight, sum(j.kpi.weight for j in judgements), words,
    )  # fmt: skip


def _words(judged: int, all_of_them: int) -> Text:
    if not judged:
        return _NONE_YET if all_of_them != 1 else _NOT_YET
    return _WORDS if judged == all_of_them else _WORDS_OF_SOME


def attained_share(judgement: Judgement) -> float:
    """Return how much of what should be done by now is done, 0 to 1."""
    if judgement.state in ("achieved", "on_track"):
        return 1.0
    done, due = judgement.progress, judgement.expected_progress
    if done is None or due is None or due <= 0:
        return 0.5 if judgement.state == "at_risk" else 0.0
    return min(1.0, max(0.0, done / due))


def _state(judged: Sequence[Judgement], weight: float) -> State:
    if not judged or not weight:
        return "not_enough_data"
    carried = 0.0
    for state in _GRAVEST:
        carried += sum(j.kpi.weight for j in judged if j.state == state)
        if carried >= weight / 3:
            return state
    return judged[0].state
