# ruff: noqa: ARG001 - addresses name the brand and the thing; the gate has found them
"""Operations on a brand itself: its settings, its people, who did what, everything as an archive."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status
from ninja.pagination import paginate

from tolok.web.accounts.brand import entries_of, give_archive, save_settings
from tolok.web.accounts.forms import BrandForm, InviteForm, RolesForm
from tolok.web.accounts.models import Brand, Invitation, Member
from tolok.web.accounts.team import (
    close_invitation,
    open_of,
    send_invitation,
    set_roles,
    take_out,
)
from tolok.web.bodies import Body, body_of, judge, tell_row
from tolok.web.operations import AT, Gate, access_of, has_row

ROUTER = Router(tags=["people"])
_DAYS = tuple(str(day) for day in range(7))


class _Hours(Body):
    """Business hours by day of the week, 0 Monday, such as 09:00-17:00; left out, none."""

    hours: dict[str, str] = Field(default_factory=dict, max_length=7)


SettingsIn: Any = body_of(BrandForm, "SettingsIn", without=("logo_file", "logo_gone"), base=_Hours)
InvitationIn: Any = body_of(InviteForm, "InvitationIn")
RolesIn: Any = body_of(RolesForm, "RolesIn")


class SettingsOut(Schema):
    """The settings of a brand."""

    name: str
    colour: str
    time_zone: str
    currency: str
    week_start: int
    fiscal_month: int
    holidays: str
    hours: dict[str, Any]


class MemberOut(Schema):
    """A member of the brand and their roles."""

    id: int
    name: str
    email: str
    roles: list[str]


class InvitationOut(Schema):
    """An open invitation."""

    id: int
    email: str
    roles: list[str]
    ends_at: datetime


class NewInvitationOut(InvitationOut):
    """A new invitation with its address, told once."""

    url: str


class EntryOut(Schema):
    """Who did what to what, and when."""

    at: datetime
    actor: str
    action: str
    thing: str


def has_member(brand: Brand, member: int) -> bool:
    """Whether the brand has the member."""
    return has_row(Member.objects.filter(brand=brand), member)


def has_invitation(brand: Brand, invitation: int) -> bool:
    """Whether the brand has the open invitation."""
    return has_row(open_of(brand), invitation)


def _settings(brand: Brand) -> SettingsOut:
    return tell_row(SettingsOut, brand, hours=brand.business_hours)


@ROUTER.get(f"{AT}/settings", response=SettingsOut, auth=Gate("manage"))
def get_settings(request: HttpRequest, brand: str) -> SettingsOut:
    """Return the settings of a brand."""
    return _settings(access_of(request).brand)


@ROUTER.put(f"{AT}/settings", response=SettingsOut, auth=Gate("manage"))
def change_settings(request: HttpRequest, brand: str, body: SettingsIn) -> SettingsOut:
    """Change the settings of a brand; its logo is set beside them."""
    access = access_of(request)
    sent = body.fill()
    hours = sent.pop("hours", {})
    sent |= {f"hours_{day}": hours[day] for day in _DAYS if day in hours}
    save_settings(request, access, judge(BrandForm(sent, instance=access.brand)))
    return _settings(Brand.objects.get(pk=access.brand.pk))


@ROUTER.get(f"{AT}/people", response=list[MemberOut], auth=Gate("manage"))
@paginate
def list_people(request: HttpRequest, brand: str) -> list[MemberOut]:
    """List the members of a brand and their roles."""
    return [_member(m) for m in access_of(request).brand.members.select_related("user")]


def _member(row: Member) -> MemberOut:
    return MemberOut(id=row.pk, name=str(row.user), email=row.user.email, roles=row.sorted_roles)


@ROUTER.put(f"{AT}/people/{{int:member}}", response=MemberOut, auth=Gate("manage", has_member))
def change_member(request: HttpRequest, brand: str, member: int, body: RolesIn) -> MemberOut:
    """Give a member exactly these roles."""
    access = access_of(request)
    row = Member.objects.select_related("user", "brand").get(pk=member)
    form = judge(RolesForm(body.fill()))
    set_roles(request, access, row, form.cleaned_data["roles"])
    return _member(row)


@ROUTER.delete(f"{AT}/people/{{int:member}}", response={204: None}, auth=Gate("manage", has_member))
def remove_member(request: HttpRequest, brand: str, member: int) -> Status:
    """Take a member out of the brand; tokens the person had for it end with that."""
    row = Member.objects.select_related("user", "brand").get(pk=member)
    take_out(request, access_of(request), row)
    return Status(204, None)


def _invitation(row: Invitation) -> InvitationOut:
    return InvitationOut(id=row.pk, email=row.email, roles=row.roles, ends_at=row.ends_at)


@ROUTER.get(f"{AT}/invitations", response=list[InvitationOut], auth=Gate("manage"))
@paginate
def list_invitations(request: HttpRequest, brand: str) -> list[InvitationOut]:
    """List the open invitations, the latest first."""
    return [_invitation(row) for row in open_of(access_of(request).brand)]


@ROUTER.post(f"{AT}/invitations", response={201: NewInvitationOut}, auth=Gate("manage"))
def create_invitation(request: HttpRequest, brand: str, body: InvitationIn) -> Status:
    """Invite somebody into the brand; the address is told once."""
    form = judge(InviteForm(body.fill()))
    url, row = send_invitation(request, access_of(request), **form.cleaned_data)
    return Status(201, NewInvitationOut(url=url, **_invitation(row).model_dump()))


@ROUTER.delete(
    f"{AT}/invitations/{{int:invitation}}", response={204: None},
    auth=Gate("manage", has_invitation),
)  # fmt: skip
def withdraw_invitation(request: HttpRequest, brand: str, invitation: int) -> Status:
    """Withdraw an open invitation."""
    access = access_of(request)
    close_invitation(request, access, open_of(access.brand).get(pk=invitation))
    return Status(204, None)


@ROUTER.get(f"{AT}/audit", response=list[EntryOut], auth=Gate("audit"))
@paginate
def list_audit(request: HttpRequest, brand: str, q: str = "") -> Any:
    """List who did what in the brand, the latest first; only what holds the words, if any."""
    return entries_of(access_of(request).brand, q.replace("\x00", "")[:200])


@ROUTER.post(f"{AT}/archive", auth=Gate("manage"))
def export_brand(request: HttpRequest, brand: str) -> HttpResponse:
    """Give out everything that belongs to the brand as one archive."""
    return give_archive(request, access_of(request))
