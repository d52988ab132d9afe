"""Which accounts ever give a column of a day table: they are the ones expected to give it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import reduce
from operator import and_
from typing import Any

import numpy as np
from ibis.expr import types as ir

from .asked import COMPILED, Compiled, Kept, named_table, with_named
from .metric import Metric
from .query import Plan
from .rows import Question
from .scope import Scope

Group = tuple[Any, ...]
Who = tuple[str, str]  # brand and account

_STATIC = ("brand", "platform", "account")
_FOUND = Kept(200)
_SEEN = Kept(1_000)


@dataclass(frozen=True)
class Presence:
    """Per metric and group: the accounts that ever gave its columns.

    An account is named with its brand: two brands may watch the same one.
    """

    rows: Sequence[Mapping[str, Any]]  # of accounts in the scope, over all time
    groups: Sequence[Group]
    given: Mapping[str, str]  # metric → where a row counts what gave its columns
    present: Mapping[str, str]  # … and any row it is about
    metrics: Sequence[Metric]  # held, so that their ids stay theirs
    _found: dict[str, Mapping[Group, AbstractSet[Who]]] = field(default_factory=dict)

    def counts(self, metric: Metric, groups: Sequence[Group]) -> np.ndarray:
        """Return how many accounts are expected to give the metric in each of the groups."""
        found = {g: len(who) for g, who in self._of(self.given[metric.key]).items()}
        return np.fromiter((found.get(g, 0) for g in groups), dtype=np.int64, count=len(groups))

    def tellers(self, metric: Metric, group: Group) -> AbstractSet[Who]:
        """Return the accounts of the group that ever gave the metric's columns."""
        return self._of(self.given[metric.key]).get(group, frozenset())

    def members_of(self, metric: Metric, group: Group) -> AbstractSet[Who]:
        """Return the accounts of the group that have any row the metric is about."""
        return self._of(self.present[metric.key]).get(group, frozenset())

    def platforms(self) -> tuple[str, ...]:
        """Return the platforms any account of the scope is on."""
        return tuple(sorted({r["platform"] for r in self.rows if r["platform"]}))

    def _of(self, column: str) -> Mapping[Group, AbstractSet[Who]]:
        if column not in self._found:
            found: dict[Group, set[Who]] = {}
            for row, group in zip(self.rows, self.groups, strict=True):
                if row[column]:
                    found.setdefault(group, set()).add((row["brand"], row["account"]))
            self._found[column] = found
        return self._found[column]


@dataclass(frozen=True)
class _Census:
    """Rows of accounts over all time by brand, and where each metric's counts stand in them."""

    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    given: Sequence[str]
    present: Sequence[str]
    metrics: Sequence[Metric]


def read_presence(question: Question) -> Presence:
    """Return which accounts of the scope ever gave each metric's columns, over all time."""
    scope, view = question.scope, question.view
    other = {n: v for n, v in scope.filters.items() if n not in _STATIC}
    what = (view.version(question.table.key), _key(question), tuple(sorted(other.items())))
    shape = (what, scope.shape(view), scope.brand, question.by)

    def make() -> Presence:
        census: _Census = _FOUND.get(what, lambda: _count(question, Scope(filters=other)))
        brands = census.rows if scope.brand is None else (scope.brand,)
        rows = [r for b in brands for r in census.rows.get(b, ()) if scope.admits(r, view)]
        keys = [m.key for m in census.metrics]
        return Presence(
            rows, [tuple(r.get(d) for d in question.by) for r in rows],
            dict(zip(keys, census.given, strict=True)),
            dict(zip(keys, census.present, strict=True)), census.metrics,
        )  # fmt: skip

    return _SEEN.get(shape, make)


def _key(question: Question) -> Hashable:
    return question.table.key, tuple(id(m) for m in question.metrics)


def _count(question: Question, scope: Scope) -> _Census:
    """Count rows per account, of every brand, so that the next brand asked for finds them."""
    shape = (
        "presence",
        question.view.backend.dialect,
        _key(question),
        tuple(scope.filters.items()),
    )
    compiled = COMPILED.get(shape, lambda: _compile(question, scope))
    facts = {"facts": question.view.scan(question.table.key)}
    rows = question.view.run(with_named(facts, compiled.sql)).to_pylist()
    given, present, metrics = compiled.more
    by_brand: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_brand.setdefault(row["brand"], []).append(row)
    return _Census(by_brand, given, present, metrics)


def _compile(question: Question, scope: Scope) -> Compiled:
    facts = named_table("facts", question.table.schema)
    # Filters only: whose accounts count is told apart later.
    rows = scope.filter_only(facts)
    plan = Plan(rows)
    given, present = [], []
    for metric in question.metrics:
        where = metric.where(rows) if metric.where is not None else None
        has = [p.row(rows).notnull() for p in metric.parts.values() if p.row is not None]
        conditions = [c for c in (where, *has) if c is not None]
        given.append(plan.add(rows.count(where=reduce(and_, conditions) if conditions else None)))
        present.append(plan.add(rows.count(where=where)))
    keys = [k for k in _STATIC if k in rows.columns]
    counted: ir.Table = rows.group_by(keys).aggregate(**plan.aggregates)
    # The metrics are held, so that their ids stay theirs.
    return Compiled(
        question.view.backend.compile(counted), None, (given, present, question.metrics)
    )
