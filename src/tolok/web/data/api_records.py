# ruff: noqa: ARG001 - addresses name the brand and the thing; the gate has found them
"""Operations on the team's own records: slots, costs, partnerships, deliverables, incidents …"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status
from ninja.pagination import paginate

from tolok.base import Text, UserError
from tolok.web.accounts.facts import engine_of
from tolok.web.accounts.models import Brand
from tolok.web.bodies import Body, FromFile, Words, both, judge
from tolok.web.operations import AT, Gate, access_of
from tolok.web.shell.language import point_of_page

from .record_form import RecordForm
from .record_pages import give_template, note_record, remove_record, rows_of
from .records import RECORDS, Record, Row

ROUTER = Router(tags=["records"])
_MOST_FIELDS = 40
_STRANGE = Text("{name} is no field of this kind of record.",
                "{name} bukan isian untuk jenis catatan ini.")  # fmt: skip
_KNOWN = Text("Its fields are: {known}.", "Isiannya: {known}.")


class FieldOut(Schema):
    """One field of a kind of record; `choices` are the only values where there are any."""

    name: str
    label: Words
    type: str
    is_needed: bool
    choices: list[str]


class KindOut(Schema):
    """One kind of record and its fields."""

    kind: str
    name: Words
    fields: list[FieldOut]


class RecordIn(Body):
    """The fields of a record; days like 2026-10-31, moments like 2026-10-31T14:05 by its clock."""

    fields: dict[str, str | float | bool | None] = Field(
        min_length=1, max_length=_MOST_FIELDS, examples=[{"cost": "Foto", "day": "2026-10-31"}]
    )


class RecordOut(Schema):
    """A record by its fields; moments in UTC."""

    key: str
    fields: dict[str, Any]


def has_kind(_brand: Brand, kind: str) -> bool:
    """Whether there is such a kind of record."""
    return kind in RECORDS


def has_record(brand: Brand, kind: str, key: str) -> bool:
    """Whether the brand has a record of that kind and name."""
    return kind in RECORDS and _find(brand, RECORDS[kind], key) is not None


def _find(brand: Brand, record: Record, key: str) -> dict[str, Any] | None:
    rows = rows_of(brand, record, engine_of(brand).view)
    return next((row for row in rows if row[record.key] == key), None)


def _out(record: Record, row: Row) -> RecordOut:
    told = {name: _plain(row.get(name)) for name in record.asks}
    return RecordOut(key=str(row[record.key]), fields=told)


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _typed(record: Record, body: RecordIn) -> dict[str, str]:
    """Return the fields as a person would type them in the language of the answer."""
    if strange := [name for name in body.fields if name not in record.asks]:
        raise UserError(_STRANGE, _KNOWN, name=strange[0][:40], known=", ".join(record.asks))
    return {name: _type(value) for name, value in body.fields.items() if value is not None}


def _type(value: str | float | bool) -> str:
    if isinstance(value, bool | str):
        return str(value)
    plain = f"{Decimal(str(value)):f}".removesuffix(".0")
    return point_of_page(plain)


@ROUTER.get(f"{AT}/record-kinds", response=list[KindOut], auth=Gate("bring"))
@paginate
def list_record_kinds(request: HttpRequest, brand: str) -> list[KindOut]:
    """List the kinds of records a team notes of its own work, and the fields of each."""
    return [
        KindOut(kind=key, name=both(record.table.name), fields=[
            FieldOut(name=name, label=both(record.label(name)), type=record.column(name).type,
                     is_needed=ask.is_needed, choices=list(ask.choices))
            for name, ask in record.asks.items()
        ])
        for key, record in RECORDS.items()
    ]  # fmt: skip


@ROUTER.get(f"{AT}/records/{{slug:kind}}", response=list[RecordOut], auth=Gate("bring", has_kind))
@paginate
def list_records(request: HttpRequest, brand: str, kind: str) -> list[RecordOut]:
    """List the records of one kind by name."""
    found, record = access_of(request).brand, RECORDS[kind]
    rows = rows_of(found, record, engine_of(found).view)
    return [_out(record, row) for row in sorted(rows, key=lambda r: str(r[record.key]))]


@ROUTER.post(f"{AT}/records/{{slug:kind}}", response={201: RecordOut}, auth=Gate("bring", has_kind))
def create_record(request: HttpRequest, brand: str, kind: str, body: RecordIn) -> Status:
    """Note a record; a name that is taken is refused."""
    access, record = access_of(request), RECORDS[kind]
    rows = rows_of(access.brand, record, engine_of(access.brand).view)
    taken = frozenset(str(row[record.key]).lower() for row in rows)
    form = judge(RecordForm(_typed(record, body), record=record, brand=access.brand, taken=taken))
    return Status(201, _out(record, note_record(request, access, form)))


@ROUTER.get(f"{AT}/records/{{slug:kind}}/template.csv", auth=Gate("bring", has_kind))
def get_record_template(request: HttpRequest, brand: str, kind: str) -> HttpResponse:
    """Give out the empty spreadsheet of a kind, for many records at once."""
    return give_template(RECORDS[kind])


@ROUTER.put(
    f"{AT}/records/{{slug:kind}}/one/{{path:key}}", response=RecordOut,
    auth=Gate("bring", has_record),
)  # fmt: skip
def change_record(
    request: HttpRequest, brand: str, kind: str, key: str, body: RecordIn
) -> RecordOut:
    """Write a record anew as a whole; its name stays."""
    access, record = access_of(request), RECORDS[kind]
    form = judge(
        RecordForm(_typed(record, body), record=record, brand=access.brand,
                   standing=_find(access.brand, record, key))
    )  # fmt: skip
    return _out(record, note_record(request, access, form))


@ROUTER.delete(
    f"{AT}/records/{{slug:kind}}/one/{{path:key}}", response={204: None},
    auth=Gate("bring", has_record),
)  # fmt: skip
def delete_record(request: HttpRequest, brand: str, kind: str, key: str) -> Status:
    """Take away a record that was noted here; one that a file brought stays."""
    if not remove_record(request, access_of(request), RECORDS[kind], key):
        raise FromFile
    return Status(204, None)
