"""Which accounts ever give a column of a day table: they are the ones expected to give it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Any

from ibis.expr import types as ir

from tolok.lake import Table

from .metric import Metric

Group = tuple[Any, ...]
Who = tuple[str, str]  # brand and account


@dataclass(frozen=True)
class Presence:
    """Per metric and group: the accounts that ever gave its columns, with first and last day.

    An account is named with its brand: two brands may watch the same one.
    """

    accounts: Mapping[str, Mapping[Group, Sequence[tuple[Who, date, date]]]]
    members: Mapping[Group, AbstractSet[Who]]  # all accounts with any row, whatever it tells

    def expected(self, metric: Metric, group: Group) -> int:
        """Return how many accounts are expected to give the metric in the group."""
        return len(self.accounts.get(metric.key, {}).get(group, ()))

    def tellers(self, metric: Metric, group: Group) -> AbstractSet[Who]:
        """Return the accounts of the group that ever gave the metric's columns."""
        return {who for who, _, _ in self.accounts.get(metric.key, {}).get(group, ())}


def read_presence(
    rows: ir.Table, table: Table, metrics: Sequence[Metric], by: Sequence[str]
) -> Presence:
    """Return which accounts ever gave each metric's columns, in one query.

    `rows` are the rows of the scope over all time.
    """
    static = [d for d in by if d == "platform"]
    keys = list(dict.fromkeys(["brand", *static, "account"]))
    aggregates: dict[str, Any] = {}
    for number, metric in enumerate(metrics):
        has = None
        for part in metric.parts.values():
            if part.row is not None:
                known = part.row(rows).notnull()
                has = known if has is None else has & known
        time = rows[table.time]
        aggregates[f"first{number}"] = time.min(where=has)
        aggregates[f"last{number}"] = time.max(where=has)
    found = rows.group_by(keys).aggregate(**aggregates).to_pyarrow().to_pylist()
    accounts: dict[str, dict[Group, list[tuple[Who, date, date]]]] = {}
    members: dict[Group, set[Who]] = {}
    for row in found:
        group = tuple(row.get(d) for d in by)
        members.setdefault(group, set()).add((row["brand"], row["account"]))
    for number, metric in enumerate(metrics):
        mine = accounts.setdefault(metric.key, {})
        for row in found:
            if row[f"first{number}"] is None:
                continue
            group = tuple(row.get(d) for d in by)
            mine.setdefault(group, []).append(
                ((row["brand"], row["account"]), row[f"first{number}"], row[f"last{number}"])
            )
    return Presence(accounts, members)
