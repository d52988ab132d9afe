"""Who follows a TikTok account: shares by gender and territory, as of the export."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text, local_moment

from ...connector import Export, Extract, Field
from ...source import Source

_SHARE = Field("share", "percent", "share", required=True)


def read_gender(source: Source) -> Extract:
    """Return the share of followers by gender."""
    return _extract(source, "gender", source.meanings("gender", "gender", otherwise="other"))


def read_territories(source: Source) -> Extract:
    """Return the share of followers by territory, as TikTok names it."""
    return _extract(source, "country", source.text("territory"))


def read_activity(source: Source) -> Extract:
    """Refuse: followers active by hour have no table."""
    return source.refuse("activity", Text(
        "This file tells how many followers were active in each hour, for which Tolok has no "
        "place. The other files of the same export are taken.",
        "Berkas ini memuat jumlah pengikut aktif per jam, yang tidak disimpan Tolok. "
        "Berkas lain dari ekspor yang sama tetap diambil."))  # fmt: skip


def _extract(source: Source, dimension: str, segment: pa.ChunkedArray) -> Extract:
    total = pc.sum(source.percents("share")).as_py()
    if total is not None and total > 1.02:  # each share is rounded
        source.check("shares", "failed", Text(
            "The shares add to {total:.0%}, more than the whole.",
            "Jumlah bagiannya {total:.0%}, lebih dari keseluruhan."), total=total)  # fmt: skip
    rows = source.filled() | {
        "account": source.account("tiktok"),
        "platform": "tiktok",
        "day": _day(source),
        "dimension": dimension,
        "segment": segment,
    }
    return source.extract({"audience": rows})


def _day(source: Source) -> date | None:
    seen = source.told.observed_at
    if seen is not None:
        return local_moment(source.told.timezone, seen).date()
    source.ask("observed", Text(
        "The file does not say of which day it is. Say it with --observed.",
        "Berkas ini tidak menyebut tanggalnya. Sebutkan dengan --observed."))  # fmt: skip
    return None


def _where() -> Text:
    return Text(
        "TikTok Studio › Analytics › Followers › Download data",
        "TikTok Studio › Analitik › Pengikut › Unduh data",
    )


GENDER = Export(
    key="tiktok.gender",
    name=Text("TikTok followers by gender", "Pengikut TikTok menurut gender"),
    platform="tiktok",
    fields=(Field("gender", "text", required=True), _SHARE),
    read=read_gender,
    where=_where(),
)

TERRITORIES = Export(
    key="tiktok.territories",
    name=Text("TikTok followers by territory", "Pengikut TikTok menurut wilayah"),
    platform="tiktok",
    fields=(Field("territory", "text", required=True), _SHARE),
    read=read_territories,
    where=_where(),
)

ACTIVITY = Export(
    key="tiktok.activity",
    name=Text("TikTok active followers by hour", "Pengikut aktif TikTok per jam"),
    platform="tiktok",
    fields=(
        Field("date", "text", required=True),
        Field("hour", "count", required=True),
        Field("active", "count", required=True),
    ),
    read=read_activity,
)
