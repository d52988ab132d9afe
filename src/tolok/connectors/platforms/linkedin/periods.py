"""The days a LinkedIn file covers: from a line in it, or from the name of the file."""

from __future__ import annotations

from datetime import timedelta

from tolok.base import Period

from ...named import named_period
from ...reading.dates import read_dates
from ...source import Source


def told_period(source: Source) -> Period | None:
    """Return the period told, or in the file's name (`…_2025-04-14_2026-04-13.xlsx`, both included)."""
    return source.told.period or named_period(source, includes_last=True)


def read_period(cells: list[str]) -> Period | None:
    """Return the period of two cells with days (month first), or None when they are no days."""
    days = read_dates(cells, order="mdy" if "/" in "".join(cells) else "auto").values.to_pylist()
    if len(days) != 2 or None in days or days[0] > days[1]:
        return None
    return Period(days[0].date(), days[1].date() + timedelta(days=1), "range")
