"""One try of a job, as its work sees it: payload, progress, stopping, effects that hold once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, close_old_connections, connection, transaction

from tolok.base import SourceError, Text, TolokError, UserError

from . import queue
from .kinds import find_kind
from .models import Job

logger = logging.getLogger(__name__)


class Lost(Exception):  # noqa: N818 - not an error of anyone: another worker has the job now
    """The claim is no longer ours; whatever this worker does must leave no trace."""


class Stopped(Exception):  # noqa: N818 - a wish of a person, not an error
    """A person asked the job to stop."""


class Run:
    """One try of a job. Work that takes long calls `step` often; effects go through `effect`."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.payload: dict[str, Any] = job.payload
        self.is_ended = False

    def step(self, part: int, whole: int | None = None, note: Text | None = None) -> None:
        """Say how far the work is; raises Stopped or Lost when it must not go on."""
        values: dict[str, Any] = {"part": part}
        if whole is not None:
            values["whole"] = whole
        if note is not None:
            values["note"] = {"en": note.en, "id": note.id}
        if not queue.held(self.job).update(**values):
            raise Lost
        if Job.objects.filter(pk=self.job.pk, cancel_asked=True).exists():
            raise Stopped

    @contextmanager
    def effect(self) -> Iterator[None]:
        """A transaction that only commits while the claim holds; for effects in the middle."""
        with transaction.atomic():
            if not queue.keep(self.job):  # the UPDATE locks the row until the commit
                raise Lost
            yield

    @contextmanager
    def last_effect(self, result: dict[str, Any] | None = None) -> Iterator[None]:
        """A transaction that holds the effect and the end of the job: both, or neither."""
        with self.effect():
            yield
            queue.finish(self.job, result)
        self.is_ended = True


def carry_out(job: Job) -> None:
    """Run a claimed job to its end: done, put back, failed or stopped; raises nothing of its own."""
    run = Run(job)
    with _heartbeat(job):
        try:
            result = find_kind(job.kind).work(run)
        except Lost:
            logger.warning("job %s (%s) went to another worker", job.pk, job.kind)
        except Stopped:
            queue.end_cancelled(job)
        except Exception as error:  # every fault of a job must end in its row, not in the worker
            _fail(job, error)
        else:
            if not run.is_ended:
                queue.finish(job, result)


def _fail(job: Job, error: Exception) -> None:
    if isinstance(error, TolokError):
        words = Text(error.say("en"), error.say("id"))
        retry = isinstance(error, SourceError) and error.retry
        queue.fail(job, words, retry=retry)
        if not isinstance(error, (UserError, SourceError)):
            logger.error("job %s (%s) failed", job.pk, job.kind, exc_info=error)
        return
    logger.error("job %s (%s) failed", job.pk, job.kind, exc_info=error)
    queue.fail(
        job,
        Text(
            "Something went wrong inside Tolok. The work is kept and can be started again.",
            "Ada yang salah di dalam Tolok. Pekerjaan ini tersimpan dan bisa dimulai lagi.",
        ),
        retry=True,
    )


@contextmanager
def _heartbeat(job: Job) -> Iterator[None]:
    is_over = threading.Event()

    def beat() -> None:
        while not is_over.wait(queue.BEAT.total_seconds()):
            try:
                if not queue.keep(job):
                    return
            except DatabaseError:  # busy for a moment; the lease outlasts several beats
                close_old_connections()
        connection.close()

    thread = threading.Thread(target=beat, name=f"beat-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
