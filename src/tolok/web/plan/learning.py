"""What the team needs to learn: noted after an activity or by itself, for whom and by when (L12)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tolok.kpi.ledger import read_facts, write_facts
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access, NotAllowed, page
from tolok.web.shell.language import locale_of_page

from .beside import figures_beside
from .book import Book
from .builder import people_of
from .words import write_day

FIGURES = ("training_done_share", "training_hours", "employees_trained")


class LearningForm(forms.Form):
    """Material to learn, for one person."""

    training = forms.CharField(
        label=_("What is to be learned"), max_length=120,
        help_text=_("A course, an article, a case of our own."),
    )  # fmt: skip
    topic = forms.CharField(label=_("What it teaches"), max_length=80, required=False)
    employee = forms.CharField(
        label=_("Who"), max_length=80,
        widget=forms.TextInput({"list": "people", "autocomplete": "off"}),
    )  # fmt: skip
    planned_on = forms.DateField(
        label=_("By when"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    hours = forms.DecimalField(
        label=_("Hours"), required=False, min_value=0, max_value=1000, max_digits=6,
        decimal_places=2,
    )  # fmt: skip


def rows_of(book: Book) -> list[dict[str, Any]]:
    """Return everything noted, what is due first."""
    found: list[dict[str, Any]] = book.keep(
        "training", book.batches, lambda: read_facts(book.engine.view, book.brand.slug, "training")
    )
    return sorted(found, key=lambda r: (r["planned_on"] or date.max, r["training"]))


@page("see")
def show_learning(request: HttpRequest, access: Access) -> HttpResponse:
    """Show what is to be learned and what was; note more."""
    if request.method == "POST" and not access.may("work"):
        raise NotAllowed("work")
    book = Book(access.brand)
    initial = {"training": request.GET.get("training", "")[:120], "planned_on": book.today,
               "topic": request.GET.get("topic", "")[:80], "employee": str(access.user)}  # fmt: skip
    form = LearningForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        note_learning(request, access, form.cleaned_data)
        messages.success(request, _now("Noted."))
        return redirect("plan:learning", access.brand.slug)
    lines = [_line(row, book) for row in rows_of(book)]
    about = {
        "access": access, "form": form, "people": people_of(access.brand),
        "open": [line for line in lines if not line["row"]["done_on"]],
        "done": [line for line in reversed(lines) if line["row"]["done_on"]],
        "figures": figures_beside(book, FIGURES, "year") if lines else [],
        "is_open": form.is_bound or bool(request.GET.get("training")),
    }  # fmt: skip
    return render(request, "plan/learning.html", about, status=422 if form.errors else 200)


def note_learning(request: HttpRequest, access: Access, told: dict[str, Any]) -> None:
    """Write down what somebody is to learn by when; the form has judged it."""
    hours = float(told["hours"]) if told["hours"] is not None else None
    row = {**told, "topic": told["topic"] or None, "hours": hours}
    write_facts(Book(access.brand).lake, access.brand.slug, {"training": [row]})
    audit.record(request, "noted_learning", brand=access.brand, thing=told["training"])


def finish_learning(request: HttpRequest, access: Access, training: str, employee: str) -> None:
    """Say that somebody learned something, today."""
    book = Book(access.brand)
    row = {"training": training, "employee": employee, "done_on": book.today}
    write_facts(book.lake, access.brand.slug, {"training": [row]})
    audit.record(request, "finished_learning", brand=access.brand, thing=training)


def _line(row: dict[str, Any], book: Book) -> dict[str, Any]:
    hours = row["hours"]
    return {
        "row": row,
        "day": write_day(row["done_on"] or row["planned_on"]),
        "is_late": not row["done_on"]
        and bool(row["planned_on"])
        and row["planned_on"] < book.today,
        "hours": locale_of_page().format_number(hours) if hours else "",
    }


@page("work")
@require_POST
def finish(request: HttpRequest, access: Access) -> HttpResponse:
    """Say that something was learned, today."""
    book = Book(access.brand)
    told = (request.POST.get("training", ""), request.POST.get("employee", ""))
    found = next((r for r in rows_of(book) if (r["training"], r["employee"]) == told), None)
    if found is None:
        raise Http404
    finish_learning(request, access, *told)
    messages.success(request, _now("Learned: it counts from today."))
    return redirect("plan:learning", access.brand.slug)
