"""A follower count with no interaction beside it."""

from __future__ import annotations

from collections.abc import Mapping

from tolok.base import Text

from ..concepts import concept_of_kpi, is_vanity
from ..examples import good_case
from ..kpi import Kpi
from ..rule import Case, Rule


def find(case: Case) -> Mapping[str, object] | None:
    """Find followers promised without an interaction KPI of the same platform beside them."""
    kpi, concept = case.kpi, concept_of_kpi(case.kpi)
    if not (concept and concept.followers) or (kpi.counter and not is_vanity(kpi.counter)):
        return None
    beside = [k for k in case.active if k.key != kpi.key and _is_interaction(k)
              and set(k.platforms) & set(kpi.platforms)]  # fmt: skip
    return None if beside else {}


def _is_interaction(kpi: Kpi) -> bool:
    concept = concept_of_kpi(kpi)
    return bool(concept and concept.engagement)


RULE = Rule(
    key="followers_alone", level="warn", letter="R",
    message=Text("Followers are counted, but not whether anyone interacts.",
                 "Pengikut dihitung, tetapi tidak apakah ada yang berinteraksi."),
    mend=Text("Set the engagement rate of the same platform beside it: bought or idle followers "
              "raise the count and nothing else.",
              "Dampingi dengan tingkat interaksi di platform yang sama: pengikut beli atau pasif "
              "hanya menaikkan jumlah."),
    find=find, good=good_case(metric="followers", counter="engagement_rate_by_reach"),
    bad=good_case(metric="followers"),
)  # fmt: skip
