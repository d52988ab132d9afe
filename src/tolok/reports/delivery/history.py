"""The memory of deliveries: each edition is a fact, with its readers, openings and ratings (K5.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tolok.kpi.ledger import read_facts, write_facts
from tolok.lake import Lake, LakeView


@dataclass(frozen=True)
class Delivery:
    """One edition of a report: when it was due and went out, and what readers made of it.

    Moments are naive UTC. `delivered_at` is None while it has not gone out.
    """

    report: str
    edition: str
    due_at: datetime
    delivered_at: datetime | None = None
    readers: int = 0
    opened_by: int = 0
    ratings: int = 0
    rating_sum: float = 0.0
    corrections: int = 0


def deliveries_of(view: LakeView, brand: str) -> list[Delivery]:
    """Return every edition, oldest first."""
    names = Delivery.__dataclass_fields__
    rows = read_facts(view, brand, "report_deliveries")
    found = [Delivery(**{n: v for n, v in r.items() if n in names and v is not None}) for r in rows]
    return sorted(found, key=lambda d: (d.due_at, d.report))


def write_delivery(
    lake: Lake, brand: str, delivery: Delivery, *, at: datetime | None = None
) -> None:
    """Write how an edition stands now; what was written of it before is kept beside it."""
    row = {n: getattr(delivery, n) for n in Delivery.__dataclass_fields__}
    write_facts(lake, brand, {"report_deliveries": [row]}, at=at)
