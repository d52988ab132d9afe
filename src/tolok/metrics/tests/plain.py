"""A plain-Python reading of metric declarations: slow, small, and nothing of the engine in it.

Row expressions are run on one row at a time over `Cell`, which knows only SQL's three-valued
logic; aggregates are loops. Where engine and this reading agree on random rows, both are believed.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import ibis
import numpy as np

from tolok.metrics import Metric, Part

Row = Mapping[str, Any]


class Cell:
    """A value that may be unknown, with the few operations declarations use."""

    def __init__(self, value: Any) -> None:
        self.value = value.value if isinstance(value, Cell) else value

    def _with(self, other: Any, function: Any) -> Cell:
        mine, theirs = self.value, Cell(other).value
        return Cell(None if mine is None or theirs is None else function(mine, theirs))

    def __add__(self, other: Any) -> Cell:
        return self._with(other, lambda a, b: a + b)

    def __sub__(self, other: Any) -> Cell:
        return self._with(other, lambda a, b: a - b)

    def __mul__(self, other: Any) -> Cell:
        return self._with(other, lambda a, b: a * b)

    def __truediv__(self, other: Any) -> Cell:
        return self._with(other, lambda a, b: float(a) / float(b) if b else None)

    def __pow__(self, other: Any) -> Cell:
        return self._with(other, lambda a, b: a**b)

    def __lt__(self, other: Any) -> Cell:
        return self._with(other, lambda a, b: a < b)

    def __le__(self, other: Any) -> Cell:
        return self._with(other, lambda a, b: a <= b)

    def __gt__(self, other: Any) -> Cell:
        return self._with(other, lambda a, b: a > b)

    def __ge__(self, other: Any) -> Cell:
        return self._with(other, lambda a, b: a >= b)

    def __eq__(self, other: object) -> Any:
        return self._with(other, lambda a, b: a == b)

    def __ne__(self, other: object) -> Any:
        return self._with(other, lambda a, b: a != b)

    __hash__ = None  # type: ignore[assignment]

    def __and__(self, other: Any) -> Cell:
        both = (self.value, Cell(other).value)
        return Cell(False if False in both else None if None in both else True)

    def __or__(self, other: Any) -> Cell:
        both = (self.value, Cell(other).value)
        return Cell(True if True in both else None if None in both else False)

    def __invert__(self) -> Cell:
        return Cell(None if self.value is None else not self.value)

    def notnull(self) -> Cell:
        return Cell(self.value is not None)

    def isnull(self) -> Cell:
        return Cell(self.value is None)

    def fill_null(self, other: Any) -> Cell:
        return Cell(other if self.value is None else self.value)

    def coalesce(self, *others: Any) -> Cell:
        return coalesce(self, *others)

    def nullif(self, other: Any) -> Cell:
        return Cell(None if self.value == other else self.value)

    def isin(self, values: Sequence[Any]) -> Cell:
        return Cell(None if self.value is None else self.value in values)

    def lower(self) -> Cell:
        return Cell(None if self.value is None else self.value.lower())

    def contains(self, other: str) -> Cell:
        return Cell(None if self.value is None else other in self.value)

    def ifelse(self, yes: Any, no: Any) -> Cell:
        return Cell(yes if self.value else no)

    def cast(self, kind: str) -> Cell:
        assert kind == "float64"
        return Cell(None if self.value is None else float(self.value))

    def delta(self, other: Any, unit: str) -> Cell:
        assert unit == "day"
        return self._with(other, lambda a, b: (a - b).days)


def coalesce(*cells: Any) -> Cell:
    return next((Cell(c) for c in cells if Cell(c).value is not None), Cell(None))


class Line:
    """One row as declarations see it: `t.column` and `t["column"]`."""

    def __init__(self, row: Row) -> None:
        self._row = row

    def __getattr__(self, name: str) -> Cell:
        return Cell(self._row.get(name))

    def __getitem__(self, name: str) -> Cell:
        return Cell(self._row.get(name))


@contextmanager
def plain_ibis() -> Iterator[None]:
    """Let declarations that call ibis.coalesce and ibis.literal run on cells."""
    before = ibis.coalesce, ibis.literal
    ibis.coalesce, ibis.literal = coalesce, lambda v, *_, **__: Cell(v)
    try:
        yield
    finally:
        ibis.coalesce, ibis.literal = before


def read_plainly(metric: Metric, rows: Sequence[Row]) -> float | None:
    """Return the metric over the rows, None where it is undefined."""
    with plain_ibis():
        kept = [r for r in rows if metric.where is None or metric.where(Line(r)).value is True]
        if metric.paired:
            kept = [r for r in kept if _has_all(metric, r)]
        parts = {name: _part(part, kept) for name, part in metric.parts.items()}
    if not kept and metric.no_rows is None:
        return None
    with np.errstate(all="ignore"):
        value = np.asarray(
            metric.value({n: np.array([v], dtype=float) for n, v in parts.items()}), dtype=float
        )[0]
    return float(value) if math.isfinite(value) else None


_NEEDED = ("sum", "people", "max", "median", "p90")


def _has_all(metric: Metric, row: Row) -> bool:
    return all(
        Cell(p.row(Line(row))).value is not None
        for p in metric.parts.values()
        if p.how in _NEEDED and p.row is not None
    )


def _part(part: Part, rows: Sequence[Row]) -> float:
    kept = [r for r in rows if part.where is None or part.where(Line(r)).value is True]
    if part.how == "count":
        return len(kept)
    assert part.row is not None
    found = [v for r in kept if (v := Cell(part.row(Line(r))).value) is not None]
    if part.how == "distinct":
        return len(set(found))
    if part.how == "repeated":
        return sum(n >= 2 for n in Counter(found).values())
    if not found:
        return math.nan
    numbers = [float(v) for v in found]
    if part.how == "sum":
        return math.fsum(numbers)
    if part.how == "median":
        return statistics.median(numbers)
    assert part.how == "p90", part.how
    return float(np.quantile(numbers, 0.9))
