"""Around every operation: how often it may be called, and that a repeat does nothing twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tolok.web.accounts.access import require
from tolok.web.accounts.models import User
from tolok.web.shell import errors

from .models import Answer
from .rate import count_call

PER_MINUTE = 600
_BUSY = timedelta(minutes=2)
_WRITING = ("POST", "PUT", "PATCH", "DELETE")
Run = Callable[..., HttpResponse]


def guard(run: Run) -> Run:
    """Wrap an operation: limit its rate per token, answer repeats with what was answered first."""

    @wraps(run)
    def guarded(request: HttpRequest, *args: Any, **names: Any) -> HttpResponse:
        left, reset = _count(request)
        if left < 0:
            return _with_limits(_too_often(request, reset), 0, reset)
        key = request.headers.get("Idempotency-Key", "")
        user = request.user
        if key and request.method in _WRITING and isinstance(user, User):
            response = _once(request, user, key[:100], lambda: run(request, *args, **names))
        else:
            response = run(request, *args, **names)
        return _with_limits(response, left, reset)

    return guarded


def _count(request: HttpRequest) -> tuple[int, int]:
    """Return how many calls are left in this minute, and in how many seconds it ends."""
    token = getattr(request, "api_token", None)
    who = f"t{token.pk}" if token else f"u{request.user.pk}" if request.user.pk else (
        f"a{request.META.get('REMOTE_ADDR', '')}"
    )  # fmt: skip
    number, seconds = count_call(who)
    return PER_MINUTE - number, seconds


def _with_limits(response: HttpResponse, left: int, reset: int) -> HttpResponse:
    response.headers["RateLimit-Limit"] = str(PER_MINUTE)
    response.headers["RateLimit-Remaining"] = str(max(0, left))
    response.headers["RateLimit-Reset"] = str(reset)
    return response


def _too_often(request: HttpRequest, reset: int) -> HttpResponse:
    trouble = errors.Trouble(
        status=429, code="too_often", title=_("Too many requests"),
        what=_("More requests came than one minute allows."),
        todo=_("Wait as long as Retry-After says, then go on."),
    )  # fmt: skip
    response = errors.show(request, trouble)
    response.headers["Retry-After"] = str(reset)
    return response


def _once(
    request: HttpRequest, user: User, key: str, run: Callable[[], HttpResponse]
) -> HttpResponse:
    digest = _digest(request)
    row, is_new = _claim(user, key, digest)
    if not is_new:
        _enter_again(request)
        return _repeat(request, row, digest)
    try:
        response = run()
    except BaseException:
        row.delete()
        raise
    if response.status_code >= 500 or response.streaming:
        row.delete()
    else:
        kind = response.headers.get("Content-Type", "")
        Answer.objects.filter(pk=row.pk).update(
            status=response.status_code, body=response.content, kind=kind[:80]
        )
    return response


def _enter_again(request: HttpRequest) -> None:
    """Let nobody read a kept answer about a brand they cannot enter (any more)."""
    match = request.resolver_match
    if match and (slug := match.kwargs.get("brand")):
        require(request, str(slug), "see")


def _digest(request: HttpRequest) -> str:
    """Return what tells one request from another: scopes, address and all that it sends."""
    token = getattr(request, "api_token", None)
    scopes = " ".join(token.scopes) if token else ""
    told = hashlib.sha256(f"{scopes} {request.method} {request.get_full_path()}\n".encode())
    if not (request.content_type or "").startswith("multipart/") or request.method != "POST":
        told.update(request.body)
        return told.hexdigest()
    # The boundary of a form differs each time, so what stands between counts.
    told.update(repr(sorted(request.POST.lists())).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            told.update(f"\n{name} {file.name} {file.size}\n".encode())
            for chunk in file.chunks():
                told.update(chunk)
            file.seek(0)
    return told.hexdigest()


def _claim(user: User, key: str, digest: str) -> tuple[Answer, bool]:
    Answer.objects.filter(user=user, key=key, status=None, at__lt=timezone.now() - _BUSY).delete()
    try:
        with transaction.atomic():
            return Answer.objects.create(user=user, key=key, digest=digest), True
    except IntegrityError:
        return Answer.objects.get(user=user, key=key), False


def _repeat(request: HttpRequest, row: Answer, digest: str) -> HttpResponse:
    if row.digest != digest:
        trouble = errors.Trouble(
            status=422, code="key_used", title=_("This key belongs to another request"),
            what=_("The idempotency key was used before, for a different request."),
            todo=_("Use a new key for each new request."),
        )  # fmt: skip
        return errors.show(request, trouble)
    if row.status is None:
        trouble = errors.Trouble(
            status=409, code="in_progress", title=_("Still being worked on"),
            what=_("The first request with this key is not answered yet."),
            todo=_("Wait a moment, then ask again with the same key."),
        )  # fmt: skip
        return errors.show(request, trouble)
    response = HttpResponse(bytes(row.body), status=row.status)
    response.headers["Content-Type"] = row.kind
    response.headers["Idempotent-Replay"] = "true"
    return response
