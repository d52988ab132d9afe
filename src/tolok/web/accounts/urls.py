"""Addresses of people and brands."""

from __future__ import annotations

from django.urls import path

from . import brand, me, sign, team

app_name = "accounts"
_B = "b/<slug:brand>/"

urlpatterns = [
    path("sign-in/", sign.sign_in, name="sign_in"),
    path("sign-in/code/", sign.give_code, name="give_code"),
    path("sign-in/company/", sign.begin_oidc, name="oidc"),
    path("sign-in/company/back/", sign.return_oidc, name="oidc_back"),
    path("sign-out/", sign.sign_out, name="sign_out"),
    path("sign-up/", sign.sign_up, name="sign_up"),
    path("invitation/<str:secret>/", sign.take_invitation, name="invitation"),
    path("me/", me.show_profile, name="profile"),
    path("me/password/", me.change_password, name="password"),
    path("me/security/", me.show_security, name="security"),
    path("me/security/on/", me.turn_on_factor, name="factor_on"),
    path("me/security/on/qr.svg", me.show_qr, name="factor_qr"),
    path("me/security/off/", me.turn_off_factor, name="factor_off"),
    path("me/devices/<int:device>/revoke/", me.revoke_device, name="revoke_device"),
    path("me/devices/revoke/", me.revoke_devices, name="revoke_devices"),
    path("brands/new/", brand.make, name="new_brand"),
    path(f"{_B}settings/", brand.show_settings, name="settings"),
    path(f"{_B}settings/logo", brand.show_logo, name="logo"),
    path(f"{_B}settings/export/", brand.export, name="export"),
    path(f"{_B}settings/delete/", brand.delete, name="delete"),
    path(f"{_B}settings/audit/", brand.show_audit, name="audit"),
    path(f"{_B}settings/people/", team.show_people, name="people"),
    path(f"{_B}settings/people/<int:member>/", team.edit_member, name="member"),
    path(f"{_B}settings/people/<int:member>/remove/", team.remove, name="remove_member"),
    path(
        f"{_B}settings/invitations/<int:invitation>/withdraw/",
        team.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path(f"{_B}settings/tokens/", team.show_tokens, name="tokens"),
    path(f"{_B}settings/tokens/<int:token>/revoke/", team.revoke_token, name="revoke_token"),
]
