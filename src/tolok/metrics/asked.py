"""Questions as SQL with holes: compiled once per shape, filled anew for each brand and period."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import ibis
from ibis.expr import types as ir

from tolok.base import Calendar, Period, day_offsets

T = TypeVar("T")

_MOST = 2_000
_BRAND = "«brand»"


@dataclass(frozen=True)
class Compiled:
    """SQL of one shape, what its rows look like, and whatever was planned with it."""

    sql: str
    schema: Any = None
    more: Any = None


class Kept:
    """The latest answers to `key`; safe to use from several threads, never larger than `most`."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made for the key before, else make it."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                found: T = self._held[key]
                return found
        found = make()
        with self._lock:
            self._held[key] = found
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return found

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._held.clear()


COMPILED = Kept()


def brand_hole() -> Any:
    """Return the expression that stands for the brand asked about."""
    return ibis.literal(_BRAND)


def edge_holes(count: int, *, is_moment: bool) -> list[tuple[Any, Any]]:
    """Return expressions for the first and the past-the-end day or moment of each period."""
    kind = "timestamp(6)" if is_moment else "date"
    return [
        (ibis.literal(f"«low{i}»").cast(kind), ibis.literal(f"«high{i}»").cast(kind))
        for i in range(count)
    ]


def fill_holes(
    sql: str,
    *,
    brand: str | None,
    layer: Sequence[Period],
    calendar: Calendar,
    is_moment: bool,
    dialect: str = "duckdb",
) -> str:
    """Return the SQL with the brand and the edges of the periods put in."""
    for number, period in enumerate(layer):
        edges: tuple[object, object] = (period.start, period.end)
        if is_moment:
            edges = calendar.utc_bounds(period)
        for word, edge in zip(("low", "high"), edges, strict=True):
            sql = sql.replace(f"«{word}{number}»", str(edge))
    if brand is not None:
        # Last, so that a brand that looks like a hole stays what it is.
        safe = brand.replace("\\", "\\\\") if dialect == "pyspark" else brand
        sql = sql.replace(_BRAND, safe.replace("'", "''"))
    return sql


def clock_key(calendar: Calendar, layer: Sequence[Period]) -> Hashable:
    """Return what of the clock the SQL depends on: one offset, else the very days."""
    offsets = {s[2] for s in day_offsets(calendar, layer[0].start, layer[-1].end)}
    if len(offsets) == 1:
        return offsets.pop()
    return calendar.timezone, tuple((p.start, p.end) for p in layer)


def named_table(name: str, schema: Any) -> ir.Table:
    """Return a table that stands for the rows of that name in the SQL around it."""
    return ibis.table(schema, name=name)


def with_named(parts: Mapping[str, str], last: str) -> str:
    """Return one query in which each part can be called by its name."""
    head = ", ".join(f"{name} AS ({sql})" for name, sql in parts.items())
    if last.lstrip()[:5].upper() == "WITH ":
        return f"WITH {head}, {last.lstrip()[5:]}"
    return f"WITH {head} {last}"
