"""Everything about a brand: handed out as an archive, or deleted for good."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.core import serializers
from django.db import connection, router, transaction
from django.db.models import Model
from django.db.models.deletion import Collector
from django.dispatch import Signal

from tolok.web.jobs.models import Job

from . import answers
from .facts import answers_folder, answers_folder_of
from .models import ApiToken, AuditEntry, Brand, Invitation
from .tokens import take_brand_out

# Areas that keep things outside the database (the lake, files) answer these two:
# `brand_exporting` receivers return [(name in the archive, path of a file or bytes), …];
# `brand_deleting` receivers remove what is theirs, after the rows are gone for good.
# `person_erased` receivers forget what they made of a person's data (they get `brand`, `name`).
brand_exporting = Signal()
brand_deleting = Signal()
person_erased = Signal()

_SECRET = {"digest", "password", "totp_secret"}
_UNSAID: tuple[type[Model], ...] = (ApiToken, ApiToken.brands.through, Invitation)


def export_brand(brand: Brand) -> bytes:
    """Return a ZIP archive with every row and file that belongs to the brand, no secrets."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("about.json", json.dumps(_about(brand), indent=2, ensure_ascii=False))
        for name, rows in _tables(brand):
            archive.writestr(f"tables/{name}.json", _dump(rows))
        archive.writestr("tables/audit.json", _dump(_audit_rows(brand)))
        for name, content in _extra_files(brand):
            if isinstance(content, Path):
                archive.write(content, name)
            else:
                archive.writestr(name, content)
    return out.getvalue()


def delete_brand(brand: Brand) -> None:
    """Delete a brand with all its rows, then what areas keep elsewhere; it cannot be undone."""
    with transaction.atomic():
        key, slug, brand_id = brand.workspace.key, brand.slug, brand.pk
        # What is under way for the brand loses its hold and writes nothing more.
        Job.objects.filter(brand_id=brand_id).delete()
        # Who did something when stays, not what it was about.
        AuditEntry.objects.filter(workspace=brand.workspace, brand_slug=slug).exclude(
            action="deleted_brand"
        ).update(thing="", detail={})
        take_brand_out(brand, ApiToken.objects.all())
        brand.delete()
        transaction.on_commit(lambda: _forget(key, slug, brand_id))


def _forget(key: str, slug: str, brand_id: int) -> None:
    brand_deleting.send(Brand, workspace_key=key, slug=slug, brand_id=brand_id)
    answers.forget_all(answers_folder_of(key, slug))
    fold_database()


def forget_person(brand: Brand, name: str) -> None:
    """Forget what was made of a person's data outside the lake, after it was erased there."""
    person_erased.send(Brand, brand=brand, name=name)
    answers.forget_all(answers_folder(brand))
    fold_database()


def fold_database() -> None:
    """Leave nothing of deleted rows beside the database; a server of its own sees to that itself."""
    # Inside a transaction nothing can be folded yet: whoever commits it calls again.
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _about(brand: Brand) -> dict[str, str]:
    made = datetime.now(UTC).isoformat(timespec="seconds")
    return {"brand": brand.name, "slug": brand.slug, "workspace": brand.workspace.name, "at": made}


def _tables(brand: Brand) -> Iterator[tuple[str, list[Model]]]:
    # Whatever would be deleted with the brand belongs to it: new tables need no entry here.
    collector = Collector(using=router.db_for_read(Brand) or "default")
    collector.can_fast_delete = lambda *_args, **_names: False  # type: ignore[method-assign]
    collector.collect([brand])
    for model, rows in collector.data.items():
        if model not in _UNSAID:
            yield model._meta.label_lower, sorted(rows, key=lambda row: str(row.pk))


def _audit_rows(brand: Brand) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(workspace=brand.workspace, brand_slug=brand.slug))


def _dump(rows: list[Model] | list[AuditEntry]) -> str:
    values = serializers.serialize("python", rows)
    plain = [
        {"id": row["pk"]} | {k: v for k, v in row["fields"].items() if k not in _SECRET}
        for row in values
    ]
    return json.dumps(plain, indent=1, ensure_ascii=False, default=_say)


def _say(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _extra_files(brand: Brand) -> Iterator[tuple[str, Path | bytes]]:
    for _receiver, files in brand_exporting.send(Brand, brand=brand):
        yield from files or ()
