"""The list of brands a person may go to, drawn in one go: an agency has hundreds on every page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from tolok.web.accounts.access import brands_of
from tolok.web.accounts.models import Brand, User

_COLUMNS = ("pk", "slug", "name", "colour", "logo_type", "workspace__name")
_ANY = "any-brand"
_LINES = 4096  # kept per process


class Choice(NamedTuple):
    """A brand as the list shows it."""

    pk: int
    slug: str
    name: str
    colour: str
    logo_type: str
    workspace: str


def choices_of(person: User) -> list[Choice]:
    """Return the brands a person may enter, by workspace and name."""
    rows = brands_of(person).order_by("workspace__name", "workspace_id", "name", "pk")
    return [Choice(*row) for row in rows.values_list(*_COLUMNS)]


def draw_choices(choices: Sequence[Choice], here: int | None) -> SafeString:
    """Draw a line for each brand, below the name of its workspace; `here` is the current one."""
    home = reverse("shell:home", args=[_ANY])
    logo = reverse("accounts:logo", args=[_ANY])
    drawn, workspace = [], None
    for brand in choices:
        if brand.workspace != workspace:
            workspace = brand.workspace
            drawn.append(format_html('<p class="pop-head">{}</p>', workspace))
        drawn.append(_draw_line(brand, home, logo, is_here=brand.pk == here))
    return mark_safe("".join(drawn))  # noqa: S308 - every piece was escaped


@lru_cache(maxsize=_LINES)
def _draw_line(brand: Choice, home: str, logo: str, *, is_here: bool) -> SafeString:
    """Draw a line; all it says is given, so a line once drawn stays right."""
    return format_html(
        '<a class="pop-line" href="{}"{}>{}<span>{}</span></a>\n',
        home.replace(_ANY, brand.slug),
        SafeString(' aria-current="true"') if is_here else "",
        draw_badge(brand, logo),
        brand.name,
    )


def draw_links(brands: Iterable[Brand], page: str) -> dict[int, SafeString]:
    """Draw for each brand a link with its badge and name to a page of that brand, by its number."""
    address, logo = reverse(page, args=[_ANY]), reverse("accounts:logo", args=[_ANY])
    return {
        b.pk: _draw_link(Choice(b.pk, b.slug, b.name, b.colour, b.logo_type, ""), address, logo)
        for b in brands
    }


@lru_cache(maxsize=_LINES)
def _draw_link(brand: Choice, address: str, logo: str) -> SafeString:
    return format_html(
        '<a href="{}" class="brand-link">{}{}</a>',
        address.replace(_ANY, brand.slug), draw_badge(brand, logo), brand.name,
    )  # fmt: skip


def draw_badge(brand: Choice | Brand, logo: str = "") -> SafeString:
    """Draw a brand's logo, else its first letter on its colour; `logo` is the address of logos."""
    if brand.logo_type:
        return format_html(
            '<img class="badge" src="{}" alt="" width="22" height="22" loading="lazy">',
            (logo or reverse("accounts:logo", args=[_ANY])).replace(_ANY, brand.slug),
        )
    return format_html(
        '<svg class="badge" viewBox="0 0 22 22" aria-hidden="true" focusable="false">'
        '<rect width="22" height="22" rx="6" fill="{}"/>'
        '<text x="11" y="15.2" text-anchor="middle">{}</text></svg>',
        brand.colour,
        brand.name[:1].upper(),
    )
