"""The form of an area of work: its menu entries, its commands, who may see them.

An area is a folder beside this file. What stands in it is found, with no edit elsewhere:

- `area.py` with `AREA = Area(...)` makes it an app and gives it its place in the menu;
- `urls.py` (`app_name`, `urlpatterns`) holds pages of a brand, below /b/<brand>/<area>/; each
  view is wrapped by `accounts.access.page("right")` and gets an `Access` in place of the slug;
- `open_urls.py` (below /<area>/) and `api_urls.py` (below /api/<area>/), where there are any;
- `jobs.py` holds long work (`jobs.kinds.job`), `models.py` and `migrations/` its tables;
- `templates/<area>/` extend `shell/base.html`; `locale/id/` holds the Indonesian words, brought
  up to date by `python -m tolok.web.messages gather <area>`;
- `api.py` with `ROUTER` holds its operations of the API, `shared.py` what a link may show of it;
- `tests/walls.py` lists who may open each page (`WALLS`); the wall test fails until it does, and
  `api/tests/screens.py` which operation does the same for a program, or why none does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

from django.utils.functional import Promise

from .discover import GROUND, area_names

if TYPE_CHECKING:
    from .accounts.access import Access

Label: TypeAlias = str | Promise


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the menu and of the command bar, leading to a page of a brand.

    `url` is the name of a URL that takes only the brand's slug as `brand`; `right` is who may
    see it; `keys` is a sequence such as "g s"; `words` are further words by which the command
    bar finds it; `menu=False` keeps it out of the menu; `home_for` are the roles that land here.
    """

    label: Label
    url: str
    right: str = "see"
    icon: str = "dot"
    keys: str = ""
    words: Label = ""
    menu: bool = True
    home_for: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Command:
    """One answer of the command bar: where it leads and what kind of thing it is."""

    label: str
    href: str
    kind: str = ""
    keys: str = ""
    icon: str = "dot"
    opens: str = ""  # a dialog of the page, in place of an address


@dataclass(frozen=True, kw_only=True)
class Area:
    """An area of work, declared as `AREA` in the `area.py` of its folder.

    `order` sorts the menu (10 first); an area with an empty `label` stands in it without a heading. `search` answers the command bar with things of the
    brand (posts, KPIs, campaigns) for the words typed; it sees only what `access` may see.
    """

    key: str
    label: Label
    order: int = 50
    entries: tuple[Entry, ...] = field(default_factory=tuple)
    search: Callable[[Access, str], Iterable[Command]] | None = None


@cache
def areas() -> tuple[Area, ...]:
    """Return every area that stands in this room, in the order of the menu."""
    modules = [import_module(f"tolok.web.{name}.area") for name in (*area_names(), *_ground())]
    return tuple(sorted((module.AREA for module in modules), key=lambda area: area.order))


def _ground() -> tuple[str, ...]:
    return tuple(name for name in GROUND if name == "accounts")
