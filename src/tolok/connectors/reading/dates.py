"""Columns of text as dates and moments; day or month first is decided per column, or asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Literal

import pyarrow as pa

from tolok.base import Text

from .months import find_month
from .numbers import Column
from .parsed import (
    Distinct,
    ParsedColumn,
    as_array,
    count_markers,
    distinct,
    list_problems,
    undecided,
)
from .quickdates import QUICK_FROM, read_plain_dates

Order = Literal["mdy", "dmy", "ymd", "auto"]
MOMENT = pa.timestamp("us")

_TIME = (
    r"(?:(?:,?\s*|T|\s+(?:at|pukul|às|um|à|a las)\s+)"
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?)?"
    r"(?P<zone>\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?"
)
_WEEKDAY = r"(?:[^\W\d]{2,10}\.?,\s*)?"
_ISO = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})" + _TIME, re.I)
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?P<hour>\d{2})?")
_SLASH = re.compile(
    r"(?P<one>\d{1,2})(?P<mark>[-/.])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})" + _TIME, re.I
)
_MONTH_FIRST = re.compile(
    _WEEKDAY + r"(?P<name>[^\W\d]{3,10}\.?)[\s-]+(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    r"(?:,?[\s-]+(?P<year>\d{4}))?" + _TIME,
    re.I,
)
_DAY_FIRST = re.compile(
    _WEEKDAY + r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s-]+(?:de\s+)?(?P<name>[^\W\d]{3,10}\.?)"
    r"(?:,?[\s-]+(?:de(?:l)?\s+)?(?P<year>\d{4}))?" + _TIME,
    re.I,
)
_SERIAL = re.compile(r"(?P<serial>[1-7]\d{4})(?P<part>\.\d{1,12})?")

_ASK_ORDER = Text(
    "It cannot be told whether 01/02/2026 is the 2nd of January or the 1st of February here: "
    "say whether the month or the day comes first.",
    "Tidak jelas apakah 01/02/2026 di sini berarti 2 Januari atau 1 Februari: "
    "tentukan apakah bulan atau hari yang ditulis lebih dulu.",
)
_ASK_MIXED = Text(
    "Some dates here are real dates and some are text, as when a spreadsheet turned day and month "
    "of a part of them around: export the file again and do not open it in a spreadsheet.",
    "Sebagian tanggal di sini berupa tanggal asli dan sebagian teks, seperti bila spreadsheet "
    "menukar hari dan bulan sebagian baris: ekspor ulang dan jangan dibuka di spreadsheet.",
)
_ASK_YEAR = Text(
    "The dates here have no year: say on which day the export ends.",
    "Tanggal di sini tidak menyebut tahun: sebutkan hari terakhir ekspornya.",
)
_ASK_OFFSET = Text(
    "Some times here carry a time zone and some do not: export the file again.",
    "Sebagian waktu di sini punya zona waktu dan sebagian tidak: ekspor ulang berkasnya.",
)
_SERIALS = Text(
    "Dates stood as serial numbers of a spreadsheet.",
    "Tanggal tertulis sebagai nomor seri spreadsheet.",
)
_YEAR_LATEST = Text(
    "The dates have no year and no order; each was taken as the latest such day before the end.",
    "Tanggal tidak menyebut tahun dan tidak berurutan; masing-masing dianggap hari terakhir "
    "sebelum akhir ekspor.",
)


@dataclass(frozen=True, slots=True)
class _Seen:
    """One text as a date: its shape, numbers still unordered, time of day, offset in minutes."""

    shape: Literal["iso", "compact", "slash", "dot", "name", "bare", "serial"]
    year: int
    month: int
    day: int
    time: timedelta
    has_time: bool
    offset: int | None


def read_dates(
    column: Column,
    *,
    order: Order = "auto",
    prefer: Literal["mdy", "dmy"] | None = None,
    end: date | None = None,
) -> ParsedColumn:
    """Return a column of dates and moments as naive timestamps, the order of day and month told.

    With `order="auto"` any part above 12 settles the column, points mean day first, and
    `prefer` settles what is left (else it asks). A given `order` is law: what breaks it is a
    problem. `end` is the last day an export can hold; days without a year need it. Moments with
    an offset are turned to UTC (`zone` is then 'UTC'); `has_time` tells whether any has a time.
    """
    array = as_array(column)
    quick = read_plain_dates(array, order, prefer) if len(array) >= QUICK_FROM else None
    if quick is not None:
        return quick
    found = distinct(array)
    seen = [None if text is None else _see(text) for text in found.texts]
    seen = _drop_unless_alone(seen, "serial")
    seen = _drop_unless_alone(seen, "compact")
    question = _question(seen, end)
    if question is not None:
        return undecided(array, MOMENT, question[0], question[1])
    told = _order(seen, order, prefer)
    if told is None:
        return undecided(array, MOMENT, _ASK_ORDER, "order")
    return _build(found, seen, told, end)


def _see(text: str) -> _Seen | None:
    for pattern, make in _SHAPES:
        match = pattern.fullmatch(text)
        if match is not None and (made := make(match)) is not None:
            return made
    return None


def _numeric(match: re.Match[str]) -> _Seen | None:
    part = match.groupdict()
    year, month, day = int(part["year"]), int(part["month"]), int(part["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return _with_time("iso", part, year, month, day)


def _compact(match: re.Match[str]) -> _Seen | None:
    part = match.groupdict()
    year, month, day = int(part["year"]), int(part["month"]), int(part["day"])
    if not (1990 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    hour = part["hour"]
    time = timedelta(hours=int(hour or 0))
    return _Seen("compact", year, month, day, time, bool(hour), None)


def _slash(match: re.Match[str]) -> _Seen | None:
    part = match.groupdict()
    year = int(part["year"])
    year += 2000 if year < 100 else 0
    shape: Literal["dot", "slash"] = "dot" if part["mark"] == "." else "slash"
    return _with_time(shape, part, year, int(part["one"]), int(part["two"]))


def _named(match: re.Match[str]) -> _Seen | None:
    part = match.groupdict()
    month = find_month(part["name"])
    if month is None:
        return None
    year = part["year"]
    shape: Literal["name", "bare"] = "name" if year else "bare"
    return _with_time(shape, part, int(year or 0), month, int(part["day"]))


def _serial(match: re.Match[str]) -> _Seen:
    day = date(1899, 12, 30) + timedelta(days=int(match["serial"]))
    time = timedelta(seconds=round(float(match["part"] or 0) * 86400))
    return _Seen("serial", day.year, day.month, day.day, time, bool(match["part"]), None)


_SHAPES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Seen | None]], ...] = (
    (_ISO, _numeric),
    (_SLASH, _slash),
    (_COMPACT, _compact),
    (_MONTH_FIRST, _named),
    (_DAY_FIRST, _named),
    (_SERIAL, _serial),
)


def _with_time(
    shape: Literal["iso", "slash", "dot", "name", "bare"],
    part: dict[str, str | None],
    year: int,
    month: int,
    day: int,
) -> _Seen | None:
    time = _time_of_day(part)
    if time is None:
        return None
    offset = _offset(part["zone"], has_time=part["hour"] is not None)
    return _Seen(shape, year, month, day, time, part["hour"] is not None, offset)


def _time_of_day(part: dict[str, str | None]) -> timedelta | None:
    if part["hour"] is None:
        return timedelta(0)
    hour, minute, second = (int(part[name] or 0) for name in ("hour", "minute", "second"))
    half = (part["half"] or "").replace(".", "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _offset(zone: str | None, *, has_time: bool) -> int | None:
    plain = (zone or "").strip().upper()
    if not plain or not has_time:
        return None
    if plain in ("Z", "UTC", "GMT"):
        return 0
    digits = plain[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return -minutes if plain[0] == "-" else minutes


def _drop_unless_alone(seen: list[_Seen | None], shape: str) -> list[_Seen | None]:
    """A bare number is a date only in a column where all are: else it is a problem."""
    kinds = {one.shape for one in seen if one is not None}
    if shape not in kinds or kinds == {shape}:
        return seen
    return [None if one is not None and one.shape == shape else one for one in seen]


def _question(
    seen: list[_Seen | None], end: date | None
) -> tuple[Text, Literal["order", "year", "offset"]] | None:
    shapes = {one.shape for one in seen if one is not None}
    if "bare" in shapes and end is None:
        return _ASK_YEAR, "year"
    if "iso" in shapes and shapes & {"slash", "dot"}:
        return _ASK_MIXED, "order"
    timed = [one for one in seen if one is not None and one.has_time]
    if len({one.offset is None for one in timed}) > 1:
        return _ASK_OFFSET, "offset"
    return None


def _order(
    seen: list[_Seen | None], order: Order, prefer: Literal["mdy", "dmy"] | None
) -> Literal["mdy", "dmy", ""] | None:
    """Return how slashed dates go ('' where there are none), None when it must be asked."""
    slashed = [one for one in seen if one is not None and one.shape in ("slash", "dot")]
    if not slashed:
        return ""
    if order in ("mdy", "dmy"):
        return "mdy" if order == "mdy" else "dmy"
    if order == "ymd":
        return ""
    day_first = any(one.month > 12 for one in slashed)
    month_first = any(one.day > 12 for one in slashed)
    if day_first and month_first:
        return None
    if day_first or month_first:
        return "dmy" if day_first else "mdy"
    # Only countries that put the day first write dates with points.
    return "dmy" if all(one.shape == "dot" for one in slashed) else prefer


def _build(found: Distinct, seen: list[_Seen | None], told: str, end: date | None) -> ParsedColumn:
    years, notes = _find_years(found, seen, end)
    moments: list[datetime | None] = []
    bad: set[int] = set()
    for index, one in enumerate(seen):
        moment = None if one is None else _moment(one, told)
        moments.append(moment)
        is_bare = one is not None and one.shape == "bare"
        if moment is None and found.texts[index] is not None and not is_bare:
            bad.add(index)
    values = found.spread(moments, MOMENT)
    if years is not None:
        values, lost = _set_years(found, seen, values, years)
        bad |= lost
    if any(one is not None and one.shape == "serial" for one in seen):
        notes = (*notes, _SERIALS)
    problems, bad_rows = list_problems(found, bad)
    return ParsedColumn(
        values,
        problems=problems,
        problem_count=0 if bad_rows is None else len(bad_rows),
        problem_rows=bad_rows,
        markers=count_markers(found),
        order=told,
        zone="UTC" if any(one is not None and one.offset is not None for one in seen) else "",
        has_time=any(one is not None and one.has_time for one in seen),
        notes=notes,
    )


def _moment(one: _Seen, told: str) -> datetime | None:
    month, day = one.month, one.day
    if one.shape in ("slash", "dot"):
        if not told:
            return None
        if told == "dmy":
            month, day = day, month
    try:
        moment = datetime(one.year, month, day) + one.time
        return moment - timedelta(minutes=one.offset or 0)
    except (ValueError, OverflowError):
        return None


def _find_years(
    found: Distinct, seen: list[_Seen | None], end: date | None
) -> tuple[list[int | None] | None, tuple[Text, ...]]:
    """Return the year of each row whose day has none, following the order of the rows."""
    if end is None or not any(one is not None and one.shape == "bare" for one in seen):
        return None, ()
    bare = [seen[i] if i is not None else None for i in found.indices.to_pylist()]
    days = [(o.month, o.day) if o is not None and o.shape == "bare" else None for o in bare]
    direction = _direction([day for day in days if day is not None])
    if direction == 0:
        return [None if day is None else _latest(day, end) for day in days], (_YEAR_LATEST,)
    ordered = days if direction < 0 else days[::-1]
    years = _walk_back(ordered, end)
    return (years if direction < 0 else years[::-1]), ()


def _direction(days: list[tuple[int, int]]) -> int:
    """Return 1 when the days run upwards, -1 downwards (over a year's end too), 0 for neither."""
    ordinals = [month * 31 + day for month, day in days]
    steps = [(two - one) % 372 for one, two in pairwise(ordinals)]
    steps = [step for step in steps if step]
    if not steps:
        return 1
    if all(step <= 62 for step in steps):
        return 1
    return -1 if all(step >= 310 for step in steps) else 0


def _latest(day: tuple[int, int], end: date) -> int:
    return end.year if day <= (end.month, end.day) else end.year - 1


def _walk_back(days: list[tuple[int, int] | None], end: date) -> list[int | None]:
    """Give years to days that run backwards in time from the end: a year less at each rise."""
    years: list[int | None] = []
    year, last = end.year, (end.month, end.day)
    for day in days:
        if day is None:
            years.append(None)
            continue
        if day > last:
            year -= 1
        last = day
        years.append(year)
    return years


def _set_years(
    found: Distinct, seen: list[_Seen | None], values: pa.Array, years: list[int | None]
) -> tuple[pa.Array, set[int]]:
    filled: list[datetime | None] = values.to_pylist()
    lost: set[int] = set()
    for row, (index, year) in enumerate(zip(found.indices.to_pylist(), years, strict=True)):
        one = None if index is None else seen[index]
        if one is None or year is None:
            continue
        try:
            filled[row] = datetime(year, one.month, one.day) + one.time
        except ValueError:
            lost.add(index)
    return pa.array(filled, MOMENT), lost
