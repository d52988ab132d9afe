"""Where the real data lies; tests that need it are skipped with a clear word where it is absent."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from tolok.value import Conversions, Orders, Touches


def shared(name: str) -> Path:
    root = Path(__file__).resolve().parents[4]
    folder = Path(os.environ.get("TOLOK_SHARED_DATA", root.parent / "shared" / "data"))
    if not (folder / name).exists():
        pytest.skip(f"real data absent: {name} (set TOLOK_SHARED_DATA)")
    return folder / name


def cdnow(*, full: bool) -> Orders:
    path = shared(f"cdnow/CDNOW_{'master' if full else 'sample'}.txt")
    rows = [line.split() for line in path.read_text().splitlines() if line.strip()]
    if full:
        rows = rows[1:]
    at = 0 if full else 1
    days = [f"{r[at + 1][:4]}-{r[at + 1][4:6]}-{r[at + 1][6:]}" for r in rows]
    return Orders(
        np.array([r[at] for r in rows]),
        np.array(days, dtype="datetime64[D]"),
        np.array([round(float(r[-1]) * 100) for r in rows]),
        "USD",
    )


def touches_2018() -> tuple[Touches, Conversions]:
    with shared("attribution/attribution_data.csv").open() as file:
        rows = list(csv.DictReader(file))
    person = np.array([r["customer_id"] for r in rows])
    time = np.array([r["time"].rstrip("Z") for r in rows], dtype="datetime64[us]")
    done = np.array([r["conversion"] == "1" for r in rows])
    value = np.array([round(float(r["conversion_value"]) * 100) for r in rows])
    return (
        Touches(person, time, {"channel": np.array([r["channel"] for r in rows])}),
        Conversions(person[done], time[done], value[done], "USD"),
    )


def journeys_2014() -> list[tuple[tuple[str, ...], int, int, int]]:
    """(journey, conversions, nulls, value in thousandths) per row."""
    with shared("attribution/PathData.csv").open() as file:
        return [
            (
                tuple(r["path"].split(" > ")),
                int(r["total_conversions"]),
                int(float(r["total_null"])),
                round(float(r["total_conversion_value"]) * 1000),
            )
            for r in csv.DictReader(file)
        ]
