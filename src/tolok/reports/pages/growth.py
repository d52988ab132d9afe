"""Growth: followers and the interaction that must stand beside them."""

from __future__ import annotations

from collections.abc import Iterable

from tolok.base import Text

from ..blocks import Block, Charts, Words
from ..case import Case
from ..narrative import Told, explain_change
from ..page import Page
from ..parts import group_chart, history_chart, known, series_grid, tell

# Followers never stand alone: an interaction measure is on the same page (F7).
KEYS = ("followers", "followers_net", "followers_gained", "follower_growth_rate",
        "engagement_rate_by_followers", "interactions")  # fmt: skip


def _build(case: Case) -> Iterable[Block]:
    platforms = case.platforms_of("account_days")
    together = known(
        tell(case, k) for k in ("followers_net", "followers", "interactions") if case.has(k)
    )
    if together:
        said = (together[0].sentence, *explain_change(case, "followers_net", "platform"))
        yield Words(said, is_answer=True)
        yield Charts(tuple(history_chart(case, t) for t in together[:2]))
    each: list[Told] = []
    for platform in platforms:
        told = known(tell(case, k, platform=platform) for k in KEYS if case.has(k))
        if told:
            yield series_grid(case, told, title=case.name_of(platform))
            each += [t for t in told if t.metric.key == "followers"]
    chart = group_chart(case, "followers_net", "platform",
                        title=Text("Net new followers by platform", "Pertambahan bersih pengikut per platform"))  # fmt: skip
    charts = [*([chart] if chart else []), *(history_chart(case, t) for t in each)]
    if charts:
        yield Charts(tuple(charts))


PAGE = Page(
    key="growth", order=40, build=_build,
    title=Text("Growth", "Pertumbuhan"),
    question=Text("Is our audience growing, and does it care?", "Apakah audiens kita tumbuh, dan apakah mereka peduli?"),
    nothing=Text("No account tells its followers yet.", "Belum ada akun yang memberi angka pengikut."),
    needs=("followers", "followers_net", "followers_gained"), follows=KEYS,
    serves=("K3.1", "K8.1", "F7"),
)  # fmt: skip
