"""Posts without a name: tables of old Facebook figures from which id and date were taken out."""

from __future__ import annotations

import pyarrow.compute as pc

from tolok.base import Text

from ...connector import Export, Extract, Field
from ...source import Source, as_mask

FIELDS = (
    Field("reach", "count", required=True),
    Field("impressions", "count"),
    Field("engaged_users", "count"),
    Field("month", "count"),
    Field("weekday", "count", required=True),
    Field("hour", "count", required=True),
    Field("paid", "count"),
    Field("post_type", "text"),
    Field("page_likes", "count"),
    Field("comments", "count"),
    Field("likes", "count"),
    Field("shares", "count"),
    Field("interactions", "count", required=True),
)


def read_nameless(source: Source) -> Extract:
    """Refuse the table, after saying what its figures are worth."""
    reach, impressions = source.counts("reach"), source.counts("impressions")
    above = int(as_mask(pc.greater(reach, impressions)).sum())
    source.check("reach", "noted", Text(
        "Reach is above impressions in {count} of {rows} rows, which cannot be.",
        "Jangkauan melebihi impresi di {count} dari {rows} baris, padahal tidak mungkin."),
        count=above, rows=source.num_rows)  # fmt: skip
    parts = [pc.fill_null(source.counts(n), 0) for n in ("comments", "likes", "shares")]
    total = pc.add(pc.add(parts[0], parts[1]), parts[2])
    apart = int(as_mask(pc.not_equal(total, source.counts("interactions"))).sum())
    source.check("interactions", "noted", Text(
        "Total interactions differ from comments, likes and shares in {count} of {rows} rows.",
        "Total interaksi berbeda dari komentar, suka, dan dibagikan di {count} dari {rows} baris."),
        count=apart, rows=source.num_rows)  # fmt: skip
    return source.refuse("nameless", Text(
        "The table names neither the posts nor their dates (only month, weekday and hour), so no "
        "post can be told from another or placed in time. Export the content again with post ID "
        "and publish time.",
        "Tabel ini tidak menyebut unggahan maupun tanggalnya (hanya bulan, hari, dan jam), "
        "sehingga unggahan tidak bisa dibedakan atau ditempatkan dalam waktu. Ekspor ulang "
        "konten beserta ID unggahan dan waktu terbit."))  # fmt: skip


NAMELESS = Export(
    key="meta.facebook_nameless",
    name=Text("Facebook posts without ID and date", "Unggahan Facebook tanpa ID dan tanggal"),
    platform="facebook",
    fields=FIELDS,
    read=read_nameless,
    numbers_like="en",
)
