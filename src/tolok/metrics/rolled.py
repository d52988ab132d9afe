"""Answering a question from the daily rollup instead of the facts, with the same figures."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import PlatformFacts
from tolok.lake.backend import DuckBackend

from .asked import (
    COMPILED,
    Compiled,
    Kept,
    brand_hole,
    edge_holes,
    fill_holes,
    named_table,
    with_named,
)
from .buckets import few_enough, is_touching, with_bucket
from .cells import CELLS, LAST_SEEN, STATIC, Layout, is_rollable, layout_of, rows_schema
from .levels import STALE_DAYS
from .metric import Metric
from .query import Plan, Planned, Slots, plan_metric
from .rollup import rollup_path
from .rows import Question, ask, widened


@dataclass(frozen=True)
class Rolled:
    """The cells a question can be answered from."""

    path: Path
    layout: Layout

    def facts(self, question: Question) -> str:
        """Return SQL for the cells, as part of a query on the question's backend."""
        backend = question.view.backend
        assert isinstance(backend, DuckBackend)  # noqa: S101 - only it finds a rollup
        return f"FROM {backend.attach(str(self.path))}.cells"


def find_rollup(question: Question) -> Rolled | None:
    """Return the cells when they hold the very facts of the view and the question fits them."""
    if not set(question.by) | set(question.scope.filters) <= set(STATIC) or question.standing:
        return None
    if not any(is_rollable(m) for m in question.metrics):
        return None
    path = rollup_path(question.view, question.table.key, question.calendar)
    return None if path is None else Rolled(path, layout_of(question.table.key))


def split_question(question: Question, rolled: Rolled) -> tuple[Question | None, Question | None]:
    """Return the part of the question the cells answer, and the part that needs the facts."""
    inside = tuple(m for m in question.metrics if _holds(rolled.layout, m))
    outside = tuple(m for m in question.metrics if m not in inside)
    return (
        replace(question, metrics=inside) if inside else None,
        replace(question, metrics=outside) if outside else None,
    )


_HELD: dict[tuple[int, int], tuple[bool, Metric, Layout]] = {}


def _holds(layout: Layout, metric: Metric) -> bool:
    key = (id(layout), id(metric))
    if key not in _HELD:
        found = is_rollable(metric)
        if found:
            plan = Plan(named_table("rows_in", rows_schema(layout.table)))
            slots = plan_metric(plan, metric)
            found = slots.rows in _rows_of(layout, plan, slots) and all(
                layout.merge_sql(a) is not None for a in plan.aggregates.values()
            )
        _HELD[key] = (found, metric, layout)
    return _HELD[key][0]


def _rows_of(layout: Layout, plan: Plan, slots: Slots) -> set[str]:
    piece = layout.pieces.get(plan.aggregates[slots.rows].op())
    return {slots.rows} if piece is not None and piece.name in layout.seen else set()


ANSWERS = Kept(100)


def ask_cells(
    question: Question, rolled: Rolled, platforms: PlatformFacts
) -> tuple[Compiled, pa.Table]:
    """Return the compiled question and what the cells answer.

    One brand is cut out of the answer for all brands, which costs little more and is kept for
    the next one; a refreshed rollup has another name, so what is kept is never stale.
    """
    brand, whole = question.scope.brand, question
    if brand is not None and few_enough(question.layer):
        by = tuple(dict.fromkeys(("brand", *question.by)))
        whole = replace(question, scope=replace(question.scope, brand=None), by=by)
    compiled = _compile(whole, rolled, platforms)
    parts = _parts(whole, rolled, compiled.more.columns)
    key = (str(rolled.path), parts["rows_in"], compiled.sql)
    told: pa.Table = ANSWERS.get(key, lambda: ask(whole, parts, compiled.sql))
    if whole is not question:
        told = told.filter(pc.equal(told["brand"], brand))
    return compiled, told


def _compile(question: Question, rolled: Rolled, platforms: PlatformFacts) -> Compiled:
    """Return SQL over `rows_in` made of cells, with the slots of each metric in `more`."""
    shape = (
        "rolled", question.table.key, question.by, tuple(id(m) for m in question.metrics),
        tuple(sorted(platforms.reread_days.items())),
    )  # fmt: skip

    def make() -> Compiled:
        layout = rolled.layout
        plan = Plan(named_table("rows_in", rows_schema(layout.table)))
        slots = [plan_metric(plan, m) for m in question.metrics]
        merged = {n: layout.merge_sql(a) for n, a in plan.aggregates.items()}
        read = {layout.column_of(a) for a in plan.aggregates.values()}
        has_late = "platform" in layout.dimensions
        for number, slot in enumerate(slots):
            if has_late:
                name = f"late_{slot.rows}"
                seen = layout.seen[layout.column_of(plan.aggregates[slot.rows])]
                read.add(seen)
                merged[name] = _late_sql(seen, platforms)
                slots[number] = replace(slot, late=name)
        keys = ", ".join([*question.by, "bucket"])
        listed = ", ".join(f"{sql} AS {name}" for name, sql in merged.items())
        sql = f"SELECT {keys}, {listed} FROM rows_in GROUP BY {keys}"  # noqa: S608 - names of ours
        planned = Planned(tuple(merged), tuple(slots), question.metrics, frozenset(read))
        return Compiled(sql, None, planned)

    return COMPILED.get(shape, make)


def _late_sql(seen: str, platforms: PlatformFacts) -> str:
    cases = " ".join(f"WHEN '{p}' THEN {d}" for p, d in platforms.reread_days.items())
    window = f"CASE platform {cases} ELSE 7 END" if cases else "7"
    age = f"CAST(floor(epoch({seen}) / 86400) AS BIGINT) - on_day"
    return f"min(on_day) FILTER (WHERE {age} < {window})"


def _parts(question: Question, rolled: Rolled, needed: frozenset[str]) -> dict[str, str]:
    """Return the parts `facts` and `rows_in` to ask over: the cells of the scope in the periods.

    Only the stored columns that are needed are read.
    """
    has_holes = few_enough(question.layer)
    days: Hashable = tuple((p.start, p.end) for p in question.layer)
    shape = (
        "cells", question.table.key, question.scope.shape(question.view), bool(question.by),
        is_touching(question.layer), needed, len(question.layer) if has_holes else days,
    )  # fmt: skip

    def make() -> Compiled:
        cells = named_table("facts", _schema(rolled.layout, needed))
        hole = brand_hole() if question.scope.brand is not None else None
        rows = question.scope.narrow(cells, question.view, brand=hole)
        edges = edge_holes(len(question.layer), is_moment=False) if has_holes else None
        rows = with_bucket(rows, CELLS, question.layer, question.calendar, edges=edges)
        return Compiled(question.view.backend.compile(rows))

    compiled = COMPILED.get(shape, make)
    filled = fill_holes(
        compiled.sql, brand=question.scope.brand, layer=question.layer if has_holes else (),
        calendar=question.calendar, is_moment=False,
    )  # fmt: skip
    return {"facts": rolled.facts(question), "rows_in": filled}


def _schema(layout: Layout, needed: frozenset[str]) -> Any:
    kinds = {"brand": "string", "platform": "string", "account": "string"}
    stored = dict.fromkeys(sorted(needed), "int64")
    return {**{d: kinds[d] for d in layout.dimensions}, "day": "date", "on_day": "int64", **stored}


def read_cells_levels(question: Question, rolled: Rolled, columns: tuple[str, ...]) -> Any:
    """Return the rows of level readings from the cells: keys, day, level columns, in order."""
    wide = widened(question, STALE_DAYS + 1)
    keys = list(dict.fromkeys([*question.by, "account"]))
    told = ", ".join(f"{rolled.layout.levels[c]} AS {c}" for c in columns)
    known = " OR ".join(f"{rolled.layout.levels[c]} IS NOT NULL" for c in columns)
    order = ", ".join(dict.fromkeys([*keys, "day", LAST_SEEN, "brand"]))
    sql = f"SELECT {order}, {told} FROM rows_in WHERE {known} ORDER BY {order}"  # noqa: S608
    needed = frozenset({LAST_SEEN, *(rolled.layout.levels[c] for c in columns)})
    return question.view.run(with_named(_parts(wide, rolled, needed), sql))
