"""The second factor: codes from a phone, and recovery codes for when it is lost."""

from __future__ import annotations

import io
import secrets
from datetime import timedelta

import pyotp
import segno
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from .models import RecoveryCode, User
from .secrets import digest

_PERIOD = 30
_MISSES = 5
_LOCK = timedelta(minutes=15)
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def draw_qr(secret: str, email: str) -> bytes:
    """Return the QR code of a new secret as SVG."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name="Tolok")
    out = io.BytesIO()
    segno.make(uri, error="m").save(out, kind="svg", scale=5, border=2, light="#fff", dark="#111")
    return out.getvalue()


def matching_step(secret: str, code: str) -> int | None:
    """Return the time step (number of half minutes) whose code this is, one step of drift allowed."""
    now = int(timezone.now().timestamp()) // _PERIOD
    totp = pyotp.TOTP(secret)
    typed = "".join(code.split())
    for step in (now, now - 1, now + 1):
        if secrets.compare_digest(totp.at(step * _PERIOD).encode(), typed.encode()):
            return step
    return None


def is_locked(user: User) -> bool:
    """True after too many wrong codes, for a quarter of an hour."""
    return bool(user.totp_locked_until and user.totp_locked_until > timezone.now())


def accept(user: User, code: str) -> bool:
    """True when the code is right, and was never used before; counts wrong ones."""
    if is_locked(user):
        return False
    step = matching_step(user.totp_secret, code)
    if step is not None and _use_step(user, step):
        return True
    if _use_recovery(user, code):
        return True
    _count_miss(user)
    return False


def turn_on(user: User, secret: str) -> list[str]:
    """Keep the secret, and return ten recovery codes, shown this once."""
    codes = [
        "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(2))
        for _ in range(10)
    ]
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(totp_secret=secret, totp_misses=0, totp_last=0)
        user.recovery_codes.all().delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=digest(c)) for c in codes)
    return codes


def turn_off(user: User) -> None:
    """Forget the secret and the recovery codes."""
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(totp_secret="", totp_last=0)
        user.recovery_codes.all().delete()


def _use_step(user: User, step: int) -> bool:
    # One UPDATE, so that a code seen by somebody else cannot be used a second time.
    fresh = User.objects.filter(pk=user.pk, totp_last__lt=step)
    return bool(fresh.update(totp_last=step, totp_misses=0, totp_locked_until=None))


def _use_recovery(user: User, code: str) -> bool:
    mine = user.recovery_codes.filter(digest=digest(code.strip().lower()), used_at=None)
    return bool(mine.update(used_at=timezone.now()))


def _count_miss(user: User) -> None:
    me = User.objects.filter(pk=user.pk)
    me.update(totp_misses=F("totp_misses") + 1)
    me.filter(Q(totp_misses__gte=_MISSES)).update(
        totp_misses=0, totp_locked_until=timezone.now() + _LOCK
    )
