"""The connector: platforms, kinds of export, breaks, re-read windows, gaps."""

from __future__ import annotations

from tolok.base import Text

from ...connector import Connector
from .instagram import CONTENT as INSTAGRAM_CONTENT

CONNECTOR = Connector(
    key="meta",
    name=Text("Meta (Facebook, Instagram, adverts)", "Meta (Facebook, Instagram, iklan)"),
    platforms={"facebook": "Facebook", "instagram": "Instagram", "meta_ads": "Meta Ads"},
    exports=(INSTAGRAM_CONTENT,),
    folder=__package__,
)
