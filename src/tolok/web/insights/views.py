"""Saved views: a name for a period, a comparison, filters and columns; private or shared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tolok.metrics import load_metrics
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access, page
from tolok.web.area import Command

from .breakdown import DIMENSIONS
from .models import FirstView, View

# What of an address a view may keep.
KEPT = ("period", "from", "to", "against", "by", "columns", "only", "platform")
_KEPT_OF_A_METRIC = ("period", "from", "to", "against", "by", "kpi", "limits", *DIMENSIONS)
_MOST = 50


class ViewForm(forms.Form):
    """The name of a view, and for whom it is."""

    name = forms.CharField(label=_("Name"), max_length=80)
    metric = forms.CharField(max_length=80, required=False)
    query = forms.CharField(max_length=400, required=False)
    is_shared = forms.BooleanField(required=False)
    is_first = forms.BooleanField(required=False)

    def clean_metric(self) -> str:
        """Return the metric whose page it is; empty for the scorecard."""
        metric = str(self.cleaned_data["metric"])
        if metric and metric not in load_metrics():
            raise forms.ValidationError(_("There is no such metric."))
        return metric


def views_of(access: Access) -> QuerySet[View]:
    """Return the views a person sees in a brand: their own and the shared ones."""
    seen = Q(made_by=access.user) | Q(is_shared=True)
    return View.objects.filter(seen, brand=access.brand).select_related("made_by")


def view_lines(access: Access, request: HttpRequest, metric: str = "") -> dict[str, Any]:
    """Return what the picker of views shows on the scorecard, or on the page of a metric."""
    first = FirstView.objects.filter(brand=access.brand, user=access.user).first()
    here = request.GET.get("view", "")
    lines = [
        {
            "view": view,
            "href": address_of(access, view),
            "is_mine": view.made_by_id == access.user.pk,
            "is_first": first is not None and first.view_id == view.pk,
            "is_here": str(view.pk) == here,
        }
        for view in views_of(access).filter(metric=metric)
    ]
    return {
        "metric": metric,
        "lines": lines,
        "here": next((line for line in lines if line["is_here"]), None),
        "may_share": access.may("work"),
    }


def address_of(access: Access, view: View) -> str:
    """Return the address a view opens."""
    base = _page_of(access, view.metric)
    return f"{base}?{urlencode([*parse_qsl(view.query), ('view', str(view.pk))])}"


def _page_of(access: Access, metric: str) -> str:
    if metric:
        return reverse("insights:metric", args=[access.brand.slug, metric])
    return reverse("insights:scorecard", args=[access.brand.slug])


@page("see")
@require_POST
def save(request: HttpRequest, access: Access) -> HttpResponse:
    """Save the view of the page under a name; a view of one's own of that name is replaced."""
    form = ViewForm(request.POST)
    metric = request.POST.get("metric", "")
    base = _page_of(access, metric if metric in load_metrics() else "")
    if not form.is_valid():
        messages.error(request, gettext("A view needs a name of at most 80 letters."))
        return redirect(base)
    view = keep_view(request, access, form.cleaned_data)
    if view is None:
        messages.error(request, gettext("Fifty views are enough: remove one first."))
        return redirect(base)
    messages.success(request, gettext("The view “%(name)s” is saved.") % {"name": view.name})
    return redirect(address_of(access, view))


def keep_view(request: HttpRequest, access: Access, told: dict[str, Any]) -> View | None:
    """Keep a view under its name, in place of one's own of that name; None where fifty are kept."""
    is_shared = told["is_shared"] and access.may("work")
    mine = View.objects.filter(brand=access.brand, made_by=access.user)
    if mine.count() >= _MOST and not mine.filter(name=told["name"], metric=told["metric"]).exists():
        return None
    view, _made = View.objects.update_or_create(
        brand=access.brand,
        made_by=access.user,
        metric=told["metric"],
        name=told["name"],
        defaults={"query": clean_query(told["query"], told["metric"]), "is_shared": is_shared},
    )
    if told["is_first"] and not view.metric:
        make_first(access, view)
    audit.record(request, "saved_view", brand=access.brand, thing=view.name)
    return view


def clean_query(query: str, metric: str = "") -> str:
    """Return of an address's question part what a view of that page may keep."""
    kept = _KEPT_OF_A_METRIC if metric else KEPT
    return urlencode([(name, value) for name, value in parse_qsl(query[:400]) if name in kept])


@page("see")
@require_POST
def choose_first(request: HttpRequest, access: Access, view: int) -> HttpResponse:
    """Let the scorecard open with a view, or no longer, for the person who asks."""
    row = views_of(access).filter(pk=view, metric="").first()
    if row is None:
        raise Http404
    known = FirstView.objects.filter(brand=access.brand, user=access.user, view=row)
    if known.exists():
        known.delete()
    else:
        make_first(access, row)
        said = gettext("Your scorecard now opens with “%(name)s”.") % {"name": row.name}
        messages.success(request, said)
    return redirect(address_of(access, row))


def make_first(access: Access, view: View) -> None:
    """Let the scorecard open with a view for the person who asks."""
    FirstView.objects.update_or_create(
        brand=access.brand, user=access.user, defaults={"view": view}
    )


@page("see")
@require_POST
def drop(request: HttpRequest, access: Access, view: int) -> HttpResponse:
    """Remove a view of one's own; who looks after the brand may remove a shared one."""
    row = remove_view(request, access, view)
    messages.success(request, gettext("The view “%(name)s” is gone.") % {"name": row.name})
    return redirect(_page_of(access, row.metric))


def remove_view(request: HttpRequest, access: Access, view: int) -> View:
    """Remove a view and return it; 404 unless it is one's own or one looks after the brand."""
    row = views_of(access).filter(pk=view).first()
    if row is None or not (row.made_by_id == access.user.pk or access.may("manage")):
        raise Http404
    row.delete()
    audit.record(request, "dropped_view", brand=access.brand, thing=row.name)
    return row


def find_views(access: Access, words: str) -> Iterable[Command]:
    """Yield the views whose name holds the words, for the command bar."""
    wanted = words.casefold().split()
    for view in views_of(access):
        if wanted and all(word in view.name.casefold() for word in wanted):
            yield Command(
                label=view.name, href=address_of(access, view), kind=gettext("View"), icon="list"
            )
