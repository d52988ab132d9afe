"""Audience: how many follow, and who they are, by age and gender, city and country."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from tolok.base import Text, local_moment

from ...connector import Export, Extract
from ...reading.header import fold_header
from ...reading.numbers import read_percent
from ...source import Source
from .series import EITHER

_NO_DAY = Text(
    "The file does not say when it was exported. Say it with --observed.",
    "Berkas ini tidak menyebut kapan diekspor. Sebutkan dengan --observed.",
)


def _meaning(source: Source) -> str:
    for words in (source.title, source.sheet.name):
        meaning = source.word("audience", words)
        if meaning:
            return meaning
    return ""


def is_audience(source: Source) -> float | None:
    """Accept a block whose title is one of the audience's."""
    return 2.0 if _meaning(source) else None


def read_audience(source: Source) -> Extract:
    """Return shares of segments, or the number of followers, as of the day of the export."""
    platform, dimension = _meaning(source).split("_", 1)
    account = source.account(*(EITHER if platform == "any" else (platform,)))
    moment = source.told.observed_at
    if moment is None:
        source.ask("observed", _NO_DAY)
    if account is None or moment is None:
        return source.extract({})
    day = local_moment(source.told.timezone, moment).date()
    common = {"account": account, "day": day, "platform": account.split(":", 1)[0]}
    if dimension == "followers":
        return _followers(source, common)
    rows = _segments(source, dimension)
    if rows is None:
        return source.refuse("damaged", Text(
            "This block was torn apart by a spreadsheet (a place with a comma stands in several "
            "columns). Export it again and import the file without opening it.",
            "Bagian ini rusak oleh aplikasi lembar sebar (nama tempat berkoma terpecah ke beberapa "
            "kolom). Ekspor ulang dan impor tanpa membukanya dulu."))  # fmt: skip
    table = pa.Table.from_pylist([{**common, "dimension": dimension, **row} for row in rows])
    return source.extract({}, more={"audience": table}, start=day, end=day)


def _followers(source: Source, common: dict[str, Any]) -> Extract:
    cells = [c for c in (source.sheet.head(1) or [()])[0] if c]
    row = source.sheet.row_number(0) if source.num_rows else None
    count = int(cells[0]) if len(cells) == 1 and str(cells[0]).isdigit() else None
    if count is None:
        return source.refuse("readable", Text("The number of followers cannot be read.",
                                              "Jumlah pengikut tidak terbaca."))  # fmt: skip
    table = pa.Table.from_pylist([{**common, "followers": count, "row": row}])
    return source.extract({}, more={"account_days": table}, start=common["day"], end=common["day"])


def _segments(source: Source, dimension: str) -> list[dict[str, Any]] | None:
    """Return segment, share and row of a block; None where cells do not fit its shape."""
    header = [h.strip() for h in source.sheet.header]
    rows = [(source.sheet.row_number(i), r)
            for i, r in enumerate(source.sheet.head(source.num_rows))]  # fmt: skip
    if dimension == "age_gender":
        cells = [(n, f"{r[0]} {_gender(source, header[i])}", r[i])
                 for n, r in rows for i in range(1, len(header)) if header[i]]  # fmt: skip
    elif len(rows) == 1 and len(header) != 2:
        cells = [(rows[0][0], name, rows[0][1][i]) for i, name in enumerate(header) if name]
    else:
        if any(c for _, r in rows for c in r[2:]):
            return None
        cells = [(n, r[0] or "", r[1]) for n, r in rows]
    # Older files write 23,9%, newer ones a bare 10.6 that means the same.
    shares = read_percent([c[2] for c in cells], unit="percent", hint_language=source.language)
    if shares.problem_count or shares.question is not None:
        return None
    return [
        {"segment": name, "share": share, "row": row}
        for (row, name, _), share in zip(cells, shares.values.to_pylist(), strict=True)
        if name and share is not None
    ]


def _gender(source: Source, header: str) -> str:
    return source.words("gender").get(fold_header(header), header)


AUDIENCE = Export(
    key="meta.audience",
    name=Text("Audience of an account", "Audiens akun"),
    platform=None,
    fields=(),
    read=read_audience,
    matches=is_audience,
    where=Text(
        "Meta Business Suite › Insights › Audience › Export",
        "Meta Business Suite › Insight › Audiens › Ekspor",
    ),
)
