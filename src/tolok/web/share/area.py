"""Menu entries of sharing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tolok.web.area import Area, Entry

AREA = Area(
    key="share",
    label=_("Share"),
    order=60,
    entries=(
        Entry(
            label=_("Share links"),
            url="share:links",
            right="share",
            icon="link",
            keys="g l",
            words=_("boss client password expire revoke"),
        ),
        Entry(
            label=_("Notices"),
            url="share:notices",
            right="manage",
            icon="bell",
            keys="g n",
            words=_("e-mail webhook Slack Teams Telegram quiet hours"),
        ),
    ),
)
