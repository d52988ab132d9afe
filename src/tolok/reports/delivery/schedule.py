"""When a report is due: pure functions over a brand's clock, right through DST and month ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from cronsim import CronSim

from tolok.base import Calendar, Language, Period, Text, UserError

from ..page import AUDIENCES, Audience
from ..report import FORMATS

Rhythm = Literal["week", "month", "quarter", "half", "year"]
RHYTHM_NAMES = {
    "week": Text("weekly", "mingguan"),
    "month": Text("monthly", "bulanan"),
    "quarter": Text("quarterly", "triwulanan"),
    "half": Text("half-yearly", "semesteran"),
    "year": Text("yearly", "tahunan"),
}
_MONTHS = {"month": "*", "quarter": "1,4,7,10", "half": "1,7", "year": "1"}
ATTACHED = tuple(form for form in FORMATS if form != "eml")
_LAST_SURE_DAY = 28  # every month has it


@dataclass(frozen=True)
class Recipient:
    """One reader: address, language, and the slice and files meant for them."""

    address: str
    language: Language = "id"
    audience: Audience = "team"
    pages: tuple[str, ...] = ()
    forms: tuple[str, ...] = ("pdf",)

    def __post_init__(self) -> None:
        if self.audience not in AUDIENCES or not set(self.forms) <= set(ATTACHED):
            raise UserError(
                Text("“{address}” cannot be sent what is asked.",
                     "“{address}” tidak bisa dikirimi yang diminta."),
                Text("Choose a template and formats there are.",
                     "Pilih templat dan format yang tersedia."), address=self.address,
            )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """A report that goes out again and again.

    `day` is a weekday (1 Monday to 7 Sunday) for weekly reports, else a day of the month; a day
    the month does not have is its last one. `hour` and `minute` are on the brand's clock. Each
    firing reports on the last whole period of the rhythm.
    """

    key: str
    brand: str
    rhythm: Rhythm
    day: int = 1
    hour: int = 8
    minute: int = 0

    def __post_init__(self) -> None:
        most = 7 if self.rhythm == "week" else 31
        is_time = 0 <= self.hour <= 23 and 0 <= self.minute <= 59
        if self.rhythm not in RHYTHM_NAMES or not 1 <= self.day <= most or not is_time:
            raise UserError(
                Text("The schedule “{key}” cannot be kept as written.", "Jadwal “{key}” tidak bisa dijalankan."),
                Text("Give a rhythm, a day of it and a time of day.",
                     "Isi ritme, hari, dan jamnya."), key=self.key,
            )  # fmt: skip


def firings(
    schedule: Schedule, calendar: Calendar, after: datetime, until: datetime
) -> Iterator[datetime]:
    """Yield the moments (aware UTC) after one and up to another at which the report is due.

    An hour the clock skips fires right after the gap, once; an hour it repeats fires once.
    """
    zone = ZoneInfo(calendar.timezone)
    for moment in CronSim(_cron_of(schedule), after.astimezone(zone)):
        found = moment.astimezone(UTC)
        if found > until:
            return
        if found > after and _is_day(schedule, moment):
            yield found


def _cron_of(schedule: Schedule) -> str:
    time = f"{schedule.minute} {schedule.hour}"
    if schedule.rhythm == "week":
        return f"{time} * * {schedule.day % 7}"
    day = str(schedule.day) if schedule.day <= _LAST_SURE_DAY else f"{_LAST_SURE_DAY}-31"
    return f"{time} {day} {_MONTHS[schedule.rhythm]} *"


def _is_day(schedule: Schedule, moment: datetime) -> bool:
    if schedule.rhythm == "week" or schedule.day <= _LAST_SURE_DAY:
        return True
    last = (moment.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return moment.day == min(schedule.day, last.day)


def period_for(schedule: Schedule, calendar: Calendar, moment: datetime) -> Period:
    """Return the last whole period of the rhythm before a firing."""
    today = calendar.today_of(moment)
    return calendar.previous(calendar.period_of(today, schedule.rhythm))


@dataclass(frozen=True)
class Due:
    """An edition that is due: its schedule, the period it reports on, and when it should go out."""

    schedule: Schedule
    period: Period
    at: datetime

    @property
    def edition(self) -> str:
        """The name of the edition: the key of its period."""
        return self.period.key


def find_due(
    schedules: tuple[Schedule, ...], calendar: Calendar, *, after: datetime, now: datetime,
    delivered: frozenset[tuple[str, str]] = frozenset(),
) -> list[Due]:  # fmt: skip
    """Return the editions due by now and not delivered yet, each once, the oldest first.

    `delivered` holds (schedule, edition). After a long pause only the last edition of each
    schedule is due: nobody wants five old letters at once.
    """
    found = []
    for schedule in schedules:
        moments = list(firings(schedule, calendar, after, now))
        if not moments:
            continue
        due = Due(schedule, period_for(schedule, calendar, moments[-1]), moments[-1])
        if (schedule.key, due.edition) not in delivered:
            found.append(due)
    return sorted(found, key=lambda d: (d.at, d.schedule.key))
