"""Many metrics over one fact table in one query: each aggregate once, by group and bucket."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from ibis.expr import types as ir

from .metric import Metric
from .part import Part


@dataclass
class Plan:
    """The aggregates of one query, each expression named once however many metrics share it."""

    rows: ir.Table
    aggregates: dict[str, Any] = field(default_factory=dict)
    _names: dict[Any, str] = field(default_factory=dict)

    def add(self, expression: Any) -> str:
        """Add an aggregate, or find it again; returns the name of its column."""
        key = expression.op()
        name = self._names.get(key)
        if name is None:
            name = f"a{len(self._names)}"
            self._names[key] = name
            self.aggregates[name] = expression
        return name


@dataclass(frozen=True)
class Slots:
    """Where the answer holds a metric's parts, its row counts and what surrounds them."""

    parts: Mapping[str, str]
    have: str  # rows that have every summed part
    lows: Mapping[str, str]  # people: largest single row
    negative: str | None = None
    currencies: tuple[str, str] | None = None  # how many currencies, one of them
    kinds: tuple[str, ...] = ()  # how many values stand in each column that must not be mixed


def plan_metric(plan: Plan, metric: Metric) -> Slots:
    """Add a metric's aggregates to the plan and tell where they will stand."""
    rows = plan.rows
    present = _present(metric, rows)
    parts: dict[str, str] = {}
    lows: dict[str, str] = {}
    for name, part in metric.parts.items():
        if part.how == "level":
            continue
        where = _both(present if metric.paired else None, part.where(rows) if part.where else None)
        parts[name] = plan.add(_aggregate(part, rows, where))
        if part.how == "people":
            lows[name] = plan.add(part.row(rows).max(where=where))  # type: ignore[misc]
    have = plan.add(rows.count(where=present))
    currencies = None
    if metric.unit.kind == "money" and "currency" in rows.columns:
        currencies = (
            plan.add(rows.currency.nunique(where=present)),
            plan.add(rows.currency.min(where=present)),
        )
    kinds = tuple(plan.add(rows[c].nunique(where=present)) for c in metric.one_kind)
    return Slots(parts, have, lows, None, currencies, kinds)


def _present(metric: Metric, rows: ir.Table) -> Any:
    """Return the condition under which a row has all that the metric sums, or None for always."""
    needed = [
        p.row(rows).notnull()
        for p in metric.parts.values()
        if p.row is not None and p.how in ("sum", "people", "max", "median", "p90")
    ]
    return reduce(and_, needed) if needed else None


def _both(one: Any, other: Any) -> Any:
    if one is None:
        return other
    return one if other is None else one & other


def _aggregate(part: Part, rows: ir.Table, where: Any) -> Any:
    if part.how == "count":
        return rows.count(where=where)
    if part.how == "repeated":
        second = rows[f"nth_{part.columns[0]}"] == 2
        return rows.count(where=_both(where, second))
    value = part.row(rows)  # type: ignore[misc]
    if part.how in ("sum", "people"):
        return value.sum(where=where)
    if part.how == "max":
        return value.max(where=where)
    if part.how == "median":
        return value.median(where=where)
    if part.how == "p90":
        return value.quantile(0.9, where=where)
    return value.nunique(where=where)


@dataclass(frozen=True)
class Answer:
    """The result of a query: one row per group and bucket, columns as numpy arrays."""

    dimensions: tuple[str, ...]
    groups: tuple[tuple[Any, ...], ...]  # dimension values of each row
    buckets: np.ndarray
    columns: Mapping[str, np.ndarray]
    labels: Mapping[str, list[Any]]  # text and moment columns

    @property
    def size(self) -> int:
        """How many rows the answer has."""
        return len(self.buckets)


def run_plan(plan: Plan, dimensions: Sequence[str]) -> Answer:
    """Run the query and return its answer; sums of nothing are NaN, never 0."""
    grouped = plan.rows.group_by([*dimensions, "bucket"]).aggregate(**plan.aggregates)
    table: pa.Table = grouped.to_pyarrow()
    columns: dict[str, np.ndarray] = {}
    labels: dict[str, list[Any]] = {}
    for name in plan.aggregates:
        column = table[name]
        if pa.types.is_decimal(column.type):
            column = column.cast(pa.float64())
        if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
            columns[name] = column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
        else:
            labels[name] = column.to_pylist()
    groups = tuple(zip(*(table[d].to_pylist() for d in dimensions), strict=True))
    return Answer(
        dimensions=tuple(dimensions),
        groups=groups if dimensions else ((),) * table.num_rows,
        buckets=table["bucket"].to_numpy(zero_copy_only=False).astype(int),
        columns=columns,
        labels=labels,
    )


def add_surroundings(plan: Plan, *, late: Any = None) -> dict[str, str]:
    """Add what every figure of the table tells: rows, freshness, first provisional day."""
    rows = plan.rows
    found = {
        "rows": plan.add(rows.count()),
        "observed": plan.add(rows.observed_at.max()),
    }
    if late is not None:
        found["late"] = plan.add(late)
    return found


def with_repeats(rows: ir.Table, metrics: Sequence[Metric], dimensions: Sequence[str]) -> ir.Table:
    """Return the rows with `nth_<column>`, for parts that count values seen at least twice."""
    columns = {p.columns[0] for m in metrics for p in m.parts.values() if p.how == "repeated"}
    for column in sorted(columns):
        window = ibis.window(
            group_by=[*dimensions, "bucket", column],
            order_by=rows.observed_at,
        )
        number = ibis.row_number().over(window) + 1
        rows = rows.mutate(**{f"nth_{column}": rows[column].notnull().ifelse(number, ibis.null())})
    return rows


def literal_days(days: int) -> Any:
    """Return an interval of days as an Ibis literal."""
    return ibis.interval(days=days)
