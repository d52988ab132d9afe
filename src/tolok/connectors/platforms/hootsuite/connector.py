"""The connector: Hootsuite's report of posts; platforms are those its rows name."""

from __future__ import annotations

from tolok.base import Text

from ...connector import Connector
from .posts import POSTS

CONNECTOR = Connector(
    key="hootsuite",
    name=Text("Hootsuite", "Hootsuite"),
    platforms={},
    exports=(POSTS,),
    folder=__package__,
)
