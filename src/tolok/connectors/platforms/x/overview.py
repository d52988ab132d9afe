"""Days of an X account: the overview of everything, and the overview of videos."""

from __future__ import annotations

import pyarrow.compute as pc

from tolok.base import Text

from ...connector import Export, Extract, Field
from ...source import Source
from .content import passed_on

OVERVIEW_FIELDS = (
    Field("date", "day", "day", required=True),
    Field("impressions", "count", "impressions", required=True),
    Field("likes", "count", "likes"),
    Field("engagements", "count", "interactions", required=True),
    Field("bookmarks", "count", "saves"),
    Field("shares", "count"),
    Field("follows", "count", "followers_gained", required=True),
    Field("unfollows", "count", "followers_lost", required=True),
    Field("replies", "count", "comments"),
    Field("reposts", "count"),
    Field("profile_visits", "count", "profile_visits"),
    Field("posts", "count", "posts_published"),
    Field("video_views", "count", "video_views"),
    Field("media_views", "count"),
)
VIDEO_FIELDS = (
    Field("date", "day", "day", required=True),
    Field("views", "count", "video_views", required=True),
    Field("watch_ms", "number", required=True),
    Field("completion_rate", "percent"),
    Field("average_watch_ms", "number"),
    Field("revenue", "number"),
)


def read_overview(source: Source) -> Extract:
    """Return one row per day of the account; the newest day was not over at the export."""
    days = source.filled() | {
        "account": source.account("x"), "platform": "x", "shares": passed_on(source),
    }  # fmt: skip
    return source.extract({"account_days": days})


def read_video(source: Source) -> Extract:
    """Return video views and time watched per day; X writes times in milliseconds."""
    watched, views = source.numbers("watch_ms"), source.counts("views")
    source.check_ratio(
        "average_watch_ms", source.numbers("average_watch_ms"), watched, views,
        tolerance=0.01, half_unit=1.0, allowed=0.05,
    )  # fmt: skip
    if (pc.max(source.numbers("revenue")).as_py() or 0) > 0:
        source.note(Text(
            "Estimated revenue was left out: the file does not say its currency.",
            "Perkiraan pendapatan tidak diambil: berkas tidak menyebut mata uangnya."))  # fmt: skip
    days = source.filled() | {
        "account": source.account("x"), "platform": "x",
        "watch_seconds": pc.divide(watched, 1000.0),
    }  # fmt: skip
    return source.extract({"account_days": days})


OVERVIEW = Export(
    key="x.overview",
    name=Text("X account overview", "Ringkasan akun X"),
    platform="x",
    fields=OVERVIEW_FIELDS,
    read=read_overview,
    where=Text(
        "x.com › Premium › Analytics › Overview › Download",
        "x.com › Premium › Analitik › Ringkasan › Unduh",
    ),
    how_fresh=Text(
        "Up to the moment of the export: its last day is a part of a day.",
        "Sampai saat ekspor dibuat: hari terakhirnya belum penuh.",
    ),
)

VIDEO = Export(
    key="x.video",
    name=Text("X video overview", "Ringkasan video X"),
    platform="x",
    fields=VIDEO_FIELDS,
    read=read_video,
    where=Text(
        "x.com › Premium › Analytics › Videos › Download",
        "x.com › Premium › Analitik › Video › Unduh",
    ),
    how_fresh=OVERVIEW.how_fresh,
)
