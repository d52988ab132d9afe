"""The days an export states in its file's name, as most platforms write them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from tolok.base import Period

from .source import Source

_DAY = r"\d{4}-\d{2}-\d{2}|\d{8}|[A-Z][a-z]{2}-\d{2}-\d{4}"
_SPAN = re.compile(rf"(?<![A-Za-z0-9])({_DAY})_({_DAY})(?![A-Za-z0-9])")
_FORMS = ("%Y-%m-%d", "%Y%m%d", "%b-%d-%Y")


def named_period(source: Source, *, includes_last: bool) -> Period | None:
    """Return the days in the name of the file or of its member in a ZIP, or None.

    `2026-03-01_2026-03-31`, `20260301_20260401` and `Mar-01-2026_Mar-31-2026` are read;
    `includes_last` says whether the platform's second day is the last, or the one after it.
    """
    for name in (source.told.file_name, source.sheet.source):
        for first, second in _SPAN.findall(name):
            start, last = _read_day(first), _read_day(second)
            if start is not None and last is not None:
                until = last + timedelta(days=includes_last)
                if start < until:
                    return Period(start, until, "range")
    return None


def _read_day(text: str) -> date | None:
    for form in _FORMS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None
