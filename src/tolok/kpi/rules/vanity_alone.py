"""A number that looks good, with no outcome beside it."""

from __future__ import annotations

from collections.abc import Mapping

from tolok.base import Text
from tolok.metrics import load_metrics

from ..concepts import concept_of_kpi, is_vanity
from ..examples import good_case
from ..rule import Case, Rule


def find(case: Case) -> Mapping[str, object] | None:
    """Find a vanity metric with no outcome as its counter-metric or in a KPI beside it."""
    kpi, concept = case.kpi, concept_of_kpi(case.kpi)
    if not is_vanity(kpi.metric) or (concept and concept.followers):
        return None
    if kpi.counter and not is_vanity(kpi.counter):
        return None
    beside = [k for k in case.active if k.key != kpi.key and set(k.platforms) == set(kpi.platforms)
              and k.goal == kpi.goal]  # fmt: skip
    outcome = next((k for k in beside if not is_vanity(k.metric)), None)
    if outcome is not None:
        return None
    declared = kpi.declared
    pair = load_metrics().get(declared.outcome or "") if declared else None
    return {"pair": pair.name if pair else Text("visits to the website, leads",
                                                "kunjungan situs, prospek")}  # fmt: skip


RULE = Rule(
    key="vanity_alone", level="warn", letter="R",
    message=Text("It looks good and says little of results; no outcome stands beside it.",
                 "Terlihat bagus tetapi tidak bicara hasil; tidak ada hasil yang mendampinginya."),
    mend=Text("Set an outcome beside it, such as {pair}.", "Dampingi dengan hasil, misalnya {pair}."),
    find=find, good=good_case(metric="reach", counter="engagement_rate_by_reach"),
    bad=good_case(metric="reach"),
)  # fmt: skip
