"""The connector of X: kinds of export, re-read window, gaps."""

from __future__ import annotations

from tolok.base import Text

from ...connector import Connector
from .archive import DAYS, TWEETS
from .content import CONTENT
from .overview import OVERVIEW, VIDEO

_NO_PEOPLE = Text(
    "X counts how often a post was shown, never how many people saw it.",
    "X menghitung berapa kali unggahan tampil, bukan berapa orang yang melihatnya.",
)

CONNECTOR = Connector(
    key="x",
    name=Text("X", "X"),
    platforms={"x": "X"},
    exports=(CONTENT, OVERVIEW, VIDEO, TWEETS, DAYS),
    folder=__package__,
    # X documents no delay; its last day is a part of a day, and posts go on earning for weeks.
    reread_days={"x": 7},
    cannot_give={"x": {
        "reach": _NO_PEOPLE,
        "viewers": _NO_PEOPLE,
        "new_viewers": _NO_PEOPLE,
        "returning_viewers": _NO_PEOPLE,
    }},
)  # fmt: skip
