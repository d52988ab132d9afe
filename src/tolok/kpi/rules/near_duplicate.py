"""Two KPIs that always move together."""

from __future__ import annotations

from collections.abc import Mapping

from tolok.base import Text

from ..examples import good_case, in_world, other_kpis
from ..rule import Case, Rule
from ..said import say_number

ALIKE = 0.95


def find(case: Case) -> Mapping[str, object] | None:
    """Find another KPI whose figures correlate above 0.95."""
    for pair, correlation in case.world.alike.items():
        if case.kpi.key in pair and correlation > ALIKE:
            twin = next((k for k in case.active[1:] if k.key in pair), None)
            if twin is not None:
                return {"twin": twin.name, "correlation": say_number(correlation, 2)}
    return None


_PAIR = frozenset({"ig-engagement-rate", "kpi-0"})

RULE = Rule(
    key="near_duplicate", level="hint",
    message=Text("It moves with “{twin}” (correlation {correlation}): two numbers, one message.",
                 "Bergerak bersama “{twin}” (korelasi {correlation}): dua angka, satu pesan."),
    mend=Text("Keep the one closer to the goal.", "Pertahankan yang lebih dekat ke tujuan."),
    find=find, good=in_world(good_case(), others=other_kpis(1), alike={_PAIR: 0.6}),
    bad=in_world(good_case(), others=other_kpis(1), alike={_PAIR: 0.97}),
)  # fmt: skip
