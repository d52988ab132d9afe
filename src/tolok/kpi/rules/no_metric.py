"""A KPI that names nothing that can be measured."""

from __future__ import annotations

from collections.abc import Mapping

from tolok.base import Text

from ..concepts import concept_of_kpi
from ..examples import good_case
from ..rule import Case, Rule


def find(case: Case) -> Mapping[str, object] | None:
    """Find a KPI whose metric Tolok cannot place."""
    kpi = case.kpi
    known = kpi.declared is not None or concept_of_kpi(kpi) is not None
    return None if known else {"metric": kpi.metric or "–"}


RULE = Rule(
    key="no_metric", level="stop", letter="M",
    message=Text("It names nothing that can be measured (metric: {metric}).",
                 "Tidak menyebut apa pun yang bisa diukur (metrik: {metric})."),
    mend=Text("Say which number shows it: engagement rate, reach, visits to the website, leads … "
              "`tolok metrics` lists them.",
              "Sebutkan angka yang menunjukkannya: tingkat interaksi, jangkauan, kunjungan situs, "
              "prospek … Daftarnya: `tolok metrics`."),
    find=find, good=good_case(), bad=good_case(metric="", name="Brand makin dikenal"),
)  # fmt: skip
