"""The ten areas of responsibility and the stages of the funnel: their names, and what serves them."""

from __future__ import annotations

from collections.abc import Mapping

from tolok.base import Text

from .metric import Metric

AREA_NAMES: Mapping[str, Text] = {
    "K1": Text("Strategy", "Strategi"), "K2": Text("Content", "Konten"),
    "K3": Text("Community", "Komunitas"), "K4": Text("Campaigns", "Kampanye"),
    "K5": Text("Reporting", "Pelaporan"), "K6": Text("Influencers", "Influencer"),
    "K7": Text("Crisis", "Krisis"), "K8": Text("Growth", "Pertumbuhan"),
    "K9": Text("Brand", "Merek"), "K10": Text("Innovation", "Inovasi"),
}  # fmt: skip
STAGE_NAMES: Mapping[str, Text] = {
    "awareness": Text("Awareness", "Kesadaran merek"),
    "consideration": Text("Consideration", "Pertimbangan"),
    "conversion": Text("Conversion", "Konversi"),
    "loyalty": Text("Loyalty", "Loyalitas"),
    "advocacy": Text("Advocacy", "Advokasi"),
    "none": Text("Outside the funnel", "Di luar corong"),
}


def area_of(served: str) -> str:
    """Return the area of a requirement's id, or of an area's own ("K8.2" → "K8"); else the word."""
    own = served.split(".")[0].upper()
    return own if own in AREA_NAMES else served


def areas_of_metric(metric: Metric) -> list[str]:
    """Return the areas a metric serves, by the requirement ids it names."""
    served = (area_of(wanted) for wanted in metric.serves)
    return [area for area in dict.fromkeys(served) if area in AREA_NAMES]
