"""Days of a channel (date table, Totals file) and of its leading videos (chart file)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text

from ...connector import Export, Extract, Field
from ...source import Source
from .measures import (
    FIELDS,
    MEASURES,
    check_total,
    find_total,
    net_subscribers,
    seconds_watched,
)

DAY_FIELDS = (Field("date", "day", "day", required=True), *FIELDS)
CHART_FIELDS = (
    Field("content", "text", required=True),
    Field("title", "text"),
    Field("published", "moment"),
    Field("duration", "duration"),
    *DAY_FIELDS,
)
_ADD_BY_DAY = (
    "views", "engaged_views", "watch_hours", "subscribers", "subscribers_gained",
    "subscribers_lost", "impressions", "likes", "comments", "shares", "unique_viewers",
    "new_viewers", "returning_viewers", "revenue",
)  # fmt: skip
_FEW = 2  # headers so common that they alone prove nothing


def read_days(source: Source) -> Extract:
    """Return one row per day of the channel; YouTube's day is that of California."""
    total = find_total(source, "date")
    source.skip(total)
    refusal = _refuse(source)
    if refusal is not None:
        return refusal
    check_total(source, total)
    days = source.filled() | {
        "account": source.account("youtube"),
        "platform": "youtube",
        "watch_seconds": seconds_watched(source),
        "followers_net": net_subscribers(source),
        "followers_gained": source.counts("subscribers_gained"),
        "followers_lost": source.counts("subscribers_lost"),
        "viewers": source.counts("unique_viewers"),
        "new_viewers": source.counts("new_viewers"),
        "returning_viewers": source.counts("returning_viewers"),
    }
    return source.extract({"account_days": days | _money(source)})


def read_chart(source: Source) -> Extract:
    """Return one row per charted video and day."""
    source.skip(find_total(source, "content"))
    refusal = _refuse(source)
    if refusal is not None:
        return refusal
    days = source.filled() | {
        "post": source.posts("youtube", source.text("content")),
        "account": source.account("youtube"),
        "platform": "youtube",
        "watch_seconds": seconds_watched(source),
        "follows": net_subscribers(source),
    }
    return source.extract({"post_days": days})


def _money(source: Source) -> dict[str, Any]:
    if not source.has("revenue"):
        return {}
    return {"revenue": source.money("revenue"), "currency": source.currency("revenue")}


def _refuse(source: Source) -> Extract | None:
    """Return the refusal of a table that holds nothing that may be kept by day."""
    if not source.has("date") or not any(source.has(name) for name in _ADD_BY_DAY):
        return source.refuse("average", Text(
            "This file holds only “{header}” per day. Days of an average cannot be put together; "
            "choose “Views” or “Watch time” in Studio and export again.",
            "Berkas ini hanya memuat “{header}” per hari. Rata-rata harian tidak bisa digabung; "
            "pilih “Penayangan” atau “Waktu tonton” di Studio lalu ekspor ulang."),
            header=next((source.header(m) for m in MEASURES if source.has(m)), ""))  # fmt: skip
    days = pc.unique(source.days("date").filter(pa.array(source.taken))).drop_null()
    numbers = np.sort(days.cast(pa.int32()).to_numpy(zero_copy_only=False))
    if len(numbers) > 1 and int(np.diff(numbers).min()) > 1:
        return source.refuse("grain", Text(
            "The dates of this file are {step} or more days apart: it is by week or month. "
            "Choose “Daily” in Studio and export again.",
            "Tanggal di berkas ini berjarak {step} hari atau lebih: ini mingguan atau bulanan. "
            "Pilih “Harian” di Studio lalu ekspor ulang."),
            step=int(np.diff(numbers).min()))  # fmt: skip
    return None


def weigh_days(source: Source) -> float | None:
    """Give way to other platforms where only a date and one common header speak for YouTube."""
    return -0.5 if len(source.mapping) <= _FEW else 0.0


_HOW_FRESH = Text(
    "Days of California, two to three days late; the last one is cut short.",
    "Hari menurut waktu California, terlambat dua sampai tiga hari; hari terakhir belum penuh.",
)

DAYS = Export(
    key="youtube.days",
    name=Text("YouTube days of the channel", "Harian kanal YouTube"),
    platform="youtube",
    fields=DAY_FIELDS,
    read=read_days,
    matches=weigh_days,
    required_any=(MEASURES,),
    where=Text(
        "YouTube Studio › Analytics › Advanced mode › Date › Export",
        "YouTube Studio › Analytics › Mode lanjutan › Tanggal › Ekspor",
    ),
    how_fresh=_HOW_FRESH,
)

CHART = Export(
    key="youtube.chart",
    name=Text("YouTube days of the leading videos", "Harian video teratas YouTube"),
    platform="youtube",
    fields=CHART_FIELDS,
    read=read_chart,
    required_any=(MEASURES,),
    where=Text(
        "The chart file in the ZIP of YouTube Studio › Content",
        "Berkas diagram di dalam ZIP YouTube Studio › Konten",
    ),
    how_fresh=_HOW_FRESH,
)
