"""A lake of a few rows for tests: what a row leaves out is filled with something plain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from tolok.base import Calendar, Period
from tolok.lake import Lake, LakeView, Origin, table_of
from tolok.metrics import Engine, Metric

OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1), "month")
TODAY = date(2026, 11, 22)
SEEN = datetime(2026, 11, 20, 3)


def fill_row(table_key: str, number: int, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a whole row: key and time columns made up where the row does not give them."""
    table = table_of(table_key)
    row: dict[str, Any] = {"brand": "kopi", "observed_at": SEEN, "platform": "instagram"}
    for name in table.natural_key[1:]:
        row[name] = _made_up(name, table.column(name).type, number)
    if table.time and table.time not in row:
        row[table.time] = _made_up(table.time, table.column(table.time).type, number)
    if "currency" in table.schema.names:
        row["currency"] = "IDR"
    if "platform" not in table.schema.names:
        del row["platform"]
    row.update(given)
    return {name: _typed(value, table.column(name).type) for name, value in row.items()}


def _made_up(name: str, kind: str, number: int) -> Any:
    if kind == "date":
        return date(2026, 10, 1) + timedelta(days=number + (name == "until"))
    if kind == "moment":
        return datetime(2026, 10, 1, 5) + timedelta(days=number)
    plain = {
        "account": "instagram:kopi",
        "level": "ad",
        "attribution": "",
        "breakdown": "",
        "segment": "",
        "dimension": "",
    }
    return plain.get(name, f"{name}-{number}")


def _typed(value: Any, kind: str) -> Any:
    if isinstance(value, str) and kind == "date":
        return date.fromisoformat(value)
    if isinstance(value, str) and kind == "moment":
        return datetime.fromisoformat(value)
    return Decimal(str(value)) if kind == "money" and value is not None else value


def lake_of(
    folder: Path, rows: Mapping[str, Iterable[Mapping[str, Any]]], *, by_brand: bool = False
) -> Lake:
    """Return a lake holding the rows, by table; with `by_brand` numbered anew for each brand."""
    lake = Lake(folder)
    facts = {}
    for key, given in rows.items():
        filled: list[dict[str, Any]] = []
        numbers: dict[str, int] = {}
        for i, row in enumerate(given):
            brand = str(row.get("brand", "kopi"))
            numbers[brand] = numbers.get(brand, -1) + 1
            filled.append(fill_row(key, numbers[brand] if by_brand else i, row))
        if filled:
            facts[key] = arrow_of(key, filled)
    lake.write(facts, Origin(source="test"))
    return lake


def arrow_of(table_key: str, filled: list[dict[str, Any]]) -> pa.Table:
    """Return whole rows as an Arrow table of the fact table's types."""
    schema = table_of(table_key).schema
    names = sorted({n for r in filled for n in r})
    return pa.table({n: pa.array([r.get(n) for r in filled], schema.field(n).type) for n in names})


def example_rows(metrics: Iterable[Metric]) -> dict[str, list[Mapping[str, Any]]]:
    """Return the rows of all examples by table, each under a brand named like its metric."""
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for metric in metrics:
        given = {**metric.example.others}
        given[metric.table] = (*given.get(metric.table, ()), *metric.example.rows)
        for table, listed in given.items():
            rows.setdefault(table, []).extend({**r, "brand": metric.key} for r in listed)
    return rows


def engine_of(
    folder: Path, rows: Mapping[str, Iterable[Mapping[str, Any]]], **options: Any
) -> Engine:
    """Return an engine over a lake holding the rows."""
    options = {"calendar": Calendar(), "today": TODAY, **options}
    return Engine(LakeView(lake_of(folder, rows)), **options)
