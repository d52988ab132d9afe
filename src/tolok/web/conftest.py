# ruff: noqa: E402, S105, ARG001 - the settings must be named before Django is loaded
"""Django and the cast for all tests of the web.

Alice owns the workspace Kopi with the brands kopi and teh; Bob is a member of kopi with one role;
Charlie owns another workspace with the brand batik.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tolok.web.tests.settings")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright runs a loop in this thread

import django

django.setup()

from django.test import Client

from tolok.kpi import write_kpis
from tolok.web.accounts.facts import workspace_of
from tolok.web.accounts.models import Brand, Member, User
from tolok.web.accounts.start import make_brand, make_workspace
from tolok.web.accounts.tokens import make_token
from tolok.web.api.rate import calls_file
from tolok.web.tests.browser import find_chromium, open_browser
from tolok.web.tests.language import find_english_words

PASSWORD = "kopi tubruk manis"


@pytest.fixture(autouse=True)
def first_call() -> None:
    """Nobody has called the API yet; people of different tests have the same numbers."""
    calls_file().unlink(missing_ok=True)


@pytest.fixture
def alice(db: Any) -> User:
    """The owner of the workspace."""
    return User.objects.create_user(
        "alice@example.com", PASSWORD, name="Alice Wijaya", language="en"
    )


@pytest.fixture
def brand(alice: User) -> Brand:
    """Alice's brand."""
    return make_brand(make_workspace("Kopi", alice), "Kopi Senja", slug="kopi", maker=alice)


@pytest.fixture
def other_brand(brand: Brand) -> Brand:
    """Another brand of the same workspace."""
    return make_brand(brand.workspace, "Teh Pagi", slug="teh")


@pytest.fixture
def charlie(db: Any) -> User:
    """The owner of another workspace."""
    user = User.objects.create_user("charlie@example.com", PASSWORD, name="Charlie", language="en")
    make_brand(make_workspace("Batik", user), "Batik Sore", slug="batik", maker=user)
    return user


@pytest.fixture
def hire(brand: Brand) -> Callable[..., User]:
    """Make a member of the brand with roles."""

    def make(*roles: str, email: str = "") -> User:
        address = email or f"{roles[0]}@example.com"
        user = User.objects.create_user(address, PASSWORD, name="Bob Santoso", language="en")
        Member.objects.create(brand=brand, user=user, roles=list(roles))
        return user

    return make


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """A test client in which the person is signed in."""

    def enter(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


@pytest.fixture
def ask(brand: Brand, alice: User) -> Callable[..., Any]:
    """Ask the API with a token of Alice's for the brand, of some scopes; it has no KPIs yet."""
    write_kpis(workspace_of(brand).kpi_file(brand.slug), [])

    def call(
        method: str, path: str, body: Any = None, *,
        scopes: Any = ("read", "write", "plan", "manage"), **headers: str,
    ) -> Any:  # fmt: skip
        _token, secret = make_token(alice, brand, name="t", scopes=scopes)
        data = "" if body is None else json.dumps(body)
        return Client(enforce_csrf_checks=True).generic(
            method, f"/api/v1/{path}", data, content_type="application/json",
            headers={"Authorization": f"Bearer {secret}", **headers},
        )  # fmt: skip

    return call


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A running Chromium; tests that ask for it are skipped where there is none."""
    if find_chromium() is None:
        pytest.skip("Chromium is missing: apt-get install chromium")
    with open_browser() as browser:
        yield browser


@pytest.fixture
def find_english() -> Callable[[str], list[str]]:
    """Return what of a page is English: words of ours that have others, and stray small words."""
    return find_english_words
