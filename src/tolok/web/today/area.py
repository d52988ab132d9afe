"""The first line of the menu: the page on which the person's role begins."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tolok.web.accounts.rights import ROLES
from tolok.web.area import Area, Entry

AREA = Area(
    key="today",
    label="",
    order=1,
    entries=(
        Entry(
            label=_("Today"),
            url="today:today",
            icon="home",
            keys="g t",
            words=_("day desk home start due alerts"),
            home_for=ROLES,
        ),
    ),
)
