"""The connector: GA4's tables, its breaks, re-read window and gaps."""

from __future__ import annotations

from datetime import date

from tolok.base import Break, Text

from ...connector import Connector
from .kinds import EXPORTS

# No column as a whole changed meaning: all sessions, and those of social media, are counted as before.
# Only the split by channel has a step, between Referral and AI Assistant.
BREAKS = (
    Break(date(2026, 5, 13), "ga4", (), Text(
        "The new channel AI Assistant takes sessions from Referral; earlier days are unchanged.",
        "Saluran baru AI Assistant mengambil sesi dari Referral; hari sebelumnya tidak berubah."),
        scope="channel"),
)  # fmt: skip
_SITE = Text("GA4 knows visits to the website only, not what happens on the platforms.",
             "GA4 hanya tahu kunjungan ke situs, bukan yang terjadi di platform.")  # fmt: skip

CONNECTOR = Connector(
    key="ga4",
    name=Text("Google Analytics 4", "Google Analytics 4"),
    platforms={"ga4": "Google Analytics"},
    exports=EXPORTS,
    folder=__package__,
    breaks=BREAKS,
    reread_days={"ga4": 12},  # 4 for sessions; key events may be attributed anew for 12
    cannot_give={"ga4": {
        "reach": _SITE, "impressions": _SITE, "followers": _SITE,
        "currency": Text("GA4's files do not write the currency of revenue.",
                         "Berkas GA4 tidak menulis mata uang pendapatan."),
    }},
)  # fmt: skip
