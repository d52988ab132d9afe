"""Posts of Hootsuite's post performance report, known from one example only."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Period, Text

from ...connector import Export, Extract, Field
from ...reading.dates import read_dates
from ...source import Source

FIELDS = (
    Field("date", "moment", "published_at", required=True),
    Field("post_id", "id", required=True),
    Field("network", "text", required=True),
    Field("profile", "text"),
    Field("post_type", "text"),
    Field("caption", "text", "caption"),
    Field("link", "text", "permalink"),
    Field("impressions", "count", "impressions"),
    Field("reach", "count", "reach"),
    Field("engagement", "count", "interactions", required=True),
    Field("reactions", "count", "reactions"),
    Field("likes", "count", "likes"),
    Field("comments", "count", "comments"),
    Field("shares", "count", "shares"),
    Field("saves", "count", "saves"),
    Field("link_clicks", "count", "link_clicks"),
    Field("video_views", "count", "video_views"),
)
_RANGE = re.compile(r"(\S.*\d{4})\s+[-–]\s+(\S.*\d{4})")
_LOW_TRUST = Text(
    "Hootsuite's layout is known from a single example: compare a few posts with Hootsuite before "
    "you rely on these figures.",
    "Tata letak Hootsuite hanya dikenal dari satu contoh: cocokkan beberapa unggahan dengan "
    "Hootsuite sebelum memakai angkanya.",
)
_DAMAGED = Text(
    "{count} of {rows} post IDs were damaged by a spreadsheet. Import the file as Hootsuite wrote it.",
    "{count} dari {rows} ID unggahan rusak oleh aplikasi spreadsheet. Impor berkas asli Hootsuite.",
)


def read_posts(source: Source) -> Extract:
    """Return one row per post; the report names the network, and rarely the profile."""
    source.note(_LOW_TRUST)
    damaged = pc.sum(source.damaged("post_id")).as_py() or 0
    if damaged:
        return source.refuse("ids", _DAMAGED, count=damaged, rows=source.num_rows)
    platform = source.meanings("network", "network")
    source.set_aside(pc.is_null(platform), Text(
        "names no network Tolok knows", "tidak menyebut jaringan yang dikenal Tolok"))  # fmt: skip
    # Facebook's ids are page_post here; its own exports name the post alone.
    ids = pc.replace_substring_regex(source.ids("post_id"), r"^\d+_(\d+)$", r"\1")
    rows: dict[str, Any] = source.filled() | {
        "platform": platform, "account": _accounts(source, platform),
        "post": source.posts(platform, ids),
        "published_at": source.moments("date", zone="UTC"),
        "published_precision": "minute" if source.has_time("date") else "day",
        "kind": source.meanings("post_type", "post_type", otherwise="other"),
    }  # fmt: skip
    return source.extract({"posts": rows}, covers=_find_period(source))


def _find_period(source: Source) -> Period | None:
    """Return the days in the line above the header (`Jan 1, 2026 - Jan 31, 2026`), or None."""
    for cells in source.preamble:
        found = _RANGE.fullmatch(" ".join(c for c in cells if c).strip())
        days = read_dates(list(found.groups())).values.to_pylist() if found else []
        if len(days) == 2 and None not in days and days[0] <= days[1]:
            return Period(days[0].date(), days[1].date() + timedelta(days=1), "range")
    return None


def _accounts(source: Source, platform: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return the profile of each row, else the account told for its network."""
    if source.has("profile"):
        return source.accounts(platform, source.text("profile"))
    networks = sorted({n for n in pc.unique(platform).to_pylist() if n})
    told = {network: source.account(network) for network in networks}
    return pa.chunked_array([pa.array([told.get(n) for n in platform.to_pylist()], pa.string())])


POSTS = Export(
    key="hootsuite.posts",
    name=Text("Hootsuite posts", "Unggahan Hootsuite"),
    platform=None,
    fields=FIELDS,
    read=read_posts,
    where=Text("Hootsuite › Analytics › Post performance › Export CSV",
               "Hootsuite › Analytics › Post performance › Export CSV"),
    how_fresh=Text("Lifetime figures as of the export.", "Angka sejak terbit per saat ekspor."),
    numbers_like="en",
)  # fmt: skip
