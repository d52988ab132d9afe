"""Notes people put on the time axis, and views they saved."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from tolok.web.accounts.models import Brand, User


class Note(models.Model):
    """What a person knows of a day, shown on the charts of one metric, or of all (`metric` empty)."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="notes")
    metric = models.CharField(max_length=80, blank=True)
    day = models.DateField()
    text = models.CharField(max_length=280)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["day", "pk"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["brand", "day"])]


class View(models.Model):
    """A page of figures under a name: its period, comparison, filters and columns.

    `metric` is the metric whose page it is; empty for the scorecard.
    `query` is the address's question part, so that “last month” stays last month. A shared view
    is seen by everybody in the brand, but only its maker may change or drop it.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="views")
    made_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    metric = models.CharField(max_length=80, blank=True)
    query = models.CharField(max_length=400, blank=True)
    is_shared = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["brand", "made_by", "metric", "name"], name="view_name_once"
            ),
        ]


class FirstView(models.Model):
    """The view with which a person's scorecard of a brand opens."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="first_views")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    view = models.ForeignKey(View, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["brand", "user"], name="first_view_once"),
        ]
