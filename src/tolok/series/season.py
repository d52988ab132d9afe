"""The Indonesian year: which days belong to Ramadan, Lebaran, payday, sales and holidays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

import holidays
import numpy as np
from hijridate import Hijri
from numpy.typing import NDArray

from tolok.base import Text

from .scale import Floats

SEASONS: dict[str, Text] = {
    "ramadan": Text(en="Ramadan", id="Ramadan"),
    "lebaran": Text(en="Lebaran", id="Lebaran"),
    "payday": Text(en="payday (25th to 1st)", id="gajian (tanggal 25 sampai 1)"),
    "double_date": Text(en="a double-date sale", id="promo tanggal kembar"),
    "holiday": Text(en="a national holiday", id="hari libur nasional"),
}
DOUBLE_DATES = frozenset({(9, 9), (10, 10), (11, 11), (12, 12)})
FIRST_HIJRI, LAST_HIJRI = 1343, 1500  # the years the kept calendar covers (1924 to 2077)
LEBARAN_BEFORE, LEBARAN_AFTER = 3, 7  # days of travel before, visits and leave after


@lru_cache(maxsize=64)
def find_ramadan(year: int) -> tuple[tuple[date, date], ...]:
    """Return first and last day of each Ramadan that touches a Gregorian year.

    By the Umm al-Qura calendar; Indonesia's own sighting may differ by a day.
    """
    about = year - 579
    spans = [
        (
            Hijri(hijri, 9, 1).to_gregorian(),
            Hijri(hijri, 10, 1).to_gregorian() - timedelta(days=1),
        )
        for hijri in range(about - 2, about + 3)
        if FIRST_HIJRI <= hijri < LAST_HIJRI
    ]
    plain = [(date(a.year, a.month, a.day), date(b.year, b.month, b.day)) for a, b in spans]
    return tuple(span for span in plain if year in (span[0].year, span[1].year))


@lru_cache(maxsize=64)
def _holidays_of(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("ID", years=year))


@lru_cache(maxsize=8192)
def name_seasons(day: date) -> frozenset[str]:
    """Return the keys of `SEASONS` a day belongs to; Lebaran and Ramadan go before holiday."""
    found = set()
    for year in (day.year, day.year + 1):
        for first, last in find_ramadan(year):
            eid = last + timedelta(days=1)
            if eid - timedelta(days=LEBARAN_BEFORE) <= day <= eid + timedelta(days=LEBARAN_AFTER):
                found.add("lebaran")
            elif first <= day <= last:
                found.add("ramadan")
    if day.day >= 25 or day.day == 1:
        found.add("payday")
    if (day.month, day.day) in DOUBLE_DATES:
        found.add("double_date")
    if "lebaran" not in found and day in _holidays_of(day.year):
        found.add("holiday")
    return frozenset(found)


def measure_seasons(days: Sequence[date], step: int = 1) -> dict[str, Floats]:
    """Return per season the share of each period's days that belong to it (0 to 1).

    A period begins on its day and lasts `step` days (7 for weeks, about 30 for months).
    """
    shares = {key: np.zeros(len(days)) for key in SEASONS}
    for row, first in enumerate(days):
        for k in range(step):
            for key in name_seasons(first + timedelta(days=k)):
                shares[key][row] += 1 / step
    return shares


def step_of(days: Sequence[date]) -> int:
    """Return the usual number of days from one period to the next (1 if it cannot be known)."""
    if len(days) < 2:
        return 1
    ordinals = np.array([d.toordinal() for d in days])
    return max(1, int(np.median(np.diff(ordinals))))


def weekdays_of(days: Sequence[date]) -> NDArray[np.int64]:
    """Return the weekday of each day, Monday 0."""
    return np.array([d.weekday() for d in days], dtype=np.int64)
