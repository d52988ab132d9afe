"""The Grand total row: told from the others, kept as a fact, used as a checksum."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text

from ...reading.header import GRAND_TOTALS, fold_header
from ...source import Source, as_mask

# Counted one by one, so that parts must add to the whole, unless the table was cut.
_EXACT = ("views", "events", "key_events", "revenue")
# Estimated by GA4 for each row and for the whole apart: parts may miss the whole by a little.
_ESTIMATED = ("sessions", "engaged_sessions")
_LEEWAY = 0.03
_UNIQUE = ("users", "active_users", "returning_users")


def total_rows(source: Source, dimensions: list[str]) -> np.ndarray:
    """Return which rows are called Grand total, in a cell of its own or in place of a segment."""
    found = np.zeros(source.num_rows, dtype=bool)
    named = [
        source.sheet.column(index)
        for index, header in enumerate(source.sheet.header)
        if not header.strip()
    ]
    for cells in [*named, *(source.raw(name) for name in dimensions if source.has(name))]:
        words = {w for w in pc.unique(cells).to_pylist() if w and fold_header(w) in GRAND_TOTALS}
        if words:
            found |= as_mask(pc.is_in(cells, pa.array(sorted(words))))
    return found


def check_totals(source: Source, totals: np.ndarray) -> None:
    """Compare the Grand total with the rows: sums where they add, never for people."""
    rows = source.taken & ~totals
    if totals.sum() != 1 or not rows.any():
        return
    at = int(np.flatnonzero(totals)[0])
    for name in (*_EXACT, *_ESTIMATED):
        if source.has(name):
            _check_sum(source, name, at, rows)
    for name in _UNIQUE:
        if source.has(name):
            _say_unique(source, name, at, rows)


def _numbers(source: Source, name: str, at: int, rows: np.ndarray) -> tuple[float, float] | None:
    values = source.value(name).cast(pa.float64())
    total, summed = values[at].as_py(), pc.sum(values.filter(pa.array(rows))).as_py()
    return None if total is None or summed is None else (total, summed)


def _check_sum(source: Source, name: str, at: int, rows: np.ndarray) -> None:
    numbers = _numbers(source, name, at, rows)
    if numbers is None:
        return
    total, summed = numbers
    if abs(total - summed) <= 0.001 * abs(total):
        source.check_total(name, total, pa.chunked_array([pa.array([summed])]))
        return
    is_near = name in _ESTIMATED and abs(total - summed) <= _LEEWAY * abs(total)
    state = "noted" if is_near or total > summed else "failed"
    source.check("total", state, Text(
        "Grand total of “{header}” is {total:,.15g}, the rows add to {summed:,.15g}: "
        "GA4 estimates sessions, and leaves out rows of long tables.",
        "Total “{header}” {total:,.15g}, sedangkan jumlah barisnya {summed:,.15g}: GA4 memperkirakan "
        "sesi, dan tidak menyertakan semua baris tabel yang panjang.") if state == "noted" else Text(
        "The rows of “{header}” add to {summed:,.15g}, more than the file's own total of "
        "{total:,.15g}: the file was changed after the export. Export it again.",
        "Jumlah baris “{header}” {summed:,.15g}, melebihi total berkas {total:,.15g}: berkas berubah "
        "setelah diekspor. Ekspor sekali lagi."),
        header=source.header(name), total=total, summed=summed)  # fmt: skip


def _say_unique(source: Source, name: str, at: int, rows: np.ndarray) -> None:
    numbers = _numbers(source, name, at, rows)
    if numbers is None:
        return
    total, summed = numbers
    source.check("unique", "noted", Text(
        "“{header}” of the whole is {total:,.0f}, of the rows together {summed:,.0f}: one person can "
        "come several ways and on several days, so the rows are never added.",
        "“{header}” keseluruhan {total:,.0f}, sedangkan jumlah barisnya {summed:,.0f}: satu orang bisa "
        "datang lewat beberapa jalur dan hari, jadi baris tidak pernah dijumlahkan."),
        header=source.header(name), total=total, summed=summed)  # fmt: skip
