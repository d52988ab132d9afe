"""Typed cells of a workbook as text that nobody can misread."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

_LIKE_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")


def render_number(value: float) -> str:
    """Return a number without noise: 12, 0.5; 1.234 as 1.2340, so that it is not 1,234.

    A whole number stays digits whatever its size (a spreadsheet keeps only 15 of them).
    """
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value == int(value):
        return str(int(value))
    text = format(Decimal(repr(value)), "f")
    return text + "0" if _LIKE_THOUSANDS.fullmatch(text) else text


def render_moment(value: date) -> str:
    """Return a date or moment as ISO 8601, without a zone."""
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()


def render_duration(value: timedelta | time) -> str:
    """Return a length of time or a time of day as H:MM:SS, with a fraction where there is one."""
    if isinstance(value, time):
        value = timedelta(
            hours=value.hour,
            minutes=value.minute,
            seconds=value.second,
            microseconds=value.microsecond,
        )
    total = value.total_seconds()
    sign, total = ("-", -total) if total < 0 else ("", total)
    hours, rest = divmod(int(total), 3600)
    minutes, seconds = divmod(rest, 60)
    fraction = f"{total - int(total):.3f}"[1:].rstrip("0").rstrip(".")
    return f"{sign}{hours}:{minutes:02}:{seconds:02}{fraction}"


def render_cell(value: object) -> str:
    """Return any typed cell as text; an empty or error cell as ''."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return render_number(value)
    if isinstance(value, date):
        return render_moment(value)
    if isinstance(value, timedelta | time):
        return render_duration(value)
    return "" if value is None else str(value)
