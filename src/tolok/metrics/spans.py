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

import pyarrow as pa
import pyarrow.compute as pc

from .rows import Question, ask

LEVELS: Mapping[str, int] = {"account": 0, "campaign": 1, "adset": 2, "ad": 3}
_FINEST_FOR = {"ad": 3, "item": 3, "adset": 2, "campaign": 1}

Span = tuple[date, date]


@dataclass(frozen=True)
class Tiling:
    """The query's parts with the rows chosen, and how many days of each bucket they cover."""

    parts: dict[str, str]
    covered: Mapping[int, int]  # summed over accounts
    accounts: int


def tile_spans(question: Question, parts: dict[str, str]) -> Tiling:
    """Return the parts with `rows_in` cut to one level and spans that do not overlap.

    Chosen per brand, account and bucket.
    """
    has_level = "level" in question.table.schema.names
    keys = ["brand", "account", "bucket", *(["level"] if has_level else []), "start", "until"]
    listed = ", ".join(keys)
    table = ask(question, parts, f"SELECT DISTINCT {listed} FROM rows_in")  # noqa: S608 - names of ours
    if not table.num_rows:
        return Tiling(parts, {}, 0)
    finest = max((_FINEST_FOR.get(d, 0) for d in question.by), default=0)
    accounts = table.group_by(["brand", "account"]).aggregate([]).num_rows
    if _is_tiled(table, has_level=has_level):
        days = pc.days_between(table["start"], table["until"])
        counted = table.select(["bucket"]).append_column("days", days)
        sums = counted.group_by("bucket").aggregate([("days", "sum")]).to_pylist()
        return Tiling(parts, {r["bucket"]: r["days_sum"] for r in sums}, accounts)
    found = table.to_pylist()
    chosen: list[dict[str, Any]] = []
    covered: dict[int, int] = {}
    for (_, _, bucket), group in _grouped(found).items():
        level, spans = _best(group, finest if has_level else 0)
        covered[bucket] = covered.get(bucket, 0) + sum((b - a).days for a, b in spans)
        chosen += [
            r for r in group if r.get("level", "") == level and (r["start"], r["until"]) in spans
        ]
    if len(chosen) < len(found):
        parts = dict(parts)
        parts["all_rows"] = parts.pop("rows_in")
        parts["picks"] = _picks(chosen, keys)
        same = " AND ".join(f"r.{k} = p.{k}" for k in keys)
        parts["rows_in"] = f"SELECT r.* FROM all_rows r JOIN picks p ON {same}"  # noqa: S608
    return Tiling(parts, covered, accounts)


def _is_tiled(table: pa.Table, *, has_level: bool) -> bool:
    """Whether no account has two levels, or two spans over the same day, in one bucket."""
    whose = ["brand", "account", "bucket"]
    if has_level:
        levels = table.group_by(whose).aggregate([("level", "count_distinct")])
        if pc.max(levels["level_count_distinct"]).as_py() > 1:
            return False
    order = [(k, "ascending") for k in (*whose, "start")]
    rows = table.sort_by(order).combine_chunks()
    if rows.num_rows < 2:
        return True
    before, after = rows.slice(0, rows.num_rows - 1), rows.slice(1)
    clash = pc.less(after["start"], before["until"])
    for key in whose:
        clash = pc.and_(clash, pc.equal(after[key], before[key]))
    return not pc.any(clash).as_py()


def _picks(chosen: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> str:
    rows = ", ".join("(" + ", ".join(_literal(r[k]) for k in keys) + ")" for r in chosen)
    return f"SELECT * FROM (VALUES {rows}) AS chosen({', '.join(keys)})"  # noqa: S608


def _literal(value: Any) -> str:
    if isinstance(value, date):
        return f"CAST('{value}' AS DATE)"
    if isinstance(value, int):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"


def _grouped(rows: Iterable[dict[str, Any]]) -> dict[tuple[str, str, int], list[dict[str, Any]]]:
    groups: dict[tuple[str, str, int], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault((row["brand"], row["account"], row["bucket"]), []).append(row)
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
