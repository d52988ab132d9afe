"""Importing a million post readings from CSV, against DuckDB's own read_csv into Parquet.

Both read the same file on the same machine in the same run, in turns. DuckDB only types and
compresses; Tolok recognises the export, decides separators per column, sets rows aside, checks,
keeps the raw file by its hash and makes the facts durable. Prints the median ratio of the rounds in
wall time and in CPU seconds (which say more on a busy machine) and the largest memory of either.
Target: at most three times DuckDB's time, under 1 GiB.

    python benchmarks/import_speed.py [rows] [rounds]
"""

from __future__ import annotations

import csv
import multiprocessing
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

HEADER = ("Post ID", "Account ID", "Account username", "Account name", "Description",
          "Duration (sec)", "Publish time", "Permalink", "Post type", "Data comment", "Date",
          "Views", "Reach", "Likes", "Shares", "Follows", "Comments", "Saves")  # fmt: skip


def write_export(path: Path, rows: int) -> None:
    """Write an Instagram content export of that many posts over two years."""
    chance = random.Random(1)
    start = datetime(2024, 9, 1)
    with path.open("w", encoding="utf-8-sig", newline="") as sink:
        writer = csv.writer(sink)
        writer.writerow(HEADER)
        for number in range(rows):
            moment = start + timedelta(minutes=int(number * 1_051_200 / rows))
            reach = chance.randint(50, 90_000)
            writer.writerow((
                18_000_000_000_000_000 + number, 17841400000000000, "kopi", "Kopi",
                f"Kopi pagi nomor {number}, \"manis\" ☕", chance.choice((0, 15, 30)),
                moment.strftime("%m/%d/%Y %H:%M"), f"https://www.instagram.com/p/{number}/",
                chance.choice(("IG image", "IG reel", "IG carousel")), "", "Lifetime",
                reach + chance.randint(0, 9_000), reach, chance.randint(0, 4_000),
                chance.randint(0, 90), chance.randint(0, 9), chance.randint(0, 200),
                chance.randint(0, 300),
            ))  # fmt: skip


def run_duckdb(export: str, folder: str) -> None:
    """Read the CSV with DuckDB and write it as Parquet."""
    import duckdb

    connection = duckdb.connect()
    connection.execute(
        f"COPY (SELECT * FROM read_csv('{export}', header=true)) "
        f"TO '{folder}/out.parquet' (FORMAT parquet, COMPRESSION zstd)"
    )


def run_tolok(export: str, folder: str) -> None:
    """Import the CSV into a fresh lake."""
    from tolok.intake import Answers, import_files
    from tolok.lake import Lake

    lake = Lake(Path(folder) / "lake")
    done = list(import_files([export], lake, "kopi", Answers()))
    assert [t.verdict.state for t in done] == ["ready"], done
    assert sum(done[0].verdict.rows.values()) >= 1


class Run(NamedTuple):
    """What one run took: wall seconds, CPU seconds of all threads, peak memory in MiB."""

    wall: float
    cpu: float
    memory: float


def measure(job: Callable[[str, str], None], export: Path) -> Run:
    """Return what a job took in a process of its own."""
    queue: multiprocessing.Queue = multiprocessing.get_context("spawn").Queue()
    with tempfile.TemporaryDirectory(dir=export.parent) as folder:
        process = multiprocessing.get_context("spawn").Process(
            target=_timed, args=(job, str(export), folder, queue)
        )
        process.start()
        process.join()
        if process.exitcode:
            sys.exit(f"{job.__name__} failed")
        return Run(*queue.get(timeout=10))


def _timed(job: Callable[[str, str], None], export: str, folder: str, queue: object) -> None:
    # Loading the packages is start-up, not import; neither side pays for it here.
    import duckdb  # noqa: F401

    import tolok.intake  # noqa: F401
    from tolok.connectors import load_connectors

    load_connectors()
    begun, worked = time.perf_counter(), time.process_time()
    job(export, folder)
    wall, cpu = time.perf_counter() - begun, time.process_time() - worked
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    queue.put((wall, cpu, memory))  # type: ignore[attr-defined]


def main() -> None:
    """Run both in turns and print the ratio."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder) / "export.csv"
        write_export(export, rows)
        print(
            f"{rows:,} post readings, {export.stat().st_size / 2**20:.0f} MiB, {rounds} rounds in turns"
        )
        runs: dict[str, list[Run]] = {"duckdb": [], "tolok": []}
        for _ in range(rounds):
            runs["duckdb"].append(measure(run_duckdb, export))
            runs["tolok"].append(measure(run_tolok, export))
    for name, found in runs.items():
        wall = [run.wall for run in found]
        print(
            f"{name:7} {statistics.median(wall):6.2f} s (min {min(wall):.2f}, max {max(wall):.2f}), "
            f"CPU {statistics.median(run.cpu for run in found):.2f} s, "
            f"peak {max(run.memory for run in found):.0f} MiB"
        )
    pairs = list(zip(runs["tolok"], runs["duckdb"], strict=True))
    print(
        f"ratio tolok / duckdb: {statistics.median(t.wall / d.wall for t, d in pairs):.2f} "
        f"(target at most 3.00), in CPU seconds {statistics.median(t.cpu / d.cpu for t, d in pairs):.2f}"
    )


if __name__ == "__main__":
    main()
