"""The fast way through a big clean CSV: Arrow's own reader, and proofs that it read right."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from .encoding import is_garbled
from .growing import Origin, Table
from .opening import Ahead, open_table, tell_layout
from .records import SAMPLE, RecordReader, sample_records
from .sheet import Sheet

BULK_BYTES = 1 << 20
_BLOCK = 1 << 20
_CHUNK = 1 << 18
_QUOTE, _FEED = b'"\n'


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
    start, end = _after_lines(head, table.header_line), _end_of_text(view)
    if start >= end or not _is_clean(head[:start]):
        return None
    with ThreadPoolExecutor(1) as pool:
        counting = pool.submit(_count_marks, view[start:end])
        columns = _parse(view[start:end], table, spans_lines=_spans_lines(head, origin))
        marks = counting.result()
    if marks is None or marks.quotes % 2:
        return None
    if marks.quotes and (columns is None or marks.breaks_within(columns)):
        columns = _parse(view[start:end], table, spans_lines=True)
    if columns is None or columns.num_rows > origin.limits.max_rows:
        return None
    if not _is_sound(columns, table) or _may_swallow(columns, table, marks):
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


def _is_clean(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return not is_garbled(text)


def _spans_lines(head: bytes, origin: Origin) -> bool:
    """Whether any of the first cells holds a line end: then cells of later rows will, too."""
    rows = sample_records(head.decode("utf-8", "replace"), origin.separator)
    return any("\n" in cell or "\r" in cell for cells in rows for cell in cells)


@dataclass(frozen=True, slots=True)
class _Marks:
    """How many quotation marks and line ends a text has, and whether any of these is a return."""

    quotes: int
    line_ends: int
    has_returns: bool

    def breaks_within(self, columns: pa.Table) -> int:
        """Return how many line ends stand inside of cells."""
        # The text was cut before its last line end, so n rows have n - 1 of them.
        return self.line_ends - (columns.num_rows - 1)


def _count_marks(view: memoryview) -> _Marks | None:
    """Count the marks of a text; None when some of its letters need mending."""
    quotes = feeds = returns = pairs = 0
    last = b""
    for start in range(0, len(view), _CHUNK):
        chunk = bytes(view[start : start + _CHUNK])
        if is_garbled(chunk):
            return None
        marks = np.frombuffer(chunk, np.uint8)
        quotes += int(np.count_nonzero(marks == _QUOTE))
        feeds += int(np.count_nonzero(marks == _FEED))
        if b"\r" in chunk or last == b"\r":
            returns += chunk.count(b"\r")
            pairs += (last + chunk).count(b"\r\n")
        last = chunk[-1:]
    return _Marks(quotes, feeds + returns - pairs, returns > 0)


def _parse(view: memoryview, table: Table, *, spans_lines: bool) -> pa.Table | None:
    """Return the cells as Arrow reads them, or None when they are no table in UTF-8.

    Without `spans_lines` the text is cut at line ends, which is quicker and right only where
    no cell holds one: whoever asks so must count them.
    """
    names = [f"c{index}" for index in range(len(table.header))]
    try:
        return pacsv.read_csv(
            pa.BufferReader(pa.py_buffer(view)),
            read_options=pacsv.ReadOptions(column_names=names, block_size=_BLOCK),
            parse_options=pacsv.ParseOptions(
                delimiter=table.origin.separator,
                newlines_in_values=spans_lines,
                ignore_empty_lines=False,
                invalid_row_handler=lambda _: "error",
            ),
            convert_options=pacsv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
                check_utf8=True,
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


def _may_swallow(columns: pa.Table, table: Table, marks: _Marks) -> bool:
    """Return whether a cell may hold rows; all line ends inside of cells are looked at."""
    breaks = marks.breaks_within(columns)
    for column in columns.columns:
        if breaks <= 0:
            return False
        feeds = pc.count_substring(column, "\n")
        inside = pc.greater(feeds, 0)
        if marks.has_returns:
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
