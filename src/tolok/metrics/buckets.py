"""Putting rows into periods: which bucket of a list of periods a row's time falls into."""

from __future__ import annotations

from collections.abc import Sequence, Sized
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import ibis
from ibis.expr import types as ir

from tolok.base import Calendar, Period, day_offsets
from tolok.lake import Table

_FEW = 8


def time_form(table: Table) -> str:
    """Return how rows of the table lie in time: moment, day, span or none."""
    if table.time is None:
        return "none"
    if "until" in table.natural_key:
        return "span"
    return "moment" if table.column(table.time).type == "moment" else "day"


def split_layers(periods: Sequence[Period]) -> list[list[Period]]:
    """Return the periods in layers, none of which holds two that overlap."""
    layers: list[list[Period]] = []
    for period in sorted(dict.fromkeys(periods), key=lambda p: (p.start, p.end)):
        for layer in layers:
            if layer[-1].end <= period.start:
                layer.append(period)
                break
        else:
            layers.append([period])
    return layers


Edges = Sequence[tuple[Any, Any]]  # first and past-the-end day or moment of each period


def few_enough(layer: Sized) -> bool:
    """Whether periods are told apart by their edges, one by one."""
    return len(layer) <= _FEW


def edges_of(table: Table, layer: Sequence[Period], calendar: Calendar) -> Edges:
    """Return the edges of the periods as the table's time column tells time."""
    if time_form(table) == "moment":
        return [calendar.utc_bounds(p) for p in layer]
    return [(p.start, p.end) for p in layer]


def with_bucket(
    rows: ir.Table,
    table: Table,
    layer: Sequence[Period],
    calendar: Calendar,
    *,
    edges: Edges | None = None,
) -> ir.Table:
    """Return the rows that fall into a period of the layer, with its position as `bucket`.

    A moment counts on the day it has in the calendar's zone. A span counts only where it lies
    wholly inside a period. `edges` may stand in for those of the layer when they are few.
    """
    inside, bucket = place_in(rows, table, layer, calendar, edges=edges)
    return (rows.filter(*inside) if inside else rows).mutate(bucket=bucket)


def place_in(
    rows: ir.Table,
    table: Table,
    layer: Sequence[Period],
    calendar: Calendar,
    *,
    edges: Edges | None = None,
) -> tuple[list[Any], Any]:
    """Return the conditions under which rows fall into a period of the layer, and its position."""
    form = time_form(table)
    if form == "none":
        return [], ibis.literal(0, type="int16")
    edges = edges or edges_of(table, layer, calendar)
    time = rows[table.time]
    inside = [time >= edges[0][0], time < edges[-1][1]]
    bucket: Any
    if few_enough(layer):
        bucket = _bucket_of_edges(time, edges, is_touching=is_touching(layer))
    elif form == "moment":
        since = _days_since(time, calendar, layer[0].start, layer[-1].end)
        bucket = _bucket_of_position(since, layer)
    else:
        bucket = _bucket_of_day(time, layer)
    bucket = bucket.cast("int16")
    if not is_touching(layer):
        inside.append(bucket.notnull())
    if form == "span":
        inside.append(_last_bucket(rows, layer, edges) == bucket)
    return inside, bucket


def _bucket_of_edges(time: Any, edges: Edges, *, is_touching: bool) -> Any:
    """Return the position of the period a time between the first and last edge falls into."""
    last = len(edges) - 1
    if not is_touching:
        return ibis.cases(*(((time >= a) & (time < b), i) for i, (a, b) in enumerate(edges)))
    if not last:
        return ibis.literal(0)
    return ibis.cases(*((time < edges[i][1], i) for i in range(last)), else_=last)


def _last_bucket(rows: ir.Table, layer: Sequence[Period], edges: Edges) -> Any:
    """Return the position of the period the last day of a span falls into."""
    until = rows.until
    last: Any
    if few_enough(layer):
        cases = (((until > low) & (until <= high), i) for i, (low, high) in enumerate(edges))
        last = ibis.cases(*cases)
    else:
        # Judging the day after the last by periods moved on a day spares arithmetic on dates.
        day = timedelta(days=1)
        last = _bucket_of_day(until, [Period(p.start + day, p.end + day, "range") for p in layer])
    return last.cast("int16")


def day_number_of(rows: ir.Table, table: Table, calendar: Calendar, layer: Sequence[Period]) -> Any:
    """Return the day a row counts on, as days since 1970; of a span the day after its last."""
    form = time_form(table)
    if form == "moment":
        return _clock_seconds(rows[table.time], calendar, layer[0].start, layer[-1].end) // 86_400
    return (rows.until if form == "span" else rows[table.time]).epoch_days()


def hour_of(rows: ir.Table, table: Table, calendar: Calendar, first: date, last: date) -> Any:
    """Return the hour of the brand's clock a moment falls into, 0 to 23, right through DST."""
    return (_clock_seconds(rows[table.time], calendar, first, last) // 3_600) % 24


def weekday_of(rows: ir.Table, table: Table, calendar: Calendar, first: date, last: date) -> Any:
    """Return the weekday a row counts on, 0 Monday to 6 Sunday, in the calendar's zone."""
    time = rows[table.time]
    if time_form(table) != "moment":
        return time.day_of_week.index()
    # 1 January 1970 was a Thursday.
    return (_clock_seconds(time, calendar, first, last) // 86_400 + 3) % 7


def _clock_seconds(time: Any, calendar: Calendar, first: date, last: date) -> Any:
    segments = day_offsets(calendar, first - timedelta(days=1), last + timedelta(days=1))
    minutes: Any = segments[0][2]
    if len({s[2] for s in segments}) > 1:
        minutes = ibis.cases(*(((time >= s[0]) & (time < s[1]), s[2]) for s in segments))
    return time.epoch_seconds() + minutes * 60


def _days_since(time: Any, calendar: Calendar, first: date, last: date) -> Any:
    """Return how many days after `first` a moment lies on the calendar's clock.

    Whole seconds are counted, since engines disagree on how an interval is added to a moment.
    """
    segments = day_offsets(calendar, first - timedelta(days=1), last + timedelta(days=1))
    if len({s[2] for s in segments}) == 1:
        minutes: Any = segments[0][2]
    else:
        minutes = ibis.cases(*(((time >= s[0]) & (time < s[1]), s[2]) for s in segments))
    start = (first - date(1970, 1, 1)).days
    return (time.epoch_seconds() + minutes * 60) // 86_400 - start


def _bucket_of_day(day: Any, layer: Sequence[Period]) -> Any:
    if few_enough(layer):
        cases = (((day >= p.start) & (day < p.end), i) for i, p in enumerate(layer))
        return ibis.cases(*cases)
    return _bucket_of_position(day.delta(ibis.literal(layer[0].start), unit="day"), layer)


def _bucket_of_position(position: Any, layer: Sequence[Period]) -> Any:
    first = layer[0].start
    if all(p.days == layer[0].days for p in layer) and is_touching(layer):
        return position // layer[0].days
    of_day: list[int | None] = [None] * (layer[-1].end - first).days
    for number, period in enumerate(layer):
        for offset in range((period.start - first).days, (period.end - first).days):
            of_day[offset] = number
    return ibis.array(of_day)[position]


def is_touching(layer: Sequence[Period]) -> bool:
    """Whether each period begins where the one before ends."""
    return all(a.end == b.start for a, b in pairwise(layer))
