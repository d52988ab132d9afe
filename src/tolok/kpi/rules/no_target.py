"""A KPI that does not say how much."""

from __future__ import annotations

from collections.abc import Mapping

from tolok.base import Text

from ..examples import good_case
from ..rule import Case, Rule


def find(case: Case) -> Mapping[str, object] | None:
    """Find a KPI without a target."""
    return {} if case.kpi.target is None and not case.kpi.steps else None


RULE = Rule(
    key="no_target", level="stop", letter="M",
    message=Text("It does not say how much.", "Tidak menyebut berapa."),
    mend=Text("Write a target: a value (6 %, 12,000) or a change from the baseline (+10 %).",
              "Tulis targetnya: nilai (6 %, 12.000) atau perubahan dari nilai awal (+10 %)."),
    find=find, good=good_case(), bad=good_case(target=None),
)  # fmt: skip
