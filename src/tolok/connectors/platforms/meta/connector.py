"""The connector: platforms, kinds of export, breaks, re-read windows, gaps."""

from __future__ import annotations

from datetime import date

from tolok.base import Break, Text

from ...connector import Connector
from .adverts import ADVERTS
from .audience import AUDIENCE
from .facebook import CONTENT as FACEBOOK_CONTENT
from .facebook import DAYS, VIDEOS
from .instagram import CONTENT as INSTAGRAM_CONTENT
from .nameless import NAMELESS
from .series import PUBLISHED, SERIES

_VIEWS = ("views", "impressions", "video_views")

BREAKS = (
    Break(date(2024, 11, 1), "facebook", _VIEWS, Text(
        "Views stand in place of impressions and plays; starts and replays count.",
        "Tayangan menggantikan impresi dan pemutaran; mulai dan putar ulang ikut dihitung.")),
    Break(date(2025, 4, 21), "instagram", _VIEWS, Text(
        "Views replace plays and impressions everywhere; starts and replays count.",
        "Tayangan menggantikan pemutaran dan impresi sepenuhnya; mulai dan putar ulang dihitung.")),
    Break(date(2025, 6, 10), "meta_ads", ("reach",), Text(
        "Reach with breakdowns reaches back 13 months only.",
        "Jangkauan dengan rincian hanya tersedia 13 bulan ke belakang."), scope="breakdowns"),
    Break(date(2025, 11, 15), "facebook", ("impressions", "followers"), Text(
        "Page impressions and fans are gone; media views and follows take their place.",
        "Impresi dan penggemar Halaman dihapus; diganti tayangan media dan pengikut.")),
    Break(date(2026, 6, 15), "facebook", ("reach",), Text(
        "Reach is now the unique viewers of media.",
        "Jangkauan kini berarti penonton unik media.")),
)  # fmt: skip

_NO_SPLIT = Text(
    "Meta no longer parts organic from paid figures of a post.",
    "Meta tidak lagi memisahkan angka organik dan berbayar sebuah unggahan.",
)
CANNOT_GIVE = {
    "instagram": {
        "clicks": Text("Instagram gives no clicks on a post.",
                       "Instagram tidak memberi angka klik unggahan."),
        "link_clicks": Text("Only stories have links that can be counted per post.",
                            "Hanya cerita yang punya tautan yang bisa dihitung per unggahan."),
        "followers_lost": Text("Exports give new followers only.",
                               "Ekspor hanya memuat pengikut baru."),
    },
    "facebook": {
        "saves": Text("Facebook exports give no saves.", "Ekspor Facebook tidak memuat simpanan."),
        "is_paid": _NO_SPLIT,
        "followers_lost": Text("Exports give new followers only.",
                               "Ekspor hanya memuat pengikut baru."),
    },
}  # fmt: skip

CONNECTOR = Connector(
    key="meta",
    name=Text("Meta (Facebook, Instagram, adverts)", "Meta (Facebook, Instagram, iklan)"),
    platforms={"facebook": "Facebook", "instagram": "Instagram", "meta_ads": "Meta Ads"},
    exports=(
        INSTAGRAM_CONTENT, FACEBOOK_CONTENT, VIDEOS, DAYS, SERIES, AUDIENCE, PUBLISHED, ADVERTS,
        NAMELESS,
    ),
    folder=__package__,
    breaks=BREAKS,
    reread_days={"facebook": 7, "instagram": 7, "meta_ads": 28},
    cannot_give=CANNOT_GIVE,
)  # fmt: skip
