"""What somebody without an account sees behind a link: one page, no menu; anything else is 404."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tolok.web.sharing import Shared, shared_kinds

from .comments import add_comment, comments_on
from .forms import GuestCommentForm, OpenForm
from .links import count_opening, find_link, is_locked, try_password
from .models import Comment, ShareLink

MOST_COMMENTS = 20  # by readers of one link in an hour


@never_cache
def show_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the one page of a link; asks for its password first where it has one."""
    link = find_link(secret)
    shown = shared_kinds().get(link.kind) if link else None
    if link is None or shown is None or shown.name_of(link.brand, link.thing) is None:
        raise Http404
    timezone.activate(link.brand.zone)
    if link.password and not _is_open(request, link):
        return _quiet(_ask_password(request, link))
    form = GuestCommentForm(request.POST or None, initial={"name": _guest(request)})
    if request.method == "POST" and link.may_comment and form.is_valid():
        if _has_room(link):
            told = form.cleaned_data
            request.session["share_name"] = told["name"]
            add_comment(
                link.brand, kind=link.kind, thing=link.thing, text=told["text"],
                name=told["name"], link=link,
            )  # fmt: skip
            return _quiet(redirect(request.path + "#comments"))
        form.add_error(None, _("Many comments came in the last hour. Please try again later."))
    elif request.method == "GET":
        count_opening(link)
    return _quiet(render(request, "share/opened.html", _describe(link, shown, form),
                         status=422 if form.errors else 200))  # fmt: skip


def _describe(link: ShareLink, shown: Shared, form: GuestCommentForm) -> dict[str, Any]:
    return {
        "link": link, "brand": link.brand, "shown": shown, "form": form,
        "name": shown.name_of(link.brand, link.thing),
        "comments": comments_on(link.brand, link.kind, link.thing) if link.may_comment else [],
        **shown.describe(link.brand, link.thing),
    }  # fmt: skip


def _ask_password(request: HttpRequest, link: ShareLink) -> HttpResponse:
    form = OpenForm(request.POST if "password" in request.POST else None)
    if form.is_bound and form.is_valid():
        if try_password(link, form.cleaned_data["password"]):
            request.session[_mark(link)] = link.password[-16:]
            return redirect(request.path)
        link.refresh_from_db(fields=["locked_until"])
        wrong = _("Too many wrong passwords. Try again in a quarter of an hour.")
        form.add_error("password", wrong if is_locked(link) else _("This is not the password."))
    # Nothing about the brand is told before the password.
    return render(
        request, "share/password.html", {"form": form}, status=422 if form.errors else 200
    )


def _mark(link: ShareLink) -> str:
    return f"share_{link.pk}"


def _is_open(request: HttpRequest, link: ShareLink) -> bool:
    return request.session.get(_mark(link)) == link.password[-16:]


def _guest(request: HttpRequest) -> str:
    return str(request.session.get("share_name", ""))


def _has_room(link: ShareLink) -> bool:
    since = timezone.now() - timedelta(hours=1)
    return Comment.objects.filter(link=link, at__gt=since).count() < MOST_COMMENTS


def _quiet(response: HttpResponse) -> HttpResponse:
    """Keep the page out of search engines; its address goes to no other site (same-origin)."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
