"""Too many KPIs for one area."""

from __future__ import annotations

from collections.abc import Mapping

from tolok.base import Text

from ..examples import good_case, in_world, other_kpis
from ..rule import Case, Rule

MOST = 6


def find(case: Case) -> Mapping[str, object] | None:
    """Find an area with more KPIs than anyone can follow."""
    who = case.kpi.area
    if not who:
        return None
    count = sum(k.area == who for k in case.active)
    return {"who": who, "count": count, "most": MOST} if count > MOST else None


RULE = Rule(
    key="too_many_for_area", level="warn",
    message=Text("The area {who} has {count} KPIs; more than {most} are followed by nobody.",
                 "Area {who} punya {count} KPI; lebih dari {most} tidak akan terpantau."),
    mend=Text("Keep those that change decisions, retire the rest.",
              "Pertahankan yang mengubah keputusan, hentikan sisanya."),
    find=find, good=in_world(good_case(), others=other_kpis(3)),
    bad=in_world(good_case(), others=other_kpis(MOST)),
)  # fmt: skip
