"""The chart in a real browser: asked by mouse, touch and keys, layers hidden, table, no script."""

from __future__ import annotations

from typing import Any

import pytest

from tolok.web.accounts.models import Brand, User
from tolok.web.insights.models import Note
from tolok.web.tests.browser import (
    NARROW,
    WIDE,
    find_barriers,
    is_too_wide,
    shoot,
    sign_in,
    visit,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/b/kopi/insights/metric/views/?period=2026-10&platform=tiktok"


@pytest.mark.parametrize(
    ("language", "theme", "size"), [("en", "light", WIDE), ("id", "dark", NARROW)]
)
def test_a_chart_answers_to_keys_and_mouse_and_hides_its_layers(
    chromium: Any, live_server: Any, days: Brand, alice: User, language: str, theme: str, size: Any
) -> None:
    Note.objects.create(brand=days, day="2026-09-10", text="Menu baru", made_by=alice)
    look = {"language": language, "theme": theme, "size": size}
    with visit(chromium, live_server.url, user=alice, **look) as page:
        page.goto(PAGE, timeout=60_000)  # the first drawing of a cold engine
        probe = page.get_by_role("slider")
        probe.focus()
        page.keyboard.press("ArrowLeft")
        said = probe.get_attribute("aria-valuetext")
        assert said.startswith("September 2026")
        assert "Menu baru" in said
        tip = page.locator(".chart-tip")
        assert tip.is_visible()
        if size == NARROW:  # no room beside the line: below, where it hides nothing of the curve
            assert (
                tip.bounding_box()["y"]
                >= probe.bounding_box()["y"] + probe.bounding_box()["height"]
            )
        shoot(page, f"chart-asked-{language}")
        assert not is_too_wide(page)
        assert find_barriers(page) == []
        page.keyboard.press("Escape")
        assert tip.is_hidden()

        box = probe.bounding_box()
        page.mouse.move(box["x"] + 60, box["y"] + box["height"] / 2)
        assert tip.is_visible()

        band = page.locator('svg.course:visible [data-layer="band"]')
        assert band.is_visible()
        page.locator('[data-shows="band"]').click()
        assert band.is_hidden()
        assert page.locator('[data-shows="band"]').get_attribute("aria-pressed") == "false"

        page.locator('[data-view="table"]').click()
        assert probe.is_hidden()
        assert page.locator(".chart-numbers table").is_visible()
        shoot(page, f"chart-table-{language}")
        assert find_barriers(page) == []
        page.locator('[data-view="chart"]').click()
        probe.focus()
        page.keyboard.press("Home")
        page.keyboard.press("Enter")
        page.wait_for_url("**period=2025-09**", timeout=60_000)


def test_without_a_script_the_drawing_and_its_numbers_stand(
    chromium: Any, live_server: Any, days: Brand, alice: User
) -> None:
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    sign_in(context, live_server.url, alice)
    page = context.new_page()
    page.goto(PAGE, timeout=60_000)  # the first drawing of a cold engine
    assert page.locator("svg.course:visible").count() == 1
    assert page.get_by_role("slider").count() == 0
    assert page.locator(".chart-layers").is_hidden()
    assert page.locator(".chart-numbers summary").is_visible()
    context.close()
