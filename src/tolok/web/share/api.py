# ruff: noqa: ARG001 - addresses name the brand and the thing; the gate has found them
"""Operations on share links and comments."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Field, Router, Schema, Status
from ninja.pagination import paginate

from tolok.web.accounts import audit
from tolok.web.accounts.models import Brand
from tolok.web.bodies import body_of, judge, tell_row
from tolok.web.operations import AT, Gate, access_of, has_row
from tolok.web.sharing import shared_kinds

from .comments import add_comment, comments_on, remove_comment
from .forms import ChannelForm
from .links import make_link, revoke_link
from .models import Channel, Comment, ShareLink
from .pages import remove_channel, save_channel, secret_of, send_test

ROUTER = Router(tags=["share"])
ChannelIn: Any = body_of(ChannelForm, "ChannelIn")


class LinkIn(Schema):
    """What a link shows: a KPI by its key, or the scorecard of a period such as 2026-Q3."""

    kind: str = Field(max_length=40, examples=["kpi", "scorecard"])
    thing: str = Field(min_length=1, max_length=120)
    days: int = Field(30, ge=1, le=366)
    password: str = Field("", max_length=200)
    for_whom: str = Field("", max_length=80)
    may_comment: bool = True


class LinkOut(Schema):
    """A share link; its address is told once, when it is made."""

    id: int
    kind: str
    thing: str
    name: str
    for_whom: str
    is_alive: bool
    openings: int
    made_at: datetime
    ends_at: datetime


class NewLinkOut(LinkOut):
    """A new share link with its address."""

    url: str


class CommentIn(Schema):
    """A comment on a thing of the brand."""

    kind: str = Field(max_length=40, examples=["kpi"])
    thing: str = Field(min_length=1, max_length=120)
    text: str = Field(min_length=1, max_length=2000)


class CommentOut(Schema):
    """A comment."""

    id: int
    name: str
    text: str
    at: datetime


class ChannelOut(Schema):
    """A channel of notices; a webhook's messages are signed with `signed_with`."""

    id: int
    kind: str
    address: str
    events: list[str]
    language: str
    quiet_from: time | None
    quiet_until: time | None
    signed_with: str


def has_comment(brand: Brand, comment: int) -> bool:
    """Whether the brand has the comment."""
    return has_row(Comment.objects.filter(brand=brand, removed_at=None), comment)


def has_channel(brand: Brand, channel: int) -> bool:
    """Whether the brand has the channel."""
    return has_row(Channel.objects.filter(brand=brand), channel)


def has_link(brand: Brand, link: int) -> bool:
    """Whether the brand has the link."""
    return has_row(ShareLink.objects.filter(brand=brand), link)


@ROUTER.get(f"{AT}/share-links", response=list[LinkOut], auth=Gate("share"))
@paginate
def list_share_links(request: HttpRequest, brand: str) -> list[ShareLink]:
    """List the share links of a brand, the latest first."""
    return list(ShareLink.objects.filter(brand=access_of(request).brand).order_by("-made_at"))


@ROUTER.post(f"{AT}/share-links", response={201: NewLinkOut}, auth=Gate("share"))
def create_share_link(
    request: HttpRequest,
    brand: str,
    body: LinkIn,
) -> Status:
    """Make a link that shows exactly one page and ends by itself."""
    access = access_of(request)
    made = make_link(access.brand, access.user, **body.model_dump())
    if made is None:
        raise Http404
    link, secret = made
    audit.record(request, "made_share_link", brand=access.brand, thing=link.name, link=link.pk)
    url = request.build_absolute_uri(reverse("share_open:page", args=[secret]))
    return Status(201, NewLinkOut(url=url, **LinkOut.from_orm(link).model_dump()))


@ROUTER.delete(
    f"{AT}/share-links/{{int:link}}", response={204: None},
    auth=Gate("share", has_link),
)  # fmt: skip
def revoke_share_link(request: HttpRequest, brand: str, link: int) -> Status:
    """Revoke a link; it opens no more."""
    access = access_of(request)
    row = ShareLink.objects.get(pk=link, brand=access.brand)
    revoke_link(row)
    audit.record(request, "closed_share_link", brand=access.brand, thing=row.name, link=row.pk)
    return Status(204, None)


@ROUTER.get(f"{AT}/comments", response=list[CommentOut], auth=Gate("see"))
@paginate
def list_comments(request: HttpRequest, brand: str, kind: str, thing: str) -> list[CommentOut]:
    """List the comments on a thing, oldest first."""
    found = comments_on(access_of(request).brand, kind, thing)
    return [CommentOut(id=c.pk, name=c.name, text=c.text, at=c.at) for c in found]


@ROUTER.post(f"{AT}/comments", response={201: CommentOut}, auth=Gate("comment"))
def create_comment(
    request: HttpRequest,
    brand: str,
    body: CommentIn,
) -> Status:
    """Comment on a thing of the brand."""
    access = access_of(request)
    shown = shared_kinds().get(body.kind)
    if shown is None or shown.name_of(access.brand, body.thing) is None:
        raise Http404
    made = add_comment(
        access.brand, kind=body.kind, thing=body.thing, text=body.text, name=str(access.user),
        user=access.user,
    )  # fmt: skip
    audit.record(request, "commented", brand=access.brand, thing=body.thing)
    return Status(201, CommentOut(id=made.pk, name=made.name, text=made.text, at=made.at))


@ROUTER.delete(
    f"{AT}/comments/{{int:comment}}", response={204: None},
    auth=Gate("comment", has_comment),
)  # fmt: skip
def delete_comment(request: HttpRequest, brand: str, comment: int) -> Status:
    """Take a comment of one's own away; whoever manages the brand may take away any."""
    remove_comment(request, access_of(request), comment)
    return Status(204, None)


def _channel(row: Channel) -> ChannelOut:
    return tell_row(ChannelOut, row, signed_with=secret_of(row))


@ROUTER.get(f"{AT}/channels", response=list[ChannelOut], auth=Gate("manage"), tags=["notices"])
@paginate
def list_channels(request: HttpRequest, brand: str) -> list[ChannelOut]:
    """List where notices of the brand go, which ones, and in which hours none may come."""
    rows = Channel.objects.filter(brand=access_of(request).brand).order_by("pk")
    return [_channel(row) for row in rows]


@ROUTER.post(f"{AT}/channels", response={201: ChannelOut}, auth=Gate("manage"), tags=["notices"])
def create_channel(request: HttpRequest, brand: str, body: ChannelIn) -> Status:
    """Add a channel: e-mail, Slack, Teams, Telegram or a webhook whose messages are signed."""
    form = judge(ChannelForm(body.fill()))
    return Status(201, _channel(save_channel(request, access_of(request), form)))


@ROUTER.post(
    f"{AT}/channels/{{int:channel}}/test", response={202: None},
    auth=Gate("manage", has_channel), tags=["notices"],
)  # fmt: skip
def test_channel(request: HttpRequest, brand: str, channel: int) -> Status:
    """Send a test to a channel."""
    send_test(Channel.objects.get(pk=channel, brand=access_of(request).brand))
    return Status(202, None)


@ROUTER.delete(
    f"{AT}/channels/{{int:channel}}", response={204: None},
    auth=Gate("manage", has_channel), tags=["notices"],
)  # fmt: skip
def delete_channel(request: HttpRequest, brand: str, channel: int) -> Status:
    """Take a channel away; no more notices go there."""
    access = access_of(request)
    remove_channel(request, access, Channel.objects.get(pk=channel, brand=access.brand))
    return Status(204, None)
