"""The connector of LinkedIn: kinds of export, re-read window, gaps."""

from __future__ import annotations

from tolok.base import Text

from ...connector import Connector
from .audience import DEMOGRAPHICS, PERSON_DEMOGRAPHICS, VISITOR_DEMOGRAPHICS
from .competitors import COMPETITORS
from .page import FOLLOWERS, METRICS, VISITORS
from .person import PERSON_DAYS, PERSON_FOLLOWERS, PERSON_POSTS, PERSON_TOTAL
from .posts import POSTS

CONNECTOR = Connector(
    key="linkedin",
    name=Text("LinkedIn", "LinkedIn"),
    platforms={"linkedin": "LinkedIn"},
    exports=(
        METRICS, POSTS, FOLLOWERS, DEMOGRAPHICS, VISITORS, VISITOR_DEMOGRAPHICS, COMPETITORS,
        PERSON_TOTAL, PERSON_DAYS, PERSON_POSTS, PERSON_FOLLOWERS, PERSON_DEMOGRAPHICS,
    ),
    folder=__package__,
    # LinkedIn documents no delay; reactions taken back move days already shown.
    reread_days={"linkedin": 7},
    cannot_give={"linkedin": {
        "link_clicks": Text(
            "LinkedIn's clicks hold every click on a post, “see more” included; it does not tell "
            "clicks to a website.",
            "Klik LinkedIn mencakup semua klik pada unggahan, termasuk “lihat selengkapnya”; klik "
            "ke situs tidak disebut.",
        ),
        "saves": Text(
            "LinkedIn's page exports hold no saves.", "Ekspor halaman LinkedIn tidak memuat simpanan."
        ),
    }},
)  # fmt: skip
