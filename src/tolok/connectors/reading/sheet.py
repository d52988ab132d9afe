"""The sheet: one table of text cells, as a person would see it, whatever file it came in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa

from tolok.base import Text

Kind = Literal["csv", "xlsx", "xls", "spreadsheetml"]
AsideKind = Literal["short", "long", "cut", "remark", "header", "swallowed"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost before it is refused; sizes in bytes, the rest in counts."""

    max_bytes: int = 640 * 1024 * 1024
    max_zip_ratio: float = 250.0
    max_zip_members: int = 500
    max_cell_chars: int = 200_000
    max_rows: int = 5_000_000
    max_columns: int = 2_000
    max_sheets: int = 400
    max_workbook_cells: int = 12_000_000
    max_set_aside: int = 10_000


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that was read but not taken: where it stands, why, and its cells (shortened).

    `kind` is for programs: `remark` is a line of words below a table, `header` a header
    repeated in the middle, `short`/`long` a row with too few or too many cells, `cut` the last
    row of a file that ends in its middle, `swallowed` a row that holds other rows, because a
    quotation mark is missing.
    """

    row: int
    kind: AsideKind
    reason: Text
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """One table of a file: header cells, and one string column per header cell.

    `columns` hold the cells as written; an empty cell is null. Workbooks have typed cells:
    numbers are written without noise (`12`, never `12.0`) and so that no one can take the point
    for a thousands separator (1.234 becomes `1.2340`); dates are ISO 8601. `rows` are 1-based
    record numbers (what a spreadsheet shows, blank lines counted); None means that they follow
    the header without a gap. `preamble` are the records above the header (`sep=,`, `#` lines,
    the title of a section). Of a file with several sections, each is one sheet whose `name` is
    the section's title; `dated` marks the columns in which a workbook typed dates. A text that
    ends without a line end or closing quotation mark may have lost the end of its last figure:
    `ends_cleanly` is then False (GA4 always ends so; the connector of a platform knows).
    `opening` are the records above the first table of the same text: what they say (GA4's
    property) holds for all its tables.
    """

    source: str
    name: str
    preamble: tuple[tuple[str, ...], ...]
    header: tuple[str, ...]
    header_row: int
    columns: tuple[pa.ChunkedArray, ...]
    rows: pa.ChunkedArray | None
    encoding: str
    separator: str
    kind: Kind
    set_aside: tuple[SetAside, ...] = ()
    notes: tuple[Text, ...] = ()
    dated: frozenset[int] = field(default_factory=frozenset)
    ends_cleanly: bool = True
    opening: tuple[tuple[str, ...], ...] = ()

    @property
    def num_rows(self) -> int:
        """Return how many data rows there are."""
        return len(self.columns[0]) if self.columns else 0

    def column(self, which: int | str) -> pa.ChunkedArray:
        """Return a column by position or by header text; KeyError when no header cell is so.

        Where two header cells are alike the first is meant: ask by position for the other.
        """
        index = which if isinstance(which, int) else self._index_of(which)
        return self.columns[index]

    def row_number(self, index: int) -> int:
        """Return the 1-based record number of the data row at `index` (0-based)."""
        if self.rows is None:
            return self.header_row + 1 + index
        return int(self.rows[index].as_py())

    def row_numbers(self) -> pa.ChunkedArray:
        """Return the record number of every data row, also where `rows` is None."""
        if self.rows is not None:
            return self.rows
        start = self.header_row + 1
        return pa.chunked_array([pa.array(range(start, start + self.num_rows), pa.int64())])

    def head(self, count: int = 5) -> list[tuple[str | None, ...]]:
        """Return the first `count` rows as tuples of cells (None where empty)."""
        parts = [column.slice(0, count).to_pylist() for column in self.columns]
        return list(zip(*parts, strict=True))

    def table(self) -> pa.Table:
        """Return the columns as an Arrow table with the columns named by position: c0, c1, …"""
        names = [f"c{index}" for index in range(len(self.columns))]
        return pa.table(dict(zip(names, self.columns, strict=True)))

    def preamble_pairs(self) -> Mapping[str, str]:
        """Return what lines like `# Start date: 20260101` say: {'Start date': '20260101'}."""
        pairs: dict[str, str] = {}
        for cells in self.preamble:
            line = ",".join(cells).rstrip(",").lstrip("#").strip()
            key, colon, value = line.partition(":")
            if colon:
                pairs[key.strip()] = value.strip()
        return pairs

    def _index_of(self, name: str) -> int:
        try:
            return self.header.index(name)
        except ValueError:
            raise KeyError(name) from None
