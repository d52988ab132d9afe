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
    "noted_record": _("Noted a record"),
    "removed_record": _("Took a record away"),
    "exported_person": _("Handed out what is held of a person"),
    "erased_person": _("Erased a person"),
    "typed_numbers": _("Typed in numbers"),
    "saved_mapping": _("Told what columns mean"),
    "exported_figures": _("Exported figures"),
    "added_note": _("Added a note"),
    "dropped_note": _("Removed a note"),
    "saved_view": _("Saved a view"),
    "dropped_view": _("Removed a view"),
    "saved_kpi": _("Saved a KPI"),
    "held_check": _("Held a check"),
    "reviewed_kpi": _("Decided about a KPI in a review"),
    "changed_calendar_feed": _("Changed the calendar address"),
    "planned_activity": _("Planned an activity"),
    "scored_activity": _("Measured an activity"),
    "kept_lesson": _("Kept a lesson"),
    "claimed_insight": _("Wrote down a claim"),
    "scored_insights": _("Scored claims"),
    "noted_learning": _("Noted something to learn"),
    "finished_learning": _("Learned something"),
    "saved_goal": _("Saved a goal"),
    "ended_goal": _("Ended a goal"),
    "saved_strategy": _("Saved a strategy"),
    "put_strategy_to_work": _("Put a strategy to work"),
    "took_back_strategy": _("Took back a step of a strategy"),
    "ended_strategy": _("Ended a strategy"),
    "saved_tactic": _("Saved a tactic"),
    "removed_tactic": _("Removed a tactic"),
    "scored_alignment": _("Scored alignment with a goal"),
    "saved_budget": _("Saved a line of the budget"),
    "made_report": _("Made a report"),
    "changed_report": _("Changed a report"),
    "removed_report": _("Removed a report"),
    "exported_report": _("Took a report as a file"),
    "sent_report": _("Sent a report"),
    "added_reader": _("Added a reader of a report"),
    "changed_reader": _("Changed a reader of a report"),
    "removed_reader": _("Removed a reader of a report"),
    "made_share_link": _("Made a share link"),
    "closed_share_link": _("Revoked a share link"),
    "commented": _("Commented"),
    "removed_comment": _("Removed a comment"),
    "made_channel": _("Added a channel of notices"),
    "removed_channel": _("Removed a channel of notices"),
    "imported": _("Uploaded a file by the API"),
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

    `action` is a stable key; each stands in `ACTIONS` with its name, and a test holds that.
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
