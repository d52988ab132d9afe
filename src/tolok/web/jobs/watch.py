"""Keep workers alive: they are forks of one ready process, so that a dead one is back at once."""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_POLL = 0.2
_BEHIND = 5  # long work gives way to people who wait for a page
_GRACE = 10.0  # seconds a worker has for the job in hand when all are told to end


def watch(count: int) -> int:
    """Keep so many workers alive; end when told to, or when the process that started us is gone."""
    parent = os.getppid()
    with _leaving_with(parent):
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tolok.web.settings")
        django.setup()
    stop = _on_signal()
    workers: set[int] = set()
    while not stop.is_set() and os.getppid() == parent:
        workers = {pid for pid in workers if _is_alive(pid)}
        while len(workers) < count:
            workers.add(_begin())
        stop.wait(_POLL)
    _end(workers)
    return 0


@contextmanager
def _leaving_with(parent: int) -> Iterator[None]:
    """Making ready takes seconds: a parent that dies meanwhile takes us along."""
    is_ready = threading.Event()

    def leave() -> None:
        while not is_ready.wait(_POLL):
            if os.getppid() != parent:
                os._exit(0)

    thread = threading.Thread(target=leave, name="leaving", daemon=True)
    thread.start()
    yield
    is_ready.set()
    thread.join()  # a fork must find no thread of ours


def _begin() -> int:
    """Fork a worker, and return its number."""
    from django.db import connections

    connections.close_all()  # a child must not inherit an open database
    sys.stdout.flush()
    sys.stderr.flush()
    watcher = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    try:
        with suppress(OSError):
            os.nice(_BEHIND)
        random.seed()
        from .worker import work

        work(_on_signal(), parent=watcher)
    finally:
        sys.stderr.flush()
        os._exit(0)  # what the watcher has open is the watcher's to close


def _is_alive(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG) == (0, 0)
    except ChildProcessError:
        return False


def _end(workers: set[int]) -> None:
    """Tell workers to end; the job of one that does not is taken again when its lease has run out."""
    for pid in workers:
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + _GRACE
    while (workers := {pid for pid in workers if _is_alive(pid)}) and time.monotonic() < deadline:
        time.sleep(0.05)
    for pid in workers:
        os.kill(pid, signal.SIGKILL)


def _on_signal() -> threading.Event:
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    return stop
