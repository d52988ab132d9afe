"""Too many KPIs for one owner."""

from __future__ import annotations

from collections.abc import Mapping

from tolok.base import Text

from ..examples import good_case, in_world, other_kpis
from ..rule import Case, Rule

MOST = 8


def find(case: Case) -> Mapping[str, object] | None:
    """Find an owner with more KPIs than anyone can follow."""
    who = case.kpi.owner
    if not who:
        return None
    count = sum(k.owner == who for k in case.active)
    return {"who": who, "count": count, "most": MOST} if count > MOST else None


RULE = Rule(
    key="too_many_for_owner", level="warn",
    message=Text("{who} answers for {count} KPIs; more than {most} are followed by nobody.",
                 "{who} bertanggung jawab atas {count} KPI; lebih dari {most} tidak akan terpantau."),
    mend=Text("Keep those that change decisions, retire the rest.",
              "Pertahankan yang mengubah keputusan, hentikan sisanya."),
    find=find, good=in_world(good_case(), others=other_kpis(3)),
    bad=in_world(good_case(), others=other_kpis(MOST)),
)  # fmt: skip
