"""Pages that show KPIs: the portfolio with its funnel and findings, and one KPI opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from tolok.kpi import Judgement, Kpi, dump_kpis
from tolok.kpi.check import DECISION_NAMES, Check
from tolok.kpi.rollup import roll_up
from tolok.kpi.story import tell_story
from tolok.metrics import STAGE_NAMES
from tolok.web.accounts.access import Access, page

from .book import Book
from .builder import letters_of
from .course import chart_of, read_course
from .history import version_lines
from .words import (
    STAGE_QUESTIONS,
    STAGES,
    answer_of,
    as_sentence,
    capital,
    card_of,
    freshness_of,
    gravest_first,
    level_of,
    promise_of,
    reason_of,
    rhythm_of,
    verdict_named,
    verdict_of,
    write_amount,
    write_day,
    write_target,
)


def is_late(request: HttpRequest, book: Book) -> bool:
    """Whether to show the page at once and let what takes long follow."""
    is_part = bool(getattr(request, "htmx", False))
    return not is_part and "now" not in request.GET and not book.is_ready


@page("see")
@require_GET
def lead_to_today(request: HttpRequest, access: Access, role: str = "") -> HttpResponse:
    """Lead on from where the homes of the roles once stood: the addresses people have kept."""
    names = {"brand": access.brand.slug, **({"role": role} if role else {})}
    address = reverse("today:role" if role else "today:today", kwargs=names)
    asked = request.META.get("QUERY_STRING", "")
    return redirect(f"{address}?{asked}" if asked else address, permanent=True)


@page("see")
@require_GET
def show_portfolio(request: HttpRequest, access: Access) -> HttpResponse:
    """Show every promise with its verdict, the exceptions first."""
    book = Book(access.brand)
    about: dict[str, Any] = {"access": access, "kpis": book.active, "late": is_late(request, book)}
    if not about["late"]:
        about |= describe_portfolio(book)
    is_part = bool(getattr(request, "htmx", False))
    name = "plan/parts/portfolio.html" if is_part else "plan/portfolio.html"
    return render(request, name, about)


def describe_portfolio(book: Book) -> dict[str, Any]:
    """Return what the portfolio shows: lines, funnel, areas, what rests."""
    judged = book.judgements
    return {
        "answer": answer_of(judged),
        "lines": [line_of(book, j) for j in gravest_first(judged)],
        "funnel": funnel_of(judged),
        "areas": [(r, verdict_named(r.state)) for r in roll_up(judged, "owner") if len(judged) > 1],
        "drafts": [k for k in book.kpis if k.state == "draft"],
        "retired": [k for k in book.kpis if k.state == "retired"],
    }


def line_of(book: Book, judgement: Judgement) -> dict[str, Any]:
    """Return one KPI as a line of a list."""
    kpi = judgement.kpi
    return {
        "kpi": kpi,
        "verdict": verdict_of(judgement),
        "reason": reason_of(judgement),
        "value": write_amount(kpi, judgement.value, judgement.currency),
        "promise": promise_of(judgement),
        "fresh": freshness_of(judgement),
        "rhythm": rhythm_of(kpi),
        "due": next((d for d in book.due if d.kpi.key == kpi.key and d.is_due), None),
    }


def funnel_of(judgements: Sequence[Judgement]) -> list[dict[str, Any]]:
    """Return the stages of the funnel with their KPIs; an empty stage is shown as such."""
    stages = [*STAGES]
    if any(j.kpi.funnel_stage not in STAGES for j in judgements):
        stages.append("none")
    return [
        {
            "name": STAGE_NAMES[stage],
            "question": STAGE_QUESTIONS[stage],
            "kpis": [
                (j.kpi, verdict_of(j)) for j in judgements
                if j.kpi.funnel_stage == stage
                or (stage == "none" and j.kpi.funnel_stage not in STAGES)
            ],
        }
        for stage in stages
    ]  # fmt: skip


@page("see")
@require_GET
def show_findings(request: HttpRequest, access: Access) -> HttpResponse:
    """Show what the doctor found, the gravest first: as a part of another page, or by itself."""
    book = Book(access.brand)
    names = {k.key: k for k in book.kpis}
    found = [f for d in book.diagnoses for f in d.findings]
    order = {"stop": 0, "warn": 1, "hint": 2}
    lines = [
        (level_of(f), f, names.get(f.kpi or ""))
        for f in sorted(found, key=lambda f: order[f.level])
    ]
    is_part = bool(getattr(request, "htmx", False))
    name = "plan/parts/findings.html" if is_part else "plan/findings.html"
    return render(request, name, {"access": access, "findings": lines, "count": len(book.alive)})


@page("export")
@require_GET
def download_file(_request: HttpRequest, access: Access) -> HttpResponse:
    """Give out the KPIs as the open file they are kept in."""
    return give_file(access)


def give_file(access: Access) -> HttpResponse:
    """Return the KPIs of the brand as a TOML file to keep."""
    body = dump_kpis(Book(access.brand).kpis)
    name = f"kpis-{access.brand.slug}.toml"
    return HttpResponse(
        body, content_type="application/toml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


@page("see")
@require_GET
def show_kpi(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """Show one KPI: verdict, course, odds with their track record, history, checks."""
    book = Book(access.brand)
    kpi = book.kpi(key)
    if kpi is None:
        raise Http404
    about = {"access": access, **describe_kpi(book, kpi)}
    versions = [v for v in book.versions if v.kpi.key == key]
    about |= {
        "versions": version_lines(versions),
        "diagnosis": letters_of(next(d for d in book.diagnoses if d.kpi.key == key))
        if kpi.state != "retired"
        else None,
        "due": next((d for d in book.due if d.kpi.key == key), None),
    }
    return render(request, "plan/kpi.html", about)


def describe_kpi(book: Book, kpi: Kpi) -> dict[str, Any]:
    """Return what is told of one KPI, on its page and on a page shown by a link."""
    judged = book.judgement(kpi)
    checks = [c for c in book.checks if c.kpi == kpi.key]
    versions = [v for v in book.versions if v.kpi.key == kpi.key]
    course = book.keep(
        "course", book.mark(kpi), lambda: read_course(judged, book.engine, book.brand.slug)
    )
    return {
        "kpi": kpi,
        "judgement": judged,
        "verdict": verdict_of(judged),
        "reason": reason_of(judged),
        "value": write_amount(kpi, judged.value, judged.currency)
        if judged.value is not None
        else "",
        "target": write_amount(kpi, judged.target, judged.currency)
        if judged.target is not None
        else write_target(kpi),
        "asked": write_target(kpi),
        "baseline": write_amount(kpi, judged.baseline.value, judged.currency)
        if judged.baseline and judged.baseline.value is not None
        else "",
        "expected": write_amount(kpi, judged.expected, judged.currency)
        if judged.expected is not None
        else "",
        "start": write_day(kpi.start),
        "ends": write_day(kpi.due),
        "fresh": freshness_of(judged),
        "rhythm": capital(rhythm_of(kpi)),
        "stage": STAGE_NAMES.get(kpi.funnel_stage, STAGE_NAMES["none"]),
        "chart": chart_of(judged, course),
        "platform_names": [book.engine.platforms.names.get(p, p) for p in kpi.platforms],
        "notes": [as_sentence(n) for n in judged.notes],
        "checks": check_lines(checks, kpi),
        "story": tell_story(judged, versions, checks),
        "card": card_of(book.brand, judged, checks),
    }


def check_lines(checks: Sequence[Check], kpi: Kpi) -> list[dict[str, Any]]:
    """Return checks as lines, the latest first."""
    return [
        {
            "check": c,
            "day": write_day(c.day),
            "verdict": verdict_named(c.verdict),
            "value": f"≥ {write_amount(kpi, c.value)}"
            if c.is_least
            else write_amount(kpi, c.value),
            "decision": capital(DECISION_NAMES[c.decision]),
        }
        for c in reversed(checks)
    ]
