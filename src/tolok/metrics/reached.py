"""People over a whole period: whose own totals the platforms gave, and who is silent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from tolok.base import Period
from tolok.lake import LakeView, table_of

from .asked import Kept
from .metric import Metric
from .scope import Scope

Group = tuple[Any, ...]
Who = tuple[str, str]  # brand and account

TOTALS = "account_periods"
_STATIC = {"brand", "platform", "account"}


@dataclass(frozen=True)
class Totals:
    """The platforms' own totals of people per group, position of the period, and account.

    `known` names the accounts of a group that ever gave any total: they exist, whether or not
    they told this period.
    """

    values: Mapping[tuple[Group, int], Mapping[Who, float]] = field(default_factory=dict)
    known: Mapping[Group, AbstractSet[Who]] = field(default_factory=dict)

    def of(self, group: Group, bucket: int) -> Mapping[Who, float]:
        """Return the totals of a group and period by account."""
        return self.values.get((group, bucket), {})


def has_totals(metric: Metric, view: LakeView, by: Sequence[str]) -> bool:
    """Whether platforms may have given totals of the people the metric counts."""
    return (
        metric.is_unique
        and metric.table == "account_days"
        and metric.columns[0] in table_of(TOTALS).schema.names
        and set(by) <= _STATIC
        and not view.is_empty(TOTALS)
    )


def read_totals(
    metric: Metric, view: LakeView, layer: Sequence[Period], scope: Scope, by: Sequence[str]
) -> Totals:
    """Return the totals whose span is exactly a period of the layer."""
    if not has_totals(metric, view, by) or not set(scope.filters) <= _STATIC:
        return Totals()
    column = metric.columns[0]
    key = (view.version(TOTALS), column)
    spans = {(p.start, p.end): i for i, p in enumerate(layer)}
    values: dict[tuple[Group, int], dict[Who, float]] = {}
    known: dict[Group, set[Who]] = {}
    for row in _TOLD.get(key, lambda: _read(view, column)):
        if not scope.admits(row, view):
            continue
        group, who = tuple(row[d] for d in by), (row["brand"], row["account"])
        known.setdefault(group, set()).add(who)
        bucket = spans.get((row["start"], row["until"]))
        if bucket is not None:
            values.setdefault((group, bucket), {})[who] = float(row[column])
    return Totals(values, known)


_TOLD = Kept(100)


def _read(view: LakeView, column: str) -> list[dict[str, Any]]:
    wanted = (
        f"SELECT brand, account, platform, start, until, {column} FROM ({view.scan(TOTALS)}) AS t"  # noqa: S608
    )
    return view.run(f"{wanted} WHERE {column} IS NOT NULL").to_pylist()
