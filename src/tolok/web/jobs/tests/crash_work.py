# ruff: noqa: E402, T201 - a program of its own, which sets Django up first
"""A home with its own database for the crash test: the kind of job, and ways to start and look."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import django

django.setup()

from django.core.management import call_command

from tolok.web.accounts.models import Workspace
from tolok.web.jobs import queue
from tolok.web.jobs.kinds import job
from tolok.web.jobs.models import Job
from tolok.web.jobs.run import Run
from tolok.web.jobs.worker import work_off


@job("crash.work", attempts=10)
def crash_work(run: Run) -> None:
    """Take half a second in ten steps, then make one row and be done, both or neither."""
    Path(run.payload["started"]).touch()
    for step in range(10):
        run.step(step, 10)
        time.sleep(0.05)
    with run.last_effect({}):
        Workspace.objects.create(name="effect", key=run.payload["key"] + f"-{time.time_ns()}")


def main() -> None:
    match sys.argv[1:]:
        case ["make", count, folder]:
            call_command("migrate", verbosity=0)
            for number in range(int(count)):
                key = f"job{number}"
                queue.enqueue("crash.work", {"key": key, "started": f"{folder}/{key}"})
        case ["work"]:
            while Job.objects.filter(state__in=Job.OPEN).exists():
                if not work_off():
                    time.sleep(0.1)
        case ["look"]:
            keys = sorted(
                key.split("-")[0] for key in Workspace.objects.values_list("key", flat=True)
            )
            print(",".join(keys), ",".join(sorted(Job.objects.values_list("state", flat=True))))


main()
