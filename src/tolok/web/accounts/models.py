"""Tables of workspaces, brands, people and what they did."""

from __future__ import annotations

from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .rights import ROLES, rights_of


class Users(BaseUserManager):
    """Makes and finds people by e-mail address, in whatever case it is typed."""

    def create_user(self, email: str, password: str | None = None, **values: Any) -> User:
        """Make a person; without a password, that person can only come in by other doors."""
        user = self.model(email=email.strip().lower(), **values)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the person with the e-mail address."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who signs in with an e-mail address."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=5, blank=True)
    theme = models.CharField(max_length=5, blank=True)
    has_keys = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    is_local_owner = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    totp_secret = models.CharField(max_length=64, blank=True)
    totp_last = models.BigIntegerField(default=0)
    totp_misses = models.PositiveSmallIntegerField(default=0)
    totp_locked_until = models.DateTimeField(null=True)
    oidc_subject = models.CharField(max_length=255, null=True, unique=True)
    last_brand_id = models.BigIntegerField(null=True)

    objects = Users()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def has_second_factor(self) -> bool:
        """True when signing in also takes a code from the person's phone."""
        return bool(self.totp_secret)

    @property
    def initials(self) -> str:
        """One or two letters that stand for the person."""
        words = (self.name or self.email.split("@")[0]).replace(".", " ").split()
        return "".join(word[0] for word in words[:2]).upper() or "?"


class RecoveryCode(models.Model):
    """A code that replaces the phone once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)


class Workspace(models.Model):
    """A team or agency; the wall nobody sees through."""

    name = models.CharField(max_length=120)
    key = models.CharField(max_length=40, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A person in a workspace; an owner holds every role in all its brands."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="seats")
    user = models.ForeignKey(User, models.CASCADE, related_name="seats")
    is_owner = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["workspace", "user"], name="seat_once"),
        ]


def _office_hours() -> dict[str, list[list[str]]]:
    return {str(day): [["09:00", "17:00"]] for day in range(5)}


class Brand(models.Model):
    """What a team works for: its calendar, its money, its look.

    `business_hours` maps the weekday (0 is Monday) to spans of local time; a missing day is
    closed. `holidays` is a country or region as the holidays library names it (ID, MY, SG-…).
    """

    WEEK_STARTS: ClassVar[Any] = [(0, _("Monday")), (6, _("Sunday"))]

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="brands")
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=60, default="Asia/Jakarta")
    currency = models.CharField(max_length=3, default="IDR")
    week_start = models.PositiveSmallIntegerField(choices=WEEK_STARTS, default=0)
    fiscal_month = models.PositiveSmallIntegerField(default=1)
    business_hours = models.JSONField(default=_office_hours)
    holidays = models.CharField(max_length=10, default="ID", blank=True)
    colour = models.CharField(max_length=7, default="#3b4cca")
    logo = models.BinaryField(null=True)
    logo_type = models.CharField(max_length=20, blank=True)
    is_sample = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the brand's days begin and end."""
        return ZoneInfo(self.time_zone)


class Member(models.Model):
    """A person in a brand, with one role or several."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.CASCADE, related_name="members")
    roles = models.JSONField(default=list)
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["brand", "user"], name="member_once"),
        ]

    @property
    def sorted_roles(self) -> list[str]:
        """The roles in the order of the table."""
        return [role for role in ROLES if role in self.roles]

    @property
    def rights(self) -> frozenset[str]:
        """Everything the roles allow."""
        return rights_of(self.roles)


class Invitation(models.Model):
    """An open door for one e-mail address into one brand, until it is used, ends or is closed."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="invitations")
    email = models.EmailField()
    roles = models.JSONField(default=list)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)


class Device(models.Model):
    """A browser in which somebody is signed in."""

    user = models.ForeignKey(User, models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, unique=True)
    agent = models.CharField(max_length=300, blank=True)
    address = models.GenericIPAddressField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)


class ApiToken(models.Model):
    """A key for a program; only its digest is kept, its rights never exceed its owner's.

    It reaches the brands named, all of one workspace; one that `is_whole` reaches every brand of
    the workspace, those made later too, while its maker owns the workspace.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="tokens")
    brands = models.ManyToManyField(Brand, related_name="tokens")
    is_whole = models.BooleanField(default=False)
    name = models.CharField(max_length=80)
    start = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)


class AuditEntry(models.Model):
    """Who did what, when: written once, never changed; it outlives the person.

    Of a deleted brand it stays too, without what the acts were about.
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    workspace = models.ForeignKey(Workspace, models.CASCADE, null=True, related_name="+")
    brand_slug = models.CharField(max_length=60, blank=True, db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=254, blank=True)
    action = models.CharField(max_length=60)
    thing = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]

    def save(self, *args: Any, **values: Any) -> None:
        """Write a new entry; raises TypeError for one that already stands."""
        if self.pk is not None:
            raise TypeError("an audit entry is never changed")
        super().save(*args, **values)
