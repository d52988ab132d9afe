"""The whole server under load: 200 brands, 24 months, 20 requests a second, first load in Chromium.

`python benchmarks/web_load.py --home FOLDER --prepare` builds the home when the folder holds none
and makes its pages ready, as the server's jobs do each night; some minutes, once. Without
`--prepare` it starts `tolok serve` on the home and sends requests by a fixed timetable: a late
answer delays no later request, and its wait counts from the moment it was due. Prints p50, p95,
p99 and the worst per kind of page, errors, bytes, the CPU of each kind of page asked alone, CPU and
memory of the server, of the client and of whatever else the machine does, and the first load.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
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
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from engine_lake import TODAY, Size
from web_first import first_load
from web_home import Made, build_home

SEED = 2026
CLIENTS = 64
OTHERS = 100.0
METRICS = ("reach", "views", "link_clicks", "engagement_rate_by_reach", "followers")
# Kind of page, its share of requests, its address below the brand.
MIX = (
    ("scorecard", 30, "insights/"),
    ("by area", 6, "insights/?by=area"),
    ("metric", 20, "insights/metric/{metric}/?platform={platform}"),
    ("today", 8, "today/"),
    ("desk", 2, "today/desk/"),
    ("day", 2, "today/day/"),
    ("plan", 8, "plan/"),
    ("checks", 4, "plan/checks/"),
    ("data", 8, "data/"),
    ("all brands", 4, "insights/brands/"),
    ("catalogue", 4, "insights/metrics/"),
    ("sharing", 2, "share/"),
    ("settings", 2, "settings/"),
)
LIMITS = {"scorecard": 200.0, "by area": 200.0}
FOR_OWNERS = {"settings"}
QUIET = 0.15  # cores that others may take while we measure
PER_KIND = 24  # requests, one after another, by which the CPU of a kind of page is counted


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


def timetable(made: Made, rate: float, seconds: float, seed: int = SEED) -> list[Ask]:
    """Return the requests of a run; the same for the same seed."""
    chance = random.Random(seed)
    kinds, shares = [m[0] for m in MIX], [m[1] for m in MIX]
    below = {m[0]: m[2] for m in MIX}
    asks = []
    for number in range(round(rate * seconds)):
        kind = chance.choices(kinds, shares)[0]
        page = below[kind].format(metric=chance.choice(METRICS), platform="instagram")
        path = f"/b/{chance.choice(made.brands)}/{page}"
        asks.append(Ask(number / rate, kind, path, cookie_for(kind, made, chance)))
    return asks


def cookie_for(kind: str, made: Made, chance: random.Random) -> str:
    """Return a person who may see the page; the first one of a home owns the workspace."""
    return made.cookies[0] if kind in FOR_OWNERS else chance.choice(made.cookies)


def asks_of(kind: str, asks: list[Ask], count: int) -> list[Ask]:
    """Return so many of the requests that are of a kind, again from the start when they run out."""
    found = [a for a in asks if a.kind == kind]
    return list(itertools.islice(itertools.cycle(found), count)) if found else []


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


def count_ready() -> int:
    """Return how many brands have every page ready for their facts as they are now."""
    from tolok.web.accounts import answers
    from tolok.web.accounts.facts import answers_folder, mark_of
    from tolok.web.accounts.models import Brand

    brands = Brand.objects.select_related("workspace")
    return sum(answers.is_ready(answers_folder(b), mark_of(b)) for b in brands)


def wait_until_ready(tree: psutil.Process, count: int, patience: float) -> None:
    """Wait until the server's own jobs have made ready what is going to be asked for."""
    began, before, first = time.perf_counter(), cpu_of(tree), count_ready()
    ready = first
    while ready < count and time.perf_counter() - began < patience:
        time.sleep(2)
        ready = count_ready()
    print(f"ready before this run: {first} of {count} brands; now {ready}, in "
          f"{time.perf_counter() - began:.0f} s and {cpu_of(tree) - before:.0f} s CPU")  # fmt: skip
    if ready < count:
        print(f"! {count - ready} brands are not prepared: their pages are worked out when asked "
              "for, beside the server's own preparing (first: --prepare)")  # fmt: skip


def prepare_all(home: Path, made: Made) -> None:
    """Make the pages of all brands ready as the server's jobs do, with a process for each core."""
    cores = os.cpu_count() or 1
    began = time.perf_counter()
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        work = [pool.submit(prepare_some, home, made.brands[n::cores]) for n in range(cores)]
        cpu = sum(w.result() for w in work)
    print(f"{count_ready()} of {len(made.brands)} brands ready after "
          f"{time.perf_counter() - began:.0f} s and {cpu:.0f} s CPU")  # fmt: skip


def prepare_some(home: Path, slugs: Sequence[str]) -> float:
    """Make the pages of these brands ready; returns the CPU seconds it took."""
    os.environ["TOLOK_TODAY"] = TODAY.isoformat()
    from tolok.web.serve import set_up

    set_up(home)
    from tolok.web.accounts import answers
    from tolok.web.accounts.facts import answers_folder, engine_of, mark_of
    from tolok.web.accounts.models import Brand
    from tolok.web.shell.preparing import prepare_pages

    for brand in Brand.objects.select_related("workspace").filter(slug__in=slugs):
        engine_of(brand)
        folder, mark = answers_folder(brand), mark_of(brand)
        if not answers.is_ready(folder, mark):
            for _page in prepare_pages(brand):
                pass
            answers.set_ready(folder, mark)
    return time.process_time()


def note_asked(asks: list[Ask]) -> None:
    """Tell the home that people looked at these pages before, as they do from day to day."""
    from tolok.web.accounts import answers
    from tolok.web.accounts.facts import answers_folder
    from tolok.web.accounts.models import Brand

    by_slug = {b.slug: b for b in Brand.objects.select_related("workspace")}
    for path in dict.fromkeys(a.path for a in asks):
        answers.note_asked(answers_folder(by_slug[path.split("/")[2]]), path)


# -- telling -------------------------------------------------------------------------------------


def tell(got: list[Got], cpu: dict[str, float], title: str) -> bool:
    """Print the table of a run; True when every kind of page keeps its limit without an error."""
    print(f"\n{title}")
    print(f"{'page':12} {'n':>6} {'p50':>7} {'p95':>7} {'p99':>7} {'max':>7}  limit  errors  KB"
          "  CPU ms alone")  # fmt: skip
    is_kept = True
    kinds = [m[0] for m in MIX]
    groups = [(k, [g for g in got if g.kind == k]) for k in kinds]
    groups += [("scorecards", [g for g in got if g.kind in LIMITS])]
    groups += [("others", [g for g in got if g.kind not in LIMITS])]
    for kind, rows in groups:
        if not rows:
            continue
        ms = np.percentile([g.ms for g in rows], [50, 95, 99, 100])
        errors = sum(g.status != 200 for g in rows)
        limit = LIMITS.get(rows[0].kind, OTHERS)
        is_kept &= bool(ms[1] <= limit) and not errors
        size = np.mean([g.size for g in rows]) / 1000
        told = " ".join(f"{v:7.0f}" for v in ms)
        sign = " " if ms[1] <= limit else "!"
        alone = f"{cpu[kind]:7.0f}" if kind in cpu else ""
        print(f"{kind:12} {len(rows):6} {told} {sign}{limit:5.0f}  {errors:6}  {size:2.0f} {alone}")
    return is_kept


def count_cpu(port: int, tree: psutil.Process, asks: list[Ask]) -> dict[str, float]:
    """Return the ms of CPU of the server for one page of each kind, asked one after another."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    told = {}
    for kind in dict.fromkeys(m[0] for m in MIX):
        chosen = asks_of(kind, asks, PER_KIND)
        before = cpu_of(tree)
        for ask in chosen:
            send(line, ask)
        if chosen:
            told[kind] = (cpu_of(tree) - before) / len(chosen) * 1000
    line.close()
    return told


def run(port: int, tree: psutil.Process, asks: list[Ask], title: str) -> bool:
    """Drive one run and print what it gave and what it cost."""
    before, mine = cpu_of(tree), resource.getrusage(resource.RUSAGE_SELF)
    machine = psutil.cpu_times()
    began = time.perf_counter()
    got = drive(port, asks)
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_SELF)
    server = cpu_of(tree) - before
    client = after.ru_utime + after.ru_stime - mine.ru_utime - mine.ru_stime
    foreign = busy_between(machine, psutil.cpu_times()) - server - client
    is_kept = tell(got, count_cpu(port, tree, asks), title)
    print(f"{len(got) / wall:.1f} requests a second over {wall:.0f} s; server {server:.1f} s CPU "
          f"({server / wall:.2f} cores, {server / len(got) * 1000:.0f} ms a request), client "
          f"{client:.1f} s CPU ({client / wall:.2f} cores), others on the machine "
          f"{max(foreign, 0) / wall:.2f} cores; memory {memory_of(tree):.0f} MiB; load "
          f"of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")  # fmt: skip
    if foreign / wall > QUIET:
        print("! the machine was not quiet: read CPU, not milliseconds")
    return is_kept


def busy_between(before: Any, after: Any) -> float:
    """Return the CPU seconds all processes of the machine took between two readings."""
    return float(sum(getattr(after, n) - getattr(before, n) for n in ("user", "nice", "system")))


def main() -> int:
    """Build, serve, wait, drive, look at the first load; returns 1 when a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--brands", type=int, default=200)
    parser.add_argument("--readings", type=int, default=1_000_000)
    parser.add_argument("--rate", type=float, default=20.0)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--patience", type=float, default=120.0)
    parser.add_argument("--prepare", action="store_true", help="only make all pages ready")
    parser.add_argument("--port", type=int, default=8130)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        home = given.home or Path(scratch) / "home"
        is_new = not (home / "made.json").exists()
        made = build_home(home, Size(given.readings, given.brands))
        asks = timetable(made, given.rate, given.seconds)
        note_asked(asks)
        print(f"seed {SEED}, {given.brands} brands, 24 months, {given.readings:,} readings, "
              f"{'a new home' if is_new else 'a home of an earlier run'}, "
              f"{len({a.path for a in asks})} pages that people looked at before")  # fmt: skip
        if given.prepare:
            prepare_all(home, made)
            return 0
        with served(home, given.port) as tree:
            wait_until_ready(tree, len(made.brands), given.patience)
            # Each person's first page is one of another day: it also writes down the device.
            drive(given.port, timetable(made, given.rate, 5, SEED + 1))
            kept = run(given.port, tree, asks, f"{given.rate:.0f} requests a second")
            kept &= first_load(given.port, made)
    print("\nevery limit is kept" if kept else "\n! a limit is broken")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
