"""API tokens: made once, shown once, kept as a digest, revocable."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
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
    also: Iterable[Brand] = (),
    is_whole: bool = False,
) -> tuple[ApiToken, str]:
    """Make a token and return it with its secret, which is shown this once.

    It reaches the brand and those named as `also`, or every brand of the workspace when it
    `is_whole`. Raises ValueError for a brand of another workspace: no token sees through its wall.
    """
    brands = [brand, *also]
    if {b.workspace_id for b in brands} != {brand.workspace_id}:
        raise ValueError("a token reaches brands of one workspace only")
    secret = make_secret("tlk_")
    with transaction.atomic():
        token = ApiToken.objects.create(
            user=user,
            workspace_id=brand.workspace_id,
            is_whole=is_whole,
            name=name.strip()[:80],
            start=secret[:9],
            digest=digest(secret),
            scopes=[scope for scope in SCOPES if scope in set(scopes)],
            ends_at=ends_at,
        )
        token.brands.set([] if is_whole else brands)
    return token, secret


def reach_of(token: ApiToken) -> QuerySet[Brand]:
    """Return the brands a token was made for; what its maker may do there is asked beside it."""
    if not token.is_whole:
        return Brand.objects.filter(tokens=token)
    return Brand.objects.filter(
        workspace_id=token.workspace_id,
        workspace__seats__user_id=token.user_id,
        workspace__seats__is_owner=True,
    )


def tokens_of(brand: Brand) -> QuerySet[ApiToken]:
    """Return the tokens that reach a brand and were not revoked, the latest first."""
    whole = ApiToken.objects.filter(
        is_whole=True,
        workspace_id=brand.workspace_id,
        user__seats__workspace_id=brand.workspace_id,
        user__seats__is_owner=True,
    )
    named = ApiToken.objects.filter(brands=brand)
    found = ApiToken.objects.filter(Q(pk__in=named.values("pk")) | Q(pk__in=whole.values("pk")))
    return found.filter(closed_at=None).order_by("-made_at", "-pk")


def take_brand_out(brand: Brand, tokens: QuerySet[ApiToken]) -> None:
    """Take a brand out of these tokens; a token that names no other brand is gone with it."""
    for token in tokens.filter(brands=brand):
        token.brands.remove(brand)
        if not token.brands.exists():
            token.delete()


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
