"""Who may open the pages of people and brands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tolok.web.accounts.models import Brand, Invitation, Member, User
from tolok.web.accounts.tokens import make_token
from tolok.web.tests.walls import Wall


def member(brand: Brand) -> dict[str, Any]:
    user = User.objects.create_user(f"m{User.objects.count()}@example.com")
    return {"member": Member.objects.create(brand=brand, user=user, roles=["viewer"]).pk}


def invitation(brand: Brand) -> dict[str, Any]:
    row = Invitation.objects.create(
        brand=brand,
        email="new@example.com",
        digest=f"d{Invitation.objects.count()}",
        ends_at=timezone.now() + timedelta(days=1),
    )
    return {"invitation": row.pk}


def token(brand: Brand) -> dict[str, Any]:
    owner = User.objects.earliest("pk")
    row, _secret = make_token(owner, brand, name="n", scopes=["read"])
    return {"token": row.pk}


V1 = "api_open:v1:"
WALLS = {
    "accounts:sign_in": Wall("open"),
    "accounts:give_code": Wall("open"),
    "accounts:oidc": Wall("hidden"),
    "accounts:oidc_back": Wall("hidden"),
    "accounts:sign_out": Wall("open", "POST"),
    "accounts:sign_up": Wall("hidden"),
    "accounts:invitation": Wall("hidden", args=lambda _: {"secret": "invented"}),
    "accounts:profile": Wall("signed_in"),
    "accounts:password": Wall("signed_in"),
    "accounts:security": Wall("signed_in"),
    "accounts:factor_on": Wall("signed_in"),
    "accounts:factor_qr": Wall("signed_in", own=(404,)),
    "accounts:factor_off": Wall("signed_in"),
    "accounts:revoke_device": Wall("signed_in", "POST", lambda _: {"device": 0}, own=(404,)),
    "accounts:revoke_devices": Wall("signed_in", "POST"),
    "accounts:new_brand": Wall("signed_in", own=(200, 403)),
    "accounts:settings": Wall("manage"),
    "accounts:logo": Wall("see", own=(404,)),
    "accounts:export": Wall("manage", "POST"),
    "accounts:delete": Wall("delete"),
    "accounts:audit": Wall("audit"),
    "accounts:people": Wall("manage"),
    "accounts:member": Wall("manage", args=member),
    "accounts:remove_member": Wall("manage", "POST", member),
    "accounts:withdraw_invitation": Wall("manage", "POST", invitation),
    "accounts:tokens": Wall("manage"),
    "accounts:revoke_token": Wall("manage", "POST", token),
    f"{V1}get_settings": Wall("manage"),
    f"{V1}change_settings": Wall("manage", "PUT"),
    f"{V1}list_people": Wall("manage"),
    f"{V1}change_member": Wall("manage", "PUT", member),
    f"{V1}remove_member": Wall("manage", "DELETE", member),
    f"{V1}list_invitations": Wall("manage"),
    f"{V1}create_invitation": Wall("manage", "POST"),
    f"{V1}withdraw_invitation": Wall("manage", "DELETE", invitation),
    f"{V1}list_audit": Wall("audit"),
    f"{V1}export_brand": Wall("manage", "POST"),
}
