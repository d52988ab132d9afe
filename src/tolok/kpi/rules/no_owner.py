"""A KPI nobody answers for."""

from __future__ import annotations

from collections.abc import Mapping

from tolok.base import Text

from ..examples import good_case
from ..rule import Case, Rule


def find(case: Case) -> Mapping[str, object] | None:
    """Find a KPI without an owner."""
    return None if (case.kpi.owner or "").strip() else {}


RULE = Rule(
    key="no_owner", level="warn",
    message=Text("Nobody answers for it.", "Belum ada penanggung jawabnya."),
    mend=Text("Name one person, not a team.", "Sebutkan satu orang, bukan satu tim."),
    find=find, good=good_case(), bad=good_case(owner=None),
)  # fmt: skip
