"""The fast way through a big clean CSV: Arrow's own reader, and proofs that it read right."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from .growing import Origin, Table
from .opening import Ahead, open_table, tell_layout
from .records import SAMPLE, RecordReader
from .sheet import Sheet

BULK_BYTES = 1 << 20
_BLOCK = 1 << 22
_CHUNK = 1 << 20
_QUOTE, _FEED, _RETURN = b'"\n\r'


def read_bulk(utf8: bytes | memoryview, origin: Origin) -> Sheet | None:
    """Return the one table of a clean CSV, or None when it is not clean and must be read slowly.

    Clean means: one table, every row as wide as the header, quotation marks in pairs, no header
    repeated below, no cell that could have swallowed rows. What cannot be proven clean is None.
    """
    view = memoryview(utf8)
    head = bytes(view[:SAMPLE])
    table = _read_head(head, origin)
    if table is None:
        return None
    start = _after_lines(head, table.header_line)
    end = _end_of_text(view)
    quotes, line_ends, has_returns = _count_marks(view[start:end])
    if quotes % 2 or start >= end:
        return None
    columns = _parse(view[start:end], table, has_quotes=quotes > 0)
    if columns is None or columns.num_rows > origin.limits.max_rows:
        return None
    # The text was cut before its last line end, so n rows have n - 1 of them.
    breaks = line_ends - (columns.num_rows - 1)
    if not _is_sound(columns, table) or _may_swallow(
        columns, table, breaks=breaks, has_returns=has_returns
    ):
        return None
    return _as_sheet(columns, table)


def _read_head(head: bytes, origin: Origin) -> Table | None:
    records = RecordReader(head, origin.separator, source=origin.source, limits=origin.limits)
    ahead = Ahead(records)
    commented, titled = tell_layout(ahead.peek(10))
    if commented or titled:
        return None
    table = open_table(ahead, origin, titled=False, commented=False)
    if not isinstance(table, Table) or len(table.header) < 2 or len(ahead.peek(3)) < 3:
        return None
    return table


def _after_lines(head: bytes, lines: int) -> int:
    # Bytes are split at \n, \r and \r\n only; strings know more line ends.
    return sum(len(line) for line in head.splitlines(keepends=True)[:lines])


def _end_of_text(view: memoryview) -> int:
    tail = bytes(view[-4096:])
    return len(view) - (len(tail) - len(tail.rstrip(b"\r\n")))


def _count_marks(view: memoryview) -> tuple[int, int, bool]:
    """Return how many quotation marks and line ends there are, and whether any is a return."""
    marks = np.frombuffer(view, np.uint8)
    quotes = feeds = returns = pairs = 0
    for start in range(0, len(marks), _CHUNK):
        chunk = marks[start : start + _CHUNK]
        quotes += int(np.count_nonzero(chunk == _QUOTE))
        feeds += int(np.count_nonzero(chunk == _FEED))
        back = chunk == _RETURN
        if back.any():
            returns += int(np.count_nonzero(back))
            after = marks[start + 1 : start + 1 + len(chunk)]
            pairs += int(np.count_nonzero(back[: len(after)] & (after == _FEED)))
    return quotes, feeds + returns - pairs, returns > 0


def _parse(view: memoryview, table: Table, *, has_quotes: bool) -> pa.Table | None:
    names = [f"c{index}" for index in range(len(table.header))]
    try:
        return pacsv.read_csv(
            pa.BufferReader(pa.py_buffer(view)),
            read_options=pacsv.ReadOptions(column_names=names, block_size=_BLOCK),
            parse_options=pacsv.ParseOptions(
                delimiter=table.origin.separator,
                newlines_in_values=has_quotes,
                ignore_empty_lines=False,
                invalid_row_handler=lambda _: "error",
            ),
            convert_options=pacsv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
            ),
        )
    except pa.ArrowInvalid:
        return None


def _is_sound(columns: pa.Table, table: Table) -> bool:
    names = pa.array(sorted(set(table.header) | {cell.strip() for cell in table.header}))
    for column in columns.columns[:2]:
        if pc.any(pc.is_in(column, names)).as_py():
            return False
    for column in columns.columns:
        longest = pc.max(pc.binary_length(column)).as_py() or 0
        if longest > table.origin.limits.max_cell_chars:
            return False
    return True


def _may_swallow(columns: pa.Table, table: Table, *, breaks: int, has_returns: bool) -> bool:
    """Return whether a cell may hold rows; `breaks` line ends must stand inside of cells."""
    for column in columns.columns:
        if breaks <= 0:
            return False
        feeds = pc.count_substring(column, "\n")
        inside = pc.greater(feeds, 0)
        if has_returns:
            inside = pc.or_(inside, pc.match_substring(column, "\r"))
        breaks -= pc.sum(feeds).as_py() or 0
        if _holds_rows(column.filter(inside), table):
            return True
    return False


def _holds_rows(cells: pa.ChunkedArray, table: Table) -> bool:
    """Return whether a line inside these cells has as many separators as a row of the table."""
    needed = len(table.header) - 1
    enough = pc.greater_equal(pc.count_substring(cells, table.origin.separator), needed)
    cells = cells.filter(enough)
    if len(cells) == 0:
        return False
    mark = re.escape(table.origin.separator)
    pattern = rf"[\r\n](?:[^\r\n{mark}]*{mark}){{{min(needed, 200)}}}"
    return bool(pc.any(pc.match_substring_regex(cells, pattern)).as_py())


def _as_sheet(columns: pa.Table, table: Table) -> Sheet:
    keep = _filled_rows(columns)
    first = table.header_row + 1
    if keep is not None:
        numbers = pa.array(range(first, first + columns.num_rows), pa.int64())
        table.row_chunks = [numbers.filter(keep.combine_chunks())]
        table.has_gap = True
        columns = columns.filter(keep)
    table.chunks = [list(column.chunks) for column in columns.columns]
    return table.finish()


def _filled_rows(columns: pa.Table) -> pa.ChunkedArray | None:
    """Return a mask of the rows with any content, or None when all have some."""
    blank: pa.ChunkedArray | None = None
    for column in columns.columns:
        if column.null_count == 0:
            return None
        empty = pc.is_null(column)
        blank = empty if blank is None else pc.and_(blank, empty)
        if not pc.any(blank).as_py():
            return None
    return None if blank is None else pc.invert(blank)
