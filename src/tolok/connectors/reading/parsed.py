"""What comes of reading a column of text as values: the values, and all that must be said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text

QuestionKey = Literal["decimal", "order", "year", "unit", "offset"]
MAX_PROBLEMS = 1_000

_MARKERS = frozenset(
    {"", "-", "--", "---", "–", "—", "undefined", "nan", "null", "none", "nil", "n/a", "na", "n.a.",
     "#n/a", "#value!", "#div/0!", "#ref!", "not available", "no data", "tidak tersedia",
     "tidak ada data", "não disponível", "no disponible", "nicht verfügbar", "�"}
)  # fmt: skip
_BOUND = re.compile(r"[<>≤≥]\s*\d[\d.,]*\s*%?")
_EDGES = " \t\r\n\u00a0\u202f\u2007\u2009\ufeff\u200b\u200e\u200f"


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell that does not read as what its column holds: 0-based row of the column, its text."""

    index: int
    text: str


@dataclass(frozen=True)
class ParsedColumn:
    """A column read as values, decided as a whole and never cell by cell.

    `values` has one entry per row, null where the cell is empty, a marker of absence (`--`,
    `NaN`, `< 1%`) or a problem. `rounded` is True where a cell gives a shortened number (1.2K).
    With a `question` nothing was decided: all values are null, and `key` names what to answer
    (`decimal`, `order`, `year`, `unit`). `problems` lists the first thousand; `problem_count`
    counts all and `problem_rows` holds the 0-based rows of all (None where there are none).
    `decimal` and `order` tell what was decided; `units` the currency signs seen; `zone` is 'UTC'
    where moments carried an offset and were turned to UTC.
    """

    values: pa.Array
    rounded: pa.Array | None = None
    problems: tuple[CellProblem, ...] = ()
    problem_count: int = 0
    problem_rows: pa.Array | None = None
    markers: tuple[tuple[str, int], ...] = ()
    question: Text | None = None
    key: QuestionKey | None = None
    decimal: str = ""
    order: str = ""
    units: tuple[str, ...] = ()
    zone: str = ""
    has_time: bool = False
    notes: tuple[Text, ...] = ()

    @property
    def verdict(self) -> Literal["read", "ambiguous", "empty"]:
        """Return whether the column was read, must be asked about, or holds nothing at all."""
        if self.question is not None:
            return "ambiguous"
        return "empty" if self.values.null_count == len(self.values) else "read"


@dataclass(frozen=True, slots=True)
class Distinct:
    """The distinct texts of a column, cleaned, and where each stands."""

    texts: list[str | None]
    raw: list[str | None]
    indices: pa.Array

    def spread(self, values: Sequence[object], kind: pa.DataType) -> pa.Array:
        """Return one value per row, given one per distinct text."""
        return pa.array(values, kind, from_pandas=False).take(self.indices)

    def counts(self) -> list[int]:
        """Return in how many rows each distinct text stands."""
        found = [0] * len(self.texts)
        for item in pc.value_counts(self.indices).to_pylist():
            if item["values"] is not None:
                found[item["values"]] = item["counts"]
        return found


def as_array(column: pa.ChunkedArray | pa.Array | Sequence[str | None]) -> pa.Array:
    """Return a column of text as one Arrow array."""
    if isinstance(column, pa.ChunkedArray):
        return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    if isinstance(column, pa.Array):
        return column
    return pa.array(column, pa.string())


def text_buffers(column: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Return where each text of a column begins (and the last one ends), and all their bytes.

    Offsets count from the first byte returned. A view, nothing is copied; empty where no text is.
    """
    _, offsets, data = column.buffers()
    if offsets is None or data is None or not len(column):
        return np.zeros(len(column) + 1, np.int32), np.zeros(0, np.uint8)
    places = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
    return places - places[0], np.frombuffer(data, np.uint8)[places[0] : places[-1]]


def distinct(column: pa.Array) -> Distinct:
    """Return the distinct texts of a column; None in `texts` where a text is a mark of absence."""
    encoded = column.dictionary_encode()
    raw = encoded.dictionary.to_pylist()
    return Distinct([clean_cell(text) for text in raw], raw, encoded.indices)


def clean_cell(text: str) -> str | None:
    """Return a cell without spaces and the apostrophe of spreadsheets; None for a mark of absence."""
    plain = text.strip(_EDGES)
    if plain.startswith("'"):
        plain = plain[1:].strip(_EDGES)
    if plain.casefold() in _MARKERS or _BOUND.fullmatch(plain):
        return None
    return plain


def count_markers(found: Distinct) -> tuple[tuple[str, int], ...]:
    """Return each mark of absence that stands in the column, with the number of its rows."""
    counts = found.counts()
    return tuple(
        (raw.strip(), count)
        for raw, text, count in zip(found.raw, found.texts, counts, strict=True)
        if text is None and raw is not None and raw.strip()
    )


def list_problems(
    found: Distinct, bad: set[int]
) -> tuple[tuple[CellProblem, ...], pa.Array | None]:
    """Return the first thousand cells that are problems, and the rows of all of them."""
    if not bad:
        return (), None
    rows = pc.indices_nonzero(pc.is_in(found.indices, pa.array(sorted(bad), found.indices.type)))
    listed = rows.slice(0, MAX_PROBLEMS).to_pylist()
    problems = tuple(
        CellProblem(row, (found.raw[found.indices[row].as_py()] or "")[:80]) for row in listed
    )
    return problems, rows


def undecided(
    column: pa.Array, kind: pa.DataType, question: Text, key: QuestionKey
) -> ParsedColumn:
    """Return a column about which a person must be asked first."""
    return ParsedColumn(pa.nulls(len(column), kind), question=question, key=key)
