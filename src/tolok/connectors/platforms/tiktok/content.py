"""Videos of TikTok with their totals so far; ids stand in the links."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text, find_zone

from ...connector import Export, Extract, Field
from ...source import Source
from .years import find_published

_LINK = r"(?i)tiktok\.com/(?:@(?P<handle>[\w.]+)/)?(?P<kind>video|photo|v)/(?P<id>\d+)"

_ORDERED = 5  # fewer videos may stand in the order of their days by chance
_LEADING = Text(
    "The videos do not stand in the order of their days, so this may be TikTok's list of leading "
    "videos: it does not prove that there were no others.",
    "Video tidak berurutan menurut harinya, jadi ini mungkin daftar video teratas dari TikTok: "
    "berkas ini tidak membuktikan bahwa tidak ada video lain.",
)

FIELDS = (
    Field("time", "text"),
    Field("title", "text", "caption"),
    Field("link", "text", "permalink", required=True),
    Field("post_time", "text"),
    Field("views", "count", "views", required=True),
    Field("likes", "count", "likes"),
    Field("comments", "count", "comments"),
    Field("shares", "count", "shares"),
    Field("saves", "count", "saves"),
    Field("reach", "count", "reach"),
    Field("play_time", "duration", "watch_seconds"),
    Field("average_watch", "duration", "average_watch_seconds"),
    Field("watched_full", "percent", "completion_rate", unit="percent"),
    Field("new_followers", "count", "follows"),
)


def read_content(source: Source) -> Extract:
    """Return videos with their figures so far, and the account their links name."""
    parts = pc.extract_regex(source.text("link"), pattern=_LINK)
    ids, handles = pc.struct_field(parts, "id"), _filled(pc.struct_field(parts, "handle"))
    source.set_aside(pc.and_(pc.is_valid(source.text("link")), pc.is_null(ids)), Text(
        "its link holds no id of a video", "tautannya tidak memuat ID video"))  # fmt: skip
    account = source.accounts("tiktok", handles)
    if account.null_count:
        account = pc.coalesce(account, pa.scalar(source.account("tiktok"), pa.string()))
    local = find_published(source, "post_time", ids)
    posts = source.filled() | {
        "post": source.posts("tiktok", ids),
        "account": account,
        "platform": "tiktok",
        "published_at": _utc(source, local),
        "published_precision": _precision(local),
        "kind": pc.if_else(pc.equal(pc.struct_field(parts, "kind"), "photo"), "carousel", "video"),
    }
    is_whole = _is_in_order(local.filter(pa.array(source.taken)))
    if not is_whole and source.taken.any():
        source.check("leading", "noted", _LEADING)
    return source.extract(
        {"posts": posts}, more={"accounts": _accounts(account, handles)}, is_whole=is_whole
    )


def _is_in_order(published: pa.ChunkedArray) -> bool:
    """Whether the videos stand in the order of their days, as no list of the best does.

    A list in that order leaves none out between its first and its last row, wherever it is cut.
    """
    days = pc.drop_null(published).to_numpy()
    steps = np.diff(days.astype("datetime64[D]")).astype(int)
    return len(days) >= _ORDERED and bool((steps >= 0).all() or (steps <= 0).all())


def _filled(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.if_else(pc.equal(cells, ""), pa.scalar(None, pa.string()), cells)


def _utc(source: Source, local: pa.ChunkedArray) -> pa.ChunkedArray:
    zone = find_zone(source.told.timezone).key
    aware = pc.assume_timezone(local, zone, ambiguous="earliest", nonexistent="earliest")
    return aware.cast(pa.timestamp("us", "UTC")).cast(pa.timestamp("us"))


def _precision(local: pa.ChunkedArray) -> pa.ChunkedArray:
    midnight = pc.equal(local, pc.floor_temporal(local, unit="day"))
    return pc.if_else(midnight, "day", "minute")


def _accounts(keys: pa.ChunkedArray, handles: pa.ChunkedArray) -> pa.Table:
    table = pa.table({"account": keys, "handle": handles}).filter(pc.is_valid(handles))
    found = table.group_by("account").aggregate([("handle", "min")]).sort_by("account")
    return pa.table({
        "account": found["account"],
        "platform": pa.array(["tiktok"] * found.num_rows, pa.string()),
        "handle": found["handle_min"],
    })  # fmt: skip


CONTENT = Export(
    key="tiktok.content",
    name=Text("TikTok content", "Konten TikTok"),
    platform="tiktok",
    fields=FIELDS,
    read=read_content,
    where=Text(
        "TikTok Studio › Analytics › Content › Download data",
        "TikTok Studio › Analitik › Konten › Unduh data",
    ),
    how_fresh=Text("Totals up to the day in the column Time.", "Total sampai hari di kolom Time."),
)
