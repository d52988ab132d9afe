"""The Total rows: of the rows shown, of the account, of each type of campaign."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text

from ...source import Source, as_mask

_SUMS = ("cost", "impressions", "interactions", "clicks", "conversions", "conversion_value")
_NAMING = (
    "campaign_status", "adgroup_status", "ad_status", "campaign", "adgroup", "ad", "keyword",
    "search_term", "status", "day",
)  # fmt: skip
_BLANK = ("", "--")
_MARK = "total:"


def is_total(source: Source) -> np.ndarray:
    """Return which rows are called “Total: …” and name nothing else."""
    return np.array([label is not None for label in _labels(source)], dtype=bool)


def _labels(source: Source) -> list[str | None]:
    """Return, per row, what stands behind “Total:”, or None for a row that is no total.

    A campaign may be named “Total: …” too; such a row has a status, an ad group or a day besides.
    """
    columns = [source.raw(name).to_pylist() for name in _NAMING if source.has(name)]
    return [_label([(c or "").strip() for c in cells]) for cells in zip(*columns, strict=True)]


def _label(cells: list[str]) -> str | None:
    named = [cell for cell in cells if cell not in _BLANK]
    if len(named) != 1 or not named[0].casefold().startswith(_MARK):
        return None
    return named[0][len(_MARK) :].strip()


def check_totals(source: Source, totals: np.ndarray) -> None:
    """Compare each Total row with the rows it sums up.

    Refuses where the rows shown, or those of a type, do not add to their total. The account's may
    be larger: campaigns that a filter hides, or that were removed, are in it.
    """
    labels = _labels(source)
    types = source.text("campaign_type")
    for at in np.flatnonzero(totals & source.taken):
        label = labels[at] or ""
        kind = source.word("total", label)
        own = _of_type(types, label)
        if kind is None and own is None:
            kind = "account"
        rows = source.taken & ~totals
        if kind is None and own is not None:
            rows = rows & own
        if rows.any():
            _compare(source, int(at), rows, label=label, may_exceed=kind == "account")


def _of_type(types: pa.ChunkedArray, label: str) -> np.ndarray | None:
    same = as_mask(pc.equal(pc.utf8_lower(types), label.casefold()))
    return same if same.any() else None


def _compare(
    source: Source, at: int, rows: np.ndarray, *, label: str, may_exceed: bool
) -> None:  # fmt: skip
    wrong: list[dict[str, Any]] = []
    compared = 0
    for name in _SUMS:
        if not source.has(name):
            continue
        values = source.value(name).cast(pa.float64())
        total, summed = values[at].as_py(), pc.sum(values.filter(pa.array(rows))).as_py()
        if total is None or summed is None:
            continue
        compared += 1
        if abs(total - summed) > max(0.001 * abs(total), 0.011):
            wrong.append({"header": source.header(name), "total": total, "summed": summed})
    if not compared:
        return
    if not wrong:
        source.check("total", "passed", Text(
            "“Total: {label}” is the sum of its rows in {count} columns.",
            "“Total: {label}” sama dengan jumlah barisnya di {count} kolom."),
            label=label, count=compared)  # fmt: skip
        return
    more = may_exceed and all(w["total"] > w["summed"] for w in wrong)
    source.check("total", "noted" if more else "failed", Text(
        "“Total: {label}” says {total:,.15g} for “{header}”, its rows add to {summed:,.15g}.",
        "“Total: {label}” menyebut {total:,.15g} untuk “{header}”, jumlah barisnya {summed:,.15g}."),
        label=label, row=source.sheet.row_number(at), **wrong[0])  # fmt: skip
