"""The form of an operation of the API: who may call it, checked before anything of it is read.

An area that offers operations has an `api.py` with `ROUTER`; the area of the API finds it there.
Each operation is given `auth=Gate("right")`; below /brands/<brand>/ its view then has
`request.access`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Router
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from tolok.base import Period, Text, UserError
from tolok.metrics import Engine

from .accounts.access import Access, NotSignedIn, require
from .accounts.models import User
from .accounts.rights import RIGHTS
from .discover import area_names

AT = "/brands/{slug:brand}"  # where the operations on a brand stand
T = TypeVar("T")
_SAFE = ("GET", "HEAD", "OPTIONS")
_NUMBERS = 2**63  # databases know no row of a higher number; asked for one they fail
_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)


class Gate(AuthBase):
    """Lets in a token or a signed-in person that holds a right in the brand of the address.

    `find` looks for the thing the address names and returns whether the brand has it, so that
    things of other brands are 404 before a word of the request is read.
    """

    openapi_type = "http"
    openapi_scheme = "bearer"
    openapi_name = "token"

    def __init__(self, right: str = "", find: Callable[..., bool] | None = None) -> None:
        super().__init__()
        if right:
            RIGHTS[right]
        self.right, self.find = right, find

    def __call__(self, request: HttpRequest) -> object:
        """Return who asks; raises what the frame answers with 401, 403 or 404."""
        user = request.user
        if not isinstance(user, User):
            raise NotSignedIn
        by_cookie = getattr(request, "api_token", None) is None
        # A browser's cookie counts only with the mark of one of our own pages.
        if by_cookie and request.method not in _SAFE and check_csrf(request) is not None:
            raise PermissionDenied
        return self._enter(request) if self.right else user

    def _enter(self, request: HttpRequest) -> Access:
        match = request.resolver_match
        names = dict(match.kwargs) if match else {}
        access = require(request, str(names.pop("brand", "")), self.right)
        if self.find is not None and not self.find(access.brand, *names.values()):
            raise Http404
        return access


def access_of(request: HttpRequest) -> Access:
    """Return the access that the gate of this operation found."""
    access: Access = request.access  # type: ignore[attr-defined]
    return access


def has_row(rows: QuerySet[Any], number: int) -> bool:
    """Whether there is a row of that number among these."""
    return 0 < int(number) < _NUMBERS and rows.filter(pk=number).exists()


def still_there(thing: T | None) -> T:
    """Return a thing the gate found; raises Http404 where it went away in between."""
    if thing is None:
        raise Http404
    return thing


def read_period(engine: Engine, asked: str) -> Period:
    """Return the period asked for; raises UserError for none, or one out of reach."""
    try:
        period = engine.calendar.parse(asked, engine.today)
        engine.calendar.previous(period)
        is_near = _FIRST <= period.start <= period.end <= _LAST and period.days <= 3700
    except (ValueError, OverflowError):
        is_near = False
    if not is_near:
        raise UserError(
            Text("{asked} is no period between 2000 and 2099.",
                 "{asked} bukan periode antara 2000 dan 2099."),
            Text("Write it like 2026-10, 2026-Q3 or last-month.",
                 "Tulis seperti 2026-10, 2026-Q3, atau last-month."),
            asked=asked[:40],
        )  # fmt: skip
    return period


def find_routers() -> list[Router]:
    """Return the routers of all areas, in alphabetical order of the areas."""
    found = [f"tolok.web.{name}.api" for name in area_names()]
    return [import_module(module).ROUTER for module in found if find_spec(module)]
