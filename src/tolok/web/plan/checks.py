"""Checks: what is due, what changed since the last time, the decision; and the calendar of them."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tolok.base import Language
from tolok.kpi import Kpi
from tolok.kpi.check import DECISION_NAMES, Look, look_at, record_check
from tolok.kpi.ics import make_feed
from tolok.kpi.rhythm import DueCheck
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access, page, roles_in
from tolok.web.accounts.facts import calendar_of
from tolok.web.accounts.secrets import digest, make_secret
from tolok.web.shell.language import language_of_page

from .book import Book
from .forms import CheckForm
from .models import Feed
from .pages import describe_kpi, line_of
from .words import as_sentence, capital, owns, write_day


@page("see")
@require_GET
def list_checks(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the checks that are due, then those to come, then those held."""
    book = Book(access.brand)
    names = [access.user.name, access.user.email]
    held = [
        (c, book.kpi(c.kpi), write_day(c.day), capital(DECISION_NAMES[c.decision]))
        for c in reversed(book.checks[-30:])
    ]
    about = {
        "access": access,
        "due": [due_line(d, names) for d in book.due if d.is_due],
        "coming": [due_line(d, names) for d in reversed(book.due) if not d.is_due],
        "held": [line for line in held if line[1]],
        "kpis": book.active,
        "feed": Feed.objects.filter(brand=access.brand, user=access.user, closed_at=None).first(),
        "link": request.session.pop("plan_feed", ""),
    }
    return render(request, "plan/checks.html", about)


def due_line(due: DueCheck, names: list[str]) -> dict[str, Any]:
    """Return a due check as a line."""
    return {"due": due, "day": write_day(due.due), "is_mine": owns(due.kpi, names),
            "kpi": due.kpi}  # fmt: skip


@page("check")
def hold_check(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """Show what changed since the last check, and record the decision."""
    book = Book(access.brand)
    kpi = book.kpi(key)
    if kpi is None:
        raise Http404
    form = CheckForm(request.POST or None)
    look = look_of(book, kpi)
    if request.method == "POST" and form.is_valid():
        record_decision(request, access, book, look, form.cleaned_data)
        messages.success(request, _("The check is in the history."))
        if form.cleaned_data["decision"] == "adjust" and access.may("plan"):
            return redirect("plan:edit", access.brand.slug, key)
        return redirect("plan:kpi", access.brand.slug, key)
    about = {
        "access": access, "form": form, **describe_kpi(book, kpi),
        "changes": [as_sentence(t) for t in look.changes],
        "before": write_day(look.before.day) if look.before else "",
        "line": line_of(book, look.judgement),
    }  # fmt: skip
    return render(request, "plan/check.html", about, status=422 if form.errors else 200)


def look_of(book: Book, kpi: Kpi) -> Look:
    """Return the KPI as a check shows it, beside the check held before today."""
    earlier = [c for c in book.checks if c.kpi == kpi.key and c.day < book.today]
    before = earlier[-1] if earlier else None
    return book.keep(
        "look", (*book.mark(kpi), before),
        lambda: look_at(kpi, book.engine, brand=book.brand.slug, before=before),
    )  # fmt: skip


def record_decision(
    request: HttpRequest, access: Access, book: Book, look: Look, told: dict[str, Any]
) -> None:
    """Write the check as a fact, and who held it into the log."""
    record_check(
        book.lake, access.brand.slug, look, decision=told["decision"], note=told["note"] or None,
        by=str(access.user), day=book.today,
    )  # fmt: skip
    audit.record(
        request, "held_check", brand=access.brand, thing=look.kpi.name, decision=told["decision"]
    )


@page("see")
@require_POST
def make_feed_link(request: HttpRequest, access: Access) -> HttpResponse:
    """Make a calendar address of one's own, or close it; an older one stops working."""
    address = change_feed(request, access, is_open="close" not in request.POST)
    if address:
        request.session["plan_feed"] = address
    return redirect(reverse("plan:checks", args=[access.brand.slug]) + "#calendar")


def change_feed(request: HttpRequest, access: Access, *, is_open: bool) -> str:
    """Close one's calendar address, and make a new one where it is to be open; returns that."""
    address = ""
    with transaction.atomic():
        mine = Feed.objects.filter(brand=access.brand, user=access.user, closed_at=None)
        mine.update(closed_at=timezone.now())
        if is_open:
            secret = make_secret()
            language = language_of_page()
            Feed.objects.create(
                brand=access.brand, user=access.user, digest=digest(secret), language=language
            )
            address = request.build_absolute_uri(reverse("plan_open:ics", args=[secret]))
    audit.record(request, "changed_calendar_feed", brand=access.brand)
    return address


@never_cache
@require_GET
def show_feed(_request: HttpRequest, secret: str) -> HttpResponse:
    """Give out the calendar of a brand's checks; 404 for any address that is not alive."""
    feed = (
        Feed.objects.select_related("brand__workspace", "user")
        .filter(digest=digest(secret), closed_at=None, user__is_active=True)
        .first()
    )
    if feed is None or not roles_in(feed.user, feed.brand):
        raise Http404
    book = Book(feed.brand)
    language: Language = "id" if feed.language == "id" else "en"
    stamp = datetime.combine(book.today, time(), UTC)
    body = make_feed(
        book.active, calendar_of(feed.brand), book.today,
        brand=feed.brand.slug, stamp=stamp, language=language,
    )  # fmt: skip
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")
