"""Menu entries of the data of a brand."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tolok.web.area import Area, Entry

AREA = Area(
    key="data",
    label=_("Data"),
    order=60,
    entries=(
        Entry(
            label=_("Bring in data"),
            url="data:bring",
            right="bring",
            icon="upload",
            keys="g d",
            words=_("import upload files folder export drop paste"),
        ),
        Entry(
            label=_("What is in"),
            url="data:connected",
            icon="box",
            words=_("accounts fresh coverage missing days months"),
        ),
        Entry(
            label=_("Import history"),
            url="data:imports",
            icon="clock",
            words=_("imports undo files batches"),
        ),
        Entry(
            label=_("Own numbers"),
            url="data:own",
            right="bring",
            icon="pen",
            words=_("type in figures grid manual"),
        ),
        Entry(
            label=_("Own records"),
            url="data:records",
            right="bring",
            icon="list",
            words=_("calendar slot cost spend partnership deliverable incident experiment form"),
        ),
        Entry(
            label=_("One person's data"),
            url="data:person",
            right="persons",
            icon="people",
            menu=False,
            words=_("customer privacy GDPR UU PDP forget erase request handle e-mail"),
        ),
    ),
)
