"""Pages of figures: the scorecard, and one metric opened down to its rows and files."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tolok.base import Locale, Period
from tolok.kpi import build_scorecard, explain_figure
from tolok.metrics import BASIS_NAMES, Engine, Scope
from tolok.web.accounts.access import Access, page
from tolok.web.accounts.facts import engine_of

from .cards import card_of, files_table, items_table, language_of_page, write_coverage, write_value

PRESETS = ("this-month", "last-month", "last-quarter", "last-half", "ytd", "last-30-days")


@page("see")
@require_GET
def show_scorecard(request: HttpRequest, access: Access) -> HttpResponse:
    """Show what each platform gave in the period."""
    engine = engine_of(access.brand)
    period = period_of(request, engine)
    card = build_scorecard(engine, access.brand.slug, period)
    sections = [
        (s, [card_of(line, card, access.brand.slug, s.platform) for line in s.lines])
        for s in card.sections
    ]
    language = language_of_page()
    context = {
        "access": access,
        "card": card,
        "sections": sections,
        "period": period.label(language),
        "period_key": period.key,
        "previous": engine.calendar.previous(period).key,
        "following": engine.calendar.following(period).key,
        "presets": [(p, engine.calendar.parse(p, engine.today).label(language)) for p in PRESETS],
    }
    return render(request, "insights/scorecard.html", context)


@page("see")
@require_GET
def show_metric(request: HttpRequest, access: Access, metric: str) -> HttpResponse:
    """Show one figure opened: formula, coverage, heaviest rows, files."""
    engine = engine_of(access.brand)
    period = period_of(request, engine)
    platform = request.GET.get("platform", "")
    scope = Scope(access.brand.slug, platforms=(platform,) if platform else ())
    told = explain_figure(engine, metric, period, scope)
    locale = Locale(language_of_page())
    figure = told.figure
    context = {
        "access": access,
        "told": told,
        "metric": told.metric,
        "platform": engine.platforms.names.get(platform, platform),
        "period": period.label(locale.language),
        "value": write_value(figure, told.metric, locale),
        "reason": figure.reason.say(locale.language, **figure.reason_data) if figure.reason else "",
        "basis": BASIS_NAMES[told.metric.basis],
        "coverage": write_coverage(figure, locale),
        "notes": [text.say(locale.language, **data) for text, data in figure.notes],
        "items": items_table(told),
        "files": files_table(told),
    }
    return render(request, "insights/metric.html", context)


def period_of(request: HttpRequest, engine: Engine) -> Period:
    """Return the period asked for, else the last whole month with data; raises UserError."""
    asked = request.GET.get("period", "")
    if asked:
        return engine.calendar.parse(asked, engine.today)
    last = _last_day(engine)
    month = engine.calendar.period_of(last or engine.today, "month")
    whole = last is not None and (last - month.start).days >= 20
    return month if whole else engine.calendar.previous(month)


def _last_day(engine: Engine) -> date | None:
    if engine.view.is_empty("account_days"):
        return None
    value = engine.view.table("account_days").day.max().to_pyarrow().as_py()
    return value if isinstance(value, date) else None
