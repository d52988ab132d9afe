"""A KPI that does not say on which platform or account it counts."""

from __future__ import annotations

from collections.abc import Mapping

from tolok.base import Text

from ..concepts import concept_of_kpi
from ..examples import good_case
from ..rule import Case, Rule


def find(case: Case) -> Mapping[str, object] | None:
    """Find a KPI that could mean any platform although its metric differs from one to another."""
    kpi, concept = case.kpi, concept_of_kpi(case.kpi)
    if kpi.platforms or kpi.accounts or (not kpi.metric) or (concept and concept.wide):
        return None
    return {} if concept is not None or "platform" in _dimensions(case) else None


def _dimensions(case: Case) -> tuple[str, ...]:
    declared = case.kpi.declared
    return declared.dimensions if declared else ()


RULE = Rule(
    key="no_scope", level="warn", letter="S",
    message=Text("It does not say on which platform or account.",
                 "Tidak menyebut di platform atau akun mana."),
    mend=Text("Name the platform: platforms count this differently, and a sum over them says little.",
              "Sebutkan platformnya: tiap platform menghitungnya berbeda, dan gabungannya kurang "
              "bermakna."),
    find=find, good=good_case(), bad=good_case(platforms=()),
)  # fmt: skip
