"""What the description of the API says of every operation beside its own words: rights and errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import override
from ninja import NinjaAPI

from tolok.web.accounts.rights import SCOPES
from tolok.web.operations import Gate

from .groups import ERRORS

WRITING = ("post", "put", "patch", "delete")
_ERROR = {
    "title": "Error",
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "hint"],
            "properties": {
                "code": {"type": "string", "examples": ["not_found"]},
                "message": {"type": "string", "description": "what happened"},
                "hint": {"type": "string", "description": "what to do"},
            },
        }
    },
}
_KEY = {
    "in": "header", "name": "Idempotency-Key", "required": False,
    "schema": {"type": "string", "maxLength": 100},
    "description": "its repeat within a day gets the first answer again",
}  # fmt: skip


def complete(schema: dict[str, Any], api: NinjaAPI) -> None:
    """Add to a description which right each operation needs, its errors, and how it is repeated."""
    rights = dict(_rights(api))
    with override("en"):
        _complete(schema, rights)


def _complete(schema: dict[str, Any], rights: Mapping[str, str]) -> None:
    schema["components"]["schemas"]["Error"] = _ERROR
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            right = rights.get(told["operationId"], "")
            told["x-right"] = right
            told["x-scopes"] = scopes_with(right)
            if method in WRITING:
                told.setdefault("parameters", []).append(_KEY)
            for status in _statuses(path, method, told):
                told["responses"][str(status)] = {
                    "description": str(ERRORS[status]),
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Error"}}
                    },
                }


def scopes_with(right: str) -> list[str]:
    """Return the scopes of which a token needs one; every one where no right is asked for."""
    return [scope for scope, held in SCOPES.items() if not right or right in held]


def _rights(api: NinjaAPI) -> Iterator[tuple[str, str]]:
    for _prefix, router in api._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                gates = [g for g in operation.auth_callbacks if isinstance(g, Gate)]
                yield operation.view_func.__name__, gates[0].right if gates else ""


def _statuses(path: str, method: str, told: Mapping[str, Any]) -> list[int]:
    """Return the errors an operation may be answered with."""
    takes = any(p["in"] == "query" for p in told.get("parameters", ())) or "requestBody" in told
    found = {401, 429}
    found |= {403, 404} if "{brand}" in path else {404} if "{" in path else set()
    found |= {400, 422} if takes else set()
    found |= {409, 422} if method in WRITING else set()
    return sorted(found)
