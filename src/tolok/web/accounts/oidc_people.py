"""Whose account a company sign-in opens."""

from __future__ import annotations

from tolok.base import Text, UserError

from .models import User
from .oidc import Claims


def person_of(claims: Claims) -> User:
    """Return the person of the claims, by subject, else by a proved address.

    Nobody is let in who was not invited: raises UserError for an unknown person.
    """
    user = User.objects.filter(oidc_subject=claims.subject, is_active=True).first()
    if user is not None:
        return user
    user = User.objects.filter(email=claims.email, is_active=True).first() if claims.email else None
    if user is None or user.oidc_subject:
        raise UserError(
            Text(
                "There is no member with your company account yet.",
                "Belum ada anggota dengan akun perusahaan Anda.",
            ),
            Text(
                "Ask an administrator to invite your e-mail address.",
                "Minta administrator mengundang alamat e-mail Anda.",
            ),
        )
    User.objects.filter(pk=user.pk).update(
        oidc_subject=claims.subject, name=user.name or claims.name[:120]
    )
    return user
