"""Cells typed by what a field is: the one place that calls the readers of numbers and dates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text, local_moment

from .connector import Field, Question, Reads, Told
from .reading.dates import read_dates
from .reading.durations import read_duration
from .reading.ids import ParsedIds, read_ids
from .reading.numbers import read_counts, read_money, read_numbers, read_percent
from .reading.parsed import ParsedColumn, as_array, text_buffers

_KEPT_DIGITS = 10**15  # a spreadsheet keeps fifteen digits and makes zeros of the others
# Bytes with which some kind of space begins or ends in UTF-8; other letters may do so, too.
_SPACES = [chr(code) for code in range(0x3001) if not chr(code).strip()]
_SPACE_BEGINS, _SPACE_ENDS = np.zeros(256, dtype=bool), np.zeros(256, dtype=bool)
_SPACE_BEGINS[[space.encode()[0] for space in _SPACES]] = True
_SPACE_ENDS[[space.encode()[-1] for space in _SPACES]] = True
_LOOK, _FEW = 10_000, 100


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
    is_utc: bool = False  # moments carried an offset and are in UTC already
    has_time: bool = False


def read_cells(
    column: pa.ChunkedArray, reads: Reads, *, field: Field | None, language: str | None,
    told: Told, currency: str | None = None,
) -> Cells:  # fmt: skip
    """Return the column read as a field declares it; undecided columns carry a question."""
    if reads == "text":
        return _plain(_trim(column))
    if reads == "id":
        if _are_plain_ids(column):
            return _plain(column, is_id=True)
        ids = _read_few_ids(column) if _are_few(column) else read_ids(column)
        cells = _plain(pa.chunked_array([ids.values]), is_id=True)
        return Cells(cells.values, ids.damaged.fill_null(False).to_numpy(zero_copy_only=False),
                     ids.scientific + ids.rounded, cells.rounded, is_id=True)  # fmt: skip
    if reads in ("day", "moment"):
        return _dates(column, reads, field, told)
    return _typed(_numbers(column, reads, field, language, told, currency))


def _trim(column: pa.ChunkedArray) -> pa.ChunkedArray:
    # Most files need no trimming: then the cells as read are kept, and no second copy of them.
    if not any(_may_need_trim(chunk) for chunk in column.chunks):
        return column
    trimmed = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def _may_need_trim(cells: pa.Array) -> bool:
    """Whether the first or last byte of any cell may belong to a space; quick, and never no for yes."""
    offsets, data = text_buffers(cells)
    filled = offsets[1:] > offsets[:-1]
    first, last = offsets[:-1][filled], offsets[1:][filled] - 1
    return bool(_SPACE_BEGINS[data[first]].any() or _SPACE_ENDS[data[last]].any())


def _are_few(column: pa.ChunkedArray) -> bool:
    """Whether a few ids stand in many rows (an account's), by the first of them."""
    return len(column) > _FEW and pc.count_distinct(column.slice(0, _LOOK)).as_py() <= _FEW


def _read_few_ids(column: pa.ChunkedArray) -> ParsedIds:
    """Read each id once: that it ends in zeros in every row says no more than if it did so once."""
    coded = as_array(column).dictionary_encode()
    ids = read_ids(coded.dictionary)
    damaged = ids.damaged.take(coded.indices)
    count = int(pc.sum(damaged).as_py() or 0)
    return ParsedIds(ids.values.take(coded.indices), damaged, count, 0)


def _are_plain_ids(column: pa.ChunkedArray) -> bool:
    """Whether all ids are plain digits and too few end in zeros for a spreadsheet's work."""
    try:
        numbers = pc.cast(column, pa.int64())
    except pa.ArrowInvalid:
        return False
    values = pc.drop_null(numbers).to_numpy()
    if len(values) and values.min() < 0:
        return False
    is_long = values >= _KEPT_DIGITS
    round_ones = values[is_long & (values % 10 == 0)]
    lost = 10 ** np.floor(np.log10(round_ones // _KEPT_DIGITS * 10)).astype(np.int64)
    zeros = round_ones % np.maximum(lost, 10) == 0
    return not np.any(zeros & (lost >= 1000)) and zeros.sum() * 10 < max(1, is_long.sum()) * 8


def _numbers(
    column: pa.ChunkedArray, reads: Reads, field: Field | None, language: str | None, told: Told,
    currency: str | None,
) -> ParsedColumn:  # fmt: skip
    unit: Any = field.unit if field else None
    hints: dict[str, Any] = {"hint_language": language, "decimal": told.decimal}
    if reads == "count":
        return read_counts(column, **hints)
    if reads == "percent":
        return read_percent(column, unit=unit or "fraction", **hints)
    if reads == "duration":
        return read_duration(column, unit=unit or "seconds", **hints)
    if reads == "money":
        return read_money(column, currency=currency or told.currency, **hints)
    return read_numbers(column, **hints)


def _dates(column: pa.ChunkedArray, reads: Reads, field: Field | None, told: Told) -> Cells:
    end = told.today
    if told.observed_at is not None:
        end = local_moment(told.timezone, told.observed_at).date()
    parsed = read_dates(
        column, order=told.order or "auto", prefer=field.order if field else None, end=end
    )
    cells = _typed(parsed)
    kind = pa.date32() if reads == "day" else pa.timestamp("us")
    return replace(cells, values=cells.values.cast(kind, safe=False), is_utc=parsed.zone == "UTC",
                   has_time=parsed.has_time)  # fmt: skip


def _typed(parsed: ParsedColumn) -> Cells:
    rows = len(parsed.values)
    strange = np.zeros(rows, dtype=bool)
    if parsed.problem_rows is not None:
        strange[parsed.problem_rows.to_numpy(zero_copy_only=False)] = True
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
