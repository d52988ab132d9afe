# ruff: noqa: ARG001 - addresses name the brand and the thing; the gate has found them
"""Operations on what is in: accounts, months, imports and their files, the team's own numbers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponseBase, QueryDict
from ninja import Field, Router, Schema, Status
from ninja.pagination import paginate

from tolok.base import Text, UserError
from tolok.lake import Batch
from tolok.web.accounts.facts import engine_of
from tolok.web.accounts.models import Brand
from tolok.web.bodies import Body, tell_row
from tolok.web.operations import AT, Gate, access_of, still_there

from .connected import lines_of, months_of
from .history import batches_of, find_batch, give_raw, take_back
from .own import keep_numbers, read_grid

ROUTER = Router(tags=["data"])
Number = Annotated[int, Field(ge=0, lt=2**53)]
_NO_GRID = Text("The account, the month or a column is not known.",
                "Akun, bulan, atau kolomnya tidak dikenal.")  # fmt: skip
_LIKE = Text("Write the account like instagram:kopi and the month like 2026-10.",
             "Tulis akun seperti instagram:kopi dan bulan seperti 2026-10.")  # fmt: skip
_NO_DAY = Text("{day} is no day of this month.", "{day} bukan hari dalam bulan ini.")


class AccountOut(Schema):
    """An account: which days and posts of it are there."""

    account: str
    name: str
    days: int
    first: date | None
    last: date | None
    posts: int
    last_post: date | None


class MonthOut(Schema):
    """How many days of a month are there of how many that should be."""

    month: str
    have: int
    expected: int
    posts: int
    state: str


class CoverageOut(Schema):
    """The months of one account."""

    name: str
    months: list[MonthOut]


class BatchOut(Schema):
    """A file that was brought in; `is_taken_back` when its figures count no longer."""

    number: int
    file: str
    digest: str | None
    recorded_at: datetime
    rows: dict[str, int]
    set_aside: int
    accounts: list[str]
    is_taken_back: bool


class NumbersIn(Body):
    """The team's own numbers of an account and month: per day, by column such as followers."""

    account: str = Field(min_length=3, max_length=120, examples=["instagram:kopi"])
    month: str = Field(min_length=7, max_length=7, examples=["2026-10"])
    days: dict[date, dict[str, Number]] = Field(min_length=1, max_length=31)


class CountOut(Schema):
    """How many there were."""

    count: int


def has_file(brand: Brand, number: int) -> bool:
    """Whether what the brand brought in under that number is a file; numbers typed in are none."""
    found = find_batch(brand, int(number))
    return found is not None and found.file is not None


def has_batch(brand: Brand, number: int) -> bool:
    """Whether the brand brought in a file under that number."""
    return find_batch(brand, int(number)) is not None


def _batch(batch: Batch) -> BatchOut:
    rows: dict[str, Any] = batch.note.get("rows", {})
    return BatchOut(
        number=batch.seq, file=batch.file_name or "", digest=batch.file,
        recorded_at=batch.recorded_at, rows=rows, set_aside=batch.note.get("set_aside", 0),
        accounts=list(batch.note.get("accounts", ())),
        is_taken_back=batch.withdrawn_at is not None,
    )  # fmt: skip


@ROUTER.get(f"{AT}/accounts", response=list[AccountOut], auth=Gate("see"))
@paginate
def list_accounts(request: HttpRequest, brand: str) -> list[AccountOut]:
    """List the accounts that are in, and which days and posts of each."""
    found = access_of(request).brand
    return [tell_row(AccountOut, line) for line in lines_of(found, engine_of(found))]


@ROUTER.get(f"{AT}/coverage", response=list[CoverageOut], auth=Gate("see"))
@paginate
def list_coverage(request: HttpRequest, brand: str) -> list[CoverageOut]:
    """List per account how many days of the last months are there."""
    found = access_of(request).brand
    months, rows = months_of(found, engine_of(found))
    return [
        CoverageOut(name=name, months=[
            MonthOut(month=f"{month:%Y-%m}", have=c.have, expected=c.expected, posts=c.posts,
                     state=c.state)
            for month, c in zip(months, cells, strict=True)
        ])
        for name, cells in rows
    ]  # fmt: skip


@ROUTER.get(f"{AT}/files", response=list[BatchOut], auth=Gate("see"))
@paginate
def list_files(request: HttpRequest, brand: str) -> list[BatchOut]:
    """List the files that were brought in, the latest first."""
    return [_batch(b) for b in reversed(batches_of(access_of(request).brand))]


@ROUTER.delete(f"{AT}/files/{{int:number}}", response={204: None}, auth=Gate("bring", has_batch))
def undo_import(request: HttpRequest, brand: str, number: int) -> Status:
    """Take an import back: its figures count no longer, its file is kept."""
    access = access_of(request)
    found = still_there(find_batch(access.brand, number))
    take_back(request, access, found)
    return Status(204, None)


@ROUTER.get(f"{AT}/files/{{int:number}}/raw", auth=Gate("export", has_file))
def get_raw_file(request: HttpRequest, brand: str, number: int) -> HttpResponseBase:
    """Give out a file as it came in."""
    access = access_of(request)
    found = still_there(find_batch(access.brand, number))
    return give_raw(access.brand, found.file or "")


@ROUTER.put(f"{AT}/own-numbers", response=CountOut, auth=Gate("bring"))
def put_own_numbers(request: HttpRequest, brand: str, body: NumbersIn) -> CountOut:
    """Write the team's own numbers of an account and month; returns how many were new."""
    access = access_of(request)
    engine = engine_of(access.brand)
    asked = QueryDict(mutable=True)
    asked.update({"account": body.account, "month": body.month})
    columns = sorted({name for told in body.days.values() for name in told})
    asked.setlist("column", columns)
    grid = read_grid(access.brand, engine, asked)
    if grid is None or {c.name for c in grid.columns} != set(columns):
        raise UserError(_NO_GRID, _LIKE)
    known = set(grid.days)
    if strange := [day for day in body.days if day not in known]:
        raise UserError(_NO_DAY, day=strange[0].isoformat())
    changed = {
        (day, name): value
        for day, told in body.days.items() for name, value in told.items()
        if grid.values.get((day, name)) != value
    }  # fmt: skip
    if changed:
        keep_numbers(request, access, grid, changed)
    return CountOut(count=len(changed))
