"""Menu entries of the settings of a brand."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tolok.web.area import Area, Entry

AREA = Area(
    key="accounts",
    label=_("Brand"),
    order=90,
    entries=(
        Entry(
            label=_("Settings"),
            url="accounts:settings",
            right="manage",
            icon="gear",
            keys="g ,",
            words=_("time zone currency business hours holidays logo export delete"),
        ),
        Entry(
            label=_("People"),
            url="accounts:people",
            right="manage",
            icon="people",
            keys="g p",
            words=_("members roles invite invitation"),
        ),
        Entry(
            label=_("Who did what"),
            url="accounts:audit",
            right="audit",
            icon="list",
            words=_("audit log history"),
        ),
        Entry(
            label=_("API tokens"),
            url="accounts:tokens",
            right="manage",
            icon="key",
            menu=False,
            words=_("API token program"),
        ),
    ),
)
