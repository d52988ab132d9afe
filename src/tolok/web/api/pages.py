"""The reference of the API, drawn from its own description."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from tolok.web.accounts.access import Access, page

from .entry import API


@page("see")
@require_GET
def show_reference(request: HttpRequest, access: Access) -> HttpResponse:
    """Show every operation with what it takes and gives."""
    about = {
        "access": access, "groups": list_operations(API.get_openapi_schema()),
        "base": request.build_absolute_uri("/api/v1"),
        "openapi": reverse("api_open:v1:openapi-json"),
    }  # fmt: skip
    return render(request, "api/reference.html", about)


def list_operations(schema: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the operations of a description, grouped by their tags."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            groups.setdefault((told.get("tags") or ["-"])[0], []).append({
                "path": path.replace("/api/v1", ""), "method": method.upper(),
                "says": told.get("description") or told.get("summary", ""),
                "key": told["operationId"],
                "takes": [_parameter(p) for p in told.get("parameters", ()) if p["in"] == "query"],
                "body": _body(told, schema),
            })  # fmt: skip
    return sorted(groups.items())


def _parameter(told: dict[str, Any]) -> dict[str, Any]:
    default = told.get("schema", {}).get("default")
    return {"name": told["name"], "is_needed": told.get("required", False),
            "default": "" if default in (None, "") else default}  # fmt: skip


def _body(told: dict[str, Any], schema: dict[str, Any]) -> list[dict[str, Any]]:
    content = told.get("requestBody", {}).get("content", {})
    for kind in content.values():
        form = kind.get("schema", {})
        if ref := form.get("$ref"):
            form = schema["components"]["schemas"][ref.rsplit("/", 1)[-1]]
        needed = set(form.get("required", ()))
        return [
            {"name": name, "is_needed": name in needed, "kind": _kind(field)}
            for name, field in form.get("properties", {}).items()
        ]
    return []


def _kind(field: dict[str, Any]) -> str:
    if choices := field.get("enum"):
        return " | ".join(str(c) for c in choices)
    if options := field.get("anyOf"):
        return " | ".join(k for o in options if (k := _kind(o)) and k != "null")
    return str(field.get("format") or field.get("type") or "")
