"""A KPI that says little on the platform it is for."""

from __future__ import annotations

from collections.abc import Mapping

from tolok.base import Text

from ..better import say_better
from ..concepts import concept_of_kpi, load_fit
from ..examples import good_case
from ..rule import Case, Rule


def find(case: Case) -> Mapping[str, object] | None:
    """Find a metric that exists on the platform but says little there."""
    concept = concept_of_kpi(case.kpi)
    if concept is None:
        return None
    for platform in case.kpi.platforms:
        if concept.key in load_fit().misfit.get(platform, ()):
            name = case.world.facts.names.get(platform, platform)
            return {"platform": name, "better": say_better(platform)}
    return None


RULE = Rule(
    key="platform_misfit", level="warn", letter="R",
    message=Text("This says little on {platform}.", "Angka ini kurang bermakna di {platform}."),
    mend=Text("On {platform} these tell more: {better}.",
              "Di {platform} yang lebih bermakna: {better}."),
    find=find, good=good_case(), bad=good_case(metric="mentions", platforms=("youtube",)),
)  # fmt: skip
