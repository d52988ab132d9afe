"""Levels: the last known state per account at the start or end of a period, added over accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

import numpy as np
import pyarrow as pa

from tolok.base import Period

from .asked import COMPILED, Compiled, named_table
from .metric import Metric
from .part import Part
from .rows import Question, ask, fields_of, rows_parts, schema_of, widened

# A level older than this says nothing about the period any more.
STALE_DAYS = 31


@dataclass(frozen=True)
class Level:
    """A level per group: its value, how many accounts gave it, and the age of the oldest."""

    value: float
    accounts: int
    expected: int
    oldest_days: int
    last_seen: date


Readings = Mapping[str, Sequence[tuple[tuple[Any, ...], np.ndarray, np.ndarray]]]


def read_readings(question: Question) -> Readings:
    """Return per level column the days and values of each group's account, oldest first.

    One query over all level columns of the question's metrics, from STALE_DAYS before its first
    period; each entry is the group with the account at its end.
    """
    columns = level_columns(question.metrics)
    wide = widened(question, STALE_DAYS + 1)
    keys = list(dict.fromkeys([*question.by, "account"]))
    where = question.metrics[0].where
    shape = ("levels", wide.shape(), tuple(keys), columns, id(where))
    compiled = COMPILED.get(shape, lambda: _compile(wide, keys, columns))
    told = ask(wide, rows_parts(wide, compiled.more), compiled.sql)
    return group_readings(told, question.by, columns)


def group_readings(table: pa.Table, by: Sequence[str], columns: Sequence[str]) -> Readings:
    """Return the readings of each group's account from rows in the order of account and day."""
    keys = list(dict.fromkeys([*by, "account"]))
    names = list(zip(*(table[k].to_pylist() for k in keys), strict=True))
    days = table["day"].cast("int32").to_numpy(zero_copy_only=False)
    runs = _runs(names)
    found: dict[str, list[tuple[tuple[Any, ...], np.ndarray, np.ndarray]]] = {}
    for column in columns:
        values = table[column].cast("float64").to_numpy(zero_copy_only=False)
        for name, start, end in runs:
            known = ~np.isnan(values[start:end])
            if known.any():
                group = tuple(name[keys.index(d)] for d in by)
                told = (group, days[start:end][known], values[start:end][known])
                found.setdefault(column, []).append(told)
    return found


def _compile(question: Question, keys: list[str], columns: Sequence[str]) -> Compiled:
    rows = named_table("rows_in", schema_of(question))
    where = question.metrics[0].where
    if where is not None:
        rows = rows.filter(where(rows))
    wanted = rows.filter(reduce(or_, [rows[c].notnull() for c in columns]))
    # Two brands may have read one account on one day: the later look wins, always the same one.
    order = list(dict.fromkeys([*keys, "day", "observed_at", "brand"]))
    wanted = wanted.select(*order, *columns).order_by(order)
    # The metrics are held, so that the ids of their conditions stay theirs.
    return Compiled(question.view.backend.compile(wanted), question.metrics, fields_of([wanted]))


def level_columns(metrics: Sequence[Metric]) -> tuple[str, ...]:
    """Return the columns whose level the metrics read."""
    found = (p.columns[0] for m in metrics for p in m.parts.values() if p.how == "level")
    return tuple(sorted(set(found)))


def levels_of(
    part: Part, readings: Readings, periods: Sequence[Period]
) -> dict[tuple[tuple[Any, ...], int], Level]:
    """Return the level of each group at each period, keyed by (group, position of the period).

    At the end means: the last reading on or before the last day; at the start: the last reading
    before the first day; the mean is taken over the days that have a reading. An account whose
    reading is older than STALE_DAYS counts as missing.
    """
    found: dict[tuple[tuple[Any, ...], int], list[tuple[float, int] | None]] = {}
    for group, days, values in readings.get(part.columns[0], ()):
        for position, period in enumerate(periods):
            reading = _reading(days, values, period, part.at)
            found.setdefault((group, position), []).append(reading)
    return {
        key: _combine(told, periods[key[1]], part.at)
        for key, told in found.items()
        if any(r is not None for r in told)
    }


def _runs(names: Sequence[tuple[Any, ...]]) -> list[tuple[tuple[Any, ...], int, int]]:
    runs: list[tuple[tuple[Any, ...], int, int]] = []
    start = 0
    for position in range(1, len(names) + 1):
        if position == len(names) or names[position] != names[start]:
            runs.append((names[start], start, position))
            start = position
    return runs


def _reading(
    days: np.ndarray, values: np.ndarray, period: Period, at: str
) -> tuple[float, int] | None:
    low, high = _number(period.start), _number(period.end)
    if at == "mean":
        inside = (days >= low) & (days < high)
        return (float(values[inside].mean()), high - 1) if inside.any() else None
    limit = low if at == "start" else high
    position = int(np.searchsorted(days, limit, side="left")) - 1
    if position < 0 or limit - 1 - days[position] > STALE_DAYS:
        return None
    return float(values[position]), int(days[position])


def _combine(readings: Sequence[tuple[float, int] | None], period: Period, at: str) -> Level:
    known = [r for r in readings if r is not None]
    limit = _number(period.start if at == "start" else period.end) - 1
    oldest = min(day for _, day in known)
    return Level(
        value=sum(value for value, _ in known),
        accounts=len(known),
        expected=len(readings),
        oldest_days=limit - oldest,
        last_seen=date(1970, 1, 1) + timedelta(days=oldest),
    )


def _number(day: date) -> int:
    return (day - date(1970, 1, 1)).days
