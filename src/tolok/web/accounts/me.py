"""Pages about oneself: name, language, password, second factor, devices."""

from __future__ import annotations

import pyotp
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from . import audit, factor
from .access import signed_in
from .devices import describe_agent, revoke, revoke_others
from .forms import CodeForm, PasswordForm, ProfileForm
from .models import User


def _me(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the gate saw to it
    return request.user


@signed_in
def show_profile(request: HttpRequest) -> HttpResponse:
    """Show and change one's name, language, appearance and shortcuts."""
    form = ProfileForm(request.POST or None, instance=_me(request))
    if request.method == "POST" and form.is_valid():
        user = form.save()
        with override(user.language or None):
            messages.success(request, _("Saved."))
        response = redirect("accounts:profile")
        if user.language:
            _keep_language(response, user.language)
        return response
    return _render(request, "accounts/profile.html", {"form": form, "tab": "profile"})


def _keep_language(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )


@signed_in
@sensitive_post_parameters()
def change_password(request: HttpRequest) -> HttpResponse:
    """Change the password, and sign out every other browser."""
    user = _me(request)
    form = PasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        user.set_password(form.cleaned_data["password"])
        user.save(update_fields=["password"])
        revoke_others(user, request.session.session_key)
        update_session_auth_hash(request, user)
        request.session.pop("seen", None)
        audit.record(request, "changed_password")
        messages.success(request, _("Your password is changed. Other devices are signed out."))
        return redirect("accounts:security")
    return _render(request, "accounts/password.html", {"form": form, "tab": "security"})


@signed_in
@never_cache
def show_security(request: HttpRequest) -> HttpResponse:
    """Show password, second factor and devices."""
    user = _me(request)
    devices = [
        {"row": row, "name": describe_agent(row.agent), "is_this": _is_this(request, row)}
        for row in user.devices.order_by("-seen_at")
    ]
    left = user.recovery_codes.filter(used_at=None).count()
    about = {"devices": devices, "codes_left": left, "tab": "security"}
    return _render(request, "accounts/security.html", about)


def _is_this(request: HttpRequest, device: object) -> bool:
    return getattr(device, "session_key", None) == request.session.session_key


@signed_in
@never_cache
@sensitive_post_parameters("code")
def turn_on_factor(request: HttpRequest) -> HttpResponse:
    """Show a QR code, and turn the second factor on when a code of it is typed."""
    user = _me(request)
    if user.has_second_factor:
        return redirect("accounts:security")
    secret = request.session.setdefault("new_totp", pyotp.random_base32())
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if factor.matching_step(secret, form.cleaned_data["code"]) is not None:
            codes = factor.turn_on(user, request.session.pop("new_totp"))
            audit.record(request, "turned_on_second_factor")
            return _render(request, "accounts/recovery_codes.html", {"codes": codes})
        form.add_error("code", _("This code is not right. Check the clock of your phone."))
    grouped = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    about = {"form": form, "secret": grouped, "tab": "security"}
    return _render(request, "accounts/factor.html", about)


@signed_in
@never_cache
def show_qr(request: HttpRequest) -> HttpResponse:
    """Send the QR code of the secret that is about to be turned on."""
    secret = request.session.get("new_totp")
    if not secret:
        raise Http404
    return HttpResponse(factor.draw_qr(secret, _me(request).email), content_type="image/svg+xml")


@signed_in
@sensitive_post_parameters("code")
def turn_off_factor(request: HttpRequest) -> HttpResponse:
    """Turn the second factor off, after a last code."""
    user = _me(request)
    if not user.has_second_factor:
        return redirect("accounts:security")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if factor.accept(user, form.cleaned_data["code"]):
            factor.turn_off(user)
            audit.record(request, "turned_off_second_factor")
            messages.success(request, _("The second factor is off."))
            return redirect("accounts:security")
        form.add_error("code", _("This code is not right, or was used already."))
    return _render(request, "accounts/factor_off.html", {"form": form, "tab": "security"})


@signed_in
@require_POST
def revoke_device(request: HttpRequest, device: int) -> HttpResponse:
    """Sign one browser out."""
    row = get_object_or_404(_me(request).devices, pk=device)
    name = describe_agent(row.agent)
    revoke(row)
    audit.record(request, "revoked_device", thing=name)
    messages.success(request, _("%(device)s is signed out.") % {"device": name})
    return redirect("accounts:security")


@signed_in
@require_POST
def revoke_devices(request: HttpRequest) -> HttpResponse:
    """Sign out every browser but this one."""
    count = revoke_others(_me(request), request.session.session_key)
    audit.record(request, "revoked_device", count=count)
    messages.success(request, _("All other devices are signed out."))
    return redirect("accounts:security")


def _render(request: HttpRequest, template: str, about: dict[str, object]) -> HttpResponse:
    form = about.get("form")
    status = 422 if form is not None and getattr(form, "errors", None) else 200
    return render(request, template, about, status=status)
