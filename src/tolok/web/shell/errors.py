"""The one error page: what happened, what to do, that nothing was lost."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tolok.base import Language, SourceError, TolokError, UserError
from tolok.web.accounts.rights import roles_with

from .language import language_of_page

logger = logging.getLogger("tolok.web")
Words: TypeAlias = str | Promise
SAFE = _("Nothing you saved was lost.")


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """Something that went wrong, in words for the person who sees it."""

    status: int
    code: str
    title: Words
    what: Words
    todo: Words
    safe: Words = SAFE
    number: str = ""


def show(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """Return the trouble as a page, as a notice (htmx) or as JSON (API)."""
    if request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"error": _as_json(trouble)}, status=trouble.status)
    is_part = bool(getattr(request, "htmx", False)) and not getattr(request.htmx, "boosted", False)
    name = "shell/parts/trouble.html" if is_part else "shell/error.html"
    body = render_to_string(name, {"trouble": trouble}, request)
    response = HttpResponse(body, status=trouble.status)
    if is_part:
        response.headers["HX-Retarget"] = "#notices"
        response.headers["HX-Reswap"] = "beforeend"
    return response


def _as_json(trouble: Trouble) -> dict[str, str]:
    found = {"code": trouble.code, "message": str(trouble.what), "hint": str(trouble.todo)}
    return found | ({"number": trouble.number} if trouble.number else {})


def trouble_of(error: TolokError) -> Trouble:
    """Return what a person reads of an error raised on purpose."""
    language: Language = language_of_page()
    is_user = isinstance(error, UserError)
    return Trouble(
        status=400 if is_user else 502 if isinstance(error, SourceError) else 500,
        code=error.code,
        title=_("This cannot be done as asked") if is_user else _("This did not work"),
        what=error.message.say(language, **error.data),
        todo=error.hint.say(language, **error.data) if error.hint else _("Go back and try again."),
    )


def show_not_allowed(request: HttpRequest, right: str) -> HttpResponse:
    """Answer a member who lacks a right: say who holds it."""
    names = ", ".join(str(name) for name in roles_with(right))
    trouble = Trouble(
        status=403,
        code="not_allowed",
        title=_("This page is for other roles"),
        what=_("Your role in this brand does not open this page."),
        todo=_("It is open to: %(roles)s. An administrator can give you one of these roles.")
        % {"roles": names},
    )
    return show(request, trouble)


def show_bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer a request that makes no sense."""
    trouble = Trouble(
        status=400,
        code="bad_request",
        title=_("This request made no sense to us"),
        what=_("The address or the form did not arrive as a browser sends it."),
        todo=_("Go back and try again."),
    )
    return show(request, trouble)


def show_forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer a request that is not allowed."""
    trouble = Trouble(
        status=403,
        code="forbidden",
        title=_("This is not open to you"),
        what=_("You are signed in, but this is not yours to open or change."),
        todo=_("Ask an administrator of the brand."),
    )
    return show(request, trouble)


def show_not_found(request: HttpRequest, *_args: Any, **_names: Any) -> HttpResponse:
    """Answer for what is not there, and for what is somebody else's: the same way."""
    trouble = Trouble(
        status=404,
        code="not_found",
        title=_("There is nothing here"),
        what=_("This page does not exist, was removed, or belongs to a brand you are not in."),
        todo=_("Check the address, or go to your start page."),
    )
    return show(request, trouble)


def show_server_error(request: HttpRequest) -> HttpResponse:
    """Answer for a fault of ours, with a number that also stands in the log."""
    number = secrets.token_hex(4)
    logger.error("server error %s at %s", number, request.path)
    trouble = Trouble(
        status=500,
        code="internal",
        title=_("The fault is ours"),
        what=_("Something broke inside Tolok while it made this page."),
        todo=_("Try again. If it happens twice, give your administrator the number below."),
        number=number,
    )
    return show(request, trouble)


def show_csrf_failure(request: HttpRequest, **_names: Any) -> HttpResponse:
    """Answer a form that did not come from one of our pages, or came too late."""
    trouble = Trouble(
        status=403,
        code="csrf",
        title=_("This form is no longer valid"),
        what=_("It was open for too long, or cookies are switched off."),
        todo=_("Go back, load the page again and send the form once more."),
        safe=_("What was saved before is untouched; this form was not saved."),
    )
    return show(request, trouble)


def show_locked_out(request: HttpRequest, *_args: Any, **_names: Any) -> HttpResponse:
    """Answer somebody who gave too many wrong passwords."""
    trouble = Trouble(
        status=429,
        code="locked_out",
        title=_("Too many wrong passwords"),
        what=_("To keep your account safe, signing in from here is paused."),
        todo=_("Wait a quarter of an hour, then try again."),
        safe=_("Your account and your data are untouched."),
    )
    return show(request, trouble)
