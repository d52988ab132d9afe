"""Money spent that no KPI speaks of."""

from __future__ import annotations

from collections.abc import Mapping

from tolok.base import Text

from ..examples import good_case, in_world
from ..rule import Case, Rule, Spending


def find(case: Case) -> Mapping[str, object] | None:
    """Find budget lines linked to no KPI, neither by name nor by their platform."""
    keys = {k.key for k in case.active}
    loose = [
        s.name for s in case.world.spending
        if s.kpi not in keys and not any(
            s.platform and s.platform in k.platforms and k.budget is not None for k in case.active)
    ]  # fmt: skip
    return {"lines": ", ".join(loose)} if loose else None


RULE = Rule(
    key="budget_without_kpi", level="warn", once=True,
    message=Text("Money is spent that no KPI speaks of: {lines}.",
                 "Ada anggaran yang tidak dijawab KPI mana pun: {lines}."),
    mend=Text("Say what each unit of it is to bring, as a KPI, or stop spending it.",
              "Sebutkan apa yang harus dihasilkan tiap rupiahnya, sebagai KPI, atau hentikan."),
    find=find,
    good=in_world(good_case(), spending=(Spending("Iklan", 5e6, kpi="ig-engagement-rate"),)),
    bad=in_world(good_case(), spending=(Spending("Iklan TikTok", 5e6),)),
)  # fmt: skip
