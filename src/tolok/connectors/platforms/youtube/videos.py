"""The table of videos: what each showed over the period, with the channel's Total on top."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Period, Text, find_zone

from ...connector import Export, Extract, Field
from ...source import Source, as_mask
from .measures import (
    FIELDS,
    MEASURES,
    check_total,
    find_total,
    net_subscribers,
    read_period,
    seconds_watched,
)

_ID = r"^[A-Za-z0-9_-]{11}$"

VIDEO_FIELDS = (
    Field("content", "text", required=True),
    Field("title", "text", "title"),
    Field("published", "moment", "published_at"),
    Field("duration", "duration", "duration_seconds"),
    *FIELDS,
)


def read_videos(source: Source) -> Extract:
    """Return videos with their totals so far, and the channel's own total of the period.

    A table covers a period, so the totals are those of a video's life only when it was published
    inside the period; of older videos the name and day are taken, and no figure.
    """
    period = _find_period(source)
    total = find_total(source, "content")
    is_short = check_total(source, total)
    more = _channel(source, total, period)
    source.skip(total)
    source.set_aside(pc.invert(pc.match_substring_regex(source.text("content"), _ID)), Text(
        "its first cell is not the id of a video", "sel pertamanya bukan ID video"))  # fmt: skip
    older = _older(source, period)
    about = _attributes(source)
    figures = about | _figures(source, period)
    return source.extract(
        {"posts": [(figures, ~older), (about, older)]}, more=more, covers=period,
        is_whole=not is_short,
        start=period.start if period else None,
        end=period.last_day if period else None,
    )  # fmt: skip


def _find_period(source: Source) -> Period | None:
    period = read_period(source)
    if period is None:
        source.ask("period", Text(
            "Which days does this table cover? YouTube tells it only in the name of its ZIP. "
            "Import the ZIP itself, or say it with --period, such as {example}.",
            "Tabel ini mencakup tanggal berapa sampai berapa? YouTube hanya menyebutnya di nama "
            "ZIP. Impor ZIP-nya langsung, atau sebutkan dengan --period, misalnya {example}."),
            example="2026-08-01..2026-08-31")  # fmt: skip
    return period


def _attributes(source: Source) -> dict[str, Any]:
    names = frozenset(f.name for f in FIELDS)
    published = pc.is_valid(source.moments("published"))
    precision = pc.if_else(published, "day", pa.scalar(None, pa.string()))
    return source.filled(but=names) | {
        "post": source.posts("youtube", source.text("content")),
        "account": source.account("youtube"),
        "platform": "youtube",
        "published_precision": precision,
    }


def _figures(source: Source, period: Period | None) -> dict[str, Any]:
    others = frozenset({"title", "published", "duration"})
    found = source.filled(but=others) | {
        "watch_seconds": seconds_watched(source),
        "average_watch_seconds": source.durations("average_view"),
        "follows": net_subscribers(source),
    }
    seen = source.told.observed_at
    if period is not None and seen is not None:
        # The figures stop where the period does, however late the file was made.
        zone = find_zone(source.told.timezone)
        end = datetime.combine(period.end, datetime.min.time(), zone)
        found["observed_at"] = min(seen, end.astimezone(find_zone("UTC")).replace(tzinfo=None))
    return found


def _older(source: Source, period: Period | None) -> np.ndarray:
    """Return which videos may have earned figures before the period, and say how many."""
    if period is None:
        return np.zeros(source.num_rows, dtype=bool)
    published = source.days("published")
    older = as_mask(pc.less(published, pa.scalar(period.start))) & source.taken
    if older.any():
        # Deleted and unlisted videos tell no day; beside older videos they may be old as well.
        older |= as_mask(pc.is_null(published)) & source.taken
        source.check("older", "noted", Text(
            "{count} of {rows} videos are older than {start} or have no day: the table holds what "
            "they earned since, not their totals, so their figures are left out. Export the period "
            "“Lifetime” to have them.",
            "{count} dari {rows} video lebih tua dari {start} atau tanpa tanggal: tabel ini memuat "
            "perolehan sejak itu, bukan totalnya, jadi angkanya tidak diambil. Ekspor periode "
            "“Sepanjang waktu” untuk mendapatkannya."),
            count=int(older.sum()), rows=int(source.taken.sum()), start=period.start)  # fmt: skip
    return older


def _channel(
    source: Source, total: np.ndarray, period: Period | None
) -> dict[str, pa.Table] | None:
    """Return the Total row as the channel's figures of the period."""
    account = source.account("youtube")
    if not total.any() or period is None or account is None:
        return None
    lake = {
        "views": source.counts("views"), "engaged_views": source.counts("engaged_views"),
        "watch_seconds": seconds_watched(source), "followers_net": net_subscribers(source),
        "impressions": source.counts("impressions"), "likes": source.counts("likes"),
        "comments": source.counts("comments"), "shares": source.counts("shares"),
        "row": source.rows,
    }  # fmt: skip
    rows = pa.table(lake).filter(pa.array(total)).slice(0, 1)
    about = {"account": account, "start": period.start, "until": period.end,
             "platform": "youtube"}  # fmt: skip
    for name, value in about.items():
        rows = rows.append_column(name, pa.array([value]))
    return {"account_periods": rows}


VIDEOS = Export(
    key="youtube.videos",
    name=Text("YouTube videos", "Video YouTube"),
    platform="youtube",
    fields=VIDEO_FIELDS,
    read=read_videos,
    required_any=(("title", "published"), MEASURES),
    where=Text(
        "YouTube Studio › Analytics › Advanced mode › Content, period “Lifetime” › Export",
        "YouTube Studio › Analytics › Mode lanjutan › Konten, periode “Sepanjang waktu” › Ekspor",
    ),
    how_fresh=Text(
        "Totals of the period, two to three days late.",
        "Total periode tersebut, terlambat dua sampai tiga hari.",
    ),
)
