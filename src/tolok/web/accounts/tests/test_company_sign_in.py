"""Signing in with a company account against a provider that follows the book, or does not."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.conf import settings
from django.test import Client

from tolok.web.accounts.models import Brand, User

pytestmark = pytest.mark.django_db
ISSUER = "https://id.example.com"


class Provider:
    """An OpenID provider that remembers the challenge and hands out one token."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.challenge = ""
        self.was_pkce_right = False

    def answer(self, method: str, url: str, **more: Any) -> httpx.Response:
        request = httpx.Request(method, url)
        if url.endswith("/.well-known/openid-configuration"):
            found = {
                "issuer": ISSUER,
                "authorization_endpoint": f"{ISSUER}/authorize",
                "token_endpoint": f"{ISSUER}/token",
            }
            return httpx.Response(200, json=found, request=request)
        verifier = more["data"]["code_verifier"].encode()
        made = base64.urlsafe_b64encode(hashlib.sha256(verifier).digest()).rstrip(b"=").decode()
        self.was_pkce_right = made == self.challenge
        body = base64.urlsafe_b64encode(json.dumps(self.claims).encode()).rstrip(b"=").decode()
        return httpx.Response(200, json={"id_token": f"e30.{body}.sig"}, request=request)


@pytest.fixture
def provider(monkeypatch: Any) -> Provider:
    made = Provider()
    monkeypatch.setattr(settings, "OIDC_ISSUER", ISSUER)
    monkeypatch.setattr(settings, "OIDC_CLIENT_ID", "tolok")
    monkeypatch.setattr(httpx, "request", made.answer)
    return made


def begin(client: Client, provider: Provider, **claims: Any) -> str:
    address = client.get("/sign-in/company/?next=/b/kopi/")["Location"]
    query = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
    assert address.startswith(f"{ISSUER}/authorize?")
    provider.challenge = query["code_challenge"]
    now = time.time()
    provider.claims = {
        "iss": ISSUER,
        "aud": "tolok",
        "sub": "u-1",
        "nonce": query["nonce"],
        "iat": now,
        "exp": now + 300,
        "email": "alice@example.com",
        "email_verified": True,
    } | claims
    return query["state"]


def test_a_member_comes_in_and_is_known_by_subject_afterwards(
    provider: Provider, brand: Brand, alice: User
) -> None:
    client = Client()
    state = begin(client, provider)
    answer = client.get("/sign-in/company/back/", {"code": "c", "state": state})
    assert (answer.status_code, answer["Location"]) == (302, "/b/kopi/")
    assert provider.was_pkce_right
    alice.refresh_from_db()
    assert alice.oidc_subject == "u-1"
    again = Client()
    state = begin(again, provider, email="renamed@example.com")
    assert again.get("/sign-in/company/back/", {"code": "c", "state": state}).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"aud": ["tolok", "another"]},
        {"nonce": "another"},
        {"exp": 1},
        {"iat": 9e12},
        {"sub": ""},
    ],
)
def test_a_token_out_of_order_opens_nothing(
    provider: Provider, brand: Brand, wrong: dict[str, Any]
) -> None:
    client = Client()
    state = begin(client, provider, **wrong)
    assert client.get("/sign-in/company/back/", {"code": "c", "state": state}).status_code == 502
    assert client.get("/b/kopi/settings/").status_code == 302


def test_a_foreign_state_opens_nothing(provider: Provider, brand: Brand) -> None:
    client = Client()
    begin(client, provider)
    assert client.get("/sign-in/company/back/", {"code": "c", "state": "x"}).status_code == 502
    assert Client().get("/sign-in/company/back/", {"code": "c", "state": "x"}).status_code == 404


@pytest.mark.parametrize("claims", [{"email": "new@example.com"}, {"email_verified": False}])
def test_who_was_not_invited_or_not_proved_stays_out(
    provider: Provider, brand: Brand, claims: dict[str, Any]
) -> None:
    client = Client()
    state = begin(client, provider, **claims)
    assert client.get("/sign-in/company/back/", {"code": "c", "state": state}).status_code == 400
    assert User.objects.count() == 1
