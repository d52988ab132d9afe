"""The addresses of Tolok and a gallery of all parts of pages, for tests only."""

from __future__ import annotations

from django.urls import include, path

from tolok.web.urls import (  # noqa: F401
    handler400,
    handler403,
    handler404,
    handler500,
)

from . import gallery

_TRY = (
    [path("", gallery.show, name="parts"), path("fail/<str:how>/", gallery.fail, name="fail")],
    "gallery",
)
urlpatterns = [
    path("", include("tolok.web.urls")),
    path("b/<slug:brand>/gallery/", include(_TRY)),
]
