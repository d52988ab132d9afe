"""The date range in the second line of a report."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pyarrow as pa

from ...reading import read_dates
from ...source import Source

_PARTED = re.compile(r"(.+\d)\s+[-–—]\s+(.+\d)")


def read_period(source: Source) -> tuple[date, date] | None:
    """Return first day and day after the last of the report; None when neither it nor anyone says."""
    for cells in source.preamble:
        line = ", ".join(cell.strip() for cell in cells if cell.strip())
        found = _PARTED.fullmatch(line.strip(' "'))
        days = _days([found[1], found[2]]) if found else _days([line, line])
        if days is not None:
            return days[0], days[1] + timedelta(days=1)
    told = source.told.period
    return (told.start, told.end) if told else None


def _days(texts: list[str]) -> tuple[date, date] | None:
    if not all(re.search(r"\d{4}", text) for text in texts):
        return None
    values = read_dates(pa.chunked_array([pa.array(texts, pa.string())])).values.to_pylist()
    if len(values) != 2 or None in values:
        return None
    first, last = values[0].date(), values[1].date()
    return (first, last) if first <= last else None
