"""Tables of sharing: links, comments, channels of notices, and the notices themselves."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tolok.web.accounts.models import Brand, User

EVENTS = {
    "check_due": _("A check is due"),
    "verdict_fell": _("A KPI went off track"),
    "comment": _("Somebody commented"),
    "report": _("A report did not go out"),
}


class ShareLink(models.Model):
    """A secret address that shows one thing of a brand; only its digest is kept."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="share_links")
    digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=40)
    thing = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    for_whom = models.CharField(max_length=80, blank=True)
    password = models.CharField(max_length=200, blank=True)
    may_comment = models.BooleanField(default=True)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    openings = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)
    misses = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    @property
    def is_alive(self) -> bool:
        """Whether it still opens."""
        return self.closed_at is None and self.ends_at > timezone.now()


class Comment(models.Model):
    """What somebody said about a thing of a brand: a member, or a reader of a link."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="comments")
    kind = models.CharField(max_length=40)
    thing = models.CharField(max_length=120)
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    link = models.ForeignKey(ShareLink, models.SET_NULL, null=True, related_name="comments")
    name = models.CharField(max_length=120)
    text = models.TextField(max_length=2000)
    at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["brand", "kind", "thing"], name="comment_of_thing"),
        ]


class Channel(models.Model):
    """Where notices of a brand go, which ones, and in which hours none may come."""

    class Kind(models.TextChoices):
        """By which way."""

        EMAIL = "email", _("E-mail")
        SLACK = "slack", "Slack"
        TEAMS = "teams", "Microsoft Teams"
        TELEGRAM = "telegram", "Telegram"
        WEBHOOK = "webhook", _("Webhook (signed JSON)")

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="channels")
    kind = models.CharField(max_length=10, choices=Kind)
    address = models.CharField(max_length=500)
    events = models.JSONField(default=list)
    language = models.CharField(max_length=5, default="id")
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)


class Notice(models.Model):
    """One message to one channel; its key makes sure that the same news goes out once."""

    class State(models.TextChoices):
        """Where a notice stands."""

        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="notices")
    key = models.CharField(max_length=200)
    event = models.CharField(max_length=40)
    title = models.JSONField(default=dict)
    text = models.JSONField(default=dict)
    path = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["channel", "key"], name="notice_once"),
        ]
