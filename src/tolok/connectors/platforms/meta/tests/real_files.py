"""The table of docs/formats/meta.md, computed anew from the real files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from tolok.connectors import Extract, Recognised, Told, recognise
from tolok.connectors.reading import Sheet, read_file
from tolok.lake import table_of

HEAD = "| File | Block | Kind | Rows | Sums | Days | Left out |\n| --- | --- | --- | --- | --- | --- | --- |"
BOTH = ("facebook:page", "instagram:profile", "meta_ads:account")


def read_sheet(sheet: Sheet) -> Extract | None:
    """Read a sheet; blocks that do not say whose they are count as Instagram's."""
    for accounts in (BOTH, BOTH[1:]):
        told = Told(accounts=accounts, observed_at=datetime(2026, 11, 1, 1))
        found = recognise(sheet, told)
        if not isinstance(found, Recognised):
            return None
        extract = found.export.read(found.source(sheet, told))
        if not extract.questions:
            return extract
    return extract


def rows_of(path: Path, root: Path) -> list[str]:
    """Return one line of the table per block of a file."""
    return [_row(path, root, sheet) for sheet in read_file(path)]


def _row(path: Path, root: Path, sheet: Sheet) -> str:
    extract = read_sheet(sheet)
    told = Told(accounts=BOTH[1:], observed_at=datetime(2026, 11, 1, 1))
    found = recognise(sheet, told)
    kind = f"`{found.export.key}`" if isinstance(found, Recognised) else "unknown"
    facts = {} if extract is None else {k: v for k, v in extract.facts.items() if k != "accounts"}
    failed = [] if extract is None else [c for c in extract.checks if c.state == "failed"]
    rows = ", ".join(f"{v.num_rows:,} {k}" for k, v in facts.items()) or "refused"
    sums = "; ".join(s for k, v in facts.items() for s in _sums(k, v))
    days = f"{extract.start} – {extract.end}" if extract and extract.start else ""
    left = f"{extract.aside_count:,} rows" if extract and extract.aside_count else ""
    if failed:
        left = failed[0].text.en.split(".")[0].split(",")[0]
    name = path.relative_to(root).as_posix()
    return f"| {name} | {sheet.name} | {kind} | {rows} | {sums} | {days} | {left} |"


def _sums(key: str, rows: pa.Table) -> list[str]:
    if key == "ad_results":
        whole = rows.filter(
            pc.and_(pc.equal(rows["level"], "account"), pc.equal(rows["breakdown"], ""))
        )
        rest = rows.filter(
            pc.invert(pc.and_(pc.equal(rows["level"], "account"), pc.equal(rows["breakdown"], "")))
        )
        return [
            *(f"total {s}" for s in _measures(key, whole)),
            *(f"rows {s}" for s in _measures(key, rest)),
        ]
    return _measures(key, rows)


def _measures(key: str, rows: pa.Table) -> list[str]:
    said = []
    for column in table_of(key).columns:
        if column.is_measure and column.kind not in ("average", "ratio"):
            if column.name in rows.column_names and rows[column.name].null_count < rows.num_rows:
                said.append(f"{column.name} {_shown(pc.sum(rows[column.name]).as_py())}")
        elif column.name == "share" and column.name in rows.column_names:
            said.append(f"share {pc.sum(rows[column.name]).as_py():.3f}")
    return said


def _shown(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{float(str(value)):,.2f}"
