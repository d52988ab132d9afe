"""The ten areas of responsibility: their names, and which metrics and KPIs belong to each."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tolok.kpi import Kpi
from tolok.metrics import Metric

AREA_NAMES: dict[str, Promise] = {
    "K1": _("Strategy"),
    "K2": _("Content"),
    "K3": _("Community"),
    "K4": _("Campaigns"),
    "K5": _("Reporting"),
    "K6": _("Influencers"),
    "K7": _("Crisis"),
    "K8": _("Growth"),
    "K9": _("Brand"),
    "K10": _("Innovation"),
}


def areas_of_metric(metric: Metric) -> list[str]:
    """Return the areas a metric serves, by the requirement ids it names."""
    served = (wanted.split(".")[0] for wanted in metric.serves)
    return [area for area in dict.fromkeys(served) if area in AREA_NAMES]


def area_of_kpi(kpi: Kpi) -> str:
    """Return the area a KPI belongs to: its own word, else the first its metric serves, else "".

    A word of the team's own that is no area of the ten stands as it is.
    """
    if kpi.area:
        own = kpi.area.split(".")[0]
        return own if own in AREA_NAMES else kpi.area
    served = areas_of_metric(kpi.declared) if kpi.declared else []
    return served[0] if served else ""
