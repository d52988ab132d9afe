"""Which accounts ever give a column of a day table: they are the ones expected to give it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import and_
from typing import Any

import ibis.expr.operations as ops
import numpy as np
import pyarrow as pa
from ibis.expr import types as ir

from tolok.lake import roll_call, table_of

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
    names: Mapping[
        str, tuple[str, str]
    ]  # metric → where a row counts what gave its columns, and any
    metrics: Sequence[Metric]  # held, so that their ids stay theirs
    _found: dict[str, Mapping[Group, AbstractSet[Who]]] = field(default_factory=dict)
    _sizes: dict[str, Mapping[Group, int]] = field(default_factory=dict)

    def counts(self, metric: Metric, groups: Sequence[Group]) -> np.ndarray:
        """Return how many accounts are expected to give the metric in each of the groups."""
        column = self.names[metric.key][0]
        if column not in self._sizes:
            self._sizes[column] = {g: len(who) for g, who in self._of(column).items()}
        found = self._sizes[column]
        return np.fromiter((found.get(g, 0) for g in groups), dtype=np.int64, count=len(groups))

    def tellers(self, metric: Metric, group: Group) -> AbstractSet[Who]:
        """Return the accounts of the group that ever gave the metric's columns."""
        return self._of(self.names[metric.key][0]).get(group, frozenset())

    def members_of(self, metric: Metric, group: Group) -> AbstractSet[Who]:
        """Return the accounts of the group that have any row the metric is about."""
        return self._of(self.names[metric.key][1]).get(group, frozenset())

    def telling_platforms(self, metric: Metric, group: Group) -> AbstractSet[str]:
        """Return the platforms whose accounts in the group ever gave the metric's columns."""
        return {self._platform[who] for who in self.tellers(metric, group)} - {""}

    def platforms_in(self, metric: Metric, group: Group) -> AbstractSet[str]:
        """Return the platforms of the group's accounts with any row the metric is about."""
        return {self._platform[who] for who in self.members_of(metric, group)} - {""}

    @cached_property
    def _platform(self) -> Mapping[Who, str]:
        return {(r["brand"], r["account"]): r["platform"] or "" for r in self.rows}

    def platforms(self) -> tuple[str, ...]:
        """Return the platforms any account of the scope is on."""
        return tuple(sorted({r["platform"] for r in self.rows if r["platform"]}))

    def _of(self, column: str) -> Mapping[Group, AbstractSet[Who]]:
        if column not in self._found:
            found: dict[Group, set[Who]] = {}
            for row, group in zip(self.rows, self.groups, strict=True):
                if row.get(column):
                    found.setdefault(group, set()).add((row["brand"], row["account"]))
            self._found[column] = found
        return self._found[column]


@dataclass(frozen=True)
class _Census:
    """Rows of accounts over all time by brand, and where each metric's counts stand in them."""

    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    names: Mapping[str, tuple[str, str]]
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
        groups = [tuple(r.get(d) for d in question.by) for r in rows]
        return Presence(rows, groups, census.names, census.metrics)

    return _SEEN.get(shape, make)


def _key(question: Question) -> Hashable:
    return question.table.key, tuple(id(m) for m in question.metrics)


def _count(question: Question, scope: Scope) -> _Census:
    """Count rows per account, of every brand, so that the next brand asked for finds them.

    What the files' own counts tell is taken from them; only the rest is counted in the facts.
    """
    told = {} if scope.filters else _told(question)
    rest = [m for m in question.metrics if m.key not in told]
    rows: dict[Group, dict[str, Any]] = {}
    for key, (given, present) in told.items():
        for who, name in [(w, f"given {key}") for w in given] + [
            (w, f"any {key}") for w in present
        ]:
            rows.setdefault(who, dict(zip(_STATIC, who, strict=True)))[name] = 1
    names = {k: (f"given {k}", f"any {k}") for k in told}
    if rest:
        shape = ("presence", question.view.backend.dialect, question.table.key,
                 tuple(id(m) for m in rest), tuple(scope.filters.items()))  # fmt: skip
        compiled = COMPILED.get(shape, lambda: _compile(question, scope, rest))
        facts = {"facts": question.view.scan(question.table.key)}
        for row in question.view.run(with_named(facts, compiled.sql)).to_pylist():
            rows.setdefault(tuple(row.get(k) for k in _STATIC), {}).update(row)
        names |= compiled.more[0]
    by_brand: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows.values():
        by_brand.setdefault(row["brand"], []).append(row)
    return _Census(by_brand, names, question.metrics)


def _told(question: Question) -> dict[str, tuple[set[Group], set[Group]]]:
    """Return, of metrics about all rows and of plain columns, who gave them and who has any row.

    A metric is left out where only the rows themselves tell whether any has all its columns.
    """
    wanted = {m.key: columns for m in question.metrics if (columns := _plain(m)) is not None}
    if not wanted:
        return {}
    calls = roll_call(question.view, question.table.key)
    who, place = callers(calls)
    rows = calls["rows"].to_numpy()
    found: dict[str, tuple[set[Group], set[Group]]] = {}
    for key, columns in wanted.items():
        if not all(f"n_{c}" in calls.column_names for c in columns):
            continue
        counts = [calls[f"n_{c}"].to_numpy() for c in columns]
        # So many rows lack none of them, however those that lack one lie.
        surely = rows - sum((rows - n for n in counts), np.zeros_like(rows)) > 0
        maybe = reduce(np.logical_and, [n > 0 for n in counts], rows > 0)
        given = np.bincount(place, surely, len(who)) > 0
        if (given | (np.bincount(place, maybe, len(who)) == 0)).all():
            found[key] = {w for w, is_given in zip(who, given, strict=True) if is_given}, set(who)
    return found


def callers(calls: pa.Table) -> tuple[list[Group], np.ndarray]:
    """Return the accounts of a roll call, each once, and which of them each row tells of."""
    place, words = np.zeros(calls.num_rows, dtype=np.int64), []
    for name in (n for n in _STATIC if n in calls.column_names):
        told = calls[name].combine_chunks().dictionary_encode(null_encoding="encode")
        place = place * max(1, len(told.dictionary)) + told.indices.to_numpy()
        words.append(told.dictionary.to_pylist())
    found, places = np.unique(place, return_inverse=True)
    at = np.unravel_index(found, [max(1, len(w)) for w in words])
    columns = [[w[i] for i in column.tolist()] for w, column in zip(words, at, strict=True)]
    return list(zip(*columns, strict=True)), places


def _plain(metric: Metric) -> list[str] | None:
    """Return the columns a row must tell to count, None where it takes more to say so."""
    if metric.where is not None:
        return None
    facts = named_table("facts", table_of(metric.table).schema)
    values = [p.row(facts).op() for p in metric.parts.values() if p.row is not None]
    return (
        list({v.name: 1 for v in values}) if all(isinstance(v, ops.Field) for v in values) else None
    )


def _compile(question: Question, scope: Scope, metrics: Sequence[Metric]) -> Compiled:
    facts = named_table("facts", question.table.schema)
    # Filters only: whose accounts count is told apart later.
    rows = scope.filter_only(facts)
    plan = Plan(rows)
    names: dict[str, tuple[str, str]] = {}
    for metric in metrics:
        where = metric.where(rows) if metric.where is not None else None
        has = [p.row(rows).notnull() for p in metric.parts.values() if p.row is not None]
        conditions = [c for c in (where, *has) if c is not None]
        given = plan.add(rows.count(where=reduce(and_, conditions) if conditions else None))
        names[metric.key] = given, plan.add(rows.count(where=where))
    keys = [k for k in _STATIC if k in rows.columns]
    counted: ir.Table = rows.group_by(keys).aggregate(**plan.aggregates)
    # The metrics are held, so that their ids stay theirs.
    return Compiled(question.view.backend.compile(counted), None, (names, metrics))
