"""Big columns of plain dates, read by Arrow and NumPy instead of one cell at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .parsed import ParsedColumn, text_buffers

QUICK_FROM = 5_000
_TIME = r"(?:[T ](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?)?$"
_ISO = r"^(?P<year>\d{4})-(?P<one>\d{1,2})-(?P<two>\d{1,2})" + _TIME
_SLASH = r"^(?P<one>\d{1,2})/(?P<two>\d{1,2})/(?P<year>\d{4})" + _TIME
_PARTS = ("year", "one", "two", "hour", "minute", "second")
# Where each part stands in cells that are all equally long; a blank is a digit.
_DAYS = ("yyyy-11-22", "11/22/yyyy")
_LAYOUTS = tuple(day + time for day in _DAYS for time in ("", " hh:mm", " hh:mm:ss",
                                                          "Thh:mm", "Thh:mm:ss"))  # fmt: skip
_LETTERS = dict(zip("y12hms", _PARTS, strict=True))

Parts = Mapping[str, np.ndarray]


def read_plain_dates(
    column: pa.Array, order: str, prefer: Literal["mdy", "dmy"] | None
) -> ParsedColumn | None:
    """Return a column whose every filled cell is ISO, or every one slashed; else None.

    None too when any cell is no real day or the order is in doubt: the careful way decides then.
    """
    aligned = _read_aligned(column)
    if aligned is not None:
        return _build(column, *aligned, order=order, prefer=prefer)
    text = pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)
    for pattern, is_iso in ((_ISO, True), (_SLASH, False)):
        found = pc.extract_regex(text, pattern)
        if found.null_count == text.null_count and found.null_count < len(found):
            parts = {name: _numbers(found, name) for name in _PARTS}
            has_time = bool(pc.any(pc.not_equal(found.field("hour"), "")).as_py())
            return _build(text, parts, is_iso, has_time, order=order, prefer=prefer)
    return None


def _read_aligned(column: pa.Array) -> tuple[Parts, bool, bool] | None:
    """Return the parts of the filled cells, if these are equally long and of one layout."""
    offsets, data = text_buffers(column)
    filled = len(column) - column.null_count
    first = next((cell for cell in column[:100].to_pylist() if cell), "")
    widths = np.diff(offsets)
    if not first or len(data) != filled * len(first) or not np.isin(widths, (0, len(first))).all():
        return None
    places = np.ascontiguousarray(data.reshape(filled, len(first)).T)
    for layout in _LAYOUTS:
        if len(layout) == len(first) and (parts := _parts_of(places, layout)) is not None:
            return parts, layout[4] == "-", "h" in layout
    return None


def _parts_of(places: np.ndarray, layout: str) -> Parts | None:
    parts = {name: np.zeros(places.shape[1], np.int32) for name in _PARTS}
    for place, letter in enumerate(layout):
        if letter not in _LETTERS:
            if not (places[place] == ord(letter)).all():
                return None
            continue
        digits = places[place] - np.uint8(ord("0"))
        if digits.max() > 9:  # what comes before 0 has wrapped around to the top
            return None
        part = parts[_LETTERS[letter]]
        part *= 10
        part += digits
    return parts


def _build(
    column: pa.Array, parts: Parts, is_iso: bool, has_time: bool, *,
    order: str, prefer: Literal["mdy", "dmy"] | None,
) -> ParsedColumn | None:  # fmt: skip
    year, one, two, hour, minute, second = (parts[name] for name in _PARTS)
    told = "mdy" if is_iso else _order(one, two, order, prefer)
    if told is None:
        return None
    month, day = (one, two) if told == "mdy" else (two, one)
    days = _day_numbers(year, month, day)
    if days is None or hour.max() > 23 or minute.max() > 59 or second.max() > 59:
        return None
    moments = ((days * 24 + hour) * 60 + minute) * 60 + second
    return ParsedColumn(
        _spread((moments * 1_000_000).view("M8[us]"), column),
        order="" if is_iso else told,
        has_time=has_time,
    )


def _day_numbers(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> np.ndarray | None:
    """Return the days since 1970, or None when any is no day of the calendar."""
    if month.min() < 1 or month.max() > 12:
        return None
    months = (year - 1970) * 12 + (month - 1)
    first = months.min()
    starts = np.arange(first, months.max() + 2).astype("M8[M]").astype("M8[D]").astype(np.int64)
    begins, ends = starts[months - first], starts[months - first + 1]
    days = begins + (day - 1)
    return days if ((days >= begins) & (days < ends)).all() else None


def _spread(moments: np.ndarray, column: pa.Array) -> pa.Array:
    """Return one moment per row, given one per filled cell."""
    if not column.null_count:
        return pa.array(moments, pa.timestamp("us"))
    empty = pc.is_null(column).to_numpy(zero_copy_only=False)
    every = np.zeros(len(column), "M8[us]")
    every[~empty] = moments
    return pa.array(every, pa.timestamp("us"), mask=empty)


def _numbers(found: pa.StructArray, name: str) -> np.ndarray:
    text = found.field(name).filter(pc.is_valid(found))
    filled = pc.if_else(pc.equal(text, ""), "0", text)
    return pc.cast(filled, pa.int32()).to_numpy(zero_copy_only=False)


def _order(
    one: np.ndarray, two: np.ndarray, order: str, prefer: Literal["mdy", "dmy"] | None
) -> str | None:
    if order != "auto":
        return order if order in ("mdy", "dmy") else None
    if one.max() > 12 or two.max() > 12:
        return None if one.max() > 12 and two.max() > 12 else ("dmy" if one.max() > 12 else "mdy")
    return prefer
