"""The parts a metric is computed from: aggregates whose additivity is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from ibis.expr import types as ir

How = Literal[
    "sum", "count", "people", "max", "median", "p90", "distinct", "level",
    "repeated",  # values of a column seen at least twice in the period
    "figure",  # the figure of another metric, maybe of another period or relation
    "days",  # the length of the period; only beside figures of other metrics
]  # fmt: skip

Shift = Literal["previous", "last_year"]

Row = Callable[[ir.Table], Any]  # a row-level Ibis expression of a fact table


@dataclass(frozen=True, slots=True)
class Part:
    """One aggregate over rows of a fact table.

    `columns` names the lake columns it stands on: they decide coverage, breaks and what a
    platform cannot give. `row` is the row-level value, `where` narrows the rows. Only `sum` and
    `count` add over days, accounts and brands; `people` is kept as bounds; `level` is the last
    known state per account at the start or end of the period, added over accounts.
    """

    how: How
    columns: tuple[str, ...]
    row: Row | None = None
    where: Row | None = None
    at: Literal["start", "end", "mean"] = "end"  # for a level
    is_gross: bool = False  # people knowingly added up, as a weight or as contacts
    metric: str | None = None  # for a figure: the key of the other metric
    shift: Shift | None = None  # for a figure: of which period instead
    relation: str | None = None  # for a figure: of whose accounts instead

    @property
    def is_additive(self) -> bool:
        """Whether the aggregates of disjoint sets of rows add up to that of their union."""
        return self.how in ("sum", "count")


def total(column: str, *, where: Row | None = None) -> Part:
    """Return the sum of a flow or lifetime column over rows that have it."""
    return Part("sum", (column,), lambda t: t[column], where)


def total_of(row: Row, *columns: str, where: Row | None = None, is_gross: bool = False) -> Part:
    """Return the sum of a row-level expression over the named columns.

    `is_gross` says that people are knowingly added up, as a weight or as contacts.
    """
    return Part("sum", columns, row, where, is_gross=is_gross)


def count_rows(*, where: Row | None = None, columns: tuple[str, ...] = ()) -> Part:
    """Return the number of rows."""
    return Part("count", columns, None, where)


def people(column: str) -> Part:
    """Return a count of people: exact for a single row, else bounds (largest row, sum of rows)."""
    return Part("people", (column,), lambda t: t[column])


def middle(row: Row, *columns: str, where: Row | None = None) -> Part:
    """Return the median of a row-level expression; it does not add."""
    return Part("median", columns, row, where)


def upper_decile(row: Row, *columns: str, where: Row | None = None) -> Part:
    """Return the 90th percentile of a row-level expression; it does not add."""
    return Part("p90", columns, row, where)


def distinct(column: str, *, where: Row | None = None) -> Part:
    """Return the number of different values of a column; it does not add."""
    return Part("distinct", (column,), lambda t: t[column], where)


def level(column: str, *, at: Literal["start", "end", "mean"] = "end") -> Part:
    """Return the state of a level column at the start or end, or its mean over the days."""
    return Part("level", (column,), lambda t: t[column], at=at)


def repeated(column: str) -> Part:
    """Return how many values of a column occur in at least two rows of the period."""
    return Part("repeated", (column,), lambda t: t[column])


def figure_of(key: str, *, shift: Shift | None = None, relation: str | None = None) -> Part:
    """Return the figure of another metric, for a metric that joins figures of several tables.

    `shift` takes the previous period or the same of last year; `relation` takes the accounts of
    competitors, influencers … instead of the scope's. A joined metric has only such parts.
    """
    return Part("figure", (), metric=key, shift=shift, relation=relation)


def period_days() -> Part:
    """Return the number of days of the period, for joined metrics."""
    return Part("days", ())
