"""Which accounts ever give a column of a day table: they are the ones expected to give it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

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


@dataclass(frozen=True)
class Presence:
    """Per metric and group: the accounts that ever gave its columns.

    An account is named with its brand: two brands may watch the same one.
    """

    accounts: Mapping[str, Mapping[Group, AbstractSet[Who]]]
    members: Mapping[str, Mapping[Group, AbstractSet[Who]]]  # with any row, whatever it tells

    def expected(self, metric: Metric, group: Group) -> int:
        """Return how many accounts are expected to give the metric in the group."""
        return len(self.tellers(metric, group))

    def tellers(self, metric: Metric, group: Group) -> AbstractSet[Who]:
        """Return the accounts of the group that ever gave the metric's columns."""
        return self.accounts.get(metric.key, {}).get(group, frozenset())

    def members_of(self, metric: Metric, group: Group) -> AbstractSet[Who]:
        """Return the accounts of the group that have any row the metric is about."""
        return self.members.get(metric.key, {}).get(group, frozenset())


@dataclass(frozen=True)
class _Census:
    """Rows of accounts over all time, and where each metric's counts stand in them."""

    rows: Sequence[Mapping[str, Any]]
    given: Sequence[str]
    present: Sequence[str]


def read_presence(question: Question) -> Presence:
    """Return which accounts of the scope ever gave each metric's columns, over all time."""
    scope = question.scope
    other = {n: v for n, v in scope.filters.items() if n not in _STATIC}
    key = (question.view.version(question.table.key), _key(question), tuple(sorted(other.items())))
    census: _Census = _FOUND.get(key, lambda: _count(question, Scope(filters=other)))
    accounts: dict[str, dict[Group, set[Who]]] = {}
    members: dict[str, dict[Group, set[Who]]] = {}
    admitted = [r for r in census.rows if scope.admits(r, question.view)]
    groups = [tuple(r.get(d) for d in question.by) for r in admitted]
    for number, metric in enumerate(question.metrics):
        mine = accounts.setdefault(metric.key, {})
        all_of = members.setdefault(metric.key, {})
        given, present = census.given[number], census.present[number]
        for row, group in zip(admitted, groups, strict=True):
            who = (row["brand"], row["account"])
            if row[given]:
                mine.setdefault(group, set()).add(who)
            if row[present]:
                all_of.setdefault(group, set()).add(who)
    return Presence(accounts, members)


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
    given, present, _ = compiled.more
    return _Census(rows, given, present)


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
