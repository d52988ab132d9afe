"""What becomes of a brand's data when the brand is exported or deleted."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from django.db.models.signals import post_delete
from pyarrow.csv import write_csv

from tolok.base import Home
from tolok.intake.topics import topics_file
from tolok.lake import Lake, LakeView, erase_brand, load_tables
from tolok.web.accounts.dossier import brand_deleting, brand_exporting, person_erased
from tolok.web.accounts.facts import lake_of, workspace_of
from tolok.web.accounts.models import Brand

from .models import Drop


def listen() -> None:
    """Answer the brand's export and its end; called once at start."""
    brand_exporting.connect(give_files, dispatch_uid="data.give_files")
    brand_deleting.connect(erase_all, dispatch_uid="data.erase_all")
    person_erased.connect(forget_taken, dispatch_uid="data.forget_taken")
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
    for batch in {b.file: b for b in mine if b.file and lake.raw.has(b.file)}.values():
        place = lake.raw.path_of(batch.file or "")
        given.append((f"data/files/{(batch.file or '')[:12]}-{batch.file_name}", place))
    given += _facts_of(brand)
    workspace = workspace_of(brand)
    for name, path in (
        ("kpis.toml", workspace.kpi_file(brand.slug)),
        ("topics.toml", topics_file(workspace.folder, brand.slug)),
    ):
        if path.exists():
            given.append((name, path))
    return given


def _facts_of(brand: Brand) -> Iterator[tuple[str, bytes]]:
    """Yield every fact of the brand as it stands, a table each, typed-in ones too."""
    view = LakeView(lake_of(brand))
    for key in load_tables():
        if view.is_empty(key):
            continue
        table = view.table(key)
        rows = table.filter(table.brand == brand.slug).to_pyarrow()
        if rows.num_rows:
            out = io.BytesIO()
            write_csv(_harmless(rows), out)
            yield f"data/facts/{key}.csv", out.getvalue()


def _harmless(rows: pa.Table) -> pa.Table:
    """Return the rows with no text a spreadsheet would take for a formula."""
    for place, field in enumerate(rows.schema):
        if pa.types.is_string(field.type):
            column = rows[field.name]
            odd = pc.match_substring_regex(column, r"^[=+\-@\t\r\n]")
            safe = pc.if_else(odd, pc.binary_join_element_wise("'", column, ""), column)
            rows = rows.set_column(place, field.name, safe)
    return rows


def forget_taken(sender: Any, brand: Brand, **_more: Any) -> None:  # noqa: ARG001
    """Forget what was found in files that are taken: their verdicts may quote a person."""
    for drop in Drop.objects.filter(brand=brand, state=Drop.State.TAKEN):
        drop.delete()


def erase_all(sender: Any, workspace_key: str, slug: str, **_more: Any) -> None:  # noqa: ARG001
    """Erase every fact, import and file of a brand that is gone; its KPI file goes too."""
    workspace = Home(settings.TOLOK_HOME).workspace(workspace_key)
    kpis = workspace.kpi_file(slug)
    topics = topics_file(workspace.folder, slug)
    for path in (kpis, kpis.with_suffix(".lock"), workspace.brand_file(slug), topics):
        path.unlink(missing_ok=True)
    # Kept judgements and pictures do not say whose they are; they are only made again.
    shutil.rmtree(settings.TOLOK_HOME / "cache" / "kpi", ignore_errors=True)
    shutil.rmtree(Path(settings.MEDIA_ROOT) / "logos", ignore_errors=True)
    if workspace.lake_folder.exists():
        erase_brand(Lake(workspace.lake_folder), slug)
