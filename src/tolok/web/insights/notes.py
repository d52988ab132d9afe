"""Notes on the time axis: added by people, shown on every chart they speak of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tolok.metrics import load_metrics
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access, page
from tolok.web.shell.language import locale_of_page

from .happenings import KIND_OF_ONE, Happening
from .models import Note
from .periods import Choice
from .strip import SWATCHES

_MOST_LISTED = 40
_UNLISTED = ("post",)  # too many to list; each stands in the rows


class NoteForm(forms.Form):
    """A day and what is known of it."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    text = forms.CharField(label=_("What happened"), max_length=280)
    is_everywhere = forms.BooleanField(
        label=_("Show it on the charts of all metrics"), required=False
    )

    def __init__(self, day: date | None = None, data: Any = None) -> None:
        super().__init__(data, initial={"day": day and day.isoformat()}, auto_id="note-%s")


def first_day(choice: Choice, today: date) -> date:
    """Return the day a new note is offered for: the last one of the period that has passed."""
    return min(choice.period.end - timedelta(days=1), today)


@page("comment")
@require_POST
def add(request: HttpRequest, access: Access, metric: str) -> HttpResponse:
    """Put a note on a day."""
    if metric not in load_metrics():
        raise Http404
    form = NoteForm(data=request.POST)
    if not form.is_valid():
        field, faults = next(iter(form.errors.items()))
        name = form.fields[field].label if field in form.fields else ""
        messages.error(request, f"{name}: {faults[0]}")
        return redirect(_back(request, access, metric))
    keep_note(request, access, metric, form.cleaned_data)
    messages.success(request, gettext("The note stands on the chart."))
    return redirect(_back(request, access, metric))


@page("comment")
@require_POST
def drop(request: HttpRequest, access: Access, note: int) -> HttpResponse:
    """Take a note away: its maker may, and who looks after the brand."""
    row = remove_note(request, access, note)
    messages.success(request, gettext("The note is gone."))
    return redirect(_back(request, access, row.metric))


def keep_note(request: HttpRequest, access: Access, metric: str, told: dict[str, Any]) -> Note:
    """Put a note on a day, of one metric or of all; the form has judged it."""
    note = Note.objects.create(
        brand=access.brand,
        metric="" if told["is_everywhere"] else metric,
        day=told["day"],
        text=told["text"],
        made_by=access.user,
    )
    audit.record(request, "added_note", brand=access.brand, thing=told["text"][:80])
    return note


def remove_note(request: HttpRequest, access: Access, note: int) -> Note:
    """Take a note away and return it; 404 unless one made it or looks after the brand."""
    row = Note.objects.filter(pk=note, brand=access.brand).first()
    if row is None or not may_drop(access, row.made_by_id):
        raise Http404
    row.delete()
    audit.record(request, "dropped_note", brand=access.brand, thing=row.text[:80])
    return row


def may_drop(access: Access, made_by: int | None) -> bool:
    """Whether a note of this maker may be taken away by who asks."""
    return made_by == access.user.pk or access.may("manage")


def _back(request: HttpRequest, access: Access, metric: str) -> str:
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        return target
    if metric:
        return reverse("insights:metric", args=[access.brand.slug, metric])
    return reverse("insights:scorecard", args=[access.brand.slug])


def list_happenings(access: Access, happenings: Sequence[Happening]) -> list[dict[str, Any]]:
    """Return what happened as the list below the chart shows it, the newest first."""
    locale = locale_of_page()
    # What the team did or noted comes before holidays, the newest first.
    listed = [h for h in reversed(happenings) if h.kind not in _UNLISTED]
    found = sorted(listed, key=lambda h: h.kind == "holiday")[:_MOST_LISTED]
    own = set(
        Note.objects.filter(pk__in=[h.note for h in found if h.note], made_by=access.user)
        .values_list("pk", flat=True)
    )  # fmt: skip
    may_all = access.may("manage")
    return [
        {
            "kind": h.kind,
            "shape": SWATCHES[h.kind],
            "kind_name": KIND_OF_ONE[h.kind],
            "days": _say_days(h, locale),
            "title": h.title,
            "by": h.by,
            "drop": reverse("insights:drop_note", args=[access.brand.slug, h.note])
            if h.note and (may_all or h.note in own)
            else "",
        }
        for h in found
    ]


def _say_days(happening: Happening, locale: Any) -> str:
    first = locale.format_date(happening.first, "medium")
    if happening.last <= happening.first:
        return str(first)
    return f"{first} – {locale.format_date(happening.last, 'medium')}"
