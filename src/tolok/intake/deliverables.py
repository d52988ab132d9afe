"""What partners' posts brought (K6.2): figures of the posts themselves, beside the usual of both sides.

A deliverable that names its post gets the post's reach, views, interactions, clicks and follows, and
what a post of the influencer and of the brand usually brings. What a person or a file said stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

import pyarrow as pa

from tolok.lake import Lake, LakeView, Origin, table_of
from tolok.metrics.catalogue.content import interactions_of

from .labels import moment_now

SOURCE = "deliverables"
FEWEST = 5  # posts below which nothing is called usual
_FROM_POST = (
    "published_at",
    "views",
    "reach",
    "interactions",
    "link_clicks",
    "follows",
    "platform",
    "kind",
)
_USUAL = ("usual_interactions", "brand_interactions")

Row = Mapping[str, Any]


def measure_deliverables(lake: Lake, brand: str) -> int:
    """Write the figures of the posts that deliverables name; return how many deliverables changed.

    Measured anew at each call, since posts go on earning. The usual of an influencer is the median of
    their other posts in the lake, the brand's that of its own accounts; under five posts it stays
    empty.
    """
    _forget(lake, brand)
    view = LakeView(lake)
    rows = _rows(view, "deliverables", brand)
    posts = _posts(view, brand)
    named = {r["post"] for r in rows if r["post"]}
    partner = {p["partnership"]: p["influencer"] for p in _rows(view, "partnerships", brand)}
    ours = [a["account"] for a in _rows(view, "accounts", brand) if a["relation"] in (None, "own")]
    usual: dict[str | None, float | None] = {
        who: _usual(posts, [who], named) for who in {*partner.values()} if who
    }
    brands = _usual(posts, ours, named)
    found = []
    for row in rows:
        post = posts.get(row["post"] or "")
        if post is None:
            continue
        told = {**post, "usual_interactions": usual.get(partner.get(row["partnership"])),
                "brand_interactions": brands}  # fmt: skip
        new = {n: told[n] for n in (*_FROM_POST, *_USUAL) if row[n] is None and told[n] is not None}
        if new:
            found.append({"published_at": row["published_at"], **new, "brand": brand,
                          "deliverable": row["deliverable"]})  # fmt: skip
    if found:
        _write(lake, brand, found)
    return len(found)


def _forget(lake: Lake, brand: str) -> None:
    for batch in lake.catalogue.batches():
        if batch.source == SOURCE and batch.brand == brand and batch.withdrawn_at is None:
            lake.withdraw(batch.id)


def _rows(view: LakeView, key: str, brand: str) -> list[Row]:
    return list(view.table(key).filter(lambda t: t.brand == brand).to_pyarrow().to_pylist())


def _posts(view: LakeView, brand: str) -> dict[str, Row]:
    table = view.table("posts")
    rows = table.filter(table.brand == brand).mutate(interactions=interactions_of(table))
    told = rows.select("post", "account", *_FROM_POST).to_pyarrow().to_pylist()
    return {r["post"]: r for r in told}


def _usual(posts: Mapping[str, Row], accounts: Sequence[str], without: set[str]) -> float | None:
    """Return the median interactions of the accounts' posts that are no deliverables."""
    known = [float(p["interactions"]) for p in posts.values() if p["account"] in accounts
             and p["interactions"] is not None and p["post"] not in without]  # fmt: skip
    return median(known) if len(known) >= FEWEST else None


def _write(lake: Lake, brand: str, found: list[dict[str, Any]]) -> None:
    names = ("brand", "deliverable", *_FROM_POST, *_USUAL)
    schema = table_of("deliverables").schema
    facts = pa.Table.from_pylist(
        [{n: r.get(n) for n in names} for r in found], pa.schema([schema.field(n) for n in names])
    )
    facts = facts.append_column("observed_at", pa.repeat(moment_now(), len(found)))
    note = {"rows": {"deliverables": len(found)}}
    lake.write({"deliverables": facts}, Origin(source=SOURCE, brand=brand, note=note))
