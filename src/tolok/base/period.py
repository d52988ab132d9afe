"""Periods: runs of whole days with a name, and the calendar that finds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .errors import InternalError
from .period_key import (
    GRAINS,
    PeriodError,
    Rules,
    read_key,
    read_words,
    span_of,
    write_key,
)
from .period_label import label_span
from .span import DAYS_OF, MONTHS_OF, ONE_DAY, Span, shift_months, shift_year
from .text import Language, Text
from .zone import OffsetSegment, day_start, find_zone, local_moment, offset_segments

# Any year over, whole fortnights stay whole: 364 days are 52 weeks and 26 fortnights.
_YEAR_OF_WEEKS = timedelta(days=364)


@dataclass(frozen=True, slots=True)
class Period:
    """A run of days from `start` up to, not including, `end`, and the grain it was asked in.

    Raises PeriodError when it is empty or is no whole week, month … of its grain.
    """

    start: date
    end: date
    grain: str

    def __post_init__(self) -> None:
        for day in (self.start, self.end):
            if isinstance(day, datetime) or not isinstance(day, date):
                raise InternalError(Text("A period is made of days.", "Periode terdiri atas hari."))
        if self.grain not in GRAINS or self.end <= self.start or not _is_whole(self):
            raise PeriodError(
                Text(
                    "{start} up to {end} (not included) is no {grain}.",
                    "{start} sampai sebelum {end} bukan {grain} yang utuh.",
                ),
                Text("Known grains: {known}.", "Satuan waktu yang ada: {known}."),
                start=self.start,
                end=self.end,
                grain=self.grain,
                known=", ".join(GRAINS),
            )

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.end - self.start).days

    @property
    def last_day(self) -> date:
        """The last day that belongs to the period."""
        return self.end - ONE_DAY

    @property
    def key(self) -> str:
        """The short name for links and files; `Calendar.parse` reads it back."""
        return write_key(self.start, self.end, self.grain)

    def contains(self, day: date) -> bool:
        """Say whether a day belongs to the period."""
        return self.start <= day < self.end

    def label(self, language: Language = "en") -> str:
        """Return the name a person reads: 'October 2026' / 'Oktober 2026'."""
        return label_span(self.start, self.end, self.grain, language)

    @classmethod
    def parse(
        cls, text: str, today: date | None = None, calendar: Calendar | None = None
    ) -> Period:
        """Read a key such as 2026-Q3 or, with `today`, a wording such as last-month.

        Without a calendar weeks start on Monday and fiscal years in January. Raises PeriodError.
        """
        return (calendar or Calendar()).parse(text, today)


@dataclass(frozen=True, slots=True)
class Calendar:
    """How a brand counts its days: first weekday (0 Monday), first fiscal month, time zone."""

    week_start: int = 0
    fiscal_start_month: int = 1
    timezone: str = "Asia/Jakarta"

    def __post_init__(self) -> None:
        find_zone(self.timezone)
        if self.week_start not in range(7) or self.fiscal_start_month not in range(1, 13):
            raise PeriodError(
                Text(
                    "A week starts on day 0 (Monday) to 6, a fiscal year in month 1 to 12.",
                    "Minggu mulai hari 0 (Senin) sampai 6, tahun buku mulai bulan 1 sampai 12.",
                )
            )

    def period_of(self, day: date, grain: str) -> Period:
        """Return the period of a grain in which a day lies; a range cannot be found this way."""
        return Period(*span_of(day, grain, self._rules), grain)

    def previous(self, period: Period) -> Period:
        """Return the period just before; for a range as many days, ending where it starts."""
        if period.grain == "range":
            return Period(period.start - (period.end - period.start), period.start, "range")
        return self.period_of(period.start - ONE_DAY, period.grain)

    def following(self, period: Period) -> Period:
        """Return the period just after; for a range as many days, starting where it ends."""
        if period.grain == "range":
            return Period(period.end, period.end + (period.end - period.start), "range")
        return self.period_of(period.end, period.grain)

    def same_last_year(self, period: Period) -> Period:
        """Return the period to compare with a year before.

        Weeks and fortnights go back 52 weeks (364 days): the same weekdays, the same ISO number
        unless a 53rd week lies between. All others go by the calendar: the same month, the same
        dates; 29 February is compared with 28 February.
        """
        if period.grain in ("week", "biweek"):
            return Period(period.start - _YEAR_OF_WEEKS, period.end - _YEAR_OF_WEEKS, period.grain)
        start = shift_year(period.start, -1)
        if period.grain in ("day", "range"):
            return Period(start, shift_year(period.last_day, -1) + ONE_DAY, period.grain)
        return self.period_of(start, period.grain)

    def split(self, period: Period, grain: str) -> list[Period]:
        """Cut a period into parts of a grain; the parts tile it, in order.

        A part cut short at either end is no whole week or month, and says so: its grain is range.
        """
        parts: list[Period] = []
        day = period.start
        while day < period.end:
            whole = self.period_of(day, grain)
            cut = Period(max(whole.start, period.start), min(whole.end, period.end), "range")
            parts.append(whole if whole.days == cut.days else cut)
            day = whole.end
        return parts

    def parse(self, text: str, today: date | None = None) -> Period:
        """Read a period's key, or a wording in either language; raises PeriodError.

        `today` is the brand's own date (see `today_of`); wordings need it.
        """
        if today is not None and (found := read_words(text, today, self._rules)) is not None:
            return Period(*found)
        return Period(*read_key(text, self._rules))

    def utc_bounds(self, period: Period) -> tuple[datetime, datetime]:
        """Return the first moment of a period and the first after it, in naive UTC."""
        return day_start(self.timezone, period.start), day_start(self.timezone, period.end)

    def today_of(self, moment: datetime) -> date:
        """Return the brand's date at a moment; a naive moment is UTC."""
        return local_moment(self.timezone, moment).date()

    @property
    def _rules(self) -> Rules:
        return Rules(self.week_start, self.fiscal_start_month)


def day_offsets(calendar: Calendar, start: date, end: date) -> list[OffsetSegment]:
    """Return what to add to UTC to get the brand's clock, from `start` up to `end` (exclusive).

    Rows `(utc_from, utc_to, offset_minutes)` in naive UTC, touching, one more at each change of
    the clock: a brand's day is `date(utc + offset)`, which any engine can reckon without zones.
    """
    return list(offset_segments(calendar.timezone, start, end))


def _is_whole(period: Period) -> bool:
    if period.grain in DAYS_OF:
        return period.days == DAYS_OF[period.grain]
    if period.grain in MONTHS_OF:
        return _is_months((period.start, period.end), MONTHS_OF[period.grain], aligned=True)
    if period.grain == "fiscal_year":
        return _is_months((period.start, period.end), 12, aligned=False)
    return True


def _is_months(span: Span, months: int, *, aligned: bool) -> bool:
    start, end = span
    in_step = not aligned or (start.month - 1) % months == 0
    return in_step and start.day == 1 and end == shift_months(start, months)
