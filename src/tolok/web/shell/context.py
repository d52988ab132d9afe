"""What the frame shows around a page: brand, menu, person, looks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from tolok.web.accounts.access import Access, brands_of
from tolok.web.accounts.models import Brand, User
from tolok.web.area import Area, Entry, areas

from .switcher import Choice, choices_of, draw_choices

THEMES = ("light", "dark")
THEME_COOKIE = "tolok_theme"


@dataclass(frozen=True)
class Line:
    """One line of the menu."""

    entry: Entry
    href: str
    is_here: bool


class Frame:
    """The frame of one request; each thing is looked up only when the template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def person(self) -> User | None:
        """Who is signed in."""
        user = getattr(self._request, "user", None)
        return user if isinstance(user, User) else None

    @property
    def access(self) -> Access | None:
        """The person's access to the brand of the page, where there is one."""
        return getattr(self._request, "access", None)

    @property
    def brand(self) -> Brand | None:
        """The brand of the page."""
        return self.access.brand if self.access else None

    @cached_property
    def brands(self) -> list[Choice]:
        """All brands the person may enter."""
        return choices_of(self.person) if self.person else []

    @cached_property
    def switches(self) -> SafeString:
        """The lines that lead to those brands."""
        home = self.home_brand
        return draw_choices(self.brands, home.pk if home else None)

    @cached_property
    def home_brand(self) -> Brand | None:
        """The brand the frame belongs to: that of the page, else the last one visited."""
        if self.brand or not self.person:
            return self.brand
        brands = brands_of(self.person)
        return brands.filter(pk=self.person.last_brand_id).first() or brands.first()

    @cached_property
    def menu(self) -> list[tuple[Area, list[Line]]]:
        """The areas with those of their entries the person may see."""
        if self.access is None:
            return []
        found = [(area, self._lines(area, self.access)) for area in areas()]
        return [(area, lines) for area, lines in found if lines]

    def _lines(self, area: Area, access: Access) -> list[Line]:
        entries = [entry for entry in area.entries if entry.menu and access.may(entry.right)]
        hrefs = [reverse(entry.url, args=[access.brand.slug]) for entry in entries]
        here = self._here
        return [
            Line(entry, href, is_here=href == here)
            for entry, href in zip(entries, hrefs, strict=True)
        ]

    @cached_property
    def _here(self) -> str:
        """The menu address that is the longest beginning of this page's address."""
        if self.access is None:
            return ""
        slug = self.access.brand.slug
        hrefs = [reverse(e.url, args=[slug]) for a in areas() for e in a.entries if e.menu]
        fitting = [href for href in hrefs if self._request.path.startswith(href)]
        return max(fitting, key=len, default="")

    @cached_property
    def keys(self) -> list[tuple[Entry, str]]:
        """Shortcuts with their addresses."""
        if self.access is None:
            return []
        slug = self.access.brand.slug
        entries = [e for a in areas() for e in a.entries if e.keys and self.access.may(e.right)]
        return [(entry, reverse(entry.url, args=[slug])) for entry in entries]

    @property
    def theme(self) -> str:
        """light, dark, or empty for what the device says."""
        chosen = self.person.theme if self.person else ""
        chosen = chosen or self._request.COOKIES.get(THEME_COOKIE, "")
        return chosen if chosen in THEMES else ""

    @property
    def language(self) -> str:
        """The language of the page."""
        return "id" if get_language() == "id" else "en"

    @property
    def address(self) -> str:
        """The address of the page, to come back to."""
        return self._request.get_full_path() if self._request.method == "GET" else "/"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Hand the frame to every template."""
    return {"frame": SimpleLazyObject(lambda: Frame(request))}
