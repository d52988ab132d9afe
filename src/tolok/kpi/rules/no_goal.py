"""A KPI that serves no goal anyone wrote down."""

from __future__ import annotations

from collections.abc import Mapping

from tolok.base import Text

from ..examples import good_case
from ..rule import Case, Rule


def find(case: Case) -> Mapping[str, object] | None:
    """Find a KPI with neither goal nor reason."""
    return None if case.kpi.goal or case.kpi.reason else {}


RULE = Rule(
    key="no_goal", level="warn", letter="R",
    message=Text("It does not say which goal it serves.", "Tidak menyebut tujuan yang didukungnya."),
    mend=Text("Write the business goal and why this number shows it.",
              "Tulis tujuan bisnisnya dan mengapa angka ini menunjukkannya."),
    find=find, good=good_case(), bad=good_case(goal=None, reason=None),
)  # fmt: skip
