"""Rates recomputed from their parts: how a file that was damaged on the way betrays itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pyarrow as pa

from tolok.base import Text

from .connector import Check

if TYPE_CHECKING:
    from .source import Source


def compare_ratio(
    source: Source, name: str, parts: tuple[Any, Any, Any], *, tolerance: float, half_unit: float,
    allowed: float,
) -> list[Check]:  # fmt: skip
    """Return one check of a stated rate against numerator / denominator; none without any row.

    Rows where one of the three is missing or the denominator is zero say nothing.
    """
    stated, numerator, denominator = (_floats(part) for part in parts)
    usable = source.taken & np.isfinite(stated) & np.isfinite(numerator)
    usable &= np.isfinite(denominator) & (denominator != 0)
    if not usable.any():
        return []
    with np.errstate(divide="ignore", invalid="ignore"):
        true = numerator / denominator
        apart = np.abs(stated - true) > np.maximum(tolerance * np.abs(true), half_unit)
    wrong = usable & apart
    data: dict[str, object] = {
        "header": source.header(name) or name,
        "agree": int(usable.sum() - wrong.sum()), "rows": int(usable.sum()),
    }  # fmt: skip
    if not wrong.any():
        return [Check("ratio", "passed", Text(
            "“{header}” recomputed from its parts agrees in {agree} of {rows} rows.",
            "“{header}” yang dihitung ulang cocok di {agree} dari {rows} baris."), data)]  # fmt: skip
    first = int(np.flatnonzero(wrong)[0])
    data |= {"row": source.sheet.row_number(first), "stated": float(stated[first]),
             "true": float(true[first])}  # fmt: skip
    state: Literal["failed", "noted"] = (
        "failed" if wrong.sum() > allowed * usable.sum() else "noted"
    )
    return [Check("ratio", state, Text(
        "“{header}” agrees with its parts in {agree} of {rows} rows only; row {row} says "
        "{stated:.6g}, its parts give {true:.6g}.",
        "“{header}” hanya cocok di {agree} dari {rows} baris; baris {row} menyebut {stated:.6g}, "
        "padahal hitungannya {true:.6g}."), data)]  # fmt: skip


def _floats(values: Any) -> np.ndarray:
    if isinstance(values, pa.ChunkedArray | pa.Array):
        return values.cast(pa.float64()).to_numpy(zero_copy_only=False)
    return np.asarray(values, dtype=float)
