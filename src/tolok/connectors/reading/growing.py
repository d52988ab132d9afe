"""A table under way: where it comes from, its header, and the rows it has so far."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

import pyarrow as pa

from tolok.base import Text

from .header import clean_header, fold_header, tell_kind
from .records import Record
from .refusals import refuse_size
from .sheet import AsideKind, Kind, Limits, SetAside, Sheet

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
    ends_cleanly: bool = True


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
    own_width: int = 0  # as the header was written; the table may have been widened since

    def __post_init__(self) -> None:
        self.folded = [fold_header(cell) for cell in self.header]
        self.names = {name for name in self.folded if name}
        self.gate = self.names | {cell.strip().lower() for cell in self.header if cell.strip()}
        self.last = self.header_row
        self.own_width = len(self.header)
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
            ends_cleanly=origin.ends_cleanly,
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
        "{count:,} more rows were set aside than are listed.",
        "Ada {count:,} baris lagi yang disisihkan di luar daftar ini.",
    ).filled(count=count)
