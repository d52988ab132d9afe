"""The catalogue: every metric with its meaning, formula and limits, grouped by what it serves."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from tolok.lake import table_of
from tolok.metrics import BASIS_NAMES, Metric, load_metrics, search_metrics
from tolok.web.accounts.access import Access, page
from tolok.web.accounts.models import Brand
from tolok.web.shell.drawn import draw_once

from .words import say

STAGES: dict[str, Promise] = {
    "awareness": _("Awareness"),
    "consideration": _("Consideration"),
    "conversion": _("Conversion"),
    "loyalty": _("Loyalty"),
    "advocacy": _("Advocacy"),
    "none": _("The team's own work"),
}
_LONGEST = 80


@page("see")
@require_GET
def show(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the metrics that hold the words asked for, or all."""
    words, brand = read_words(request), access.brand
    found = search_metrics(words) if words else load_metrics()
    # Everything is long and always the same; what is searched for is short and seldom so.
    entries = (
        render_to_string("insights/catalogue_entries.html", _describe(brand, words)) if words
        else draw_once(brand, (), "insights/catalogue_entries.html", lambda: _describe(brand, ""))
    )  # fmt: skip
    context = {"access": access, "q": words, "entries": entries, "count": len(found),
               "files": _files(access, words)}  # fmt: skip
    return render(request, "insights/catalogue.html", context)


def _describe(brand: Brand, words: str) -> dict[str, object]:
    found = find_metrics(words)
    groups = [(name, [_entry(m) for m in metrics]) for name, metrics in found]
    return {"brand": brand, "groups": groups}


def read_words(request: HttpRequest) -> str:
    """Return the words the catalogue is searched for."""
    return request.GET.get("q", "").strip()[:_LONGEST]


def find_metrics(words: str) -> list[tuple[Promise, list[Metric]]]:
    """Return the metrics that hold the words, or all, by the stage they serve; no empty stage."""
    # What was searched for stands with the fittest first, the whole catalogue by name.
    whole = load_metrics().values()
    found = search_metrics(words) if words else sorted(whole, key=lambda m: say(m.name))
    groups = [(name, [m for m in found if m.stage == stage]) for stage, name in STAGES.items()]
    return [(name, metrics) for name, metrics in groups if metrics]


def _files(access: Access, words: str) -> list[tuple[str, str]]:
    if not access.may("export"):
        return []
    query = f"?{urlencode({'q': words})}" if words else ""
    return [
        (form.upper(), reverse("insights:catalogue_file", args=[access.brand.slug, form]) + query)
        for form in ("csv", "xlsx")
    ]


def _entry(metric: Metric) -> dict[str, object]:
    known = load_metrics()
    pair = known.get(metric.outcome or metric.counter or "")
    return {
        "metric": metric,
        "basis": BASIS_NAMES[metric.basis],
        "table": table_of(metric.table).name,
        "pair": pair,
        "names": list(flags_of(metric)),
    }


def flags_of(metric: Metric) -> Iterable[Promise]:
    """Yield what to be careful about with a metric, in words."""
    if metric.is_vanity:
        yield _("looks good alone: read it with its outcome")
    if not metric.is_additive:
        yield _("does not add up")
    if metric.direction == "down":
        yield _("less is better")
    if metric.easy_to_game:
        yield _("easy to game")
