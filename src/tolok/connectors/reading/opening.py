"""Where a table begins: lines above it, its title, its header."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable

from tolok.base import Text

from .growing import Origin, Table
from .header import clean_header, filled, find_header
from .records import Record
from .refusals import refuse_size

LOOK = 60
_SEP = re.compile(r"\"?sep=", re.I)


class Ahead:
    """Records with a look ahead."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = iter(records)
        self._queue: deque[Record] = deque()

    def peek(self, count: int) -> list[Record]:
        while len(self._queue) < count:
            record = next(self._records, None)
            if record is None:
                break
            self._queue.append(record)
        return [self._queue[index] for index in range(min(count, len(self._queue)))]

    def take(self) -> Record:
        """Return the next record; only asked for after a look that has shown one."""
        return self._queue.popleft() if self._queue else next(self._records)


def is_comment(cells: list[str]) -> bool:
    """Return whether a record is a `#` line as GA4 writes them (a hashtag has no space)."""
    first = cells[0] if cells else ""
    return first == "#" or first.startswith(("# ", "#\u00a0", "#-"))


def tell_layout(head: list[Record]) -> tuple[bool, bool]:
    """Return whether `#` lines stand above the tables, and whether titles do (`sep=` comes first)."""
    first = [record for record in head if filled(record.cells)][:2]
    commented = any(is_comment(record.cells) for record in first)
    titled = bool(first) and bool(_SEP.match(first[0].cells[0])) and not commented
    return commented, titled


def open_table(
    ahead: Ahead,
    origin: Origin,
    *,
    titled: bool,
    commented: bool,
    above: list[tuple[str, ...]] | None = None,
) -> Table | Text | None:
    """Take preamble and header of the next table; a Text when a section has a title only."""
    preamble = above or []
    while (head := ahead.peek(1)) and _is_above(head[0], commented=commented):
        record = ahead.take()
        if filled(record.cells):
            preamble.append(tuple(record.cells))
    head = ahead.peek(LOOK)
    block = _block(head, commented=commented)
    if not block:
        return None
    if not titled and _is_foreword(block, head[len(block) :]):
        preamble.extend(tuple(record.cells) for record in block)
        for _ in block:
            ahead.take()
        return open_table(ahead, origin, titled=titled, commented=commented, above=preamble)
    skip = _count_above(block, titled=titled)
    if skip is None:
        title = ahead.take()
        return _empty_section(title)
    for _ in range(skip):
        record = ahead.take()
        if filled(record.cells):
            preamble.append(tuple(record.cells))
    header = ahead.take()
    table = Table(origin, preamble, _check_width(header, origin), header.number)
    table.header_line = header.line
    return table


def _is_above(record: Record, *, commented: bool) -> bool:
    if not filled(record.cells):
        return True
    return bool(_SEP.match(record.cells[0])) or (commented and is_comment(record.cells))


def _block(head: list[Record], *, commented: bool) -> list[Record]:
    """Return the records up to the first blank one (or `#` line)."""
    block: list[Record] = []
    for record in head:
        if not filled(record.cells) or (commented and is_comment(record.cells)):
            break
        block.append(record)
    return block


def _is_foreword(block: list[Record], below: list[Record]) -> bool:
    """Return whether a block is a few one-cell lines, parted by a blank one from a table."""
    if len(block) > 10 or any(filled(record.cells) > 1 for record in block):
        return False
    return any(filled(record.cells) > 1 for record in below)


def _count_above(block: list[Record], *, titled: bool) -> int | None:
    """Return how many records of a block stand above its header; None for a title alone."""
    if titled and filled(block[0].cells) == 1:
        if len(block) == 1:
            return None
        return 1 if filled(block[1].cells) == 1 else find_header([r.cells for r in block])
    return find_header([record.cells for record in block])


def _empty_section(title: Record) -> Text:
    words = clean_header(" ".join(title.cells))
    return Text(f"The section “{words}” is empty.", f"Bagian “{words}” kosong.")


def _check_width(header: Record, origin: Origin) -> list[str]:
    if len(header.cells) > origin.limits.max_columns:
        raise refuse_size(origin.source, Text("columns", "kolom"), origin.limits.max_columns)
    return list(header.cells)
