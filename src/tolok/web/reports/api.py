# ruff: noqa: ARG001 - addresses name the brand and the thing; the gate has found them
"""Operations on reports: what is made, its files, its readers, its editions and their copies."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile
from ninja.pagination import paginate

from tolok.base import Text, UserError
from tolok.reports.report import FORMATS
from tolok.web.accounts.forms import LogoForm
from tolok.web.accounts.models import Brand
from tolok.web.bodies import body_of, judge, tell_row
from tolok.web.operations import AT, Gate, access_of, has_row
from tolok.web.shell.language import language_of_page

from .build import last_periods, near_period_of
from .editions import next_firing
from .forms import RecipientForm, ReportForm
from .models import Edition, Recipient, Report, Sending
from .pages import find, give_file, remove_report, save_logo, save_report
from .readers import (
    remove_reader,
    repeat_sending,
    save_reader,
    send_edition,
    sendings_of,
    shareable,
)

ROUTER = Router(tags=["reports"])
ReportIn: Any = body_of(ReportForm, "ReportIn", without=("logo_file", "logo_gone"))
ReaderIn: Any = body_of(RecipientForm, "ReaderIn")
_NOBODY = Text("Nobody reads this report yet.", "Belum ada yang membaca laporan ini.")
_ADD = Text("Add a reader first.", "Tambahkan penerima dulu.")
_GONE = Text("This reader is no longer on the list.", "Penerima ini sudah tidak ada di daftar.")
_STRANGE = Text("{brand} is no brand you may share from here.",
                "{brand} bukan merek yang boleh Anda bagikan dari sini.")  # fmt: skip


class ReportOut(Schema):
    """A report: for whom, of which pages, how it looks, when it goes out by itself and next."""

    id: int
    key: str
    name: str
    audience: str
    rhythm: str
    language: str
    pages: list[str]
    colour: str
    is_on: bool
    weekday: int
    month_day: int
    at: str
    holds_back: bool
    readers: int
    next: datetime | None
    periods: list[str]
    formats: list[str]
    has_logo: bool


class ReaderOut(Schema):
    """A reader of a report with a slice of their own; empty fields mean "as the report says"."""

    id: int
    name: str
    way: str
    address: str
    language: str
    audience: str
    pages: list[str]
    forms: list[str]
    brands: list[str]


class CopyOut(Schema):
    """One copy of an edition: where it stands, whether it was opened, what its reader says."""

    id: int
    name: str
    brand: str
    way: str
    state: str
    sent_at: datetime | None
    opened_at: datetime | None
    openings: int
    rating: int | None
    remark: str


class EditionOut(Schema):
    """A report of one period and its copies."""

    id: int
    period: str
    due_at: datetime
    copies: list[CopyOut]


class SendIn(Schema):
    """Of which period, such as 2026-10."""

    period: str


def has_report(brand: Brand, report: int, *_more: Any) -> bool:
    """Whether the brand has the report."""
    rows = Report.objects.filter(brand=brand, removed_at=None)
    return has_row(rows, report)


def has_reader(brand: Brand, report: int, reader: int) -> bool:
    """Whether the brand has the report, and the report the reader."""
    return has_report(brand, report) and has_row(Recipient.objects.filter(report=report), reader)


def has_sending(brand: Brand, sending: int) -> bool:
    """Whether the brand has the copy."""
    return has_row(sendings_of(brand), sending)


def _report(row: Report) -> ReportOut:
    return tell_row(
        ReportOut, row, at=f"{row.at:%H:%M}",
        readers=row.recipients.count(), next=next_firing(row, timezone.now()),
        periods=[p.key for p in last_periods(row)], formats=list(FORMATS),
        has_logo=bool(row.logo_type),
    )  # fmt: skip


def _reader(row: Recipient) -> ReaderOut:
    return tell_row(ReaderOut, row, brands=sorted(b.slug for b in row.brands.all()))


def _copy(row: Sending) -> CopyOut:
    return tell_row(CopyOut, row, brand=row.brand.slug)


def _edition(row: Edition) -> EditionOut:
    copies = [_copy(c) for c in row.sendings.select_related("brand")]
    return EditionOut(id=row.pk, period=row.period, due_at=row.due_at, copies=copies)


@ROUTER.get(f"{AT}/reports", response=list[ReportOut], auth=Gate("see"))
@paginate
def list_reports(request: HttpRequest, brand: str) -> list[ReportOut]:
    """List the reports of a brand by name."""
    rows = Report.objects.filter(brand=access_of(request).brand, removed_at=None)
    return [_report(r) for r in rows.select_related("brand__workspace").order_by("name")]


@ROUTER.post(f"{AT}/reports", response={201: ReportOut}, auth=Gate("share"))
def create_report(request: HttpRequest, brand: str, body: ReportIn) -> Status:
    """Make a report: for whom, of which pages, and when it goes out by itself."""
    access = access_of(request)
    form = judge(ReportForm(body.fill(), brand=access.brand))
    return Status(201, _report(save_report(request, access, form)))


@ROUTER.get(f"{AT}/reports/{{int:report}}", response=ReportOut, auth=Gate("see", has_report))
def get_report(request: HttpRequest, brand: str, report: int) -> ReportOut:
    """Return one report with the periods and formats its files come in."""
    return _report(find(access_of(request), report))


@ROUTER.put(f"{AT}/reports/{{int:report}}", response=ReportOut, auth=Gate("share", has_report))
def change_report(request: HttpRequest, brand: str, report: int, body: ReportIn) -> ReportOut:
    """Change a report; no edition of before the change goes out."""
    access = access_of(request)
    form = judge(ReportForm(body.fill(), brand=access.brand, instance=find(access, report)))
    return _report(save_report(request, access, form))


@ROUTER.delete(f"{AT}/reports/{{int:report}}", response={204: None}, auth=Gate("share", has_report))
def delete_report(request: HttpRequest, brand: str, report: int) -> Status:
    """Take a report away; what was sent stays with its readers."""
    access = access_of(request)
    remove_report(request, access, find(access, report))
    return Status(204, None)


@ROUTER.post(
    f"{AT}/reports/{{int:report}}/logo", response=ReportOut, auth=Gate("share", has_report)
)
def set_report_logo(
    request: HttpRequest, brand: str, report: int, logo_file: File[UploadedFile]
) -> ReportOut:
    """Give a report a logo of its own: a PNG or JPEG picture of 300 KB at most."""
    access = access_of(request)
    row = find(access, report)
    form = judge(LogoForm({}, {"logo_file": logo_file}))
    save_logo(request, access, row, form.cleaned_data["logo_file"])
    return _report(row)


@ROUTER.delete(
    f"{AT}/reports/{{int:report}}/logo", response={204: None}, auth=Gate("share", has_report)
)
def remove_report_logo(request: HttpRequest, brand: str, report: int) -> Status:
    """Take a report's own logo away; it shows the brand's from then on."""
    access = access_of(request)
    save_logo(request, access, find(access, report), None)
    return Status(204, None)


@ROUTER.get(
    f"{AT}/reports/{{int:report}}/files/{{period}}/{{slug:form}}", auth=Gate("see", has_report)
)
def get_report_file(
    request: HttpRequest, brand: str, report: int, period: str, form: str, language: str = ""
) -> HttpResponse:
    """Give out a report of a period as a file: pdf, pptx, xlsx, html or eml; id or en."""
    access = access_of(request)
    asked = language or language_of_page()
    return give_file(request, access, find(access, report), period=period, form=form, asked=asked)


@ROUTER.get(
    f"{AT}/reports/{{int:report}}/editions", response=list[EditionOut],
    auth=Gate("share", has_report),
)  # fmt: skip
@paginate
def list_editions(request: HttpRequest, brand: str, report: int) -> list[EditionOut]:
    """List the editions that went out, the latest first: to whom, opened or not, what they say."""
    return [_edition(e) for e in find(access_of(request), report).editions.all()]


@ROUTER.post(
    f"{AT}/reports/{{int:report}}/editions", response={202: EditionOut},
    auth=Gate("share", has_report),
)  # fmt: skip
def send_report(request: HttpRequest, brand: str, report: int, body: SendIn) -> Status:
    """Send an edition now to every reader who has not got it yet; it goes in the background."""
    access = access_of(request)
    row = find(access, report)
    period = near_period_of(row.brand, body.period)
    if period is None:
        raise Http404
    edition = send_edition(request, access, row, period)
    if edition is None:
        raise UserError(_NOBODY, _ADD)
    return Status(202, _edition(edition))


@ROUTER.post(
    f"{AT}/report-copies/{{int:sending}}/again", response={202: CopyOut},
    auth=Gate("share", has_sending),
)  # fmt: skip
def send_copy_again(request: HttpRequest, brand: str, sending: int) -> Status:
    """Send one copy again to the same reader."""
    access = access_of(request)
    made = repeat_sending(request, access, sendings_of(access.brand).get(pk=sending))
    if made is None:
        raise UserError(_GONE)
    return Status(202, _copy(made))


@ROUTER.get(
    f"{AT}/reports/{{int:report}}/readers", response=list[ReaderOut],
    auth=Gate("share", has_report),
)  # fmt: skip
@paginate
def list_readers(request: HttpRequest, brand: str, report: int) -> list[ReaderOut]:
    """List who reads a report, by which way and which slice of it."""
    rows = find(access_of(request), report).recipients.prefetch_related("brands")
    return [_reader(r) for r in rows]


@ROUTER.post(
    f"{AT}/reports/{{int:report}}/readers", response={201: ReaderOut},
    auth=Gate("share", has_report),
)  # fmt: skip
def add_reader(request: HttpRequest, brand: str, report: int, body: ReaderIn) -> Status:
    """Add a reader to a report; `brands` are slugs of the workspace."""
    access = access_of(request)
    row = find(access, report)
    return Status(201, _reader(_save_reader(request, row, body)))


@ROUTER.put(
    f"{AT}/reports/{{int:report}}/readers/{{int:reader}}", response=ReaderOut,
    auth=Gate("share", has_reader),
)  # fmt: skip
def change_reader(
    request: HttpRequest, brand: str, report: int, reader: int, body: ReaderIn
) -> ReaderOut:
    """Change the slice of a reader."""
    row = find(access_of(request), report)
    return _reader(_save_reader(request, row, body, row.recipients.get(pk=reader)))


@ROUTER.delete(
    f"{AT}/reports/{{int:report}}/readers/{{int:reader}}", response={204: None},
    auth=Gate("share", has_reader),
)  # fmt: skip
def drop_reader(request: HttpRequest, brand: str, report: int, reader: int) -> Status:
    """Take a reader off a report."""
    access = access_of(request)
    remove_reader(request, access, find(access, report).recipients.get(pk=reader))
    return Status(204, None)


def _save_reader(
    request: HttpRequest, report: Report, body: Any, reader: Recipient | None = None
) -> Recipient:
    access = access_of(request)
    mine, sent = shareable(access), body.fill()
    if named := sent.pop("brands", []):
        known = {b.slug: b.pk for b in mine}
        if strange := [slug for slug in named if slug not in known]:
            raise UserError(_STRANGE, brand=strange[0][:80])
        sent["brands"] = [known[slug] for slug in named]
    form = judge(RecipientForm(sent, report=report, brands=mine, instance=reader))
    return save_reader(request, access, report, form)
