"""The engine against hand-written SQL, pandas, Polars, the bare scan; rollups and their refresh.

`python benchmarks/engine.py --readings 100000000 --lake FOLDER` builds the lake, or the months of it
that are missing. CPU seconds of the whole process, medians of runs done in turn; pandas and Polars
each in a process of their own. Metrics compared by hand are simple ones, so that the SQL is what a
person would write; it is written twice: the values alone, and with what Tolok tells beside them
(rows that have each column, rows, last seen, first day that may still change).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from engine_frames import (
    EDGES,
    MIDDLES,
    PLAIN,
    TIMES,
    columns_of,
    more_while,
    peak_gb,
    reset_peak,
)
from engine_lake import LAST, TODAY, Size, build_lake, one_day

from tolok.base import Calendar, Period
from tolok.lake import DERIVED, Lake, LakeView, Origin, keep_roll_calls
from tolok.lake.backend import backend_of
from tolok.metrics import Engine, Figures, Metric, Scope, load_metrics, metric_of
from tolok.metrics.asked import COMPILED
from tolok.metrics.cells import is_rollable
from tolok.metrics.rolled import ANSWERS
from tolok.metrics.rollup import refresh_rollups

CALENDAR = Calendar()
QUARTERS = [Period(a, b, "quarter") for a, b in pairwise(EDGES)]
TABLES = ("account_days", "posts", "ad_results", "site_traffic", "interactions", "conversations")
ROLLED = ("account_days", "posts", "interactions", "conversations")


def declared(key: str) -> Metric:
    """Return the metric; those of readings are declared here, as a team would its own."""
    if not key.endswith("_gained") or key == "followers_gained":
        return metric_of(key)
    like = metric_of({"rate_gained": "interaction_rate_by_views"}.get(key, "views"))
    if key == "rate_gained":
        return replace(like, key=key, table="post_days")
    column = key.removesuffix("_gained")
    part = replace(like.parts["sum"], columns=(column,), row=lambda t: t[column])
    return replace(like, key=key, table="post_days", parts={"sum": part})


def scorecard() -> list[Metric]:
    """Return 60 metrics: those compared by hand and more of every table."""
    found = {k: declared(k) for k in (*PLAIN, *MIDDLES)}
    for metric in load_metrics().values():
        if len(found) < 60 and metric.table in TABLES and not metric.is_joined:
            found.setdefault(metric.key, metric)
    return list(found.values())


def hand_sql(view: LakeView, brand: str | None, *, is_told: bool = False) -> dict[str, str]:
    """Return one query per table, as a person would write it; Jakarta is UTC + 7.

    `is_told` adds what Tolok tells beside the values: coverage, last seen, provisional days.
    """
    found = {}
    for table, time_column in TIMES.items():
        picks = [
            f"sum({top}){' / count(*)' if base == 'n' else f' / sum({base})' if base else ''} AS {key}"
            for key, (t, top, base) in PLAIN.items()
            if t == table
        ] + [f"median({column}) AS {key}" for key, (t, column) in MIDDLES.items() if t == table]
        shift = "INTERVAL 7 HOUR" if time_column != "day" else "INTERVAL 0 HOUR"
        edges = [(p.start, p.end) for p in QUARTERS]
        low, high = edges[0][0], edges[-1][1]
        files = (
            view.scan(table, low - timedelta(days=1), high)
            if time_column == "day"
            else view.scan(table)
        )
        cases = " ".join(
            f"WHEN {time_column} < TIMESTAMP '{b}' - {shift} THEN {i}"
            for i, (_, b) in enumerate(edges)
        )
        where = f"{time_column} >= TIMESTAMP '{low}' - {shift} AND {time_column} < TIMESTAMP '{high}' - {shift}"
        where += f" AND brand = '{brand}'" if brand else ""
        if is_told:
            day = f"CAST({time_column} + {shift} AS DATE)" if time_column != "day" else "day"
            late = f"min({day}) FILTER (WHERE CAST(observed_at AS DATE) - {day} < 7)"
            picks += [f"count({c}) AS n_{c}" for c in columns_of(table)]
            picks += ["count(*) AS n", "max(observed_at) AS seen", f"{late} AS late"]
        found[table] = (f"SELECT brand, CASE {cases} END AS quarter, {', '.join(picks)} "
                        f"FROM ({files}) WHERE {where} GROUP BY ALL")  # fmt: skip
    return found


def run_told(view: LakeView, brand: str | None) -> None:
    """Run the hand-written queries that also tell what stands beside the values."""
    for sql in hand_sql(view, brand, is_told=True).values():
        backend_of("duckdb").run(sql)


def run_hand(view: LakeView, brand: str | None) -> dict[tuple[str, str, int], float]:
    """Run the hand-written queries; returns value by metric, brand and quarter."""
    found = {}
    for sql in hand_sql(view, brand).values():
        for row in backend_of("duckdb").run(sql).to_pylist():
            found |= {
                (k, row["brand"], row["quarter"]): v
                for k, v in row.items()
                if k not in ("brand", "quarter")
            }
    return found


def run_tolok(view: LakeView, brand: str | None, metrics: list[Metric]) -> Figures:
    """Return the figures of the metrics."""
    engine = Engine(view, CALENDAR, TODAY)
    return engine.figures(metrics, QUARTERS, Scope(brand), by=("brand",))


def run_scan(view: LakeView, brand: str | None) -> None:
    """Read the columns the hand-written queries touch, and nothing else."""
    for table, sql in hand_sql(view, brand).items():
        picks = ", ".join(f"max({c})" for c in ("brand", TIMES[table], *columns_of(table)))
        source = sql[sql.index(" FROM ") : sql.index(" GROUP BY")]
        backend_of("duckdb").run(f"SELECT {picks}{source}")


def cost(work: Callable[[], Any]) -> tuple[float, float]:
    """Return CPU and wall seconds."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def in_turn(works: Mapping[str, Callable[[], Any]], runs: int) -> dict[str, float]:
    """Return the median CPU seconds of each, run one after the other again and again."""
    spent: dict[str, list[float]] = {n: [] for n in works}
    for _ in range(runs):
        for name, work in works.items():
            spent[name].append(cost(work)[0])
    return {n: statistics.median(v) for n, v in spent.items()}


def check_equal(view: LakeView) -> int:
    """Compare Tolok with the hand-written SQL, figure by figure; returns how many were compared."""
    wanted = run_hand(view, None)
    figures = run_tolok(view, None, [declared(k) for k in (*PLAIN, *MIDDLES)])
    told = {(f.metric, f.group["brand"], QUARTERS.index(f.period)): f.value for f in figures}
    column = [np.nan if f.value is None else f.value for f in figures]
    assert np.array_equal(figures.values(), column, equal_nan=True), "columns and figures differ"
    for key, value in wanted.items():
        assert told[key] is not None, key
        assert abs(told[key] - float(value)) <= 1e-9 * max(1, abs(float(value))), (
            key,
            told[key],
            value,
        )
    return len(wanted)


def peak_while(work: Callable[[], object]) -> float:
    """Return the most memory the process held while it did the work, in GB."""
    reset_peak()
    work()
    return peak_gb()


def _files(view: LakeView, table: str) -> list[str]:
    """Return the files of the table that hold anything of the quarters, as Tolok would choose."""
    low, high = QUARTERS[0].start - timedelta(days=1), QUARTERS[-1].end
    return [view.lake.absolute(f.path) for f in view.files(table)
            if f.low is None or (f.low < high.isoformat() and f.high >= low.isoformat())]  # fmt: skip


def held(told: Mapping[str, float]) -> str:
    """Return the memory of a process in words: its peak, of that before any question, and again."""
    return f"{told['gb']:.3f} GB peak ({told['bare']:.3f} of it libraries; once more adds {told['more']:.3f})"


def hide_pandas() -> None:
    """Let nothing import pandas: Tolok runs without it, yet Arrow loads it wherever it lies."""

    class Hidden:
        @staticmethod
        def find_spec(name: str, *_: object) -> None:
            if name.partition(".")[0] == "pandas":
                raise ModuleNotFoundError(name, name=name)

    sys.meta_path.insert(0, Hidden)


def in_child(kind: str, view: LakeView, brand: str | None) -> dict[str, float]:
    """Run pandas, Polars, bare DuckDB or Tolok in a process of its own; only its own imports Tolok."""
    here, folder = Path(__file__), str(view.lake.folder)
    words = [str(here), "--child", "--lake", folder, "--brand", brand or ""]
    asked = {"brand": brand, "files": {t: _files(view, t) for t in TIMES},
             "sql": list(hand_sql(view, brand).values())}  # fmt: skip
    if kind != "tolok":
        words = [str(here.with_name("engine_frames.py")), kind]
    said = subprocess.run(
        [sys.executable, *words],
        input=json.dumps(asked),
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return dict(json.loads(said.splitlines()[-1]))


def percentile(
    view: LakeView, brands: list[str | None], metrics: list[Metric], *, is_cold: bool = False
) -> str:
    """Return the 95th percentile of wall and CPU milliseconds over the brands.

    Cold means that no answer of the cells is kept from the question before.
    """
    spent = []
    for brand in brands:
        if is_cold:
            ANSWERS.clear()
        spent.append(cost(lambda b=brand: run_tolok(view, b, metrics)))
    cpu, wall = (
        sorted(v)[min(len(v) - 1, int(len(v) * 0.95))] * 1000 for v in zip(*spent, strict=True)
    )
    return f"p95 {wall:.0f} ms wall, {cpu:.0f} ms CPU"


def measure(folder: Path, size: Size, runs: int, *, only_facts: bool) -> None:
    """Print every figure, or only those of questions answered from facts."""
    shutil.rmtree(folder / DERIVED, ignore_errors=True)
    lake = build_lake(folder, size, is_told=True)
    view, card = LakeView(lake), scorecard()
    by_hand = [declared(k) for k in (*PLAIN, *MIDDLES)]
    print(
        f"{size.readings:,} readings, {size.messages * size.months:,} interactions, {size.brands} brands; "
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    counted = cost(lambda: keep_roll_calls(lake, list(TIMES)))[0]
    print(f"accounts of every data file, counted once and kept: {counted:.1f} CPU s")
    print(f"equal to hand-written SQL: {check_equal(view):,} figures of {len(by_hand)} metrics")
    peaks: dict[str, float] = {}
    for name, brand in (("one brand", "brand007"), ("all brands", None)):
        first = cost(lambda b=brand: run_tolok(view, b, card))[0]
        anew = in_turn({"clear": COMPILED.clear, "first": lambda b=brand: run_tolok(view, b, card),
                        "again": lambda b=brand: run_tolok(view, b, card)}, runs)  # fmt: skip
        spent = in_turn({
            "tolok": lambda b=brand: run_tolok(view, b, by_hand), "hand": lambda b=brand: run_hand(view, b),
            "told": lambda b=brand: run_told(view, b), "scan": lambda b=brand: run_scan(view, b)}, runs)  # fmt: skip
        made = cost(lambda b=brand: list(run_tolok(view, b, by_hand)))[0]
        peaks[f"questions from facts, {name}"] = peak_while(
            lambda b=brand: run_tolok(view, b, card)
        )
        others = {k: in_child(k, view, brand) for k in ("pandas", "polars", "duckdb", "tolok")}
        print(
            f"{name}: {len(card)} metrics from facts {anew['again']:.3f} CPU s, with the first look at the accounts {first:.3f}; "
            f"compiling {(anew['first'] - anew['again']) * 1000:.0f} ms once, then none"
        )
        print(f"  {len(by_hand)} metrics: Tolok {spent['tolok']:.3f}, hand SQL {spent['hand']:.3f} ({spent['tolok'] / spent['hand']:.2f}×), "
              f"hand SQL that tells the same {spent['told']:.3f} ({spent['tolok'] / spent['told']:.2f}×), scan {spent['scan']:.3f} ({spent['tolok'] / spent['scan']:.2f}×)")  # fmt: skip
        print(f"  with each figure looked at: {made:.3f}")
        for kind in ("pandas", "polars", "duckdb"):
            print(f"  {kind}: {others[kind]['cpu']:.3f} CPU s ({others[kind]['cpu'] / spent['tolok']:.2f}× Tolok), {held(others[kind])} ({others[kind]['gb'] / others['tolok']['gb']:.1f}×); "
                  f"Tolok in a fresh process {others['tolok']['cpu']:.3f} CPU s, {held(others['tolok'])}")  # fmt: skip
    peaks |= {} if only_facts else measure_rollups(lake, size)
    print(
        "peak memory, GB, while Tolok did it: "
        + ", ".join(f"{k} {v:.2f}" for k, v in peaks.items())
    )


def rolled_card() -> list[Metric]:
    """Return 60 metrics that rollups hold: those compared by hand first."""
    found = {k: metric_of(k) for k, (t, *_) in (PLAIN | MIDDLES).items() if t in ROLLED}
    for metric in load_metrics().values():
        if len(found) < 60 and metric.table in ROLLED and is_rollable(metric):
            found.setdefault(metric.key, metric)
    return list(found.values())


def measure_rollups(lake: Lake, size: Size) -> dict[str, float]:
    """Print what rollups cost and give; returns the peak of memory by what was done."""
    reset_peak()
    build, wall = cost(lambda: refresh_rollups(lake, CALENDAR, ROLLED))
    weight = sum(p.stat().st_size for p in (lake.folder / DERIVED).rglob("*.parquet")) / 1e6
    print(f"rollups: full build {build:.2f} CPU s ({wall:.1f} s wall), {weight:.0f} MB")
    peaks = {"building rollups": peak_gb()}
    view, rolled = LakeView(lake), rolled_card()
    brands: list[str | None] = [f"brand{b:03}" for b in range(min(60, size.brands))]
    run_tolok(view, "brand000", rolled)
    print(f"  one brand, {len(rolled)} metrics: {percentile(view, brands, rolled)}; "
          f"cold {percentile(view, brands[:20], rolled, is_cold=True)}")  # fmt: skip
    run_tolok(view, None, rolled)
    print(f"  all brands: {percentile(view, [None] * 100, rolled)}; "
          f"cold {percentile(view, [None] * 20, rolled, is_cold=True)}")  # fmt: skip
    short = Size(max(1, size.readings // size.months), size.brands, 1)
    with tempfile.TemporaryDirectory(dir=lake.folder.parent) as aside:
        one = build_lake(Path(aside) / "one", short)
        refresh_rollups(one, CALENDAR, ROLLED)
        long, into, peaks["taking in one more day"], peaks["rolling it up"] = add_days(
            lake, Path(aside) / "24", size
        )
        brief = add_days(one, Path(aside) / "1", size)[0]
    print(f"  one more day: {long:.3f} CPU s = 1/{build / long:.0f} of a rebuild; "
          f"{long / brief:.2f}× the cost with one month of history; taking it into the lake {into:.1f} CPU s")  # fmt: skip
    return peaks


def add_days(lake: Lake, copy: Path, size: Size) -> tuple[float, float, float, float]:
    """Return what one more day costs in a copy of the lake.

    That is the median CPU seconds of refreshing and of taking the day in, and the peaks in GB of
    taking it in and of refreshing.
    """

    def keep(source: str, target: str) -> str:  # data never changes: a second name is a copy
        if Path(source).suffix in (".parquet", ".duckdb"):
            os.link(source, target)
            return target
        return str(shutil.copy2(source, target))

    other = Lake(shutil.copytree(lake.folder, copy, copy_function=keep))
    spent, into, taken, rolled = [], [], 0.0, 0.0
    for number in range(3):
        day = one_day(np.random.default_rng([9, number]), LAST - timedelta(days=3 - number), size)
        reset_peak()
        into.append(cost(lambda d=day: other.write(d, Origin(source="one more day")))[0])
        taken = max(taken, peak_gb())
        reset_peak()
        spent.append(cost(lambda: refresh_rollups(other, CALENDAR, ROLLED))[0])
        rolled = max(rolled, peak_gb())
    return statistics.median(spent), statistics.median(into), taken, rolled


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readings", type=int, default=2_000_000)
    parser.add_argument("--brands", type=int, default=200)
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "--lake", type=Path, default=Path(tempfile.gettempdir()) / "tolok-benchmark"
    )
    parser.add_argument("--only-facts", action="store_true", help="leave rollups out")
    parser.add_argument("--child", action="store_true")
    parser.add_argument("--brand")
    given = parser.parse_args()
    pa.set_cpu_count(2)
    hide_pandas()
    if given.child:
        view, bare = LakeView(Lake(given.lake)), peak_gb()
        by_hand = [declared(k) for k in (*PLAIN, *MIDDLES)]
        work = partial(run_tolok, view, given.brand or None, by_hand)
        cpu, peak = cost(work)[0], peak_gb()
        print(json.dumps({"cpu": cpu, "gb": peak, "bare": bare, "more": more_while(work)}))
    else:
        size = Size(given.readings, given.brands, given.months)
        measure(given.lake, size, given.runs, only_facts=given.only_facts)


if __name__ == "__main__":
    main()
