"""Headers on every answer, and the way from an error to its page."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from tolok.base import TolokError
from tolok.web.accounts import answers
from tolok.web.accounts.access import Access, NotAllowed, NotSignedIn
from tolok.web.accounts.facts import answers_folder

from . import errors

Next = Callable[[HttpRequest], HttpResponseBase]
_FEATURES = "accelerometer camera geolocation gyroscope magnetometer microphone payment usb"
_POLICY = ", ".join(f"{name}=()" for name in _FEATURES.split())


class HeadersMiddleware:
    """Adds the headers Django has no setting for; pages of a person are kept in no cache."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not response.has_header("Cache-Control") and not request.path.startswith("/static/"):
            add_never_cache_headers(response)
        return response


class ErrorMiddleware:
    """Turns what a view raised into the error page, or into the sign-in page."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer the errors we know; the others go on to the page for faults of ours."""
        if isinstance(error, NotSignedIn):
            return _ask_to_sign_in(request)
        if isinstance(error, NotAllowed):
            return errors.show_not_allowed(request, error.right)
        if isinstance(error, TolokError):
            trouble = errors.trouble_of(error)
            if trouble.status >= 500:
                errors.logger.error("%s at %s", error, request.path, exc_info=error)
            return errors.show(request, trouble)
        return None


class AskedMiddleware:
    """Notes each page of a brand whose answers had to be worked out: next time it is ready."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        before = answers.made_here()
        response = self.get_response(request)
        access: Access | None = getattr(request, "access", None)
        if access and request.method == "GET" and response.status_code == HTTPStatus.OK:
            is_page = response.headers.get("Content-Type", "").startswith("text/html")
            if is_page and answers.made_here() > before:
                with suppress(OSError):
                    answers.note_asked(answers_folder(access.brand), request.get_full_path())
        return response


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/"):
        trouble = errors.Trouble(
            status=401,
            code="not_signed_in",
            title="",
            what="A valid API token is needed.",
            todo="Send it as: Authorization: Bearer tlk_…",
        )
        response = errors.show(request, trouble)
        response.headers["WWW-Authenticate"] = "Bearer"
        return response
    target = request.get_full_path() if request.method == "GET" else "/"
    address = f"{reverse('accounts:sign_in')}?{urlencode({'next': target})}"
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
