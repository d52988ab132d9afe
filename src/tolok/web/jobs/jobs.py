"""Long work of the queue itself: ended jobs are forgotten after a month."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from .kinds import job
from .models import Job
from .run import Run

KEPT = timedelta(days=30)


@job("jobs.sweep", schedule="50 3 * * *")
def sweep_jobs(_run: Run) -> dict[str, Any]:
    """Delete the jobs that ended more than 30 days ago, however they ended; open ones always stay."""
    old = Job.objects.filter(ended_at__lt=timezone.now() - KEPT).exclude(state__in=Job.OPEN)
    return {"forgotten": old.delete()[0]}
