"""From records to tables: rows, the start of the next table, rows that do not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tolok.base import Text

from .growing import Origin, Table
from .header import (
    GRAND_TOTALS,
    filled,
    fold_header,
    is_header_like,
    is_value,
    repeats_header,
    trimmed_width,
)
from .opening import LOOK, Ahead, is_comment, open_table, tell_layout
from .records import Record, unwrap
from .refusals import refuse_open_quote
from .sheet import AsideKind, Sheet

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


def read_blocks(records: Iterable[Record], origin: Origin) -> Iterator[Sheet]:
    """Yield one sheet per table found in the records."""
    ahead = Ahead(records)
    has_comments, has_titles = tell_layout(ahead.peek(LOOK))
    pending_notes: list[Text] = []
    opening: tuple[tuple[str, ...], ...] | None = None
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
        sheet = reader.read()
        opening = sheet.preamble if opening is None else opening
        # Only the last table of a text can have lost the end of its last row.
        ends_cleanly = sheet.ends_cleanly or bool(ahead.peek(1))
        yield replace(sheet, opening=opening, ends_cleanly=ends_cleanly)


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
        if self._commented and is_comment(cells) and (after_blank or filled(cells) == 1):
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
        if len(cells) < self._table.own_width:
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
