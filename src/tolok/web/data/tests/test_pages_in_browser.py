"""The pages of data and figures with and without data: no barrier, nothing scrolls sideways."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tolok.intake.tests.test_several_kinds import MERGED
from tolok.web.accounts.models import Brand, User
from tolok.web.jobs import worker
from tolok.web.tests.browser import NARROW, WIDE, find_barriers, is_too_wide, shoot, visit

from .test_bringing_in import drop_files
from .test_several_kinds import OTHER
from .walls import one_import

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = {
    "in": "/b/kopi/data/",
    "months": "/b/kopi/data/months/",
    "imports": "/b/kopi/data/imports/",
    "own": "/b/kopi/data/own/?account=instagram:kopi&month=2026-10&column=followers",
    "person": "/b/kopi/data/person/",
    "records": "/b/kopi/data/records/",
    "slots": "/b/kopi/data/records/slots/",
    "slot": "/b/kopi/data/records/slots/new/",
    "cost": "/b/kopi/data/records/costs/new/",
    "incident": "/b/kopi/data/records/incidents/new/",
    "catalogue": "/b/kopi/insights/metrics/?q=reach",
    "brands": "/b/kopi/insights/brands/",
    "metric-empty": "/b/kopi/insights/metric/engagements/",
    "metric-level": "/b/kopi/insights/metric/followers/?period=2026-10&limits=xmr",
}


@pytest.mark.parametrize(
    ("language", "theme", "size", "is_full"),
    [("en", "dark", WIDE, True), ("id", "light", NARROW, True), ("en", "light", NARROW, False)],
)
def test_no_page_of_data_has_a_barrier(
    chromium: Any, live_server: Any, brand: Brand, alice: User,
    language: str, theme: str, size: Any, is_full: bool,
) -> None:  # fmt: skip
    pages = dict(PAGES)
    if is_full:
        pages["file"] = f"/b/kopi/data/files/{one_import(brand)['digest']}/?line=2&aside=1"
    look = {"language": language, "theme": theme, "size": size}
    found = []
    with visit(chromium, live_server.url, user=alice, **look) as page:
        for name, path in pages.items():
            page.goto(path)
            shoot(page, f"data-{name}-{language}-{theme}-{is_full}")
            found += [f"{name}: {line}" for line in find_barriers(page)]
            found += [f"{name}: scrolls sideways"] if is_too_wide(page) else []
            # Where something is missing the page says so without a barrier too.
            if name in ("person", "slot"):
                page.locator("form.card button.primary").click()
                page.wait_for_selector(".fault")
                found += [f"{name}, refused: {line}" for line in find_barriers(page)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("language", "theme", "size"),
    [("en", "light", WIDE), ("id", "dark", WIDE), ("id", "light", NARROW)],
)
def test_what_files_do_not_say_is_asked_without_a_barrier(
    chromium: Any, live_server: Any, brand: Brand, alice: User, language: str, theme: str, size: Any
) -> None:
    client = Client()
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    both = f"{MERGED}\n\n{OTHER}"
    drop = drop_files(client, ("merged.csv", MERGED.encode()), ("both.csv", both.encode()))
    worker.work_off()
    with visit(chromium, live_server.url, user=alice, language=language, theme=theme, size=size) as page:  # fmt: skip
        page.goto(f"/b/kopi/data/bring/{drop.pk}/")
        shoot(page, f"asked-{language}-{theme}-{size['width']}")
        assert find_barriers(page) == []
        assert not is_too_wide(page)
        page.locator("select[name='1.kind']").select_option("tiktok.viewers")
        page.locator("form.answers button.primary").click()
        worker.work_off()
        page.goto(f"/b/kopi/data/bring/{drop.pk}/")
        assert page.locator("select").count() == 2
        assert page.locator("input[name='1.account']").count() == 1
