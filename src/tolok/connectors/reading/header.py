"""Headers: clean their cells, fold them for comparison, find the row they stand in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_INVISIBLE = dict.fromkeys(
    [0xFEFF, 0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0x202A, 0x202B, 0x202C, 0],
    None,
)
_SPACES = dict.fromkeys(
    [0x00A0, 0x202F, 0x2007, 0x2009, 0x200A, 0x2002, 0x2003, 0x3000, 9, 10, 13], " "
)
_QUOTES = dict.fromkeys(map(ord, "\"'`´‘’‚‛“”„‟«»‹›"), None)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_CLEAN = _INVISIBLE | _SPACES
_FOLD = _CLEAN | _QUOTES | _DASHES
_RUNS = re.compile(r" {2,}")
_VALUE = re.compile(
    r"[-+(]?\s?(?:Rp\.?\s?|[A-Z]{3}\s?|[$€£¥₹])?[-+]?\d[\d.,:\s']*\s?(?:%|[KkMB]|rb|jt|mil)?\)?"
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*|--?|https?://\S+"
)
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?!\d)")

# A GA4 exploration writes this into a cell of its own behind the last column.
GRAND_TOTALS = frozenset(
    {"grand total", "total keseluruhan", "total umum", "total general", "total geral",
     "gesamtsumme", "total général"}
)  # fmt: skip


def clean_header(text: str) -> str:
    """Return a header cell as written, without the marks nobody sees (BOM, soft hyphen, nbsp)."""
    return _RUNS.sub(" ", text.translate(_CLEAN)).strip()


def fold_header(text: str) -> str:
    """Return a header cell so that two ways of writing it are equal.

    Case, spaces of any kind, soft hyphens, zero-width marks, quotation marks and kinds of dash
    make no difference; letters with accents stay what they are.
    """
    plain = unicodedata.normalize("NFC", text).translate(_FOLD)
    return _RUNS.sub(" ", plain).strip().casefold()


def is_value(text: str) -> bool:
    """Return whether a cell looks like data (number, date, share, link) and not like a name."""
    return bool(_VALUE.fullmatch(text.strip()))


def tell_kind(text: str) -> str:
    """Return what a cell looks like: 'link', 'date', 'number' or 'words'."""
    plain = text.strip()
    if not _VALUE.fullmatch(plain):
        return "words"
    if plain.startswith("http"):
        return "link"
    return "date" if _DATE.match(plain) else "number"


def trimmed_width(cells: Sequence[str]) -> int:
    """Return the position of the last cell with content, counted from 1 (0 when blank)."""
    for index in range(len(cells), 0, -1):
        if cells[index - 1].strip():
            return index
    return 0


def filled(cells: Sequence[str]) -> int:
    """Return how many cells have content."""
    return sum(1 for cell in cells if cell.strip())


def is_header_like(cells: Sequence[str]) -> bool:
    """Return whether a record could be a header: two or more names, hardly a value."""
    names = [cell for cell in cells if cell.strip()]
    values = sum(1 for name in names if is_value(name) or len(name) > 300)
    return len(names) >= 2 and values * 4 < len(names)


def find_header(records: Sequence[Sequence[str]]) -> int:
    """Return the index of the header among the first records of a block; raise ValueError if blank.

    Titles and notes above a header fill one cell, or much fewer than the table below is wide.
    """
    widths = [trimmed_width(cells) for cells in records]
    if not any(widths):
        raise ValueError("no record has content")
    body = sorted(width for width in widths if width)
    usual = body[len(body) // 2]
    first = next((i for i, cells in enumerate(records) if filled(cells) >= 2), None)
    if first is None:
        return next(i for i, width in enumerate(widths) if width)
    if widths[first] >= max(2, usual * 0.6) and is_header_like(records[first]):
        return first
    for index in range(first, len(records)):
        if widths[index] >= max(2, usual * 0.6) and is_header_like(records[index]):
            return index
    return first


def find_header_rows(records: Sequence[Sequence[str]]) -> list[int]:
    """Return the indexes of all records that repeat the first header or look like a new one."""
    if not any(trimmed_width(cells) for cells in records):
        return []
    first = find_header(records[:60])
    names = {fold_header(cell) for cell in records[first] if cell.strip()}
    return [first] + [
        index for index in range(first + 1, len(records)) if repeats_header(records[index], names)
    ]


def repeats_header(cells: Sequence[str], names: set[str]) -> bool:
    """Return whether most cells of a record are names out of a header (given folded)."""
    here = {fold_header(cell) for cell in cells if cell.strip()}
    return len(here) >= 2 and len(here & names) * 2 > max(len(here), len(names) // 2)
