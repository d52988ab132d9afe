"""Answering a question from the rollups instead of the facts, with the same figures.

Whole months of a period are read from the cells of months, its edges from the cells of days.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Period, PlatformFacts

from .asked import COMPILED, Compiled, Kept, brand_hole, fill_holes, named_table
from .buckets import few_enough
from .cells import (
    LAST_SEEN,
    STATIC,
    USUAL_DAYS,
    Layout,
    is_rollable,
    late_sql,
    layout_of,
    rows_schema,
)
from .levels import STALE_DAYS, Readings, gather, level_columns
from .metric import Metric
from .query import Answer, Plan, Planned, Slots, answer_of, plan_metric
from .rolling import DAYS, MONTHS, cells_files
from .rollup import find_months
from .rows import Question, ask, widened


@dataclass(frozen=True)
class Rolled:
    """The cells a question can be answered from: a folder for each month of the lake."""

    months: tuple[Path, ...]
    layout: Layout


@dataclass(frozen=True)
class Stretch:
    """Days that belong to one period: either whole months, or single days."""

    bucket: int
    low: date
    high: date
    is_whole: bool


def find_rollup(question: Question) -> Rolled | None:
    """Return the cells when they hold the very facts of the view and the question fits them."""
    if not set(question.by) | set(question.scope.filters) <= set(STATIC) or question.standing:
        return None
    if not any(is_rollable(m) for m in question.metrics):
        return None
    wide = widened(question, STALE_DAYS + 1) if level_columns(question.metrics) else question
    key = question.table.key
    months = find_months(question.view, key, question.calendar, *wide.ends())
    return None if months is None else Rolled(months, layout_of(key))


def split_question(question: Question, rolled: Rolled) -> tuple[Question | None, Question | None]:
    """Return the part of the question the cells answer, and the part that needs the facts."""
    inside = tuple(m for m in question.metrics if _holds(rolled.layout, m))
    if len(inside) == len(question.metrics):
        return question, None
    held = {id(m) for m in inside}
    outside = tuple(m for m in question.metrics if id(m) not in held)
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
) -> tuple[Compiled, Answer]:
    """Return the compiled question and what the cells answer."""
    compiled = _compile(question, rolled)
    stretches = [s for i, p in enumerate(question.layer) for s in _stretches(i, p.start, p.end)]
    whole = _whole(question)
    parts = _parts(whole, rolled, stretches, compiled.more.columns, platforms)
    sql = compiled.sql.replace(_KEYS, ", ".join([*whole.by, "bucket"]))
    told: Answer = ANSWERS.get(
        (rolled.months, parts["facts"], parts["rows_in"], sql),
        lambda: answer_of(ask(whole, parts, sql), compiled.more.names, whole.by),
    )
    if whole is not question:
        told = told.cut(question.scope.brand, is_kept="brand" in question.by)
    return compiled, told


def _whole(question: Question) -> Question:
    """Return the question asked of all brands, out of which one brand's answer is cut.

    That costs little more and is kept until a rollup is refreshed: then it has another name.
    """
    if question.scope.brand is None or not few_enough(question.layer):
        return question
    by = ("brand", *(d for d in question.by if d != "brand"))
    return replace(question, scope=replace(question.scope, brand=None), by=by)


_KEYS = "«keys»"


def _compile(question: Question, rolled: Rolled) -> Compiled:
    """Return SQL over `rows_in` made of cells, with the slots of each metric in `more`."""
    shape = ("rolled", question.table.key, tuple(id(m) for m in question.metrics))

    def make() -> Compiled:
        layout = rolled.layout
        plan = Plan(named_table("rows_in", rows_schema(layout.table)))
        slots = [plan_metric(plan, m) for m in question.metrics]
        merged = {n: layout.merge_sql(a) for n, a in plan.aggregates.items()}
        read = {layout.column_of(a) for a in plan.aggregates.values()}
        for number, slot in enumerate(slots):
            if "platform" in layout.dimensions:
                stored = f"late_{layout.column_of(plan.aggregates[slot.rows])}"
                read.add(stored)
                merged[f"late_{slot.rows}"] = f"min({stored})"
                slots[number] = replace(slot, late=f"late_{slot.rows}")
        listed = ", ".join(f"{sql} AS {name}" for name, sql in merged.items())
        sql = f"SELECT {_KEYS}, {listed} FROM rows_in GROUP BY {_KEYS}"
        planned = Planned(tuple(merged), tuple(slots), question.metrics, frozenset(read))
        return Compiled(sql, None, planned)

    return COMPILED.get(shape, make)


# -- days and months -----------------------------------------------------------------------------


def _stretches(bucket: int, start: date, end: date) -> Iterator[Stretch]:
    """Yield the whole months of a span, and the days before and after them."""
    first = start if start.day == 1 else (start.replace(day=1) + timedelta(days=32)).replace(day=1)
    last = end.replace(day=1)
    if first >= last:
        yield Stretch(bucket, start, end, is_whole=False)
        return
    yield Stretch(bucket, first, last, is_whole=True)
    for low, high in ((start, first), (last, end)):
        if low < high:
            yield Stretch(bucket, low, high, is_whole=False)


def _parts(
    question: Question, rolled: Rolled, stretches: Sequence[Stretch], needed: frozenset[str],
    platforms: PlatformFacts,
) -> dict[str, str]:  # fmt: skip
    """Return the parts `facts` and `rows_in` to ask over: the cells of the scope in the stretches.

    Only the stored columns that are needed are read.
    """
    layout = rolled.layout
    odd = {p: d for p, d in platforms.reread_days.items() if d != USUAL_DAYS}
    odd = odd if any(n.startswith("late_") for n in needed) else {}
    of_days = dict.fromkeys([*layout.dimensions, *sorted(needed)])
    of_months = {name: name for name in of_days}
    for name in of_days:
        seen = layout.seen.get(name.removeprefix("late_"))
        of_days[name] = late_sql(seen, _window(odd)) if name.startswith("late_") and seen else name
    whole = [s for s in stretches if s.is_whole]
    # Months know which days may still change only where the usual wait is meant.
    listed = ", ".join("'" + p.replace("'", "''") + "'" for p in odd)
    usual = f" AND (platform IN ({listed})) IS NOT TRUE" if odd else ""
    asked = [
        _select(rolled, DAYS, of_days, [s for s in stretches if not s.is_whole]),
        _select(rolled, MONTHS, of_months, whole, usual),
        _select(rolled, DAYS, of_days, whole if odd else [], f" AND platform IN ({listed})"),
    ]
    return {
        "facts": " UNION ALL ".join(filter(None, asked)),
        "rows_in": _narrowed(question, layout, needed),
    }


def _window(odd: Mapping[str, int]) -> str:
    cases = " ".join(f"WHEN '{p}' THEN {d}" for p, d in odd.items())
    return f"CASE platform {cases} ELSE {USUAL_DAYS} END" if odd else str(USUAL_DAYS)


def _select(
    rolled: Rolled, file: str, columns: Mapping[str, Any], stretches: Sequence[Stretch],
    more: str = "",
) -> str:  # fmt: skip
    """Return the SQL of the cells in the stretches, with their `bucket`; empty for none."""
    if not stretches:
        return ""
    files = [str(path) for month in rolled.months for path in cells_files(month, file)]
    paths = ", ".join("'" + path.replace("'", "''") + "'" for path in files)
    picks = ", ".join(name if name == sql else f"{sql} AS {name}" for name, sql in columns.items())
    day = "day" if file == DAYS else "month"
    low, high = min(s.low for s in stretches), max(s.high for s in stretches)
    bucket = _bucket_sql(day, stretches, low)
    rows = f"SELECT {picks}, {bucket} AS bucket FROM read_parquet([{paths}])"
    inside = f"{day} >= DATE '{low}' AND {day} < DATE '{high}'{more}"
    return f"SELECT * FROM ({rows} WHERE {inside}) WHERE bucket IS NOT NULL"


def _bucket_sql(day: str, stretches: Sequence[Stretch], first: date) -> str:
    if few_enough(stretches):
        cases = " ".join(f"WHEN {day} >= DATE '{s.low}' AND {day} < DATE '{s.high}' THEN {s.bucket}"
                         for s in stretches)  # fmt: skip
        return f"CASE {cases} END"
    of_day = ["NULL"] * (max(s.high for s in stretches) - first).days
    for stretch in stretches:
        for offset in range((stretch.low - first).days, (stretch.high - first).days):
            of_day[offset] = str(stretch.bucket)
    return f"[{', '.join(of_day)}][({day} - DATE '{first}') + 1]"


def _narrowed(question: Question, layout: Layout, needed: frozenset[str]) -> str:
    """Return the SQL of the rows of `facts` that the scope is about."""
    scope, view = question.scope, question.view
    shape = ("cells", question.table.key, scope.shape(view), needed)

    def make() -> Compiled:
        stored = {
            **dict.fromkeys(layout.dimensions, "string"),
            **dict.fromkeys(sorted(needed), "int64"),
        }
        cells = named_table("facts", {**stored, "bucket": "int32"})
        hole = brand_hole() if scope.brand is not None else None
        return Compiled(view.backend.compile(scope.narrow(cells, view, brand=hole)))

    compiled = COMPILED.get(shape, make)
    return fill_holes(
        compiled.sql, brand=scope.brand, layer=(), calendar=question.calendar, is_moment=False
    )


# -- levels --------------------------------------------------------------------------------------


def read_cells_levels(question: Question, rolled: Rolled, columns: Sequence[str]) -> Readings:
    """Return the readings of the level columns from the cells, as from the facts."""
    whole = _whole(question)
    since = question.layer[0].start - timedelta(days=STALE_DAYS + 1)
    # A month before the first period only tells its last reading: the earlier ones cannot matter.
    edges = sorted({since.replace(day=1), *(d for p in question.layer for d in (p.start, p.end))})
    spans = [Period(a, b, "range") for a, b in pairwise(edges)]
    stretches = [s for p in spans for s in _stretches(0, p.start, p.end)]
    keys = ", ".join(dict.fromkeys([*whole.by, "account"]))
    found = {}
    for column in columns:
        name = rolled.layout.levels[column]
        columns_of = {f"{name}{end}" for end in ("", "_day", "_sum", "_count", "_seen")}
        sql = (
            f"SELECT {keys}, {name}_day AS day, {name} AS told, {name}_sum AS total, "
            f"{name}_count AS days FROM rows_in WHERE {name} IS NOT NULL "
            f"AND {name}_day >= {(since - date(1970, 1, 1)).days} "
            f"ORDER BY {keys}, {name}_day, {name}_seen, brand"
        )
        parts = {
            "facts": _level_facts(rolled, name, stretches),
            "rows_in": _narrowed(whole, rolled.layout, frozenset(columns_of)),
        }
        told: pa.Table = ANSWERS.get(
            (rolled.months, parts["facts"], parts["rows_in"], sql),
            lambda: ask(whole, parts, sql),  # noqa: B023 - called at once
        )
        if whole is not question:
            told = told.filter(pc.equal(told["brand"], question.scope.brand))
        days, values, sums, counts = (
            told[n].cast("float64").to_numpy(zero_copy_only=False)
            for n in ("day", "told", "total", "days")
        )
        found[column] = gather(told, question.by, days.astype(np.int64), values, sums, counts)
    return found


def _level_facts(rolled: Rolled, name: str, stretches: Sequence[Stretch]) -> str:
    dimensions = {d: d for d in rolled.layout.dimensions}
    of_months = {
        **dimensions,
        **{f"{name}{e}": f"{name}{e}" for e in ("", "_day", "_sum", "_count", "_seen")},
    }
    of_days = {**dimensions, name: name, f"{name}_day": "on_day", f"{name}_sum": name,
               f"{name}_count": "1", f"{name}_seen": LAST_SEEN}  # fmt: skip
    return " UNION ALL ".join(filter(None, (
        _select(rolled, DAYS, of_days, [s for s in stretches if not s.is_whole]),
        _select(rolled, MONTHS, of_months, [s for s in stretches if s.is_whole]),
    )))  # fmt: skip
