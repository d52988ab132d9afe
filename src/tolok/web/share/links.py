"""Share links: made once, shown once, opened by their digest, ended by date or by hand."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F
from django.utils import timezone

from tolok.web.accounts.models import Brand, User
from tolok.web.accounts.secrets import digest, make_secret
from tolok.web.sharing import shared_kinds

from .models import ShareLink

MISSES, PAUSE = 8, timedelta(minutes=15)


def make_link(
    brand: Brand,
    user: User,
    *,
    kind: str,
    thing: str,
    days: int,
    password: str = "",
    for_whom: str = "",
    may_comment: bool = True,
) -> tuple[ShareLink, str] | None:
    """Make a link and return it with its secret, shown this once; None for an unknown thing."""
    shown = shared_kinds().get(kind)
    name = shown.name_of(brand, thing) if shown else None
    if name is None:
        return None
    secret = make_secret()
    link = ShareLink.objects.create(
        brand=brand, digest=digest(secret), kind=kind, thing=thing, name=name[:200],
        for_whom=for_whom.strip()[:80], password=make_password(password) if password else "",
        may_comment=may_comment, made_by=user, ends_at=timezone.now() + timedelta(days=days),
    )  # fmt: skip
    return link, secret


def find_link(secret: str) -> ShareLink | None:
    """Return the link of a secret while it is alive; None for any other.

    Looked up by digest, so that neither time nor answer tells how near a guess was, or whether
    a link ever was.
    """
    link = (
        ShareLink.objects.select_related("brand__workspace").filter(digest=digest(secret)).first()
    )
    return link if link is not None and link.is_alive else None


def revoke_link(link: ShareLink) -> None:
    """Make a link useless from now on."""
    ShareLink.objects.filter(pk=link.pk, closed_at=None).update(closed_at=timezone.now())


def count_opening(link: ShareLink) -> None:
    """Note that somebody opened the link."""
    ShareLink.objects.filter(pk=link.pk).update(
        openings=F("openings") + 1, opened_at=timezone.now()
    )


def is_locked(link: ShareLink) -> bool:
    """Whether too many wrong passwords were given of late."""
    return link.locked_until is not None and link.locked_until > timezone.now()


def try_password(link: ShareLink, password: str) -> bool:
    """Whether the password opens the link; after eight misses it pauses for a quarter of an hour."""
    if is_locked(link):
        return False
    mine = ShareLink.objects.filter(pk=link.pk)
    if check_password(password, link.password):
        mine.update(misses=0, locked_until=None)
        return True
    mine.update(misses=F("misses") + 1)
    mine.filter(misses__gte=MISSES).update(misses=0, locked_until=timezone.now() + PAUSE)
    return False
