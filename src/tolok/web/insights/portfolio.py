"""All brands a person may see, side by side: how their KPIs stand and how fresh their data is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from time import monotonic
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tolok.base import TolokError
from tolok.kpi import Judgement
from tolok.metrics import Engine
from tolok.web.accounts.access import Access, brands_of, page
from tolok.web.accounts.facts import engine_of, remember
from tolok.web.accounts.models import Brand
from tolok.web.shell.language import language_of_page
from tolok.web.shell.parts import Verdict
from tolok.web.shell.switcher import draw_links

from . import words
from .periods import data_until
from .scorecard import are_judged, judgements_of

_STALE = 14
_MOST = 200
_CALM = len(words.URGENCY)  # the place of a brand nothing presses
_PATIENCE = 1.5  # seconds of a request that may be spent on brands nobody has opened yet


@dataclass(frozen=True)
class BrandLine:
    """One brand: its worst KPI, the count of each verdict, its freshness."""

    brand: Brand
    link: SafeString  # its name, leading to its scorecard
    verdict: Verdict | None = None
    worst: str = ""
    counts: tuple[tuple[str, int, str], ...] = ()  # tone, how many, word
    fresh: str = ""
    is_stale: bool = False
    urgency: int = _CALM
    is_waiting: bool = False
    last: date | None = None  # the last day with data
    states: Mapping[str, int] = field(default_factory=dict)
    cells: SafeString | None = None  # the line as drawn, but for the brand itself


@page("see")
@require_GET
def show(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the brands of the workspace the person may enter, the most urgent first."""
    lines = lines_for(access)
    troubled = sum(x.urgency <= 1 for x in lines)
    context = {"access": access, "lines": lines, "troubled": troubled,
               "waiting": sum(x.is_waiting for x in lines), "files": _files(access)}  # fmt: skip
    return render(request, "insights/portfolio.html", context)


def _files(access: Access) -> list[tuple[str, str]]:
    if not access.may("export"):
        return []
    return [
        (form.upper(), reverse("insights:portfolio_file", args=[access.brand.slug, form]))
        for form in ("csv", "xlsx")
    ]


def lines_for(access: Access) -> list[BrandLine]:
    """Return the brands of the workspace the person may enter, the most urgent first."""
    brands = brands_of(access.user).filter(workspace=access.brand.workspace)
    if access.token is not None:
        brands = brands.filter(pk=access.brand.pk)
    until = monotonic() + _PATIENCE
    found = list(brands.defer("logo")[:_MOST])
    for brand in found:  # all of one workspace: reading it with each is half of reading the brands
        brand.workspace = access.brand.workspace
    links = draw_links(found, "insights:scorecard")
    told = [line_of(b, links[b.pk], may_work=monotonic() < until) for b in found]
    return sorted(told, key=lambda x: (x.urgency, x.brand.name))


def line_of(brand: Brand, link: SafeString, *, may_work: bool = True) -> BrandLine:
    """Return how one brand stands; a brand whose data cannot be read says so.

    Unless it may work long, a brand that nobody has judged since its last change says that too.
    """
    try:
        if not may_work and not are_judged(brand):
            waits = _("Being worked out; look again in a moment.")
            return BrandLine(brand, link, worst=waits, is_waiting=True)
        name = ("brand line", language_of_page())
        # The facts are opened only where a line must be told anew: there are hundreds of lines.
        told = remember(brand, name, lambda: _tell(brand, engine_of(brand)))
    except TolokError as error:
        said = error.say(language_of_page())
        return BrandLine(brand, link, worst=said, is_stale=True, urgency=0)
    return BrandLine(brand, link, **told)


def _tell(brand: Brand, engine: Engine) -> dict[str, Any]:
    """Return what a brand's line says of its facts, in the language of the page."""
    judged = judgements_of(brand, engine)
    last = max(data_until(brand, engine).values(), default=None)
    worst = judged[0] if judged else None
    told = {
        "verdict": words.verdict_of(worst) if worst else None,
        "worst": worst.kpi.name if worst else _("No KPIs yet"),
        "counts": _counts(judged),
        "fresh": words.say_freshness(last, engine.today) if last else _("No data yet"),
        "is_stale": _is_stale(last, engine.today),
    }
    cells = render_to_string("insights/brand_cells.html", {"line": told})
    return {
        **told,
        "urgency": words.URGENCY.index(worst.state) if worst else _CALM,
        "last": last,
        "states": Counter(j.state for j in judged),
        "cells": mark_safe(cells),  # noqa: S308 - a template escaped it
    }


def _counts(judged: list[Judgement]) -> tuple[tuple[str, int, str], ...]:
    counts: Counter[str] = Counter(j.state for j in judged)
    names: dict[str, str] = {j.state: words.say(j.name) for j in judged}
    return tuple(
        (words.TONES[state], counts[state], names[state])
        for state in words.URGENCY
        if counts[state]
    )


def _is_stale(last: date | None, today: date) -> bool:
    return last is None or (today - last).days > _STALE
