"""Keeping what a team decides: each save is one batch of facts that can be taken back by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from tolok.kpi.ledger import SOURCE, write_facts
from tolok.lake import Batch
from tolok.web.accounts.facts import lake_of
from tolok.web.accounts.models import Brand
from tolok.web.plan.book import mark_of

Row = Mapping[str, Any]


def thing_of(table: str, key: str) -> str:
    """Return how a note of a batch names the row it is about."""
    return f"{table}:{key}"


def keep_thing(
    brand: Brand, rows: Mapping[str, Sequence[Row]], *, thing: str, did: str, by: str,
    instead_of: Sequence[str] = (),
) -> None:  # fmt: skip
    """Write rows as one batch about one thing; what was done and by whom stands in its note.

    The facts keep the last value that was said, so an emptied field needs its earlier saves to
    count no longer: `instead_of` names the kinds of saves of this thing that this one replaces.
    The new rows are written first, so that nothing is missing at any moment.
    """
    older = batches_of(brand, thing, *instead_of) if instead_of else []
    note = {"thing": thing, "did": did, "by": by}
    write_facts(lake_of(brand), brand.slug, rows, note=note)
    for batch in older:
        lake_of(brand).withdraw(batch.id)


def batches_of(brand: Brand, thing: str, *kinds: str, with_withdrawn: bool = False) -> list[Batch]:
    """Return the saves of a thing, oldest first; of these kinds only, where any are named."""
    found = lake_of(brand).catalogue.batches(with_withdrawn=with_withdrawn)
    return [
        b for b in found
        if b.source == SOURCE and b.brand == brand.slug and b.note.get("thing") == thing
        and (not kinds or b.note.get("did") in kinds)
    ]  # fmt: skip


def take_back(brand: Brand, thing: str, *kinds: str) -> int:
    """Let the saves of these kinds count no longer; returns how many there were."""
    found = batches_of(brand, thing, *kinds)
    for batch in found:
        lake_of(brand).withdraw(batch.id)
    return len(found)


def row_mark(row: object) -> str:
    """Return the mark a form carries, so that saving knows what it was made from."""
    return mark_of(row)[:16] if row is not None else ""


def local_day(brand: Brand, moment: datetime) -> Any:
    """Return the day of a naive UTC moment on the brand's clock."""
    return moment.replace(tzinfo=UTC).astimezone(brand.zone).date()
