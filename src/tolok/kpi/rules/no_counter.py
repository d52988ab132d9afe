"""A number that is easily pushed, with nothing to show that."""

from __future__ import annotations

from collections.abc import Mapping

from tolok.base import Text
from tolok.metrics import load_metrics

from ..concepts import concept_of_kpi, is_gamed
from ..examples import good_case
from ..rule import Case, Rule


def find(case: Case) -> Mapping[str, object] | None:
    """Find a metric that is easy to game, without a counter-metric."""
    kpi, concept = case.kpi, concept_of_kpi(case.kpi)
    if not is_gamed(kpi.metric) or kpi.counter or (concept and concept.followers):
        return None
    declared = kpi.declared
    counter = load_metrics().get(declared.counter or "") if declared else None
    fallback = Text("a rate or the satisfaction of people", "sebuah rasio atau kepuasan orang")
    return {"counter": counter.name if counter else fallback}


RULE = Rule(
    key="no_counter", level="hint", letter="R",
    message=Text("This number is easily pushed without any use, and nothing would show it.",
                 "Angka ini mudah didongkrak tanpa manfaat, dan tidak ada yang akan menunjukkannya."),
    mend=Text("Name a counter-metric that must not fall: {counter}.",
              "Sebutkan metrik penjaga yang tidak boleh turun: {counter}."),
    find=find, good=good_case(metric="engagements", counter="engagement_rate_by_reach"),
    bad=good_case(metric="engagements"),
)  # fmt: skip
