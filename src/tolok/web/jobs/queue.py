"""The queue: put work in, claim it in one UPDATE, keep the lease, end it, stop it."""

from __future__ import annotations

import os
import random
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from tolok.base import Text

from .kinds import find_kind
from .models import Job

LEASE = timedelta(seconds=float(os.environ.get("TOLOK_JOB_LEASE", "30")))
BEAT = timedelta(seconds=float(os.environ.get("TOLOK_JOB_BEAT", "5")))
_LONGEST_WAIT = timedelta(hours=1)


def enqueue(
    kind: str,
    payload: dict[str, Any] | None = None,
    *,
    workspace_id: int | None = None,
    brand_id: int | None = None,
    made_by_id: int | None = None,
    dedupe_key: str = "",
    run_at: datetime | None = None,
    priority: int = 5,
) -> Job:
    """Put a job in the queue and return it; call it inside the transaction of its cause.

    While a job of the same kind and `dedupe_key` is open, that one is returned instead.
    Raises DefinitionError for an unknown kind.
    """
    wanted = {
        "payload": payload or {},
        "workspace_id": workspace_id,
        "brand_id": brand_id,
        "made_by_id": made_by_id,
        "run_at": run_at or timezone.now(),
        "priority": priority,
        "max_attempts": find_kind(kind).attempts,
    }
    if not dedupe_key:
        return Job.objects.create(kind=kind, **wanted)
    for _ in range(5):
        try:
            with transaction.atomic():
                return Job.objects.create(kind=kind, dedupe_key=dedupe_key, **wanted)
        except IntegrityError:
            same = Job.objects.filter(kind=kind, dedupe_key=dedupe_key, state__in=Job.OPEN).first()
            if same:
                return same
    raise RuntimeError("the queue changes faster than it can be read")


def _ready() -> QuerySet[Job]:
    now = timezone.now()
    ready = Job.objects.filter(
        Q(state=Job.State.WAITING, run_at__lte=now)
        | Q(state=Job.State.RUNNING, lease_until__lt=now, attempts__lt=F("max_attempts"))
    ).order_by("priority", "run_at", "pk")
    if connection.features.has_select_for_update_skip_locked:
        ready = ready.select_for_update(skip_locked=True)
    return ready


def waits_before(priority: int) -> bool:
    """Whether work that is more urgent than this priority is ready to begin."""
    now = timezone.now()
    ready = Job.objects.filter(state=Job.State.WAITING, run_at__lte=now, priority__lt=priority)
    return ready.exists()


def claim() -> Job | None:
    """Take the next job in one UPDATE, and return it; None when nothing is ready.

    A job whose worker died (its lease ran out) is taken again, with a higher fence.
    """
    mark = uuid.uuid4()
    now = timezone.now()
    with transaction.atomic():  # SKIP LOCKED needs one
        taken = Job.objects.filter(pk=Subquery(_ready().values("pk")[:1])).update(
            state=Job.State.RUNNING,
            claim=mark,
            lease_until=now + LEASE,
            fence=F("fence") + 1,
            attempts=F("attempts") + 1,
            started_at=Coalesce("started_at", Now()),
        )
    return Job.objects.get(claim=mark) if taken else None


def held(job: Job) -> QuerySet[Job]:
    """Return the row of a job only as long as this claim holds: every write goes through it."""
    return Job.objects.filter(pk=job.pk, fence=job.fence, state=Job.State.RUNNING)


def keep(job: Job) -> bool:
    """Lengthen the lease; False when the job is no longer ours."""
    return bool(held(job).update(lease_until=timezone.now() + LEASE))


def finish(job: Job, result: dict[str, Any] | None = None) -> bool:
    """Mark a job as done; False when it is no longer ours."""
    return _end(job, Job.State.DONE, result=result or {}, part=F("whole"))


def fail(job: Job, trouble: Text, *, retry: bool) -> bool:
    """Put a job back with a growing pause, or end it as failed; False when no longer ours."""
    words = {"en": trouble.en, "id": trouble.id}
    if not retry or job.attempts >= job.max_attempts:
        return _end(job, Job.State.FAILED, trouble=words)
    wait = min(_LONGEST_WAIT, timedelta(seconds=5 * 2**job.attempts))
    wait *= random.uniform(0.8, 1.2)  # noqa: S311 - spreads retries, guards nothing
    return bool(
        held(job).update(
            state=Job.State.WAITING,
            run_at=timezone.now() + wait,
            lease_until=None,
            claim=None,
            trouble=words,
        )
    )


def cancel(job_id: int) -> None:
    """Ask a job to stop: one that waits ends at once, one that runs at its next step."""
    now = timezone.now()
    with transaction.atomic():
        Job.objects.filter(pk=job_id, state__in=Job.OPEN).update(cancel_asked=True)
        Job.objects.filter(pk=job_id, state=Job.State.WAITING).update(
            state=Job.State.CANCELLED, ended_at=now
        )


def end_cancelled(job: Job) -> bool:
    """Mark a running job as stopped; False when it is no longer ours."""
    return _end(job, Job.State.CANCELLED)


def bury_lost() -> int:
    """End the jobs whose workers died at the last try, and return how many."""
    return Job.objects.filter(
        state=Job.State.RUNNING, lease_until__lt=timezone.now(), attempts__gte=F("max_attempts")
    ).update(
        state=Job.State.FAILED,
        lease_until=None,
        claim=None,
        ended_at=timezone.now(),
        trouble={
            "en": "The work was interrupted each time it was tried. Nothing half-done was kept.",
            "id": "Pekerjaan ini selalu terputus saat dicoba. Tidak ada hasil setengah jadi yang disimpan.",
        },
    )


def _end(job: Job, state: str, **values: Any) -> bool:
    if "part" in values:
        values["part"] = Coalesce(F("whole"), F("part"))
    return bool(
        held(job).update(
            state=state, lease_until=None, claim=None, ended_at=timezone.now(), **values
        )
    )
