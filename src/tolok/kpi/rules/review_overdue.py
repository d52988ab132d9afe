"""A KPI nobody reviewed for a year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tolok.base import Text, say_day

from ..examples import good_case, in_world
from ..rule import Case, Rule

LONGEST = 365


def find(case: Case) -> Mapping[str, object] | None:
    """Find a KPI whose last big review, or start, lies more than a year back."""
    kpi, world = case.kpi, case.world
    last = world.reviewed.get(kpi.key)
    if last is None:
        last = kpi.start if kpi.state == "active" else None
    if last is None or (world.today - last).days <= LONGEST:
        return None
    return {"last": say_day(last)}


RULE = Rule(
    key="review_overdue", level="warn",
    message=Text("It was last reviewed on {last}, more than a year ago.",
                 "Terakhir ditinjau {last}, lebih dari setahun lalu."),
    mend=Text("Hold a review: is it still relevant, does it still serve the goal?",
              "Lakukan tinjauan: masih relevankah, masih mendukung tujuankah?"),
    find=find, good=in_world(good_case(), reviewed={"ig-engagement-rate": date(2026, 8, 1)}),
    bad=in_world(good_case(), reviewed={"ig-engagement-rate": date(2025, 8, 1)}),
)  # fmt: skip
