"""What every address of the URL map keeps: forms need their token, strangers find nothing, no page
runs words of its own; and no secret stands in the log or in the repository."""

from __future__ import annotations

import io
import logging
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as told
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils.log import configure_logging

from tolok.web.accounts.models import Brand, User
from tolok.web.accounts.rights import RIGHTS
from tolok.web.accounts.tokens import make_token
from tolok.web.quiet import HideSecrets, hide_secrets
from tolok.web.share.links import make_link
from tolok.web.tests.walls import Wall, collect_walls

pytestmark = pytest.mark.django_db
WALLS = collect_walls()
OF_A_BRAND = [name for name, wall in WALLS.items() if wall.right in RIGHTS]
# A machine opens these, which has no form of ours: it signs what it sends, or only reads.
READ_ONLY = {"shell:healthz", "shell:robots"}
FORMS = [
    name for name, wall in WALLS.items() if wall.right != "hidden" and name not in READ_ONLY
]  # fmt: skip
REPOSITORY = Path(__file__).parents[4]
SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----\n[A-Za-z0-9+/]"
    r"|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bxox[abprs]-[A-Za-z0-9-]{20,}"
    r"|\bsk_live_[A-Za-z0-9]{16,}|\btlk_[A-Za-z0-9_-]{43}\b|\bAIza[A-Za-z0-9_-]{35}\b"
    r"|hooks\.slack\.com/services/T[A-Z0-9]{8,}/B[A-Z0-9]{8,}/[A-Za-z0-9]{20,}"
    r"|\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}"
)


@contextmanager
def for_a_moment() -> Iterator[None]:
    """What is made inside is gone after, so that each address begins with the same brand."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def address_of(name: str, wall: Wall, brand: Brand) -> str:
    names = wall.args(brand)
    try:
        return reverse(name, kwargs={"brand": brand.slug, **names})
    except NoReverseMatch:
        return reverse(name, kwargs=names)


def test_no_other_site_can_make_a_browser_send_a_form(
    hire: Callable[..., User], brand: Brand
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(hire("administrator"), backend="django.contrib.auth.backends.ModelBackend")
    taken = {}
    for name in FORMS:
        wall = WALLS[name]
        method = "POST" if wall.method == "GET" else wall.method
        with for_a_moment():
            answer = client.generic(
                method, address_of(name, wall, brand), b"a=b", "application/x-www-form-urlencoded",
                headers={"Origin": "https://evil.example"},
            )  # fmt: skip
        if answer.status_code not in (403, 405):  # 405: the address takes nothing at all
            taken[name] = answer.status_code
    assert taken == {}
    assert len(FORMS) > 100


def test_a_stranger_finds_nothing_by_either_method(
    charlie: User, brand: Brand, sign_in: Any
) -> None:
    stranger, told = sign_in(charlie), {}
    for name in OF_A_BRAND:
        with for_a_moment():
            address = address_of(name, WALLS[name], brand)
            answers = {m: stranger.generic(m, address).status_code for m in ("GET", "POST")}
        for method, status in answers.items():
            # Operations of programs say by which method they go before they say whose they are.
            if status != 404 and not (status == 405 and name.startswith("api_open:")):
                told[name, method] = status
    assert told == {}


class Own(HTMLParser):
    """Finds what a page would run or draw by words of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {key: value or "" for key, value in attrs}
        self.found += [f"{tag} {key}" for key in names if key == "style" or key.startswith("on")]
        if tag == "style" or (
            tag == "script" and "src" not in names and names.get("type") != "application/json"
        ):
            self.found.append(tag)
        for key in ("href", "src", "action", "formaction"):
            if names.get(key, "").strip().lower().startswith(("javascript:", "data:text", "http:")):
                self.found.append(f"{tag} {key}")


def test_no_page_needs_an_unsafe_policy(
    hire: Callable[..., User], brand: Brand, sign_in: Any
) -> None:
    client, found, pages = sign_in(hire("administrator")), {}, 0
    for name in (n for n, w in WALLS.items() if w.method == "GET"):
        with for_a_moment():
            answer = client.get(address_of(name, WALLS[name], brand))
        policy = answer.headers["Content-Security-Policy"]
        if "default-src 'none'" not in policy or "unsafe" in policy or "*" in policy:
            found[name] = [policy]
        is_file = answer.headers.get("Content-Disposition", "").startswith("attachment")
        if answer.headers.get("Content-Type", "").startswith("text/html") and not is_file:
            pages += 1
            page = Own()
            page.feed(answer.content.decode())
            if page.found:
                found[name] = page.found
    assert found == {}
    assert pages > 50


def test_the_search_for_words_of_its_own_finds_them() -> None:
    page = Own()
    page.feed('<p style="x" onclick="y"><script>z</script><style></style><a href=" JavaScript:1">')
    assert page.found == ["p style", "p onclick", "script", "style", "a href"]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that would be written to the log, as the settings say."""
    written = io.StringIO()
    configure_logging(told.LOGGING_CONFIG, told.LOGGING)
    (console,) = logging.getLogger().handlers[-1:]
    assert any(isinstance(one, HideSecrets) for one in console.filters)
    before = console.setStream(written)  # type: ignore[attr-defined]
    yield written
    console.setStream(before)  # type: ignore[attr-defined]


def test_the_log_tells_what_failed_and_no_secret(
    log: io.StringIO, alice: User, brand: Brand, sign_in: Any
) -> None:
    _row, token = make_token(alice, brand, name="bot", scopes=["read"])
    made = make_link(
        brand, alice, kind="scorecard", thing="2026-10", days=1, password="rahasia sekali"
    )
    assert made is not None
    secret, password = made[1], "kata sandi yang salah"
    Client().post("/sign-in/", {"username": "alice@example.com", "password": password})
    Client().get("/api/v1/brands/kopi/nothing", headers={"Authorization": f"Bearer {token}"})
    Client().get(f"/api/v1/brands/{token}", headers={"Authorization": f"Bearer {token}"})
    names = ("share_open:page", "plan_open:ics", "reports_open:read", "accounts:invitation")
    for path in [*(reverse(name, args=[secret]) for name in names), f"/share/{secret}/more/"]:
        Client().get(path)
        Client().post(path, {"password": password})
        Client(enforce_csrf_checks=True).post(path, {"password": password})
    lines = log.getvalue()
    assert "Not Found: /share/…/more/" in lines
    assert "Unprocessable Entity: /share/…/" in lines
    assert "Not Found: /api/v1/brands/kopi/nothing" in lines
    for hidden in (token, secret, password, "rahasia sekali"):
        assert hidden not in lines


def test_only_what_may_be_a_secret_is_hidden() -> None:
    assert hide_secrets("Not Found: /b/kopi-senja/insights/metric/followers/") == (
        "Not Found: /b/kopi-senja/insights/metric/followers/"
    )
    assert hide_secrets(f"/share/{'aB3_-' * 9}/?x=1") == "/share/…/?x=1"


def test_no_secret_stands_in_the_repository() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True)
    if listed.returncode:
        pytest.skip("this is no checkout of the repository")
    found = []
    for name in filter(None, listed.stdout.decode().split("\0")):
        path = REPOSITORY / name
        if path.is_file() and path.stat().st_size < 2_000_000:
            words = path.read_text(encoding="utf-8", errors="ignore")
            found += [f"{name}: {m.group()[:12]}" for m in SECRETS.finditer(words)]
    assert found == []
    names = set(listed.stdout.decode().split("\0"))
    assert not [
        n for n in names if Path(n).name in ("secret.key", ".env", "id_rsa", "tolok.sqlite3")
    ]


@pytest.mark.parametrize(
    "planted",
    [
        "AKIA" + "A" * 16, "ghp_" + "a" * 36, "tlk_" + "b" * 43, "xoxb-" + "1" * 24,
        "-----BEGIN RSA " + "PRIVATE KEY-----\nMII", "sk_live_" + "c" * 20, "AIza" + "d" * 35,
    ],
)  # fmt: skip
def test_the_search_for_secrets_finds_them(planted: str) -> None:
    assert SECRETS.search(f"key = '{planted}'")
