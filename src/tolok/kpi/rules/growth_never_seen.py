"""A KPI that wants what never happened here."""

from __future__ import annotations

from collections.abc import Mapping

from tolok.base import Text

from ..examples import good_case, in_world
from ..rule import Case, Growth, Rule
from ..said import say_change


def find(case: Case) -> Mapping[str, object] | None:
    """Find a wanted growth beyond the best ever seen over a span as long."""
    growth = case.world.growth.get(case.kpi.key)
    if growth is None or growth.best != growth.best:
        return None
    beyond = growth.wanted > growth.best if growth.wanted >= 1 else growth.wanted < growth.best
    if not beyond:
        return None
    return {"wanted": say_change(growth.wanted), "best": say_change(growth.best)}


RULE = Rule(
    key="growth_never_seen", level="warn", letter="A",
    message=Text("{wanted} was never seen here over a span as long; the best was {best}.",
                 "{wanted} belum pernah terjadi di sini dalam rentang sepanjang itu; yang terbaik "
                 "{best}."),
    mend=Text("Promise less, give it more time, or name what will be done that was never done before.",
              "Turunkan janjinya, beri waktu lebih lama, atau sebutkan apa yang akan dilakukan dan "
              "belum pernah dilakukan."),
    find=find, good=in_world(good_case(), growth={"ig-engagement-rate": Growth(1.1, 1.2)}),
    bad=in_world(good_case(), growth={"ig-engagement-rate": Growth(1.5, 1.08)}),
)  # fmt: skip
