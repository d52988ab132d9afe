"""Posts of X in the layout since 2024: totals so far, a day of publication and no time."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text

from ...connector import Export, Extract, Field
from ...named import named_period
from ...source import Source
from .links import account_keys, account_rows, read_handles, read_ids

FIELDS = (
    Field("post_id", "id"),
    Field("date", "moment", "published_at", required=True),
    Field("text", "text", "caption"),
    Field("link", "text", "permalink", required=True),
    Field("impressions", "count", "impressions", required=True),
    Field("engagements", "count", "interactions", required=True),
    Field("likes", "count", "likes"),
    Field("bookmarks", "count", "saves"),
    Field("shares", "count"),
    Field("reposts", "count"),
    Field("follows", "count", "follows"),
    Field("replies", "count", "comments"),
    Field("profile_visits", "count", "profile_visits"),
    Field("detail_expands", "count"),
    Field("url_clicks", "count", "link_clicks"),
    Field("hashtag_clicks", "count"),
    Field("permalink_clicks", "count"),
)


def read_content(source: Source) -> Extract:
    """Return posts with their figures so far, and the account their addresses name."""
    handles = read_handles(source)
    account = account_keys(source, handles)
    posts = source.filled() | {
        "post": source.posts("x", read_ids(source)),
        "account": account,
        "platform": "x",
        "published_precision": "day",
        "shares": passed_on(source),
    }
    return source.extract(
        {"posts": posts}, more={"accounts": account_rows(account, handles)},
        covers=named_period(source, includes_last=True),
    )  # fmt: skip


def passed_on(source: Source) -> pa.ChunkedArray:
    """Return shares and reposts together: both hand the post to others."""
    shares, reposts = source.counts("shares"), source.counts("reposts")
    if source.has("shares", "reposts"):
        return pc.add(shares, reposts)
    return pc.coalesce(shares, reposts)


CONTENT = Export(
    key="x.content",
    name=Text("X posts", "Unggahan X"),
    platform="x",
    fields=FIELDS,
    read=read_content,
    where=Text(
        "x.com › Premium › Analytics › Content › Download",
        "x.com › Premium › Analitik › Konten › Unduh",
    ),
    how_fresh=Text("Totals up to the moment of the export.", "Total sampai saat ekspor dibuat."),
)
