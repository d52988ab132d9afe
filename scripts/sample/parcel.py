"""The parcel: export files as bytes, and the truth about every figure in them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

Cell = str | int | float | None
KEYS: dict[str, tuple[str, ...]] = {
    "accounts": ("account",),
    "account_days": ("account", "day"),
    "account_periods": ("account", "start", "until"),
    "ad_results": (
        "account", "level", "item", "start", "until", "attribution", "breakdown", "segment",
    ),
    "audience": ("account", "day", "dimension", "segment"),
    "post_days": ("post", "day"),
    "posts": ("post",),
    "site_traffic": ("account", "start", "until", "dimension", "segment"),
}  # fmt: skip


@dataclass
class Parcel:
    """Everything the script makes; `truth` keeps, per lake table, the last value of each figure."""

    files: dict[str, bytes] = field(default_factory=dict)
    observed: dict[str, datetime] = field(default_factory=dict)
    truth: dict[str, dict[tuple[str, ...], dict[str, Cell]]] = field(default_factory=dict)

    def add(self, path: str, data: bytes, seen: datetime) -> None:
        """Add an export file taken at the local moment `seen`."""
        self.files[path] = data
        self.observed[path] = seen

    def know(self, table: str, key: Mapping[str, object], **values: Cell) -> None:
        """Record figures an import must show; the later call wins a cell, None says nothing."""
        names = KEYS[table]
        row = self.truth.setdefault(table, {}).setdefault(tuple(str(key[n]) for n in names), {})
        row.update({name: value for name, value in values.items() if value is not None})

    def truth_csv(self, table: str) -> str:
        """Return the truth of one table as CSV: key columns, then figures; blank means none."""
        rows = self.truth[table]
        columns: dict[str, None] = {}
        for values in rows.values():
            columns.update(dict.fromkeys(values))
        head = [*KEYS[table], *columns]
        body = [[*key, *(values.get(c) for c in columns)] for key, values in sorted(rows.items())]
        return csv_text([head, *body])


def csv_text(
    rows: Iterable[Sequence[Cell]], *, quote_all: bool = False, line_end: str = "\n"
) -> str:
    """Return rows as CSV text; None is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(
        out, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL, lineterminator=line_end
    )
    writer.writerows([["" if c is None else c for c in row] for row in rows])
    return out.getvalue()


def with_bom(text: str) -> bytes:
    """Return UTF-8 bytes with a byte order mark, as Meta and TikTok write them."""
    return text.encode("utf-8-sig")


def meta_series(name: str, head: tuple[str, str], values: Mapping[str, int]) -> bytes:
    """Return a Meta daily series: UTF-16LE, `sep=,`, the metric's name, then moments and values."""
    lines = ["sep=,", f'"{name}"', f'"{head[0]}","{head[1]}"']
    lines += [f'"{moment}","{value}"' for moment, value in values.items()]
    return ("\ufeff" + "\n".join(lines) + "\n").encode("utf-16-le")


def zipped(members: Mapping[str, str]) -> bytes:
    """Return a ZIP of texts; stored, so that its bytes do not depend on the compressor."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, text in members.items():
            entry = zipfile.ZipInfo(name, (2026, 11, 1, 8, 0, 0))
            entry.create_system = 3
            archive.writestr(entry, text.encode())
    return out.getvalue()


def utc(moment: datetime) -> str:
    """Return a Jakarta moment as naive UTC text."""
    return (moment - timedelta(hours=7)).isoformat(sep=" ")
