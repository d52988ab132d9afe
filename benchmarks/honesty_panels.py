"""Panels of real series for `honesty.py`: M4, the days of real accounts, mentions of brands.

A panel is a list of `Series`; NaN is a day without a figure. Each series belongs to the tuning
half or the test half by its place in the panel (odd or even), once and for all: constants of
the product were chosen on the tuning half, figures are reported on the test half.
"""

from __future__ import annotations

import csv
import gzip
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import openpyxl

ROOT = Path(os.environ.get("TOLOK_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data"))
EXPORTS = ROOT / "exports"


@dataclass(frozen=True)
class Series:
    """One figure per period of one account; `first` is the date of the first where it is known."""

    name: str
    values: np.ndarray
    first: date | None = None
    additive: bool = True


def number(cell: object) -> float:
    """Return a cell as a number; empty or unreadable is missing, never zero."""
    text = str(cell if cell is not None else "").replace(",", "").replace("%", "").strip()
    if text.count(":") == 2:
        hours, minutes, seconds = (float(part) for part in text.split(":"))
        return hours * 3600 + minutes * 60 + seconds
    try:
        return float(text)
    except ValueError:
        return float("nan")


def series_of(name: str, pairs: Iterable[tuple[date, float]], *, additive: bool = True) -> Series:
    """Return the pairs as a series without gaps; leading zeros mean "not collected yet"."""
    known = dict(pairs)
    first = min((day for day, value in known.items() if value > 0), default=min(known))
    length = (max(known) - first).days + 1
    days = [first + timedelta(days=k) for k in range(length)]
    values = np.array([known.get(day, np.nan) for day in days])
    return Series(name, values, first, additive)


def m4(kind: str) -> list[Series]:
    """Return the training series of the M4 competition of one kind (Weekly, Hourly)."""
    with (ROOT / "m4" / "train" / f"{kind}-train.csv").open(newline="") as file:
        rows = list(csv.reader(file))[1:]
    return [Series(r[0], np.array([float(c) for c in r[1:] if c.strip()])) for r in rows]


def sprout() -> Iterator[Series]:
    path = EXPORTS / "sprout_social" / "airport_2025" / "Profile Performance.csv"
    found: dict[str, list[tuple[date, float]]] = defaultdict(list)
    with path.open(newline="", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            day = datetime.strptime(row["Date"], "%m-%d-%Y").date()
            for column in ("Impressions", "Engagements"):
                found[f"sprout {row['Network']} {column}"].append((day, number(row[column])))
    for name, pairs in found.items():
        if any(value > 0 for _, value in pairs):
            yield series_of(name, pairs)


def meta_blocks(path: Path) -> Iterator[list[tuple[date, float]]]:
    """Yield each titled block of a Meta daily export (UTF-16, several blocks in older ones)."""
    block: list[tuple[date, float]] = []
    for line in path.read_text(encoding="utf-16").splitlines():
        cells = next(csv.reader([line]), [])
        if len(cells) == 2 and cells[0][:2] == "20":
            block.append((date.fromisoformat(cells[0][:10]), number(cells[1])))
        elif block:
            yield block
            block = []
    if block:
        yield block


def meta() -> Iterator[Series]:
    base = EXPORTS / "meta_business_suite"
    for name in ("Alcance", "Visitas"):
        pairs = [
            pair
            for folder in ("data_14_09_23_a_14_09_24", "data_14_09_24_a_14_09_25")
            for block in meta_blocks(base / "pt_brand" / folder / f"{name}.csv")
            for pair in block
        ]
        yield series_of(f"pt_brand {name}", pairs)
    for k, block in enumerate(meta_blocks(base / "en_2020_2023_sections" / "Reach (1).csv")):
        yield series_of(f"en_2020_2023 reach {k}", block)


def ngo() -> Iterator[Series]:
    path = EXPORTS / "meta_business_suite" / "en_ngo_ukrainian_text" / "combined.xlsx"
    rows = openpyxl.load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True)
    header = list(next(rows))
    body = [row for row in rows if row[0]]
    for column in ("Total_Reach", "Total users", "Sessions"):
        k = header.index(column)
        yield series_of(
            f"en_ngo {column}", [(date.fromisoformat(str(r[0])[:10]), number(r[k])) for r in body]
        )


def youtube() -> Iterator[Series]:
    base = EXPORTS / "youtube_studio"
    for path, column in (
        (base / "en_in_shorts" / "Totals.csv", "Average view duration"),
        (base / "en_billmengg" / "Date.csv", "Views"),
        (base / "en_billmengg" / "Date.csv", "Watch time (hours)"),
    ):
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = [row for row in csv.DictReader(file) if row["Date"] != "Total"]
        pairs = [(date.fromisoformat(row["Date"]), number(row[column])) for row in rows]
        yield series_of(f"{path.parent.name} {column}", pairs, additive="Average" not in column)


def x_old() -> Iterator[Series]:
    found: dict[str, list[tuple[date, float]]] = defaultdict(list)
    for path in sorted((EXPORTS / "x" / "old_2021_cc_by_sa").glob("daily_*.csv")):
        with path.open(newline="", encoding="utf-8-sig") as file:
            for row in csv.DictReader(file):
                for column in ("impressions", "engagements"):
                    day = date.fromisoformat(row["Date"])
                    found[f"x {column}"].append((day, number(row[column])))
    yield from (series_of(name, pairs) for name, pairs in found.items())


def tiktok() -> Iterator[Series]:
    with (EXPORTS / "tiktok_studio" / "en_creator" / "Overview.csv").open(
        newline="", encoding="utf-8-sig"
    ) as file:
        rows = list(csv.DictReader(file))
    # Dates come without a year: the rows are in order, and only their order matters here.
    for column in ("Video Views", "Profile Views"):
        pairs = [
            (date(2023, 2, 28) + timedelta(days=k), number(r[column])) for k, r in enumerate(rows)
        ]
        yield series_of(f"tiktok {column}", pairs)


def accounts() -> list[Series]:
    """Return the daily series of real accounts that the data folder's README names."""
    return [*sprout(), *meta(), *ngo(), *youtube(), *x_old(), *tiktok()]


def brand_mentions(least: int = 300) -> list[Series]:
    """Return mentions a week of each brand of which at least so many were kept; none is zero."""
    found: dict[str, Counter[int]] = defaultdict(Counter)
    with gzip.open(
        ROOT / "brand_mentions" / "mentions_88_brands.csv.gz", "rt", encoding="utf-8"
    ) as file:
        for row in csv.DictReader(file):
            day = date.fromisoformat(row["created_at"][:10])
            found[row["brand"]][(day - date(2014, 1, 6)).days // 7] += 1
    last = max(max(weeks) for weeks in found.values())  # not whole
    return [
        Series(f"mentions of {brand}", np.array([float(weeks[k]) for k in range(last)]))
        for brand, weeks in sorted(found.items())
        if weeks.total() >= least
    ]


def by_week(series: Series) -> Series:
    """Return Monday weeks: sums of flows, means of averages; a week with a gap is missing."""
    first = series.first or date(2024, 1, 1)
    values = series.values[(7 - first.weekday()) % 7 :]
    weeks = values[: len(values) // 7 * 7].reshape(-1, 7)
    return Series(series.name, weeks.sum(axis=1) if series.additive else weeks.mean(axis=1))


def in_blocks(series: Series, size: int) -> Series:
    """Return means of `size` periods in a row (M4 weekly in fours: as good as months)."""
    n = len(series.values) // size * size
    return Series(
        series.name, series.values[len(series.values) - n :].reshape(-1, size).mean(axis=1)
    )
