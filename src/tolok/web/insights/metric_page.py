"""The page of one metric: the answer, its course, what it is made of, the rows and files behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET

from tolok.base import Period
from tolok.kpi import Judgement
from tolok.metrics import Engine, Metric, Scope
from tolok.web.accounts import answers
from tolok.web.accounts.access import Access, page
from tolok.web.accounts.facts import engine_of, remember
from tolok.web.accounts.models import Brand
from tolok.web.shell.drawn import draw_once
from tolok.web.shell.language import language_of_page

from .breakdown import DIMENSIONS, dimensions_of
from .happenings import Happening, happenings_of
from .metric import (
    answer_of,
    beside_of,
    course_files,
    course_of,
    find_judged,
    find_metric,
    other_promises,
    parts_of,
)
from .notes import NoteForm, first_day, list_happenings
from .periods import Choice, comparison_lines, preset_lines, read_choice
from .picture import picture_of
from .scope import Asked, chips_of, read_asked
from .scorecard import promise_of
from .views import clean_query, view_lines


@page("see")
@require_GET
def show(request: HttpRequest, access: Access, metric: str) -> HttpResponse:
    """Show one metric, answer first."""
    told = find_metric(metric)
    brand = access.brand
    engine = engine_of(brand)
    choice = read_choice(request, engine, brand)
    asked = read_asked(request, brand.slug, told)
    by = request.GET.get("by", "")
    sight = Sight(
        asked, choice, by if by in DIMENSIONS else "",
        is_classic=request.GET.get("limits") == "xmr", may_export=access.may("export"),
    )  # fmt: skip
    body = body_of(brand, engine, told, sight)
    happenings = happenings_of(brand, engine, told, body.scope, spans=body.spans, grain=body.grain)
    context = {
        "access": access, "metric": told, "choice": choice, "body": body,
        "presets": preset_lines(engine), "comparisons": comparison_lines(choice),
        "kept": [*asked.narrowed, *([("kpi", asked.kpi)] if asked.kpi else [])],
        "views": view_lines(access, request, told.key),
        "address_query": clean_query(request.GET.urlencode(), told.key),
        "form_address": reverse("insights:metric", args=[brand.slug, told.key]),
        "chips": chips_of(asked, engine, choice.period.key),
        "chart": chart_of(brand, engine, told, sight, happenings),
        "happenings": list_happenings(access, happenings),
        "note_form": NoteForm(first_day(choice, engine.today)) if access.may("comment") else None,
    }  # fmt: skip
    return render(request, "insights/metric.html", context)


@dataclass(frozen=True)
class Sight:
    """What of a metric is asked for, and what who asks may do with it."""

    asked: Asked
    choice: Choice
    by: str
    is_classic: bool
    may_export: bool

    @property
    def name(self) -> tuple[Any, ...]:
        """What tells this sight from any other."""
        choice = self.choice.period, self.choice.against_key
        return self.asked, *choice, self.by, self.is_classic, self.may_export

    def judged(self, brand: Brand, engine: Engine) -> Judgement | None:
        """Return the KPI the address names, judged."""
        return find_judged(brand, engine, self.asked)


@dataclass(frozen=True)
class Body:
    """What the page says whoever reads it, as drawn; and what its chart spans."""

    answer: SafeString
    below: SafeString
    scope: Scope
    spans: tuple[Period, ...]
    grain: str


def body_of(brand: Brand, engine: Engine, metric: Metric, sight: Sight) -> Body:
    """Return the parts above and below the chart in the language of the page, drawn once."""
    name = ("metric body", *sight.name, language_of_page())
    return remember(brand, name, lambda: _draw_body(brand, engine, metric, sight))


def _draw_body(brand: Brand, engine: Engine, metric: Metric, sight: Sight) -> Body:
    asked, choice, judged = sight.asked, sight.choice, sight.judged(brand, engine)
    scope = asked.scope(judged.kpi if judged else None)
    dimensions = dimensions_of(metric, scope)
    by = sight.by if sight.by in dimensions else next(iter(dimensions), "")
    course = course_of(
        brand, engine, metric, choice, scope, judged=judged, is_classic=sight.is_classic
    )
    about = {
        "brand": brand, "metric": metric, "choice": choice,
        "promise": promise_of(judged, brand.slug) if judged else None,
        "others": other_promises(brand, metric, asked, choice),
        **answer_of(brand, engine, metric, choice, scope=scope, course=course),
        **beside_of(brand, engine, metric, choice, scope),
        **parts_of(brand, engine, metric, asked=asked, choice=choice, scope=scope, by=by,
                   may_export=sight.may_export),
    }  # fmt: skip
    answer, below = (
        mark_safe(render_to_string(f"insights/metric_{part}.html", about))  # noqa: S308 - escaped
        for part in ("answer", "below")
    )
    return Body(answer, below, scope, tuple(course.spans), course.grain)


def chart_of(
    brand: Brand, engine: Engine, metric: Metric, sight: Sight, happenings: tuple[Happening, ...]
) -> SafeString:
    """Return the chart with what happened beside it, drawn once while nothing more happens."""
    asked, choice = sight.asked, sight.choice

    def describe() -> dict[str, Any]:
        judged = sight.judged(brand, engine)
        scope = asked.scope(judged.kpi if judged else None)
        course = course_of(
            brand, engine, metric, choice, scope, judged=judged, is_classic=sight.is_classic
        )
        files = course_files(asked, choice, is_classic=sight.is_classic)
        other = {"period": choice.period.key, "against": choice.against_key, "by": sight.by}
        return {
            "chart": picture_of(course, happenings, asked=asked, choice=choice,
                                downloads=files if sight.may_export else ()),
            "breaks": list(enumerate((b for _i, b in course.breaks), start=1)),
            "is_classic": sight.is_classic,
            "other_limits": asked.href(**other, limits="" if sight.is_classic else "xmr"),
        }  # fmt: skip

    name = (*sight.name, answers.digest_of(happenings))
    return draw_once(brand, name, "insights/metric_chart.html", describe)
