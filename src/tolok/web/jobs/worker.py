"""A worker: takes job after job, and puts scheduled ones into the queue when they are due."""

from __future__ import annotations

import logging
import os
import threading
import time
from datetime import datetime
from zoneinfo import ZoneInfo

from cronsim import CronSim
from django.db import DatabaseError, IntegrityError, close_old_connections, transaction
from django.utils import timezone

from . import queue
from .kinds import Kind, scheduled_kinds
from .models import Schedule
from .run import carry_out

logger = logging.getLogger(__name__)
_PAUSE = 0.5
_TICK = 5.0


def work(stop: threading.Event, *, parent: int | None = None) -> None:
    """Work until told to stop, or until the process that started us is gone."""
    ticked = 0.0
    while not stop.is_set() and (parent is None or os.getppid() == parent):
        try:
            if time.monotonic() - ticked > _TICK:
                tick()
                ticked = time.monotonic()
            is_busy = work_once()
        except DatabaseError:
            logger.exception("the database does not answer; trying again")
            is_busy = False
        if not is_busy:
            close_old_connections()
            stop.wait(_PAUSE)


def work_once() -> bool:
    """Take one job and carry it out; False when nothing is ready."""
    job = queue.claim()
    if job is None:
        return False
    carry_out(job)
    return True


def work_off(limit: int = 1000) -> int:
    """Carry out everything that is ready now, and return how many jobs that was."""
    for count in range(limit):
        if not work_once():
            return count
    return limit


def tick(now: datetime | None = None) -> None:
    """Put due scheduled jobs into the queue, each moment once, however many workers there are."""
    moment = now or timezone.now()
    for kind in scheduled_kinds():
        _schedule(kind, moment)
    queue.bury_lost()


def _schedule(kind: Kind, now: datetime) -> None:
    row = Schedule.objects.filter(pk=kind.name).first()
    if row is None:
        try:
            with transaction.atomic():
                Schedule.objects.create(kind=kind.name, next_at=_next(kind, now))
        except IntegrityError:  # another worker wrote it first, with the same time
            return
        return
    if row.next_at > now:
        return
    with transaction.atomic():
        mine = Schedule.objects.filter(pk=kind.name, next_at=row.next_at)
        if mine.update(next_at=_next(kind, now)):
            queue.enqueue(kind.name, dedupe_key="schedule")


def _next(kind: Kind, now: datetime) -> datetime:
    return next(CronSim(kind.schedule, now.astimezone(ZoneInfo(kind.zone))))
