"""Days of a company page: engagement, new followers, visitors."""

from __future__ import annotations

from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text

from ...connector import Export, Extract, Field
from ...source import Source

_DATE = Field("date", "day", "day", required=True, order="mdy")
_GROUPS = ("clicks", "reactions", "comments", "reposts")
_ROUNDED = 0.00005  # rates with four digits
_ODD_DAYS = 0.05  # LinkedIn corrects a day's counts and its rate at different times

METRIC_FIELDS = (
    _DATE,
    Field("impressions_organic", "count"),
    Field("impressions_sponsored", "count"),
    Field("impressions_total", "count", "impressions", required=True),
    Field("unique_organic", "count", "reach"),
    Field("clicks_organic", "count"),
    Field("clicks_sponsored", "count"),
    Field("clicks_total", "count", "clicks", required=True),
    Field("reactions_organic", "count"),
    Field("reactions_sponsored", "count"),
    Field("reactions_total", "count", "reactions", required=True),
    Field("comments_organic", "count"),
    Field("comments_sponsored", "count"),
    Field("comments_total", "count", "comments"),
    Field("reposts_organic", "count"),
    Field("reposts_sponsored", "count"),
    Field("reposts_total", "count", "shares"),
    Field("rate_organic", "percent"),
    Field("rate_sponsored", "percent"),
    Field("rate_total", "percent"),
)
FOLLOWER_FIELDS = (
    _DATE,
    Field("sponsored", "count"),
    Field("organic", "count", required=True),
    Field("invited", "count"),
    # Called “Total followers”, yet it is what the day added, and may be negative.
    Field("total", "count", "followers_gained", required=True),
)
VISITOR_FIELDS = (
    _DATE,
    Field("views_total", "count", "profile_visits", required=True),
    Field("views_desktop", "count"),
    Field("views_mobile", "count"),
    Field("visitors_total", "count", required=True),
    Field("visitors_desktop", "count"),
    Field("visitors_mobile", "count"),
)


def read_metrics(source: Source) -> Extract:
    """Return what the page's posts earned each day; reactions taken back make it negative."""
    for kind in ("total", "organic"):
        check_rate(
            source, f"rate_{kind}", [f"{group}_{kind}" for group in _GROUPS], f"impressions_{kind}"
        )
    return _extract(source)


def read_followers(source: Source) -> Extract:
    """Return followers won each day, and check that the parts add to the day's total."""
    parts = [source.counts(n) for n in ("sponsored", "organic", "invited") if source.has(n)]
    apart = pc.not_equal(reduce(pc.add, parts), source.counts("total"))
    wrong = pc.sum(apart).as_py() or 0
    if wrong and source.has("sponsored", "invited"):
        # A level in place of a gain would be far from the sum of the parts on every day.
        bad = wrong > 0.5 * source.num_rows
        source.check("parts", "failed" if bad else "noted", Text(
            "On {count} of {rows} days the parts do not add to “{header}”.",
            "Pada {count} dari {rows} hari bagiannya tidak berjumlah “{header}”."),
            count=wrong, rows=source.num_rows, header=source.header("total"))  # fmt: skip
    return _extract(source)


def read_visitors(source: Source) -> Extract:
    """Return views of the page itself; visitors are people and stay in the file."""
    return _extract(source)


def check_rate(source: Source, rate: str, parts: list[str], base: str) -> None:
    """Compare an engagement rate of the file with (clicks + reactions + comments + reposts) / shown."""
    if source.has(rate, base, *parts):
        acts: pa.ChunkedArray = reduce(pc.add, [source.counts(part) for part in parts])
        source.check_ratio(
            rate, source.percents(rate), acts, source.counts(base), half_unit=_ROUNDED,
            allowed=_ODD_DAYS,
        )  # fmt: skip


def _extract(source: Source) -> Extract:
    days = source.filled() | {"account": source.account("linkedin"), "platform": "linkedin"}
    return source.extract({"account_days": days})


def _where(page: Text) -> Text:
    return Text(
        f"LinkedIn page (admin view) › Analytics › {page.en} › Export",
        f"Halaman LinkedIn (tampilan admin) › Analitik › {page.id} › Ekspor",
    )


_HOW_FRESH = Text(
    "Days of UTC, up to the day before the export; 365 days at most.",
    "Hari menurut UTC, sampai sehari sebelum ekspor; paling banyak 365 hari.",
)

METRICS = Export(
    key="linkedin.metrics",
    name=Text("LinkedIn page days", "Harian halaman LinkedIn"),
    platform="linkedin",
    fields=METRIC_FIELDS,
    read=read_metrics,
    where=_where(Text("Content", "Konten")),
    how_fresh=_HOW_FRESH,
)

FOLLOWERS = Export(
    key="linkedin.followers",
    name=Text("LinkedIn new followers", "Pengikut baru LinkedIn"),
    platform="linkedin",
    fields=FOLLOWER_FIELDS,
    read=read_followers,
    where=_where(Text("Followers", "Pengikut")),
    how_fresh=_HOW_FRESH,
)

VISITORS = Export(
    key="linkedin.visitors",
    name=Text("LinkedIn page visitors", "Pengunjung halaman LinkedIn"),
    platform="linkedin",
    fields=VISITOR_FIELDS,
    read=read_visitors,
    where=_where(Text("Visitors", "Pengunjung")),
    how_fresh=_HOW_FRESH,
)
