"""Signing in with a company account against a real provider that follows the book, or attacks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from tolok.web.accounts.models import Brand, User

pytestmark = pytest.mark.django_db
PROGRAM = Path(__file__).with_name("oidc_provider.py")


@pytest.fixture(scope="module")
def running() -> Iterator[str]:
    """The address of a provider in a process of its own."""
    command = [sys.executable, str(PROGRAM)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        process.kill()


@pytest.fixture
def provider(running: str, monkeypatch: Any) -> Iterator[str]:
    cache.clear()
    monkeypatch.setattr(settings, "OIDC_ISSUER", running)
    monkeypatch.setattr(settings, "OIDC_CLIENT_ID", "tolok")
    monkeypatch.setattr(settings, "OIDC_CLIENT_SECRET", "provider secret")
    control(running)
    yield running
    control(running)


def control(provider: str, **told: Any) -> dict[str, Any]:
    """Tell the provider what to do wrong from now on; nothing, when nothing is told."""
    found: dict[str, Any] = httpx.post(f"{provider}/control", json=told).json()
    return found


def go_to_provider(client: Client, provider: str) -> dict[str, str]:
    """Go to the provider as a browser does, and return what it sends back along with."""
    address = client.get("/sign-in/company/?next=/b/kopi/")["Location"]
    assert address.startswith(f"{provider}/authorize?")
    back = httpx.get(address)
    assert back.status_code == 302
    found = httpx.URL(back.headers["Location"])
    assert found.path == "/sign-in/company/back/"
    return dict(found.params)


def sign_in(client: Client, provider: str) -> int:
    """Sign in by way of the provider, and return the last page's status."""
    answer = client.get("/sign-in/company/back/", go_to_provider(client, provider))
    if answer.status_code == 302:
        assert answer["Location"] == "/b/kopi/"
    return answer.status_code


def is_out(client: Client) -> bool:
    return "/sign-in/" in client.get("/b/kopi/settings/").headers.get("Location", "")


def test_a_member_comes_in_and_is_known_by_subject_afterwards(
    provider: str, brand: Brand, alice: User
) -> None:
    client = Client()
    assert sign_in(client, provider) == 302
    assert not is_out(client)
    alice.refresh_from_db()
    assert alice.oidc_subject == "u-1"
    control(provider, claims={"email": "renamed@example.com"})
    assert sign_in(Client(), provider) == 302


@pytest.mark.parametrize("how", ["none", "hs256", "stranger", "torn", "changed", "crit"])
def test_a_token_the_provider_did_not_sign_opens_nothing(
    provider: str, brand: Brand, how: str
) -> None:
    control(provider, how=how)
    client = Client()
    assert sign_in(client, provider) == 502
    assert is_out(client)


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"aud": ["tolok", "another"]},
        {"aud": None},
        {"nonce": "another"},
        {"nonce": ["another"]},
        {"exp": 1},
        {"exp": "never"},
        {"exp": [9e12]},
        {"iat": 9e12},
        {"nbf": 9e12},
        {"sub": ""},
        {"sub": ["u-1"]},
    ],
)
def test_a_token_out_of_order_opens_nothing(
    provider: str, brand: Brand, wrong: dict[str, Any]
) -> None:
    control(provider, claims=wrong)
    client = Client()
    assert sign_in(client, provider) == 502
    assert is_out(client)


def test_a_token_and_a_way_back_serve_once(provider: str, brand: Brand, alice: User) -> None:
    first = Client()
    sent = go_to_provider(first, provider)
    assert first.get("/sign-in/company/back/", sent).status_code == 302
    assert first.get("/sign-in/company/back/", sent).status_code == 404
    control(provider, how="again")  # a true token, of the sign-in before
    client = Client()
    assert sign_in(client, provider) == 502
    assert is_out(client)


def test_a_stolen_code_is_worth_nothing_in_another_browser(provider: str, brand: Brand) -> None:
    sent = go_to_provider(Client(), provider)
    thief = Client()
    mine = go_to_provider(thief, provider)
    assert thief.get("/sign-in/company/back/", sent).status_code == 502
    swapped = Client()
    mine = go_to_provider(swapped, provider)
    assert swapped.get("/sign-in/company/back/", {**mine, "code": sent["code"]}).status_code == 502
    assert is_out(thief)
    assert is_out(swapped)


def test_keys_are_kept_and_read_again_when_the_provider_changes_them(
    provider: str, brand: Brand, alice: User
) -> None:
    before = control(provider)["key_reads"]
    for _ in range(3):
        assert sign_in(Client(), provider) == 302
    assert control(provider)["key_reads"] == before + 1
    assert control(provider, rotate=True)["key_reads"] == before + 1
    for _ in range(2):
        assert sign_in(Client(), provider) == 302
    assert control(provider)["key_reads"] == before + 2


def test_a_foreign_state_opens_nothing(provider: str, brand: Brand) -> None:
    client = Client()
    sent = go_to_provider(client, provider)
    wrong = {**sent, "state": "x"}
    assert client.get("/sign-in/company/back/", wrong).status_code == 502
    assert Client().get("/sign-in/company/back/", wrong).status_code == 404


@pytest.mark.parametrize("claims", [{"email": "new@example.com"}, {"email_verified": False}])
def test_who_was_not_invited_or_not_proved_stays_out(
    provider: str, brand: Brand, claims: dict[str, Any]
) -> None:
    control(provider, claims=claims)
    assert sign_in(Client(), provider) == 400
    assert User.objects.count() == 1
