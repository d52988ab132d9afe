"""Cells typed by what a field is: the one place that calls the readers of numbers and dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text

from .connector import Field, Question, Reads, Told
from .reading.ids import read_ids
from .reading.numbers import read_counts, read_money, read_numbers, read_percent
from .reading.parsed import ParsedColumn

_FORMATS = ("%m/%d/%Y %H:%M", "%m/%d/%Y", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d")


@dataclass(frozen=True)
class Cells:
    """A column read: values, which cells had content nobody can read, which are rounded."""

    values: pa.ChunkedArray
    strange: np.ndarray
    strange_count: int
    rounded: pa.ChunkedArray
    question: Question | None = None
    notes: tuple[Text, ...] = ()
    is_id: bool = False


def read_cells(
    column: pa.ChunkedArray, reads: Reads, *, field: Field | None, language: str | None, told: Told
) -> Cells:
    """Return the column read as a field declares it; undecided columns carry a question."""
    if reads == "text":
        return _plain(_trim(column))
    if reads == "id":
        ids = read_ids(column)
        cells = _plain(pa.chunked_array([ids.values]), is_id=True)
        return Cells(cells.values, ids.damaged.fill_null(False).to_numpy(zero_copy_only=False),
                     ids.scientific + ids.rounded, cells.rounded, is_id=True)  # fmt: skip
    if reads in ("day", "moment"):
        return _dates(column, reads)
    return _typed(_numbers(column, reads, field, language, told), told)


def _trim(column: pa.ChunkedArray) -> pa.ChunkedArray:
    trimmed = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def _numbers(
    column: pa.ChunkedArray, reads: Reads, field: Field | None, language: str | None, told: Told
) -> ParsedColumn:
    hints: dict[str, Any] = {"hint_language": language, "decimal": told.decimal}
    if reads == "count":
        return read_counts(column, **hints)
    if reads == "percent":
        return read_percent(column, unit=field.unit if field else "fraction", **hints)
    if reads == "money":
        return read_money(column, currency=told.currency, **hints)
    return read_numbers(column, **hints)


def _typed(parsed: ParsedColumn, told: Told) -> Cells:
    rows = len(parsed.values)
    strange = np.zeros(rows, dtype=bool)
    strange[[p.index for p in parsed.problems]] = True
    question = None
    if parsed.question is not None:
        question = Question(parsed.key or "decimal", parsed.question)
    rounded = parsed.rounded if parsed.rounded is not None else pa.repeat(_FALSE, rows)
    return Cells(pa.chunked_array([parsed.values]), strange, parsed.problem_count,
                 pa.chunked_array([rounded]), question, parsed.notes)  # fmt: skip


_FALSE = pa.scalar(value=False)


def _plain(values: pa.ChunkedArray, *, is_id: bool = False) -> Cells:
    none = pa.chunked_array([pa.repeat(_FALSE, len(values))])
    return Cells(values, np.zeros(len(values), dtype=bool), 0, none, is_id=is_id)


def _dates(column: pa.ChunkedArray, reads: Reads) -> Cells:
    text = _trim(column)
    found = None
    for form in _FORMATS:
        value = pc.strptime(text, format=form, unit="us", error_is_null=True)
        found = value if found is None else pc.coalesce(found, value)
    strange = pc.and_(pc.is_null(found), pc.is_valid(text)).to_numpy(zero_copy_only=False)
    cells = _plain(found.cast(pa.date32()) if reads == "day" else found)
    return Cells(cells.values, strange, int(strange.sum()), cells.rounded)
