"""Who is asking: a token, the owner of this machine, a device; and in which language."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation

from .devices import note_device
from .models import User
from .start import ensure_local_owner
from .tokens import find_token

Next = Callable[[HttpRequest], HttpResponseBase]
_LOOPBACK = {"127.0.0.1", "::1"}
_BACKEND = "django.contrib.auth.backends.ModelBackend"


class TokenMiddleware:
    """Below /api/, a bearer token stands for its owner, within its scopes; a bad one for nobody."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if request.path.startswith("/api/") and scheme.lower() == "bearer":
            token = find_token(secret.strip())
            request.api_token = token  # type: ignore[attr-defined]
            request.user = token.user if token else AnonymousUser()
            # No cookie takes part, so no other site can make a browser send this.
            request._dont_enforce_csrf_checks = token is not None  # type: ignore[attr-defined]
        return self.get_response(request)


class LocalOwnerMiddleware:
    """On a machine of one's own (TOLOK_LOCAL, loopback, no proxy) the first visit signs in."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.TOLOK_LOCAL and not request.user.is_authenticated and is_at_home(request):
            login(request, ensure_local_owner(), backend=_BACKEND)
        return self.get_response(request)


def is_at_home(request: HttpRequest) -> bool:
    """True when the request comes from this very machine, not through a proxy, and may sign in.

    Hosts other than loopback names never get here with a name of their own (ALLOWED_HOSTS), but
    an added host would let a web page elsewhere point its name at us; so it is asked again.
    """
    host = urlsplit(f"//{request.get_host()}").hostname
    return (
        request.META.get("REMOTE_ADDR") in _LOOPBACK
        and host in {*_LOOPBACK, "localhost"}
        and "HTTP_X_FORWARDED_FOR" not in request.META
        and "HTTP_FORWARDED" not in request.META
        and not request.path.startswith(("/static/", "/api/", "/sign-", "/healthz"))
        and "tolok_signed_out" not in request.COOKIES
    )


class DeviceMiddleware:
    """Keeps the list of devices, and ends what a request switched on for its thread."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if isinstance(user, User) and not getattr(request, "api_token", None):
            note_device(request, user)
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()


class LanguageMiddleware:
    """A person's own language comes before the browser's."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if isinstance(user, User) and user.language:
            translation.activate(user.language)
            request.LANGUAGE_CODE = user.language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language() or "en")
        return response
