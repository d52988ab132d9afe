"""Claims and activities as open TOML files, in and out, as KPI files are."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from typing import Any

import tomli_w

from .activity import Activity
from .insight import Insight
from .open_rows import bad_file, row_from_toml, row_to_toml

_SCOPES = ("scope", "control")


def dump_insights(insights: Iterable[Insight]) -> str:
    """Return claims as TOML, one [[insight]] table each; the same for the same claims."""
    return tomli_w.dumps({"insight": [_write(i) for i in insights]})


def dump_activities(activities: Iterable[Activity]) -> str:
    """Return activities as TOML, one [[activity]] table each; the same for the same activities."""
    return tomli_w.dumps({"activity": [_write(a) for a in activities]})


def parse_insights(text: str, today: date) -> list[Insight]:
    """Read claims from TOML text; one that says no `day` was made today. Raises UserError."""
    rows = [{"day": today, **entry} for entry in _read(text, "insight")]
    return [Insight(**_row(Insight, "insights", row)) for row in rows]


def parse_activities(text: str) -> list[Activity]:
    """Read activities from TOML text; raises UserError saying what cannot be read."""
    rows = _read(text, "activity")
    return [Activity(**_row(Activity, "activities", row)) for row in rows]


def _write(record: Insight | Activity) -> dict[str, Any]:
    row = row_to_toml({n: getattr(record, n) for n in type(record).__dataclass_fields__})
    scopes = {n: tomllib.loads(row.pop(n)) for n in _SCOPES if n in row}
    return row | {n: scope for n, scope in scopes.items() if scope}


def _read(text: str, kind: str) -> list[Mapping[str, Any]]:
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise bad_file(str(error)) from None
    entries = told.get(kind, [])
    if set(told) - {kind} or not isinstance(entries, list):
        raise bad_file(", ".join(sorted(set(told) - {kind})) or kind)
    if not all(isinstance(entry, dict) for entry in entries):
        raise bad_file(kind)
    return entries


def _row(form: type[Insight | Activity], table: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    scopes = {n: tomli_w.dumps(v) for n, v in entry.items() if n in _SCOPES and isinstance(v, dict)}
    row = row_from_toml(table, {**entry, **scopes})
    missing = [f.name for f in fields(form) if f.default is MISSING and f.name not in row]
    if missing:
        raise bad_file(f"{table}: {', '.join(missing)}")
    return row
