"""Columns of ids: text that must stay text, and the damage a spreadsheet does to it."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from .numbers import Column
from .parsed import as_array

_EDGES = r"^[\s\x{A0}\x{FEFF}\x{200B}]*'?[\s\x{A0}]*|[\s\x{A0}\x{FEFF}\x{200B}]+$"
_SCIENTIFIC = r"^\d(?:[.,]\d+)?[eE]\+\d{2}$"


@dataclass(frozen=True)
class ParsedIds:
    """Ids as text, cleaned; `damaged` is True where a spreadsheet has destroyed the id.

    A damaged id is null in `values`: several posts may share what is left of it. `scientific`
    counts ids like 1.22158E+17, `rounded` those whose last digits became zeros.
    """

    values: pa.Array
    damaged: pa.Array
    scientific: int
    rounded: int

    @property
    def damaged_share(self) -> float:
        """Return the share of filled cells that are damaged; 0 when no cell is filled."""
        count = len(self.damaged) - pc.sum(pc.is_null(self.damaged)).as_py()
        return (self.scientific + self.rounded) / count if count else 0.0


def read_ids(column: Column) -> ParsedIds:
    """Return a column of ids: spaces, a leading apostrophe and a trailing `.0` are taken off.

    A spreadsheet keeps 15 digits: a column where (nearly) all longer ids end in zeros behind the
    fifteenth digit was rounded. One id among many may end in zeros by chance and is kept.
    """
    array = as_array(column)
    text = pc.replace_substring_regex(array, _EDGES, "")
    text = pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
    if pc.any(pc.match_substring_regex(text, r"^\d+\.0$")).as_py():
        text = pc.replace_substring_regex(text, r"^(\d+)\.0$", r"\1")
    scientific = pc.match_substring_regex(text, _SCIENTIFIC)
    rounded = _rounded(text)
    damaged = pc.or_(scientific, rounded)
    values = pc.if_else(damaged, pa.scalar(None, pa.string()), text)
    return ParsedIds(values, damaged, _count(scientific), _count(rounded))


def _rounded(text: pa.Array) -> pa.Array:
    longs = _count(pc.match_substring_regex(text, r"^\d{16,25}$"))
    zeros = pc.match_substring_regex(text, r"^\d{15}0+$")
    ends = _count(zeros)
    # By chance one 16-digit id in ten ends so; a lone id must show three zeros to be doubted.
    if longs == 1:
        return pc.match_substring_regex(text, r"^\d{15}0{3,}$")
    return zeros if longs and ends * 10 >= longs * 8 else pc.and_(zeros, False)


def _count(mask: pa.Array) -> int:
    return int(pc.sum(mask).as_py() or 0)
