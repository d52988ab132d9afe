"""Levels: the last known state per account at the start or end of a period, added over accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from ibis.expr import types as ir

from tolok.base import Period

from .part import Part

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


def read_levels(
    rows: ir.Table, part: Part, *, periods: Sequence[Period], dimensions: Sequence[str]
) -> dict[tuple[tuple[Any, ...], int], Level]:
    """Return the level of each group at each period, keyed by (group, position of the period).

    `rows` are rows of a day table, already narrowed to the scope. At the end means: the last
    reading on or before the last day; at the start: the last reading before the first day; the
    mean is taken over the days that have a reading. An account whose reading is older than
    STALE_DAYS counts as missing.
    """
    column = part.columns[0]
    first = min(p.start for p in periods) - timedelta(days=STALE_DAYS + 1)
    last = max(p.end for p in periods)
    keys = list(dict.fromkeys([*dimensions, "account"]))
    wanted = rows.filter(rows[column].notnull() & (rows.day >= first) & (rows.day < last))
    table = wanted.select(*keys, "day", column).order_by([*keys, "day"]).to_pyarrow()
    names = list(zip(*(table[k].to_pylist() for k in keys), strict=True))
    days = table["day"].cast("int32").to_numpy(zero_copy_only=False)
    values = table[column].cast("float64").to_numpy(zero_copy_only=False)
    found: dict[tuple[tuple[Any, ...], int], list[tuple[float, int] | None]] = {}
    for name, start, end in _runs(names):
        group = tuple(name[keys.index(d)] for d in dimensions)
        for position, period in enumerate(periods):
            reading = _reading(days[start:end], values[start:end], period, part.at)
            found.setdefault((group, position), []).append(reading)
    return {
        key: _combine(readings, periods[key[1]], part.at)
        for key, readings in found.items()
        if any(r is not None for r in readings)
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
