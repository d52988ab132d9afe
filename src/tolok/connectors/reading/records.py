"""Records of a text: separator, quotation marks, lines wrapped in quotes, where a record ends."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mode

from .header import filled
from .refusals import refuse_cell
from .sheet import Limits

SEPARATORS = ("\t", ";", ",", "|")
SAMPLE = 1 << 17
_SEP_LINE = re.compile(r"\s*\"?sep=(.)\"?", re.I | re.S)
_BREAKS = re.compile(r"[\r\n]+")
_csv_reader = csv.reader


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its 1-based number, its cells, and whether the text ended inside a quote."""

    number: int
    cells: list[str]
    is_open: bool = False
    line: int = 0  # physical lines of the text up to the end of this record


class RecordReader:
    """Goes over the records of a UTF-8 text, one at a time, in bounded memory."""

    def __init__(
        self, utf8: bytes | memoryview, separator: str, *, source: str, limits: Limits
    ) -> None:
        self._utf8 = utf8
        self._separator = separator
        self._source = source
        self._limits = limits

    def __iter__(self) -> Iterator[Record]:
        # The longest cell is a setting of the whole csv module, so it is set where it is used.
        csv.field_size_limit(self._limits.max_cell_chars)
        self._at_end = False
        reader = _csv_reader(self._lines(), delimiter=self._separator)
        number = 0
        try:
            for cells in reader:
                number += 1
                yield Record(number, cells, is_open=self._at_end, line=reader.line_num)
        except csv.Error as error:
            raise refuse_cell(self._source, number + 1, self._limits.max_cell_chars) from error

    def _lines(self) -> Iterator[str]:
        stream = io.TextIOWrapper(_open(self._utf8), "utf-8", "replace", newline="")
        yield from stream
        # A record handed out after this point was still waiting for its closing quote.
        self._at_end = True


def _open(utf8: bytes | memoryview) -> io.BufferedReader:
    return io.BufferedReader(_ViewStream(memoryview(utf8)), 1 << 20)


class _ViewStream(io.RawIOBase):
    """Reads a view of memory without copying all of it."""

    def __init__(self, view: memoryview) -> None:
        self._view = view
        self._at = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        count = min(len(buffer), len(self._view) - self._at)
        buffer[:count] = self._view[self._at : self._at + count]
        self._at += count
        return count


def find_separator(sample: str) -> str:
    """Return the separator under which most neighbouring records are equally wide.

    A `sep=` line is believed unless the records contradict it. Text in one column gives `,`.
    """
    said = _SEP_LINE.match(sample)
    scores = {mark: _score(sample, mark) for mark in SEPARATORS}
    best = max(SEPARATORS, key=lambda mark: scores[mark])
    if said and said[1] not in '\r\n"':
        told = said[1]
        own = scores.get(told) or _score(sample, told)
        if own[0] * 2 >= scores[best][0]:
            return told
    return best if scores[best][0] > 0 else ","


def _score(sample: str, mark: str) -> tuple[float, float]:
    widths = [len(cells) for cells in sample_records(sample, mark) if filled(cells)]
    if not widths:
        return 0.0, 0.0
    alike = sum(1 for one, following in pairwise(widths) if one > 1 and one == following)
    if len(widths) == 1:
        alike = int(widths[0] > 1)
    return alike / len(widths), sum(widths) / len(widths)


def sample_records(sample: str, mark: str) -> list[list[str]]:
    """Return up to 400 whole records of a sample of text, parsed with one separator."""
    csv.field_size_limit(max(len(sample) + 1, csv.field_size_limit()))
    rows: list[list[str]] = []
    try:
        for cells in _csv_reader(io.StringIO(sample, newline=""), delimiter=mark):
            rows.append(cells)
            if len(rows) >= 400:
                break
    except csv.Error:
        return rows
    if len(sample) >= SAMPLE and len(rows) > 1:
        rows.pop()
    return rows


def is_wrapped(sample: str) -> bool:
    """Return whether (nearly) all lines stand in quotes as a whole, commas and all."""
    for mark in SEPARATORS:
        rows = [cells for cells in sample_records(sample, mark) if filled(cells)]
        if sum(1 for cells in rows if filled(cells) == 1) < max(2, 0.9 * len(rows)):
            return False
    cells = [cells[0] for cells in rows if cells]
    quoted = sum(1 for line in sample.splitlines() if line.startswith('"'))
    if quoted * 2 < len(cells):
        return False
    inner = "\n".join(cell.replace("\n", " ") for cell in cells)
    mark = find_separator(inner)
    widths = [len(record) for record in sample_records(inner, mark)]
    # A header of one name means one column of sentences that happen to hold commas.
    return _score(inner, mark)[0] > 0.5 and widths[0] > 1 and widths[0] == mode(widths)


def unwrap(cells: Sequence[str], separator: str) -> list[str]:
    """Return the cells that stand inside the one quoted cell of a wrapped line."""
    line = next((cell for cell in cells if cell.strip()), "").rstrip(";")
    try:
        return next(_csv_reader([_BREAKS.sub(" ", line)], delimiter=separator), [])
    except csv.Error:
        return []


def unwrap_text(text: str) -> str:
    """Return a text whose lines were wrapped in quotes as it was before."""
    rows = _csv_reader(io.StringIO(text, newline=""), delimiter="\x1f")
    return "\n".join("\x1f".join(cells).rstrip(";") for cells in rows) + "\n"
