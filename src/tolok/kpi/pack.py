"""KPI packs: all a brand's KPIs, versions, checks, reviews, claims and activities in one open file.

A pack is TOML text. Taken into an empty place and given out again it is byte for byte the same.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli_w

from tolok.base import Workspace
from tolok.lake import Lake, LakeView

from .kpi_file import parse_kpi, read_kpis, write_kpi, write_kpis
from .ledger import read_facts, write_facts
from .open_rows import bad_file, row_from_toml, row_to_toml

FORMAT = 1
TABLES = ("kpi_versions", "kpi_checks", "reviews", "insights", "activities")


def export_pack(workspace: Workspace, lake: Lake, brand: str) -> str:
    """Return the brand's pack as TOML text."""
    view = LakeView(lake)
    told: dict[str, Any] = {"tolok_kpi_pack": FORMAT, "brand": brand}
    kpis = [write_kpi(k) for k in read_kpis(workspace.kpi_file(brand))]
    if kpis:
        told["kpi"] = kpis
    for table in TABLES:
        rows = [row_to_toml(r) for r in read_facts(view, brand, table)]
        if rows:
            told[table] = rows
    return tomli_w.dumps(told)


def import_pack(workspace: Workspace, lake: Lake, brand: str, text: str) -> Mapping[str, int]:
    """Take a pack into a brand and return how many rows of each kind came in.

    What is there stays; of the same version, check or claim the pack's wording wins. Raises
    UserError when the text is no pack, before anything is written.
    """
    told = _read(text)
    kpis = [parse_kpi(entry, number) for number, entry in enumerate(told.get("kpi", ()), 1)]
    rows = {t: [row_from_toml(t, r) for r in told.get(t, ())] for t in TABLES if told.get(t)}
    if rows:
        write_facts(lake, brand, rows)
    standing = {k.key: k for k in read_kpis(workspace.kpi_file(brand))}
    merged = [*(standing | {k.key: k for k in kpis}).values()]
    if merged:
        write_kpis(workspace.kpi_file(brand), merged)
    return {"kpi": len(kpis), **{t: len(r) for t, r in rows.items()}}


def read_pack(path: Path) -> str:
    """Return a pack's text from its file; raises UserError when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise bad_file(str(error)) from None


def _read(text: str) -> Mapping[str, Any]:
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise bad_file(str(error)) from None
    if told.get("tolok_kpi_pack") != FORMAT:
        raise bad_file("tolok_kpi_pack = 1")
    unknown = set(told) - {"tolok_kpi_pack", "brand", "kpi", *TABLES}
    if unknown:
        raise bad_file(", ".join(sorted(unknown)))
    return told
