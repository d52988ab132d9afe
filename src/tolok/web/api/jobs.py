"""Long work of the API: forgetting old answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tolok.web.jobs.kinds import job
from tolok.web.jobs.run import Run

from .models import Answer


@job("api.sweep", schedule="40 3 * * *")
def sweep_answers(_run: Run) -> dict[str, Any]:
    """Forget answers older than a day."""
    old = Answer.objects.filter(at__lt=timezone.now() - timedelta(days=1))
    return {"forgotten": old.delete()[0]}
