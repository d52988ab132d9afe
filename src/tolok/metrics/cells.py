"""What a rollup keeps of a table, by day and by month: partial aggregates that can be put together."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import ibis.expr.operations as ops
from ibis.expr import types as ir

from tolok.base import PlatformFacts
from tolok.lake import Table, table_of

from .asked import named_table
from .buckets import time_form
from .levels import level_columns
from .metric import Metric
from .query import Plan, plan_metric, repeats_of
from .shelf import load_metrics
from .standing import is_standing

STATIC = ("brand", "platform", "account")
LAST_SEEN = "last_seen"
# How long a day's figures may change where no platform says otherwise; months keep only this.
USUAL_DAYS = PlatformFacts().reread("")


@dataclass(frozen=True)
class Piece:
    """One stored column: what it is called and how cells are put together."""

    name: str
    how: str  # sum, max, min, list or set
    share: float | None = None  # of a quantile


@dataclass(frozen=True)
class Layout:
    """The columns of a table's rollup; `pieces` finds one by its aggregate.

    A cell is one brand, platform, account and day of the brand's clock, or the month of such days.
    """

    table: Table
    dimensions: tuple[str, ...]
    pieces: Mapping[Any, Piece]
    stored: Mapping[str, Any]  # column → Ibis aggregate over `rows_in`
    seen: Mapping[str, str]  # column that counts rows → column of their first observation
    levels: Mapping[str, str]  # level column → stored column
    metrics: tuple[Metric, ...]

    def merge_sql(self, aggregate: Any) -> str | None:
        """Return the SQL that puts the stored pieces of an aggregate together, or None."""
        piece = self.pieces.get(aggregate.op())
        if piece is None:
            return None
        if piece.share is not None:
            return f"list_aggregate({_joined(piece)}, 'quantile_cont', {piece.share})"
        return f"len({_joined(piece)})" if piece.how == "set" else _joined(piece)

    def column_of(self, aggregate: Any) -> str:
        """Return the stored column of an aggregate that is kept."""
        return self.pieces[aggregate.op()].name

    def months_sql(self, days: str) -> str:
        """Return the SQL that makes cells of months from a table of cells of days."""
        picks = self._together()
        for rows, seen in self.seen.items():
            picks[f"late_{rows}"] = f"min({late_sql(seen, str(USUAL_DAYS))})"
        for level in self.levels.values():
            told = f"FILTER ({level} IS NOT NULL)"
            picks |= {
                level: f"arg_max({level}, on_day) {told}", f"{level}_day": f"max(on_day) {told}",
                f"{level}_sum": f"sum({level})", f"{level}_count": f"count({level})",
                f"{level}_seen": f"arg_max({LAST_SEEN}, on_day) {told}",
            }  # fmt: skip
        keys = ", ".join(self.dimensions)
        listed = ", ".join(f"{sql} AS {name}" for name, sql in picks.items())
        month = "CAST(date_trunc('month', day) AS DATE) AS month"
        grouped = f"FROM {days} GROUP BY {keys}, month ORDER BY {keys}, month"
        return f"SELECT {keys}, {month}, {listed} {grouped}"

    def days_sql(self, cells: str) -> str:
        """Return the SQL that puts cells of the same day together, each made of other rows."""
        picks = self._together()
        picks |= {seen: f"min({seen})" for seen in self.seen.values()}
        picks |= {level: f"max({level})" for level in self.levels.values()}
        picks[LAST_SEEN] = f"max({LAST_SEEN})"
        return _grouped(cells, (*self.dimensions, "day", "on_day"), picks)

    def joined_months_sql(self, cells: str) -> str:
        """Return the SQL that puts cells of the same month together, each made of other rows."""
        picks = self._together()
        picks |= {f"late_{rows}": f"min(late_{rows})" for rows in self.seen}
        for level in self.levels.values():
            picks |= {level: f"arg_max({level}, {level}_day)", f"{level}_day": f"max({level}_day)",
                      f"{level}_sum": f"sum({level}_sum)", f"{level}_count": f"sum({level}_count)",
                      f"{level}_seen": f"arg_max({level}_seen, {level}_day)"}  # fmt: skip
        keys = (*self.dimensions, "month")
        return f"{_grouped(cells, keys, picks)} ORDER BY {', '.join(keys)}"

    def _together(self) -> dict[str, str]:
        return {p.name: _joined(p) for p in self.pieces.values()}


def _grouped(cells: str, keys: Sequence[str], picks: Mapping[str, str]) -> str:
    by = ", ".join(keys)
    listed = ", ".join(f"{sql} AS {name}" for name, sql in picks.items())
    return f"SELECT {by}, {listed} FROM {cells} GROUP BY {by}"


def late_sql(seen: str, window: str) -> str:
    """Return SQL for the day of a cell whose rows were first seen when they might still change."""
    age = f"CAST(floor(epoch({seen}) / 86400) AS BIGINT) - on_day"
    return f"CASE WHEN {age} < {window} THEN on_day END"


def _joined(piece: Piece) -> str:
    if piece.how == "list":
        return f"flatten(list({piece.name}))"
    if piece.how == "set":
        return f"list_distinct(flatten(list({piece.name})))"
    return f"{piece.how}({piece.name})"


def can_roll(table: Table) -> bool:
    """Whether rows of the table lie in single days, so that days can be rolled up."""
    return time_form(table) in ("day", "moment")


@cache
def layout_of(key: str) -> Layout:
    """Return what the rollup of a table keeps: enough for every metric of the catalogue on it."""
    table = table_of(key)
    rows = named_table("rows_in", rows_schema(table))
    metrics = tuple(m for m in load_metrics().values() if is_rollable(m) and m.table == key)
    plan = Plan(rows)
    pieces: dict[Any, Piece] = {}
    stored: dict[str, Any] = {}
    seen: dict[str, str] = {}
    for metric in metrics:
        slots = plan_metric(plan, metric)
        where = metric.where(rows) if metric.where is not None else None
        seen[slots.rows] = f"seen_{slots.rows}"
        stored[seen[slots.rows]] = rows.observed_at.min(where=where)
    lists: dict[Any, str] = {}  # a median and a decile of the same values share them
    for name, aggregate in plan.aggregates.items():
        how, share, kept = _kept(aggregate)
        place = lists.setdefault(kept.op(), name)
        pieces[aggregate.op()] = Piece(place, how, share)
        stored[place] = kept
    mine = [m for m in load_metrics().values() if m.table == key]
    columns = level_columns(mine) if has_one_row_a_day(table) else ()
    levels = {c: f"level_{c}" for c in columns}
    stored |= {name: rows[column].max() for column, name in levels.items()}
    stored[LAST_SEEN] = rows.observed_at.max()
    dimensions = tuple(d for d in STATIC if d in table.schema.names)
    return Layout(table, dimensions, pieces, stored, seen, levels, metrics)


def has_one_row_a_day(table: Table) -> bool:
    """Whether a cell holds one row, so that its level is the level of the day."""
    return set(table.natural_key) == {"brand", "account", table.time}


def is_rollable(metric: Metric) -> bool:
    """Whether a metric's aggregates can be put together from days."""
    if metric.is_joined or repeats_of([metric]):
        return False
    table = table_of(metric.table)
    if level_columns([metric]) and (metric.where is not None or not has_one_row_a_day(table)):
        return False
    return can_roll(table) and not is_standing(metric, table)


def rows_schema(table: Table) -> Any:
    """Return the schema of rows put into periods, as questions without derived dimensions see it."""
    rows = named_table("facts", table.schema)
    zero = ibis_literal(0, "int16")
    return rows.mutate(bucket=zero, on_day=ibis_literal(0, "int64")).schema()


def ibis_literal(value: int, kind: str) -> Any:
    """Return a literal of a type."""
    return ops.Literal(value, kind).to_expr()


def cells_query(layout: Layout) -> ir.Table:
    """Return the query over `rows_in` that computes the cells."""
    rows = named_table("rows_in", rows_schema(layout.table))
    return rows.group_by([*layout.dimensions, "on_day"]).aggregate(**layout.stored)


def digest_of(sql: Sequence[str]) -> str:
    """Return a short name of the definitions; a changed one makes another name."""
    return hashlib.sha256("\n".join(sql).encode()).hexdigest()[:16]


def _kept(aggregate: Any) -> tuple[str, float | None, Any]:
    op = aggregate.op()
    if isinstance(op, ops.Quantile):
        share = op.quantile.value  # type: ignore[union-attr]
        return "list", float(share), _values(op).collect(where=_where(op))
    if isinstance(op, ops.CountDistinct):
        return "set", None, _values(op).collect(where=_where(op), distinct=True)
    if isinstance(op, ops.Max):
        return "max", None, aggregate
    return ("min", None, aggregate) if isinstance(op, ops.Min) else ("sum", None, aggregate)


def _values(op: Any) -> Any:
    return op.arg.to_expr()


def _where(op: Any) -> Any:
    return None if op.where is None else op.where.to_expr()
