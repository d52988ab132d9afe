"""Roles of members: change them, take them away; a brand never loses its last administrator."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from tolok.base import Text, UserError

from .models import Brand, Member, Seat
from .rights import ROLES
from .tokens import take_brand_out


def change_roles(member: Member, roles: Iterable[str]) -> None:
    """Give a member exactly these roles; raises UserError when nobody could manage the brand."""
    wanted = [role for role in ROLES if role in set(roles)]
    if not wanted:
        raise UserError(
            Text("A member needs at least one role.", "Anggota perlu setidaknya satu peran."),
            Text(
                "Tick a role, or remove the person.", "Pilih satu peran, atau keluarkan orangnya."
            ),
        )
    with transaction.atomic():
        member.roles = wanted
        member.save()
        _keep_one_keeper(member.brand)


def remove_member(member: Member) -> None:
    """Take a person out of a brand; raises UserError when nobody could manage it any more.

    The person's API tokens no longer reach the brand; those that reach no other end.
    """
    with transaction.atomic():
        brand, user = member.brand, member.user
        member.delete()
        take_brand_out(brand, user.tokens.all())
        if not user.members.filter(brand__workspace_id=brand.workspace_id).exists():
            Seat.objects.filter(user=user, workspace_id=brand.workspace_id, is_owner=False).delete()
        _keep_one_keeper(brand)


def _keep_one_keeper(brand: Brand) -> None:
    Brand.objects.select_for_update().get(pk=brand.pk)
    if Seat.objects.filter(workspace_id=brand.workspace_id, is_owner=True).exists():
        return
    if not any("administrator" in member.roles for member in brand.members.all()):
        raise UserError(
            Text(
                "The brand would have no administrator left.",
                "Merek ini tidak akan punya administrator lagi.",
            ),
            Text(
                "Make somebody else administrator first. Nothing was changed.",
                "Jadikan orang lain administrator dulu. Tidak ada yang berubah.",
            ),
        )
