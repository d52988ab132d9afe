"""What a person does in a real browser: by mouse, by keyboard alone, on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tolok.web.accounts.models import Brand, User
from tolok.web.conftest import PASSWORD
from tolok.web.jobs import queue, worker
from tolok.web.jobs.kinds import job
from tolok.web.jobs.run import Run
from tolok.web.tests.browser import NARROW, find_barriers, shoot, visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@job("test.quick")
def quick(run: Run) -> None:
    run.step(1, 2)


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_new_team_comes_in_and_makes_its_brand(
    chromium: Any, live_server: Any, language: str
) -> None:
    words = {
        "en": ("Your name", "Team or agency", "Password", "Open the workspace", "Make the brand"),
        "id": ("Nama Anda", "Tim atau agensi", "Kata sandi", "Buka ruang kerja", "Buat merek"),
    }[language]
    with visit(chromium, live_server.url, language=language) as page:
        page.goto("/")
        page.get_by_label(words[0]).fill("Dewi Lestari")
        page.get_by_label(words[1]).fill("Tim Dewi")
        page.get_by_label("E-mail").fill("dewi@example.com")
        page.get_by_label(words[2]).fill("pendek")
        page.get_by_role("button", name=words[3]).click()
        assert page.locator(".fault").first.is_visible()
        assert find_barriers(page) == []
        page.get_by_label(words[2]).fill(PASSWORD)
        page.get_by_role("button", name=words[3]).click()
        page.locator("input[name=name]").fill("Kopi Tunjungan")
        page.get_by_role("button", name=words[4]).click()
        page.wait_for_url("**/b/kopi-tunjungan/**")
        assert page.locator("html").get_attribute("lang") == language
        shoot(page, f"first-brand-{language}")


def test_everything_is_reached_by_keyboard(
    chromium: Any, live_server: Any, brand: Brand, other_brand: Brand, alice: User
) -> None:
    with visit(chromium, live_server.url, user=alice) as page:
        page.goto("/b/kopi/gallery/")
        page.keyboard.press("Tab")
        assert page.locator(".skip").evaluate("e => e === document.activeElement")
        page.keyboard.press("Control+k")
        page.get_by_role("option").first.wait_for()
        page.keyboard.type("holid")
        # The answer to the whole word may come after that to its first letters.
        expect(page.get_by_role("option")).to_have_count(1)
        page.get_by_role("option", name="Settings").wait_for()
        shoot(page, "commands")
        assert find_barriers(page) == []
        page.keyboard.press("Enter")
        page.wait_for_url("**/b/kopi/settings/")
        page.keyboard.press("g")
        page.keyboard.press("p")
        page.wait_for_url("**/b/kopi/settings/people/")
        page.keyboard.press("?")
        page.get_by_role("dialog", name="Keyboard shortcuts").wait_for()
        shoot(page, "keys")
        assert find_barriers(page) == []
        page.keyboard.press("Escape")
        assert not page.get_by_role("dialog").is_visible()
        page.get_by_label("E-mail").focus()
        page.keyboard.type("g,?")
        assert page.get_by_label("E-mail").input_value() == "g,?"


def test_a_term_explains_itself_on_focus_and_escape_closes_it(
    chromium: Any, live_server: Any, brand: Brand, alice: User
) -> None:
    with visit(chromium, live_server.url, user=alice, size=NARROW) as page:
        page.goto("/b/kopi/gallery/")
        term = page.get_by_role("button", name="Engagement rate")
        tip = page.get_by_role("tooltip", name="Engagements for each hundred", include_hidden=True)
        assert not tip.is_visible()
        term.focus()
        tip.wait_for(state="visible")
        shoot(page, "term")
        box = tip.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        page.keyboard.press("Escape")
        tip.wait_for(state="hidden")


def test_the_menu_opens_and_closes_on_a_phone(
    chromium: Any, live_server: Any, brand: Brand, other_brand: Brand, alice: User
) -> None:
    with visit(chromium, live_server.url, user=alice, size=NARROW, theme="dark") as page:
        page.goto("/b/kopi/gallery/")
        page.get_by_role("link", name="Open the menu").click()
        page.get_by_role("link", name="People").wait_for()
        page.locator(".switcher summary").click()
        page.get_by_role("link", name="Teh Pagi").wait_for()
        shoot(page, "phone-menu")
        assert find_barriers(page) == []
        page.keyboard.press("Escape")
        page.get_by_role("link", name="People").wait_for(state="hidden")


def test_the_look_is_changed_in_the_page(
    chromium: Any, live_server: Any, brand: Brand, alice: User
) -> None:
    with visit(chromium, live_server.url, user=alice) as page:
        page.goto("/b/kopi/gallery/")
        page.locator(".side-foot summary").click()
        shoot(page, "person-menu")
        page.get_by_role("button", name="Dark").click()
        assert page.locator("html").get_attribute("data-theme") == "dark"
        page.locator(".side-foot summary").click()
        page.get_by_role("button", name="Indonesia").click()
        page.get_by_role("heading", name="Bagaimana kinerja", level=1).wait_for()


def test_progress_moves_by_itself_until_the_work_is_done(
    chromium: Any, live_server: Any, brand: Brand, alice: User
) -> None:
    row = queue.enqueue("test.quick", brand_id=brand.pk)
    with visit(chromium, live_server.url, user=alice) as page:
        page.goto(f"/b/kopi/jobs/{row.pk}/")
        page.get_by_text("Waiting for its turn").wait_for()
        shoot(page, "progress")
        assert find_barriers(page) == []
        worker.work_off()
        page.get_by_text("Done", exact=True).wait_for()
        stopped = queue.enqueue("test.quick", brand_id=brand.pk)
        page.goto(f"/b/kopi/jobs/{stopped.pk}/")
        page.get_by_role("button", name="Stop").click()
        page.get_by_text("Stopped.").wait_for()
