"""The table of jobs and that of their schedules."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone


class Job(models.Model):
    """One piece of long work: who holds it and until when, how far it is, what came of it.

    `fence` grows with each claim; a worker whose claim is old can write nothing any more.
    Brand, workspace and maker are ids only, so that this room knows no other.
    """

    class State(models.TextChoices):
        """Where a job stands."""

        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    OPEN: ClassVar[tuple[str, ...]] = (State.WAITING, State.RUNNING)

    kind = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    workspace_id = models.BigIntegerField(null=True, db_index=True)
    brand_id = models.BigIntegerField(null=True, db_index=True)
    made_by_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    dedupe_key = models.CharField(max_length=200, default="", blank=True)
    priority = models.SmallIntegerField(default=5)
    run_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    claim = models.UUIDField(null=True, unique=True)
    fence = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    part = models.PositiveIntegerField(default=0)
    whole = models.PositiveIntegerField(null=True)
    note = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    trouble = models.JSONField(default=dict)
    cancel_asked = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "priority", "run_at"], name="job_next"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["kind", "dedupe_key"],
                condition=models.Q(state__in=("waiting", "running")) & ~models.Q(dedupe_key=""),
                name="job_open_once",
            ),
        ]

    @property
    def is_open(self) -> bool:
        """True while the job still waits or runs."""
        return self.state in self.OPEN

    @property
    def percent(self) -> int | None:
        """Share done in whole percent; None while the whole is not known."""
        if not self.whole:
            return None
        return min(100, self.part * 100 // self.whole)


class Schedule(models.Model):
    """When a kind of job runs next by its rule."""

    kind = models.CharField(max_length=80, primary_key=True)
    next_at = models.DateTimeField()
