"""What rows of Sprout have in common: the network they name, and the profile on it."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text

from ...source import Source

_NAMED = ("x", "instagram", "tiktok", "threads", "bluesky", "pinterest")  # profiles are handles
_WATCHED = ("youtube", "tiktok")  # the platform itself calls these video views “views”
HALF_UNIT = 0.0000501  # rates are rounded to a hundredth of a percent
ALLOWED = 0.02


def read_network(source: Source) -> dict[str, Any]:
    """Return platform and account of every row; rows of unknown networks are set aside."""
    platform = source.meanings("network", "network")
    source.set_aside(pc.is_null(platform), Text(
        "names no network Tolok knows", "tidak menyebut jaringan yang dikenal Tolok"))  # fmt: skip
    return {"platform": platform, "account": source.accounts(platform, source.text("profile"))}


def count_views(source: Source, platform: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return video views where they are what the platform calls views, else null."""
    is_watched = pc.is_in(platform, pa.array(_WATCHED))
    nothing = pa.scalar(None, pa.int64())
    return pc.if_else(
        pc.fill_null(is_watched, fill_value=False), source.counts("video_views"), nothing
    )


def check_rate(source: Source) -> None:
    """Recompute engagements per impression; Sprout leaves a few rows out of step."""
    source.check_ratio(
        "rate_per_impression", source.percents("rate_per_impression"),
        source.counts("engagements"), source.counts("impressions"),
        half_unit=HALF_UNIT, allowed=ALLOWED,
    )  # fmt: skip


def list_accounts(source: Source, rows: dict[str, Any]) -> dict[str, pa.Table]:
    """Return one row per profile: a handle where the network has handles, else its name."""
    told = pa.table({
        "account": rows["account"], "platform": rows["platform"],
        "profile": pc.utf8_ltrim(source.text("profile"), characters="'‘’ "),
    }).filter(pa.array(source.taken))  # fmt: skip
    found = told.group_by(["account", "platform"]).aggregate([("profile", "min")])
    is_handle = pc.is_in(found["platform"], pa.array(_NAMED))
    handle = pc.utf8_ltrim(found["profile_min"], characters="@")
    nothing = pa.scalar(None, pa.string())
    return {"accounts": pa.table({
        "account": found["account"], "platform": found["platform"],
        "handle": pc.if_else(is_handle, handle, nothing),
        "name": pc.if_else(is_handle, nothing, found["profile_min"]),
        "relation": pa.repeat(pa.scalar("own"), found.num_rows),
    })}  # fmt: skip
