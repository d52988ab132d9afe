"""The rows a question is about, as SQL: narrowed to its scope and put into its periods."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import ibis
import ibis.expr.operations as ops
from ibis.expr import types as ir

from tolok.base import Calendar, Period
from tolok.lake import LakeView, Table

from .asked import (
    COMPILED,
    Compiled,
    Kept,
    brand_hole,
    clock_key,
    edge_holes,
    fill_holes,
    named_table,
    with_named,
)
from .buckets import (
    day_number_of,
    few_enough,
    hour_of,
    is_touching,
    place_in,
    time_form,
    weekday_of,
)
from .metric import Metric
from .query import repeats_of, with_repeats
from .scope import Scope
from .standing import is_standing, with_ends, with_standing

DERIVED = ("weekday", "hour")
_READ = Kept(500)  # what is read of a table for some days, while its files are the same
# What places a row, whatever is asked of it.
_ALWAYS = ("brand", "account", "platform", "observed_at", "level", "start", "until")


@dataclass(frozen=True)
class Question:
    """One table, some metrics over it, periods that do not overlap, a scope and dimensions."""

    view: LakeView
    calendar: Calendar
    table: Table
    metrics: tuple[Metric, ...]
    layer: tuple[Period, ...]
    scope: Scope
    by: tuple[str, ...]

    @cached_property
    def form(self) -> str:
        """How rows of the table lie in time."""
        return time_form(self.table)

    @property
    def is_moment(self) -> bool:
        """Whether rows lie in time by a moment."""
        return self.form == "moment"

    @property
    def standing(self) -> bool:
        """Whether rows count by what stood at the end of a period."""
        return is_standing(self.metrics[0], self.table)

    @property
    def has_holes(self) -> bool:
        """Whether the periods are put in after compiling."""
        return few_enough(self.layer) and not self.standing and self.table.time is not None

    @property
    def is_plain(self) -> bool:
        """Whether rows are the table's own, none numbered and none standing for a while."""
        return not self.standing and not repeats_of(self.metrics)

    def shape(self) -> Hashable:
        """Return all that decides the SQL but the brand and, where they are few, the periods."""
        days: Hashable = tuple((p.start, p.end) for p in self.layer)
        clock = clock_key(self.calendar, self.layer) if self.is_moment else None
        return (
            self.view.backend.dialect, self.table.key, self.scope.shape(self.view), self.by,
            repeats_of(self.metrics), self.standing, clock, is_touching(self.layer),
            len(self.layer) if self.has_holes else (days, self.calendar.timezone),
        )  # fmt: skip

    def fill(self, sql: str) -> str:
        """Return compiled SQL with brand and periods put in."""
        return fill_holes(
            sql, brand=self.scope.brand, layer=self.layer if self.has_holes else (),
            calendar=self.calendar, is_moment=self.is_moment, dialect=self.view.backend.dialect,
        )  # fmt: skip

    def source(self) -> str:
        """Return SQL of the fact table, files outside the periods left out."""
        return self._read[0]

    def full_columns(self) -> frozenset[str]:
        """Return the columns that hold no null in any file the question reads."""
        return self._read[1]

    @cached_property
    def _read(self) -> tuple[str, frozenset[str]]:
        view, key, ends = self.view, self.table.key, self.ends()

        def find() -> tuple[str, frozenset[str]]:
            return view.scan(key, *ends), view.full_columns(key, *ends)

        return _READ.get((view.backend.dialect, view.version(key), ends), find)

    def days(self) -> tuple[date, date]:
        """Return the first day of the periods and the day after the last."""
        return self.layer[0].start, self.layer[-1].end

    def ends(self) -> tuple[date | None, date | None]:
        """Return the first day or moment and the past-the-end one; None where all rows may count."""
        if self.standing or self.table.time is None:
            return None, None
        if self.is_moment:
            low = self.calendar.utc_bounds(self.layer[0])[0]
            return low, self.calendar.utc_bounds(self.layer[-1])[1]
        return self.days()


def schema_of(question: Question) -> Any:
    """Return the schema of the question's rows."""
    if not question.is_plain:
        return _compiled(question, None).schema
    schema = dict(ibis.schema(question.table.schema))
    schema["bucket"] = ibis.dtype("int16")
    if question.table.time is not None:
        schema |= {d: ibis.dtype("string") for d in question.by if d in DERIVED}
        schema["on_day"] = ibis.dtype("int64")
    return ibis.schema(schema)


def fields_of(expressions: Iterable[Any]) -> frozenset[str]:
    """Return the names of the columns the expressions read."""
    return frozenset(f.name for e in expressions for f in e.op().find(ops.Field))


def _compiled(question: Question, needed: frozenset[str] | None) -> Compiled:
    shape = ("rows", question.shape(), needed)
    return COMPILED.get(shape, lambda: _compile(question, needed))


def _compile(question: Question, needed: frozenset[str] | None) -> Compiled:
    table, layer, calendar = question.table, question.layer, question.calendar
    schema = ibis.schema(table.schema)
    if needed is not None and set(question.scope.filters) <= set(schema):
        # The fewer columns pass through, the less there is to compile.
        kept = {*needed, *_ALWAYS, *question.by, *question.scope.filters, table.time}
        schema = ibis.schema({n: kind for n, kind in schema.items() if n in kept})
    facts = named_table("facts", schema)
    hole = brand_hole() if question.scope.brand is not None else None
    conditions = question.scope.conditions(facts, question.view, brand=hole)
    if question.standing:
        rows = facts.filter(*conditions) if conditions else facts
        rows = with_standing(with_ends(rows, table), table, layer, calendar)
        rows = rows.mutate(**_derived(rows, question, needed))
    else:
        # One condition and one list of columns: each step more is as dear to compile.
        edges = edge_holes(len(layer), is_moment=question.is_moment) if question.has_holes else None
        inside, bucket = place_in(facts, table, layer, calendar, edges=edges)
        rows = facts.filter(*conditions, *inside) if conditions or inside else facts
        rows = rows.mutate(bucket=bucket, **_derived(rows, question, needed))
    rows = with_repeats(rows, question.metrics, question.by)
    return Compiled(question.view.backend.compile(rows), rows.schema())


def _derived(
    rows: ir.Table, question: Question, needed: frozenset[str] | None
) -> dict[str, ir.Value]:
    """Return the day a row counts on and the dimensions told by its time, where they are needed."""
    table, calendar, layer = question.table, question.calendar, question.layer
    if table.time is None:
        return {}
    found: dict[str, Any] = {}
    if "weekday" in question.by:
        day = weekday_of(rows, table, calendar, layer[0].start, layer[-1].end)
        found["weekday"] = day.cast("string")
    if "hour" in question.by:
        hour = hour_of(rows, table, calendar, layer[0].start, layer[-1].end)
        found["hour"] = hour.cast("string")
    if needed is None or "on_day" in needed:
        found["on_day"] = day_number_of(rows, table, calendar, layer).cast("int64")
    return found


def rows_parts(question: Question, needed: frozenset[str]) -> dict[str, str]:
    """Return the parts `facts` and `rows_in` to ask over, filled, with the columns needed."""
    compiled = _compiled(question, needed if question.is_plain else None)
    return {"facts": question.source(), "rows_in": question.fill(compiled.sql)}


def ask(question: Question, parts: dict[str, str], last: str) -> Any:
    """Run a query over the parts."""
    return question.view.run(with_named(parts, last))


def widened(question: Question, days: int) -> Question:
    """Return the question over one period that starts so many days earlier and spans the layer."""
    first = question.layer[0].start - timedelta(days=days)
    return replace(question, layer=(Period(first, question.layer[-1].end, "range"),), by=())
