"""Rows that stand for a while: risks, strategies, KPIs in force at the end of a period."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
from ibis.expr import types as ir

from tolok.base import Calendar, Period
from tolok.lake import Table

from .metric import Metric


def is_standing(metric: Metric, table: Table) -> bool:
    """Whether the metric counts rows by what stood at the end of the period."""
    return metric.basis == "state" and (table.ends is not None or "version" in table.natural_key)


def with_ends(rows: ir.Table, table: Table) -> ir.Table:
    """Return all rows of the table with `ended_at`, null while they stand.

    Where rows are versions of a thing, one ends when the next begins; so it must be called before
    any row is left out.
    """
    if table.ends is not None:
        return rows.mutate(ended_at=rows[table.ends])
    names = [rows[c] for c in table.natural_key if c != "version"]
    after = ibis.window(group_by=names, order_by=rows.version)
    return rows.mutate(ended_at=rows[table.time].lead().over(after))


def with_standing(
    rows: ir.Table, table: Table, layer: Sequence[Period], calendar: Calendar
) -> ir.Table:
    """Return the rows that had begun and not ended when each period ended, with its `bucket`.

    A row counts in every period at whose end it stands.
    """
    is_moment = table.time is not None and table.column(table.time).type == "moment"
    found = []
    for number, period in enumerate(layer):
        end = calendar.utc_bounds(period)[1] if is_moment else period.end
        stands = (rows[table.time] < end) & (rows.ended_at.isnull() | (rows.ended_at >= end))
        found.append(rows.filter(stands).mutate(bucket=ibis.literal(number, type="int16")))
    return ibis.union(*found, distinct=False) if len(found) > 1 else found[0]
