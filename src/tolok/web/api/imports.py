# ruff: noqa: ARG001 - addresses name the brand and the thing; the gate has found them
"""Operations that bring data in: an uploaded export, and what became of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from tolok.web.accounts import audit
from tolok.web.accounts.models import Brand
from tolok.web.jobs import queue
from tolok.web.jobs.models import Job
from tolok.web.operations import Gate, access_of

from .uploads import keep_upload

ROUTER = Router(tags=["imports"])


class ImportOut(Schema):
    """An import: how far it is, and when it is done what became of each file.

    `is_stopping` is true from the moment somebody asked it to stop. An import is forgotten 30 days
    after its end.
    """

    id: int
    state: str
    is_stopping: bool
    files: list[dict[str, Any]]
    trouble: dict[str, str]


def has_import(brand: Brand, number: int) -> bool:
    """Whether the brand has the import."""
    mine = Job.objects.filter(kind="api.import", brand_id=brand.pk)
    return 0 < int(number) < 2**63 and mine.filter(pk=number).exists()


def _tell(row: Job) -> ImportOut:
    return ImportOut(
        id=row.pk,
        state=row.state,
        is_stopping=row.is_open and row.cancel_asked,
        files=row.result.get("files", []),
        trouble=row.trouble,
    )


@ROUTER.post("/brands/{slug:brand}/imports", response={202: ImportOut}, auth=Gate("bring"))
def create_import(
    request: HttpRequest,
    brand: str,
    file: File[UploadedFile],
    account: str = "",
) -> Status:
    """Upload an export of a platform; it is examined and taken in the background."""
    access = access_of(request)
    key = keep_upload(file)
    row = queue.enqueue(
        "api.import", {"upload": key, "accounts": [account[:120]] if account else []},
        brand_id=access.brand.pk, made_by_id=access.user.pk,
    )  # fmt: skip
    audit.record(request, "imported", brand=access.brand, thing=file.name or "")
    return Status(202, _tell(row))


@ROUTER.get(
    "/brands/{slug:brand}/imports/{int:number}", response=ImportOut, auth=Gate("see", has_import)
)
def get_import(request: HttpRequest, brand: str, number: int) -> ImportOut:
    """Return how far an import is."""
    return _tell(Job.objects.get(pk=number))


@ROUTER.post(
    "/brands/{slug:brand}/imports/{int:number}/stop", response=ImportOut,
    auth=Gate("bring", has_import),
)  # fmt: skip
def stop_import(request: HttpRequest, brand: str, number: int) -> ImportOut:
    """Ask an import to stop: one that waits ends at once, one that runs before its next file shows.

    What was taken before stays; one that has ended stays as it is.
    """
    queue.cancel(number)
    return _tell(Job.objects.get(pk=number))
