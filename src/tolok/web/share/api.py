# ruff: noqa: ARG001 - addresses name the brand and the thing; the gate has found them
"""Operations on share links and comments."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Field, Router, Schema, Status
from ninja.pagination import paginate

from tolok.web.accounts import audit
from tolok.web.accounts.models import Brand
from tolok.web.operations import Gate, access_of
from tolok.web.sharing import shared_kinds

from .comments import add_comment, comments_on
from .links import make_link, revoke_link
from .models import ShareLink

ROUTER = Router(tags=["share"])


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


def has_link(brand: Brand, link: int) -> bool:
    """Whether the brand has the link."""
    return -(2**63) < int(link) < 2**63 and ShareLink.objects.filter(pk=link, brand=brand).exists()


@ROUTER.get("/brands/{slug:brand}/share-links", response=list[LinkOut], auth=Gate("share"))
@paginate
def list_share_links(request: HttpRequest, brand: str) -> list[ShareLink]:
    """List the share links of a brand, the latest first."""
    return list(ShareLink.objects.filter(brand=access_of(request).brand).order_by("-made_at"))


@ROUTER.post("/brands/{slug:brand}/share-links", response={201: NewLinkOut}, auth=Gate("share"))
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
    "/brands/{slug:brand}/share-links/{int:link}", response={204: None},
    auth=Gate("share", has_link),
)  # fmt: skip
def revoke_share_link(request: HttpRequest, brand: str, link: int) -> Status:
    """Revoke a link; it opens no more."""
    access = access_of(request)
    row = ShareLink.objects.get(pk=link, brand=access.brand)
    revoke_link(row)
    audit.record(request, "closed_share_link", brand=access.brand, thing=row.name, link=row.pk)
    return Status(204, None)


@ROUTER.get("/brands/{slug:brand}/comments", response=list[CommentOut], auth=Gate("see"))
@paginate
def list_comments(request: HttpRequest, brand: str, kind: str, thing: str) -> list[CommentOut]:
    """List the comments on a thing, oldest first."""
    found = comments_on(access_of(request).brand, kind, thing)
    return [CommentOut(id=c.pk, name=c.name, text=c.text, at=c.at) for c in found]


@ROUTER.post("/brands/{slug:brand}/comments", response={201: CommentOut}, auth=Gate("comment"))
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
