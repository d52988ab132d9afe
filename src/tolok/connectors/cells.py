"""Cells typed by what a field is: the one place that calls the readers of numbers and dates."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from .connector import Question, Told

_NONE = ("", "--", "-", "nan", "undefined", "n/a", "null")
_FORMATS = ("%m/%d/%Y %H:%M", "%m/%d/%Y", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d")


@dataclass(frozen=True)
class Cells:
    """A column read: values, which cells were not readable, which the platform rounded."""

    values: pa.ChunkedArray
    strange: pa.ChunkedArray
    rounded: pa.ChunkedArray
    questions: tuple[Question, ...] = ()
    is_id: bool = False


def read_cells(
    column: pa.ChunkedArray, reads: str, *, header: str, language: str, told: Told
) -> Cells:
    """Return the column read as a field declares it."""
    trimmed = pc.utf8_trim_whitespace(column.cast(pa.string()))
    none = pc.is_in(pc.utf8_lower(trimmed), value_set=pa.array(_NONE))
    text = pc.if_else(none, pa.scalar(None, pa.string()), trimmed)
    if reads in ("text", "id"):
        return _cells(trimmed if reads == "text" else text, None, is_id=reads == "id")
    if reads in ("day", "moment"):
        found = None
        for form in _FORMATS:
            value = pc.strptime(text, format=form, unit="us", error_is_null=True)
            found = value if found is None else pc.coalesce(found, value)
        return _cells(found.cast(pa.date32()) if reads == "day" else found, text)
    plain = pc.replace_substring(text, ",", "")
    number = pc.match_substring_regex(plain, r"^[-+]?\d+(\.\d+)?%?$")
    clean = pc.if_else(number, pc.utf8_rtrim(plain, characters="%"), pa.scalar(None, pa.string()))
    value = clean.cast(pa.float64())
    if reads == "percent":
        value = pc.if_else(pc.ends_with(text, "%"), pc.divide(value, 100.0), value)
    if reads == "count":
        value = pc.round(value).cast(pa.int64())
    if reads == "money":
        value = clean.cast(pa.decimal128(20, 4))
    return _cells(value, text)


def _cells(values, text, *, is_id=False) -> Cells:
    no = pa.chunked_array([pa.repeat(pa.scalar(value=False), len(values))])
    strange = no if text is None else pc.and_(pc.is_null(values), pc.is_valid(text))
    return Cells(values, strange, no, (), is_id)
