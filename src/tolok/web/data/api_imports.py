# ruff: noqa: ARG001 - addresses name the brand and the import; the gate has found them
"""Operations that bring files in: send one, see what became of it, answer what it does not say."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_noop
from ninja import Field, File, Query, Router, Schema, Status
from ninja.files import UploadedFile

from tolok.base import Text, UserError
from tolok.intake import read_kinds
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access
from tolok.web.accounts.facts import engine_of
from tolok.web.accounts.models import Brand
from tolok.web.bodies import Body, Words
from tolok.web.jobs import queue
from tolok.web.jobs.models import Job
from tolok.web.operations import AT, Gate, access_of, has_row, read_period

from .answering import check_kind
from .drop import forget_drop, ready_names, start_work, take_ready
from .models import Drop
from .telling import KINDS_APART, tell_file
from .uploads import MOST_BYTES_OF_A_FILE, keep_files

ROUTER = Router(tags=["imports"])
KIND = "api.import"
_AT = f"{AT}/imports"
_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)
_KEYS = {"year": "observed"}  # both are answered by the day of the export
_EMPTY = Text("The file {name} is empty.", "Berkas {name} kosong."), Text(
    "Export it again.", "Ekspor lagi."
)  # fmt: skip
_LARGE = Text("The file {name} is larger than {limit} MB.",
              "Berkas {name} lebih dari {limit} MB."), Text(
    "Send a shorter period.", "Kirim periode yang lebih pendek."
)  # fmt: skip
_NOT_OPEN = Text("This import does not wait for anything.", "Impor ini tidak menunggu apa-apa."), Text(
    "Look at its state: it is being worked on, or all of it is done.",
    "Lihat statusnya: sedang dikerjakan, atau semuanya sudah selesai.",
)  # fmt: skip
_NONE_READY = Text("No file of this import is ready to be taken.",
                   "Tidak ada berkas dari impor ini yang siap diambil."), Text(
    "Answer its questions or name its columns first.",
    "Jawab pertanyaannya atau sebutkan arti kolomnya dulu.",
)  # fmt: skip


class NotOpen(UserError):  # noqa: N818 - what happened, not whose fault
    """An import was told something it does not wait for, or not now."""

    code = "conflict"


class Answers(Body):
    """What files do not say themselves; left out is what the brand's settings or the file say."""

    account: str | None = Field(
        None, max_length=200, pattern=r"^([A-Za-z0-9_-]+:.*\S.*)?$", examples=["instagram:kopi"],
        description=gettext_noop("whose figures they are, as platform:name"),
    )  # fmt: skip
    period: str | None = Field(
        None, max_length=40, description=gettext_noop("the days a file covers, such as 2026-10")
    )
    currency: str | None = Field(
        None, pattern=r"^([A-Za-z]{3})?$", description=gettext_noop("such as IDR")
    )
    order: Literal["dmy", "mdy"] | None = Field(
        None, description=gettext_noop("day or month first in dates")
    )
    decimal: Literal[".", ","] | None = Field(
        None, description=gettext_noop("the sign before decimals")
    )
    observed: date | None = Field(
        None,
        ge=_FIRST,
        le=_LAST,
        description=gettext_noop("the day of the export; its year counts for dates"),
    )

    kind: str | None = Field(
        None,
        max_length=200,
        description=gettext_noop(
            "which export it is, where its columns fit several: one of the question's choices"
        ),
        examples=["tiktok.overview"],
    )

    def read(self, brand: Brand) -> dict[str, str]:
        """Return the answers as a person types them; raises UserError for no period, no export."""
        if self.period:
            read_period(engine_of(brand), self.period)
        if self.kind and self.kind.strip():
            read_kinds(self.kind.strip().split(KINDS_APART))
        told = {name: str(value).strip() for name, value in self if value and name != "file"}
        return {name: value for name, value in told.items() if value}


class AnswersIn(Answers):
    """Answers for one file by its path, or for all of an import."""

    file: str | None = Field(None, max_length=2000)


class QuestionOut(Schema):
    """What a file does not say: answer it by its key; `choices` where only these are taken.

    `names` tell what such a choice is called.
    """

    key: str
    text: Words
    choices: list[str]
    names: dict[str, Words] = {}
    example: str


class SheetOut(Schema):
    """A table of a file; `unknown` ones wait for what their columns mean."""

    number: int
    name: str
    state: str
    reason: Words | None


class FileOut(Schema):
    """What became of a file: ready, asked, refused or known, and the batch it was taken as."""

    path: str = ""
    name: str
    state: str
    rows: dict[str, int]
    set_aside: int
    batch: str | None
    reason: Words | None
    hint: Words | None = None
    accounts: list[str] = []
    questions: list[QuestionOut] = []
    sheets: list[SheetOut] = []


class ImportOut(Schema):
    """An import: how far it is, and when it is done what became of each file.

    `is_waiting` is true while a file has a question, a table with unknown columns, or is held;
    such files are kept for a week. `is_stopping` is true from the moment somebody asked it to stop.
    An import is forgotten 30 days after its end.
    """

    id: int
    state: str
    is_waiting: bool
    is_stopping: bool
    files: list[FileOut]
    trouble: dict[str, str]


def has_import(brand: Brand, number: int) -> bool:
    """Whether the brand has the import."""
    mine = Job.objects.filter(kind=KIND, brand_id=brand.pk)
    return has_row(mine, number)


def drop_of(number: int) -> Drop | None:
    """Return the files of an import; None when they are forgotten."""
    payload = Job.objects.get(pk=number).payload
    return Drop.objects.select_related("brand__workspace").filter(pk=payload.get("drop")).first()


def open_drop(number: int) -> Drop:
    """Return the files of an import that waits; raises NotOpen for one that does not."""
    drop = drop_of(number)
    if drop is None or not drop.is_open:
        raise NotOpen(*_NOT_OPEN)
    return drop


def go_on(drop: Drop, access: Access) -> None:
    """Have an import go on with what it was told; unless it is held, what is ready is taken."""
    with transaction.atomic():
        start_work(drop, access, KIND)


def tell_import(number: int) -> ImportOut:
    """Return how an import stands now."""
    row, drop = Job.objects.get(pk=number), drop_of(number)
    job = (drop.job if drop else None) or row
    files = [_file(v) for v in drop.verdicts] if drop else [
        FileOut(**told) for told in row.result.get("files", [])
    ]  # fmt: skip
    return ImportOut(
        id=row.pk, state=job.state, is_waiting=bool(drop and drop.is_open),
        is_stopping=job.is_open and job.cancel_asked, files=files, trouble=job.trouble,
    )  # fmt: skip


def _file(told: dict[str, Any]) -> FileOut:
    return FileOut(
        **tell_file(told), path=told["path"], hint=told["hint"] or None, accounts=told["accounts"],
        questions=[
            QuestionOut(**{**q, "key": _KEYS.get(q["key"], q["key"])}) for q in told["questions"]
        ],
        sheets=[
            SheetOut(number=n, name=p["name"], state=p["state"], reason=p["reason"] or None)
            for n, p in enumerate(told["parts"])
        ],
    )  # fmt: skip


@ROUTER.post(_AT, response={202: ImportOut}, auth=Gate("bring"))
def create_import(
    request: HttpRequest,
    brand: str,
    file: File[UploadedFile],
    told: Query[Answers],
    hold: bool = False,
) -> Status:
    """Send a file; it is examined and taken in the background, unless `hold` keeps it back.

    What it asks is told by get_import, and answered by answer_import. A file is taken once as a
    whole: hold it where one of its tables still needs its columns named.
    """
    access = access_of(request)
    size, name = file.size or 0, file.name or "–"
    if not size:
        raise UserError(*_EMPTY, name=name)
    if size > MOST_BYTES_OF_A_FILE:
        raise UserError(*_LARGE, name=name, limit=MOST_BYTES_OF_A_FILE // 2**20)
    drop = Drop(brand=access.brand, made_by=access.user)
    drop.answers = {"all": told.read(access.brand), "holds": hold}
    keep_files(drop, [file], [])
    with transaction.atomic():
        drop.save()
        start_work(drop, access, KIND)
        drop.answers["number"] = drop.job_id
        drop.save(update_fields=["answers"])
        audit.record(request, "imported", brand=access.brand, thing=file.name or "")
    return Status(202, tell_import(drop.answers["number"]))


@ROUTER.get(f"{_AT}/{{int:number}}", response=ImportOut, auth=Gate("see", has_import))
def get_import(request: HttpRequest, brand: str, number: int) -> ImportOut:
    """Return how far an import is, what its files ask, and what became of each."""
    return tell_import(number)


@ROUTER.put(
    f"{_AT}/{{int:number}}/answers", response={202: ImportOut}, auth=Gate("bring", has_import)
)
def answer_import(request: HttpRequest, brand: str, number: int, body: AnswersIn) -> Status:
    """Answer what files of an import ask; they are looked at again, and taken if they are ready."""
    access = access_of(request)
    drop = open_drop(number)
    if body.file is not None and body.file not in {v["path"] for v in drop.verdicts}:
        raise Http404
    told = body.read(access.brand)
    check_kind(drop, body.file, told.get("kind", ""))
    for_files = dict(drop.answers.get("files", {}))
    if body.file is None:
        drop.answers = {**drop.answers, "all": {**drop.answers.get("all", {}), **told}}
    else:
        for_files[body.file] = {**for_files.get(body.file, {}), **told}
        drop.answers = {**drop.answers, "files": for_files}
    go_on(drop, access)
    return Status(202, tell_import(number))


@ROUTER.post(
    f"{_AT}/{{int:number}}/take", response={202: ImportOut}, auth=Gate("bring", has_import)
)
def take_import(request: HttpRequest, brand: str, number: int) -> Status:
    """Take the files of a held import that are ready; what is not ready is left out."""
    access = access_of(request)
    drop = open_drop(number)
    ready = ready_names(drop)
    if drop.is_stuck or not ready:
        raise NotOpen(*_NONE_READY)
    take_ready(request, access, drop, ready)
    return Status(202, tell_import(number))


@ROUTER.post(f"{_AT}/{{int:number}}/stop", response=ImportOut, auth=Gate("bring", has_import))
def stop_import(request: HttpRequest, brand: str, number: int) -> ImportOut:
    """Ask an import to stop: one that waits ends at once, one that runs before its next file shows.

    What was taken before stays; one that has ended stays as it is.
    """
    drop = drop_of(number)
    queue.cancel((drop.job_id if drop else None) or number)
    return tell_import(number)


@ROUTER.delete(f"{_AT}/{{int:number}}", response={204: None}, auth=Gate("bring", has_import))
def forget_import(request: HttpRequest, brand: str, number: int) -> Status:
    """Forget the files of an import that were not taken; what was taken before stays."""
    if (drop := drop_of(number)) is not None:
        forget_drop(drop)
    else:
        queue.cancel(number)
    return Status(204, None)
