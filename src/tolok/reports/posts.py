"""Posts of a period by what they won: the best and the weakest, each with its own figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tolok.lake import table_of
from tolok.metrics import Metric, Scope, load_metrics
from tolok.metrics.buckets import with_bucket

from .case import Case
from .number import Fact

_SHOWN = ("post", "platform", "published_at", "kind", "title", "caption", "permalink", "campaign")


@dataclass(frozen=True)
class Post:
    """One post: what the lake says of it, and the fact that says what it won."""

    row: Mapping[str, Any]
    fact: Fact

    @property
    def words(self) -> str:
        """Its caption or title, as written."""
        return " ".join((self.row["caption"] or self.row["title"] or "").split())


def rank_posts(
    case: Case, key: str = "engagements", *, most: int = 5
) -> tuple[list[Post], list[Post]]:
    """Return the posts that won most and those that won least, at most `most` of each.

    A post stands in one of the lists only; of fewer than twice `most` posts the weakest are left
    out as far as they would overlap.
    """
    metric = load_metrics().get(key)
    if metric is None or metric.table != "posts" or case.engine.view.is_empty("posts"):
        return [], []
    rows = _ordered(case, metric)
    best = rows.limit(most)
    count = int(rows.count().to_pyarrow().as_py())
    last = rows.order_by("weight").limit(max(0, min(most, count - most)))
    found = [table.to_pyarrow().to_pylist() for table in (best, last)]
    facts = _facts(case, metric, tuple(r["post"] for part in found for r in part))
    made = [[Post(r, facts[r["post"]]) for r in part if r["post"] in facts] for part in found]
    return made[0], made[1]


def _ordered(case: Case, metric: Metric) -> Any:
    view = case.engine.view
    rows = case.scope().narrow(view.table("posts"), view)
    if metric.where is not None:
        rows = rows.filter(metric.where(rows))
    rows = with_bucket(rows, table_of("posts"), [case.period], case.calendar)
    weigh = next(p.row for p in metric.parts.values() if p.row is not None)
    rows = rows.mutate(weight=weigh(rows))
    rows = rows.filter(rows.weight.notnull()).select(*_SHOWN, "weight")
    return rows.order_by([rows.weight.desc(), rows.post])


def _facts(case: Case, metric: Metric, posts: tuple[str, ...]) -> dict[str, Fact]:
    if not posts:
        return {}
    alone = replace(metric, dimensions=(*metric.dimensions, "post"))
    scope = case.scope(filters={"post": posts})
    figures = case.engine.figures([alone], [case.period], scope, by=("post",))
    return {
        str(f.group["post"]): Fact(metric, f, Scope(case.brand, filters={"post": (str(f.group["post"]),)}))
        for f in figures
    }  # fmt: skip
