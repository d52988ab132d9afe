"""Days of a TikTok account: overview, followers, viewers. Dates carry no year."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text

from ...connector import Export, Extract, Field
from ...source import Source, as_mask
from .years import read_days

_DATE = Field("date", "text", required=True)
OVERVIEW_FIELDS = (
    _DATE,
    Field("views", "count", "views", required=True),
    Field("reach", "count", "reach"),
    Field("profile_views", "count", "profile_visits", required=True),
    Field("likes", "count", "likes"),
    Field("comments", "count", "comments"),
    Field("shares", "count", "shares"),
    Field("new_followers", "count", "followers_gained"),
    Field("lost_followers", "count", "followers_lost"),
    Field("net_followers", "count", "followers_net"),
    Field("phone_clicks", "count"),
    Field("leads", "count"),
)
FOLLOWER_FIELDS = (
    _DATE,
    Field("followers", "count", "followers", required=True),
    Field("difference", "count", "followers_net"),
)
VIEWER_FIELDS = (
    _DATE,
    Field("viewers", "count", "viewers", required=True),
    Field("new_viewers", "count", "new_viewers", required=True),
    Field("returning_viewers", "count", "returning_viewers"),
)
_LONG = 7  # as many days of nothing but zeros, at the start, are worth a word


def read_overview(source: Source) -> Extract:
    """Return one row per day of the account."""
    _note_silence(source)
    return _extract(source, source.taken)


def read_followers(source: Source) -> Extract:
    """Return levels and differences; where the level is undefined, the row says nothing."""
    _check_levels(source)
    return _extract(source, _says(source, "followers"))


def read_viewers(source: Source) -> Extract:
    """Return viewers per day; where the total is undefined, the row says nothing."""
    return _extract(source, _says(source, "viewers"))


def _extract(source: Source, says: np.ndarray) -> Extract:
    source.skip(~says)
    days = source.filled() | {
        "day": read_days(source, "date"),
        "account": source.account("tiktok"),
        "platform": "tiktok",
    }
    return source.extract({"account_days": days})


def _says(source: Source, name: str) -> np.ndarray:
    """Return which rows have their leading figure: beside `undefined`, a 0 is no zero."""
    says = as_mask(pc.is_valid(source.counts(name)))
    silent = int((~says & as_mask(pc.is_valid(source.text("date")))).sum())
    if silent:
        source.check("undefined", "noted", Text(
            "{count} days have no “{header}” (undefined, NaN, --): nothing of them is taken.",
            "{count} hari tanpa “{header}” (undefined, NaN, --): tidak ada yang diambil."),
            count=silent, header=source.header(name))  # fmt: skip
    return says


def _check_levels(source: Source) -> None:
    """Say how many days the difference is not that of the levels; the levels are the truth."""
    level = source.counts("followers").cast(pa.float64()).to_numpy()
    stated = source.counts("difference").cast(pa.float64()).to_numpy()
    apart = np.diff(level) - stated[1:]
    known = np.isfinite(apart)
    wrong = np.flatnonzero(known & (apart != 0))
    if not known.any():
        return
    data = {"rows": int(known.sum()), "count": len(wrong)}
    if len(wrong):
        data["row"] = source.sheet.row_number(int(wrong[0]) + 1)
        source.check("levels", "noted", Text(
            "On {count} of {rows} days the difference is not that of the levels (first: row "
            "{row}). Growth is read from the levels.",
            "Pada {count} dari {rows} hari selisihnya tidak sama dengan selisih jumlah pengikut "
            "(pertama: baris {row}). Pertumbuhan dibaca dari jumlahnya."), **data)  # fmt: skip
        return
    source.check("levels", "passed", Text(
        "On {rows} of {rows} days the difference is that of the levels.",
        "Pada {rows} dari {rows} hari selisihnya cocok dengan jumlah pengikut."), **data)  # fmt: skip


def _note_silence(source: Source) -> None:
    names = [f.name for f in OVERVIEW_FIELDS[1:] if source.has(f.name)]
    cells = [pc.fill_null(source.counts(n), 0).to_numpy() for n in names]
    if not source.num_rows:
        return
    busy = np.flatnonzero(np.any(np.stack(cells) != 0, axis=0))
    first = int(busy[0]) if len(busy) else source.num_rows
    if first >= _LONG:
        source.note(Text(
            "The first days hold zeros only: TikTok may not have counted yet.",
            "Hari-hari pertama hanya berisi nol: mungkin TikTok belum menghitung."))  # fmt: skip


def _where(page: Text) -> Text:
    return Text(
        f"TikTok Studio › Analytics › {page.en} › Download data (CSV)",
        f"TikTok Studio › Analitik › {page.id} › Unduh data (CSV)",
    )


_HOW_FRESH = Text(
    "Whole days up to the day before the export; 365 days at most.",
    "Hari penuh sampai sehari sebelum ekspor; paling banyak 365 hari.",
)

OVERVIEW = Export(
    key="tiktok.overview",
    name=Text("TikTok overview", "Ringkasan TikTok"),
    platform="tiktok",
    fields=OVERVIEW_FIELDS,
    read=read_overview,
    where=_where(Text("Overview", "Ringkasan")),
    how_fresh=_HOW_FRESH,
)

FOLLOWERS = Export(
    key="tiktok.followers",
    name=Text("TikTok follower history", "Riwayat pengikut TikTok"),
    platform="tiktok",
    fields=FOLLOWER_FIELDS,
    read=read_followers,
    required_any=(("difference",),),
    where=_where(Text("Followers", "Pengikut")),
    how_fresh=_HOW_FRESH,
)

VIEWERS = Export(
    key="tiktok.viewers",
    name=Text("TikTok viewers", "Penonton TikTok"),
    platform="tiktok",
    fields=VIEWER_FIELDS,
    read=read_viewers,
    where=_where(Text("Viewers", "Penonton")),
    how_fresh=_HOW_FRESH,
)
