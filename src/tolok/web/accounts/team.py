"""Pages of the people of a brand and of the programs that act for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from . import audit
from .access import Access, brands_of, brands_with, owns, page
from .forms import InviteForm, RolesForm, TokenForm
from .invitations import invite, open_invitations
from .models import ApiToken, Brand, Invitation, Member
from .people import change_roles, remove_member
from .rights import ROLE_NAMES, SCOPE_NAMES
from .tokens import close_token, make_token, reach_of, take_brand_out, tokens_of


@page("manage")
def show_people(request: HttpRequest, access: Access) -> HttpResponse:
    """Show members and open invitations; invite somebody."""
    form = InviteForm(request.POST or None)
    link = ""
    if request.method == "POST" and form.is_valid():
        link, _row = send_invitation(request, access, **form.cleaned_data)
        form = InviteForm()
    owners = access.brand.workspace.seats.filter(is_owner=True).select_related("user")
    members = (
        access.brand.members.exclude(user__in=owners.values("user"))
        .select_related("user")
        .order_by("user__name", "user__email")
    )
    about = {
        "access": access,
        "form": form,
        "link": link,
        "members": [(member, _names(member.sorted_roles)) for member in members],
        "invitations": [(row, _names(row.roles)) for row in open_of(access.brand)],
        "owners": owners,
        "tab": "people",
    }
    return render(request, "accounts/people.html", about, status=422 if form.errors else 200)


def send_invitation(
    request: HttpRequest, access: Access, email: str, roles: list[str]
) -> tuple[str, Invitation]:
    """Invite somebody, by e-mail where that is set up; returns the address, shown this once."""
    row, secret = invite(access.brand, email, roles, by=access.user)
    link = request.build_absolute_uri(reverse("accounts:invitation", args=[secret]))
    audit.record(request, "invited", brand=access.brand, thing=email, roles=roles)
    if settings.TOLOK_MAIL_READY:
        subject = _("%(brand)s: you are invited to Tolok") % {"brand": access.brand.name}
        body = _("%(person)s invites you. Open this link within seven days:") % {
            "person": str(access.user)
        }
        send_mail(subject, f"{body}\n\n{link}\n", None, [email], fail_silently=True)
    return link, row


@page("manage")
@require_POST
def withdraw_invitation(request: HttpRequest, access: Access, invitation: int) -> HttpResponse:
    """Close an open invitation."""
    close_invitation(request, access, get_object_or_404(open_of(access.brand), pk=invitation))
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("accounts:people", access.brand.slug)


@page("manage")
def edit_member(request: HttpRequest, access: Access, member: int) -> HttpResponse:
    """Change the roles of a member."""
    row = _member(access, member)
    form = RolesForm(request.POST or None, initial={"roles": row.sorted_roles})
    if request.method == "POST" and form.is_valid():
        set_roles(request, access, row, form.cleaned_data["roles"])
        messages.success(request, _("Saved."))
        return redirect("accounts:people", access.brand.slug)
    about = {"access": access, "form": form, "member": row, "tab": "people"}
    return render(request, "accounts/member.html", about, status=422 if form.errors else 200)


@page("manage")
@require_POST
def remove(request: HttpRequest, access: Access, member: int) -> HttpResponse:
    """Take a member out of the brand."""
    row = _member(access, member)
    take_out(request, access, row)
    messages.success(request, _("%(person)s is removed.") % {"person": str(row.user)})
    return redirect("accounts:people", access.brand.slug)


@page("manage")
@never_cache
def show_tokens(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the API tokens that reach the brand; make one, whose secret is shown once."""
    form, secret = _token_form(access, request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        secret = _make_token(request, access, form)
        form = _token_form(access)
    about = {
        "access": access,
        "form": form,
        "secret": secret,
        "tokens": _token_lines(access),
        "tab": "tokens",
    }
    return render(request, "accounts/tokens.html", about, status=422 if form.errors else 200)


def _token_form(access: Access, posted: QueryDict | None = None) -> TokenForm:
    home = access.brand
    able = brands_with(access.user, "manage", home.workspace_id)
    others = [brand for brand in able if brand.pk != home.pk]
    return TokenForm(posted, others=others, is_owner=owns(access.user, home.workspace_id))


def _make_token(request: HttpRequest, access: Access, form: TokenForm) -> str:
    values = form.cleaned_data
    ends_at = timezone.now() + timedelta(days=values["days"]) if values["days"] else None
    token, secret = make_token(
        access.user, access.brand, name=values["name"], scopes=values["scopes"], ends_at=ends_at,
        also=form.named_brands(), is_whole=values.get("is_whole", False),
    )  # fmt: skip
    for brand in reach_of(token).defer("logo"):
        audit.record(request, "made_token", brand=brand, thing=token.name)
    return secret


@dataclass(frozen=True)
class TokenLine:
    """A token as the page tells it: its scopes and, of its brands, those the reader may enter.

    `may_close` says that the reader may end it; else it is only taken out of the brand, or, when
    it reaches the whole workspace, left to an owner (`may_take_out`).
    """

    row: ApiToken
    scopes: list[Promise]
    brands: list[str]
    may_close: bool
    may_take_out: bool


def _token_lines(access: Access) -> list[TokenLine]:
    seen = set(brands_of(access.user).values_list("pk", flat=True))
    named = Prefetch("brands", Brand.objects.defer("logo").order_by("name"))
    return [
        TokenLine(
            row, [SCOPE_NAMES[scope] for scope in row.scopes],
            [brand.name for brand in row.brands.all() if brand.pk in seen],
            _may_close(access, row), may_take_out=not row.is_whole,
        )
        for row in tokens_of(access.brand).select_related("user").prefetch_related(named)
    ]  # fmt: skip


def _may_close(access: Access, token: ApiToken) -> bool:
    """True for the maker, an owner, and who manages every brand the token reaches."""
    if token.user_id == access.user.pk or owns(access.user, token.workspace_id):
        return True
    able = {b.pk for b in brands_with(access.user, "manage", token.workspace_id)}
    return not token.is_whole and {b.pk for b in reach_of(token)} <= able


@page("manage")
@require_POST
def revoke_token(request: HttpRequest, access: Access, token: int) -> HttpResponse:
    """Make an API token useless, or useless for this brand where others have a say in it too."""
    row = get_object_or_404(tokens_of(access.brand), pk=token)
    brands = [access.brand]
    if _may_close(access, row):
        brands = list(reach_of(row).defer("logo"))
        close_token(row)
        said = _("The token no longer works.")
    elif row.is_whole:
        raise Http404
    else:
        take_brand_out(access.brand, ApiToken.objects.filter(pk=row.pk))
        said = _("The token no longer reaches this brand.")
    for brand in brands:
        audit.record(request, "closed_token", brand=brand, thing=row.name)
    messages.success(request, said)
    return redirect("accounts:tokens", access.brand.slug)


def close_invitation(request: HttpRequest, access: Access, invitation: Invitation) -> None:
    """Withdraw an open invitation."""
    invitation.closed_at = timezone.now()
    invitation.save(update_fields=["closed_at"])
    audit.record(request, "closed_invitation", brand=access.brand, thing=invitation.email)


def set_roles(request: HttpRequest, access: Access, member: Member, roles: list[str]) -> None:
    """Give a member exactly these roles; raises UserError when nobody could manage the brand."""
    before = member.sorted_roles
    change_roles(member, roles)
    audit.record(
        request, "changed_roles", brand=access.brand, thing=member.user.email, before=before,
        after=member.sorted_roles,
    )  # fmt: skip


def take_out(request: HttpRequest, access: Access, member: Member) -> None:
    """Take a member out of the brand; raises UserError when nobody could manage it any more."""
    remove_member(member)
    audit.record(request, "removed_member", brand=access.brand, thing=member.user.email)


def open_of(brand: Brand) -> QuerySet[Invitation]:
    """Return the open invitations of a brand, the latest first."""
    return open_invitations().filter(brand=brand).order_by("-made_at")


def _member(access: Access, member: int) -> Member:
    rows = Member.objects.select_related("user", "brand")
    return get_object_or_404(rows, pk=member, brand=access.brand)


def _names(roles: list[str]) -> list[object]:
    return [ROLE_NAMES[role] for role in roles if role in ROLE_NAMES]
