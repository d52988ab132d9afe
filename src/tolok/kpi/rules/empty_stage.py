"""A funnel stage no KPI speaks of."""

from __future__ import annotations

from collections.abc import Mapping

from tolok.base import Text

from ..examples import good_case, in_world, other_kpis
from ..rule import Case, Rule

STAGES = ("awareness", "consideration", "conversion", "loyalty")
NAMES = {
    "awareness": Text("awareness", "kesadaran merek"),
    "consideration": Text("consideration", "pertimbangan"),
    "conversion": Text("conversion", "konversi"),
    "loyalty": Text("loyalty", "loyalitas"),
}
FEWEST = 4  # of fewer KPIs nobody expects the whole funnel


def find(case: Case) -> Mapping[str, object] | None:
    """Find stages of the funnel without a KPI, once there are enough of them."""
    if len(case.active) < FEWEST:
        return None
    seen = {"loyalty" if k.funnel_stage == "advocacy" else k.funnel_stage for k in case.active}
    empty = [NAMES[s] for s in STAGES if s not in seen]
    if not empty:
        return None
    return {"stages": Text(", ".join(e.en for e in empty), ", ".join(e.id for e in empty))}


RULE = Rule(
    key="empty_stage", level="hint", once=True,
    message=Text("No KPI speaks of these funnel stages: {stages}.",
                 "Belum ada KPI untuk tahap corong ini: {stages}."),
    mend=Text("Add one there, or write down why that stage is not yours.",
              "Tambahkan satu di sana, atau tulis mengapa tahap itu bukan bagian Anda."),
    find=find,
    good=in_world(good_case(stage="awareness"), others=tuple(
        k for s in STAGES for k in other_kpis(1, stage=s))),
    bad=in_world(good_case(), others=other_kpis(4, stage="awareness")),
)  # fmt: skip
