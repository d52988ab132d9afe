"""Business hours: minutes that count, and when a promise in them runs out, right through DST."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from .errors import UserError
from .text import Text
from .zone import find_zone, local_moment

Span = tuple[time, time]  # local; an end at or before the start lies on the next day
_MOST_DAYS = 3660  # a promise that does not run out within ten years never does
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class BusinessHours:
    """When people answer: spans of local time per weekday (0 is Monday), and days closed.

    Moments are naive UTC. A day without spans is closed, so is a day in `closed` (holidays).
    """

    timezone: str = "Asia/Jakarta"
    week: Mapping[int, tuple[Span, ...]] = field(
        default_factory=lambda: {d: ((time(9), time(17)),) for d in range(5)}
    )
    closed: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        find_zone(self.timezone)

    @classmethod
    def from_settings(
        cls, timezone: str, week: Mapping[str, Sequence[Sequence[str]]], closed: Iterable[date] = ()
    ) -> BusinessHours:
        """Return hours from settings such as {"0": [["09:00", "17:00"]]}; raises UserError."""
        try:
            spans = {
                int(day): tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in listed)
                for day, listed in week.items()
            }
        except (ValueError, TypeError) as error:
            raise UserError(
                Text("Business hours cannot be read: {reason}", "Jam kerja tidak terbaca: {reason}"),
                Text('Write them as {{"0": [["09:00", "17:00"]]}}, 0 being Monday.',
                     'Tulis seperti {{"0": [["09:00", "17:00"]]}}, 0 berarti Senin.'),
                reason=str(error),
            ) from error  # fmt: skip
        return cls(timezone, spans, frozenset(closed))

    def minutes_between(self, start: datetime, end: datetime) -> float:
        """Return the business minutes from one moment to another; 0 when it lies before."""
        if end <= start:
            return 0.0
        seconds = 0.0
        for opens, closes in self._spans(start):
            if opens >= end:
                break
            seconds += max(0.0, (min(closes, end) - max(opens, start)).total_seconds())
        return seconds / 60

    def after(self, start: datetime, minutes: float) -> datetime | None:
        """Return the moment at which so many business minutes have passed, None when never."""
        left = timedelta(minutes=minutes)
        for opens, closes in self._spans(start):
            begins = max(opens, start)
            if closes > begins and closes - begins >= left:
                return begins + left
            left -= max(timedelta(), closes - begins)
        return None

    def is_open(self, moment: datetime) -> bool:
        """Return whether a moment lies in business hours."""
        return any(a <= moment < b for a, b in self._day(moment.date() - _DAY)
                   + self._day(moment.date()) + self._day(moment.date() + _DAY))  # fmt: skip

    def _spans(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield open spans in UTC from the day before `start` on, in order, without overlap."""
        day = local_moment(self.timezone, start).date() - _DAY
        done = datetime.min
        for _ in range(_MOST_DAYS):
            for opens, closes in self._day(day):
                if closes > max(opens, done):
                    yield max(opens, done), closes
                    done = closes
            day += _DAY

    def _day(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        if day in self.closed:
            return ()
        return _utc_spans(self.timezone, day, self.week.get(day.weekday(), ()))


@lru_cache(maxsize=4096)
def _utc_spans(
    timezone: str, day: date, spans: tuple[Span, ...]
) -> tuple[tuple[datetime, datetime], ...]:
    zone = find_zone(timezone)

    def moment(on: date, at: time) -> datetime:
        return datetime.combine(on, at, tzinfo=zone).astimezone(UTC).replace(tzinfo=None)

    return tuple(sorted(
        (moment(day, a), moment(day if b > a else day + _DAY, b)) for a, b in spans
    ))  # fmt: skip


def closed_days(country: str, years: Iterable[int]) -> frozenset[date]:
    """Return the public holidays of a country or region (ID, MY, SG …); none for an empty name.

    Raises UserError when the country is not known.
    """
    if not country:
        return frozenset()
    import holidays  # heavy, and most commands never ask for holidays

    try:
        return frozenset(holidays.country_holidays(country, years=list(years)))
    except NotImplementedError as error:
        raise UserError(
            Text("No holidays are known for {country}.", "Hari libur {country} tidak diketahui."),
            country=country,
        ) from error
