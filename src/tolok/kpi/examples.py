"""A good KPI and the world around it, from which the rules' examples are made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from .kpi import Kpi
from .rule import Case, World
from .target import Target

TODAY = date(2026, 11, 22)
GOOD = Kpi(
    key="ig-engagement-rate", name="Tingkat interaksi Instagram", metric="engagement_rate_by_reach",
    area="K8.2", goal="Loyalitas", reason="Pelanggan lama kembali", owner="Rani",
    platforms=("instagram",), target=Target("ratio", 0.1), start=date(2026, 7, 1),
    due=date(2026, 12, 31), rhythm="month",
)  # fmt: skip
WORLD = World(TODAY, connected=frozenset({"instagram", "tiktok"}))


def good_case(**changes: Any) -> Case:
    """Return the good KPI with changes, in a plain world."""
    return Case(replace(GOOD, **changes), WORLD)


def in_world(case: Case, **changes: Any) -> Case:
    """Return the case in a changed world."""
    return Case(case.kpi, replace(case.world, **changes))


def other_kpis(count: int, **changes: Any) -> tuple[Kpi, ...]:
    """Return so many further KPIs, each with a key and a metric of its own."""
    return tuple(
        replace(GOOD, key=f"kpi-{n}", metric=f"metric-{n}", **changes) for n in range(count)
    )
