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
from tolok.metrics import Engine

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
        row[table.time] = datetime(2026, 10, 1, 5) + timedelta(days=number)
    if "currency" in table.schema.names:
        row["currency"] = "IDR"
    if "platform" not in table.schema.names:
        del row["platform"]
    row.update(given)
    return {name: _typed(value, table.column(name).type) for name, value in row.items()}


def _made_up(name: str, kind: str, number: int) -> Any:
    if kind == "date":
        return date(2026, 10, 1) + timedelta(days=number + (name == "until"))
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


def lake_of(folder: Path, rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> Lake:
    """Return a lake holding the rows, by table."""
    lake = Lake(folder)
    facts = {}
    for key, given in rows.items():
        filled = [fill_row(key, i, r) for i, r in enumerate(given)]
        names = sorted({n for r in filled for n in r})
        schema = table_of(key).schema
        facts[key] = pa.table(
            {n: pa.array([r.get(n) for r in filled], schema.field(n).type) for n in names}
        )
    lake.write(facts, Origin(source="test"))
    return lake


def engine_of(
    folder: Path, rows: Mapping[str, Iterable[Mapping[str, Any]]], **options: Any
) -> Engine:
    """Return an engine over a lake holding the rows."""
    options = {"calendar": Calendar(), "today": TODAY, **options}
    return Engine(LakeView(lake_of(folder, rows)), **options)
