"""Period labels: the names of periods as people write them, in both languages."""

from __future__ import annotations

from datetime import date, timedelta

from babel.dates import format_date, format_interval

from .span import MONTHS_OF, ONE_DAY, week_number
from .text import Language, Text

# British English writes day before month, as Indonesian does: one order in both languages.
CLDR = {"en": "en_GB", "id": "id"}
"""The CLDR locale behind each language."""

_ROMAN = ("I", "II", "III", "IV")
_WEEK = Text("Week {week}, {year} ({days})", "Minggu ke-{week} {year} ({days})")
_BIWEEK = Text("Weeks {week}–{other}, {year} ({days})", "Minggu ke-{week}–{other} {year} ({days})")
_QUARTER = Text("Q{number} {year}", "Triwulan {roman} {year}")
_HALF = Text("H{number} {year}", "Semester {roman} {year}")
_FISCAL = Text("FY {year}", "Tahun buku {year}")


def label_span(start: date, end: date, grain: str, language: Language = "en") -> str:
    """Return the name of a period: 'October 2026' / 'Oktober 2026', 'Q3 2026'."""
    if grain in ("week", "biweek"):
        return _label_weeks(start, end, grain, language)
    if grain in ("quarter", "half"):
        number = (start.month - 1) // MONTHS_OF[grain] + 1
        text = _QUARTER if grain == "quarter" else _HALF
        return text.say(language, number=number, roman=_ROMAN[number - 1], year=start.year)
    if grain == "fiscal_year":
        return _label_fiscal(start, end, language)
    if grain == "year":
        return str(start.year)
    if grain == "month":
        return format_date(start, "MMMM y", locale=CLDR[language])
    if grain == "bimonth":
        first = format_date(start, "MMMM", locale=CLDR[language])
        return f"{first}–{format_date(end - ONE_DAY, 'MMMM y', locale=CLDR[language])}"
    return label_days(start, end, language)


def label_days(start: date, end: date, language: Language = "en", *, year: bool = True) -> str:
    """Return the first and last day of a span, as short as it stays clear: '1–7 Oct 2026'."""
    last, locale = end - ONE_DAY, CLDR[language]
    skeleton = "yMMMd" if year or start.year != last.year else "MMMd"
    if start == last:
        return format_date(start, "d MMM y" if skeleton == "yMMMd" else "d MMM", locale=locale)
    return _interval(start, last, skeleton, language)


def _label_weeks(start: date, end: date, grain: str, language: Language) -> str:
    year, week = week_number(start)
    days = label_days(start, end, language, year=False)
    if grain == "week":
        return _WEEK.say(language, week=week, year=year, days=days)
    _, other = week_number(end - timedelta(days=7))
    return _BIWEEK.say(language, week=week, other=other, year=year, days=days)


def _label_fiscal(start: date, end: date, language: Language) -> str:
    words = _FISCAL.say(language, year=(end - ONE_DAY).year)
    if start.month == 1:
        return words
    months = _interval(start, end - ONE_DAY, "yMMM", language)
    return f"{words} ({months})"


def _interval(first: date, last: date, skeleton: str, language: Language) -> str:
    # CLDR puts thin spaces around the dash, which searches and some fonts do not know.
    words = format_interval(first, last, skeleton, locale=CLDR[language])
    return words.replace("\N{THIN SPACE}", " ")
