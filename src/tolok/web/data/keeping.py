"""What becomes of a brand's data when the brand is exported or deleted."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models.signals import post_delete

from tolok.base import Home
from tolok.lake import Lake, erase_brand
from tolok.web.accounts.dossier import brand_deleting, brand_exporting
from tolok.web.accounts.facts import lake_of, workspace_of
from tolok.web.accounts.models import Brand

from .models import Drop


def listen() -> None:
    """Answer the brand's export and its end; called once at start."""
    brand_exporting.connect(give_files, dispatch_uid="data.give_files")
    brand_deleting.connect(erase_all, dispatch_uid="data.erase_all")
    post_delete.connect(forget_files, sender=Drop, dispatch_uid="data.forget_files")


def forget_files(sender: Any, instance: Drop, **_more: Any) -> None:  # noqa: ARG001
    """Delete the files of a drop that is gone, whoever removed it."""
    instance.forget_files()


def give_files(sender: Any, brand: Brand, **_more: Any) -> list[tuple[str, bytes | Path]]:  # noqa: ARG001
    """Return every file the brand brought in, with a list of its imports, and its KPI file."""
    lake = lake_of(brand)
    mine = [b for b in lake.catalogue.batches(with_withdrawn=True) if b.brand == brand.slug]
    listed = [
        {"number": b.seq, "recorded_at": b.recorded_at.isoformat(), "kind": b.source,
         "file": b.file, "name": b.file_name, "note": b.note,
         "withdrawn_at": b.withdrawn_at.isoformat() if b.withdrawn_at else None}
        for b in mine
    ]  # fmt: skip
    given: list[tuple[str, bytes | Path]] = [
        ("data/imports.json", json.dumps(listed, indent=2, ensure_ascii=False).encode())
    ]
    for batch in {b.file: b for b in mine if b.file}.values():
        place = lake.raw.path_of(batch.file or "")
        given.append((f"data/files/{(batch.file or '')[:12]}-{batch.file_name}", place))
    kpis = workspace_of(brand).kpi_file(brand.slug)
    return [*given, ("kpis.toml", kpis)] if kpis.exists() else given


def erase_all(sender: Any, workspace_key: str, slug: str, **_more: Any) -> None:  # noqa: ARG001
    """Erase every fact, import and file of a brand that is gone; its KPI file goes too."""
    workspace = Home(settings.TOLOK_HOME).workspace(workspace_key)
    kpis = workspace.kpi_file(slug)
    for path in (kpis, kpis.with_suffix(".lock"), workspace.brand_file(slug)):
        path.unlink(missing_ok=True)
    # Kept judgements do not say whose they are; they are only worked out again.
    shutil.rmtree(settings.TOLOK_HOME / "cache" / "kpi", ignore_errors=True)
    if workspace.lake_folder.exists():
        erase_brand(Lake(workspace.lake_folder), slug)
