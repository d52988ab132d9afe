"""Period keys: the short names of periods as written and read, such as 2026-Q3 or last-month."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from .errors import UserError
from .span import (
    MONTHS_OF,
    ONE_DAY,
    Span,
    biweek_span,
    fiscal_span,
    months_span,
    week_by_number,
    week_number,
    week_span,
)
from .text import Text

GRAINS = (
    "day",
    "week",
    "biweek",
    "month",
    "bimonth",
    "quarter",
    "half",
    "year",
    "fiscal_year",
    "range",
)
"""Every grain, shortest first; `range` is any run of days a person chose."""


class PeriodError(UserError):
    """A period was asked for that does not exist or cannot be read."""

    code = "period"


class Rules(NamedTuple):
    """What a calendar says about weeks and years: first weekday (0 Monday), first fiscal month."""

    week_start: int
    fiscal_start_month: int


def span_of(day: date, grain: str, rules: Rules) -> Span:
    """Return the span of a grain in which a day lies; a range has none and raises PeriodError."""
    if grain == "day":
        return day, day + ONE_DAY
    if grain == "week":
        return week_span(day, rules.week_start)
    if grain == "biweek":
        return biweek_span(day, rules.week_start)
    if grain in MONTHS_OF:
        return months_span(day, MONTHS_OF[grain])
    if grain == "fiscal_year":
        return fiscal_span(day, rules.fiscal_start_month)
    raise PeriodError(
        Text("A day does not lie in one {grain}.", "Satu hari tidak termasuk satu {grain}."),
        Text("Known grains: {known}.", "Satuan waktu yang ada: {known}."),
        grain=grain,
        known=", ".join(GRAINS[:-1]),
    )


def write_key(start: date, end: date, grain: str) -> str:
    """Return the key of a period: the same for the same period, and readable by `read_key`."""
    last = end - ONE_DAY
    if grain == "range":
        return f"{start.isoformat()}..{last.isoformat()}"
    if grain == "week":
        return _write_week(start)
    if grain == "biweek":
        return f"{_write_week(start)}-W{week_number(end - timedelta(days=7))[1]:02d}"
    if grain == "fiscal_year":
        return f"FY{last.year:04d}"
    if grain == "day":
        return start.isoformat()
    number = (start.month - 1) // MONTHS_OF[grain] + 1
    tail = {"month": f"-{number:02d}", "bimonth": f"-B{number}", "quarter": f"-Q{number}"}
    return f"{start.year:04d}{tail.get(grain, f'-H{number}' if grain == 'half' else '')}"


def read_key(text: str, rules: Rules) -> tuple[date, date, str]:
    """Return start, end and grain of a period's key; raises PeriodError when it names none."""
    for pattern, read in _FORMS:
        found = re.fullmatch(pattern, text.strip(), re.IGNORECASE)
        if found is None:
            continue
        try:
            start, end, grain = read(found, rules)
        except (ValueError, OverflowError) as error:
            raise _unreadable(text) from error
        if end <= start:
            raise PeriodError(
                Text("The period {text} ends before it starts.", "Periode {text} berakhir dulu."),
                Text("Write the earlier day first.", "Tulis hari yang lebih awal lebih dulu."),
                text=text,
            )
        return start, end, grain
    raise _unreadable(text)


def read_words(text: str, today: date, rules: Rules) -> tuple[date, date, str] | None:
    """Return start, end and grain of a wording such as last-month; None when it is no wording.

    `last-N-days` ends yesterday, the last whole day; `ytd` and `mtd` include today.
    """
    words = re.sub(r"[\s_-]+", "-", text.strip().lower())
    run = re.fullmatch(r"(?:last-(\d{1,4})-days?|(\d{1,4})-hari-terakhir)", words)
    if run is not None and (count := int(run[1] or run[2])) > 0:
        return today - timedelta(days=count), today, "range"
    if words in _SO_FAR:
        start, _ = span_of(today, _SO_FAR[words], rules)
        return start, today + ONE_DAY, "range"
    if words not in _WORDS:
        return None
    grain, back = _WORDS[words]
    start, end = span_of(today, grain, rules)
    if back:
        start, end = span_of(start - ONE_DAY, grain, rules)
    return start, end, grain


def _write_week(start: date) -> str:
    year, week = week_number(start)
    return f"{year:04d}-W{week:02d}"


def _unreadable(text: str) -> PeriodError:
    return PeriodError(
        Text("“{text}” is not a period.", "“{text}” bukan periode."),
        Text(
            "Write for example 2026-10, 2026-Q3, 2026-W41, 2026-10-01..2026-10-31 or last-month.",
            "Tulis misalnya 2026-10, 2026-Q3, 2026-W41, 2026-10-01..2026-10-31, atau bulan-lalu.",
        ),
        text=text,
    )


_Read = Callable[[re.Match[str], Rules], tuple[date, date, str]]


def _months(grain: str) -> _Read:
    length = MONTHS_OF[grain]

    def read(found: re.Match[str], _rules: Rules) -> tuple[date, date, str]:
        first = (int(found[2]) - 1) * length + 1 if found.lastindex == 2 else 1
        return (*months_span(date(int(found[1]), first, 1), length), grain)

    return read


def _read_fiscal(found: re.Match[str], rules: Rules) -> tuple[date, date, str]:
    # Named for the calendar year in which it ends, as accounts are.
    year = int(found[1]) - (rules.fiscal_start_month > 1)
    return (*fiscal_span(date(year, rules.fiscal_start_month, 1), rules[1]), "fiscal_year")


def _read_week(found: re.Match[str], rules: Rules) -> tuple[date, date, str]:
    return (*week_by_number(int(found[1]), int(found[2]), rules.week_start), "week")


def _read_biweek(found: re.Match[str], rules: Rules) -> tuple[date, date, str]:
    first, _ = week_by_number(int(found[1]), int(found[2]), rules.week_start)
    start, end = biweek_span(first, rules.week_start)
    known = write_key(start, end, "biweek")
    if known.upper() != found[0].upper():
        raise PeriodError(
            Text("{text} is not a pair of weeks.", "{text} bukan pasangan minggu."),
            Text("The pair with that week is {known}.", "Pasangan minggu itu ialah {known}."),
            text=found[0],
            known=known,
        )
    return start, end, "biweek"


def _read_day(found: re.Match[str], _rules: Rules) -> tuple[date, date, str]:
    day = date.fromisoformat(found[0])
    return day, day + ONE_DAY, "day"


def _read_range(found: re.Match[str], _rules: Rules) -> tuple[date, date, str]:
    return date.fromisoformat(found[1]), date.fromisoformat(found[2]) + ONE_DAY, "range"


_FORMS: tuple[tuple[str, _Read], ...] = (
    (r"(\d{4})-(\d\d)-(\d\d)", _read_day),
    (r"(\d{4}-\d\d-\d\d)\s*\.\.\s*(\d{4}-\d\d-\d\d)", _read_range),
    (r"(\d{4})-(\d\d)", _months("month")),
    (r"(\d{4})-B([1-6])", _months("bimonth")),
    (r"(\d{4})-Q([1-4])", _months("quarter")),
    (r"(\d{4})-H([12])", _months("half")),
    (r"(\d{4})", _months("year")),
    (r"FY(\d{4})", _read_fiscal),
    (r"(\d{4})-W(\d\d)", _read_week),
    (r"(\d{4})-W(\d\d)-W\d\d", _read_biweek),
)

_GRAIN_WORDS = {
    "day": ("day", "hari"),
    "week": ("week", "minggu", "pekan"),
    "biweek": ("biweek", "fortnight", "dwiminggu", "dwipekan"),
    "month": ("month", "bulan"),
    "bimonth": ("bimonth", "dwibulan"),
    "quarter": ("quarter", "triwulan", "kuartal"),
    "half": ("half", "semester"),
    "year": ("year", "tahun"),
    "fiscal_year": ("fiscal-year", "tahun-buku", "tahun-fiskal"),
}
_WORDS: dict[str, tuple[str, int]] = {
    "today": ("day", 0),
    "yesterday": ("day", 1),
    "kemarin": ("day", 1),
}
for _grain, _names in _GRAIN_WORDS.items():
    for _name in _names:
        _WORDS |= {f"this-{_name}": (_grain, 0), f"{_name}-ini": (_grain, 0)}
        _WORDS |= {f"last-{_name}": (_grain, 1), f"{_name}-lalu": (_grain, 1)}
_SO_FAR = {
    "ytd": "year",
    "year-to-date": "year",
    "sejak-awal-tahun": "year",
    "mtd": "month",
    "month-to-date": "month",
    "sejak-awal-bulan": "month",
}
