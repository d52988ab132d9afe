"""Columns of text as lengths of time, in seconds."""

from __future__ import annotations

import re
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text

from .numbers import Column, read_numbers, read_whole
from .parsed import ParsedColumn, as_array, count_markers, distinct, list_problems, undecided

DurationUnit = Literal["seconds", "milliseconds", "minutes", "hours"]
_PER_UNIT: dict[DurationUnit, float] = {
    "seconds": 1.0, "milliseconds": 0.001, "minutes": 60.0, "hours": 3600.0,
}  # fmt: skip
_CLOCK = re.compile(
    r"(?P<sign>-)?(?:(?P<hours>\d{1,6}):)?(?P<minutes>\d{1,5}):(?P<seconds>[0-5]?\d(?:[.,]\d+)?)"
)
_WORDS = re.compile(
    r"(?:(?P<days>\d+) ?(?:d|days?|hari) ?)?"
    r"(?:(?P<hours>\d+) ?(?:h|hrs?|hours?|j|jam|std) ?)?"
    r"(?:(?P<minutes>\d+) ?(?:m|mins?|minutes?|mnt|menit) ?)?"
    r"(?:(?P<seconds>\d+(?:[.,]\d+)?) ?(?:s|secs?|seconds?|d?tk|detik))?",
    re.I,
)
_ASK_CLOCK = Text(
    "Every length of time here ends in :00, as when a spreadsheet read 0:09 (nine seconds) as "
    "nine minutes: export the file again and do not open it in a spreadsheet.",
    "Semua durasi di sini berakhir dengan :00, seperti bila spreadsheet membaca 0:09 "
    "(sembilan detik) sebagai sembilan menit: ekspor ulang dan jangan dibuka di spreadsheet.",
)


def read_duration(
    column: Column,
    *,
    unit: DurationUnit = "seconds",
    hint_language: str | None = None,
    decimal: Literal[".", ","] | None = None,
) -> ParsedColumn:
    """Return a column of lengths of time as seconds (float64).

    Reads `H:MM:SS`, `M:SS`, `1h 2m 3s`; a bare number is in `unit`. A column of clock times that
    all end in :00 asks, since a spreadsheet may have read minutes and seconds as hours.
    """
    whole = read_whole(column)
    if whole is not None:
        return ParsedColumn(pc.multiply(whole.cast(pa.float64()), _PER_UNIT[unit]))
    array = as_array(column)
    if not pc.any(pc.match_substring_regex(array, r"[:A-Za-z]\s*")).as_py():
        return _scaled(read_numbers(array, hint_language=hint_language, decimal=decimal), unit)
    found = distinct(array)
    values = [None if text is None else _seconds(text, unit) for text in found.texts]
    if _is_shifted([text for text in found.texts if text]):
        return undecided(array, pa.float64(), _ASK_CLOCK, "unit")
    bad = {
        index
        for index, value in enumerate(values)
        if value is None and found.texts[index] is not None
    }
    problems, bad_rows = list_problems(found, bad)
    return ParsedColumn(
        found.spread(values, pa.float64()),
        problems=problems,
        problem_count=0 if bad_rows is None else len(bad_rows),
        problem_rows=bad_rows,
        markers=count_markers(found),
    )


def _scaled(read: ParsedColumn, unit: DurationUnit) -> ParsedColumn:
    values = pc.multiply(read.values, _PER_UNIT[unit])
    return ParsedColumn(
        values,
        rounded=read.rounded,
        problems=read.problems,
        problem_count=read.problem_count,
        problem_rows=read.problem_rows,
        markers=read.markers,
        question=read.question,
        key=read.key,
        decimal=read.decimal,
    )


def _seconds(text: str, unit: DurationUnit) -> float | None:
    clock = _CLOCK.fullmatch(text)
    if clock is not None:
        return _of_clock(clock)
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return float(text) * _PER_UNIT[unit]
    words = _WORDS.fullmatch(text.strip())
    if words is None or not any(words.groups()):
        return None
    days, hours, minutes = (int(words[name] or 0) for name in ("days", "hours", "minutes"))
    return days * 86400 + hours * 3600 + minutes * 60 + _decimal(words["seconds"])


def _of_clock(clock: re.Match[str]) -> float | None:
    hours, minutes = int(clock["hours"] or 0), int(clock["minutes"])
    if clock["hours"] is not None and minutes > 59:
        return None
    total = hours * 3600 + minutes * 60 + _decimal(clock["seconds"])
    return -total if clock["sign"] else total


def _decimal(text: str | None) -> float:
    return float((text or "0").replace(",", "."))


def _is_shifted(texts: list[str]) -> bool:
    """A spreadsheet turns 0:09 into 0:09:00, so that no length of time has seconds any more."""
    clocks = [text for text in texts if _CLOCK.fullmatch(text) and text.strip("0:")]
    return len(clocks) >= 5 and all(re.fullmatch(r"\d+:\d\d:00", text) for text in clocks)
