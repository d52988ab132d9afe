"""The API as a whole: routers of all areas, one manner of errors, one guard around each operation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from tolok.base import TolokError
from tolok.web.accounts.access import NotAllowed, NotSignedIn
from tolok.web.operations import find_routers
from tolok.web.shell import errors

from . import brands, figures, people
from .describing import complete
from .guard import guard

DESCRIPTION = """Everything the screens of Tolok can do, for programs.

Send a token that reaches the brand as `Authorization: Bearer tlk_…`. Lists take `limit` and `offset`.
A request that changes something may carry an `Idempotency-Key`; its repeat within a day gets the
first answer again. `RateLimit-*` headers say how many calls are left in this minute. Errors have
one form: `{"error": {"code", "message", "hint"}}`, in the language of `Accept-Language`. A figure
that cannot be said is null with its reason, never 0."""

_STATUS = {"conflict": 409, "invalid": 422}


class _Api(NinjaAPI):
    """An API that stands inside the addresses of an area."""

    def get_root_path(self, path_params: Any) -> str:
        """Return where the API begins."""
        return reverse("api_open:v1:api-root", kwargs=path_params)

    def get_openapi_schema(self, **names: Any) -> OpenAPISchema:
        """Return the description, with the right each operation needs and its errors."""
        schema = super().get_openapi_schema(**names)
        complete(schema, self)
        return schema

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the name of an operation, wherever it stands in the code."""
        return operation.view_func.__name__


def make_api() -> NinjaAPI:
    """Return the API with the operations of every area."""
    api = _Api(
        title="Tolok", version="1", description=DESCRIPTION, docs_url=None, urls_namespace="v1"
    )
    api.add_decorator(guard, mode="view")
    for router in (brands.ROUTER, figures.ROUTER, people.ROUTER, *find_routers()):
        api.add_router("", router)
    _say_errors(api)
    return api


def _say_errors(api: NinjaAPI) -> None:
    @api.exception_handler(Http404)
    def not_found(request: HttpRequest, _error: Http404) -> HttpResponse:
        return errors.show_not_found(request)

    @api.exception_handler(NotAllowed)
    def not_allowed(request: HttpRequest, error: NotAllowed) -> HttpResponse:
        return errors.show_not_allowed(request, error.right)

    @api.exception_handler(TolokError)
    def known(request: HttpRequest, error: TolokError) -> HttpResponse:
        trouble = errors.trouble_of(error)
        status = _STATUS.get(error.code, trouble.status)
        return errors.show(request, replace(trouble, status=status))

    @api.exception_handler(NotSignedIn)
    @api.exception_handler(AuthenticationError)
    def not_signed_in(request: HttpRequest, _error: Exception) -> HttpResponse:
        trouble = errors.Trouble(
            status=401, code="not_signed_in", title=_("Not signed in"),
            what=_("A valid API token is needed."),
            todo=_("Send it as: Authorization: Bearer tlk_…"),
        )  # fmt: skip
        response = errors.show(request, trouble)
        response.headers["WWW-Authenticate"] = "Bearer"
        return response

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        return errors.show(request, _trouble("invalid", 422, _fields(error.errors)))

    @api.exception_handler(HttpError)
    def malformed(request: HttpRequest, error: HttpError) -> HttpResponse:
        return errors.show(request, _trouble("bad_request", error.status_code, ""))


def _trouble(code: str, status: int, fields: str) -> errors.Trouble:
    what = _("The request is not in the form this operation reads.")
    todo = _("Look at: %(fields)s") % {"fields": fields} if fields else _(
        "Look at the reference of this operation."
    )  # fmt: skip
    return errors.Trouble(status=status, code=code, title=what, what=what, todo=todo)


def _fields(found: list[dict[str, Any]]) -> str:
    names = (".".join(str(part) for part in one.get("loc", ())[1:]) for one in found[:5])
    return ", ".join(dict.fromkeys(name for name in names if name))


API = make_api()
