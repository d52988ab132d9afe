"""API tokens: made once, shown once, kept as a digest, revocable."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from .models import ApiToken, Brand, User
from .rights import SCOPES
from .secrets import digest, make_secret

_SEEN_EVERY = timedelta(minutes=1)


def make_token(
    user: User,
    brand: Brand,
    *,
    name: str,
    scopes: Iterable[str],
    ends_at: datetime | None = None,
) -> tuple[ApiToken, str]:
    """Make a token and return it with its secret, which is shown this once."""
    secret = make_secret("tlk_")
    token = ApiToken.objects.create(
        user=user,
        brand=brand,
        name=name.strip()[:80],
        start=secret[:9],
        digest=digest(secret),
        scopes=[scope for scope in SCOPES if scope in set(scopes)],
        ends_at=ends_at,
    )
    return token, secret


def find_token(secret: str) -> ApiToken | None:
    """Return the working token of a secret, and note its use; None for any other."""
    now = timezone.now()
    alive = Q(closed_at=None) & (Q(ends_at=None) | Q(ends_at__gt=now)) & Q(user__is_active=True)
    token = ApiToken.objects.select_related("user").filter(alive, digest=digest(secret)).first()
    if token and (token.used_at is None or token.used_at < now - _SEEN_EVERY):
        ApiToken.objects.filter(pk=token.pk).update(used_at=now)
    return token


def close_token(token: ApiToken) -> None:
    """Make a token useless from now on."""
    ApiToken.objects.filter(pk=token.pk, closed_at=None).update(closed_at=timezone.now())
