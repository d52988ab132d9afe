"""A KPI held against a benchmark of another definition."""

from __future__ import annotations

from collections.abc import Mapping

from tolok.base import Text

from ..concepts import concept_of_kpi, load_fit
from ..examples import good_case
from ..rule import Case, Rule


def find(case: Case) -> Mapping[str, object] | None:
    """Find a publisher whose rate is defined otherwise than the KPI's metric."""
    kpi, concept = case.kpi, concept_of_kpi(case.kpi)
    if not kpi.benchmark or concept is None:
        return None
    for publisher, defined in load_fit().benchmarks.items():
        if publisher in kpi.benchmark.lower() and concept.key not in defined:
            theirs = next(iter(sorted(defined))).removeprefix("engagement_rate_by_")
            return {"publisher": kpi.benchmark, "theirs": _BASES.get(theirs, Text(theirs, theirs))}
    return None


_BASES = {
    "followers": Text("followers", "pengikut"), "impressions": Text("impressions", "impresi"),
    "views": Text("views", "tayangan"), "reach": Text("reach", "jangkauan"),
}  # fmt: skip

RULE = Rule(
    key="benchmark_differs", level="stop", letter="A",
    message=Text("{publisher} counts per {theirs}: another definition than this KPI's.",
                 "{publisher} menghitung per {theirs}: definisinya lain dari KPI ini."),
    mend=Text("Take a benchmark of the same definition, or the metric the benchmark speaks of.",
              "Pakai tolok banding dengan definisi yang sama, atau metrik yang dipakai tolok "
              "banding itu."),
    find=find, good=good_case(benchmark="Rival IQ", metric="engagement_rate_by_followers"),
    bad=good_case(benchmark="Rival IQ"),
)  # fmt: skip
