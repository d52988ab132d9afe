"""All addresses: those of the ground by name, those of each area by standing there.

An area may have `urls.py` (pages of a brand, below /b/<brand>/<area>/), `open_urls.py` (pages
without a brand, such as share links, below /<area>/) and `api_urls.py` (below /api/<area>/).
Each names its `app_name`.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.urls import include, path

from .discover import area_names

_SHELVES = (("urls", "b/<slug:brand>/{}/"), ("open_urls", "{}/"), ("api_urls", "api/{}/"))


def _area_paths() -> list[Any]:
    return [
        path(prefix.format(name), include(import_module(module)))
        for name in area_names()
        for shelf, prefix in _SHELVES
        if find_spec(module := f"tolok.web.{name}.{shelf}")
    ]


urlpatterns = [
    path("", include("tolok.web.shell.urls")),
    path("", include("tolok.web.accounts.urls")),
    *_area_paths(),
]

handler400 = "tolok.web.shell.errors.show_bad_request"
handler403 = "tolok.web.shell.errors.show_forbidden"
handler404 = "tolok.web.shell.errors.show_not_found"
handler500 = "tolok.web.shell.errors.show_server_error"
