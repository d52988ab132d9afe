"""Parts of pages drawn once for all readers of a brand, and kept like every other answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from tolok.web.accounts.facts import remember
from tolok.web.accounts.models import Brand


def draw_once(
    brand: Brand, name: tuple[Any, ...], template: str, describe: Callable[[], Mapping[str, Any]]
) -> SafeString:
    """Return the part as the template draws it of what `describe` tells, in the page's language.

    Kept for the brand's facts as they are now. The template knows nobody: neither the request nor
    the person. What the part depends on beside the brand (a period, a right) must stand in `name`.
    """

    def draw() -> SafeString:
        return mark_safe(render_to_string(template, dict(describe())))  # noqa: S308 - by template

    return remember(brand, ("drawn", template, get_language(), *name), draw)
