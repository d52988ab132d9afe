"""Every page of figures with data: no barrier, nothing scrolls sideways, no English in Indonesian."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tolok.web.accounts.models import Brand, User
from tolok.web.insights.models import Note, View
from tolok.web.tests.browser import NARROW, WIDE, find_barriers, is_too_wide, shoot, visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = {
    "platform": "/b/kopi/insights/?period=2026-10",
    "area": "/b/kopi/insights/?period=2026-10&by=area",
    "stage": "/b/kopi/insights/?period=2026-W40&by=stage&columns=expected&columns=note",
    "campaign": "/b/kopi/insights/?period=2026-10&by=campaign",
    "target": "/b/kopi/insights/?period=2026-10&against=target",
    "competitors": "/b/kopi/insights/competitors/?period=2026-10",
    "brands": "/b/kopi/insights/brands/",
    "metric": "/b/kopi/insights/metric/followers/?period=2026-10&platform=tiktok",
    "days": "/b/kopi/insights/metric/views/?from=2026-10-01&to=2026-10-14",
    "xmr": "/b/kopi/insights/metric/views/?period=2026-10&limits=xmr",
}
LOOKS = [("en", "dark", WIDE), ("id", "light", NARROW)]
# Names of people, brands and publishers stay as they are.
_STRAY = re.compile(r"\b(the|your|with|this|and|is|are|you|against|of)\b", re.IGNORECASE)


@pytest.mark.parametrize(("language", "theme", "size"), LOOKS)
def test_no_page_of_figures_has_a_barrier(
    chromium: Any,
    live_server: Any,
    market: Brand,
    alice: User,
    language: str,
    theme: str,
    size: Any,
) -> None:
    Note.objects.create(brand=market, day="2026-10-07", text="Menu baru " * 20, made_by=alice)
    View.objects.create(brand=market, made_by=alice, name="Rapat Senin " * 6, query="by=area")
    look = {"language": language, "theme": theme, "size": size}
    found = []
    with visit(chromium, live_server.url, user=alice, **look) as page:
        for name, path in PAGES.items():
            page.goto(path, timeout=60_000)
            shoot(page, f"figures-{name}-{language}")
            page.keyboard.press("v")  # opens the views, where the page has them
            assert page.locator("details.views").count() == page.locator(".views[open]").count()
            found += [f"{name}: {line}" for line in find_barriers(page)]
            found += [f"{name}: scrolls sideways"] if is_too_wide(page) else []
            if language == "id":
                said = page.locator("main").inner_text().splitlines()
                found += [f"{name}: {line}" for line in said if _STRAY.search(line)]
    assert not found, "\n".join(found)
