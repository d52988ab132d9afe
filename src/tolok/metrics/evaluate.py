"""One table, one pass: a question becomes SQL, its answer becomes figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import ibis
import numpy as np

from tolok.base import PlatformFacts
from tolok.lake import LakeView, roll_call

from .asked import COMPILED, Compiled, Kept, named_table
from .cells import STATIC
from .covered import read_covered, read_posting
from .evidence import Evidence, zeroed
from .figures import Block, Given, block_of, unequal
from .levels import Levels, Readings, level_columns, levels_of, read_readings
from .looks import read_looks, with_looks
from .presence import Presence, callers, read_presence
from .query import (
    Answer,
    Held,
    Plan,
    Planned,
    Slots,
    answer_of,
    order_of,
    plan_metric,
    plan_query,
)
from .reached import read_totals
from .rolled import (
    Rolled,
    ask_cells,
    find_rollup,
    read_cells_levels,
    split_question,
)
from .rows import Question, ask, fields_of, rows_parts, schema_of
from .spans import tile_spans

_CALLS = Kept(200)  # what the data files tell of accounts, by table
_PLATFORMS = Kept(2_000)


@dataclass(frozen=True)
class Asked:
    """What a question was answered, before anything is decided about its figures."""

    question: Question
    planned: Planned
    answer: Answer
    readings: Readings
    presence: Presence | None
    covered: Mapping[int, int] | None = None
    span_accounts: int = 0


def ask_table(question: Question, platforms: PlatformFacts) -> list[Asked]:
    """Return the answers a question's figures are made of.

    What the daily rollup holds is read from it, the rest from the facts; figures are the same.
    """
    rolled = find_rollup(question)
    if rolled is None:
        return [_ask_facts(question, platforms)]
    inside, outside = split_question(question, rolled)
    asked = [_ask_rolled(inside, rolled, platforms)] if inside else []
    return asked + ([_ask_facts(outside, platforms)] if outside else [])


def _ask_facts(question: Question, platforms: PlatformFacts) -> Asked:
    presence = _presence(question)
    looks = read_looks(question, platforms)
    compiled = _compile(question, platforms, are_looks_told=looks is not None)
    planned: Planned = compiled.more
    parts = rows_parts(question, planned.columns)
    covered, accounts = None, 0
    if question.form == "span":
        tiling = tile_spans(question, parts)
        parts, covered, accounts = tiling.parts, tiling.covered, tiling.accounts
    readings = read_readings(question) if level_columns(question.metrics) else {}
    answer = answer_of(ask(question, parts, compiled.sql), planned.names, question.by)
    answer = answer if looks is None else with_looks(answer, looks)
    return Asked(question, planned, answer, readings, presence, covered, accounts)


def _ask_rolled(question: Question, rolled: Rolled, platforms: PlatformFacts) -> Asked:
    presence = _presence(question)
    compiled, answer = ask_cells(question, rolled, platforms)
    columns = level_columns(question.metrics)
    readings = read_cells_levels(question, rolled, columns) if columns else {}
    return Asked(question, compiled.more, answer, readings, presence)


def decide(asked: Asked, *, today: date, platforms: PlatformFacts) -> list[Block]:
    """Return the figures of an answered question, a block for each metric that has any."""
    question = asked.question
    shared = partial(
        Evidence, table=question.table, layer=question.layer, today=today, by=question.by,
        form=question.form, platforms=platforms, scope_platforms=_platforms(question, asked.presence),
        presence=asked.presence, covered=asked.covered, span_accounts=asked.span_accounts,
        files=read_covered(question), posting=read_posting(question),
    )  # fmt: skip
    blocks: list[Block | None] = []
    for metric, slots in zip(question.metrics, asked.planned.slots, strict=True):
        totals = read_totals(metric, question.view, question.layer, question.scope, question.by)
        evidence = shared(metric=metric, totals=totals)
        levels = {
            n: levels_of(p, asked.readings, question.layer, today)
            for n, p in metric.parts.items()
            if p.how == "level"
        }
        blocks.append(_block_of(evidence, slots, asked.answer, levels))
    return [b for b in blocks if b is not None]


def _presence(question: Question) -> Presence | None:
    return read_presence(question) if _has_days(question) else None


def _has_days(question: Question) -> bool:
    table = question.table
    is_daily = question.form == "day" and table.is_time_in_key
    return is_daily and "account" in table.schema.names


def _compile(question: Question, platforms: PlatformFacts, *, are_looks_told: bool) -> Compiled:
    full = question.full_columns()
    shape = (
        "metrics", question.view.backend.dialect, question.table.key, question.by,
        tuple(id(m) for m in question.metrics), question.standing, full, are_looks_told,
        tuple(sorted(platforms.reread_days.items())),
    )  # fmt: skip

    def make() -> Compiled:
        plan = Plan(named_table("rows_in", schema_of(question)), full=full)
        late = _is_late(plan.rows, question, platforms)
        slots = tuple(plan_metric(plan, m, late=late, are_looks_told=are_looks_told)
                      for m in question.metrics)  # fmt: skip
        sql = question.view.backend.compile(plan_query(plan, question.by))
        read = fields_of(plan.aggregates.values())
        return Compiled(sql, None, Planned(tuple(plan.aggregates), slots, question.metrics, read))

    return COMPILED.get(shape, make)


def _is_late(rows: Any, question: Question, platforms: PlatformFacts) -> tuple[Any, Any] | None:
    """Return the condition under which a row's figures may still change, and the row's day."""
    table = question.table
    if table.time is None or "platform" not in rows.columns:
        return None
    windows = platforms.reread_days
    days: Any = (
        ibis.cases(*((rows.platform == p, d) for p, d in windows.items()), else_=7)
        if len(set(windows.values()) | {7}) > 1
        else ibis.literal(7)
    )
    if question.form == "day":
        day = rows[table.time]
        return rows.observed_at.date().delta(day, unit="day") < days, day
    seen = rows.observed_at.epoch_seconds() // 86_400
    return (seen - rows.on_day) < days, rows.on_day


def _platforms(question: Question, presence: Presence | None) -> tuple[str, ...]:
    """Return the platforms the scope has any row of in the table."""
    scope = question.scope
    if scope.platforms:
        return scope.platforms
    if "platform" not in question.table.schema.names:
        return ()
    if presence is not None and set(scope.filters) <= set(STATIC):
        return presence.platforms()
    view, key = question.view, question.table.key

    def find() -> tuple[str, ...]:
        rows = _CALLS.get(
            (view.version(key), view.backend.dialect), lambda: _read_accounts(view, key)
        )
        return tuple(
            sorted({r["platform"] for r in rows if r["platform"] and scope.admits(r, view)})
        )

    return _PLATFORMS.get((view.version(key), scope.shape(view), scope.brand), find)


def _read_accounts(view: LakeView, key: str) -> list[dict[str, Any]]:
    calls = roll_call(view, key)
    names = [n for n in STATIC if n in calls.column_names]
    return [dict(zip(names, who, strict=True)) for who in callers(calls)[0]]


def _block_of(
    evidence: Evidence, slots: Slots, answer: Answer, levels: Mapping[str, Levels]
) -> Block | None:
    """Return the figures of one metric, or None when there is no group to speak of."""
    metric = evidence.metric
    held = _keys(evidence, slots, answer, levels)
    keys = held.keys
    if not keys:
        return None
    parts = {n: _column(answer, c, held) for n, c in slots.parts.items()}
    for name, found in levels.items():
        parts[name] = found.values_at(keys)
    if all(p.how == "count" for p in metric.parts.values()):
        parts = {n: zeroed(v) for n, v in parts.items()}
    low = next(iter(slots.lows.values()), None)
    ends = slots.currencies
    values = metric.compute(parts)
    given = Given(
        held=held,
        slots=slots,
        values=values if values.ndim else np.full(len(keys), values),
        have=_column(answer, slots.have, held),
        rows=_column(answer, slots.rows, held),
        low=np.full(len(keys), np.nan) if low is None else _column(answer, low, held),
        late=None if slots.late is None else _column(answer, slots.late, held),
        observed=_labels(answer, slots.observed, held),
        currencies=None if ends is None else (
            _labels(answer, ends[0], held), _labels(answer, ends[1], held)),
        kinds={
            column: unequal(_labels(answer, least, held), _labels(answer, most, held))
            for column, (least, most) in zip(metric.one_kind, slots.kinds, strict=True)
        },
        levels=list(levels.values()),
        intervals=metric.compute_interval(parts),
    )  # fmt: skip
    return block_of(evidence, given)


def _keys(evidence: Evidence, slots: Slots, answer: Answer, levels: Mapping[str, Levels]) -> Held:
    """Return the groups and periods to speak of: those with rows, levels, totals or files."""
    held = answer.held(slots.rows)
    more = {key for found in levels.values() for key in found} | set(evidence.totals.values)
    if evidence.by and evidence.files is not None and evidence.metric.no_rows is not None:
        more |= evidence.files.listed_keys(evidence.by, evidence.layer, evidence.today)
    if not evidence.by and len(held.keys) < len(evidence.layer):
        more |= {((), i) for i in range(len(evidence.layer))}
    if not more or more <= set(held.keys):
        return held
    places = dict(zip(held.keys, held.at.tolist(), strict=True))
    ordered = sorted({*held.keys, *more}, key=order_of)
    return Held(ordered, np.array([places.get(k, -1) for k in ordered]))


def _column(answer: Answer, name: str, held: Held) -> np.ndarray:
    """Return the numbers of a column, NaN where there is none; they are shared: never change them."""

    def find() -> np.ndarray:
        values = answer.columns.get(name)
        if values is None or not len(values):
            return np.full(len(held.at), np.nan)
        return values[held.at] if held.is_held else np.where(held.at >= 0, values[held.at], np.nan)

    return held.once(name, find)


def _labels(answer: Answer, name: str, held: Held) -> Sequence[Any]:
    """Return words or moments as they stand in the answer, None where there is none."""

    def find() -> Sequence[Any]:
        if name in answer.labels and len(answer.labels[name]):
            told = answer.labels[name][held.at]
            told[held.at < 0] = None
            found: Sequence[Any] = told.tolist()
            return found
        return [None if np.isnan(v) else v for v in _column(answer, name, held).tolist()]

    return held.once(("labels", name), find)
