"""The sample brand's known truth as a lake, without importing its files."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path
from tempfile import mkdtemp

import pyarrow as pa

from tolok.base import Calendar
from tolok.lake import Lake, LakeView, Origin, table_of
from tolok.metrics import Engine

BRAND = "kopi-serambi"
SAMPLE = Path(str(resources.files("tolok.sample")))
NOVEMBER = date(2026, 11, 1)


@cache
def sample_lake() -> Lake:
    """Return a lake with every fact of the sample's truth, observed on the morning of 1 November."""
    lake = Lake(mkdtemp(prefix="tolok-sample-"))
    facts = {}
    for path in sorted((SAMPLE / "truth").glob("*.csv")):
        table = table_of(path.stem)
        with path.open(newline="", encoding="utf-8") as handle:
            rows = list(csv.DictReader(handle))
        columns = {
            name: pa.array([_typed(r[name], table.column(name).type) for r in rows],
                           table.schema.field(name).type)
            for name in rows[0]
        }  # fmt: skip
        columns["brand"] = pa.array([BRAND] * len(rows))
        columns["observed_at"] = pa.array(
            [datetime(2026, 11, 1, 1)] * len(rows), pa.timestamp("us")
        )
        if path.stem == "accounts":
            relation = ["own" if "rotirembulan" not in r["account"] else "other" for r in rows]
            columns["relation"] = pa.array(relation)
        facts[path.stem] = pa.table(columns)
    lake.write(facts, Origin(source="truth"), at=datetime(2026, 11, 1, 2))
    return lake


def sample_engine(today: date = NOVEMBER) -> Engine:
    """Return an engine over the sample on a day of the brand's."""
    return Engine(LakeView(sample_lake()), Calendar(), today)


def _typed(value: str, kind: str) -> object:
    if value == "":
        return "" if kind == "text" else None
    if kind == "int":
        return int(float(value))
    if kind == "float":
        return float(value)
    if kind == "money":
        return Decimal(value)
    if kind == "date":
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if kind == "moment" else value
