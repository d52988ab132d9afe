"""Facts of the ledger as open TOML rows: what a pack and the files of claims are made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tolok.base import Text, UserError
from tolok.lake import table_of

_TYPES: Mapping[str, tuple[type, ...]] = {
    "text": (str,), "int": (int,), "moment": (datetime,), "date": (date,),
}  # fmt: skip


def row_to_toml(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a fact as TOML can hold it: money as text, what is unsaid left out, without the brand."""
    return {
        n: str(v) if isinstance(v, Decimal) else v
        for n, v in row.items() if v is not None and n != "brand"
    }  # fmt: skip


def row_from_toml(table: str, row: Any) -> dict[str, Any]:
    """Return the fact a TOML row tells; raises UserError naming what the table cannot take."""
    form = table_of(table)
    names = {*form.natural_key, *form.values}
    if not isinstance(row, dict) or set(row) - names:
        raise bad_file(f"{table}: {', '.join(sorted(set(row) - names))}")
    missing = [n for n in form.natural_key[1:] if n not in row]
    if missing:
        raise bad_file(f"{table}: {', '.join(missing)}")
    return {n: _typed(table, n, v) for n, v in row.items()}


def _typed(table: str, name: str, value: Any) -> Any:
    kind = table_of(table).column(name).type
    try:
        if kind == "money":
            return Decimal(str(value))
        if kind == "float":
            return float(value)
    except (ArithmeticError, ValueError, TypeError):
        raise bad_file(f"{table}.{name} = {value}") from None
    wanted = _TYPES.get(kind, ())
    is_moment = kind == "date" and isinstance(value, datetime)
    if is_moment or (wanted and not isinstance(value, wanted)):
        raise bad_file(f"{table}.{name} = {value}")
    return value


def bad_file(why: str) -> UserError:
    """Return the error for a file that holds no KPIs, claims or activities Tolok can read."""
    return UserError(
        Text("Tolok cannot read this file: {why}.", "Berkas ini tidak bisa dibaca Tolok: {why}."),
        Text("`tolok kpi export`, `tolok insight export` and `tolok activity export` show the form.",
             "`tolok kpi export`, `tolok insight export`, dan `tolok activity export` menunjukkan "
             "bentuknya."),
        why=why,
    )  # fmt: skip
