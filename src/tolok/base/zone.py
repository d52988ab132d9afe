"""Zones: where the days of a place begin and end in UTC, right through changes of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .errors import UserError
from .text import Text

# A clock that changes twice within this step and back is not known in any zone.
_STEP = timedelta(hours=12)
# Before this year some zones were off UTC by seconds, which whole minutes cannot say.
_FIRST_YEAR = 1973


class OffsetSegment(NamedTuple):
    """From `utc_from` up to `utc_to` (naive UTC), local time is UTC + `offset_minutes`."""

    utc_from: datetime
    utc_to: datetime
    offset_minutes: int


@lru_cache(maxsize=256)
def find_zone(name: str) -> ZoneInfo:
    """Return the IANA time zone of a name; raises UserError when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UserError(
            Text("There is no time zone {name}.", "Tidak ada zona waktu {name}."),
            Text(
                "Use a name such as Asia/Jakarta, Asia/Makassar or Europe/Berlin.",
                "Gunakan nama seperti Asia/Jakarta, Asia/Makassar, atau Europe/Berlin.",
            ),
            name=name,
        ) from error


def day_start(zone: str, day: date) -> datetime:
    """Return, in naive UTC, the first moment of a day of the zone.

    Where the clock jumps over midnight this is the jump itself.
    """
    tz = find_zone(zone)
    local = datetime.combine(day, time(), tzinfo=tz)
    moment = local.astimezone(UTC).replace(tzinfo=None)
    if _offset(tz, moment) == local.utcoffset():
        return moment
    # Midnight was skipped: the jump lies between the readings of midnight by the two clocks.
    other = local.replace(fold=1).astimezone(UTC).replace(tzinfo=None)
    return _find_change(tz, min(moment, other) - timedelta(seconds=1), max(moment, other))


@lru_cache(maxsize=512)
def offset_segments(zone: str, start: date, end: date) -> tuple[OffsetSegment, ...]:
    """Return the offsets that hold from the first moment of `start` up to that of `end`.

    Segments touch and leave no gap; none for an empty span. Raises UserError before 1973.
    """
    if start.year < _FIRST_YEAR:
        raise UserError(
            Text("Days before {year} are not kept.", "Hari sebelum {year} tidak disimpan."),
            year=_FIRST_YEAR,
        )
    tz, last = find_zone(zone), day_start(zone, end)
    segments: list[OffsetSegment] = []
    begun = seen = day_start(zone, start)
    while begun < last:
        ahead = min(seen + _STEP, last)
        if _offset(tz, ahead) != _offset(tz, begun):
            change = _find_change(tz, seen, ahead)
            segments.append(_segment(tz, begun, change))
            begun = seen = change
        elif ahead == last:
            segments.append(_segment(tz, begun, last))
            break
        else:
            seen = ahead
    return tuple(segments)


def local_moment(zone: str, moment: datetime) -> datetime:
    """Return a moment (naive means UTC) as the zone's own clock shows it, zone attached."""
    aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return aware.astimezone(find_zone(zone))


def _offset(tz: ZoneInfo, moment: datetime) -> timedelta:
    offset = moment.replace(tzinfo=UTC).astimezone(tz).utcoffset()
    return offset if offset is not None else timedelta()


def _segment(tz: ZoneInfo, start: datetime, end: datetime) -> OffsetSegment:
    return OffsetSegment(start, end, int(_offset(tz, start).total_seconds()) // 60)


def _find_change(tz: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Return the first second with the offset of `after`; the offset of `before` differs."""
    target = _offset(tz, after)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if _offset(tz, middle) == target:
            after = middle
        else:
            before = middle
    return after
