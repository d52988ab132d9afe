"""Two KPIs that are one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tolok.base import Text

from ..examples import GOOD, good_case, in_world, other_kpis
from ..kpi import Kpi
from ..rule import Case, Rule


def find(case: Case) -> Mapping[str, object] | None:
    """Find another KPI of the same metric and scope."""
    kpi = case.kpi
    twin = next((k for k in case.active[1:] if _same(k, kpi)), None)
    return {"twin": twin.name} if twin and kpi.metric else None


def _same(one: Kpi, other: Kpi) -> bool:
    return (one.metric, set(one.platforms), set(one.accounts), dict(one.filters), one.per) == (
        other.metric, set(other.platforms), set(other.accounts), dict(other.filters), other.per
    )  # fmt: skip


RULE = Rule(
    key="duplicate", level="warn",
    message=Text("“{twin}” measures the same on the same scope.",
                 "“{twin}” mengukur hal yang sama dengan cakupan yang sama."),
    mend=Text("Keep one of the two.", "Pertahankan salah satu."),
    find=find, good=in_world(good_case(), others=other_kpis(1)),
    bad=in_world(good_case(), others=(*other_kpis(1), replace(GOOD, key="twin"))),
)  # fmt: skip
