"""CPC used for cost per conversion."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tolok.base import Text

from ..concepts import concept_of_kpi
from ..examples import good_case
from ..rule import Case, Rule

_CPC = re.compile(r"\bcpc\b", re.IGNORECASE)
_CONVERSION = re.compile(
    r"konversi|pembelian|pesanan|transaksi|penjualan|prospek|conversion|purchase|order|sale|lead|"
    r"acquisition", re.IGNORECASE,
)  # fmt: skip


def find(case: Case) -> Mapping[str, object] | None:
    """Find CPC written where a conversion is meant."""
    kpi = case.kpi
    said = f"{kpi.name} {kpi.reason or ''}"
    if not _CPC.search(said):
        return None
    concept = concept_of_kpi(kpi)
    if _CONVERSION.search(kpi.name) or (
        concept and concept.key in ("cost_per_conversion", "conversions")
    ):
        return {}
    return None


RULE = Rule(
    key="cost_named_cpc", level="stop", letter="S",
    message=Text("CPC means cost per click; here a conversion is meant.",
                 "CPC berarti biaya per klik; di sini yang dimaksud konversi."),
    mend=Text("Write “cost per conversion” in full, and take that metric.",
              "Tulis “biaya per konversi” secara lengkap, dan pakai metrik itu."),
    find=find, good=good_case(metric="cost_per_click", name="CPC iklan Google"),
    bad=good_case(metric="cost_per_conversion", name="Biaya per konversi (CPC)"),
)  # fmt: skip
