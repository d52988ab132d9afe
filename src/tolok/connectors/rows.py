"""Rows for lake tables: put together from columns, without rows that lack a key or stand twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text, local_moment
from tolok.lake import Table, table_of
from tolok.lake.merge import are_distinct

from .connector import Check

_CONFLICTS = 0.02  # above this share of keys with two readings, the file is not what it seems


@dataclass(frozen=True)
class Finding:
    """Rows left out for one reason, and a check to report with them."""

    rows: tuple[int, ...]
    reason: Text
    check: Check | None = None
    data: Mapping[str, object] = field(default_factory=dict)


def build_rows(
    key: str, columns: Mapping[str, Any], *, rows: pa.ChunkedArray, keep: np.ndarray,
    observed_at: datetime | None,
) -> tuple[pa.Table, list[Finding]]:  # fmt: skip
    """Return the kept rows in the table's types, and what was left out.

    A column is an Arrow column as long as `rows`, or one value for all rows. Rows that lack a part
    of the natural key and rows that repeat a key are left out.
    """
    table = table_of(key)
    given = {"observed_at": observed_at, **columns, "row": rows}
    if given["observed_at"] is None:
        given.pop("observed_at")
    arrays = {
        name: _column(values, rows=len(rows), type_=table.schema.field(name).type)
        for name, values in given.items()
    }
    whole = pa.table(arrays)
    if not keep.all():
        whole = whole.filter(pa.array(keep))
    whole, lacking = _drop_keyless(table, whole)
    whole, doubled = _drop_doubles(table, whole)
    return whole, lacking + doubled


def finish_rows(key: str, rows: pa.Table, observed_at: datetime | None) -> pa.Table:
    """Return rows that were put together by hand in the table's types, `observed_at` added."""
    schema = table_of(key).schema
    given = {n: rows[n].cast(schema.field(n).type, safe=False) for n in rows.column_names}
    if observed_at is not None and "observed_at" not in given:
        given["observed_at"] = _column(
            observed_at, rows=rows.num_rows, type_=schema.field("observed_at").type
        )
    return pa.table(given)


def span_of(facts: Mapping[str, pa.Table], zone: str) -> tuple[date | None, date | None]:
    """Return the first and last day of all facts, days of the zone; (None, None) without any."""
    days: list[date] = []
    for key, rows in facts.items():
        table = table_of(key)
        names = [n for n in (table.time, "until") if n and n in rows.column_names]
        for name in names:
            ends = pc.min_max(rows[name]).as_py()
            days += [_day(v, zone, is_until=name == "until") for v in ends.values() if v]
    return (min(days), max(days)) if days else (None, None)


def _day(value: date | datetime, zone: str, *, is_until: bool) -> date:
    if isinstance(value, datetime):
        return local_moment(zone, value).date()
    return date.fromordinal(value.toordinal() - 1) if is_until else value


def _column(values: Any, *, rows: int, type_: pa.DataType) -> pa.ChunkedArray:
    if isinstance(values, pa.ChunkedArray):
        return values if values.type == type_ else values.cast(type_, safe=False)
    if isinstance(values, pa.Array):
        return pa.chunked_array([values.cast(type_, safe=False)])
    if values is None:
        return pa.chunked_array([pa.nulls(rows, type_)])
    return pa.chunked_array([pa.repeat(pa.scalar(values, type_), rows)])


def _drop_keyless(table: Table, whole: pa.Table) -> tuple[pa.Table, list[Finding]]:
    findings: list[Finding] = []
    for name in table.natural_key[1:]:
        lacking = (
            pc.is_null(whole[name]) if name in whole.column_names
            else pa.chunked_array([pa.repeat(pa.scalar(value=True), whole.num_rows)])
        )  # fmt: skip
        if pc.any(lacking).as_py():
            gone = tuple(whole.filter(lacking)["row"].to_pylist())
            reason = Text("has no {column}", "tidak punya {column}")
            findings.append(Finding(gone, reason, data={"column": table.column(name).meaning}))
            whole = whole.filter(pc.invert(lacking))
    return whole, findings


def _drop_doubles(table: Table, whole: pa.Table) -> tuple[pa.Table, list[Finding]]:
    names = list(table.natural_key[1:])
    if are_distinct(whole, names):
        return whole, []
    numbered = whole.append_column("_at", pa.array(np.arange(whole.num_rows)))
    groups = numbered.group_by(names, use_threads=False).aggregate([("_at", "min")])
    first = np.zeros(whole.num_rows, dtype=bool)
    first[groups["_at_min"].to_numpy()] = True
    again = numbered.filter(pa.array(~first))
    values = [n for n in whole.column_names if n not in (*names, "row", "observed_at")]
    kept = numbered.filter(pa.array(first))
    same, differing = _compare(kept, again, names=names, values=values)
    findings: list[Finding] = []
    if same:
        reason = Text("repeats an earlier row", "mengulang baris sebelumnya")
        findings.append(Finding(tuple(same), reason))
    if differing:
        findings.append(_conflict(differing, groups.num_rows))
    return whole.filter(pa.array(first)), findings


def _compare(
    kept: pa.Table, again: pa.Table, *, names: list[str], values: list[str]
) -> tuple[list[int], list[int]]:
    places = {tuple(row.values()): i for i, row in enumerate(kept.select(names).to_pylist())}
    first = kept.select(values)
    same: list[int] = []
    differing: list[int] = []
    for row in again.select([*names, *values, "row"]).to_pylist():
        earlier = first.slice(places[tuple(row[n] for n in names)], 1).to_pylist()[0]
        target = same if all(row[v] == earlier[v] for v in values) else differing
        target.append(row["row"])
    return same, differing


def _conflict(rows: list[int], keys: int) -> Finding:
    reason = Text(
        "names the same thing as an earlier row, with other figures",
        "menyebut hal yang sama dengan baris sebelumnya, tetapi angkanya lain",
    )
    bad = len(rows) > max(1, _CONFLICTS * keys)
    check = Check(
        "doubles", "failed" if bad else "noted",
        Text("{count} rows repeat an earlier one with other figures (first: row {row}).",
             "{count} baris mengulang baris lain dengan angka berbeda (pertama: baris {row})."),
        {"count": len(rows), "row": rows[0]},
    )  # fmt: skip
    return Finding(tuple(rows), reason, check)
