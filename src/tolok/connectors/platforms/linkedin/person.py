"""The export of a person's own analytics: one workbook, a sheet per question."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Period, Text

from ...connector import Export, Extract, Field
from ...reading.dates import read_dates
from ...reading.numbers import read_counts
from ...source import Source, as_mask
from .periods import read_period, told_period
from .posts import post_ids

_RANGE = re.compile(r"\s*(\S+)\s*[-–]\s*(\S+)\s*")
_LEVEL = re.compile(r"(\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2})")


def read_total(source: Source) -> Extract:
    """Return impressions and members reached over the whole period in the header."""
    period = _header_period(source)
    account = source.account("linkedin")
    if period is None or account is None:
        return source.extract({})
    values = source.sheet.column(1 - source.mapping["name"])
    meanings = source.meanings("name", "discovery").to_pylist()
    numbers = [_whole(v) for v in values.to_pylist()]
    said = {m: n for m, n in zip(meanings, numbers, strict=True) if m}
    row = {"account": account, "platform": "linkedin", "start": period.start,
           "until": period.end, **said}  # fmt: skip
    return source.extract({}, more={"account_periods": pa.Table.from_pylist([row])})


def read_days(source: Source) -> Extract:
    """Return impressions and engagements per day; taken-back reactions make it negative."""
    days = source.filled() | {"account": source.account("linkedin"), "platform": "linkedin"}
    return source.extract({"account_days": days})


def read_followers(source: Source) -> Extract:
    """Return new followers per day, and the level that the line above them tells.

    That line fills both columns, so it may stand as the header; then the true header is a row.
    """
    first, second = (source.sheet.column(i) for i in (0, 1))
    day = pa.chunked_array([read_dates(first, order="mdy").values.cast(pa.date32())])
    source.skip(pc.is_null(day))
    days = {"day": day, "followers_gained": pa.chunked_array([read_counts(second).values]),
            "account": source.account("linkedin"), "platform": "linkedin"}  # fmt: skip
    return source.extract({"account_days": days}, more=_level(source))


def read_top_posts(source: Source) -> Extract:
    """Return the leading posts; engagements and impressions are two lists side by side.

    The lists count the period only, so figures are totals of those published inside it.
    """
    period = told_period(source)
    if period is None:
        source.check("period", "noted", Text(
            "The name of the file does not say its period (…_2025-04-14_2026-04-13.xlsx): posts "
            "are taken without their figures. Say it with --period.",
            "Nama berkas tidak menyebut periodenya (…_2025-04-14_2026-04-13.xlsx): unggahan "
            "diambil tanpa angkanya. Sebutkan dengan --period."))  # fmt: skip
    parts = [
        _top(source, period, side=("link", "published"), figure=("engagements", "interactions")),
        _top(source, period, side=("link2", "published2"), figure=("impressions", "impressions")),
    ]
    return source.extract({"posts": [part for side in parts for part in side]}, is_whole=False)


def _top(
    source: Source, period: Period | None, *, side: tuple[str, str], figure: tuple[str, str]
) -> list[tuple[dict[str, Any], np.ndarray]]:
    link, published = side
    ids = post_ids(source, link)
    there = as_mask(pc.is_valid(ids))
    about = {
        "post": source.posts("linkedin", ids), "account": source.account("linkedin"),
        "platform": "linkedin", "permalink": source.text(link),
        "published_at": source.moments(published), "published_precision": "day",
    }  # fmt: skip
    inside = np.zeros(source.num_rows, dtype=bool)
    if period is not None:
        inside = as_mask(pc.greater_equal(source.days(published), pa.scalar(period.start)))
    figures = about | {figure[1]: source.counts(figure[0])}
    return [(figures, there & inside), (about, there & ~inside)]


def _header_period(source: Source) -> Period | None:
    other = source.sheet.header[1 - source.mapping["name"]]
    found = _RANGE.fullmatch(other)
    return read_period(list(found.groups())) if found else None


def _whole(cell: str | None) -> int | None:
    digits = (cell or "").replace(",", "")
    return int(digits) if digits.isdigit() else None


def _level(source: Source) -> dict[str, pa.Table] | None:
    """Return followers on the day that the line above the header names."""
    account = source.account("linkedin")
    for cells in (*source.preamble, source.sheet.header):
        said = [cell for cell in cells if cell.strip()]
        day = _LEVEL.search(said[0]) if len(said) == 2 else None
        level = _whole(said[-1]) if day else None
        if day and level is not None and account is not None:
            period = read_period([day[1], day[1]])
            if period is not None:
                row = {"account": account, "day": period.start, "platform": "linkedin",
                       "followers": level}  # fmt: skip
                return {"account_days": pa.Table.from_pylist([row])}
    return None


def _on_sheet(word: str) -> Any:
    def matches(source: Source) -> float | None:
        return 1.0 if source.word("sheet", source.sheet.name) == word else None

    return matches


def _is_followers(source: Source) -> float | None:
    lines = (*source.preamble, source.sheet.header)
    dated = any(_LEVEL.search(cell) for cells in lines for cell in cells)
    on_sheet = source.word("sheet", source.sheet.name) == "followers"
    return 3.0 if on_sheet and dated and len(source.sheet.header) == 2 else None


def _has_range(source: Source) -> float | None:
    return 1.0 if len(source.sheet.header) == 2 and _header_period(source) else None


_WHERE = Text(
    "linkedin.com › your profile › Analytics › Export",
    "linkedin.com › profil Anda › Analitik › Ekspor",
)
_DATE = Field("date", "day", "day", required=True, order="mdy")

PERSON_TOTAL = Export(
    key="linkedin.person_total",
    name=Text("LinkedIn person, whole period", "LinkedIn pribadi, seluruh periode"),
    platform="linkedin",
    fields=(Field("name", "text", required=True),),
    read=read_total,
    matches=_has_range,
    where=_WHERE,
)

PERSON_DAYS = Export(
    key="linkedin.person_days",
    name=Text("LinkedIn person, days", "LinkedIn pribadi, harian"),
    platform="linkedin",
    fields=(
        _DATE,
        Field("impressions", "count", "impressions", required=True),
        Field("engagements", "count", "interactions", required=True),
    ),
    read=read_days,
    matches=_on_sheet("engagement"),
    where=_WHERE,
)

PERSON_POSTS = Export(
    key="linkedin.person_posts",
    name=Text("LinkedIn person, leading posts", "LinkedIn pribadi, unggahan teratas"),
    platform="linkedin",
    fields=(
        Field("link", "text", required=True),
        Field("published", "moment", required=True, order="mdy"),
        Field("engagements", "count", required=True),
        Field("link2", "text"),
        Field("published2", "moment", order="mdy"),
        Field("impressions", "count"),
    ),
    read=read_top_posts,
    where=_WHERE,
)

PERSON_FOLLOWERS = Export(
    key="linkedin.person_followers",
    name=Text("LinkedIn person, followers", "LinkedIn pribadi, pengikut"),
    platform="linkedin",
    fields=(),  # told by the name of the sheet and the date in its first line
    read=read_followers,
    matches=_is_followers,
    where=_WHERE,
)
