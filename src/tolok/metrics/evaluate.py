"""One table, one pass: a question becomes SQL, its answer becomes figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import ibis
import numpy as np

from tolok.base import PlatformFacts

from .asked import COMPILED, Compiled, Kept, named_table, with_named
from .buckets import time_form
from .evidence import Evidence, figure_from
from .figure import Figure
from .levels import Level, Readings, group_readings, level_columns, levels_of, read_readings
from .presence import read_presence
from .query import Answer, Plan, Planned, Slots, answer_of, order_of, plan_metric, plan_query
from .reached import read_totals
from .rolled import (
    Rolled,
    compile_rolled,
    find_rollup,
    read_cells_levels,
    rolled_parts,
    split_question,
)
from .rows import Question, ask, rows_parts
from .spans import tile_spans

Key = tuple[tuple[Any, ...], int]
Levels = Mapping[str, Mapping[Key, Level]]

_PLATFORMS = Kept(2_000)


def evaluate(question: Question, *, today: date, platforms: PlatformFacts) -> list[Figure]:
    """Return the figures of a question: per metric, then period, then group.

    What the daily rollup holds is read from it, the rest from the facts; figures are the same.
    """
    rolled = find_rollup(question)
    if rolled is None:
        return _evaluate(question, today=today, platforms=platforms)
    inside, outside = split_question(question, rolled)
    figures = _evaluate(inside, today=today, platforms=platforms, rolled=rolled) if inside else []
    return figures + (_evaluate(outside, today=today, platforms=platforms) if outside else [])


def _evaluate(
    question: Question, *, today: date, platforms: PlatformFacts, rolled: Rolled | None = None
) -> list[Figure]:
    presence = read_presence(question) if _has_days(question) else None
    covered: Mapping[int, int] | None = None
    accounts = 0
    columns = level_columns(question.metrics)
    readings: Readings = {}
    if rolled is None:
        parts, schema = rows_parts(question)
        if time_form(question.table) == "span":
            tiling = tile_spans(question, parts)
            parts, covered, accounts = tiling.parts, tiling.covered, tiling.accounts
        compiled = _compile(question, schema, platforms)
        readings = read_readings(question) if columns else readings
    else:
        parts = rolled_parts(question, rolled)
        compiled = compile_rolled(question, rolled, platforms)
        if columns:
            told = read_cells_levels(question, rolled, columns)
            readings = group_readings(told, question.by, columns)
    planned: Planned = compiled.more
    answer = answer_of(ask(question, parts, compiled.sql), planned.names, question.by)
    shared = partial(
        Evidence, table=question.table, layer=question.layer, today=today, by=question.by,
        platforms=platforms, scope_platforms=_platforms(question, rolled), presence=presence,
        covered=covered, span_accounts=accounts,
    )  # fmt: skip
    figures: list[Figure] = []
    for metric, slots in zip(question.metrics, planned.slots, strict=True):
        totals = read_totals(metric, question.view, question.layer, question.scope, question.by)
        evidence = shared(metric=metric, totals=totals)
        levels = {
            n: levels_of(p, readings, question.layer)
            for n, p in metric.parts.items()
            if p.how == "level"
        }
        figures += _figures_of(evidence, slots, answer, levels)
    return figures


def _has_days(question: Question) -> bool:
    table = question.table
    is_daily = time_form(table) == "day" and table.is_time_in_key
    return is_daily and "account" in table.schema.names


def _compile(question: Question, schema: Any, platforms: PlatformFacts) -> Compiled:
    shape = (
        "metrics", question.view.backend.dialect, question.table.key, question.by,
        tuple(id(m) for m in question.metrics), tuple(schema.names),
        tuple(sorted(platforms.reread_days.items())),
    )  # fmt: skip

    def make() -> Compiled:
        plan = Plan(named_table("rows_in", schema))
        late = _is_late(plan.rows, question, platforms)
        slots = tuple(plan_metric(plan, m, late=late) for m in question.metrics)
        sql = question.view.backend.compile(plan_query(plan, question.by))
        return Compiled(sql, None, Planned(tuple(plan.aggregates), slots, question.metrics))

    return COMPILED.get(shape, make)


def _is_late(rows: Any, question: Question, platforms: PlatformFacts) -> Any:
    """Return the condition under which the platform may still change a row's figures."""
    if question.table.time is None or "platform" not in rows.columns:
        return None
    windows = platforms.reread_days
    days: Any = (
        ibis.cases(*((rows.platform == p, d) for p, d in windows.items()), else_=7)
        if windows
        else ibis.literal(7)
    )
    seen = rows.observed_at.epoch_seconds() // 86_400
    return (seen - rows.on_day) < days


def _platforms(question: Question, rolled: Rolled | None) -> tuple[str, ...]:
    """Return the platforms the scope has any row of in the table."""
    scope, view, table = question.scope, question.view, question.table
    if scope.platforms:
        return scope.platforms
    if "platform" not in table.schema.names:
        return ()
    names = [n for n in ("brand", "account", "platform") if n in table.schema.names]

    def read() -> list[dict[str, Any]]:
        rows = named_table("facts", table.schema)
        if scope.brand is not None:
            rows = rows.filter(rows.brand == scope.brand)
        sql = view.backend.compile(rows.select(*names).distinct())
        source = view.scan(table.key) if rolled is None else rolled.facts(question)
        return view.run(with_named({"facts": source}, sql)).to_pylist()

    found = _PLATFORMS.get((view.version(table.key), scope.brand), read)
    return tuple(sorted({r["platform"] for r in found if r["platform"] and scope.admits(r, view)}))


def _figures_of(evidence: Evidence, slots: Slots, answer: Answer, levels: Levels) -> list[Figure]:
    metric = evidence.metric
    places = answer.places(slots.rows)
    ordered = _keys(evidence, places, levels)
    if not ordered:
        return []
    at = np.array([places.get(k, -1) for k in ordered])
    parts = {n: _column(answer, c, at) for n, c in slots.parts.items()}
    for name, found in levels.items():
        parts[name] = np.array([found[k].value if k in found else np.nan for k in ordered])
    if all(p.how == "count" for p in metric.parts.values()):
        parts = {n: np.nan_to_num(v) for n, v in parts.items()}
    values = metric.compute(parts)
    intervals = metric.compute_interval(parts)
    have = _column(answer, slots.have, at)
    lows = [_column(answer, c, at) for c in slots.lows.values()]
    return [
        figure_from(
            evidence, group=group, bucket=bucket, value=values[i], have=have[i],
            low=lows[0][i] if lows else np.nan,
            around=_surroundings(answer, slots, at[i], metric.one_kind),
            levels=[found.get((group, bucket)) for found in levels.values()],
            interval=None if intervals is None else intervals[i],
        )
        for i, (group, bucket) in enumerate(ordered)
    ]  # fmt: skip


def _keys(evidence: Evidence, places: Mapping[Key, int], levels: Levels) -> Sequence[Key]:
    more = {key for found in levels.values() for key in found} | set(evidence.totals.values)
    if not evidence.by:
        more |= {((), i) for i in range(len(evidence.layer))}
    more -= places.keys()
    return sorted([*places, *more], key=order_of) if more else list(places)


def _column(answer: Answer, name: str, at: np.ndarray) -> np.ndarray:
    values = answer.columns.get(name)
    if values is None or not len(values):
        return np.full(len(at), np.nan)
    return np.where(at >= 0, values[at], np.nan)


def _surroundings(
    answer: Answer, slots: Slots, place: int, columns: Sequence[str]
) -> Mapping[str, Any]:
    if place < 0:
        return {}
    found: dict[str, Any] = {
        "rows": answer.columns[slots.rows][place],
        "observed": answer.labels[slots.observed][place],
    }
    if slots.late is not None:
        found["late"] = answer.columns[slots.late][place] if slots.late in answer.columns else None
    if slots.currencies is not None:
        least, most = (answer.labels[c][place] for c in slots.currencies)
        found["currency"] = least
        found["currencies"] = 1 + (least != most)
    mixed = [
        c for c, (least, most) in zip(columns, slots.kinds, strict=True)
        if _label(answer, least, place) != _label(answer, most, place)
    ]  # fmt: skip
    if mixed:
        found["kinds"] = ", ".join(mixed)
    return found


def _label(answer: Answer, name: str, place: int) -> Any:
    if name in answer.labels:
        return answer.labels[name][place]
    value = answer.columns[name][place]
    return None if np.isnan(value) else value
