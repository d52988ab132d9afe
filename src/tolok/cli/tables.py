"""Tables in the terminal: aligned, and nothing cut off, since a figure cut short is another figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from .terminal import QUIET

Row = Sequence[str | Line]
_BETWEEN = 2
_REASON = 44  # columns a reason needs to be read beside its row
_LONGEST = 30  # a word longer than this may be broken
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Column:
    """A column of a table: numbers stand to the right, words may wrap.

    `rank` says which column is left out first where the width does not do for all: the highest;
    0 stays always. One that wraps does so from `least` on.
    """

    head: str = ""
    is_number: bool = False
    wraps: bool = False
    rank: int = 0
    least: int = 22


def lay_table(
    columns: Sequence[Column], rows: Sequence[Row], width: int, *, indent: int = 0,
    like: Sequence[Row] = (),
) -> Table:  # fmt: skip
    """Return a table no wider than `width`: what does not fit wraps, or is left out by its rank.

    Tables laid with the same `like`, the rows of all of them, have the same columns.
    """
    widths = _share(columns, [*rows, *like], width - indent)
    table = Table(box=None, padding=(0, _BETWEEN, 0, 0), header_style=QUIET, show_edge=False,
                  show_header=any(c.head for c in columns), pad_edge=False)  # fmt: skip
    if indent:
        table.add_column(width=indent - _BETWEEN)
    for column, wide in zip(columns, widths, strict=True):
        if wide:
            table.add_column(Line(column.head), justify="right" if column.is_number else "left",
                             no_wrap=not column.wraps, overflow="fold", width=wide)  # fmt: skip
    for row in rows:
        told = (_line(c) for c, wide in zip(row, widths, strict=True) if wide)
        table.add_row(*([""] if indent else []), *told)
    return table


def print_with_reasons(
    out: Console, columns: Sequence[Column], rows: Sequence[Row], reasons: Sequence[str], *,
    named: int, head: str = "",
) -> None:  # fmt: skip
    """Print a table whose rows have a reason each: beside them, or below by marks where it is narrow.

    `named` is the column that bears the mark.
    """
    beside = [*columns, Column(head, wraps=True, least=_REASON)]
    told = [[*row, Line(why, style=QUIET)] for row, why in zip(rows, reasons, strict=True)]
    if _breadth(_least(beside, told)) <= out.width:
        out.print(lay_table(beside, told, out.width))
        return
    marked = [list(map(_line, row)) for row in rows]
    for number, why in enumerate(reasons):
        if why:
            marked[number][named] = marked[number][named] + Line(mark(number))
    out.print(lay_table(columns, marked, out.width))
    for number, why in enumerate(reasons):
        if why:
            out.print(Line(f"{mark(number)} {why}", style=QUIET))


def mark(number: int) -> str:
    """Return the mark of a note, counted from ¹."""
    return str(number + 1).translate(_RAISED)


def _share(columns: Sequence[Column], rows: Sequence[Row], width: int) -> list[int]:
    """Return the width of each column, 0 of those left out or without anything in them."""
    widths, wanted = _least(columns, rows), _needs(columns, rows)
    while _breadth(widths) > width and any(
        c.rank for c, w in zip(columns, widths, strict=True) if w
    ):
        last = max((i for i, w in enumerate(widths) if w), key=lambda i: columns[i].rank)
        widths[last] = 0
    for i, column in enumerate(columns):
        if column.wraps and widths[i]:
            over = _breadth(widths) - width  # negative: what is left to share
            widths[i] = min(wanted[i], max(1, widths[i] - over))
    return widths


def _needs(columns: Sequence[Column], rows: Sequence[Row]) -> list[int]:
    """Return the width each column would fill; 0 of one without anything in it."""
    filled = [max((_line(row[i]).cell_len for row in rows), default=0) for i in range(len(columns))]
    return [max(f, cell_len(c.head)) if f else 0 for c, f in zip(columns, filled, strict=True)]


def _least(columns: Sequence[Column], rows: Sequence[Row]) -> list[int]:
    """Return the width each column needs at least."""
    found = []
    for i, (column, need) in enumerate(zip(columns, _needs(columns, rows), strict=True)):
        words = (cell_len(w) for row in rows for w in _line(row[i]).plain.split())
        longest = min(max(words, default=0), _LONGEST)
        found.append(max(longest, min(need, column.least)) if column.wraps else need)
    return found


def _breadth(widths: Sequence[int]) -> int:
    shown = [w for w in widths if w]
    return sum(shown) + _BETWEEN * (len(shown) - 1)


def _line(cell: str | Line) -> Line:
    return cell if isinstance(cell, Line) else Line(cell)
