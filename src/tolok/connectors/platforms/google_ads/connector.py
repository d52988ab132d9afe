"""The connector: Google Ads' reports, re-read window and gaps."""

from __future__ import annotations

from tolok.base import Text

from ...connector import Connector
from .changes import CHANGES
from .results import RESULTS

_NO_PEOPLE = Text("Google Ads' campaign reports do not count people.",
                  "Laporan kampanye Google Ads tidak menghitung orang.")  # fmt: skip
_NO_REACTIONS = Text("Google Ads knows no likes, comments or shares.",
                     "Google Ads tidak mengenal suka, komentar, atau berbagi.")  # fmt: skip

CONNECTOR = Connector(
    key="google_ads",
    name=Text("Google Ads", "Google Ads"),
    platforms={"google_ads": "Google Ads"},
    exports=(RESULTS, CHANGES),
    folder=__package__,
    reread_days={"google_ads": 30},
    cannot_give={"google_ads": {
        "reach": _NO_PEOPLE, "reactions": _NO_REACTIONS,
        "comments": _NO_REACTIONS, "shares": _NO_REACTIONS, "saves": _NO_REACTIONS,
        "landing_views": Text("Google Ads counts clicks, not pages that were opened.",
                              "Google Ads menghitung klik, bukan halaman yang terbuka."),
    }},
)  # fmt: skip
