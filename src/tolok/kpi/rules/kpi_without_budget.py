"""A KPI that costs money, and no budget."""

from __future__ import annotations

from collections.abc import Mapping

from tolok.base import Text

from ..concepts import is_paid
from ..examples import good_case
from ..rule import Case, Rule


def find(case: Case) -> Mapping[str, object] | None:
    """Find a KPI of paid work with no budget of its own and no line that serves it."""
    kpi = case.kpi
    if not is_paid(kpi) or kpi.budget:
        return None
    served = any(s.kpi == kpi.key or (s.platform and s.platform in kpi.platforms)
                 for s in case.world.spending)  # fmt: skip
    return None if served else {}


RULE = Rule(
    key="kpi_without_budget", level="warn", letter="A",
    message=Text("It needs money to be spent, and no budget is named.",
                 "KPI ini butuh biaya, tetapi anggarannya belum disebut."),
    mend=Text("Write the budget, so that what each unit of it brings can be told.",
              "Tulis anggarannya, agar hasil tiap rupiahnya bisa dihitung."),
    find=find, good=good_case(metric="roas", budget=5e6), bad=good_case(metric="roas"),
)  # fmt: skip
