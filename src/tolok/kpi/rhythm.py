"""Rhythms: on which days a KPI's checks are due in the brand's calendar, and which are overdue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tolok.base import Calendar

from .kpi import Kpi


@dataclass(frozen=True)
class DueCheck:
    """A check of a KPI that is due, or the next one to come; `days_late` is negative before."""

    kpi: Kpi
    due: date
    days_late: int
    missed: int = 0  # earlier ones nobody held

    @property
    def is_due(self) -> bool:
        """Whether it is due now."""
        return self.days_late >= 0


def check_days(kpi: Kpi, calendar: Calendar, until: date) -> list[date]:
    """Return the days on which checks of the KPI are due, up to a day (included).

    The first day after each whole week, month … of its rhythm since the start; the last one is
    the day after its due date. None without a rhythm or start.
    """
    if kpi.rhythm is None or kpi.start is None:
        return []
    grain = kpi.rhythm
    end = kpi.due + timedelta(days=1) if kpi.due else until
    days = []
    period = calendar.period_of(kpi.start, grain)
    while period.end <= min(until, end):
        days.append(period.end)
        period = calendar.following(period)
    if kpi.due and end <= until and (not days or days[-1] < end):
        days.append(end)
    return days


def find_due(
    kpis: Iterable[Kpi], checked: Mapping[str, Iterable[date]], calendar: Calendar, today: date
) -> list[DueCheck]:
    """Return the check of each active KPI that is due, the latest first; then those to come.

    `checked` are the days on which checks were held. A check covers every due day before it.
    """
    found = []
    for kpi in kpis:
        if kpi.state != "active" or kpi.rhythm is None:
            continue
        held = max(checked.get(kpi.key, ()), default=None)
        days = check_days(kpi, calendar, today)
        waiting = [d for d in days if held is None or d > held]
        if waiting:
            late = (today - waiting[-1]).days
            found.append(DueCheck(kpi, waiting[-1], late, len(waiting) - 1))
            continue
        coming = next_check(kpi, calendar, today)
        if coming is not None:
            found.append(DueCheck(kpi, coming, (today - coming).days))
    return sorted(found, key=lambda d: -d.days_late)


def next_check(kpi: Kpi, calendar: Calendar, today: date) -> date | None:
    """Return the next day after today on which a check is due; None when there is none."""
    if kpi.due and today > kpi.due:
        return None
    ahead = check_days(kpi, calendar, today + timedelta(days=200))
    return next((d for d in ahead if d > today), None)


def in_rhythm(kpi: Kpi, held: Iterable[date], calendar: Calendar, today: date) -> tuple[int, int]:
    """Return how many due checks were held before the next one was due, and how many were due."""
    days = check_days(kpi, calendar, today)
    checks = sorted(held)
    on_time = 0
    for number, day in enumerate(days):
        following = days[number + 1] if number + 1 < len(days) else today + timedelta(days=1)
        on_time += any(day <= c < following for c in checks)
    return on_time, len(days)
