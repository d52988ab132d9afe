"""Facebook content: posts, reels and videos with their totals so far, and days of posts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text

from ...connector import Export, Extract, Field
from ...named import named_period
from ...source import Source, as_mask
from .content import (
    account_rows,
    only_daily,
    only_lifetime,
    post_rows,
    refuse_unsound,
    set_aside_unread,
)

_PAGE = r"facebook\.com/(?P<handle>[\w.]+)/(?:posts|photos|videos)/"
_WHERE = Text(
    "Meta Business Suite › Insights › Content › Export data",
    "Meta Business Suite › Insight › Konten › Ekspor data",
)

FIELDS = (
    Field("post_id", "id", required=True),
    Field("page_id", "id", required=True),
    Field("page_name", "text"),
    Field("title", "text"),
    Field("caption", "text", "caption"),
    Field("duration", "duration", "duration_seconds"),
    Field("publish_time", "moment", "published_at", required=True, order="mdy"),
    Field("permalink", "text", "permalink"),
    Field("post_type", "text"),
    Field("data_comment", "text"),
    Field("date", "text"),
    Field("views", "count", "views"),
    Field("impressions", "count", "impressions"),
    Field("reach", "count", "reach"),
    Field("interactions", "count", "interactions"),
    Field("reactions", "count", "reactions"),
    Field("comments", "count", "comments"),
    Field("shares", "count", "shares"),
    Field("clicks", "count", "clicks"),
    Field("link_clicks", "count", "link_clicks"),
    Field("video_views_3s", "count", "video_views_3s"),
    Field("watch_seconds", "number", "watch_seconds"),
    Field("average_watch_seconds", "number", "average_watch_seconds"),
)
_FIGURES = (("views", "impressions", "reach", "reactions", "interactions"),)


def _account(source: Source) -> pa.ChunkedArray:
    return source.accounts("facebook", source.ids("page_id"))


def _accounts(source: Source, account: pa.ChunkedArray) -> pa.Table:
    return account_rows(source, "facebook", {
        "account": account, "name": source.text("page_name"), "native_id": source.ids("page_id"),
        "handle": pc.struct_field(
            pc.extract_regex(source.text("permalink"), pattern=_PAGE), "handle"
        ),
    })  # fmt: skip


def read_content(source: Source) -> Extract:
    """Return posts with lifetime figures, and the pages that published them."""
    refusal = refuse_unsound(source)
    if refusal is not None:
        return refusal
    set_aside_unread(source)
    account = _account(source)
    posts = post_rows(source, "facebook", account)
    if not source.has("post_type"):
        posts["kind"] = "video"
    _drop_unlikely_views(source, posts)
    _check_interactions(source)
    return source.extract(
        {"posts": posts}, more={"accounts": _accounts(source, account)},
        covers=named_period(source, includes_last=True),
    )  # fmt: skip


def _drop_unlikely_views(source: Source, posts: dict[str, Any]) -> None:
    """Leave out views of a file that gives none: nobody is reached by a post never shown."""
    if not source.has("views", "reach"):
        return
    views, reach = source.counts("views"), source.counts("reach")
    seen = as_mask(pc.greater(reach, 0)) & source.taken
    never = as_mask(pc.equal(views, 0)) & seen
    if seen.any() and never.sum() == seen.sum():
        posts.pop("views")
        source.check("views", "noted", Text(
            "All {count} posts show 0 views although people were reached: the file does not give "
            "views, so none are taken.",
            "Semua {count} unggahan menunjukkan 0 tayangan padahal ada jangkauan: berkas ini "
            "tidak memuat tayangan, jadi tidak diambil."), count=int(seen.sum()))  # fmt: skip


def _check_interactions(source: Source) -> None:
    if source.has("interactions", "reactions", "comments", "shares"):
        parts = pc.add(pc.add(source.counts("reactions"), source.counts("comments")),
                       source.counts("shares"))  # fmt: skip
        one = np.ones(source.num_rows)
        # Reactions to shares of a post are counted in the total of some files: noted, not refused.
        source.check_ratio("interactions", source.counts("interactions"), parts, one, allowed=1.0)


CONTENT = Export(
    key="meta.facebook_content",
    name=Text("Facebook content", "Konten Facebook"),
    platform="facebook",
    fields=FIELDS,
    read=read_content,
    matches=only_lifetime,
    numbers_like="en",  # 12,400 in Indonesian files too
    required_any=_FIGURES,
    where=_WHERE,
    how_fresh=Text("Totals up to the moment of the export.", "Total sampai saat ekspor dibuat."),
)


VIDEOS = Export(
    key="meta.facebook_videos",
    name=Text("Facebook videos", "Video Facebook"),
    platform="facebook",
    fields=tuple(f for f in FIELDS if f.name not in ("post_type", "views", "impressions")),
    read=read_content,
    required_any=(("video_views_3s", "reach"),),
    where=_WHERE,
)

DAY_FIELDS = tuple(
    replace(f, reads="day" if f.name == "date" else f.reads,
            required=f.name in ("post_id", "date"), order="mdy")
    for f in FIELDS
    if f.name not in ("average_watch_seconds", "video_views_3s")
)  # fmt: skip


def read_days(source: Source) -> Extract:
    """Return what was added to each post each day; never read as totals so far."""
    set_aside_unread(source)
    account = _account(source)
    said = {"caption", "duration", "publish_time", "permalink"}
    days = source.filled(but=said) | {
        "post": source.posts("facebook", source.ids("post_id")),
        "day": source.days("date"),
        "account": account,
        "platform": "facebook",
    }
    source.note(Text(
        "This is a daily breakdown: its figures are what happened each day, not totals.",
        "Ini rincian harian: angkanya kejadian per hari, bukan total."))  # fmt: skip
    return source.extract({"post_days": days}, more={"accounts": _accounts(source, account)})


DAYS = Export(
    key="meta.facebook_post_days",
    name=Text("Facebook posts by day", "Unggahan Facebook per hari"),
    platform="facebook",
    fields=DAY_FIELDS,
    read=read_days,
    matches=only_daily,
    numbers_like="en",
    required_any=_FIGURES,
    where=_WHERE,
)
