"""The calendar feeds of people: a secret address that shows due checks, and nothing else."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from tolok.web.accounts.models import Brand, User


class Feed(models.Model):
    """One person's calendar address of a brand; only its digest is kept."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="feeds")
    user = models.ForeignKey(User, models.CASCADE, related_name="feeds")
    digest = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=5, default="en")
    made_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)


class LastVerdict(models.Model):
    """How a KPI stood when it was last judged in the morning, to notice when it falls."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="last_verdicts")
    kpi = models.CharField(max_length=63)
    state = models.CharField(max_length=20)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand", "kpi"], name="last_verdict_once"),
        ]
