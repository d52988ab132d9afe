"""Versions of KPIs: every change is a new one, and each stays readable as it was at its date."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import tomli_w

from tolok.base import Workspace
from tolok.lake import Lake, LakeView

from .kpi import Kpi
from .kpi_file import parse_kpi, read_kpis, write_kpi, write_kpis
from .ledger import read_facts, write_facts


@dataclass(frozen=True)
class Version:
    """A KPI as it was written at one moment (naive UTC), by whom and why."""

    kpi: Kpi
    number: int
    at: datetime
    made_by: str | None = None
    note: str | None = None


def versions_of(view: LakeView, brand: str, key: str | None = None) -> list[Version]:
    """Return the versions of one KPI, or of all, in the order they were made."""
    rows = read_facts(view, brand, "kpi_versions")
    found = [
        Version(read_definition(r["definition"]), r["version"], r["made_at"], r["made_by"], r["note"])
        for r in rows if key is None or r["kpi"] == key
    ]  # fmt: skip
    return sorted(found, key=lambda v: (v.at, v.kpi.key, v.number))


def kpis_as_of(view: LakeView, brand: str, moment: datetime) -> tuple[Kpi, ...]:
    """Return the KPIs as they were at a moment, in the order in which they were first written."""
    last: dict[str, Kpi] = {}
    for version in versions_of(view, brand):
        if version.at <= moment:
            last[version.kpi.key] = version.kpi
    return tuple(last.values())


def record_kpis(
    lake: Lake,
    brand: str,
    kpis: Iterable[Kpi],
    *,
    by: str | None = None,
    note: str | None = None,
    at: datetime | None = None,
) -> list[Version]:
    """Write a new version of each KPI that changed; returns those. An unchanged KPI has none."""
    moment = at or datetime.now(UTC).replace(tzinfo=None)
    last = {v.kpi.key: v for v in versions_of(LakeView(lake), brand)}
    fresh = []
    for kpi in kpis:
        before = last.get(kpi.key)
        if before is None or before.kpi != kpi:
            fresh.append(Version(kpi, before.number + 1 if before else 1, moment, by, note))
    if fresh:
        write_facts(lake, brand, {"kpi_versions": [_row(v) for v in fresh]}, at=at)
    return fresh


def keep_kpis(
    workspace: Workspace,
    lake: Lake,
    brand: str,
    kpis: Iterable[Kpi],
    *,
    by: str | None = None,
    note: str | None = None,
    at: datetime | None = None,
) -> list[Version]:
    """Write the KPI file and a version of each KPI that changed; returns those."""
    kept = tuple(kpis)
    fresh = record_kpis(lake, brand, kept, by=by, note=note, at=at)
    write_kpis(workspace.kpi_file(brand), kept)
    return fresh


def change_kpi(
    workspace: Workspace,
    lake: Lake,
    brand: str,
    kpi: Kpi,
    *,
    by: str | None = None,
    note: str | None = None,
    at: datetime | None = None,
) -> list[Version]:
    """Put one KPI, new or changed, into the brand's KPI file and write its version."""
    standing = read_kpis(workspace.kpi_file(brand))
    known = any(k.key == kpi.key for k in standing)
    kpis = tuple(kpi if k.key == kpi.key else k for k in standing) if known else (*standing, kpi)
    return keep_kpis(workspace, lake, brand, kpis, by=by, note=note, at=at)


def write_definition(kpi: Kpi) -> str:
    """Return a KPI as a table of a KPI file, in TOML text."""
    return tomli_w.dumps(write_kpi(kpi))


def read_definition(text: str) -> Kpi:
    """Read a KPI from the TOML text of one table."""
    return parse_kpi(tomllib.loads(text))


def _row(version: Version) -> dict[str, object]:
    kpi = version.kpi
    return {
        "kpi": kpi.key, "version": version.number, "made_at": version.at, "name": kpi.name,
        "metric": kpi.metric, "state": kpi.state, "area": kpi.area, "owner": kpi.owner,
        "rhythm": kpi.rhythm, "definition": write_definition(kpi), "made_by": version.made_by,
        "note": version.note,
    }  # fmt: skip
