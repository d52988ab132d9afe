"""The audit log: who did what."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import AuditEntry, Brand, User, Workspace

ACTIONS: dict[str, Promise] = {
    "signed_in": _("Signed in"),
    "signed_out": _("Signed out"),
    "made_brand": _("Made the brand"),
    "changed_brand": _("Changed settings"),
    "exported_brand": _("Exported everything"),
    "deleted_brand": _("Deleted the brand"),
    "invited": _("Invited"),
    "closed_invitation": _("Withdrew an invitation"),
    "joined": _("Joined"),
    "changed_roles": _("Changed roles"),
    "removed_member": _("Removed from the brand"),
    "made_token": _("Made an API token"),
    "closed_token": _("Revoked an API token"),
    "turned_on_second_factor": _("Turned on the second factor"),
    "turned_off_second_factor": _("Turned off the second factor"),
    "changed_password": _("Changed the password"),
    "revoked_device": _("Signed out a device"),
    "imported_files": _("Brought in files"),
    "undid_import": _("Took back an import"),
    "exported_person": _("Handed out what is held of a person"),
    "erased_person": _("Erased a person"),
    "typed_numbers": _("Typed in numbers"),
    "saved_mapping": _("Told what columns mean"),
    "exported_figures": _("Exported figures"),
    "added_note": _("Added a note"),
    "dropped_note": _("Removed a note"),
    "saved_view": _("Saved a view"),
    "dropped_view": _("Removed a view"),
}


def record(
    request: HttpRequest | None,
    action: str,
    *,
    brand: Brand | None = None,
    workspace: Workspace | None = None,
    thing: str = "",
    **detail: Any,
) -> None:
    """Write down an act of the person behind the request (None: Tolok itself).

    `action` is a stable key; areas may use their own (`kpi_saved`), which is shown as it is
    until its name stands in `ACTIONS`.
    """
    asked_by = getattr(request, "user", None)
    user = asked_by if isinstance(asked_by, User) else None
    AuditEntry.objects.create(
        workspace=workspace or (brand.workspace if brand else None),
        brand_slug=brand.slug if brand else "",
        actor_id=user.pk if user else None,
        actor=user.email if user else "",
        action=action,
        thing=thing[:200],
        detail=detail,
        address=request.META.get("REMOTE_ADDR") or None if request else None,
    )
