"""Insights: claims about coming figures, made with a due date and scored when due (K5.3)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from tolok.base import RATIO, Period, Text, slug_of
from tolok.kpi.insight import (
    OUTCOME_NAMES,
    Insight,
    insights_of,
    measure_accuracy,
    record_insights,
    score_insight,
    write_scope,
)
from tolok.kpi.said import say_share, say_value
from tolok.kpi.target import read_plain
from tolok.metrics import Scope, load_metrics
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access, page
from tolok.web.accounts.facts import calendar_of
from tolok.web.shell import parts
from tolok.web.shell.language import language_of_page

from .beside import figures_beside
from .book import Book
from .builder import platforms_of
from .forms import metric_choices
from .saving import free_key, hold_file
from .words import capital, write_day

FIGURES = ("insights_claimed", "insight_hit_rate", "insights_used_share")
_SETTLES = timedelta(days=7)  # the platforms still correct a period's last days for about a week
_TONES: dict[str, parts.Tone] = {"true": "good", "false": "bad"}
SIDES = {"above": Text("at least", "paling sedikit"), "below": Text("below", "di bawah")}
ODDS = (0.6, 0.7, 0.8, 0.9, 0.95)
CLAIM = Text("{metric} in {period}: {side} {line}", "{metric} pada {period}: {side} {line}")
ABOUT = Text("{metric}, {period}: {side} {line}, {odds} sure",
             "{metric}, {period}: {side} {line}, yakin {odds}")  # fmt: skip
CAME = Text("it came to {value}", "hasilnya {value}")


class ClaimForm(forms.Form):
    """What will be, in which period, and how surely."""

    metric = forms.ChoiceField(label=_("Which figure"))
    platforms = forms.MultipleChoiceField(
        label=_("On which platforms"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all together."),
    )  # fmt: skip
    period = forms.ChoiceField(label=_("In which time"))
    side = forms.ChoiceField(label=_("It will be"))
    line = forms.CharField(
        label=_("This value"), max_length=30, help_text=_("12000, or 5% for a share.")
    )
    odds = forms.ChoiceField(
        label=_("How sure are you"),
        help_text=_("Said too surely costs as much as said too timidly: the score counts both."),
    )
    claim = forms.CharField(
        label=_("What it says about people"), max_length=300, required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Why you believe it, in one sentence. Empty: the figures speak."),
    )  # fmt: skip

    def __init__(self, *args: Any, book: Book, **values: Any) -> None:
        super().__init__(*args, **values)
        language = language_of_page()
        periods = [(p.key, p.label(language)) for p in coming_periods(book)]
        told: dict[str, list[Any]] = {
            "metric": metric_choices(_("Choose one")),
            "platforms": list(platforms_of(book).items()),
            "period": periods,
            "side": [(key, capital(words).say(language)) for key, words in SIDES.items()],
            "odds": [(str(odds), say_share(odds).say(language)) for odds in ODDS],
        }
        for name, choices in told.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_line(self) -> float:
        """Return the value, a share where a percent sign says so."""
        words = str(self.cleaned_data["line"]).strip()
        number = read_plain(words.rstrip("% ").strip())
        if number is None:
            raise forms.ValidationError(_("This is no number."))
        return number / 100 if words.endswith("%") else number

    def clean(self) -> dict[str, Any]:
        """Ask for a percent sign where the metric is a share."""
        values = super().clean() or {}
        metric = load_metrics().get(values.get("metric", ""))
        line = values.get("line")
        if metric is not None and metric.unit == RATIO and line is not None and line > 1:
            self.add_error("line", _("This metric is a share. Write 5% for five in a hundred."))
        return values


def coming_periods(book: Book) -> list[Period]:
    """Return the periods a claim may speak of: those that run and the next of each length."""
    calendar = calendar_of(book.brand)
    found = []
    for grain in ("week", "month", "quarter", "half", "year"):
        running = calendar.period_of(book.today, grain)
        found += [running, calendar.following(running)]
    return found


def claims_of(book: Book) -> tuple[Insight, ...]:
    """Return all claims of the brand, oldest first."""
    return book.keep(
        "claims", book.batches,
        lambda: tuple(insights_of(book.engine.view, book.brand.slug)),
    )  # fmt: skip


@page("see")
@require_GET
def list_claims(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the claims that are open, those scored, and how well they came true."""
    book = Book(access.brand)
    claims = claims_of(book)
    scored = [c for c in claims if c.outcome]
    accuracy = measure_accuracy(claims)
    about = {
        "access": access,
        "open": [claim_line(c, book) for c in sorted(claims, key=lambda c: c.due) if not c.outcome],
        "scored": [claim_line(c, book) for c in reversed(scored)],
        "accuracy": accuracy if accuracy.scored else None,
        "figures": figures_beside(book, FIGURES) if claims else [],
        "ready": sum(1 for c in claims if not c.outcome and c.due <= book.today),
    }
    return render(request, "plan/claims.html", about)


def claim_line(claim: Insight, book: Book) -> dict[str, Any]:
    """Return a claim as a line: what it says, how surely, what came."""
    metric = load_metrics().get(claim.metric)
    language = language_of_page()
    label = calendar_of(book.brand).parse(claim.period, book.today).label(language)
    unit = metric.unit if metric else RATIO
    currency = book.brand.currency
    data = {
        "metric": metric.name if metric else claim.metric, "period": label,
        "side": SIDES.get(claim.side, SIDES["above"]), "odds": say_share(claim.odds),
        "line": say_value(claim.line, unit, currency),
    }  # fmt: skip
    verdict = None
    if claim.outcome:
        word = capital(OUTCOME_NAMES[claim.outcome])
        verdict = parts.Verdict(tone=_TONES.get(claim.outcome, "quiet"), word=word)
    came = ""
    if claim.actual is not None:
        came = CAME.say(language, value=say_value(claim.actual, unit, currency))
    return {
        "claim": claim, "about": ABOUT.say(language, **data), "verdict": verdict, "came": came,
        "due": write_day(claim.due), "is_due": claim.due <= book.today, "metric": metric,
    }  # fmt: skip


@page("work")
def make_claim(request: HttpRequest, access: Access) -> HttpResponse:
    """Write a claim down before it can be known."""
    book = Book(access.brand)
    calendar = calendar_of(access.brand)
    following = calendar.following(calendar.period_of(book.today, "month"))
    initial = {"period": following.key, "odds": "0.8", "metric": request.GET.get("metric", "")}
    form = ClaimForm(request.POST or None, book=book, initial=initial)
    if request.method == "POST" and form.is_valid():
        claim = write_claim(request, access, form.cleaned_data)
        messages.success(
            request, _now("Written down. It is scored on %(day)s.") % {"day": write_day(claim.due)}
        )
        return redirect("plan:claims", access.brand.slug)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "plan/claim.html", {"access": access, "form": form}, status=status)


def write_claim(request: HttpRequest, access: Access, told: dict[str, Any]) -> Insight:
    """Write a claim down before it can be known; the form has judged it."""
    with hold_file(access.brand):
        book = Book(access.brand)
        claim = _read(told, book, {c.insight for c in claims_of(book)}, access)
        record_insights(book.lake, access.brand.slug, [claim])
    audit.record(request, "claimed_insight", brand=access.brand, thing=claim.claim[:80])
    return claim


def _read(told: dict[str, Any], book: Book, taken: set[str], access: Access) -> Insight:
    metric = load_metrics()[told["metric"]]
    period = calendar_of(book.brand).parse(told["period"], book.today)
    language = language_of_page()
    words = told["claim"] or CLAIM.say(
        language, metric=metric.name, period=period.label(language), side=SIDES[told["side"]],
        line=say_value(told["line"], metric.unit, book.brand.currency),
    )  # fmt: skip
    return Insight(
        insight=free_key(slug_of(words) or "claim", taken), day=book.today, claim=words,
        metric=metric.key, period=period.key, side=told["side"], line=told["line"],
        odds=float(told["odds"]), due=period.end + _SETTLES, made_by=str(access.user),
        scope=write_scope(Scope(None, tuple(told["platforms"]))),
    )  # fmt: skip


@page("work")
@require_POST
def score_claims(request: HttpRequest, access: Access) -> HttpResponse:
    """Score every claim that has come due."""
    count = score_due(Book(access.brand))
    audit.record(request, "scored_insights", brand=access.brand, count=count)
    messages.success(request, _now("What is due has been scored against the data."))
    return redirect("plan:claims", access.brand.slug)


def score_due(book: Book) -> int:
    """Score the claims that are due and not yet scored for good; returns how many were."""
    due = [c for c in claims_of(book) if c.outcome not in ("true", "false") and c.due <= book.today]
    scored = [score_insight(c, book.engine, brand=book.brand.slug) for c in due]
    new = [s for s, c in zip(scored, due, strict=True) if s != c]
    record_insights(book.lake, book.brand.slug, new)
    return len(new)
