"""The sample's files read and merged, against the figures its truth says they must show."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

from tolok.connectors import Extract, Recognised, Told, recognise
from tolok.connectors.reading import read_file
from tolok.lake import table_of

_SAMPLE = Path(str(files("tolok.sample")))
_TABLES = (
    "posts", "post_days", "account_days", "account_periods", "audience", "ad_results",
    "site_traffic", "accounts",
)  # fmt: skip


def read_exports(path: Path, **told: Any) -> list[Extract]:
    """Return the extract of every sheet of a file; each must be recognised."""
    found = []
    for sheet in read_file(path):
        known = {"file_name": path.name} | told
        kind = recognise(sheet, Told(**known))
        assert isinstance(kind, Recognised), f"{sheet.source} {sheet.name}: {kind}"
        found.append(kind.export.read(kind.source(sheet, Told(**known))))
    return found


def sample_files(folder: str) -> Iterator[tuple[Path, Told]]:
    """Yield the sample's files of a folder, oldest export first, with what is told of each."""
    told = tomllib.loads((_SAMPLE / "exports" / "accounts.toml").read_text("utf-8"))
    seen = {k: v.astimezone(UTC).replace(tzinfo=None) for k, v in told["observed"].items()}
    for name in sorted((n for n in seen if n.startswith(folder + "/")), key=lambda n: seen[n]):
        path = _SAMPLE / "exports" / name
        yield path, Told(accounts=(told["folders"][folder],), observed_at=seen[name],
                         file_name=path.name)  # fmt: skip


def differences(folder: str) -> list[str]:
    """Return where the files of a folder, merged, differ from the sample's truth."""
    merged = _merge(folder)
    found: list[str] = []
    for table in _TABLES:
        truth = _truth(table, folder)
        mine = merged.get(table, {})
        if table != "accounts":  # names come from the brand's profile
            found += [f"{table} {key}: only in the files" for key in mine.keys() - truth.keys()]
        for key, row in truth.items():
            if key not in mine:
                if table != "accounts":
                    found.append(f"{table} {key}: only in the truth")
                continue
            found += [f"{table} {key}: {said}" for said in _compare(table, row, mine[key])]
    return found


def _merge(folder: str) -> dict[str, dict[tuple, dict[str, Any]]]:
    merged: dict[str, dict[tuple, dict[str, Any]]] = {}
    for path, told in sample_files(folder):
        known = {n: getattr(told, n) for n in ("accounts", "observed_at", "file_name")}
        for extract in read_exports(path, **known):
            assert not extract.questions, [q.text.en for q in extract.questions]
            assert "failed" not in {c.state for c in extract.checks}, extract.checks
            for table, rows in extract.facts.items():
                keys = table_of(table).natural_key[1:]
                kept = merged.setdefault(table, {})
                for row in rows.to_pylist():
                    known_row = kept.setdefault(tuple(str(row[k]) for k in keys), {})
                    known_row.update({k: v for k, v in row.items() if v is not None})
    return merged


def _truth(table: str, folder: str) -> dict[tuple, dict[str, str]]:
    platform = folder.split("-", 1)[0] + ":"
    keys = table_of(table).natural_key[1:]
    with (_SAMPLE / "truth" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        rows = [r for r in csv.DictReader(stream) if r[keys[0]].startswith(platform)]
    return {tuple(r[k] for k in keys): r for r in rows}


def _compare(table: str, truth: dict[str, str], mine: dict[str, Any]) -> Iterator[str]:
    for column in table_of(table).columns:
        stated, have = truth.get(column.name, ""), mine.get(column.name)
        if column.kind == "attribute" and not stated:
            continue
        if table == "accounts" and column.name == "name":
            continue
        if have in (None, "") or stated == "":
            if not (have in (None, "") and stated == ""):
                yield f"{column.name}: truth {stated!r}, files {have!r}"
        elif not _same(stated, have):
            yield f"{column.name}: truth {stated!r}, files {have!r}"


def _same(stated: str, have: Any) -> bool:
    if isinstance(have, bool | str):
        return stated == str(have)
    if isinstance(have, datetime):
        return stated == have.isoformat(sep=" ")
    if isinstance(have, int):
        return int(stated) == have
    if isinstance(have, Decimal):
        return Decimal(stated) == have
    if isinstance(have, float):
        return abs(float(stated) - have) <= 1e-9 * max(1.0, abs(have))
    return stated == str(have)
