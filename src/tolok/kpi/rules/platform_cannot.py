"""A KPI on a number the platform does not give."""

from __future__ import annotations

from collections.abc import Mapping

from tolok.base import Text

from ..better import say_better
from ..concepts import concept_of_kpi, load_fit
from ..examples import good_case
from ..rule import Case, Rule


def find(case: Case) -> Mapping[str, object] | None:
    """Find a metric that does not exist on the platforms of the scope."""
    concept = concept_of_kpi(case.kpi)
    fit, names = load_fit(), case.world.facts.names
    for platform in case.kpi.platforms:
        gaps = case.world.facts.cannot_give.get(platform, {})
        columns = case.kpi.declared.columns if case.kpi.declared else ()
        told = next((gaps[c] for c in (concept.columns if concept else columns) if c in gaps), None)
        if told or (concept and concept.key in fit.cannot.get(platform, ())):
            return {"platform": names.get(platform, platform), "better": say_better(platform)}
    return None


RULE = Rule(
    key="platform_cannot", level="stop", letter="M",
    message=Text("{platform} does not give this number.", "{platform} tidak memberi angka ini."),
    mend=Text("Take what it gives and what tells more there: {better}.",
              "Pakai yang diberikannya dan lebih bermakna di sana: {better}."),
    find=find, good=good_case(), bad=good_case(metric="reach", platforms=("x",)),
)  # fmt: skip
