"""Who reads a report, what went out to whom, and sending it now or again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tolok.web.accounts import audit
from tolok.web.accounts.access import Access, brands_of, page, roles_in
from tolok.web.accounts.models import Brand
from tolok.web.accounts.rights import rights_of
from tolok.web.jobs import queue

from .build import last_periods, period_of
from .editions import next_firing, open_edition, send_again
from .forms import RecipientForm, language_of_page
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
        reader = form.save(commit=False)
        reader.report = row
        reader.save()
        form.save_m2m()
        audit.record(
            request, "added_reader", brand=access.brand, thing=f"{row.name}: {reader.name}"
        )
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
        audit.record(request, "removed_reader", brand=access.brand, thing=f"{row.name}: {one.name}")
        one.delete()
        messages.success(request, _("%(name)s gets it no more.") % {"name": one.name})
        return redirect("reports:readers", access.brand.slug, row.pk)
    form = RecipientForm(request.POST or None, report=row, brands=shareable(access), instance=one)
    if request.method == "POST" and form.is_valid():
        form.save()
        audit.record(request, "changed_reader", brand=access.brand, thing=f"{row.name}: {one.name}")
        messages.success(request, _("Saved."))
        return redirect("reports:readers", access.brand.slug, row.pk)
    about = {"access": access, "report": row, "tab": "readers", "form": form, "reader": one}
    return render(request, "reports/reader.html", about, status=422 if form.errors else 200)


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
    period = period_of(row.brand, request.POST.get("period", ""))
    if period is None:
        raise Http404
    if not row.recipients.exists():
        messages.error(request, _("Nobody reads it yet: add a reader first."))
        return redirect("reports:readers", access.brand.slug, row.pk)
    edition = open_edition(row, period, timezone.now())
    queue.enqueue("reports.prepare", {"edition": edition.pk, "is_asked": True},
                  brand_id=row.brand_id, dedupe_key=f"asked:{edition.pk}")  # fmt: skip
    audit.record(request, "sent_report", brand=access.brand, thing=f"{row.name} {period.key}")
    messages.success(request, _("It is on its way. Here you see what becomes of it."))
    return redirect("reports:history", access.brand.slug, row.pk)


@page("share")
@require_POST
def resend(request: HttpRequest, access: Access, sending: int) -> HttpResponse:
    """Send one copy again to the same reader."""
    rows = Sending.objects.select_related("edition__report", "recipient", "brand")
    row = get_object_or_404(rows, pk=sending, edition__report__brand=access.brand,
                            edition__report__removed_at=None)  # fmt: skip
    report: Report = row.edition.report
    if send_again(row) is None:
        messages.error(request, _("This reader is no longer on the list."))
    else:
        audit.record(request, "sent_report", brand=access.brand, thing=f"{report.name}: {row.name}")
        messages.success(request, _("One more copy is on its way."))
    return redirect("reports:history", access.brand.slug, report.pk)
