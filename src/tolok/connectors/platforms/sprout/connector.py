"""The connector: Sprout Social's exports; platforms are those its rows name."""

from __future__ import annotations

from tolok.base import Text

from ...connector import Connector
from .posts import POSTS
from .profiles import PROFILES

CONNECTOR = Connector(
    key="sprout",
    name=Text("Sprout Social", "Sprout Social"),
    platforms={},
    exports=(PROFILES, POSTS),
    folder=__package__,
)
