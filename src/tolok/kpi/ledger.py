"""The ledger: what a team decides about its KPIs, written as facts that are never overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from tolok.lake import Batch, Lake, LakeView, Origin, table_of

SOURCE = "kpi"
Row = Mapping[str, Any]


def write_facts(
    lake: Lake,
    brand: str,
    rows: Mapping[str, Sequence[Row]],
    *,
    at: datetime | None = None,
    note: Mapping[str, Any] | None = None,
) -> Batch:
    """Append rows of the team's own tables as one batch, with a note of what was done and by whom.

    `at` (naive UTC) is for retelling the past.
    """
    moment = at or datetime.now(UTC).replace(tzinfo=None)
    facts = {}
    for key, given in rows.items():
        schema = table_of(key).schema
        full = [{"observed_at": moment, **row, "brand": brand} for row in given]
        names = sorted({name for row in full for name in row})
        facts[key] = pa.table(
            {n: pa.array([r.get(n) for r in full], schema.field(n).type) for n in names}
        )
    return lake.write(facts, Origin(source=SOURCE, brand=brand, note=note), at=at)


def read_facts(view: LakeView, brand: str, table: str) -> list[dict[str, Any]]:
    """Return the brand's rows of a table as this view knows them, sorted by their key."""
    if view.is_empty(table):
        return []
    form = table_of(table)
    rows = view.table(table)
    rows = rows.filter(rows.brand == brand).order_by(list(form.natural_key))
    shown = [*form.natural_key, *form.values]
    return (
        rows.select([c for c in dict.fromkeys(shown) if not _is_provenance(c)])
        .to_pyarrow()
        .to_pylist()
    )


def _is_provenance(name: str) -> bool:
    return name in ("observed_at", "recorded_at", "batch", "source", "file", "row")
