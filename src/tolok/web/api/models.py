"""Answers kept for a day under their idempotency keys, so that a repeat does nothing twice."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from tolok.web.accounts.models import User


class Answer(models.Model):
    """What a request with an idempotency key was answered; empty while it is being worked on."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.BinaryField(default=b"")
    kind = models.CharField(max_length=80, default="")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["user", "key"], name="answer_once"),
        ]
