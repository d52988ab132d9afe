"""What the content exports of Facebook and Instagram share: lifetime or days, posts, accounts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text

from ...connector import Extract
from ...source import Source, as_mask

_HAS_DIGIT = r"\d"
_LOOK = 10_000  # rows looked at to tell a daily breakdown: each of its rows has a date
_DAMAGED = 0.05
_PER_POST = 0.5  # a lifetime export names each post once; a daily breakdown some thirty times


def is_daily(source: Source) -> bool:
    """Whether the file tells days of posts: its date column holds dates, not a word for lifetime."""
    cells = pc.unique(source.raw("date").slice(0, _LOOK))
    return bool(pc.any(pc.match_substring_regex(cells, _HAS_DIGIT)).as_py())


def only_lifetime(source: Source) -> float | None:
    """Decline a daily breakdown, which has almost the same header."""
    return None if is_daily(source) else 0.0


def only_daily(source: Source) -> float | None:
    """Accept a daily breakdown only."""
    return 0.5 if is_daily(source) else None


def refuse_unsound(source: Source) -> Extract | None:
    """Return the refusal of a file that cannot be read rightly, or None when it can."""
    ids = source.ids("post_id")
    damaged = pc.sum(source.damaged("post_id")).as_py() or 0
    if damaged > _DAMAGED * max(1, len(ids)):
        return source.refuse("ids", Text(
            "{count} of {rows} post ids were damaged by a spreadsheet (such as 1.22158E+17), so "
            "posts cannot be told apart. Export again and import the file without opening it.",
            "{count} dari {rows} ID unggahan rusak oleh aplikasi lembar sebar (misalnya "
            "1.22158E+17), sehingga unggahan tidak bisa dibedakan. Ekspor ulang dan impor tanpa "
            "membukanya dulu."), count=damaged, rows=len(ids))  # fmt: skip
    if source.has("date"):
        return None
    named = len(ids) - ids.null_count
    unique = pc.count_distinct(ids, mode="only_valid").as_py()
    if named > 3 and unique < _PER_POST * named:
        return source.refuse("daily", Text(
            "Only {unique} posts in {rows} rows: this is a daily breakdown without its dates. "
            "Export it again with “Lifetime” data.",
            "Hanya {unique} unggahan dalam {rows} baris: ini rincian harian tanpa tanggal. "
            "Ekspor ulang dengan data “Sepanjang waktu”."), unique=unique, rows=named)  # fmt: skip
    return None


def set_aside_unread(source: Source) -> None:
    """Leave out blank rows, and rows for which the platform gives an error in place of a post."""
    nameless = pc.and_(pc.is_null(source.text("post_id")), pc.is_null(source.text("publish_time")))
    told = pc.is_valid(source.text("data_comment"))
    source.set_aside(pc.and_(nameless, told), Text(
        "the platform could not compute this post and gives no id",
        "platform gagal menghitung unggahan ini dan tidak memberi ID"))  # fmt: skip
    source.skip(pc.and_(nameless, pc.is_null(source.text("permalink"))))
    source.set_aside(source.damaged("post_id"), Text(
        "its post id was damaged by a spreadsheet", "ID unggahannya rusak oleh lembar sebar"))  # fmt: skip


def post_rows(source: Source, platform: str, account: Any) -> dict[str, Any]:
    """Return the columns of the posts table that both content exports fill alike."""
    return source.filled(but={"caption"}) | {
        "post": source.posts(platform, source.ids("post_id")),
        "account": account,
        "platform": platform,
        "published_precision": "minute",
        "kind": source.meanings("post_type", "post_type", otherwise="other"),
        "caption": (
            longer(source.text("caption"), source.text("title"))
            if source.has("caption", "title")
            else source.text("caption")
        ),
    }


def longer(one: pa.ChunkedArray, other: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return, per row, the longer of two texts: captions stand in either of two columns."""
    first = pc.fill_null(pc.utf8_length(one), -1)
    second = pc.fill_null(pc.utf8_length(other), -1)
    return pc.if_else(pc.greater_equal(first, second), one, other)


def account_rows(source: Source, platform: str, parts: dict[str, pa.ChunkedArray]) -> pa.Table:
    """Return one row per account of the file: key, handle, name, native id.

    The account with most posts is ours; others come from posts made together.
    """
    # The first row of an account tells of it; where some rows are blank the filled ones do.
    blank = [n for n in parts if n != "account" and parts[n].null_count]
    table = pa.table({n: parts[n] for n in ("account", *blank)})
    table = table.append_column("at", pa.array(np.arange(source.num_rows)))
    counted = source.taken & as_mask(pc.is_valid(parts["account"]))
    if not counted.all():
        table = table.filter(pa.array(counted))
    grouped = (
        table.group_by("account")
        .aggregate([("account", "count"), ("at", "min"), *((n, "max") for n in blank)])
        .sort_by([("account_count", "descending"), ("account", "ascending")])
    )
    first = pa.table(parts).take(grouped["at_min"])
    rows = {n: grouped[f"{n}_max"] if n in blank else first[n] for n in parts}
    own = ["own"] + [None] * (grouped.num_rows - 1) if grouped.num_rows else []
    return pa.table(
        {
            **rows,
            "relation": pa.array(own, pa.string()),
            "platform": pa.array([platform] * grouped.num_rows, pa.string()),
        }
    )
