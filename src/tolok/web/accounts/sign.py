"""Pages for coming in and going out."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from . import audit, oidc
from .access import brands_of
from .factor import accept, is_locked
from .forms import CodeForm, NewPersonForm, SignInForm, SignUpForm
from .invitations import accept_invitation, find_invitation
from .models import Device, Invitation, User
from .oidc_people import person_of
from .start import LOCAL_EMAIL, make_workspace

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_PENDING_LIFE = 10 * 60


def may_sign_up() -> bool:
    """True when anybody may open a workspace, or nobody has yet."""
    return settings.TOLOK_SIGN_UP or not User.objects.exclude(email=LOCAL_EMAIL).exists()


@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for e-mail and password, then for a code where the person has a second factor."""
    target = _target(request)
    if request.user.is_authenticated:
        return redirect(target)
    if may_sign_up() and not User.objects.exists():
        return redirect("accounts:sign_up")
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email, password = form.cleaned_data["email"].lower(), form.cleaned_data["password"]
        user = authenticate(request, username=email, password=password)
        if isinstance(user, User):
            return _enter(request, user, target)
        form.add_error(None, _("E-mail and password do not fit together."))
    about = {"form": form, "next": request.GET.get("next", ""), "may_sign_up": may_sign_up()}
    about |= {"oidc": settings.OIDC_NAME if oidc.is_configured() else ""}
    return render(request, "accounts/sign_in.html", about, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters("code")
def give_code(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor of the person whose password was right a moment ago."""
    user = _pending(request)
    if user is None:
        return redirect("accounts:sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if accept(user, form.cleaned_data["code"]):
            target = request.session.pop("pending", {}).get("next") or "/"
            return _let_in(request, user, target)
        user.refresh_from_db()
        message = (
            _("Too many wrong codes. Wait a quarter of an hour, then try again.")
            if is_locked(user)
            else _("This code is not right, or was used already.")
        )
        form.add_error("code", message)
    status = 422 if form.errors else 200
    return render(request, "accounts/give_code.html", {"form": form}, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session of this browser."""
    if isinstance(request.user, User):
        audit.record(request, "signed_out")
        Device.objects.filter(session_key=request.session.session_key or "").delete()
    logout(request)
    response = redirect("accounts:sign_in")
    if settings.TOLOK_LOCAL:
        response.set_cookie("tolok_signed_out", "1", httponly=True, samesite="Lax")
    return response


@never_cache
@sensitive_post_parameters("password")
def sign_up(request: HttpRequest) -> HttpResponse:
    """Make the first person of a team with their workspace."""
    if not may_sign_up():
        raise Http404
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        user = User.objects.create_user(
            values["email"], values["password"], name=values["name"], language=_language(request)
        )
        make_workspace(values["workspace"], user)
        return _let_in(request, user, reverse("accounts:new_brand"))
    status = 422 if form.errors else 200
    return render(request, "accounts/sign_up.html", {"form": form}, status=status)


@never_cache
@sensitive_post_parameters("password")
def take_invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Let an invited person join: with one click when signed in, else with a new account."""
    invitation = find_invitation(secret)
    if invitation is None:
        return render(request, "accounts/no_invitation.html", status=404)
    me = request.user if isinstance(request.user, User) else None
    if me is not None and me.email == invitation.email:
        return _join_as(request, invitation, me)
    known = User.objects.filter(email=invitation.email).exists()
    form = NewPersonForm(request.POST or None, email=invitation.email)
    is_new = me is None and not known
    if is_new and request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        user = User.objects.create_user(
            invitation.email, values["password"], name=values["name"], language=_language(request)
        )
        accept_invitation(invitation, user)
        audit.record(request, "joined", brand=invitation.brand, thing=user.email)
        return _let_in(request, user, _home(invitation))
    about = {"invitation": invitation, "form": form, "known": known, "other": me}
    return render(
        request, "accounts/invitation.html", about, status=422 if is_new and form.errors else 200
    )


def _join_as(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    if request.method != "POST":
        about = {"invitation": invitation, "mine": True}
        return render(request, "accounts/invitation.html", about)
    accept_invitation(invitation, user)
    audit.record(request, "joined", brand=invitation.brand, thing=user.email)
    return redirect(_home(invitation))


def begin_oidc(request: HttpRequest) -> HttpResponse:
    """Go to the company's sign-in page."""
    if not oidc.is_configured():
        raise Http404
    address, memory = oidc.begin(request.build_absolute_uri(reverse("accounts:oidc_back")))
    request.session["oidc"] = memory | {"next": _target(request)}
    return redirect(address)


@never_cache
def return_oidc(request: HttpRequest) -> HttpResponse:
    """Come back from the company's sign-in page."""
    memory = request.session.pop("oidc", None)
    if not oidc.is_configured() or memory is None:
        raise Http404
    claims = oidc.complete(
        request.GET.get("code", ""),
        request.GET.get("state", ""),
        memory=memory,
        redirect_uri=request.build_absolute_uri(reverse("accounts:oidc_back")),
    )
    return _enter(request, person_of(claims), memory["next"])


def _enter(request: HttpRequest, user: User, target: str) -> HttpResponse:
    if not user.has_second_factor:
        return _let_in(request, user, target)
    request.session.cycle_key()
    request.session["pending"] = {"user": user.pk, "at": time.time(), "next": target}
    return redirect("accounts:give_code")


def _pending(request: HttpRequest) -> User | None:
    pending: dict[str, Any] = request.session.get("pending") or {}
    if time.time() - pending.get("at", 0) > _PENDING_LIFE:
        return None
    return User.objects.filter(pk=pending.get("user"), is_active=True).first()


def _let_in(request: HttpRequest, user: User, target: str) -> HttpResponse:
    login(request, user, backend=_BACKEND)
    brand = brands_of(user).first()
    audit.record(request, "signed_in", workspace=brand.workspace if brand else None)
    response = redirect(target)
    response.delete_cookie("tolok_signed_out")
    return response


def _target(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if is_ours else reverse("shell:start")


def _home(invitation: Invitation) -> str:
    return reverse("shell:home", args=[invitation.brand.slug])


def _language(request: HttpRequest) -> str:
    return request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")[:5]
