"""`python -m tolok.web.jobs`: keep workers alive for as long as the process that started us."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress

_POLL = 0.5
_BEHIND = 5  # long work gives way to people who wait for a page


def main() -> int:
    """Start TOLOK_WORKERS workers, start those again that die, end when the parent is gone."""
    if "--one" in sys.argv:
        return _work()
    return _watch(max(1, int(os.environ.get("TOLOK_WORKERS", "1"))))


def _watch(count: int) -> int:
    stop = _on_signal()
    parent = os.getppid()
    workers: list[subprocess.Popen[bytes]] = []
    while not stop.is_set() and os.getppid() == parent:
        workers = [worker for worker in workers if worker.poll() is None]
        while len(workers) < count:
            workers.append(subprocess.Popen([sys.executable, "-m", "tolok.web.jobs", "--one"]))
        stop.wait(_POLL)
    for worker in workers:
        worker.terminate()
    deadline = time.monotonic() + 10
    for worker in workers:
        try:
            worker.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            worker.kill()  # its job is taken again when the lease has run out
    return 0


def _work() -> int:
    # Django is set up only in the workers: the watcher stays a few megabytes small.
    import django

    with suppress(OSError):
        os.nice(_BEHIND)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tolok.web.settings")
    django.setup()
    from .worker import work

    work(_on_signal(), parent=os.getppid())
    return 0


def _on_signal() -> threading.Event:
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    return stop


if __name__ == "__main__":
    sys.exit(main())
