"""Instagram content: posts, reels and stories with their totals so far."""

from __future__ import annotations

import pyarrow.compute as pc

from tolok.base import Text

from ...connector import Export, Extract, Field
from ...named import named_period
from ...source import Source
from .content import account_rows, only_lifetime, post_rows, refuse_unsound, set_aside_unread

FIELDS = (
    Field("post_id", "id", required=True),
    Field("account_id", "id"),
    Field("username", "text", required=True),
    Field("account_name", "text"),
    Field("caption", "text", "caption"),
    Field("title", "text"),
    Field("duration", "duration", "duration_seconds"),
    Field("publish_time", "moment", "published_at", required=True, order="mdy"),
    Field("permalink", "text", "permalink"),
    Field("post_type", "text", required=True),
    Field("data_comment", "text"),
    Field("date", "text"),
    Field("views", "count", "views"),
    Field("impressions", "count", "impressions"),
    Field("plays", "count", "video_views"),
    Field("reach", "count", "reach"),
    Field("likes", "count", "likes"),
    Field("comments", "count", "comments"),
    Field("shares", "count", "shares"),
    Field("saves", "count", "saves"),
    Field("follows", "count", "follows"),
    Field("profile_visits", "count", "profile_visits"),
    Field("link_clicks", "count", "link_clicks"),
    Field("replies", "count"),
    Field("navigation", "count"),
    Field("sticker_taps", "count"),
)


def read_content(source: Source) -> Extract:
    """Return posts with lifetime figures, and the accounts that published them."""
    refusal = refuse_unsound(source)
    if refusal is not None:
        return refusal
    set_aside_unread(source)
    handle = pc.coalesce(source.text("username"), source.text("account_id"))
    account = source.accounts("instagram", handle)
    posts = post_rows(source, "instagram", account)
    # Replies to a story are its comments: one thing, one column.
    posts["comments"] = pc.coalesce(source.counts("comments"), source.counts("replies"))
    accounts = account_rows(source, "instagram", {
        "account": account, "handle": source.text("username"),
        "name": source.text("account_name"), "native_id": source.ids("account_id"),
    })  # fmt: skip
    return source.extract(
        {"posts": posts}, more={"accounts": accounts},
        covers=named_period(source, includes_last=True),
    )  # fmt: skip


CONTENT = Export(
    key="meta.instagram_content",
    name=Text("Instagram content", "Konten Instagram"),
    platform="instagram",
    fields=FIELDS,
    read=read_content,
    matches=only_lifetime,
    numbers_like="en",  # 12,400 in Indonesian files too
    required_any=(("views", "impressions", "plays", "reach", "likes"),),
    where=Text(
        "Meta Business Suite › Insights › Content › Export data, with “Lifetime” figures",
        "Meta Business Suite › Insight › Konten › Ekspor data, dengan angka “Sepanjang waktu”",
    ),
    how_fresh=Text("Totals up to the moment of the export.", "Total sampai saat ekspor dibuat."),
)
