"""Many metrics over one fact table in one query: each aggregate once, by group and bucket."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import and_
from typing import Any, TypeVar

import ibis
import ibis.expr.operations as ops
import numpy as np
import pyarrow as pa
from ibis.expr import types as ir

from .metric import Metric
from .part import Part

T = TypeVar("T")
Key = tuple[tuple[Any, ...], int]  # dimension values, and the position of the period

SEEN, LATE = "seen", "late"  # where an answer holds the looks at rows that files told


@dataclass
class Plan:
    """The aggregates of one query, each expression named once however many metrics share it."""

    rows: ir.Table
    aggregates: dict[str, Any] = field(default_factory=dict)
    full: frozenset[str] = frozenset()  # columns known to hold no null
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
    columns: frozenset[str]  # the columns of the rows it reads


def plan_metric(
    plan: Plan, metric: Metric, *, late: tuple[Any, Any] | None = None, are_looks_told: bool = False
) -> Slots:
    """Add a metric's aggregates to the plan and tell where they will stand.

    `late` is the condition under which the platform may still change a row's figures, and the
    day the row counts on. Where files tell the looks at all rows, rows need not.
    """
    rows = plan.rows
    where = metric.where(rows) if metric.where is not None else None
    needed = _needed(metric, rows, plan.full)
    parts: dict[str, str] = {}
    lows: dict[str, str] = {}
    for name, part in metric.parts.items():
        if part.how == "level":
            continue
        narrowed = _both(where, part.where(rows) if part.where else None)
        required = needed if metric.paired else {}
        parts[name] = plan.add(_aggregate(metric, part, rows, narrowed, required))
        if part.how == "people":
            value = part.row(rows)  # type: ignore[misc]
            lows[name] = plan.add(value.max(where=_having(narrowed, required, value)))
    currencies = None
    present = _having(where, needed)
    if metric.unit.kind == "money" and "currency" in rows.columns:
        currencies = _ends(plan, rows.currency, present)
    changing: str | None = LATE
    observed = SEEN
    if not are_looks_told or where is not None:
        observed = plan.add(rows.observed_at.max(where=where))
        changing = None if late is None else plan.add(late[1].min(where=_both(where, late[0])))
    return Slots(
        parts,
        have=plan.add(_count(rows, where, needed)),
        rows=plan.add(rows.count(where=where)),
        observed=observed,
        late=changing,
        lows=lows,
        currencies=currencies,
        kinds=tuple(_ends(plan, rows[c], present) for c in metric.one_kind),
    )


def _ends(plan: Plan, column: Any, where: Any) -> tuple[str, str]:
    return plan.add(column.min(where=where)), plan.add(column.max(where=where))


Needed = Mapping[Any, Any]  # each row-level value that must not be null, by what it is


def _needed(metric: Metric, rows: ir.Table, full: frozenset[str]) -> Needed:
    """Return the values a row must have to count: all that the metric sums and may lack."""
    values = [
        p.row(rows)
        for p in metric.parts.values()
        if p.row is not None and p.how in ("sum", "people", "max", "median", "p90")
    ]
    told = {v.op(): v for v in values}
    return {op: v for op, v in told.items() if not isinstance(op, ops.Field) or op.name not in full}


def _having(where: Any, needed: Needed, value: Any = None) -> Any:
    """Return `where` and that nothing needed is null, but for the value itself.

    An aggregate leaves its own nulls out: saying so again costs as much as the aggregate.
    """
    mine = None if value is None else value.op()
    rest = [v.notnull() for op, v in needed.items() if op != mine]
    return _both(where, reduce(and_, rest)) if rest else where


def _both(one: Any, other: Any) -> Any:
    if one is None:
        return other
    return one if other is None else one & other


def _count(rows: ir.Table, where: Any, needed: Needed) -> Any:
    """Return how many rows have all that is needed."""
    first = next(iter(needed.values()), None)
    if first is None:
        return rows.count(where=where)
    return first.count(where=_having(where, needed, first))


def _aggregate(metric: Metric, part: Part, rows: ir.Table, where: Any, needed: Needed) -> Any:
    if part.how == "count":
        return _count(rows, where, needed)
    if part.how == "repeated":
        second = rows[_nth(metric, part)] == 2
        return rows.count(where=_both(_having(where, needed), second))
    value = part.row(rows)  # type: ignore[misc]
    where = _having(where, needed, value)
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
class Held:
    """Groups and periods to speak of, and where an answer holds each; −1 where it does not."""

    keys: Sequence[Key]
    at: np.ndarray
    _made: dict[Hashable, Any] = field(default_factory=dict)

    @cached_property
    def buckets(self) -> np.ndarray:
        """The position of the period of each."""
        return np.fromiter((b for _, b in self.keys), dtype=np.int64, count=len(self.keys))

    @cached_property
    def is_held(self) -> bool:
        """Whether the answer holds every one."""
        return bool((self.at >= 0).all())

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made for the key before: metrics of one table share most of it."""
        if key not in self._made:
            self._made[key] = make()
        found: T = self._made[key]
        return found


@dataclass(frozen=True)
class Answer:
    """The result of a query: one row per group and bucket, in order, columns as numpy arrays."""

    keys: Sequence[Key]  # dimension values and bucket of each row
    columns: Mapping[str, np.ndarray]
    labels: Mapping[str, np.ndarray]  # text and moment columns, as objects
    _held: dict[str, Held] = field(default_factory=dict)
    _cuts: dict[Any, list[int]] = field(default_factory=dict)

    def held(self, rows: str) -> Held:
        """Return the groups and buckets that have any of the rows counted there."""
        if rows not in self._held:
            at = np.flatnonzero(self.columns[rows] > 0)
            keys = self.keys if len(at) == len(self.keys) else [self.keys[i] for i in at.tolist()]
            self._held[rows] = Held(keys, at)
        return self._held[rows]

    def cut(self, value: Any, *, is_kept: bool) -> Answer:
        """Return the rows of one value of the first dimension, which stays only when kept."""
        if not self._cuts:
            for place, (group, _) in enumerate(self.keys):
                self._cuts.setdefault(group[0], []).append(place)
        places = self._cuts.get(value, [])
        keys = [self.keys[i] for i in places]
        return Answer(
            keys if is_kept else [(group[1:], bucket) for group, bucket in keys],
            {n: v[places] for n, v in self.columns.items()},
            {n: v[places] for n, v in self.labels.items()},
        )


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
    decimals = _decimals(table, names)
    columns: dict[str, np.ndarray] = {}
    labels: dict[str, np.ndarray] = {}
    for name in names:
        column = table[name]
        kind = column.type
        if name in decimals:
            columns[name] = decimals[name][taken]
        elif pa.types.is_integer(kind) or pa.types.is_floating(kind):
            numbers = column.to_numpy(zero_copy_only=False).astype(np.float64, copy=False)
            columns[name] = numbers[taken]
        elif pa.types.is_date(kind):  # days are told by their number since 1970
            days = column.cast(pa.date32()).cast(pa.int32()).to_numpy(zero_copy_only=False)
            columns[name] = days.astype(np.float64)[taken]
        else:
            values = np.empty(len(order), dtype=object)
            values[:] = column.to_pylist()
            labels[name] = values[taken]
    return Answer([keys[i] for i in order], columns, labels)


def _decimals(table: pa.Table, names: Sequence[str]) -> dict[str, np.ndarray]:
    """Return the decimal columns as floats; those of one kind at once, since each cast is dear."""
    kinds: dict[pa.DataType, list[str]] = {}
    for name in names:
        kind = table.schema.field(name).type
        if pa.types.is_decimal(kind):
            kinds.setdefault(kind, []).append(name)
    found: dict[str, np.ndarray] = {}
    for kind, alike in kinds.items():
        joined = pa.chunked_array([c for n in alike for c in table[n].chunks], type=kind)
        numbers = joined.cast(pa.float64()).to_numpy(zero_copy_only=False)
        found |= zip(alike, numbers.reshape(len(alike), table.num_rows), strict=True)
    return found


def order_of(key: Key) -> tuple[int, tuple[str, ...]]:
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
