"""The catalogue: every metric with its meaning, formula and limits, grouped by what it serves."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from tolok.lake import table_of
from tolok.metrics import BASIS_NAMES, Metric, load_metrics, search_metrics
from tolok.web.accounts.access import Access, page

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
    words = request.GET.get("q", "").strip()[:_LONGEST]
    found = search_metrics(words) if words else list(load_metrics().values())
    groups = [
        (name, [_entry(m) for m in sorted(found, key=lambda m: say(m.name)) if m.stage == stage])
        for stage, name in STAGES.items()
    ]
    context = {
        "access": access,
        "q": words,
        "groups": [(name, entries) for name, entries in groups if entries],
        "count": len(found),
    }
    return render(request, "insights/catalogue.html", context)


def _entry(metric: Metric) -> dict[str, object]:
    known = load_metrics()
    pair = known.get(metric.outcome or metric.counter or "")
    return {
        "metric": metric,
        "basis": BASIS_NAMES[metric.basis],
        "table": table_of(metric.table).name,
        "pair": pair,
        "names": list(_flags(metric)),
    }


def _flags(metric: Metric) -> Iterable[Promise]:
    if metric.is_vanity:
        yield _("looks good alone: read it with its outcome")
    if not metric.is_additive:
        yield _("does not add up")
    if metric.direction == "down":
        yield _("less is better")
    if metric.easy_to_game:
        yield _("easy to game")
