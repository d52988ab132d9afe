"""Big columns of plain dates, read by Arrow and NumPy instead of one cell at a time."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .parsed import ParsedColumn

QUICK_FROM = 5_000
_TIME = r"(?:[T ](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?)?$"
_ISO = r"^(?P<year>\d{4})-(?P<one>\d{1,2})-(?P<two>\d{1,2})" + _TIME
_SLASH = r"^(?P<one>\d{1,2})/(?P<two>\d{1,2})/(?P<year>\d{4})" + _TIME


def read_plain_dates(
    column: pa.Array, order: str, prefer: Literal["mdy", "dmy"] | None
) -> ParsedColumn | None:
    """Return a column whose every filled cell is ISO, or every one slashed; else None.

    None too when any cell is no real day or the order is in doubt: the careful way decides then.
    """
    text = pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)
    for pattern, is_iso in ((_ISO, True), (_SLASH, False)):
        parts = pc.extract_regex(text, pattern)
        if parts.null_count == text.null_count and parts.null_count < len(parts):
            return _build(parts, order, prefer, is_iso=is_iso)
    return None


def _build(
    parts: pa.StructArray, order: str, prefer: Literal["mdy", "dmy"] | None, *, is_iso: bool
) -> ParsedColumn | None:
    empty = pc.is_null(parts).to_numpy(zero_copy_only=False)
    year, one, two, hour, minute, second = (
        _numbers(parts, name) for name in ("year", "one", "two", "hour", "minute", "second")
    )
    told = "mdy" if is_iso else _order(one[~empty], two[~empty], order, prefer)
    if told is None:
        return None
    month, day = (one, two) if told == "mdy" else (two, one)
    months = (year - 1970).astype("M8[Y]").astype("M8[M]") + (month - 1).astype("m8[M]")
    days = months.astype("M8[D]") + (day - 1).astype("m8[D]")
    sound = (days.astype("M8[M]") == months) & (month >= 1) & (month <= 12) & (day >= 1)
    sound &= (hour < 24) & (minute < 60) & (second < 60)
    if not (sound | empty).all():
        return None
    moments = days.astype("M8[us]") + ((hour * 60 + minute) * 60 + second).astype("m8[s]")
    return ParsedColumn(
        pa.array(moments, pa.timestamp("us"), mask=empty),
        order="" if is_iso else told,
        has_time=pc.any(pc.not_equal(parts.field("hour"), "")).as_py() or False,
    )


def _numbers(parts: pa.StructArray, name: str) -> np.ndarray:
    text = parts.field(name)
    filled = pc.if_else(pc.equal(text, ""), "0", text)
    return pc.fill_null(pc.cast(filled, pa.int64()), 0).to_numpy(zero_copy_only=False)


def _order(
    one: np.ndarray, two: np.ndarray, order: str, prefer: Literal["mdy", "dmy"] | None
) -> str | None:
    if order != "auto":
        return order if order in ("mdy", "dmy") else None
    if one.max() > 12 or two.max() > 12:
        return None if one.max() > 12 and two.max() > 12 else ("dmy" if one.max() > 12 else "mdy")
    return prefer
