"""Reading a due date out of a sentence: “dalam 3 bulan”, “by the end of Q1 2027”, “akhir tahun”."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from tolok.series import find_ramadan

_MONTHS = {
    "januari": 1, "january": 1, "jan": 1, "februari": 2, "february": 2, "feb": 2, "maret": 3,
    "march": 3, "mar": 3, "april": 4, "apr": 4, "mei": 5, "may": 5, "juni": 6, "june": 6,
    "jun": 6, "juli": 7, "july": 7, "jul": 7, "agustus": 8, "august": 8, "agu": 8, "aug": 8,
    "september": 9, "sep": 9, "oktober": 10, "october": 10, "okt": 10, "oct": 10,
    "november": 11, "nov": 11, "desember": 12, "december": 12, "des": 12, "dec": 12,
}  # fmt: skip
_COUNTS = {
    "se": 1, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "sembilan": 9,
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9,
    "twelve": 12, "dua belas": 12,
}  # fmt: skip
_UNITS = {
    "hari": "day", "day": "day", "minggu": "week", "week": "week", "bulan": "month",
    "month": "month", "kuartal": "quarter", "triwulan": "quarter", "quarter": "quarter",
    "semester": "half", "tahun": "year", "taun": "year", "year": "year",
}  # fmt: skip
_MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_COUNT = "|".join(sorted((c for c in _COUNTS if c != "se"), key=len, reverse=True))
_UNIT = "|".join(_UNITS)
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_LEAD = (
    r"(?:(?:sampai|hingga|pada|sebelum|di|by|until|till|in|before|throughout|end of|the|for)\s+)*"
)
_END = r"(?:(?:akhir|end of|the end of)\s+)?(?:the\s+)?"
_WITHIN = re.compile(
    rf"\b(?:dalam(?: waktu)?|selama|in|within)\s+(?:the next\s+)?"
    rf"(?:(se)(?={_UNIT})|(\d+|{_COUNT})\s+)({_UNIT})s?\b", re.IGNORECASE,
)  # fmt: skip
_NEXT = re.compile(
    rf"\b(?:({_UNIT})\s+(?:depan|mendatang)|next\s+({_UNIT}))\b", re.IGNORECASE
)  # fmt: skip
_QUARTER = re.compile(
    rf"\b{_LEAD}{_END}(?:(?:kuartal|triwulan)\s+|q)(\d|i{{1,3}}|iv)\b,?\s*(\d{{4}})?", re.IGNORECASE
)  # fmt: skip
_HALF = re.compile(rf"\b{_LEAD}{_END}(?:semester\s+|h)([12])\b,?\s*(\d{{4}})?", re.IGNORECASE)
_ISO = re.compile(rf"\b{_LEAD}(\d{{4}})-(\d{{2}})-(\d{{2}})\b", re.IGNORECASE)
_SLASHED = re.compile(
    r"\b(\d{1,2})[/.-](\d{1,2})[/.-](20\d{2})\b"
)  # day first, as both languages here
_ORDINAL = re.compile(
    r"\b(?:(?:pada|sampai|hingga|akhir|in|by|until|the|end|of)\s+)*(?:(?:kuartal|triwulan)\s+"
    r"(pertama|kedua|ketiga|keempat)|(first|second|third|fourth)\s+quarter(?:\s+of)?)"
    r"(?:\s+(\d{4}))?", re.IGNORECASE,
)  # fmt: skip
_ORDINALS = ("pertama", "kedua", "ketiga", "keempat", "first", "second", "third", "fourth")
_FEAST = re.compile(
    r"\b(?:sebelum|sampai|hingga|before|until|by)\s+(ramadan|ramadhan|puasa|lebaran|idul ?fitri|eid)"
    r"(?:\s+(\d{4}))?", re.IGNORECASE,
)  # fmt: skip
_DAY = re.compile(
    rf"\b{_LEAD}{_END}(?:tanggal\s+)?(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+)?({_NAMES})\b\.?"
    rf"(?:\s+(\d{{1,2}}),)?(?:\s+(\d{{4}}))?", re.IGNORECASE,
)  # fmt: skip
_YEAR_END = re.compile(
    rf"\b{_LEAD}(?:akhir (?:tahun|taun)|(?:the )?end of (?:the )?year|year[ -]end|the year's end)"
    rf"(?:\s+(\d{{4}}))?", re.IGNORECASE,
)  # fmt: skip
_YEAR = re.compile(
    r"\b(?:sepanjang|selama|akhir|di|tahun|throughout|in|during|end of|by|until|sampai|hingga)\s+"
    r"(?:the\s+)?(?:end of\s+|akhir\s+|tahun\s+)*(20\d{2})\b", re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True)
class Due:
    """A due date and where the text says it."""

    day: date
    start: int
    end: int


def find_due(text: str, today: date) -> Due | None:
    """Return the due date a text names, counted from today; None when it names none.

    A month without a year is the next such month; a month or quarter is due on its last day.
    """
    for pattern, read in (
        (_ISO, _read_iso), (_SLASHED, _read_slashed), (_FEAST, _read_feast),
        (_ORDINAL, _read_ordinal), (_WITHIN, _read_within), (_NEXT, _read_next),
        (_QUARTER, _read_quarter), (_HALF, _read_half), (_YEAR_END, _read_year),
        (_DAY, _read_day), (_YEAR, _read_year),
    ):  # fmt: skip
        for found in pattern.finditer(text):
            day = read(found, today)
            if day is not None:
                return Due(day, found.start(), found.end())
    return None


def add_months(day: date, months: int) -> date:
    """Return the day so many months later, the last of the month where there is no such day."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def last_of(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _read_iso(found: re.Match[str], _today: date) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _read_slashed(found: re.Match[str], _today: date) -> date | None:
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def _read_feast(found: re.Match[str], today: date) -> date | None:
    """Return the last day before the next Ramadan or Lebaran, or that of the named year."""
    is_fast = found[1].lower() in ("ramadan", "ramadhan", "puasa")
    for year in [int(found[2])] if found[2] else [today.year, today.year + 1]:
        for first, last in find_ramadan(year):
            day = first - timedelta(days=1) if is_fast else last
            if day.year == year and (found[2] or day > today):
                return day
    return None


def _read_ordinal(found: re.Match[str], today: date) -> date | None:
    number = _ORDINALS.index((found[1] or found[2]).lower()) % 4 + 1
    return _ending(number * 3, found[3], today)


def _read_within(found: re.Match[str], today: date) -> date | None:
    word = (found[1] or found[2]).lower()
    count = _COUNTS.get(word) or int(word)
    unit = _UNITS[found[3].lower()]
    if unit in ("day", "week"):
        return today + timedelta(days=count * (7 if unit == "week" else 1))
    return add_months(today, count * _MONTHS_OF[unit])


def _read_next(found: re.Match[str], today: date) -> date | None:
    unit = _UNITS[(found[1] or found[2]).lower()]
    if unit in ("day", "week"):
        return today + timedelta(days=14 if unit == "week" else 1)
    months = _MONTHS_OF[unit]
    first = (today.month - 1) // months * months
    end = add_months(date(today.year, first + 1, 1), 2 * months)
    return end - timedelta(days=1)


def _read_quarter(found: re.Match[str], today: date) -> date | None:
    word = found[1].lower()
    number = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(word) or int(word)
    return _ending(number * 3, found[2], today) if 1 <= number <= 4 else None


def _read_half(found: re.Match[str], today: date) -> date | None:
    return _ending(int(found[1]) * 6, found[2], today)


def _ending(month: int, year: str | None, today: date) -> date:
    if year:
        return last_of(int(year), month)
    day = last_of(today.year, month)
    return day if day > today else last_of(today.year + 1, month)


def _read_year(found: re.Match[str], today: date) -> date | None:
    return date(int(found[1]) if found[1] else today.year, 12, 31)


def _read_day(found: re.Match[str], today: date) -> date | None:
    month = _MONTHS[found[2].lower()]
    number = found[1] or found[3]
    if found[2] == "may" and not (number or found[4]):
        return None  # the verb
    if number is None:
        return _ending(month, found[4], today)
    try:
        day = date(int(found[4]) if found[4] else today.year, month, int(number))
    except ValueError:
        return None
    return day if found[4] or day > today else date(day.year + 1, month, day.day)
