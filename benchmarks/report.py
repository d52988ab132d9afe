"""A report of forty pages and more over 24 months of data: time and memory, everything included.

Makes a brand with several accounts and daily figures, then builds the team's report over 24 months of history
and draws it as PDF and slides, in a process of its own. Target: under 20 seconds and 500 MB
for a report of 40 pages.

    python benchmarks/report.py [accounts] [posts per account and month]
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from typing import Any

from tolok.reports import build_report, draw_report, load_pages
from tolok.reports.tests.world import KPIS, OCTOBER, PROFILE, engine_of, make_lake

MONTHS = 24


def measure(accounts: int, posts: int, answers: Any) -> None:
    """Build and draw the report once, and send back what it cost."""
    lake = make_lake(accounts, MONTHS + 1, posts=posts)
    made = time.perf_counter()
    answers.put(("made", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
    spent = time.process_time()
    pages = tuple(load_pages())
    report = build_report(engine_of(lake), PROFILE, OCTOBER, kpis=KPIS, pages=pages, history=MONTHS)
    built = time.perf_counter()
    pdf = draw_report(report, "pdf", "id")
    printed = time.perf_counter()
    slides = draw_report(report, "pptx", "id")
    drawn = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answers.put({
        "build": built - made, "pdf": printed - built, "pptx": drawn - printed,
        "cpu": time.process_time() - spent, "memory": memory,
        "pages": _pages(pdf), "slides": _slides(slides), "numbers": sum(len(s.numbers) for s in report.told),
    })  # fmt: skip


def _pages(pdf: bytes) -> int:
    import io

    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(pdf)).pages)


def _slides(content: bytes) -> int:
    import io

    from pptx import Presentation

    return len(Presentation(io.BytesIO(content)).slides)


def main() -> None:
    """Run the measurement in a fresh process and print it."""
    accounts, posts = (int(x) for x in (*sys.argv[1:3], "12", "15")[:2])
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    worker = context.Process(target=measure, args=(accounts, posts, answers))
    worker.start()
    _, before = answers.get()
    told = answers.get()
    worker.join()
    print(
        f"{accounts} accounts, {MONTHS} months, {posts} posts a month each; {told['numbers']:,} numbers"
    )
    print(f"build {told['build']:.1f} s, PDF {told['pdf']:.1f} s ({told['pages']} pages), "
          f"PPTX {told['pptx']:.1f} s ({told['slides']} slides), CPU {told['cpu']:.1f} s")  # fmt: skip
    print(
        f"memory at most {told['memory'] / 1024:.0f} MB ({before / 1024:.0f} MB of it stood after making the data)"
    )


if __name__ == "__main__":
    main()
