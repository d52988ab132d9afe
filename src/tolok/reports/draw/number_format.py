"""How Office programs show a unit: the reader's own program puts the separators."""

from __future__ import annotations

from tolok.base import Unit


def format_of(unit: Unit) -> str:
    """Return the Excel number format of a unit; values stay as the metric gives them."""
    if unit.kind == "ratio":
        return "0.0%" if unit.key == "ratio" else "0.0000"
    if unit.kind in ("count", "money"):
        return "#,##0"
    return "#,##0.0"
