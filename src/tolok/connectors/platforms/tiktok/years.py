"""The year TikTok leaves out of its dates: from the file's name, its order, or the video's id."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text, local_moment

from ...reading.dates import read_dates
from ...source import Source

_SPAN = re.compile(r"\d{4}-\d{2}-\d{2}_(\d{4}-\d{2}-\d{2})")
_SCHEDULED = 62  # a video may be planned so many days ahead of its day
_LONG_AGO = 31  # an export that ends so many days before its moment may be of another year


def last_day(source: Source) -> date | None:
    """Return the last day the file can hold: from its name, else from the moment of export."""
    for name in (source.told.file_name, source.sheet.source):
        found = _SPAN.search(name)
        if found is not None:
            try:
                return date.fromisoformat(found[1])
            except ValueError:
                continue
    seen = source.told.observed_at
    return None if seen is None else local_moment(source.told.timezone, seen).date()


def read_days(source: Source, name: str) -> pa.ChunkedArray:
    """Return a column of days as date32, the year found by the order of the rows.

    Days run through the year, so going back from the export's end the year changes where the
    month rises. Without an end the year is asked, and all days are null.
    """
    end = last_day(source)
    parsed = read_dates(source.raw(name), order=source.told.order or "auto", end=end)
    if parsed.question is not None:
        source.ask("year" if parsed.key == "year" else parsed.key or "order", parsed.question)
    days = pa.chunked_array([parsed.values.cast(pa.date32())])
    taken = pc.drop_null(days.filter(pa.array(source.taken)))
    if len(taken) and end is not None:
        _check(source, name, days=taken, end=end)
    if parsed.problem_count:
        first = parsed.problems[0]
        source.check("readable", "failed" if parsed.problem_count > 1 else "noted", Text(
            "{count} dates cannot be read, the first in row {row}: “{cell}”.",
            "{count} tanggal tidak terbaca, yang pertama di baris {row}: “{cell}”."),
            count=parsed.problem_count, row=source.sheet.row_number(first.index),
            cell=first.text)  # fmt: skip
    return days


def _check(source: Source, name: str, *, days: pa.ChunkedArray, end: date) -> None:
    """Say which year was understood; ask where the moment of the export does not settle it."""
    if pc.match_substring_regex(source.text(name), r"\d{4}").to_pylist()[0]:
        return
    numbers = np.unique(days.cast(pa.int32()).to_numpy())
    first, last = (date(1970, 1, 1) + timedelta(days=int(n)) for n in (numbers[0], numbers[-1]))
    if (end - last).days > _LONG_AGO:
        source.ask("year", Text(
            "The dates have no year, and the last one, {day}, is long before {end}, the moment "
            "the export is taken to be of. Say when it was made with --observed, such as "
            "{example}.",
            "Tanggalnya tanpa tahun, dan yang terakhir, {day}, jauh sebelum {end}, yang dianggap "
            "tanggal ekspornya. Sebutkan kapan ekspor dibuat dengan --observed, misalnya "
            "{example}."),
            choices=(str(last), str(last.replace(year=last.year - 1, day=min(last.day, 28)))),
            day=f"{last.day}/{last.month}", end=end, example=last)  # fmt: skip
        return
    source.check("year", "noted", Text(
        "The dates have no year; they were read as {first} to {last}.",
        "Tanggalnya tanpa tahun; dibaca sebagai {first} sampai {last}."),
        first=first, last=last)  # fmt: skip


def day_of_video(video: str) -> date | None:
    """Return the day (UTC) a video's id was given: its upper 32 bits are seconds since 1970."""
    try:
        return datetime.fromtimestamp(int(video) >> 32, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None


def find_published(source: Source, name: str, ids: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return publication as naive local timestamps; a year left out is that of the video's id.

    A scheduled video has its id some weeks before its day. Where the id does not help, the last
    such day before the export's end is taken, and without an end the year is asked.
    """
    parsed = read_dates(source.raw(name), order=source.told.order or "auto")
    if parsed.key != "year":
        if parsed.question is not None:
            source.ask(parsed.key or "order", parsed.question)
        return pa.chunked_array([parsed.values])
    end = last_day(source)
    cells = source.text(name).to_pylist()
    bare = {cell: _day_in_leap_year(cell) for cell in set(cells) if cell}
    found = [
        None if cell is None else _with_year(bare[cell], video, end)
        for cell, video in zip(cells, ids.to_pylist(), strict=True)
    ]
    if end is None and any(f is None and c for f, c in zip(found, cells, strict=True)):
        source.ask("year", parsed.question or Text("", ""))
    return pa.chunked_array([pa.array(found, pa.date32()).cast(pa.timestamp("us"))])


def _day_in_leap_year(cell: str) -> date | None:
    value = read_dates([cell], end=date(2000, 12, 31)).values[0].as_py()
    return None if value is None else value.date()


def _with_year(bare: date | None, video: str | None, end: date | None) -> date | None:
    if bare is None:
        return None
    given = day_of_video(video) if video else None
    if given is not None:
        for year in (given.year, given.year + 1, given.year - 1):
            day = _on(year, bare)
            if day is not None and -2 <= (day - given).days <= _SCHEDULED:
                return day
    if end is None:
        return None
    for year in range(end.year, end.year - 5, -1):
        day = _on(year, bare)
        if day is not None and day <= end:
            return day
    return None


def _on(year: int, bare: date) -> date | None:
    try:
        return bare.replace(year=year)
    except ValueError:  # 29 February
        return None
