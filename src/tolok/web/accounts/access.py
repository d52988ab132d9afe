"""The one gate to a brand: `require`, or the decorator `page` around a view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone

from .models import ApiToken, Brand, Member, Seat, User
from .rights import RIGHTS, ROLES, rights_in, rights_of
from .tokens import reach_of


class NotSignedIn(Exception):  # noqa: N818 - the frame answers it with the sign-in page
    """Nobody is signed in, and the page is not for nobody."""


class NotAllowed(Exception):  # noqa: N818 - the frame answers it with a page that says who may
    """The person belongs to the brand but lacks the right."""

    def __init__(self, right: str) -> None:
        self.right = right
        super().__init__(right)


@dataclass(frozen=True, slots=True)
class Access:
    """A person (or that person's token) inside a brand, with what may be done there."""

    user: User
    brand: Brand
    roles: tuple[str, ...]
    rights: frozenset[str]
    token: ApiToken | None = None

    def may(self, right: str) -> bool:
        """True when the person holds the right; raises KeyError for an unknown one."""
        RIGHTS[right]
        return right in self.rights


def require(request: HttpRequest, brand_slug: str, right: str) -> Access:
    """Return the access of who asks to the brand, and make its time zone the current one.

    Raises NotSignedIn for nobody, Http404 for strangers and unknown brands alike, NotAllowed
    for a member who lacks the right. The result is also kept as `request.access`.
    """
    RIGHTS[right]
    user = request.user
    if not isinstance(user, User):
        raise NotSignedIn
    access = _find_access(user, brand_slug, getattr(request, "api_token", None))
    if access is None:
        raise Http404
    request.access = access  # type: ignore[attr-defined]
    if right not in access.rights:
        raise NotAllowed(right)
    timezone.activate(access.brand.zone)
    return access


def _find_access(user: User, slug: str, token: ApiToken | None) -> Access | None:
    found = Brand.objects.select_related("workspace").defer("logo")  # a picture no page needs
    brand = found.filter(slug=slug).first()
    if brand is None:
        return None
    if token is not None and not reach_of(token).filter(pk=brand.pk).exists():
        return None
    roles = roles_in(user, brand)
    if not roles:
        return None
    rights = rights_of(roles)
    if token is not None:
        rights &= rights_in(token.scopes)
    return Access(user=user, brand=brand, roles=roles, rights=rights, token=token)


def roles_in(user: User, brand: Brand) -> tuple[str, ...]:
    """Return the roles of a person in a brand, all of them for an owner of its workspace."""
    if owns(user, brand.workspace_id):
        return ROLES
    member = Member.objects.filter(user=user, brand=brand).first()
    return tuple(member.sorted_roles) if member else ()


def owns(user: User, workspace_id: int) -> bool:
    """True when a person is an owner of the workspace."""
    return Seat.objects.filter(user=user, workspace_id=workspace_id, is_owner=True).exists()


def brands_with(user: User, right: str, workspace_id: int) -> list[Brand]:
    """Return the brands of a workspace in which a person holds a right, by name."""
    found = brands_of(user).filter(workspace_id=workspace_id).defer("logo")
    if owns(user, workspace_id):
        return list(found)
    held = Member.objects.filter(user=user, brand__workspace_id=workspace_id)
    able = {m.brand_id for m in held if right in rights_of(m.roles)}
    return [brand for brand in found if brand.pk in able]


def brands_of(user: User) -> QuerySet[Brand]:
    """Return the brands a person may enter, by name."""
    owned = Q(workspace__seats__user=user, workspace__seats__is_owner=True)
    return Brand.objects.filter(owned | Q(members__user=user)).distinct().order_by("name", "pk")


def page(
    right: str,
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Wrap a view of a brand: it gets an `Access` in place of the slug, after the gate.

    `@page("see")` on `def show(request, access, ...)` serves the URL `<slug:brand>/...`.
    """
    RIGHTS[right]

    def wrap(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def gate(request: HttpRequest, brand: str, *args: Any, **names: Any) -> HttpResponseBase:
            return view(request, require(request, brand, right), *args, **names)

        gate.wall = right  # type: ignore[attr-defined]
        return gate

    return wrap


def signed_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Wrap a view that needs a person but no brand."""

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **names: Any) -> HttpResponseBase:
        if not isinstance(request.user, User) or getattr(request, "api_token", None):
            raise NotSignedIn
        return view(request, *args, **names)

    gate.wall = "signed_in"  # type: ignore[attr-defined]
    return gate
