"""Signing in with a company account: OpenID Connect, code flow with PKCE.

The ID token is checked whole (OpenID Connect Core 3.1.3.7): signature by a published key of the
provider, issuer, audience, nonce and times. Keys are kept for an hour, and read again when a token
names one that is not among them, since providers change theirs.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
from django.conf import settings
from django.core.cache import cache

from tolok.base import SourceError, Text

from .oidc_keys import Forged, UnknownKey, open_token, read_keys

_TIMEOUT = 10.0
_LEEWAY = 60
_KEYS, _KEEP = "oidc-keys:", 60 * 60


@dataclass(frozen=True)
class Claims:
    """What the provider says of a person."""

    subject: str
    email: str
    name: str


def is_configured() -> bool:
    """True when an issuer and a client are set."""
    return bool(settings.OIDC_ISSUER and settings.OIDC_CLIENT_ID)


def begin(redirect_uri: str) -> tuple[str, dict[str, str]]:
    """Return the provider's address to go to, and what must be remembered until the return."""
    memory = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    challenge = hashlib.sha256(memory["verifier"].encode()).digest()
    query = {
        "response_type": "code",
        "client_id": settings.OIDC_CLIENT_ID,
        "redirect_uri": redirect_uri,
        "scope": "openid email profile",
        "state": memory["state"],
        "nonce": memory["nonce"],
        "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    return f"{_discover()['authorization_endpoint']}?{urlencode(query)}", memory


def complete(code: str, state: str, *, memory: dict[str, str], redirect_uri: str) -> Claims:
    """Trade the code for the person's claims; raises SourceError for anything out of order."""
    if not code or not secrets.compare_digest(state, memory.get("state", "")):
        raise _refuse()
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "client_id": settings.OIDC_CLIENT_ID,
        "client_secret": settings.OIDC_CLIENT_SECRET,
        "code_verifier": memory["verifier"],
    }
    found = _discover()
    answer = _ask("POST", found["token_endpoint"], data=form)
    claims = _open(str(answer.get("id_token", "")), str(found["jwks_uri"]))
    return _check(claims, memory["nonce"])


def _open(token: str, address: str) -> dict[str, Any]:
    """Return the claims of a token signed by the provider; its keys are read anew once."""
    kept = cache.get(f"{_KEYS}{address}")
    for known in (kept, None):
        if known is None:
            told = _ask("GET", address)
            cache.set(f"{_KEYS}{address}", told, _KEEP)
        else:
            told = known
        try:
            return open_token(token, read_keys(told))
        except UnknownKey:
            if known is None:
                break
        except Forged:
            break
    raise _refuse()


def _check(claims: dict[str, Any], nonce: str) -> Claims:
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    now = time.time()
    is_sound = (
        str(claims.get("iss", "")).rstrip("/") == settings.OIDC_ISSUER
        and settings.OIDC_CLIENT_ID in audiences
        and (len(audiences) == 1 or claims.get("azp") == settings.OIDC_CLIENT_ID)
        and secrets.compare_digest(str(claims.get("nonce", "")), nonce)
        and _moment(claims.get("exp")) > now - _LEEWAY
        and _moment(claims.get("iat")) < now + _LEEWAY
        and _moment(claims.get("nbf", 0)) < now + _LEEWAY
        and isinstance(claims.get("sub"), str)
        and bool(claims["sub"])
    )
    if not is_sound:
        raise _refuse()
    # An address the provider has not proved must not open somebody else's account.
    email = str(claims.get("email", "")).lower() if claims.get("email_verified") is True else ""
    return Claims(subject=str(claims["sub"]), email=email, name=str(claims.get("name", "")))


def _moment(told: object) -> float:
    """Return a moment of a token in seconds; one that fails every comparison when it is none."""
    is_number = isinstance(told, int | float) and not isinstance(told, bool)
    return float(told) if is_number else float("nan")  # type: ignore[arg-type]


def _discover() -> dict[str, Any]:
    found = _ask("GET", f"{settings.OIDC_ISSUER}/.well-known/openid-configuration")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        _demand_tls(str(found.get(name, "")))
    if str(found.get("issuer", "")).rstrip("/") != settings.OIDC_ISSUER:
        raise _refuse()
    return found


def _demand_tls(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "localhost"}:
        raise _refuse()


def _ask(method: str, url: str, **values: Any) -> dict[str, Any]:
    _demand_tls(url)
    try:
        answer = httpx.request(method, url, timeout=_TIMEOUT, follow_redirects=False, **values)
        answer.raise_for_status()
        found = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise _refuse(retry=True) from error
    if not isinstance(found, dict):
        raise _refuse()
    return found


def _refuse(*, retry: bool = False) -> SourceError:
    return SourceError(
        Text(
            "Your company account could not be confirmed.",
            "Akun perusahaan Anda tidak bisa dipastikan.",
        ),
        Text(
            "Try again from the sign-in page, or sign in with your password.",
            "Coba lagi dari halaman masuk, atau masuk dengan kata sandi.",
        ),
        retry=retry,
    )
