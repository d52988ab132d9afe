"""The reference of the API in a real browser: every size, light and dark, both languages."""

from __future__ import annotations

from typing import Any

import pytest

from tolok.web.accounts.models import Brand, User
from tolok.web.tests.browser import NARROW, WIDE, find_barriers, is_too_wide, shoot, visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AT = "/b/kopi/api/"
LONGEST_ON_A_PHONE = 5_000  # pixels; all operations below one another had over 30,000


@pytest.mark.parametrize(
    ("language", "theme", "size"),
    [("en", "light", WIDE), ("id", "dark", WIDE), ("id", "light", NARROW), ("en", "dark", NARROW)],
    ids=["en-wide", "id-wide-dark", "id-phone", "en-phone-dark"],
)
def test_no_page_of_the_reference_has_a_barrier_or_is_too_wide(
    chromium: Any, live_server: Any, brand: Brand, alice: User,
    language: str, theme: str, size: dict[str, int],
) -> None:  # fmt: skip
    name = f"api-{language}-{theme}-{size['width']}"
    with visit(
        chromium, live_server.url, user=alice, language=language, theme=theme, size=size
    ) as page:
        for address in ("", "kpis/", "imports/#create_import", "?q=logo"):
            page.goto(AT + address)
            shoot(page, f"{name}-{address.split('/')[0].strip('?=')}")
            assert find_barriers(page) == [], address
            assert not is_too_wide(page), address
            height = page.evaluate("document.documentElement.scrollHeight")
            assert address.startswith("imports") or height < LONGEST_ON_A_PHONE, address
        page.goto(f"{AT}people/")
        for summary in page.locator(".api-op > summary").all():
            summary.focus()
            page.keyboard.press("Enter")
        assert page.locator(".api-op[open]").count() == page.locator(".api-op").count()
        assert find_barriers(page) == []
        assert not is_too_wide(page)


def test_a_link_to_an_operation_opens_it_without_scripts(
    chromium: Any, live_server: Any, brand: Brand, alice: User
) -> None:
    with visit(chromium, live_server.url, user=alice) as page:
        page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
        page.goto(f"{AT}imports/#answer_import")
        page.locator("#answer_import").wait_for(state="visible")
        assert page.locator(".api-op[open]").count() == 1
        assert page.locator(".api-op[open] > summary").is_visible()
        page.goto(AT)
        page.locator("#q").fill("logo report")
        page.keyboard.press("Enter")
        page.wait_for_url("**q=logo*")
        assert page.locator(".api-op").count() >= 2


def test_the_search_finds_while_one_types_and_a_call_is_copied(
    chromium: Any, live_server: Any, brand: Brand, alice: User
) -> None:
    with visit(chromium, live_server.url, user=alice) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(AT)
        page.locator("#q").press_sequentially("create_imp")
        page.locator("code", has_text="create_import").first.wait_for(state="attached")
        page.locator(".api-op > summary").click()
        page.locator(".api-op .button").click()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.splitlines()[0].startswith("curl -X POST")
        assert "/api/v1/brands/kopi/imports" in copied
        assert '-F "file=@export.csv"' in copied
