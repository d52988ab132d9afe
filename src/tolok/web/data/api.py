# ruff: noqa: ARG001 - addresses name the brand; the gate has found it
"""Operations on what is held of one person: find it, hand it out, erase it; those on files beside.

The name travels in the body, so that no address keeps it.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from tolok.base import Text, UserError
from tolok.web.accounts import audit
from tolok.web.operations import AT, Gate, access_of

from . import api_columns, api_files, api_imports, api_records
from .person import counted, erase_soon, held_of, plain_rows

ROUTER = Router(tags=["persons"])
ROUTER.add_router("", api_imports.ROUTER, tags=["imports"])
ROUTER.add_router("", api_columns.ROUTER, tags=["imports"])
ROUTER.add_router("", api_files.ROUTER, tags=["data"])
ROUTER.add_router("", api_records.ROUTER, tags=["records"])


class PersonIn(Schema):
    """Whom to look for: a name, e-mail, handle or customer number as it stands in the files."""

    name: str = Field(min_length=1, max_length=200, examples=["rara@example.com"])


class EraseIn(PersonIn):
    """Whom to erase; the name is given twice, so that nobody is erased by accident."""

    again: str = Field(max_length=200)


class HeldOut(Schema):
    """How many rows of each table name the person."""

    rows: int
    tables: dict[str, int]


class RowsOut(Schema):
    """The rows that name the person, by table, with all that is known in them."""

    tables: dict[str, list[dict[str, Any]]]


class ErasingOut(Schema):
    """The job that erases, to be looked after like any other."""

    job: int
    state: str


@ROUTER.post(f"{AT}/persons/find", response=HeldOut, auth=Gate("persons"))
def find_person(request: HttpRequest, brand: str, body: PersonIn) -> HeldOut:
    """Return how many rows name a person, by table."""
    tables = counted(held_of(access_of(request).brand, body.name))
    return HeldOut(rows=sum(tables.values()), tables=dict(tables))


@ROUTER.post(f"{AT}/persons/export", response=RowsOut, auth=Gate("persons"))
def export_person(request: HttpRequest, brand: str, body: PersonIn) -> RowsOut:
    """Return every row that names a person."""
    access = access_of(request)
    audit.record(request, "exported_person", brand=access.brand)
    return RowsOut(tables=plain_rows(held_of(access.brand, body.name)))


@ROUTER.post(f"{AT}/persons/erase", response={202: ErasingOut}, auth=Gate("persons"))
def erase_person(request: HttpRequest, brand: str, body: EraseIn) -> Status:
    """Erase what names a person, and the words the person wrote; it cannot be undone."""
    access = access_of(request)
    if body.name.strip().lower() != body.again.strip().lower() or not body.name.strip(" @"):
        raise UserError(
            Text("The two names differ.", "Kedua nama itu berbeda."),
            Text("Give the same name twice; nothing was erased.",
                 "Tulis nama yang sama dua kali; belum ada yang dihapus."),
        )  # fmt: skip
    job = erase_soon(access, body.name.strip())
    audit.record(request, "erased_person", brand=access.brand)
    return Status(202, ErasingOut(job=job.pk, state=job.state))
