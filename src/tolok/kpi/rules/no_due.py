"""A KPI that never comes due."""

from __future__ import annotations

from collections.abc import Mapping

from tolok.base import Text

from ..examples import good_case
from ..rule import Case, Rule


def find(case: Case) -> Mapping[str, object] | None:
    """Find a KPI without a due date."""
    return {} if case.kpi.due is None else None


RULE = Rule(
    key="no_due", level="stop", letter="T",
    message=Text("It has no due date.", "Belum ada tenggatnya."),
    mend=Text("Say by when: a day, “in six months”, “end of 2026”.",
              "Sebutkan sampai kapan: tanggal, “dalam enam bulan”, “akhir 2026”."),
    find=find, good=good_case(), bad=good_case(due=None),
)  # fmt: skip
