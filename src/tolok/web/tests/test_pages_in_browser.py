"""The pages of the ground in a real browser: both languages, both themes, phone and wide."""

from __future__ import annotations

from typing import Any

import pytest

from tolok.web.accounts.models import Brand, User
from tolok.web.tests.browser import NARROW, WIDE, find_barriers, is_too_wide, shoot, visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIGNED_IN = {
    "gallery": "/b/kopi/gallery/",
    "settings": "/b/kopi/settings/",
    "people": "/b/kopi/settings/people/",
    "audit": "/b/kopi/settings/audit/",
    "tokens": "/b/kopi/settings/tokens/",
    "delete": "/b/kopi/settings/delete/",
    "profile": "/me/",
    "security": "/me/security/",
    "factor": "/me/security/on/",
    "new-brand": "/brands/new/",
    "home": "/b/kopi/gallery/fail/empty/",
    "error-user": "/b/kopi/gallery/fail/user/",
    "error-404": "/b/nowhere/",
}
OPEN = {"sign-in": "/sign-in/", "no-invitation": "/invitation/wrong/"}
LOOKS = [
    ("en", "light", WIDE),
    ("id", "dark", WIDE),
    ("id", "light", NARROW),
    ("en", "dark", NARROW),
]


@pytest.mark.parametrize(("language", "theme", "size"), LOOKS)
def test_no_page_has_a_barrier_or_scrolls_sideways(
    chromium: Any, live_server: Any, brand: Brand, alice: User, language: str, theme: str, size: Any
) -> None:
    look = {"language": language, "theme": theme, "size": size}
    with visit(chromium, live_server.url, **look) as page:
        walk(page, OPEN, look)
    with visit(chromium, live_server.url, user=alice, **look) as page:
        walk(page, SIGNED_IN, look)


def walk(page: Any, pages: dict[str, str], look: dict[str, Any]) -> None:
    found: list[str] = []
    for name, path in pages.items():
        page.goto(path)
        shoot(page, f"{name}-{look['language']}-{look['theme']}-{look['size']['width']}")
        found += [f"{name}: {line}" for line in find_barriers(page)]
        found += [f"{name}: scrolls sideways"] if is_too_wide(page) else []
        assert page.locator("html").get_attribute("lang") == look["language"], name
    assert not found, "\n".join(found)
