"""A KPI whose data nobody has brought in."""

from __future__ import annotations

from collections.abc import Mapping

from tolok.base import Text

from ..examples import good_case
from ..rule import Case, Rule


def find(case: Case) -> Mapping[str, object] | None:
    """Find platforms of the scope, or facts of the metric, that nobody has brought in."""
    unfed = case.world.unfed.get(case.kpi.metric)
    if unfed is not None:
        return {"missing": unfed}
    connected = case.world.connected
    if connected is None:
        return None
    missing = [p for p in case.kpi.platforms if p not in connected]
    names = case.world.facts.names
    return {"missing": ", ".join(names.get(p, p) for p in missing)} if missing else None


RULE = Rule(
    key="no_source", level="stop", letter="M",
    message=Text("There is no data from {missing}.", "Belum ada data dari {missing}."),
    mend=Text("Bring it in first: import an export, connect the platform, or fill in a template.",
              "Masukkan datanya dulu: impor ekspor, sambungkan platformnya, atau isi templat."),
    find=find, good=good_case(), bad=good_case(platforms=("youtube",)),
)  # fmt: skip
