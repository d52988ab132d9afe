"""The wall: who may open which address. Each app lists its own in `tests/walls.py` as `WALLS`.

A page that stands in the URL map but in no list fails the test, and so does a list that names a
page which is gone.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tolok.web.accounts.models import Brand

_WEB = Path(__file__).parent.parent


def no_thing(_brand: Brand) -> dict[str, Any]:
    """What an address needs that names nothing besides its brand."""
    return {}


@dataclass(frozen=True)
class Wall:
    """Who may open a page.

    `right` is a right of a brand, or "signed_in", "open", "hidden" (404 for everybody unless set
    up). `args` makes what the address needs besides the brand, `data` is posted with POST.
    `own` is what those get who may: by default anything that is not a refusal. `is_common` says
    that what the address names is the same for every brand, such as a metric of the catalogue.
    """

    right: str
    method: str = "GET"
    args: Callable[[Brand], dict[str, Any]] = no_thing
    data: dict[str, Any] = field(default_factory=dict)
    own: tuple[int, ...] = (200, 204, 302, 400, 422)
    is_common: bool = False


def collect_walls() -> dict[str, Wall]:
    """Return the lists of all apps as one."""
    found: dict[str, Wall] = {}
    for file in sorted(_WEB.glob("*/tests/walls.py")):
        spec = importlib.util.spec_from_file_location(f"walls_{file.parts[-3]}", file)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        found |= module.WALLS
    return found


def collect_urls() -> Iterator[str]:
    """Yield the full name of every address of the URL map; an unnamed one as its route."""
    yield from _walk(get_resolver("tolok.web.urls").url_patterns, "")


def _walk(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one.url_patterns, inner)
        else:
            yield f"{space}{one.name or one.pattern}"
