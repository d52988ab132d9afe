"""The memory of deliveries: each edition is a fact, with its readers, openings and ratings (K5.4)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tolok.base import Text, UserError
from tolok.kpi.ledger import read_facts, write_facts
from tolok.lake import Lake, LakeView

from .schedule import Due


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


def delivered(view: LakeView, brand: str) -> frozenset[tuple[str, str]]:
    """Return which editions went out."""
    return frozenset((d.report, d.edition) for d in deliveries_of(view, brand) if d.delivered_at)


def record_due(lake: Lake, due: Due, *, at: datetime | None = None) -> Delivery:
    """Write that an edition was due and did not go out, say for want of data."""
    return _write(
        lake, due.schedule.brand, Delivery(due.schedule.key, due.edition, _naive(due.at)), at
    )


def record_delivery(
    lake: Lake, due: Due, *, delivered_at: datetime, readers: int, at: datetime | None = None
) -> Delivery:  # fmt: skip
    """Write that an edition went out to so many readers."""
    told = Delivery(due.schedule.key, due.edition, _naive(due.at), _naive(delivered_at), readers)
    return _write(lake, due.schedule.brand, told, at)


def record_opening(
    lake: Lake, brand: str, delivery: Delivery, *, at: datetime | None = None
) -> Delivery:
    """Write that one more reader opened it; never more than it went to."""
    return _write(
        lake, brand, replace(delivery, opened_by=min(delivery.opened_by + 1, delivery.readers)), at
    )


def record_rating(
    lake: Lake, brand: str, delivery: Delivery, *, rating: int, at: datetime | None = None
) -> Delivery:  # fmt: skip
    """Write a reader's rating, 1 to 5; raises UserError for another."""
    if not 1 <= rating <= 5:
        raise UserError(Text("A rating is 1 to 5.", "Nilai antara 1 sampai 5."))
    told = replace(delivery, ratings=delivery.ratings + 1, rating_sum=delivery.rating_sum + rating)
    return _write(lake, brand, told, at)


def _write(lake: Lake, brand: str, delivery: Delivery, at: datetime | None) -> Delivery:
    row = {n: getattr(delivery, n) for n in Delivery.__dataclass_fields__}
    write_facts(lake, brand, {"report_deliveries": [row]}, at=at)
    return delivery


def _naive(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
