"""Levels: the last known state per account at the start or end of a period, added over accounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
_FIRST = date(1970, 1, 1)

Group = tuple[Any, ...]


@dataclass(frozen=True)
class Level:
    """A level per group: its value, how many accounts gave it, and the age of the oldest."""

    value: float
    accounts: int
    expected: int
    oldest_days: int
    last_seen: date


@dataclass(frozen=True)
class Told:
    """The readings of one level column, account by account, oldest first within each.

    A reading speaks of one day or of a whole month: then it is the last of the month, with the
    sum and the number of all. `starts` is where each account begins, `groups` whose it is.
    """

    groups: Sequence[Group]
    starts: np.ndarray
    days: np.ndarray
    values: np.ndarray
    sums: np.ndarray
    counts: np.ndarray


Readings = Mapping[str, Told]


class Levels(Mapping[tuple[Group, int], Level]):
    """The levels of groups at periods as columns; one is made when it is looked at."""

    def __init__(
        self, keys: Sequence[tuple[Group, int]], columns: Mapping[str, np.ndarray]
    ) -> None:
        self._places = {key: place for place, key in enumerate(keys)}
        self._columns = columns

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[tuple[Group, int]]:
        return iter(self._places)

    def __getitem__(self, key: tuple[Group, int]) -> Level:
        place = self._places[key]
        value, accounts, expected, oldest, last = (
            self._columns[n][place] for n in ("values", "accounts", "expected", "ages", "oldest")
        )
        seen = _FIRST + timedelta(days=int(last))
        return Level(float(value), int(accounts), int(expected), int(oldest), seen)

    def values_at(self, keys: Sequence[tuple[Group, int]]) -> np.ndarray:
        """Return the levels of the keys, NaN where there is none."""
        places = np.array([self._places.get(k, -1) for k in keys], dtype=np.int64)
        if not len(self._places):
            return np.full(len(places), np.nan)
        return np.where(places >= 0, self._columns["values"][places], np.nan)


def read_readings(question: Question) -> Readings:
    """Return the readings of each level column of the question's metrics.

    One query over all of them, from STALE_DAYS before the first period.
    """
    columns = level_columns(question.metrics)
    wide = widened(question, STALE_DAYS + 1)
    keys = list(dict.fromkeys([*question.by, "account"]))
    where = question.metrics[0].where
    shape = ("levels", wide.shape(), tuple(keys), columns, id(where))
    compiled = COMPILED.get(shape, lambda: _compile(wide, keys, columns))
    told = ask(wide, rows_parts(wide, compiled.more), compiled.sql)
    days = told["day"].cast("int32").to_numpy(zero_copy_only=False)
    found = {}
    for column in columns:
        values = told[column].cast("float64").to_numpy(zero_copy_only=False)
        found[column] = gather(told, question.by, days, values, values, np.ones(len(values)))
    return found


def gather(
    table: pa.Table, by: Sequence[str], days: np.ndarray, values: np.ndarray, sums: np.ndarray,
    counts: np.ndarray,
) -> Told:  # fmt: skip
    """Return the readings of one column from rows in the order of group, account and day."""
    known = np.flatnonzero(~np.isnan(values))
    keys = list(dict.fromkeys([*by, "account"]))
    named = table.select(keys).take(pa.array(known)).combine_chunks()
    is_new = np.zeros(len(known), dtype=bool)
    is_new[:1] = True
    for key in keys:
        codes = named[key].combine_chunks().dictionary_encode(null_encoding="encode")
        is_new[1:] |= np.diff(codes.indices.to_numpy(zero_copy_only=False)) != 0
    starts = np.flatnonzero(is_new)
    firsts = named.select(list(by)).take(pa.array(starts))
    columns = [firsts[d].to_pylist() for d in by]
    groups = list(zip(*columns, strict=True)) if by else [()] * len(starts)
    return Told(groups, starts, days[known], values[known], sums[known], counts[known])


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


def levels_of(part: Part, readings: Readings, periods: Sequence[Period], today: date) -> Levels:
    """Return the level of each group at each period, keyed by (group, position of the period).

    At the end means: the last reading on or before the last day, or today while the period runs;
    at the start: the last reading before the first day; the mean is taken over the days that have
    a reading. An account whose reading is older than STALE_DAYS counts as missing.
    """
    told = readings.get(part.columns[0])
    if told is None or not len(told.starts):
        return Levels([], {})
    groups = list(dict.fromkeys(told.groups))
    place = {g: i for i, g in enumerate(groups)}
    mine = np.array([place[g] for g in told.groups])
    keys: list[tuple[Group, int]] = []
    found: dict[str, list[np.ndarray]] = {}
    for position, period in enumerate(periods):
        low, high = _number(period.start), _number(period.end)
        if period.start <= today < period.end:
            high = _number(today) + 1
        values, days = _mean(told, low, high) if part.at == "mean" else _last(
            told, low if part.at == "start" else high
        )  # fmt: skip
        columns = _together(mine, values, days, limit=low if part.at == "start" else high)
        some = np.flatnonzero(columns["accounts"])
        keys += [(groups[g], position) for g in some.tolist()]
        for name, column in columns.items():
            found.setdefault(name, []).append(column[some])
    return Levels(keys, {n: np.concatenate(v) for n, v in found.items()})


def _last(told: Told, limit: int) -> tuple[np.ndarray, np.ndarray]:
    """Return of each account the last reading before a day and its day; NaN where it is stale."""
    places = np.where(told.days < limit, np.arange(len(told.days)), -1)
    last = np.maximum.reduceat(places, told.starts)
    days = told.days[last]
    fresh = (last >= 0) & (limit - 1 - days <= STALE_DAYS)
    return np.where(fresh, told.values[last], np.nan), days


def _mean(told: Told, low: int, high: int) -> tuple[np.ndarray, np.ndarray]:
    """Return of each account the mean over its readings in a span; they are as of its last day."""
    inside = (told.days >= low) & (told.days < high)
    sums = np.add.reduceat(np.where(inside, told.sums, 0), told.starts)
    counts = np.add.reduceat(np.where(inside, told.counts, 0), told.starts)
    values = np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
    return values, np.full(len(values), high - 1)


def _together(
    groups: np.ndarray, values: np.ndarray, days: np.ndarray, *, limit: int
) -> dict[str, np.ndarray]:
    """Return the levels of accounts put together by group."""
    count = int(groups.max()) + 1
    known = ~np.isnan(values)
    oldest = np.full(count, limit)
    np.minimum.at(oldest, groups[known], days[known])
    return {
        "values": np.bincount(groups[known], values[known], count),
        "accounts": np.bincount(groups[known], minlength=count),
        "expected": np.bincount(groups, minlength=count),
        "ages": limit - 1 - oldest,
        "oldest": oldest,
    }


def _number(day: date) -> int:
    return (day - _FIRST).days
