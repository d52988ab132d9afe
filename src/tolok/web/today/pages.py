"""Where each role begins: the specialist's day, the strategist's desk, the manager's page, reading."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from tolok.base import Text
from tolok.kpi.rollup import roll_up
from tolok.reports.pages.areas import roll_areas
from tolok.web.accounts.access import Access, page
from tolok.web.accounts.facts import calendar_of
from tolok.web.jobs.models import Job
from tolok.web.plan.beside import figures_beside
from tolok.web.plan.book import Book
from tolok.web.plan.checks import due_line
from tolok.web.plan.pages import funnel_of, is_late, line_of
from tolok.web.plan.words import (
    TONES,
    answer_of,
    as_sentence,
    card_of,
    gravest_first,
    owns,
    verdict_named,
)
from tolok.web.shell.language import language_of_page
from tolok.web.strategy.board import Board
from tolok.web.strategy.spending import read_lines, total_by_currency

from .telling import (
    answers_owed,
    claims_due,
    fallen_verdicts,
    last_comments,
    moves_of_rivals,
    slots_of_day,
    trends_noticed,
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
RIVALS = ("follower_growth_against_competitors", "engagement_rate_against_competitors",
          "engagements_per_post_against_competitors")  # fmt: skip
OWED = {
    "due": Text("checks due: {n}", "pengecekan jatuh tempo: {n}"),
    "slots": Text("to be published: {n}", "akan terbit: {n}"),
    "waiting": Text("waiting for an answer: {n}", "menunggu jawaban: {n}"),
    "alerts": Text("alerts: {n}", "peringatan: {n}"),
}
QUIET = Text("Nothing waits for you.", "Tidak ada yang menunggu Anda.")


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
        "views": views_of(access),
    }  # fmt: skip
    if not late:
        about |= _DESCRIBE[role](book, access)
    is_part = bool(getattr(request, "htmx", False))
    return render(request, f"today/parts/{role}.html" if is_part else "today/today.html", about)


def views_of(access: Access) -> list[tuple[str, Any]]:
    """Return the pages of the person's own roles, where there are several; all to administrators."""
    mine = {_VIEW_OF[role] for role in access.roles}
    if "administrator" in access.roles:
        mine = set(VIEWS)
    found = [(key, label) for key, (label, _role) in VIEWS.items() if key in mine]
    return found if len(found) > 1 else []


def say_owed(counts: dict[str, int]) -> str:
    """Return what waits for the specialist in one line."""
    language = language_of_page()
    told = [OWED[name].say(language, n=n) for name, n in counts.items() if n]
    return as_sentence(Text(*[", ".join(told)] * 2)).say(language) if told else QUIET.say(language)


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
    fallen, slots, owed = fallen_verdicts(book), slots_of_day(book), answers_owed(book)
    waiting = owed["waiting"]
    ahead = sum(1 for slot in slots["slots"] if slot["state"].tone != "good")
    counts = {
        "due": len(due), "slots": ahead, "waiting": waiting.count if waiting else 0,
        "alerts": len(fallen) + len(signals),
    }  # fmt: skip
    return {
        "answer": say_owed(counts),
        "fallen": fallen,
        **slots,
        **owed,
        "due": [due_line(d, names) for d in due],
        "coming": [due_line(d, names) for d in reversed(book.due) if not d.is_due][:5],
        "signals": [(j.kpi, text) for j, text in signals],
        "stale": [line_of(book, j) for j in stale],
        "jobs": jobs,
    }


def _describe_desk(book: Book, _access: Access) -> dict[str, Any]:
    board = Board(book.brand)
    goals = []
    for rolled in roll_up(book.judgements, "goal"):
        goal = board.goal_named(rolled.name)
        href = reverse("strategy:goal", args=[book.brand.slug, goal.goal]) if goal else ""
        goals.append((rolled, verdict_named(rolled.state), href))
    return {
        "answer": answer_of(book.judgements),
        "funnel": funnel_of(book.judgements),
        "goals": goals,
        "unproven": [s for s in board.strategies if s.state == "unproven"],
        "rivals": [one for one in figures_beside(book, RIVALS) if one.value],
        "moves": moves_of_rivals(book),
        "trends": trends_noticed(book),
        "claims": claims_due(book),
    }


def _describe_overview(book: Book, _access: Access) -> dict[str, Any]:
    cards = [card_of(book.brand, j, book.checks) for j in gravest_first(book.judgements)]
    wrong = [j for j in gravest_first(book.judgements) if TONES[j.state] in ("bad", "watch")]
    board = Board(book.brand)
    year = calendar_of(book.brand).period_of(book.today, "year")
    areas = roll_areas(book.judgements)
    return {
        "answer": answer_of(book.judgements),
        "areas": [(name, rolled, verdict_named(rolled.state)) for name, rolled in areas],
        "money": total_by_currency(read_lines(board, year), book.today),
        "wrong": [line_of(book, j) for j in wrong],
        "cards": cards,
        "owners": [(r, verdict_named(r.state)) for r in roll_up(book.judgements, "owner")],
    }


def _describe_read(book: Book, _access: Access) -> dict[str, Any]:
    told = [line_of(book, j) for j in gravest_first(book.judgements)]
    return {
        "answer": answer_of(book.judgements), "lines": told, "comments": last_comments(book.brand),
    }  # fmt: skip


_DESCRIBE = {
    "day": _describe_day,
    "desk": _describe_desk,
    "overview": _describe_overview,
    "read": _describe_read,
}
