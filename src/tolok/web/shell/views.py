"""Pages of the frame itself: the start, the command bar's answers, progress, looks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from tolok.web.accounts.access import Access, brands_of, page, signed_in
from tolok.web.accounts.brand import workspaces_of
from tolok.web.accounts.models import User
from tolok.web.area import Entry, areas
from tolok.web.jobs import queue
from tolok.web.jobs.models import Job

from .commands import find_commands
from .context import THEME_COOKIE, THEMES

_YEAR = 60 * 60 * 24 * 365


@signed_in
def start(request: HttpRequest) -> HttpResponse:
    """Lead to the brand last visited, to the first one, or to making one."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - the gate saw to it
    brands = brands_of(user)
    brand = brands.filter(pk=user.last_brand_id).first() or brands.first()
    if brand is not None:
        return redirect("shell:home", brand.slug)
    if workspaces_of(user):
        return redirect("accounts:new_brand")
    return render(request, "shell/no_brand.html")


@page("see")
def home(request: HttpRequest, access: Access) -> HttpResponse:
    """Lead to where the person's role begins its day in this brand."""
    if access.user.last_brand_id != access.brand.pk and access.token is None:
        User.objects.filter(pk=access.user.pk).update(last_brand_id=access.brand.pk)
    entry = first_entry(access)
    if entry is None:
        return render(request, "shell/home.html", {"access": access})
    return redirect(entry.url, access.brand.slug)


def first_entry(access: Access) -> Entry | None:
    """Return the entry made for one of the person's roles, else the first of the menu."""
    entries = [
        entry
        for area in areas()
        if area.key != "accounts"
        for entry in area.entries
        if access.may(entry.right)
    ]
    for role in reversed(access.roles):
        for entry in entries:
            if role in entry.home_for:
                return entry
    return next((entry for entry in entries if entry.menu), None)


@page("see")
@require_GET
def list_commands(request: HttpRequest, access: Access) -> HttpResponse:
    """Answer the command bar."""
    words = request.GET.get("q", "")[:80]
    return JsonResponse({"commands": find_commands(access, words)})


@page("see")
@require_GET
def show_job(request: HttpRequest, access: Access, job: int) -> HttpResponse:
    """Show how far a job is: as a part (htmx) or as a page."""
    row = _job(access, job)
    is_part = bool(getattr(request, "htmx", False))
    name = "shell/parts/progress.html" if is_part else "shell/job.html"
    response = render(request, name, {"access": access, "job": row})
    if is_part and not row.is_open:
        response.headers["HX-Trigger"] = "tolok:job-ended"
    return response


@page("see")
@require_POST
def stop_job(request: HttpRequest, access: Access, job: int) -> HttpResponse:
    """Ask a job to stop; its maker may, and whoever brings in data."""
    row = _job(access, job)
    if not access.may("bring") and row.made_by_id != access.user.pk:
        raise Http404
    queue.cancel(row.pk)
    row.refresh_from_db()
    if getattr(request, "htmx", False):
        return render(request, "shell/parts/progress.html", {"access": access, "job": row})
    return redirect("shell:job", access.brand.slug, row.pk)


def _job(access: Access, job: int) -> Job:
    row = Job.objects.filter(pk=job, brand_id=access.brand.pk).first()
    if row is None:
        raise Http404
    return row


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Switch the language, for this browser and for the person."""
    language = request.POST.get("language", "")
    response = redirect(_target(request))
    if language in dict(settings.LANGUAGES):
        _remember(response, settings.LANGUAGE_COOKIE_NAME, language)
        _update_person(request, language=language)
    return response


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Switch between light, dark and what the device says."""
    theme = request.POST.get("theme", "")
    response = redirect(_target(request))
    theme = theme if theme in THEMES else ""
    _remember(response, THEME_COOKIE, theme)
    _update_person(request, theme=theme)
    return response


@require_GET
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say whether the web and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_GET
def robots(_request: HttpRequest) -> HttpResponse:
    """Ask search engines to stay out."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


def _update_person(request: HttpRequest, **values: Any) -> None:
    if isinstance(request.user, User):
        User.objects.filter(pk=request.user.pk).update(**values)


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def _target(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    hosts = {request.get_host()}
    if url_has_allowed_host_and_scheme(target, hosts, require_https=request.is_secure()):
        return target
    return reverse("shell:start")
