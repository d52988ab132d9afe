"""How Office programs show a unit: the reader's own program puts the separators."""

from __future__ import annotations

from collections.abc import Sequence

from tolok.base import Unit


def format_of(unit: Unit, values: Sequence[float] = ()) -> str:
    """Return the Excel number format of a unit; values stay as the metric gives them.

    Among large `values` decimals say nothing.
    """
    if unit.kind == "ratio":
        return "0.0%" if unit.key == "ratio" else "0.0000"
    if unit.kind in ("count", "money"):
        return "#,##0"
    return "#,##0" if max((abs(v) for v in values), default=0) >= 100 else "#,##0.0"
