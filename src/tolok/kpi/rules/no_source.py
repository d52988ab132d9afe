"""A KPI on a platform nothing is imported from."""

from __future__ import annotations

from collections.abc import Mapping

from tolok.base import Text

from ..examples import good_case
from ..rule import Case, Rule


def find(case: Case) -> Mapping[str, object] | None:
    """Find platforms of the scope that have no data here."""
    connected = case.world.connected
    if connected is None:
        return None
    missing = [p for p in case.kpi.platforms if p not in connected]
    names = case.world.facts.names
    return {"missing": ", ".join(names.get(p, p) for p in missing)} if missing else None


RULE = Rule(
    key="no_source", level="stop", letter="M",
    message=Text("There is no data from {missing}.", "Belum ada data dari {missing}."),
    mend=Text("Import an export of {missing}, or connect it, before promising anything there.",
              "Impor ekspor {missing}, atau sambungkan, sebelum menjanjikan sesuatu di sana."),
    find=find, good=good_case(), bad=good_case(platforms=("youtube",)),
)  # fmt: skip
