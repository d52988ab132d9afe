"""Days of one profile in Metricool's evolution export, known from one witness."""

from __future__ import annotations

from typing import Any

import pyarrow.compute as pc

from tolok.base import Text

from ...connector import Export, Extract, Field
from ...source import Source

FIELDS = (
    Field("date", "day", "day", required=True, order="dmy"),
    Field("followers", "count", "followers", required=True),
    Field("gained", "count", "followers_gained", required=True),
    Field("lost", "count", required=True),
    Field("posts", "count", "posts_published"),
    Field("impressions", "count", "impressions"),
    Field("reach", "count", "reach"),
    Field("interactions", "count", "interactions"),
)


def read_days(source: Source) -> Extract:
    """Return one row per day of the told account: the file names neither network nor profile."""
    source.note(Text(
        "Metricool's layout is known from a single example: compare a few days with Metricool before "
        "you rely on these figures.",
        "Tata letak Metricool hanya dikenal dari satu contoh: cocokkan beberapa hari dengan Metricool "
        "sebelum memakai angkanya."))  # fmt: skip
    account = source.account()
    rows: dict[str, Any] = source.filled() | {
        "account": account, "platform": account.split(":", 1)[0] if account else None,
        "followers_lost": pc.abs(source.counts("lost")),  # written as -3
    }  # fmt: skip
    return source.extract({"account_days": rows})


DAYS = Export(
    key="metricool.days",
    name=Text("Metricool days of a profile", "Harian profil Metricool"),
    platform=None,
    fields=FIELDS,
    read=read_days,
    where=Text("Metricool › Analytics › a network › Download CSV",
               "Metricool › Analytics › pilih jaringan › Download CSV"),
    how_fresh=Text("Networks may still correct figures for some days.",
                   "Jaringan masih bisa mengoreksi angka beberapa hari."),
    numbers_like="es",
)  # fmt: skip
