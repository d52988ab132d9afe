"""Daily series of an account: one metric per block, its name in the line above the header."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tolok.base import Text

from ...connector import Export, Extract, Field
from ...source import Source

# Before a feature was collected the platform writes zeros, which are no figures.
_LATE_START = 14
_MOSTLY = 0.8
EITHER = ("facebook", "instagram")

REFUSED = {
    "page_likes": Text(
        "New Page likes are not new followers, and no other figure of Tolok is the same thing, so "
        "this block is not taken.",
        "Suka Halaman baru bukan pengikut baru, dan tidak ada angka Tolok lain yang sama artinya, "
        "jadi bagian ini tidak diambil.",
    ),
    "published": Text(
        "Counts of published content without their days cannot be placed in time. Import the "
        "content export instead: it names every post.",
        "Jumlah konten terbit tanpa tanggal tidak bisa ditempatkan dalam waktu. Impor ekspor "
        "konten: di sana setiap unggahan tercantum.",
    ),
}


def title_of(source: Source) -> str:
    """Return what the block's title means: `instagram reach`, `any views`, or an empty text."""
    for words in (source.title, source.sheet.name):
        meaning = source.word("series", words)
        if meaning:
            return meaning
    return ""


def is_series(source: Source) -> float | None:
    """Accept a block of a date and one value under a title that is known."""
    columns = [h for h in source.sheet.header if h.strip()]
    return 2.0 if len(columns) == 2 and title_of(source) else None


def read_series(source: Source) -> Extract:
    """Return one lake column of account days."""
    platform, column = title_of(source).split("_", 1)
    if column in REFUSED:
        return source.refuse("kind", REFUSED[column])
    account = source.account(*(EITHER if platform == "any" else (platform,)))
    value = source.counts("value")
    source.skip(pc.and_(pc.is_null(source.text("date")), pc.is_null(value)))
    _set_aside_uncollected(source, value, column)
    if column == "followers_gained" and (account or platform).startswith("instagram"):
        source.note(Text(
            "Instagram leaves out days without a new follower.",
            "Instagram tidak mencantumkan hari tanpa pengikut baru."))  # fmt: skip
    days = {
        "account": account,
        "day": source.days("date"),
        "platform": account.split(":", 1)[0] if account else None,
        column: value,
    }
    return source.extract({"account_days": days})


def _set_aside_uncollected(source: Source, value: pa.ChunkedArray, column: str) -> None:
    """Set aside a long run of leading zeros of a series that is nearly never zero later."""
    figures = pc.fill_null(value, 0).to_numpy()
    order = np.argsort(source.days("date").fill_null(0).cast(pa.int32()).to_numpy(), kind="stable")
    nonzero = np.flatnonzero(figures[order])
    if column == "followers_gained" or not len(nonzero) or nonzero[0] < _LATE_START:
        return
    late = order[: nonzero[0]]
    if np.count_nonzero(figures[order[nonzero[0] :]]) < _MOSTLY * (len(figures) - len(late)):
        return
    mask = np.zeros(len(figures), dtype=bool)
    mask[late] = True
    source.set_aside(mask, Text(
        "0 before the first figure: the platform had not begun to collect it",
        "0 sebelum angka pertama: platform belum mulai mengumpulkannya"))  # fmt: skip


SERIES = Export(
    key="meta.account_days",
    name=Text("Daily series of an account", "Deret harian akun"),
    platform=None,
    fields=(
        Field("date", "day", required=True),
        Field("value", "count", required=True),
    ),
    read=read_series,
    matches=is_series,
    numbers_like="en",
    where=Text(
        "Meta Business Suite › Insights › Results › Export › CSV",
        "Meta Business Suite › Insight › Hasil › Ekspor › CSV",
    ),
)


def is_count(source: Source) -> float | None:
    """Accept the block that counts published content without days."""
    return 1.0 if title_of(source) == "any_published" else None


PUBLISHED = Export(
    key="meta.published",
    name=Text("Counts of published content", "Jumlah konten terbit"),
    platform=None,
    fields=(),
    read=lambda source: source.refuse("kind", REFUSED["published"]),
    matches=is_count,
)
