"""Rows that stand for a while: risks, strategies, partnerships open at the end of a period."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
from ibis.expr import types as ir

from tolok.base import Period
from tolok.lake import Table

from .metric import Metric


def is_standing(metric: Metric, table: Table) -> bool:
    """Whether the metric counts rows by what stood at the end of the period."""
    return metric.basis == "state" and table.ends is not None


def with_standing(rows: ir.Table, table: Table, layer: Sequence[Period]) -> ir.Table:
    """Return the rows that had begun and not ended when each period ended, with its `bucket`.

    A row counts in every period at whose end it stands.
    """
    begun, ended = rows[table.time], rows[table.ends]
    found = [
        rows.filter((begun < p.end) & (ended.isnull() | (ended >= p.end))).mutate(
            bucket=ibis.literal(number, type="int16")
        )
        for number, p in enumerate(layer)
    ]
    return ibis.union(*found, distinct=False) if len(found) > 1 else found[0]
