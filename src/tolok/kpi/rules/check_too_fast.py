"""A KPI checked faster than its data arrives."""

from __future__ import annotations

from collections.abc import Mapping

from tolok.base import Text

from ..examples import good_case
from ..kpi import RHYTHM_DAYS, RHYTHM_NAMES
from ..rule import Case, Rule

SETTLE = 7  # days a platform usually still corrects its figures


def find(case: Case) -> Mapping[str, object] | None:
    """Find a rhythm shorter than the time between new, settled data."""
    kpi, world = case.kpi, case.world
    if kpi.rhythm is None:
        return None
    days = [world.arrival_days.get(p, SETTLE) for p in kpi.platforms] or [
        max(world.arrival_days.values(), default=SETTLE)
    ]
    slowest = max(days)
    return (
        {"days": slowest, "rhythm": RHYTHM_NAMES[kpi.rhythm]}
        if (RHYTHM_DAYS[kpi.rhythm] < min(slowest, 28))
        else None
    )


RULE = Rule(
    key="check_too_fast", level="warn", letter="T",
    message=Text("Checked {rhythm}, but new settled data comes every {days} days.",
                 "Dicek {rhythm}, padahal data baru yang mantap datang tiap {days} hari."),
    mend=Text("Check when there is something new: otherwise the same figure is judged twice.",
              "Cek saat ada data baru: kalau tidak, angka yang sama dinilai dua kali."),
    find=find, good=good_case(), bad=good_case(rhythm="day"),
)  # fmt: skip
