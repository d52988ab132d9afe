"""Tables of reports: what is made, who reads it, each edition, and each copy sent."""

from __future__ import annotations

from datetime import time
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tolok.reports.delivery.schedule import Schedule
from tolok.web.accounts.models import Brand, User

STATE_NAMES = {
    "waiting": _("on its way"),
    "handing": _("being handed over"),
    "sent": _("sent"),
    "unsure": _("may have arrived"),
    "failed": _("failed"),
    "held": _("not sent"),
}


class Report(models.Model):
    """A report of a brand: for whom, which pages, how it looks, and when it goes out by itself.

    `rhythm` is how long its periods are and how often it goes out. `weekday` (1 Monday) counts for
    weekly reports, `month_day` for all others; `at` is on the brand's clock. Firings up to
    `looked_until` have been seen. `pages` are keys; none means all of the template.
    """

    class Audience(models.TextChoices):
        """The templates."""

        TEAM = "team", _("The team: every page")
        BOSS = "boss", _("The boss: without details of the work")
        CLIENT = "client", _("The client: only pages that say something")

    class Rhythm(models.TextChoices):
        """How long a period is."""

        WEEK = "week", _("Weekly")
        MONTH = "month", _("Monthly")
        QUARTER = "quarter", _("Quarterly")
        HALF = "half", _("Half-yearly")
        YEAR = "year", _("Yearly")

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="reports")
    key = models.SlugField(max_length=80)
    name = models.CharField(max_length=80)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.TEAM)
    pages = models.JSONField(default=list)
    language = models.CharField(max_length=5, default="id")
    colour = models.CharField(max_length=7, blank=True)
    logo = models.BinaryField(null=True)
    logo_type = models.CharField(max_length=20, blank=True)
    rhythm = models.CharField(max_length=10, choices=Rhythm, default=Rhythm.MONTH)
    is_on = models.BooleanField(default=False)
    weekday = models.PositiveSmallIntegerField(default=1)
    month_day = models.PositiveSmallIntegerField(default=1)
    at = models.TimeField(default=time(8))
    holds_back = models.BooleanField(default=False)
    looked_until = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["brand", "key"], name="report_key_once"),
        ]

    @property
    def schedule(self) -> Schedule:
        """When it goes out, as the room of reports knows it."""
        day = self.weekday if self.rhythm == self.Rhythm.WEEK else self.month_day
        return Schedule(key=self.key, brand=self.brand.slug, rhythm=self.rhythm, day=day,
                        hour=self.at.hour, minute=self.at.minute)  # type: ignore[arg-type]  # fmt: skip


class Recipient(models.Model):
    """A reader of a report with a slice of their own; empty fields mean "as the report says"."""

    class Way(models.TextChoices):
        """By which way."""

        EMAIL = "email", _("E-mail")
        SLACK = "slack", "Slack"
        TEAMS = "teams", "Microsoft Teams"
        TELEGRAM = "telegram", "Telegram"

    report = models.ForeignKey(Report, models.CASCADE, related_name="recipients")
    name = models.CharField(max_length=80)
    way = models.CharField(max_length=10, choices=Way, default=Way.EMAIL)
    address = models.CharField(max_length=500)
    language = models.CharField(max_length=5, default="id")
    audience = models.CharField(max_length=10, choices=Report.Audience, blank=True)
    pages = models.JSONField(default=list)
    forms = models.JSONField(default=list)
    brands = models.ManyToManyField(Brand, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]


class Edition(models.Model):
    """A report of one period: it is opened once, however often it is asked for."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="editions")
    period = models.CharField(max_length=40)
    due_at = models.DateTimeField()
    made_at = models.DateTimeField(default=timezone.now)
    prepared_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-due_at", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["report", "period"], name="edition_once"),
        ]


class Sending(models.Model):
    """One copy of an edition for one reader and brand; `round` grows when it is sent again.

    `digest` belongs to the secret address where the reader opens and rates it; `page` is what
    was sent, as HTML, compressed, so that the screen shows the figures of the letter.
    """

    class State(models.TextChoices):
        """Where a copy stands; HANDING is written before the mail server may have it."""

        WAITING = "waiting"
        HANDING = "handing"
        SENT = "sent"
        UNSURE = "unsure"
        FAILED = "failed"
        HELD = "held"

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="sendings")
    recipient = models.ForeignKey(Recipient, models.SET_NULL, null=True, related_name="sendings")
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="+")
    round = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=80)
    way = models.CharField(max_length=10, choices=Recipient.Way)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reason = models.JSONField(default=dict)  # why it is held, flagged or failed, in both languages
    digest = models.CharField(max_length=64, null=True, unique=True)
    page = models.BinaryField(null=True)
    language = models.CharField(max_length=5, default="id")
    sent_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    openings = models.PositiveIntegerField(default=0)
    rating = models.PositiveSmallIntegerField(null=True)
    remark = models.TextField(max_length=2000, blank=True)
    rated_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["edition", "recipient", "brand", "round"], name="sending_once"
            ),
        ]

    @property
    def state_name(self) -> Any:
        """The state in words."""
        return STATE_NAMES[self.state]
