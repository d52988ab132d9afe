"""Invitations: a link for one address into one brand, which works once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tolok.base import Text, UserError

from .models import Brand, Invitation, Member, Seat, User
from .rights import ROLES
from .secrets import digest, make_secret

LIFE = timedelta(days=7)


def invite(brand: Brand, email: str, roles: Iterable[str], *, by: User) -> tuple[Invitation, str]:
    """Make an invitation and return it with its secret, which is shown this once."""
    secret = make_secret()
    invitation = Invitation.objects.create(
        brand=brand,
        email=email.strip().lower(),
        roles=[role for role in ROLES if role in set(roles)],
        digest=digest(secret),
        made_by=by,
        ends_at=timezone.now() + LIFE,
    )
    return invitation, secret


def open_invitations() -> QuerySet[Invitation]:
    """Return the invitations that can still be used."""
    return Invitation.objects.filter(used_at=None, closed_at=None, ends_at__gt=timezone.now())


def find_invitation(secret: str) -> Invitation | None:
    """Return the open invitation of a secret; None for a used, closed, ended or invented one."""
    found = open_invitations().select_related("brand__workspace", "made_by")
    return found.filter(digest=digest(secret)).first()


def accept_invitation(invitation: Invitation, user: User) -> Member:
    """Let the person in and use the invitation up; raises UserError when it was just used."""
    with transaction.atomic():
        mine = open_invitations().filter(pk=invitation.pk)
        if not mine.update(used_at=timezone.now()):
            raise UserError(
                Text("This invitation was already used.", "Undangan ini sudah dipakai."),
                Text("Ask for a new one.", "Mintalah undangan baru."),
            )
        brand = invitation.brand
        Seat.objects.get_or_create(workspace_id=brand.workspace_id, user=user)
        member, _ = Member.objects.get_or_create(brand=brand, user=user)
        member.roles = [r for r in ROLES if r in {*member.roles, *invitation.roles}]
        member.save()
    return member
