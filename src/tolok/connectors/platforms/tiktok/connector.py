"""The connector of TikTok Studio: kinds of export, re-read window, gaps."""

from __future__ import annotations

from tolok.base import Text

from ...connector import Connector
from .audience import ACTIVITY, GENDER, TERRITORIES
from .content import CONTENT
from .days import FOLLOWERS, OVERVIEW, VIEWERS

_NO_CLICKS = Text(
    "TikTok Studio does not tell clicks on links of a video.",
    "TikTok Studio tidak memberi klik tautan per video.",
)

CONNECTOR = Connector(
    key="tiktok",
    name=Text("TikTok Studio", "TikTok Studio"),
    platforms={"tiktok": "TikTok"},
    exports=(OVERVIEW, FOLLOWERS, VIEWERS, CONTENT, GENDER, TERRITORIES, ACTIVITY),
    folder=__package__,
    reread_days={"tiktok": 7},  # reach comes one to two days late
    cannot_give={"tiktok": {
        "link_clicks": _NO_CLICKS,
        "clicks": _NO_CLICKS,
        "impressions": Text(
            "TikTok counts views, not impressions.", "TikTok menghitung tayangan, bukan impresi."
        ),
    }},
)  # fmt: skip
