"""The whole server under load: 200 brands, 24 months, 20 requests a second, first load in Chromium.

`python benchmarks/web_load.py --home FOLDER` builds the home when the folder holds none, starts
`tolok serve` on it, waits until its own jobs have made the pages ready, and then sends requests
by a fixed timetable: a late answer delays no later request, and its wait counts from the moment it
was due. Prints p50, p95 and p99 per kind of page, errors, CPU and memory of the server and of the
client, which stands on the same cores.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
from engine_lake import TODAY, Size
from web_first import first_load
from web_home import Made, build_home

SEED = 2026
CLIENTS = 64
LIMITS = {"scorecard": 200.0}
OTHERS = 100.0
METRICS = ("reach", "views", "link_clicks", "engagement_rate_by_reach", "followers")
# Kind of page, its share of requests, its address below the brand.
MIX = (
    ("scorecard", 40, "insights/"),
    ("metric", 20, "insights/metric/{metric}/?platform={platform}"),
    ("today", 8, "today/"),
    ("plan", 8, "plan/"),
    ("data", 8, "data/"),
    ("checks", 4, "plan/checks/"),
    ("all brands", 4, "insights/brands/"),
    ("catalogue", 4, "insights/metrics/"),
    ("sharing", 2, "share/"),
    ("settings", 2, "settings/"),
)


@dataclass(frozen=True)
class Ask:
    """One request of the timetable: when it is due, what it asks for, who asks."""

    due: float
    kind: str
    path: str
    cookie: str


@dataclass(frozen=True)
class Got:
    """What came of a request: milliseconds since it was due, status, bytes on the wire."""

    kind: str
    ms: float
    status: int
    size: int


def timetable(made: Made, rate: float, seconds: float) -> list[Ask]:
    """Return the requests of a run; the same for the same seed."""
    chance = random.Random(SEED)
    kinds, shares = [m[0] for m in MIX], [m[1] for m in MIX]
    below = {m[0]: m[2] for m in MIX}
    asks = []
    for number in range(round(rate * seconds)):
        kind = chance.choices(kinds, shares)[0]
        page = below[kind].format(metric=chance.choice(METRICS), platform="instagram")
        path = f"/b/{chance.choice(made.brands)}/{page}"
        asks.append(Ask(number / rate, kind, path, chance.choice(made.cookies)))
    return asks


def drive(port: int, asks: list[Ask]) -> list[Got]:
    """Send each request when it is due, whatever became of those before."""
    began = time.perf_counter() + 0.5
    waiting = iter(asks)
    guard = threading.Lock()
    got: list[Got] = []

    def work() -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            with guard:
                ask = next(waiting, None)
            if ask is None:
                return
            time.sleep(max(0.0, began + ask.due - time.perf_counter()))
            status, size = send(line, ask)
            got.append(Got(ask.kind, (time.perf_counter() - began - ask.due) * 1000, status, size))

    threads = [threading.Thread(target=work) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def send(line: http.client.HTTPConnection, ask: Ask) -> tuple[int, int]:
    """Send one request as a browser would; a line the server had closed is opened again."""
    head = {"Cookie": f"tolok_session={ask.cookie}", "Accept-Encoding": "gzip",
            "User-Agent": "Mozilla/5.0 (X11; Linux) Chrome/140"}  # fmt: skip
    for again in (False, True):
        try:
            line.request("GET", ask.path, headers=head)
            answer = line.getresponse()
            return answer.status, len(answer.read())
        except (http.client.HTTPException, OSError):
            line.close()
            if again:
                return 0, 0
    return 0, 0


# -- the server ----------------------------------------------------------------------------------


@contextmanager
def served(home: Path, port: int) -> Iterator[psutil.Process]:
    """Run `tolok serve` on the home, and leave no process behind."""
    env = os.environ | {"TOLOK_HOME": str(home), "TOLOK_TODAY": TODAY.isoformat()}
    command = [str(Path(sys.executable).with_name("tolok")), "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    tree = psutil.Process(server.pid)
    try:
        wait_until_up(port)
        yield tree
    finally:
        family = tree.children(recursive=True)
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
        psutil.wait_procs(family, timeout=20)


def wait_until_up(port: int) -> None:
    """Wait for the first answer of the server."""
    for _ in range(3000):
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server never answered")


def cpu_of(tree: psutil.Process) -> float:
    """Return the CPU seconds of a process and all its children."""
    total = 0.0
    for one in [tree, *tree.children(recursive=True)]:
        try:
            told = one.cpu_times()
            total += told.user + told.system
        except psutil.NoSuchProcess:
            continue
    return total


def memory_of(tree: psutil.Process) -> float:
    """Return the MiB that belong to the tree of processes alone."""
    total = 0
    for one in [tree, *tree.children(recursive=True)]:
        try:
            total += one.memory_full_info().uss
        except psutil.NoSuchProcess:
            continue
    return total / 2**20


def wait_until_ready(tree: psutil.Process, asks: list[Ask], patience: float) -> None:
    """Wait until the server's own jobs have made ready what is going to be asked for."""
    from tolok.web.accounts import answers
    from tolok.web.accounts.facts import answers_folder, mark_of
    from tolok.web.accounts.models import Brand

    began, before = time.perf_counter(), cpu_of(tree)
    brands = list(Brand.objects.select_related("workspace"))
    while True:
        ready = sum(answers.is_ready(answers_folder(b), mark_of(b)) for b in brands)
        spent = time.perf_counter() - began
        if ready == len(brands) or spent > patience:
            break
        time.sleep(2)
    print(f"made ready: {ready} of {len(brands)} brands ({len({a.path for a in asks})} pages asked "
          f"before) in {spent:.0f} s, {cpu_of(tree) - before:.0f} s CPU")  # fmt: skip


def note_asked(asks: list[Ask]) -> None:
    """Tell the home that people looked at these pages before, as they do from day to day."""
    from tolok.web.accounts import answers
    from tolok.web.accounts.facts import answers_folder
    from tolok.web.accounts.models import Brand

    by_slug = {b.slug: b for b in Brand.objects.select_related("workspace")}
    for path in dict.fromkeys(a.path for a in asks):
        answers.note_asked(answers_folder(by_slug[path.split("/")[2]]), path)


# -- telling -------------------------------------------------------------------------------------


def tell(got: list[Got], title: str) -> bool:
    """Print the table of a run; True when every kind of page keeps its limit without an error."""
    print(f"\n{title}")
    print(f"{'page':12} {'n':>6} {'p50':>7} {'p95':>7} {'p99':>7} {'max':>7}  limit  errors  KB")
    is_kept = True
    kinds = [m[0] for m in MIX]
    others = [g for g in got if g.kind not in LIMITS]
    for kind, rows in [*((k, [g for g in got if g.kind == k]) for k in kinds), ("others", others)]:
        if not rows:
            continue
        ms = np.percentile([g.ms for g in rows], [50, 95, 99, 100])
        errors = sum(g.status != 200 for g in rows)
        limit = LIMITS.get(kind, OTHERS)
        is_kept &= bool(ms[1] <= limit) and not errors
        size = np.mean([g.size for g in rows]) / 1000
        told = " ".join(f"{v:7.0f}" for v in ms)
        sign = " " if ms[1] <= limit else "!"
        print(f"{kind:12} {len(rows):6} {told} {sign}{limit:5.0f}  {errors:6}  {size:.0f}")
    return is_kept


def run(port: int, tree: psutil.Process, asks: list[Ask], title: str) -> bool:
    """Drive one run and print what it gave and what it cost."""
    before, mine = cpu_of(tree), resource.getrusage(resource.RUSAGE_SELF)
    began = time.perf_counter()
    got = drive(port, asks)
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_SELF)
    is_kept = tell(got, title)
    server = cpu_of(tree) - before
    client = after.ru_utime + after.ru_stime - mine.ru_utime - mine.ru_stime
    print(f"{len(got) / wall:.1f} requests a second over {wall:.0f} s; server {server:.1f} s CPU "
          f"({server / wall:.2f} cores, {server / len(got) * 1000:.0f} ms a request), client "
          f"{client:.1f} s CPU ({client / wall:.2f} cores); memory {memory_of(tree):.0f} MiB; load "
          f"of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")  # fmt: skip
    return is_kept


def main() -> int:
    """Build, serve, wait, drive, look at the first load; returns 1 when a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--brands", type=int, default=200)
    parser.add_argument("--readings", type=int, default=1_000_000)
    parser.add_argument("--rate", type=float, default=20.0)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--patience", type=float, default=900.0)
    parser.add_argument("--port", type=int, default=8130)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        home = given.home or Path(scratch) / "home"
        made = build_home(home, Size(given.readings, given.brands))
        asks = timetable(made, given.rate, given.seconds)
        note_asked(asks)
        print(f"seed {SEED}, {given.brands} brands, 24 months, {given.readings:,} readings")
        with served(home, given.port) as tree:
            wait_until_ready(tree, asks, given.patience)
            drive(given.port, asks[: len(made.cookies) * 5])  # each person's first page
            kept = run(given.port, tree, asks, f"{given.rate:.0f} requests a second")
            kept &= first_load(given.port, made)
    print("\nevery limit is kept" if kept else "\n! a limit is broken")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
