"""The calendar the brand lives by: weekdays, Ramadan and Lebaran, payday, double dates, quiet."""

from __future__ import annotations

from datetime import date, timedelta

START = date(2025, 9, 1)
LAST = date(2026, 10, 31)
UNTIL = LAST + timedelta(days=1)

RAMADAN = (date(2026, 2, 18), date(2026, 3, 20))
LEBARAN = (date(2026, 3, 20), date(2026, 3, 27))
QUIET = (date(2026, 1, 5), date(2026, 1, 19))  # the fortnight nobody posted: the café was rebuilt
GIVEAWAY = {date(2026, 5, 12): 0.32, date(2026, 5, 13): 0.45, date(2026, 5, 14): 0.23}
VIEWS_BREAK = date(2026, 8, 25)  # YouTube counts views from the first frame from here on
WEEKDAYS = (0.88, 0.92, 0.97, 1.02, 1.12, 1.16, 0.98)  # Monday first


def days(start: date = START, until: date = UNTIL) -> list[date]:
    """Return every day from start up to, but not including, until."""
    return [start + timedelta(days=n) for n in range((until - start).days)]


def months() -> list[tuple[date, date]]:
    """Return each month as its first day and the day after its last."""
    firsts = [d for d in days() if d.day == 1]
    return list(zip(firsts, [*firsts[1:], UNTIL], strict=True))


def inside(day: date, span: tuple[date, date]) -> bool:
    """Tell whether the day lies in the span, whose second day is the first one outside."""
    return span[0] <= day < span[1]


def is_double(day: date) -> bool:
    """Tell whether the day is a shopping date such as 9.9 or 11.11."""
    return day.day == day.month and day.month >= 9


def mood(day: date) -> float:
    """Return how lively the audience is on the day, 1 on an average one."""
    factor = WEEKDAYS[day.weekday()]
    if day.day >= 25:
        factor *= 1.12  # payday
    if is_double(day):
        factor *= 1.6
    if inside(day, RAMADAN):
        factor *= 1.18
    if inside(day, LEBARAN):
        factor *= 0.6
    return factor


def age_of_brand(day: date) -> float:
    """Return how far the day lies in the period, from 0 on the first to 1 on the last."""
    return (day - START).days / (LAST - START).days
