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
    rows: str  # rows the metric is about
    observed: str
    late: str | None
    lows: Mapping[str, str]  # people: largest single row
    currencies: tuple[str, str] | None = None  # least and greatest currency
    kinds: tuple[tuple[str, str], ...] = ()  # the same of each column that must not be mixed


@dataclass(frozen=True)
class Planned:
    """The aggregates of a question: their names and where each metric finds its own."""

    names: tuple[str, ...]
    slots: tuple[Slots, ...]
    metrics: tuple[Metric, ...]  # held, so that their ids stay theirs


def plan_metric(plan: Plan, metric: Metric, *, late: Any = None) -> Slots:
    """Add a metric's aggregates to the plan and tell where they will stand.

    `late` is the condition under which the platform may still change a row's figures.
    """
    rows = plan.rows
    where = metric.where(rows) if metric.where is not None else None
    present = _both(where, _present(metric, rows))
    parts: dict[str, str] = {}
    lows: dict[str, str] = {}
    for name, part in metric.parts.items():
        if part.how == "level":
            continue
        narrowed = _both(
            present if metric.paired else where, part.where(rows) if part.where else None
        )
        parts[name] = plan.add(_aggregate(metric, part, rows, narrowed))
        if part.how == "people":
            lows[name] = plan.add(part.row(rows).max(where=narrowed))  # type: ignore[misc]
    currencies = None
    if metric.unit.kind == "money" and "currency" in rows.columns:
        currencies = _ends(plan, rows.currency, present)
    return Slots(
        parts,
        have=plan.add(rows.count(where=present)),
        rows=plan.add(rows.count(where=where)),
        observed=plan.add(rows.observed_at.max(where=where)),
        late=None if late is None else plan.add(rows.on_day.min(where=_both(where, late))),
        lows=lows,
        currencies=currencies,
        kinds=tuple(_ends(plan, rows[c], present) for c in metric.one_kind),
    )


def _ends(plan: Plan, column: Any, where: Any) -> tuple[str, str]:
    return plan.add(column.min(where=where)), plan.add(column.max(where=where))


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


def _aggregate(metric: Metric, part: Part, rows: ir.Table, where: Any) -> Any:
    if part.how == "count":
        return rows.count(where=where)
    if part.how == "repeated":
        second = rows[_nth(metric, part)] == 2
        return rows.count(where=_both(where, second))
    value = part.row(rows)  # type: ignore[misc]
    if part.how in ("sum", "people"):
        return value.sum(where=where)
    if part.how == "max":
        return value.max(where=where)
    if part.how == "median":
        # Not median(): Ibis puts its 0.5 under the condition too, which other engines refuse.
        return value.quantile(0.5, where=where)
    if part.how == "p90":
        return value.quantile(0.9, where=where)
    return value.nunique(where=where)


@dataclass(frozen=True)
class Answer:
    """The result of a query: one row per group and bucket, in order, columns as numpy arrays."""

    keys: Sequence[tuple[tuple[Any, ...], int]]  # dimension values and bucket of each row
    columns: Mapping[str, np.ndarray]
    labels: Mapping[str, Sequence[Any]]  # text and moment columns
    _places: dict[str, dict[tuple[tuple[Any, ...], int], int]] = field(default_factory=dict)

    def places(self, rows: str) -> Mapping[tuple[tuple[Any, ...], int], int]:
        """Return where each group and bucket stands that has any of the rows counted there."""
        if rows not in self._places:
            counts = self.columns[rows]
            self._places[rows] = {k: i for i, k in enumerate(self.keys) if counts[i] > 0}
        return self._places[rows]


def plan_query(plan: Plan, dimensions: Sequence[str]) -> ir.Table:
    """Return the one query that computes all aggregates of the plan."""
    return plan.rows.group_by([*dimensions, "bucket"]).aggregate(**plan.aggregates)


def answer_of(table: pa.Table, names: Sequence[str], dimensions: Sequence[str]) -> Answer:
    """Return the answer a result holds; sums of nothing are NaN, never 0."""
    buckets = table["bucket"].to_pylist()
    groups = list(zip(*(table[d].to_pylist() for d in dimensions), strict=True))
    keys = list(zip(groups if dimensions else [()] * len(buckets), buckets, strict=True))
    order = sorted(range(len(keys)), key=lambda i: order_of(keys[i]))
    taken = np.array(order, dtype=np.int64)
    columns: dict[str, np.ndarray] = {}
    labels: dict[str, Sequence[Any]] = {}
    for name in names:
        column = table[name]
        kind = column.type
        if pa.types.is_decimal(kind):
            column, kind = column.cast(pa.float64()), pa.float64()
        if pa.types.is_integer(kind) or pa.types.is_floating(kind):
            numbers = column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
            columns[name] = numbers[taken]
        else:
            values = column.to_pylist()
            labels[name] = [values[i] for i in order]
    return Answer([keys[i] for i in order], columns, labels)


def order_of(key: tuple[tuple[Any, ...], int]) -> tuple[int, tuple[str, ...]]:
    """Return what sorts groups and buckets: by period, then by the group's words."""
    return key[1], tuple(str(v) for v in key[0])


def repeats_of(metrics: Sequence[Metric]) -> tuple[str, ...]:
    """Return the names of the columns that number the repeated values each metric counts."""
    return tuple(sorted(
        _nth(m, p) for m in metrics for p in m.parts.values() if p.how == "repeated"
    ))  # fmt: skip


def _nth(metric: Metric, part: Part) -> str:
    return f"nth_{part.columns[0]}_of_{metric.key}"


def with_repeats(rows: ir.Table, metrics: Sequence[Metric], dimensions: Sequence[str]) -> ir.Table:
    """Return the rows with `nth_<column>_of_<metric>`, for parts that count values seen twice.

    Only rows the metric is about are numbered: a refunded order makes nobody a repeat customer.
    """
    for metric in metrics:
        for part in metric.parts.values():
            if part.how != "repeated":
                continue
            column, name = part.columns[0], _nth(metric, part)
            about = rows[column].notnull()
            if metric.where is not None:
                about = about & metric.where(rows).fill_null(False)
            rows = rows.mutate(**{f"is_{name}": about})
            window = ibis.window(
                group_by=[*dimensions, "bucket", column, f"is_{name}"], order_by=rows.observed_at
            )
            number = ibis.row_number().over(window) + 1
            rows = rows.mutate(**{name: rows[f"is_{name}"].ifelse(number, ibis.null())})
    return rows
