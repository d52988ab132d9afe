"""What tables of videos and of days have in common: measures, the Total row, the period."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Period, Text

from ...connector import Field
from ...named import named_period
from ...reading.header import fold_header
from ...source import Source, as_mask

FIELDS = (
    Field("views", "count", "views"),
    Field("engaged_views", "count", "engaged_views"),
    Field("watch_hours", "number"),
    Field("average_view", "duration"),
    Field("average_percentage", "number"),
    Field("stayed", "number"),
    Field("subscribers", "count"),
    Field("subscribers_gained", "count"),
    Field("subscribers_lost", "count"),
    Field("impressions", "count", "impressions"),
    Field("click_rate", "number"),
    Field("likes", "count", "likes"),
    Field("dislikes", "count"),
    Field("likes_share", "number"),
    Field("comments", "count", "comments"),
    Field("shares", "count", "shares"),
    Field("unique_viewers", "count"),
    Field("views_per_viewer", "number"),
    Field("new_viewers", "count"),
    Field("returning_viewers", "count"),
    Field("regular_viewers", "count"),
    Field("end_screen_rate", "number"),
    Field("end_screens", "count"),
    Field("end_screen_clicks", "count"),
    Field("revenue", "money"),
)
MEASURES = (
    "views", "engaged_views", "watch_hours", "average_view", "subscribers", "impressions",
    "likes", "comments", "shares",
)  # fmt: skip
# What adds over videos and days; subscribers do not: many come from the channel's own page.
_ADDS = ("views", "engaged_views", "watch_hours", "impressions", "likes", "comments", "shares")
_CUT_AT = 490  # Studio shows 500 rows at most, the Total and a line of words among them
_TOLERANCE = 0.001  # hours are rounded per row


def read_period(source: Source) -> Period | None:
    """Return the period that was told, or that the name of the ZIP or file tells; else None.

    The tables themselves never say it. The second date of the name is the day after the last.
    """
    return source.told.period or named_period(source, includes_last=False)


def find_total(source: Source, name: str) -> np.ndarray:
    """Return which rows are the Total row, by the word in their first column."""
    words = [w for w, meaning in source.words("total").items() if meaning == "total"]
    cells = source.mapped(name, fold_header)
    return as_mask(pc.is_in(cells, value_set=pa.array(words)))


def seconds_watched(source: Source) -> pa.ChunkedArray:
    """Return watch time in seconds; the file gives hours."""
    return pc.multiply(source.numbers("watch_hours"), 3600.0)


def net_subscribers(source: Source) -> pa.ChunkedArray:
    """Return subscribers won less lost; may be negative."""
    gained = pc.subtract(source.counts("subscribers_gained"), source.counts("subscribers_lost"))
    return pc.coalesce(source.counts("subscribers"), gained)


def check_total(source: Source, total: np.ndarray) -> bool:
    """Compare the Total row with the sum of the rows; return whether rows are missing.

    Rows that add to less are a table cut short by YouTube (true rows, not all of them); rows that
    add to more are damage, and refuse the file.
    """
    if not total.any():
        return False
    rest = source.taken & ~total
    short = False
    for name in _ADDS:
        if not source.has(name):
            continue
        stated = _sum(source, name, total)
        summed = _sum(source, name, rest)
        if stated is None or summed is None:
            continue
        if summed >= stated * (1 - _TOLERANCE):
            source.check_total(name, stated, summed, tolerance=_TOLERANCE)
        else:
            short = True
            _say_short(source, name, total=stated, summed=summed, rows=int(rest.sum()))
    return short


def _say_short(source: Source, name: str, *, total: float, summed: float, rows: int) -> None:
    why = (
        Text("YouTube cuts tables at 500 rows", "YouTube memotong tabel di 500 baris")
        if rows >= _CUT_AT else
        Text("deleted videos are left out, or the file was cut short",
             "video yang dihapus tidak ikut, atau berkasnya terpotong")
    )  # fmt: skip
    source.check("cut", "noted", Text(
        "The {rows} rows of “{header}” add to {summed:,}, less than the Total of {total:,}: "
        + why.say("en") + ". The rows are taken; the whole is the Total.",
        "{rows} baris “{header}” berjumlah {summed:,}, kurang dari Total {total:,}: "
        + why.say("id") + ". Baris tetap diambil; angka keseluruhan adalah Total."),
        header=source.header(name), rows=rows, summed=summed, total=total)  # fmt: skip


def _sum(source: Source, name: str, mask: np.ndarray) -> float | None:
    found: Any = pc.sum(source.value(name).filter(pa.array(mask))).as_py()
    return round(found, 4) if isinstance(found, float) else found
