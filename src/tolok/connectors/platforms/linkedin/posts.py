"""Posts of a company page with their totals so far; ids stand in the links."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text

from ...connector import Export, Extract, Field
from ...source import Source
from .page import check_rate

_ID = r"(?i)(?:share|ugcPost|activity)[:-](?P<id>\d{5,})"

FIELDS = (
    Field("title", "text", "caption"),
    Field("link", "text", "permalink", required=True),
    Field("post_type", "text"),
    Field("campaign", "text", "campaign"),
    Field("posted_by", "text"),
    Field("created", "moment", "published_at", required=True, order="mdy"),
    Field("campaign_start", "text"),
    Field("campaign_end", "text"),
    Field("audience", "text"),
    Field("impressions", "count", "impressions", required=True),
    Field("views", "count", "video_views"),
    Field("offsite_views", "count"),
    Field("clicks", "count", "clicks"),
    Field("click_rate", "percent"),
    Field("likes", "count", "likes"),
    Field("comments", "count", "comments"),
    Field("reposts", "count", "shares"),
    Field("follows", "count", "follows"),
    Field("rate", "percent", "engagement_rate_stated"),
    Field("content_type", "text"),
)


def read_posts(source: Source) -> Extract:
    """Return posts with their figures so far; LinkedIn's likes hold reactions of every kind."""
    check_rate(source, "rate", ["clicks", "likes", "comments", "reposts"], "impressions")
    ids = post_ids(source, "link")
    source.set_aside(pc.and_(pc.is_valid(source.text("link")), pc.is_null(ids)), Text(
        "its link holds no id of a post", "tautannya tidak memuat ID unggahan"))  # fmt: skip
    paid = source.meanings("post_type", "post_type")
    posts = source.filled() | {
        "post": source.posts("linkedin", ids),
        "account": source.account("linkedin"),
        "platform": "linkedin",
        "published_precision": "day",
        "kind": source.meanings("content_type", "content_type", otherwise="other"),
        "is_paid": pc.equal(paid, "sponsored"),
    }
    return source.extract({"posts": posts})


def post_ids(source: Source, name: str) -> pa.ChunkedArray:
    """Return the ids in a column of links; null where a link holds none."""
    return pc.struct_field(pc.extract_regex(source.text(name), pattern=_ID), "id")


POSTS = Export(
    key="linkedin.posts",
    name=Text("LinkedIn page posts", "Unggahan halaman LinkedIn"),
    platform="linkedin",
    fields=FIELDS,
    read=read_posts,
    required_any=(("clicks", "likes", "rate"),),
    days_beside="linkedin.metrics",  # one workbook, one range: both sheets
    where=Text(
        "LinkedIn page (admin view) › Analytics › Content › Export, sheet “All posts”",
        "Halaman LinkedIn (tampilan admin) › Analitik › Konten › Ekspor, lembar “All posts”",
    ),
    how_fresh=Text("Totals up to the moment of the export.", "Total sampai saat ekspor dibuat."),
)
