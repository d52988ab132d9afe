"""Where each role begins: the specialist's day, the strategist's desk, the manager's view, reading."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from tolok.base import Text
from tolok.kpi.rollup import roll_up
from tolok.web.accounts.access import Access, page
from tolok.web.jobs.models import Job

from .book import Book
from .checks import due_line
from .pages import funnel_of, is_late, line_of
from .words import (
    TONES,
    answer_of,
    as_sentence,
    card_of,
    gravest_first,
    owns,
    verdict_named,
)

VIEWS = {
    "day": (_("Your day"), "specialist"),
    "desk": (_("Strategy"), "strategist"),
    "overview": (_("Overview"), "manager"),
    "read": (_("To read"), "viewer"),
}
_ORDER = ("manager", "administrator", "strategist", "specialist", "viewer")
_VIEW_OF = {"manager": "overview", "administrator": "overview", "strategist": "desk",
            "specialist": "day", "viewer": "read"}  # fmt: skip


@page("see")
@require_GET
def show_today(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the page on which the person's role begins."""
    role = next(role for role in _ORDER if role in access.roles)
    return _show(request, access, _VIEW_OF[role])


@page("see")
@require_GET
def show_role(request: HttpRequest, access: Access, role: str) -> HttpResponse:
    """Show the page of one role; all of them may be read by everybody in the brand."""
    if role not in VIEWS:
        raise Http404
    return _show(request, access, role)


def _show(request: HttpRequest, access: Access, role: str) -> HttpResponse:
    book = Book(access.brand)
    late = bool(book.active) and is_late(request, book)
    about: dict[str, Any] = {
        "access": access, "role": role, "late": late, "kpis": book.active,
        "views": [(key, label) for key, (label, _role) in VIEWS.items()],
    }  # fmt: skip
    if not late:
        about |= _DESCRIBE[role](book, access)
    is_part = bool(getattr(request, "htmx", False))
    return render(request, f"plan/parts/{role}.html" if is_part else "plan/today.html", about)


def _describe_day(book: Book, access: Access) -> dict[str, Any]:
    names = [access.user.name, access.user.email]
    due = sorted((d for d in book.due if d.is_due), key=lambda d: not owns(d.kpi, names))
    signals = [
        (j, as_sentence(j.signal_words)) for j in book.judgements
        if j.signal is not None and j.signal_words is not None
        and j.signal.kind not in ("routine", "cannot say")
    ]  # fmt: skip
    stale = [j for j in book.judgements if j.as_of and (book.today - j.as_of).days > 14]
    jobs = Job.objects.filter(brand_id=access.brand.pk, state__in=Job.OPEN).order_by("pk")[:5]
    return {
        "due": [due_line(d, names) for d in due],
        "coming": [due_line(d, names) for d in reversed(book.due) if not d.is_due][:5],
        "signals": [(j.kpi, text) for j, text in signals],
        "stale": [line_of(book, j) for j in stale],
        "jobs": jobs,
    }


def _describe_desk(book: Book, _access: Access) -> dict[str, Any]:
    return {
        "answer": answer_of(book.judgements),
        "funnel": funnel_of(book.judgements),
        "goals": [(r, verdict_named(r.state)) for r in roll_up(book.judgements, "goal")],
    }


def _describe_overview(book: Book, _access: Access) -> dict[str, Any]:
    cards = [card_of(book.brand, j, book.checks) for j in gravest_first(book.judgements)]
    wrong = [j for j in gravest_first(book.judgements) if TONES[j.state] in ("bad", "watch")]
    return {
        "answer": answer_of(book.judgements),
        "wrong": [line_of(book, j) for j in wrong],
        "cards": cards,
        "owners": [(r, verdict_named(r.state)) for r in roll_up(book.judgements, "owner")],
    }


def _describe_read(book: Book, _access: Access) -> dict[str, Any]:
    told = [line_of(book, j) for j in gravest_first(book.judgements)]
    return {"answer": answer_of(book.judgements), "lines": told, "nothing": NOTHING}


NOTHING = Text("There are no KPIs yet.", "Belum ada KPI.")
_DESCRIBE = {
    "day": _describe_day,
    "desk": _describe_desk,
    "overview": _describe_overview,
    "read": _describe_read,
}
