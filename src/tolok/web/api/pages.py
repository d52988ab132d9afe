"""The reference of the API, drawn from its own description: an overview, and a page per group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, override
from django.views.decorators.http import require_GET

from tolok.base import LANGUAGES
from tolok.web.accounts.access import Access, page
from tolok.web.accounts.rights import SCOPE_NAMES, roles_with

from .entry import API
from .groups import COMMON, ERRORS, GROUPS, RULES
from .reference import Asked, Operation, read_operations

_LONGEST = 80


@cache
def operations() -> tuple[Operation, ...]:
    """Return every operation of the API; the description stays the same while a process runs."""
    return read_operations(API.get_openapi_schema())


@page("see")
@require_GET
def show_reference(request: HttpRequest, access: Access) -> HttpResponse:
    """Show how the API is called and its groups; with words asked for, the operations they find."""
    words = request.GET.get("q", "").strip()[:_LONGEST]
    found = [one for one in operations() if _fits(one, words)] if words else []
    about = {
        "q": words, "rules": RULES, "found": len(found),
        "sections": [
            (key, GROUPS[key], _describe(request, access, (o for o in found if o.group == key)))
            for key in GROUPS
        ] if words else [],
    }  # fmt: skip
    return _draw(request, access, about)


@page("see")
@require_GET
def show_group(request: HttpRequest, access: Access, group: str) -> HttpResponse:
    """Show the operations of one group, each with everything a program needs to know of it."""
    if group not in GROUPS:
        raise Http404
    mine = (one for one in operations() if one.group == group)
    sections = [(group, GROUPS[group], _describe(request, access, mine))]
    return _draw(request, access, {"group": group, "sections": sections})


def _draw(request: HttpRequest, access: Access, about: dict[str, Any]) -> HttpResponse:
    counts = Counter(one.group for one in operations())
    shared = {
        "access": access, "base": _base(request),
        "openapi": reverse("api_open:v1:openapi-json"), "count": counts.total(),
        "groups": [(key, *words, counts[key]) for key, words in GROUPS.items()],
    }  # fmt: skip
    return render(request, "api/reference.html", shared | about)


def _base(request: HttpRequest) -> str:
    return request.build_absolute_uri("/api/v1")


def mark_names(words: str) -> SafeString:
    """Return words with the names that stand between backticks drawn as such."""
    parts = enumerate(words.replace("\n", " ").split("`"))
    drawn = ((format_html("<code>{}</code>", part) if odd % 2 else part,) for odd, part in parts)
    return format_html_join("", "{}", drawn)


def _fits(one: Operation, words: str) -> bool:
    names = [asked.name for asked in (*one.asked, *one.body)]
    said = [_in_language(one.says, language) for language in LANGUAGES]
    told = " ".join([one.key, one.method, one.path, *said, *names]).casefold()
    return all(word in told for word in words.casefold().split())


def _in_language(words: str, language: str) -> str:
    with override(language):
        return gettext(words)


def _describe(
    request: HttpRequest, access: Access, found: Iterable[Operation]
) -> list[dict[str, Any]]:
    """Return operations as the page draws them."""
    return [_tell(request, access, one) for one in found]


def _tell(request: HttpRequest, access: Access, one: Operation) -> dict[str, Any]:
    first, _blank, more = gettext(one.says).partition("\n\n")
    example = one.example.replace("{base}", _base(request)).replace("{brand}", access.brand.slug)
    return {
        "one": one, "says": mark_names(first), "more": mark_names(more),
        "scopes": [(scope, SCOPE_NAMES[scope]) for scope in one.scopes],
        "roles": roles_with(one.right) if one.right else [],
        "asked": [_word(a) for a in one.asked], "body": [_word(a) for a in one.body],
        "example": example.split("\n"),
        "errors": [(status, ERRORS[status]) for status in one.errors],
    }  # fmt: skip


def _word(asked: Asked) -> dict[str, Any]:
    """Return what is asked with its meaning in the language of the page, where one is told."""
    meaning = gettext(asked.says) if asked.says else COMMON.get(asked.name, "")
    return {"asked": asked, "says": meaning, "is_english": meaning == asked.says}
