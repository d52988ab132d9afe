"""Activities: what is expected of them before, what came of them after, or that it cannot be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tolok.base import Text, slug_of
from tolok.kpi.activity import (
    EFFECT_NAMES,
    Activity,
    Evaluation,
    activities_of,
    evaluate_activity,
    record_activities,
    tell_expectation,
)
from tolok.kpi.insight import write_scope
from tolok.kpi.said import say_change, say_value
from tolok.metrics import Scope, load_metrics
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access, NotAllowed, page
from tolok.web.shell import parts
from tolok.web.shell.language import language_of_page, locale_of_page

from .book import Book
from .builder import platforms_of
from .forms import ActivityForm
from .saving import free_key, hold_file
from .words import as_sentence, capital, write_day, write_money

_TONES: dict[str, parts.Tone] = {"lift": "good", "drop": "bad"}
LONGEST = 1000


@page("see")
def show_activities(request: HttpRequest, access: Access) -> HttpResponse:
    """Show every activity with its expected and its actual effect; plan one."""
    if request.method == "POST" and not access.may("work"):
        raise NotAllowed("work")
    book = Book(access.brand)
    known = known_activities(book)
    form = activity_form(book, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        plan_activity(request, access, form)
        messages.success(request, _("Planned. Once it is over, its effect can be measured."))
        return redirect("plan:activities", access.brand.slug)
    about = {
        "access": access, "form": form, "has_kpis": bool(form.fields["kpi"].choices),  # type: ignore[attr-defined]
        "lines": [_line(a, book) for a in reversed(known)],
    }  # fmt: skip
    return render(request, "plan/activities.html", about, status=422 if form.errors else 200)


def known_activities(book: Book) -> tuple[Activity, ...]:
    """Return every activity of the brand, oldest first."""
    return book.keep(
        "activities", book.batches,
        lambda: tuple(activities_of(book.engine.view, book.brand.slug)),
    )  # fmt: skip


def activity_form(book: Book, data: Any = None) -> ActivityForm:
    """Return the form of a new activity with the brand's KPIs and platforms."""
    kpis = [kpi for kpi in book.alive if kpi.declared]
    return ActivityForm(data, kpis=kpis, platforms=platforms_of(book) if kpis else {})


def plan_activity(request: HttpRequest, access: Access, form: ActivityForm) -> Activity:
    """Write a new activity down with what is expected of it; the form has judged it."""
    with hold_file(access.brand):
        book = Book(access.brand)
        activity = _activity(form, book, {a.activity for a in known_activities(book)}, access)
        record_activities(book.lake, access.brand.slug, [activity])
    audit.record(request, "planned_activity", brand=access.brand, thing=activity.name)
    return activity


def _activity(form: ActivityForm, book: Book, taken: set[str], access: Access) -> Activity:
    told = form.cleaned_data
    kpi = book.kpi(told["kpi"])
    assert kpi is not None  # noqa: S101 - it was one of the choices
    scope = Scope(None, kpi.platforms, kpi.accounts, filters=dict(kpi.filters))
    control = Scope(None, tuple(told["control"])) if told["control"] else None
    return Activity(
        activity=free_key(slug_of(told["name"]) or "activity", taken), name=told["name"],
        metric=kpi.metric, start=told["start"], until=form.until, kpi=kpi.key,
        expected=float(told["expected"]) / 100, scope=write_scope(scope),
        control=write_scope(control) if control else "", cost=told["cost"],
        currency=access.brand.currency if told["cost"] is not None else None, made_by=str(access.user),
    )  # fmt: skip


def _line(activity: Activity, book: Book) -> dict[str, Any]:
    told = None
    if activity.verdict:
        name = capital(EFFECT_NAMES[activity.verdict])
        told = parts.Verdict(tone=_TONES.get(activity.verdict, "quiet"), word=name)
    is_over = activity.until <= book.today
    locale = locale_of_page()
    return {
        "activity": activity,
        "kpi": book.kpi(activity.kpi or ""),
        "days": f"{write_day(activity.start, 'short')} – "
        f"{write_day(activity.until - timedelta(days=1), 'short')}",
        "expected": say_change(1 + activity.expected).say(language_of_page()),
        "verdict": told,
        "effect": locale.format_change(activity.effect) if activity.effect is not None else "",
        "range": f"{locale.format_change(activity.low)} … {locale.format_change(activity.high)}"
        if activity.low is not None and activity.high is not None
        else "",
        "expectation": _expectation(activity, book),
        "gained": _gained(activity),
        "can_score": is_over,
        "cost": write_money(activity.cost, activity.currency) if activity.cost else "",
    }


def _expectation(activity: Activity, book: Book) -> tuple[Text, ...]:
    """Return what is usual and what the activity is to bring, in units; nothing without its metric."""
    if activity.metric not in load_metrics():
        return ()
    about = (activity.metric, activity.scope, activity.start, activity.until, activity.expected,
             activity.cost, activity.currency)  # fmt: skip
    return book.keep(
        "expectation", (*book.batches, book.today, *about),
        lambda: tell_expectation(activity, book.engine, brand=book.brand.slug),
    )  # fmt: skip


def _gained(activity: Activity) -> str:
    """Return how many more or fewer units came of it; empty where no effect was seen."""
    metric = load_metrics().get(activity.metric)
    if metric is None or not activity.gained:
        return ""
    count = say_value(abs(activity.gained), metric.unit).say(language_of_page())
    words = _("about %(count)s more") if activity.gained > 0 else _("about %(count)s fewer")
    return words % {"count": count}


@page("work")
@require_POST
def score(request: HttpRequest, access: Access, activity: str) -> HttpResponse:
    """Measure what came of an activity that is over, and write it down."""
    found = find_activity(Book(access.brand), activity)
    if found is None:
        raise Http404
    told = measure_activity(request, access, found)
    words = " ".join(as_sentence(t).say(language_of_page()) for t in told.words)
    messages.success(
        request, f"{found.name}: {told.verdict.say(language_of_page())}. {words}".strip()
    )
    return redirect("plan:activities", access.brand.slug)


def find_activity(book: Book, key: str) -> Activity | None:
    """Return an activity of the brand by its key."""
    return next((a for a in known_activities(book) if a.activity == key), None)


def measure_activity(request: HttpRequest, access: Access, activity: Activity) -> Evaluation:
    """Measure what came of an activity and write it down; returns it with its words."""
    book = Book(access.brand)
    told = evaluate_activity(activity, book.engine, brand=access.brand.slug)
    record_activities(book.lake, access.brand.slug, [told.activity])
    audit.record(request, "scored_activity", brand=access.brand, thing=activity.name)
    return told


@page("work")
@require_POST
def keep_lesson(request: HttpRequest, access: Access, activity: str) -> HttpResponse:
    """Write down what the team learned of an activity."""
    found = find_activity(Book(access.brand), activity)
    if found is None:
        raise Http404
    if words := request.POST.get("learned", "").strip()[:LONGEST]:
        learn_from(request, access, found, words)
        messages.success(request, _("The lesson is kept with the activity."))
    return redirect("plan:activities", access.brand.slug)


def learn_from(request: HttpRequest, access: Access, activity: Activity, words: str) -> None:
    """Keep what the team learned of an activity with it."""
    record_activities(
        Book(access.brand).lake, access.brand.slug, [replace(activity, learned=words)]
    )
    audit.record(request, "kept_lesson", brand=access.brand, thing=activity.name)
