"""Sales traced to social media (F6): what credits say of an order is written to the order itself.

An order that names its own channel keeps it. One that names none takes the place of the touch the
last-touch model credits. No touch, no word: whether it came from social media stays unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import pyarrow as pa

from tolok.lake import Lake, LakeView, Origin

from .labels import moment_now

SOURCE = "traced"
_MODEL = "last"
_PLACES = ("channel", "platform", "campaign", "partnership")
_PARTS = ("social", "sosial", "influencer")


@lru_cache(maxsize=1)
def social_names() -> frozenset[str]:
    """Return the names of social media in `social_sources.txt`."""
    text = files(__package__).joinpath("social_sources.txt").read_text(encoding="utf-8")
    return frozenset(n for line in text.splitlines() if (n := line.strip()) and n[0] != "#")


def is_social_place(*names: str | None) -> bool | None:
    """Return whether one of the names is social media; None where no name is told."""
    told = [n.strip().lower() for n in names if n and n.strip()]
    if not told:
        return None
    return any(n in social_names() or any(p in n for p in _PARTS) for n in told)


def forget_traces(lake: Lake, brand: str) -> None:
    """Take back what was traced before, so that orders say again only what their source said."""
    for batch in lake.catalogue.batches():
        if batch.source == SOURCE and batch.brand == brand and batch.withdrawn_at is None:
            lake.withdraw(batch.id)


def trace_orders(lake: Lake, brand: str) -> int:
    """Write where the brand's orders came from and whether that is social media; return how many.

    Reads the credits of the last-touch model; call `forget_traces` before crediting anew.
    """
    view = LakeView(lake)
    orders = view.table("orders").filter(lambda t: t.brand == brand)
    rows = orders.select("order", "ordered_at", "is_social", "medium", *_PLACES).to_pyarrow()
    credits_ = view.table("credits").filter(lambda t: (t.brand == brand) & (t.model == _MODEL))
    told = {
        r["conversion"]: r for r in credits_.select("conversion", *_PLACES).to_pyarrow().to_pylist()
    }
    found = [t for t in (_trace(r, told) for r in rows.to_pylist()) if t]
    if found:
        facts = pa.Table.from_pylist([{**f, "brand": brand} for f in found], _schema())
        facts = facts.append_column("observed_at", pa.repeat(moment_now(), len(found)))
        note = {"rows": {"orders": len(found)}}
        lake.write({"orders": facts}, Origin(source=SOURCE, brand=brand, note=note))
    return len(found)


def _trace(row: Mapping[str, Any], told: Mapping[str, Mapping[str, Any]]) -> dict[str, Any] | None:
    own = {name: row[name] for name in _PLACES}
    has_own = any(own.values()) or row["medium"]
    if has_own and row["is_social"] is not None:
        return None
    place = own if has_own else told.get(row["order"])
    if place is None:
        return None
    says = row["is_social"]
    if says is None:
        says = is_social_place(place["channel"], place["platform"], row["medium"])
        # A partner's link or code is the work of an influencer, wherever it was clicked.
        says = True if place["partnership"] else says
    return {"order": row["order"], "ordered_at": row["ordered_at"], "is_social": says,
            **{name: place[name] for name in _PLACES}}  # fmt: skip


def _schema() -> pa.Schema:
    text = [(name, pa.string()) for name in ("order", *_PLACES, "brand")]
    return pa.schema([*text, ("ordered_at", pa.timestamp("us")), ("is_social", pa.bool_())])


def count_social(lake: Lake, brand: str) -> tuple[int, int, int]:
    """Return the brand's kept orders: all, those from social media, those nobody can tell."""
    rows = LakeView(lake).table("orders").filter(
        lambda t: (t.brand == brand) & ~t.is_refunded.fill_null(False)
    )  # fmt: skip
    told = rows.is_social.to_pyarrow().to_pylist()
    return len(told), sum(t is True for t in told), sum(t is None for t in told)
