"""What the frame shows around a page: brand, menu, person, looks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString, mark_safe

from tolok.web.accounts.access import Access, brands_of
from tolok.web.accounts.models import Brand, User
from tolok.web.area import Entry, areas

from .language import language_of_page
from .switcher import Choice, choices_of, draw_choices

THEMES = ("light", "dark")
THEME_COOKIE = "tolok_theme"
_MENUS = 2048  # kept drawn per process


class Place(NamedTuple):
    """Where menus lead and how they speak: a brand, a language, the root of all addresses."""

    brand: str
    language: str
    root: str


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
    def menu(self) -> SafeString:
        """The areas with those of their entries the person may see, as drawn."""
        if self.access is None:
            return SafeString("")
        place = Place(self.access.brand.slug, self.language, get_script_prefix())
        return _draw_menu(place, self.access.rights, _entry_at(place, self._request.path))

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
        return language_of_page()

    @property
    def address(self) -> str:
        """The address of the page, to come back to."""
        return self._request.get_full_path() if self._request.method == "GET" else "/"


# The menu rests on nothing but what is given: the areas themselves never change while we run.
@lru_cache(maxsize=_MENUS)
def _draw_menu(place: Place, rights: frozenset[str], here: str) -> SafeString:
    menu = []
    for area in areas():
        lines = [
            Line(entry, href, is_here=entry.url == here)
            for entry, href in _hrefs_in(place) if entry in area.entries and entry.right in rights
        ]  # fmt: skip
        if lines:
            menu.append((area, lines))
    drawn = render_to_string("shell/parts/menu.html", {"menu": menu})
    return mark_safe(drawn)  # noqa: S308 - a template escaped it


def _entry_at(place: Place, path: str) -> str:
    """Return the URL name of the entry whose address is the longest beginning of the page's."""
    fitting = [(href, entry.url) for entry, href in _hrefs_in(place) if path.startswith(href)]
    return max(fitting, key=lambda one: len(one[0]), default=("", ""))[1]


@lru_cache(maxsize=_MENUS)
def _hrefs_in(place: Place) -> tuple[tuple[Entry, str], ...]:
    entries = [entry for area in areas() for entry in area.entries if entry.menu]
    return tuple((entry, reverse(entry.url, args=[place.brand])) for entry in entries)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Hand the frame to every template."""
    return {"frame": SimpleLazyObject(lambda: Frame(request))}
