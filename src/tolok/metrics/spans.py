"""Rows that speak of whole spans of days: choosing those that tile a period without overlap.

Advert and website exports may hold the same money twice: per campaign and per advert, per month
and per day. Counting all rows would double it; so per account one level and a run of spans that
do not overlap is chosen: the one that covers most days, and of equals the coarsest, since the
platform's own totals come first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr import types as ir

LEVELS: Mapping[str, int] = {"account": 0, "campaign": 1, "adset": 2, "ad": 3}
_FINEST_FOR = {"ad": 3, "item": 3, "adset": 2, "campaign": 1}

Span = tuple[date, date]


@dataclass(frozen=True)
class Tiling:
    """The rows chosen, and how many days of each bucket they cover (summed over accounts)."""

    rows: ir.Table
    covered: Mapping[int, int]
    accounts: int


def tile_spans(rows: ir.Table, dimensions: Sequence[str]) -> Tiling:
    """Return the rows of one level and non-overlapping spans per account and bucket."""
    has_level = "level" in rows.columns
    keys = ["account", "bucket", *(["level"] if has_level else []), "start", "until"]
    found = rows.select(keys).distinct().to_pyarrow().to_pylist()
    finest = max((_FINEST_FOR.get(d, 0) for d in dimensions), default=0)
    chosen: list[dict[str, Any]] = []
    covered: dict[int, int] = {}
    for (_, bucket), group in _grouped(found).items():
        level, spans = _best(group, finest if has_level else 0)
        covered[bucket] = covered.get(bucket, 0) + sum((b - a).days for a, b in spans)
        chosen += [
            r for r in group if r.get("level", "") == level and (r["start"], r["until"]) in spans
        ]
    accounts = len({r["account"] for r in found})
    if len(chosen) == len(found):
        return Tiling(rows, covered, accounts)
    picks = pa.Table.from_pylist(chosen, schema=_schema(keys)) if chosen else None
    if picks is None:
        return Tiling(rows.filter(ibis.literal(value=False)), covered, accounts)
    return Tiling(rows.semi_join(ibis.memtable(picks), keys), covered, accounts)


def _schema(keys: Sequence[str]) -> pa.Schema:
    types = {"bucket": pa.int16(), "start": pa.date32(), "until": pa.date32()}
    return pa.schema([(k, types.get(k, pa.string())) for k in keys])


def _grouped(rows: Iterable[dict[str, Any]]) -> dict[tuple[str, int], list[dict[str, Any]]]:
    groups: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault((row["account"], row["bucket"]), []).append(row)
    return groups


def _best(group: Sequence[dict[str, Any]], finest: int) -> tuple[str, set[Span]]:
    levels = {r.get("level", "") for r in group}
    fit = {v for v in levels if LEVELS.get(v, 0) >= finest} or levels
    tried = []
    for level in fit:
        spans = choose_spans(
            {(r["start"], r["until"]) for r in group if r.get("level", "") == level}
        )
        days = sum((b - a).days for a, b in spans)
        tried.append((-days, LEVELS.get(level, 9), level, spans))
    best = min(tried, key=lambda t: t[:3])
    return best[2], set(best[3])


def choose_spans(spans: Iterable[Span]) -> list[Span]:
    """Return non-overlapping spans that cover the most days; of equals, the fewest spans.

    Weighted interval scheduling: exact, in the order of the number of spans times its logarithm.
    """
    ordered = sorted(set(spans), key=lambda s: (s[1], s[0]))
    best: list[tuple[int, int]] = [(0, 0)]  # days covered, minus number of spans
    back: list[tuple[int, bool]] = []
    ends = [s[1] for s in ordered]
    for number, (start, until) in enumerate(ordered):
        before = _last_not_after(ends, start, number)
        days, fewer = best[before]
        take = (days + (until - start).days, fewer - 1)
        taken = take > best[number]
        back.append((before, taken))
        best.append(max(take, best[number]))
    chosen: list[Span] = []
    position = len(ordered)
    while position > 0:
        before, taken = back[position - 1]
        if taken:
            chosen.append(ordered[position - 1])
        position = before if taken else position - 1
    return chosen[::-1]


def _last_not_after(ends: Sequence[date], start: date, limit: int) -> int:
    low, high = 0, limit
    while low < high:
        middle = (low + high) // 2
        if ends[middle] <= start:
            low = middle + 1
        else:
            high = middle
    return low
