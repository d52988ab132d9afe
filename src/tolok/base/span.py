"""Spans: the plain date arithmetic under periods, with no wording and no zones."""

from __future__ import annotations

from datetime import date, timedelta

Span = tuple[date, date]
"""First day and the day after the last."""

ONE_DAY = timedelta(days=1)
MONTHS_OF = {"month": 1, "bimonth": 2, "quarter": 3, "half": 6, "year": 12}
"""Length in months of the grains that start at a fixed month of the year."""
DAYS_OF = {"day": 1, "week": 7, "biweek": 14}
"""Length in days of the grains that know no months."""

# Monday of 2024-W01. Pairs of ISO weeks are counted on from here, both ways.
_PAIR_ANCHOR = date(2024, 1, 1)


def shift_months(first: date, months: int) -> date:
    """Return the first day of the month that many months on (or back) from the month of a day."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def shift_year(day: date, years: int) -> date:
    """Return the same date in another year; 29 February becomes 28 where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def week_span(day: date, week_start: int) -> Span:
    """Return the week of a day; `week_start` 0 is Monday, 6 Sunday."""
    start = day - timedelta(days=(day.weekday() - week_start) % 7)
    return start, start + timedelta(days=7)


def biweek_span(day: date, week_start: int) -> Span:
    """Return the fortnight of a day: always two whole weeks, counted on from 2024-W01 and W02.

    Pairs are not begun anew each January: a year of 53 weeks (2026) would leave one week over,
    and a "fortnight" of 7 days cannot be compared with one of 14. So 2026-W53 pairs with 2027-W01.
    """
    first, _ = week_span(day, week_start)
    # A week is counted where its fourth day lies, as in `week_number`.
    weeks = (first + timedelta(days=3) - _PAIR_ANCHOR).days // 7
    start = first - timedelta(days=7 * (weeks % 2))
    return start, start + timedelta(days=14)


def months_span(day: date, months: int) -> Span:
    """Return the run of `months` months, counted from January, in which a day lies."""
    start = date(day.year, (day.month - 1) // months * months + 1, 1)
    return start, shift_months(start, months)


def fiscal_span(day: date, start_month: int) -> Span:
    """Return the fiscal year of a day, which begins on the first of `start_month`."""
    start = date(day.year if day.month >= start_month else day.year - 1, start_month, 1)
    return start, shift_months(start, 12)


def week_number(start: date) -> tuple[int, int]:
    """Return ISO year and number of a week: those of its fourth day, where most of it lies."""
    year, week, _ = (start + timedelta(days=3)).isocalendar()
    return year, week


def week_by_number(year: int, week: int, week_start: int) -> Span:
    """Return the week that bears an ISO number, for weeks that start on any day.

    Raises ValueError when the year has no such week.
    """
    monday = date.fromisocalendar(year, week, 1)
    # The fourth day of a week that starts on `week_start` falls on this weekday.
    start = monday + timedelta(days=(week_start + 3) % 7 - 3)
    return start, start + timedelta(days=7)
