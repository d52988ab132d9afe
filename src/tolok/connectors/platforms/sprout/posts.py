"""Posts of every network, named by the network's own id so that they meet its own exports."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text

from ...connector import Export, Extract, Field
from ...source import Source
from .networks import check_rate, count_views, list_accounts, read_network

FIELDS = (
    Field("date", "moment", "published_at", required=True, order="mdy"),
    Field("post_id", "id", required=True),
    Field("network", "text", required=True),
    Field("post_type", "text"),
    Field("content_type", "text"),
    Field("profile", "text", required=True),
    Field("link", "text", "permalink"),
    Field("caption", "text", "caption"),
    Field("impressions", "count", "impressions"),
    Field("reach", "count", "reach"),
    Field("rate_per_impression", "percent", "engagement_rate_stated"),
    Field("engagements", "count", "interactions", required=True),
    Field("reactions", "count", "reactions"),
    Field("likes", "count", "likes"),
    Field("comments", "count", "comments"),
    Field("shares", "count", "shares"),
    Field("saves", "count", "saves"),
    Field("link_clicks", "count", "link_clicks"),
    Field("clicks", "count", "clicks"),
    Field("profile_clicks", "count", "profile_visits"),
    Field("follows", "count", "follows"),
    Field("video_views", "count", "video_views"),
    Field("length", "number", "duration_seconds"),
    Field("view_time", "number"),
    Field("average_view_time", "number", "average_watch_seconds"),
    Field("minutes_watched", "number"),
)
_DAMAGED = Text(
    "{count} of {rows} post IDs were damaged by a spreadsheet (such as 1.80E+16). Import the file as "
    "Sprout wrote it.",
    "{count} dari {rows} ID unggahan rusak oleh aplikasi spreadsheet (misalnya 1.80E+16). Impor "
    "berkas asli dari Sprout.",
)


def read_posts(source: Source) -> Extract:
    """Return one row per post with its totals so far."""
    rows: dict[str, Any] = source.filled() | read_network(source)
    damaged = pc.sum(source.damaged("post_id")).as_py() or 0
    if damaged:
        return source.refuse("ids", _DAMAGED, count=damaged, rows=source.num_rows)
    check_rate(source)
    if any(check.state == "failed" for check in source.checks):
        return source.extract({})
    minutes = pc.multiply(source.numbers("minutes_watched"), 60.0)
    rows |= {
        "post": source.posts(rows["platform"], _own_ids(source)),
        "published_precision": "minute" if source.has_time("date") else "day",
        "kind": _kinds(source),
        "views": count_views(source, rows["platform"]),
        "watch_seconds": pc.coalesce(source.numbers("view_time"), minutes),
    }
    return source.extract({"posts": rows}, more=list_accounts(source, rows))


def _own_ids(source: Source) -> pa.ChunkedArray:
    """Sprout writes Facebook's ids as page_post; Facebook's own exports name the post alone."""
    ids = source.ids("post_id")
    return pc.replace_substring_regex(ids, r"^\d+_(\d+)$", r"\1")


def _kinds(source: Source) -> pa.ChunkedArray:
    """Return the kind by the post's type where it says one (reel, story), else by its content."""
    return pc.coalesce(
        source.meanings("post_type", "post_type"),
        source.meanings("content_type", "content_type", otherwise="other"),
    )


POSTS = Export(
    key="sprout.posts",
    name=Text("Sprout Social posts", "Unggahan Sprout Social"),
    platform=None,
    fields=FIELDS,
    read=read_posts,
    where=Text("Sprout › Reports › Post Performance › Export CSV",
               "Sprout › Reports › Post Performance › Export CSV"),
    how_fresh=Text("Lifetime figures as of the export.", "Angka sejak terbit per saat ekspor."),
    numbers_like="en",
)  # fmt: skip
