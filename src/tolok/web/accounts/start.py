"""Beginnings: a workspace and its owner, a brand, the owner of a machine of one's own."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from .models import Brand, Member, Seat, User, Workspace
from .rights import ROLES

LOCAL_EMAIL = "owner@localhost"


def make_workspace(name: str, owner: User) -> Workspace:
    """Make a workspace with its owner; its key names the folder of its lake for good."""
    with transaction.atomic():
        key = f"{slugify(name)[:24] or 'team'}-{secrets.token_hex(4)}"
        workspace = Workspace.objects.create(name=name.strip(), key=key)
        Seat.objects.create(workspace=workspace, user=owner, is_owner=True)
    return workspace


def make_brand(
    workspace: Workspace, name: str, *, maker: User | None = None, **values: Any
) -> Brand:
    """Make a brand of the workspace; its maker holds every role in it.

    Without a `slug` in `values` a free one is made from the name.
    """
    with transaction.atomic():
        slug = values.pop("slug", "") or _free_slug(name)
        brand = Brand.objects.create(workspace=workspace, name=name.strip(), slug=slug, **values)
        if maker is not None:
            Seat.objects.get_or_create(workspace=workspace, user=maker)
            Member.objects.create(brand=brand, user=maker, roles=list(ROLES))
    return brand


def ensure_local_owner() -> User:
    """Return the owner of a machine of one's own, made with a workspace at the first visit."""
    with transaction.atomic():
        user, is_new = User.objects.get_or_create(
            email=LOCAL_EMAIL, defaults={"is_local_owner": True, "password": "!"}
        )
        if is_new:
            user.set_unusable_password()
            user.save()
        workspace = Workspace.objects.order_by("pk").first()
        if workspace is None:
            make_workspace("Tolok", user)
        else:
            Seat.objects.get_or_create(workspace=workspace, user=user, defaults={"is_owner": True})
    return user


def _free_slug(name: str) -> str:
    base = slugify(name)[:48] or "brand"
    slug, number = base, 1
    while Brand.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
