"""The big review of half a year or a year: evidence for each KPI, and keep, change or retire."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tolok.base import Period
from tolok.kpi.kpi_file import write_kpis
from tolok.kpi.review import REVIEW_NAMES, Evidence, make_review, record_review
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access, page
from tolok.web.accounts.facts import calendar_of, workspace_of
from tolok.web.shell.language import language_of_page

from .book import Book
from .forms import ReviewForm
from .saving import hold_file
from .words import as_sentence, capital, verdict_named, verdict_of, write_day


def period_of(request: HttpRequest, book: Book) -> Period:
    """Return the half year or year asked for, else the half year that runs; raises UserError."""
    calendar = calendar_of(book.brand)
    asked = request.GET.get("period") or request.POST.get("period") or ""
    if asked:
        return calendar.parse(asked, book.today)
    return calendar.period_of(book.today, "half")


def evidence_of(book: Book, period: Period) -> tuple[Evidence, ...]:
    """Return what the review rests on, KPI by KPI."""
    marks = [part for kpi in book.kpis for part in book.mark(kpi)]
    known = (period.key, *(c for c in book.checks), *(v.at for v in book.versions), *marks)
    pack = book.keep(
        "review", known,
        lambda: make_review(
            book.kpis, book.engine, brand=book.brand.slug, period=period, world=book.world
        ),
    )  # fmt: skip
    return pack.evidence


@page("see")
@require_GET
def show_review(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the evidence of every KPI with what it speaks for; the team decides."""
    book = Book(access.brand)
    period = period_of(request, book)
    calendar = calendar_of(access.brand)
    half, year = (calendar.period_of(book.today, grain) for grain in ("half", "year"))
    offered = [half, calendar.previous(half), year, calendar.previous(year)]
    language = language_of_page()
    decided = {r.kpi: r for r in book.reviews if r.review == period.key}
    is_part = bool(getattr(request, "htmx", False))
    is_late = not is_part and "now" not in request.GET and bool(book.active) and not book.is_ready
    lines = [] if is_late else [_line(e, decided.get(e.kpi.key)) for e in evidence_of(book, period)]
    about = {
        "access": access, "lines": lines, "period": period.label(language), "key": period.key,
        "offered": [(p.key, p.label(language)) for p in offered], "late": is_late,
        "done": sum(1 for line in lines if line["decided"]), "form": ReviewForm(auto_id=False),
        "kpis": book.active,
    }  # fmt: skip
    name = "plan/parts/review.html" if is_part else "plan/review.html"
    return render(request, name, about)


def _line(evidence: Evidence, decided: Any) -> dict[str, Any]:
    told = None
    if decided is not None:
        told = {"verdict": capital(REVIEW_NAMES[decided.verdict]), "by": decided.made_by,
                "day": write_day(decided.day), "note": decided.note}  # fmt: skip
    return {
        "kpi": evidence.kpi,
        "verdict": verdict_of(evidence.judgement),
        "words": [as_sentence(t) for t in evidence.words],
        "suggestion": evidence.suggestion,
        "suggested": capital(REVIEW_NAMES[evidence.suggestion]),
        "why": as_sentence(evidence.why),
        "decided": told,
        "earlier": [verdict_named(c.verdict) for c in evidence.checks],
    }


@page("plan")
@require_POST
def decide(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """Record what the review decided about one KPI; a retired one stays readable."""
    book = Book(access.brand)
    period = period_of(request, book)
    if book.kpi(key) is None:
        raise Http404
    form = ReviewForm(request.POST)
    found = next((e for e in evidence_of(book, period) if e.kpi.key == key), None)
    back = reverse("plan:review", args=[access.brand.slug]) + f"?period={period.key}"
    if found is None or not form.is_valid():
        messages.error(request, _("Choose keep, change or retire."))
        return redirect(back)
    decide_on(request, access, found, period, form.cleaned_data)
    messages.success(request, _("The decision is in the history."))
    if form.cleaned_data["verdict"] == "change":
        return redirect("plan:edit", access.brand.slug, key)
    return redirect(back)


def decide_on(
    request: HttpRequest, access: Access, evidence: Evidence, period: Period, told: dict[str, Any]
) -> None:
    """Record what a review decided about a KPI (`verdict`, `note`); raises Http404 when it is gone."""
    with hold_file(access.brand):
        fresh = Book(access.brand)  # read again behind the lock: somebody may have been faster
        kpi = fresh.kpi(evidence.kpi.key)
        if kpi is None:
            raise Http404
        _told, kept = record_review(
            fresh.lake, access.brand.slug, replace(evidence, kpi=kpi), review=period.key,
            verdict=told["verdict"], day=fresh.today, note=told["note"] or None,
            by=str(access.user),
        )  # fmt: skip
        kpis = tuple(kept if k.key == kpi.key else k for k in fresh.kpis)
        if kpis != fresh.kpis:
            write_kpis(workspace_of(access.brand).kpi_file(access.brand.slug), kpis)
    audit.record(
        request, "reviewed_kpi", brand=access.brand, thing=kpi.name, verdict=told["verdict"]
    )
