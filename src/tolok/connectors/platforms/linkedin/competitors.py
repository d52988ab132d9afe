"""Competitors of a page: followers, and what each did over the period in the first line."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Period, Text

from ...connector import Export, Extract, Field
from ...source import Source
from .audience import observed_day
from .periods import read_period, told_period

FIELDS = (
    Field("page", "text", required=True),
    Field("followers", "count", "followers"),
    Field("new_followers", "count", "followers_net", required=True),
    Field("engagements", "count", "interactions"),
    Field("posts", "count", "posts_published", required=True),
    Field("comments", "count", "comments"),
    Field("comments_per_day", "number"),
    Field("reactions", "count", "reactions"),
)


def read_competitors(source: Source) -> Extract:
    """Return the period's figures per page, and followers as of the export."""
    names = source.text("page")
    keys = source.mapped("page", lambda name: _key(source, name))
    tables: dict[str, Any] = {}
    period = _period(source)
    if period is not None:
        tables["account_periods"] = source.filled() | {
            "account": keys, "platform": "linkedin",
            "start": period.start, "until": period.end,
        }  # fmt: skip
    else:
        source.check("period", "noted", Text(
            "The file does not say which days it covers: only followers are taken. Say them with --period.",
            "Berkas ini tidak menyebut rentang tanggalnya: hanya pengikut yang diambil. Sebutkan dengan --period."))  # fmt: skip
    if source.has("followers"):
        tables["account_days"] = {
            "account": keys, "platform": "linkedin", "day": observed_day(source),
            "followers": source.counts("followers"),
        }  # fmt: skip
    return source.extract(tables, more={"accounts": _accounts(source, keys, names)})


def _period(source: Source) -> Period | None:
    for cells in source.preamble:
        found = read_period([cell for cell in cells if cell.strip()])
        if found is not None:
            return found
    return told_period(source)


def _key(source: Source, name: str | None) -> str | None:
    """Return the account of a page by its name; our own page is known by its handle."""
    if name is None:
        return None
    plain = name.strip().casefold()
    own = f"linkedin:{plain.replace(' ', '-')}"
    return own if own in source.told.accounts else f"linkedin:{plain}"


def _accounts(source: Source, keys: pa.ChunkedArray, names: pa.ChunkedArray) -> pa.Table:
    own = pc.is_in(keys, value_set=pa.array(source.told.accounts, pa.string()))
    rows = pa.table({
        "account": keys, "name": names, "relation": pc.if_else(own, "own", "competitor"),
        "row": source.rows,
    }).filter(pc.is_valid(keys))  # fmt: skip
    return rows.append_column("platform", pa.array(["linkedin"] * rows.num_rows, pa.string()))


COMPETITORS = Export(
    key="linkedin.competitors",
    name=Text("LinkedIn competitors", "Pesaing LinkedIn"),
    platform="linkedin",
    fields=FIELDS,
    read=read_competitors,
    where=Text(
        "LinkedIn page (admin view) › Analytics › Competitors › Export",
        "Halaman LinkedIn (tampilan admin) › Analitik › Pesaing › Ekspor",
    ),
)
