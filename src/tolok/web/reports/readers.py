"""Who reads a report, what went out to whom, and sending it now or again."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tolok.base import Period
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access, brands_of, page, roles_in
from tolok.web.accounts.models import Brand
from tolok.web.accounts.rights import rights_of
from tolok.web.jobs import queue
from tolok.web.shell.language import language_of_page

from .build import last_periods, near_period_of, period_of
from .editions import next_firing, open_edition, send_again
from .forms import RecipientForm
from .models import Edition, Recipient, Report, Sending
from .pages import find


def shareable(access: Access) -> list[Brand]:
    """Return the brands of the workspace which this person may show to others, this one first."""
    mine = brands_of(access.user).filter(workspace_id=access.brand.workspace_id)
    found = [b for b in mine if "share" in rights_of(roles_in(access.user, b))]
    return sorted(found, key=lambda b: b.pk != access.brand.pk)


@page("share")
def show_readers(request: HttpRequest, access: Access, report: int) -> HttpResponse:
    """Show who reads the report; add a reader."""
    row = find(access, report)
    form = RecipientForm(request.POST or None, report=row, brands=shareable(access))
    if request.method == "POST" and form.is_valid():
        reader = save_reader(request, access, row, form)
        messages.success(request, _("%(name)s now gets this report.") % {"name": reader.name})
        return redirect("reports:readers", access.brand.slug, row.pk)
    about = {
        "access": access, "report": row, "tab": "readers", "form": form,
        "readers": row.recipients.prefetch_related("brands"),
        "next": next_firing(row, timezone.now()),
        "periods": [(p.key, p.label(language_of_page())) for p in last_periods(row)],
    }  # fmt: skip
    return render(request, "reports/readers.html", about, status=422 if form.errors else 200)


@page("share")
def change_reader(request: HttpRequest, access: Access, report: int, reader: int) -> HttpResponse:
    """Change the slice of a reader, or take the reader away."""
    row = find(access, report)
    one = get_object_or_404(Recipient, pk=reader, report=row)
    if request.method == "POST" and "remove" in request.POST:
        remove_reader(request, access, one)
        messages.success(request, _("%(name)s gets it no more.") % {"name": one.name})
        return redirect("reports:readers", access.brand.slug, row.pk)
    form = RecipientForm(request.POST or None, report=row, brands=shareable(access), instance=one)
    if request.method == "POST" and form.is_valid():
        save_reader(request, access, row, form)
        messages.success(request, _("Saved."))
        return redirect("reports:readers", access.brand.slug, row.pk)
    about = {"access": access, "report": row, "tab": "readers", "form": form, "reader": one}
    return render(request, "reports/reader.html", about, status=422 if form.errors else 200)


def save_reader(
    request: HttpRequest, access: Access, report: Report, form: RecipientForm
) -> Recipient:
    """Keep a reader of a report as the form says, new or changed, and note it in the log."""
    is_new = form.instance.pk is None
    reader = form.save(commit=False)
    reader.report = report
    reader.save()
    form.save_m2m()
    action = "added_reader" if is_new else "changed_reader"
    audit.record(request, action, brand=access.brand, thing=f"{report.name}: {reader.name}")
    return reader


def remove_reader(request: HttpRequest, access: Access, reader: Recipient) -> None:
    """Take a reader off a report."""
    thing = f"{reader.report.name}: {reader.name}"
    audit.record(request, "removed_reader", brand=access.brand, thing=thing)
    reader.delete()


@page("share")
def show_history(request: HttpRequest, access: Access, report: int) -> HttpResponse:
    """Show every edition: to whom it went, who opened it, and what they say of it."""
    row = find(access, report)
    language = language_of_page()
    lines = []
    for edition in row.editions.prefetch_related("sendings__brand")[:60]:
        period = period_of(row.brand, edition.period)
        lines.append((edition, period.label(language) if period else edition.period, _sum(edition)))
    about = {"access": access, "report": row, "tab": "history", "lines": lines}
    return render(request, "reports/history.html", about)


def _sum(edition: Edition) -> str:
    """Return in words how many readers an edition reached, and how many opened it."""
    copies = edition.sendings.all()
    reached = len({c.recipient_id or -c.pk for c in copies if c.sent_at})
    opened = len({c.recipient_id or -c.pk for c in copies if c.opened_at})
    if not copies:
        return _("Nobody reads it yet.")
    sent = ngettext("%(n)s reader", "%(n)s readers", reached) % {"n": reached}
    return _("Sent to %(readers)s, opened by %(opened)s.") % {"readers": sent, "opened": opened}


@page("share")
@require_POST
def send_now(request: HttpRequest, access: Access, report: int) -> HttpResponse:
    """Send an edition now to every reader who has not got it yet."""
    row = find(access, report)
    period = near_period_of(row.brand, request.POST.get("period", ""))
    if period is None:
        raise Http404
    if send_edition(request, access, row, period) is None:
        messages.error(request, _("Nobody reads it yet: add a reader first."))
        return redirect("reports:readers", access.brand.slug, row.pk)
    messages.success(request, _("It is on its way. Here you see what becomes of it."))
    return redirect("reports:history", access.brand.slug, row.pk)


@page("share")
@require_POST
def resend(request: HttpRequest, access: Access, sending: int) -> HttpResponse:
    """Send one copy again to the same reader."""
    row = sendings_of(access.brand).filter(pk=sending).first()
    if row is None:
        raise Http404
    report: Report = row.edition.report
    if repeat_sending(request, access, row) is None:
        messages.error(request, _("This reader is no longer on the list."))
    else:
        messages.success(request, _("One more copy is on its way."))
    return redirect("reports:history", access.brand.slug, report.pk)


def send_edition(
    request: HttpRequest, access: Access, report: Report, period: Period
) -> Edition | None:
    """Send an edition now to every reader who has not got it yet; None when nobody reads it."""
    if not report.recipients.exists():
        return None
    edition = open_edition(report, period, timezone.now())
    queue.enqueue("reports.prepare", {"edition": edition.pk, "is_asked": True},
                  brand_id=report.brand_id, dedupe_key=f"asked:{edition.pk}")  # fmt: skip
    audit.record(request, "sent_report", brand=access.brand, thing=f"{report.name} {period.key}")
    return edition


def sendings_of(brand: Brand) -> QuerySet[Sending]:
    """Return every copy of an edition of the reports of a brand."""
    rows = Sending.objects.select_related("edition__report", "recipient", "brand")
    return rows.filter(edition__report__brand=brand, edition__report__removed_at=None)


def repeat_sending(request: HttpRequest, access: Access, sending: Sending) -> Sending | None:
    """Send one copy again to the same reader; None when the reader is gone."""
    made = send_again(sending)
    if made is not None:
        thing = f"{sending.edition.report.name}: {sending.name}"
        audit.record(request, "sent_report", brand=access.brand, thing=thing)
    return made
