"""Menu entry of reports."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tolok.web.area import Area, Entry

AREA = Area(
    key="reports",
    label=_("Reports"),
    order=55,
    entries=(
        Entry(
            label=_("Reports"),
            url="reports:list",
            icon="file",
            keys="g e",
            words=_("weekly monthly quarterly yearly boss client schedule PDF slides e-mail"),
        ),
    ),
)
