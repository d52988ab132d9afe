"""A KPI that changed no decision in half a year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from tolok.base import Text

from ..examples import TODAY, good_case, in_world
from ..rule import Case, Rule

HALF_YEAR = 182
FEWEST = 4  # checks, so that silence is no accident


def find(case: Case) -> Mapping[str, object] | None:
    """Find half a year of checks that all ended in “keep”."""
    told = case.world.decisions.get(case.kpi.key, ())
    recent = [(d, what) for d, what in told if (case.world.today - d).days <= HALF_YEAR]
    oldest = told[0][0] if told else case.world.today
    if len(recent) < FEWEST or (case.world.today - oldest).days < HALF_YEAR - 31:
        return None
    return None if any(what != "keep" for _, what in recent) else {"checks": len(recent)}


def _kept(checks: int) -> tuple[tuple[date, str], ...]:
    return tuple((TODAY - timedelta(days=30 * n), "keep") for n in range(checks, 0, -1))


RULE = Rule(
    key="no_decision", level="hint",
    message=Text("{checks} checks in half a year, and none changed a decision.",
                 "{checks} pengecekan dalam setengah tahun, dan tak satu pun mengubah keputusan."),
    mend=Text("Ask what you would do if it fell by half. If nothing, retire it.",
              "Tanyakan apa yang akan dilakukan bila angkanya turun separuh. Bila tidak ada, "
              "hentikan."),
    find=find, good=in_world(good_case(), decisions={"ig-engagement-rate": _kept(3)}),
    bad=in_world(good_case(), decisions={"ig-engagement-rate": _kept(7)}),
)  # fmt: skip
