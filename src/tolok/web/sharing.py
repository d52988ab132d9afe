"""The form of a page that may be shown by a link: one thing of a brand, without menu or account.

An area that has such pages names them in its `shared.py` as `SHARED`; the area of share links
finds them there, so that neither area knows the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from .area import Label
from .discover import area_names

if TYPE_CHECKING:
    from .accounts.models import Brand


@dataclass(frozen=True, kw_only=True)
class Shared:
    """One kind of page a link may show.

    `things` lists what of a brand may be chosen, as key and name; `name_of` returns the name of
    one, None when there is no such thing; `describe` returns what the template is drawn with.
    `path_of` is the page inside, for those who have an account. `css` and `scripts` are static files.
    """

    key: str
    label: Label
    template: str
    things: Callable[[Brand], Sequence[tuple[str, str]]]
    name_of: Callable[[Brand, str], str | None]
    describe: Callable[[Brand, str], dict[str, Any]]
    path_of: Callable[[Brand, str], str]
    css: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()


@cache
def shared_kinds() -> dict[str, Shared]:
    """Return every kind of page that may be shown by a link, by its key."""
    found: dict[str, Shared] = {}
    for name in area_names():
        if find_spec(module := f"tolok.web.{name}.shared"):
            found |= {one.key: one for one in import_module(module).SHARED}
    return found
