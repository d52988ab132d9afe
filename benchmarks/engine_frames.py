"""The questions of `engine.py` as a user of pandas, Polars or bare DuckDB would ask them, alone.

Nothing of Tolok is imported here, so that the memory told is that of the frames alone. The files to
read are named on standard input: `{"brand": …, "files": {table: [path …]}, "sql": [query …]}`.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

# First days of the two quarters, and the day after the last.
EDGES = (date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1))
# Metric → table, column added up, and the column it is divided by ("n" counts rows).
PLAIN: Mapping[str, tuple[str, str, str | None]] = {
    "followers_gained": ("account_days", "followers_gained", None),
    "impressions": ("account_days", "impressions", None),
    "interactions": ("account_days", "interactions", None),
    "link_clicks": ("account_days", "link_clicks", None),
    "profile_visits": ("account_days", "profile_visits", None),
    "views": ("account_days", "views", None),
    "interaction_rate_by_views": ("account_days", "interactions", "views"),
    "mean_daily_reach": ("account_days", "reach", "n"),
    "comments": ("posts", "comments", None), "likes": ("posts", "likes", None),
    "saves": ("posts", "saves", None), "shares": ("posts", "shares", None),
    "post_views": ("posts", "views", None), "post_link_clicks": ("posts", "link_clicks", None),
    "gross_post_reach": ("posts", "reach", None), "follow_rate": ("posts", "follows", "views"),
    "click_through_rate": ("posts", "link_clicks", "impressions"),
    "save_rate": ("posts", "saves", "reach"), "virality_rate": ("posts", "shares", "reach"),
    "views_per_person_reached": ("posts", "views", "reach"), "likes_per_post": ("posts", "likes", "n"),
    "views_gained": ("post_days", "views", None), "impressions_gained": ("post_days", "impressions", None),
    "interactions_gained": ("post_days", "interactions", None), "likes_gained": ("post_days", "likes", None),
    "comments_gained": ("post_days", "comments", None), "shares_gained": ("post_days", "shares", None),
    "saves_gained": ("post_days", "saves", None), "rate_gained": ("post_days", "interactions", "views"),
}  # fmt: skip
MIDDLES = {
    "median_post_reach": ("posts", "reach"),
    "resolution_time_median": ("conversations", "resolve_minutes"),
}
TIMES = {
    "account_days": "day",
    "post_days": "day",
    "posts": "published_at",
    "conversations": "started_at",
}


def columns_of(table: str) -> list[str]:
    """Return the measures of the table the hand-written queries touch."""
    columns = {c for t, a, b in PLAIN.values() if t == table for c in (a, b) if c and c != "n"}
    return sorted(columns | {c for t, c in MIDDLES.values() if t == table})


def peak_gb() -> float:
    """Return the most memory this process ever held, in GB.

    Not what `getrusage` says: a child begins there with the peak of its parent.
    """
    return _held_gb("VmHWM:")


def reset_peak() -> None:
    """Let the peak begin anew, so that the memory of an opponent's query is not called Tolok's."""
    Path("/proc/self/clear_refs").write_text("5")


def more_while(work: Callable[[], object]) -> float:
    """Return how much more memory than before the process held while it did the work, in GB."""
    reset_peak()
    before = _held_gb("VmRSS:")
    work()
    return peak_gb() - before


def _held_gb(what: str) -> float:
    return int(Path("/proc/self/status").read_text().split(what)[1].split()[0]) / 1024 / 1024


def needed(table: str) -> list[str]:
    """Return the columns of the table the questions touch."""
    return ["brand", TIMES[table], *columns_of(table)]


def in_pandas(files: Mapping[str, Sequence[str]], brand: str | None) -> None:
    """Compute the questions with pandas."""
    import numpy as np
    import pandas as pd

    for table, paths in files.items():
        frame = pd.concat([
            pd.read_parquet(p, columns=needed(table), filters=[("brand", "==", brand)] if brand else None)
            for p in paths])  # fmt: skip
        when = pd.to_datetime(frame[TIMES[table]])
        when = when if TIMES[table] == "day" else when + pd.Timedelta(hours=7)
        frame["quarter"] = np.where(when < pd.Timestamp(EDGES[1]), 0, 1)
        inside = (when >= pd.Timestamp(EDGES[0])) & (when < pd.Timestamp(EDGES[2]))
        grouped = frame[inside].drop(columns=TIMES[table]).groupby(["brand", "quarter"])
        sums, rows = grouped.sum(), grouped.size()
        for t, top, base in PLAIN.values():
            if t == table:
                _ = sums[top] if base is None else sums[top] / (rows if base == "n" else sums[base])
        for t, column in MIDDLES.values():
            _ = grouped[column].median() if t == table else None


def in_polars(files: Mapping[str, Sequence[str]], brand: str | None) -> None:
    """Compute the questions with Polars."""
    import polars as pl

    for table, paths in files.items():
        frame = pl.scan_parquet(paths).select(needed(table))
        frame = frame.filter(pl.col("brand") == brand) if brand else frame
        when = pl.col(TIMES[table]).cast(pl.Datetime("us"))
        when = when if TIMES[table] == "day" else when + timedelta(hours=7)
        low, middle, high = (pl.lit(d).cast(pl.Datetime("us")) for d in EDGES)
        picks = [
            (pl.col(top).sum() if base is None else pl.col(top).sum() / (pl.len() if base == "n" else pl.col(base).sum())).alias(k)
            for k, (t, top, base) in PLAIN.items() if t == table
        ] + [pl.col(c).median().alias(k) for k, (t, c) in MIDDLES.items() if t == table]  # fmt: skip
        frame = frame.filter((when >= low) & (when < high)).with_columns(quarter=when >= middle)
        frame.group_by("brand", "quarter").agg(picks).collect()


def in_duckdb(queries: Sequence[str]) -> None:
    """Run the hand-written SQL and fetch plain Python values: the least any answer can take here."""
    import duckdb

    with duckdb.connect(":memory:") as connection:
        connection.execute("SET TimeZone='UTC'")
        for sql in queries:
            connection.execute(sql).fetchall()


def main() -> None:
    """Compute with what the argument names; prints CPU seconds, peak memory and that of libraries."""
    kind, asked = sys.argv[1], json.load(sys.stdin)
    __import__(kind)
    bare, cpu = peak_gb(), time.process_time()
    frames = {"pandas": in_pandas, "polars": in_polars}
    work = (
        partial(frames[kind], asked["files"], asked["brand"]) if kind in frames
        else partial(in_duckdb, asked["sql"])
    )  # fmt: skip
    work()
    told = {"cpu": time.process_time() - cpu, "gb": peak_gb(), "bare": bare}
    print(json.dumps(told | {"more": more_while(work)}))


if __name__ == "__main__":
    main()
