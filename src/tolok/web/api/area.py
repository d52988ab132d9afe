"""The reference of the API in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tolok.web.area import Area, Entry

AREA = Area(
    key="api",
    label=_("API"),
    order=95,
    entries=(
        Entry(
            label=_("API reference"),
            url="api:reference",
            icon="book",
            menu=False,
            words=_("OpenAPI program token documentation"),
        ),
    ),
)
