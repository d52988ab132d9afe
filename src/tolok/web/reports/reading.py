"""The page of a reader: the report as it was sent, and what the reader says of it."""

from __future__ import annotations

import gzip
from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache

from tolok.web.accounts.secrets import digest

from .forms import RatingForm
from .jobs import note_later
from .models import Sending

OPEN_FOR = timedelta(days=400)  # from one yearly report to the next


@never_cache
def read(request: HttpRequest, secret: str) -> HttpResponse:
    """Show a copy to whoever holds its address; count that it was opened, take a rating."""
    rows = Sending.objects.select_related("edition__report", "brand__workspace", "recipient")
    row = rows.filter(digest=digest(secret)).first()
    if row is None or not row.page or not _is_open(row):
        raise Http404
    timezone.activate(row.brand.zone)
    with override(row.language):
        form = RatingForm(
            request.POST or None, initial={"rating": row.rating, "remark": row.remark}
        )
        if request.method == "POST" and form.is_valid():
            _rate(row, form.cleaned_data["rating"], form.cleaned_data["remark"])
            messages.success(request, _("Thank you. The team sees it beside the report."))
            return _quiet(redirect(request.path + "#rate"))
        if request.method == "GET":
            _count(row)
        about = {
            "sending": row, "brand": row.brand, "report": row.edition.report, "form": form,
            "body": mark_safe(gzip.decompress(bytes(row.page)).decode()),  # noqa: S308 - drawn and escaped by reports
        }  # fmt: skip
        status = 422 if form.errors else 200
        return _quiet(render(request, "reports/read.html", about, status=status))


def _is_open(row: Sending) -> bool:
    """Whether it still opens: not after its time, not for a reader taken off the list."""
    begun = row.sent_at or row.edition.made_at
    return row.recipient_id is not None and begun + OPEN_FOR > timezone.now()


def _count(row: Sending) -> None:
    with transaction.atomic():
        mine = Sending.objects.filter(pk=row.pk)
        is_first = mine.filter(opened_at=None).update(opened_at=timezone.now())
        mine.update(openings=F("openings") + 1)
        if is_first:
            note_later(row.edition_id, row.brand_id)


def _rate(row: Sending, rating: int, remark: str) -> None:
    with transaction.atomic():
        Sending.objects.filter(pk=row.pk).update(
            rating=rating, remark=remark, rated_at=timezone.now()
        )
        note_later(row.edition_id, row.brand_id)


def _quiet(response: HttpResponse) -> HttpResponse:
    """Keep the page out of search engines; its address goes to no other site."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
