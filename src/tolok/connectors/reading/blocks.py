"""From records to tables: preamble, header, rows, the next section, rows that do not fit."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

import pyarrow as pa

from tolok.base import Text

from .header import (
    GRAND_TOTALS,
    clean_header,
    filled,
    find_header,
    fold_header,
    is_header_like,
    is_value,
    repeats_header,
    tell_kind,
    trimmed_width,
)
from .records import Record, unwrap
from .refusals import refuse_open_quote, refuse_size
from .sheet import AsideKind, Kind, Limits, SetAside, Sheet

_LOOK = 60
_BATCH = 4096
_SEP = re.compile(r"\"?sep=", re.I)

_REASONS: dict[AsideKind, Text] = {
    "short": Text("too few cells", "selnya kurang"),
    "long": Text("too many cells", "selnya terlalu banyak"),
    "cut": Text("the file ends in the middle of this row", "berkas terputus di tengah baris ini"),
    "remark": Text("a remark below the table", "catatan di bawah tabel"),
    "header": Text("the header once more", "judul kolom terulang"),
    "swallowed": Text(
        "other rows stand inside this one: a quotation mark is missing",
        "ada baris lain di dalam baris ini: tanda kutip hilang",
    ),
}
_CUT = Text(
    "The file was cut off in the middle of a row.", "Berkas terpotong di tengah sebuah baris."
)
_EARLY = Text(
    "Some rows end early; the cells missing at their end were taken as empty.",
    "Sebagian baris berakhir lebih awal; sel yang tidak ada di ujungnya dianggap kosong.",
)
_UNWRAPPED = Text(
    "Whole lines were wrapped in quotation marks; this was undone.",
    "Ada baris yang seluruhnya dibungkus tanda kutip; ini sudah dipulihkan.",
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where records come from, as every sheet made of them tells it."""

    source: str
    name: str
    encoding: str
    separator: str
    kind: Kind
    notes: tuple[Text, ...]
    limits: Limits
    dated: AbstractSet[int] = frozenset()
    has_final_newline: bool = True


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


@dataclass(slots=True)
class Table:
    """A table under way: rows are kept as Arrow arrays, a few thousand at a time."""

    origin: Origin
    preamble: list[tuple[str, ...]]
    header: list[str]
    header_row: int
    names: set[str] = field(default_factory=set)
    pending: list[list[str]] = field(default_factory=list)
    pending_rows: list[int] = field(default_factory=list)
    chunks: list[list[pa.Array]] = field(default_factory=list)
    row_chunks: list[pa.Array] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    last: int = 0
    has_gap: bool = False
    count: int = 0
    header_line: int = 0
    gate: set[str] = field(default_factory=set)
    folded: list[str] = field(default_factory=list)
    not_listed: int = 0

    def __post_init__(self) -> None:
        self.folded = [fold_header(cell) for cell in self.header]
        self.names = {name for name in self.folded if name}
        self.gate = self.names | {cell.strip().lower() for cell in self.header if cell.strip()}
        self.last = self.header_row
        self.chunks = [[] for _ in self.header]

    def widen(self) -> None:
        """Give the table one more column without a name, empty in the rows so far."""
        self.flush()
        self.header.append("")
        self.chunks.append([pa.nulls(len(part), pa.string()) for part in self.row_chunks])

    def add(self, number: int, cells: list[str]) -> None:
        self.has_gap |= number != self.last + 1
        self.last = number
        self.pending.append(cells)
        self.pending_rows.append(number)
        self.count += 1
        if len(self.pending) >= _BATCH:
            self.flush()
        if self.count > self.origin.limits.max_rows:
            rows = Text("rows", "baris")
            raise refuse_size(self.origin.source, rows, self.origin.limits.max_rows)

    def put_aside(self, record: Record, kind: AsideKind) -> None:
        self.has_gap = True
        if len(self.aside) < self.origin.limits.max_set_aside:
            cells = tuple(cell[:80] for cell in record.cells[:40])
            self.aside.append(SetAside(record.number, kind, _REASONS[kind], cells))
        else:
            self.not_listed += 1

    def might_be_header(self, cells: list[str]) -> bool:
        """A cheap test that goes before the exact ones: one of the first two cells is a name."""
        return any(cell.strip().lower() in self.gate for cell in cells[:2])

    def fits(self, cells: list[str]) -> bool:
        """Return whether cells are of the kinds of their columns, with three kinds in agreement."""
        kinds = self.column_kinds()
        pairs = [
            (kind, tell_kind(cell))
            for kind, cell in zip(kinds, cells, strict=False)
            if kind and cell.strip()
        ]
        return all(own == here for own, here in pairs) and len({own for own, _ in pairs}) >= 3

    def column_kinds(self) -> list[str]:
        """Return the kind of nearly all cells of each column so far; '' where there is none."""
        self.flush()
        return [_common_kind(parts) for parts in self.chunks]

    def say(self, note: Text) -> None:
        if note not in self.notes:
            self.notes.append(note)

    def flush(self) -> None:
        if not self.pending:
            return
        for index, part in enumerate(self.chunks):
            part.append(pa.array([row[index] or None for row in self.pending], pa.string()))
        self.row_chunks.append(pa.array(self.pending_rows, pa.int64()))
        self.pending, self.pending_rows = [], []

    def finish(self) -> Sheet:
        self.flush()
        if self.not_listed:
            self.say(_more_aside(self.not_listed))
        columns = tuple(pa.chunked_array(part, pa.string()) for part in self.chunks)
        rows = pa.chunked_array(self.row_chunks, pa.int64()) if self.has_gap else None
        origin = self.origin
        return Sheet(
            source=origin.source,
            name=origin.name or _title(self.preamble),
            preamble=tuple(self.preamble),
            header=tuple(clean_header(cell) for cell in self.header),
            header_row=self.header_row,
            columns=columns,
            rows=rows,
            encoding=origin.encoding,
            separator=origin.separator,
            kind=origin.kind,
            set_aside=tuple(self.aside),
            notes=(*origin.notes, *self.notes),
            dated=frozenset(origin.dated),
            has_final_newline=origin.has_final_newline,
        )


def _common_kind(parts: list[pa.Array]) -> str:
    cells = [cell for part in parts[:1] for cell in part.slice(0, 50).to_pylist() if cell]
    if not cells:
        return ""
    kinds = [tell_kind(cell) for cell in cells]
    best = max(set(kinds), key=kinds.count)
    return best if kinds.count(best) >= 0.95 * len(kinds) else ""


def _title(preamble: list[tuple[str, ...]]) -> str:
    """Return the last line above a header that is a title (no `sep=`, no `# Key: value`)."""
    for cells in reversed(preamble):
        line = clean_header(" ".join(cells).lstrip("#"))
        if line.strip("- ") and not _SEP.match(line) and not re.match(r"[^:]{1,30}: ?\S", line):
            return line
    return ""


def _more_aside(count: int) -> Text:
    return Text(
        f"{count:,} more rows were set aside than are listed.",
        f"Ada {count:,} baris lagi yang disisihkan di luar daftar ini.",
    )


def is_comment(cells: list[str]) -> bool:
    """Return whether a record is a `#` line as GA4 writes them (a hashtag has no space)."""
    first = cells[0] if cells else ""
    return first == "#" or first.startswith(("# ", "#\u00a0", "#-"))


def read_blocks(records: Iterable[Record], origin: Origin) -> Iterator[Sheet]:
    """Yield one sheet per table found in the records."""
    ahead = Ahead(records)
    has_comments, has_titles = tell_layout(ahead.peek(_LOOK))
    pending_notes: list[Text] = []
    while True:
        table = open_table(ahead, origin, titled=has_titles, commented=has_comments)
        if table is None:
            return
        if isinstance(table, Text):
            pending_notes.append(table)
            continue
        table.notes.extend(pending_notes)
        pending_notes = []
        reader = _TableReader(table, ahead, commented=has_comments, titled=has_titles)
        yield reader.read()


def tell_layout(head: list[Record]) -> tuple[bool, bool]:
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
    head = ahead.peek(_LOOK)
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


class _TableReader:
    """Takes the rows of one table, up to its end or the start of the next one."""

    def __init__(self, table: Table, ahead: Ahead, *, commented: bool, titled: bool) -> None:
        self._table = table
        self._ahead = ahead
        self._commented = commented
        self._titled = titled
        self._early = (0, 0)  # number and width of the last row that was taken though short

    def read(self) -> Sheet:
        after_blank = False
        while head := self._ahead.peek(1):
            record = head[0]
            if not filled(record.cells):
                after_blank = True
            elif self._starts_next(record, after_blank=after_blank):
                break
            else:
                self._place(record)
                after_blank = False
            self._ahead.take()
        return self._table.finish()

    def _starts_next(self, record: Record, *, after_blank: bool) -> bool:
        cells = record.cells
        if self._commented and is_comment(cells):
            return True
        if self._table.might_be_header(cells) and repeats_header(cells, self._table.names):
            return not self._is_same_header(cells)
        if not after_blank:
            return False
        follow = self._ahead.peek(3)[1:]
        if filled(cells) == 1:
            return self._is_title(follow)
        return is_header_like(cells) and self._contradicts(cells)

    def _is_title(self, follow: list[Record]) -> bool:
        if self._titled:
            return True
        if not follow or not filled(follow[0].cells):
            return False
        return is_header_like(follow[0].cells) and self._contradicts(follow[0].cells)

    def _is_same_header(self, cells: list[str]) -> bool:
        if not self._table.might_be_header(cells):
            return False
        own = self._table.folded[: trimmed_width(self._table.folded)]
        return [fold_header(cell) for cell in cells[: trimmed_width(cells)]] == own

    def _contradicts(self, cells: list[str]) -> bool:
        """A header of another table has words where this table's columns have values."""
        if len(cells) != len(self._table.header):
            return True
        kinds = self._table.column_kinds()
        return any(
            kind not in ("", "words")
            for kind, cell in zip(kinds, cells, strict=True)
            if cell.strip()
        )

    def _place(self, record: Record) -> None:
        table, cells = self._table, record.cells
        width = len(table.header)
        if record.is_open:
            self._place_open(record)
        elif self._is_same_header(cells):
            table.put_aside(record, "header")
        elif (kind := self._misfit(cells, width)) is not None:
            self._place_misfit(record, kind)
        elif self._swallows(cells, width):
            table.put_aside(record, "swallowed")
        else:
            table.add(record.number, _pad(cells, width))

    def _misfit(self, cells: list[str], width: int) -> AsideKind | None:
        if len(cells) > width and trimmed_width(cells) > width:
            return "long"
        if len(cells) < width:
            return "short"
        return None

    def _place_misfit(self, record: Record, kind: AsideKind) -> None:
        table, cells = self._table, record.cells
        width = len(table.header)
        inner = unwrap(cells, table.origin.separator) if filled(cells) == 1 else []
        if len(inner) == width and width > 1:
            table.say(_UNWRAPPED)
            table.add(record.number, inner)
        elif kind == "long" and _is_grand_total(cells, width):
            table.widen()
            table.add(record.number, _pad(cells, width + 1))
        elif kind == "short" and self._ends_early(record):
            table.say(_EARLY)
            table.add(record.number, _pad(cells, width))
        elif kind == "short" and len(self._ahead.peek(2)) == 1 and len(cells) > 1:
            table.say(_CUT)
            table.put_aside(record, "cut")
        elif kind == "short" and filled(cells) == 1 and not is_value(cells[0]):
            table.put_aside(record, "remark")
        else:
            table.put_aside(record, kind)

    def _ends_early(self, record: Record) -> bool:
        """Some exports leave out empty cells at a row's end, for runs of rows.

        Believed only for three rows or more of one length in a row, each of whose cells is of
        its column's kind: one separator lost in the middle would shift figures.
        """
        count = len(record.cells)
        if self._early == (record.number - 1, count):
            is_run = True
        else:
            run = self._ahead.peek(3)
            is_run = len(run) == 3 and all(len(r.cells) == count for r in run)
        if not is_run or not self._table.fits(record.cells):
            return False
        self._early = (record.number, count)
        return True

    def _place_open(self, record: Record) -> None:
        if self._swallows(record.cells, len(self._table.header)):
            raise refuse_open_quote(self._table.origin.source, record.number)
        self._table.say(_CUT)
        self._table.put_aside(record, "cut")

    def _swallows(self, cells: list[str], width: int) -> bool:
        """Return whether lines inside a cell look like whole rows of this table."""
        if width < 3:
            return False
        mark = self._table.origin.separator
        return any(
            "\n" in cell and any(_is_row(line, mark, width) for line in cell.split("\n")[1:])
            for cell in cells
        )


def _is_row(line: str, mark: str, width: int) -> bool:
    if line.count(mark) < width - 1:
        return False
    cells = [cell.strip('"\r ') for cell in line.split(mark)]
    return sum(1 for cell in cells if is_value(cell)) >= max(2, width // 4)


def _is_grand_total(cells: list[str], width: int) -> bool:
    return trimmed_width(cells) == width + 1 and fold_header(cells[width]) in GRAND_TOTALS


def _pad(cells: list[str], width: int) -> list[str]:
    return cells[:width] if len(cells) >= width else cells + [""] * (width - len(cells))
