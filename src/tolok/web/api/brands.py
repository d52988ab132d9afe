# ruff: noqa: ARG001 - addresses name the brand; the gate has found it
"""Operations on brands: which there are, a new one beside this one, and the logo of one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile
from ninja.pagination import paginate

from tolok.web.accounts.access import Access, NotAllowed, brands_of
from tolok.web.accounts.brand import found_brand, give_logo, save_logo, workspaces_of
from tolok.web.accounts.forms import LogoForm, NewBrandForm
from tolok.web.accounts.models import Brand, User
from tolok.web.accounts.tokens import reach_of
from tolok.web.bodies import body_of, judge
from tolok.web.operations import AT, Gate, access_of

ROUTER = Router(tags=["brands"])
BrandIn: Any = body_of(NewBrandForm, "BrandIn")


class _OwnersGate(Gate):
    """Lets in only owners of the workspace of the brand that the address names."""

    def _enter(self, request: HttpRequest) -> Access:
        access = super()._enter(request)
        if access.brand.workspace not in workspaces_of(access.user):
            raise NotAllowed(self.right)
        return access


class BrandOut(Schema):
    """A brand you may enter, and what you may do there."""

    slug: str
    name: str
    time_zone: str
    currency: str
    rights: list[str] = []


class NewBrandOut(BrandOut):
    """A brand just made; `tokens` is the page where a person makes a token for it."""

    tokens: str


def _brand(brand: Brand) -> BrandOut:
    return BrandOut(
        slug=brand.slug, name=brand.name, time_zone=brand.time_zone, currency=brand.currency
    )


@ROUTER.get("/brands", response=list[BrandOut], auth=Gate())
@paginate
def list_brands(request: HttpRequest) -> list[BrandOut]:
    """List the brands you may enter; a token sees those it reaches."""
    user, token = request.user, getattr(request, "api_token", None)
    found = brands_of(user) if isinstance(user, User) else Brand.objects.none()
    if token is not None:
        found = found.filter(pk__in=reach_of(token).values("pk"))
    return [_brand(b) for b in found]


@ROUTER.get(AT, response=BrandOut, auth=Gate("see"))
def get_brand(request: HttpRequest, brand: str) -> BrandOut:
    """Return a brand with what you may do there."""
    access = access_of(request)
    told = _brand(access.brand)
    told.rights = sorted(access.rights)
    return told


@ROUTER.post(f"{AT}/new-brand", response={201: NewBrandOut}, auth=_OwnersGate("manage"))
def create_brand(request: HttpRequest, brand: str, body: BrandIn) -> Status:
    """Make a brand in the workspace of this one, for an owner of the workspace.

    The new brand is the maker's. A token of the whole workspace reaches it; any other does not:
    a person makes one for it on the page told as `tokens`.
    """
    access = access_of(request)
    form = judge(NewBrandForm(body.fill()))
    made = found_brand(request, access.brand.workspace, form, maker=access.user)
    told = _brand(made).model_dump()
    tokens = request.build_absolute_uri(reverse("accounts:tokens", args=[made.slug]))
    return Status(201, NewBrandOut(**told, tokens=tokens))


@ROUTER.get(f"{AT}/logo", auth=Gate("see"))
def get_logo(request: HttpRequest, brand: str) -> HttpResponse:
    """Give out the logo as the picture it is; 404 where the brand has none."""
    return give_logo(access_of(request).brand)


@ROUTER.post(f"{AT}/logo", response={204: None}, auth=Gate("manage"))
def set_logo(request: HttpRequest, brand: str, logo_file: File[UploadedFile]) -> Status:
    """Set the logo: a PNG or JPEG picture of 300 KB at most."""
    form = judge(LogoForm({}, {"logo_file": logo_file}))
    save_logo(request, access_of(request), form.cleaned_data["logo_file"])
    return Status(204, None)


@ROUTER.delete(f"{AT}/logo", response={204: None}, auth=Gate("manage"))
def remove_logo(request: HttpRequest, brand: str) -> Status:
    """Take the logo away; the first letter of the name stands for the brand again."""
    save_logo(request, access_of(request), None)
    return Status(204, None)
