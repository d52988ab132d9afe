"""The page of the scorecard: a period, grouped as asked, with the columns and filters asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from tolok.metrics import Engine
from tolok.web.accounts.access import Access, page
from tolok.web.accounts.facts import engine_of, remember
from tolok.web.accounts.models import Brand
from tolok.web.shell.language import language_of_page

from .grouped import GROUPINGS, blocks_by
from .models import FirstView
from .periods import Choice, comparison_lines, data_until, preset_lines, read_choice
from .scorecard import (
    Block,
    blocks_of,
    card_of,
    empty_of,
    judgements_of,
    lead_of,
    promise_of,
)
from .views import view_lines, views_of

COLUMNS: dict[str, Promise] = {
    "change": _("How it changed"),
    "expected": _("To be expected"),
    "course": _("Course"),
    "target": _("Target"),
    "note": _("Worth a look"),
}
_USUAL = ("change", "course", "note")


@dataclass(frozen=True)
class Asked:
    """How a scorecard is to be shown: grouped by what, which columns, only what, which platforms."""

    by: str
    columns: tuple[str, ...]
    only_signals: bool
    platforms: tuple[str, ...]

    def query(self, **more: str) -> str:
        """Return the question part of an address that shows the same; what is usual is left out."""
        told: list[tuple[str, str]] = [] if self.by == "platform" else [("by", self.by)]
        if self.columns != _USUAL:
            told += [("columns", name) for name in self.columns or ("none",)]
        told += [("only", "signals")] if self.only_signals else []
        told += [("platform", name) for name in self.platforms]
        given = dict(more)
        kept = [(name, value) for name, value in told if name not in given]
        return urlencode(kept + [(name, value) for name, value in given.items() if value])


def read_asked(request: HttpRequest) -> Asked:
    """Return how the address wants the scorecard; what it does not know is left out."""
    by = request.GET.get("by", "")
    wanted = request.GET.getlist("columns")
    columns = tuple(name for name in COLUMNS if name in wanted) if wanted else _USUAL
    if request.GET.get("against") == "target" and not wanted:
        columns = ("target", "course", "note")
    return Asked(
        by=by if by in GROUPINGS else "platform",
        columns=columns,
        only_signals=request.GET.get("only") == "signals",
        platforms=tuple(dict.fromkeys(name[:40] for name in request.GET.getlist("platform"))),
    )


@page("see")
@require_GET
def show(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the KPIs and what each platform, area, stage or campaign gave in the period."""
    brand = access.brand
    if not request.GET and (first := _first_query(access)):
        return redirect(f"{reverse('insights:scorecard', args=[brand.slug])}?{first}")
    engine = engine_of(brand)
    choice, asked = read_choice(request, engine, brand), read_asked(request)
    body = body_of(brand, engine, choice, asked)
    context = {
        "access": access, "choice": choice, "asked": asked,
        "presets": preset_lines(engine), "comparisons": comparison_lines(choice),
        "body": body, "lead": body.lead,
        "empty": empty_of(access, choice) if body.is_empty else None,
        "form_address": reverse("insights:scorecard", args=[brand.slug]),
        "kept": _kept(asked),
        "files": _files(brand, choice, asked) if access.may("export") else (),
        "groupings": _grouping_lines(brand, choice, asked),
        "column_lines": [(k, n, k in asked.columns) for k, n in COLUMNS.items()],
        "platform_lines": _platform_lines(brand, engine, asked),
        "views": view_lines(access, request),
        "address_query": _address_query(request, asked, choice),
    }  # fmt: skip
    return render(request, "insights/scorecard.html", context)


@dataclass(frozen=True)
class Body:
    """What a scorecard says whoever reads it: its first sentences, and the rest as drawn."""

    lead: str
    html: SafeString
    has_blocks: bool
    is_empty: bool  # nothing is known of the period at all


def body_of(brand: Brand, engine: Engine, choice: Choice, asked: Asked) -> Body:
    """Return the body of a scorecard in the language of the page, drawn once for all readers."""
    name = ("scorecard body", choice.period, choice.against_key, asked, language_of_page())
    return remember(brand, name, lambda: _draw_body(brand, engine, choice, asked))


def _draw_body(brand: Brand, engine: Engine, choice: Choice, asked: Asked) -> Body:
    judged = judgements_of(brand, engine)
    card = card_of(brand, engine, choice.period)
    if asked.by == "platform":
        blocks = blocks_of(card, choice, brand, engine, judged)
        blocks = [b for b in blocks if not asked.platforms or b.key in asked.platforms]
    else:
        blocks = blocks_by(asked.by, brand, engine, choice, judged)
    # By area and stage KPIs stand with their group; none speaks of a campaign.
    promises = judged if asked.by == "platform" and not asked.only_signals else []
    shown = _only(blocks, asked)
    is_empty = not (card.sections or blocks)
    html = render_to_string("insights/scorecard_body.html", {
        "choice": choice, "asked": asked, "blocks": shown, "is_empty": is_empty,
        "promises": [promise_of(j, brand.slug) for j in promises],
    })  # fmt: skip
    drawn = mark_safe(html)  # noqa: S308 - a template escaped it
    return Body(lead_of(judged, card), drawn, bool(shown), is_empty)


def _first_query(access: Access) -> str:
    if access.token is not None:
        return ""
    first = FirstView.objects.filter(
        brand=access.brand, user=access.user, view__in=views_of(access)
    )
    row = first.select_related("view").first()
    return f"{row.view.query}&view={row.view.pk}" if row else ""


def _only(blocks: list[Block], asked: Asked) -> list[Block]:
    """Leave out lines that are no signals, where only signals are asked for."""
    if not asked.only_signals:
        return blocks
    kept = [
        replace(b, rows=tuple(r for r in (*b.rows, *b.more) if r.verdict), more=()) for b in blocks
    ]
    return [b for b in kept if b.rows]


def _kept(asked: Asked) -> list[tuple[str, str]]:
    return parse_qsl(asked.query())


def _address_query(request: HttpRequest, asked: Asked, choice: Choice) -> str:
    """Return what a saved view keeps: the period as it was asked for, so that it moves with time."""
    told = {name: request.GET.get(name, "") for name in ("period", "from", "to")}
    if choice.against_key != "previous":
        told["against"] = choice.against_key
    return asked.query(**{name: value for name, value in told.items() if value})


def _files(brand: Brand, choice: Choice, asked: Asked) -> list[tuple[str, str]]:
    query = asked.query(period=choice.period.key, against=choice.against_key)
    return [
        (form.upper(), f"{reverse('insights:scorecard_file', args=[brand.slug, form])}?{query}")
        for form in ("csv", "xlsx")
    ]


def _grouping_lines(brand: Brand, choice: Choice, asked: Asked) -> list[dict[str, Any]]:
    base = reverse("insights:scorecard", args=[brand.slug])
    lines = []
    for key, name in GROUPINGS.items():
        query = asked.query(period=choice.period.key, against=choice.against_key, by=key)
        lines.append({"name": name, "href": f"{base}?{query}", "is_here": key == asked.by})
    return lines


def _platform_lines(brand: Brand, engine: Engine, asked: Asked) -> list[tuple[str, str, bool]]:
    names = engine.platforms.names
    return [
        (key, names.get(key, key), not asked.platforms or key in asked.platforms)
        for key in sorted(data_until(brand, engine))
    ]
