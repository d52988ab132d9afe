"""The path of a KPI in a real browser: proposal, builder, check, share link, revoke, 404."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest

from tolok.kpi import Kpi, Target, write_kpis
from tolok.lake import Origin, table_of
from tolok.web.accounts.facts import lake_of, today_of, workspace_of
from tolok.web.accounts.models import Brand, User
from tolok.web.plan.book import Book
from tolok.web.tests.browser import NARROW, WIDE, find_barriers, is_too_wide, shoot, visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = {
    "en": {"goal": "Worked example", "take": "Take it.*Followers", "save": "Save the KPI",
           "check": "Hold a check", "keep": "Keep going", "record": "Record the decision",
           "share": "Share", "make": "Make the link", "address": "Share link",
           "name": "Your name", "comment": "Comment", "send": "Send the comment",
           "revoke": "Revoke", "gone": "There is nothing here"},
    "id": {"goal": "Contoh lengkap", "take": "Ambil.*Pengikut", "save": "Simpan KPI",
           "check": "Lakukan pengecekan", "keep": "Lanjutkan", "record": "Catat keputusan",
           "share": "Bagikan", "make": "Buat tautan", "address": "Tautan berbagi",
           "name": "Nama Anda", "comment": "Komentar", "send": "Kirim komentar",
           "revoke": "Cabut", "gone": "Tidak ada apa-apa di sini"},
}  # fmt: skip


@pytest.fixture
def with_facts(brand: Brand) -> Brand:
    """The brand with 60 days of followers on Instagram."""
    today = today_of(brand)
    days = [today - timedelta(days=n) for n in range(60, 0, -1)]
    rows = {
        "brand": [brand.slug] * 60, "platform": ["instagram"] * 60,
        "account": ["instagram:kopi"] * 60, "day": days,
        "followers": [1000 + 3 * n for n in range(60)],
        "observed_at": [_moment(today)] * 60,
    }  # fmt: skip
    schema = table_of("account_days").schema
    facts = pa.table({n: pa.array(v, schema.field(n).type) for n, v in rows.items()})
    lake_of(brand).write({"account_days": facts}, Origin(source="test", brand=brand.slug))
    return brand


def _moment(day: date) -> Any:
    return datetime(day.year, day.month, day.day)


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_kpi_from_proposal_to_a_revoked_link(
    chromium: Any, live_server: Any, with_facts: Brand, alice: User, language: str
) -> None:
    words = WORDS[language]
    with visit(chromium, live_server.url, user=alice, language=language) as page:
        page.goto("/b/kopi/plan/new/")
        page.get_by_role("link", name=words["goal"]).click()
        shoot(page, f"proposals-{language}")
        page.get_by_role("link", name=re.compile(words["take"])).click()
        page.get_by_role("button", name=words["save"]).wait_for()
        # The letters follow what is typed.
        page.locator("#id_due").fill("")
        page.locator(".letter.blocks, .letter.fails").first.wait_for()
        page.locator("#id_due").fill((today_of(with_facts) + timedelta(days=300)).isoformat())
        page.locator(".letter.holds").nth(3).wait_for()
        page.locator("#id_start").fill((today_of(with_facts) - timedelta(days=30)).isoformat())
        assert find_barriers(page) == []
        page.get_by_role("button", name=words["save"]).click()
        page.get_by_role("link", name=words["check"]).click()
        page.get_by_role("radio", name=words["keep"]).check()
        assert find_barriers(page) == []
        page.get_by_role("button", name=words["record"]).click()
        page.wait_for_url("**/plan/kpi/*/")
        assert len(Book(with_facts).checks) == 1
        page.locator("#comment-box").wait_for()
        shoot(page, f"kpi-{language}")
        assert find_barriers(page) == []
        page.get_by_role("link", name=words["share"], exact=True).click()
        page.get_by_role("button", name=words["make"]).click()
        address = page.get_by_role("textbox", name=words["address"]).input_value()
        with visit(chromium, live_server.url, language=language, size=NARROW) as guest:
            answer = guest.goto(address)
            assert answer.headers["x-robots-tag"].startswith("noindex")
            assert guest.locator("html").get_attribute("lang") == language
            assert guest.locator("nav").count() == 0
            assert "/b/kopi" not in guest.content()
            guest.get_by_label(words["name"]).fill("Ibu Bos")
            guest.get_by_role("textbox", name=words["comment"], exact=True).fill("Bagus!")
            guest.get_by_role("button", name=words["send"]).click()
            guest.get_by_text("Bagus!").wait_for()
            assert find_barriers(guest) == []
            assert not is_too_wide(guest)
            shoot(guest, f"opened-{language}")
            page.reload()
            page.get_by_role("button", name=words["revoke"]).first.click()
            page.locator(".notice.success").wait_for()
            assert guest.goto(address).status == 404
            guest.get_by_role("heading", name=words["gone"]).wait_for()


LOOKS = [
    ("empty", "id", "dark", WIDE),
    ("empty", "en", "light", NARROW),
    ("extreme", "en", "light", WIDE),
    ("extreme", "id", "dark", NARROW),
]
PAGES = (
    "plan/?now=1", "plan/findings/", "today/day/?now=1", "today/desk/?now=1",
    "today/overview/?now=1", "today/read/?now=1", "plan/new/",
    "plan/new/worked-example/", "plan/kpi/?say=naikkan+pengikut+Instagram+20%25", "plan/checks/",
    "plan/review/?now=1", "plan/activities/", "plan/claims/", "plan/claims/new/", "plan/learning/",
    "plan/as-of/", "share/", "share/notices/", "api/",
    "share/comments/kpi/pengikut/", "plan/kpi/pengikut/", "plan/kpi/pengikut/edit/",
)  # fmt: skip


@pytest.mark.parametrize(("state", "language", "theme", "size"), LOOKS)
def test_no_page_has_a_barrier_or_scrolls_sideways(
    chromium: Any, live_server: Any, brand: Brand, alice: User, *, state: str, language: str,
    theme: str, size: Any,
) -> None:  # fmt: skip
    fill(brand, 0 if state == "empty" else 12)
    found: list[str] = []
    look = {"language": language, "theme": theme, "size": size}
    with visit(chromium, live_server.url, user=alice, **look) as page:
        for path in PAGES[:-3] if state == "empty" else PAGES:
            page.goto(f"/b/kopi/{path}")
            name = path.split("?")[0].strip("/").replace("/", "-")
            shoot(page, f"{state}-{name}-{language}-{theme}-{size['width']}")
            found += [f"{path}: {line}" for line in find_barriers(page)]
            found += [f"{path}: scrolls sideways"] if is_too_wide(page) else []
    assert not found, "\n".join(found)


def test_lines_of_a_path_by_hand_come_with_its_choice(
    chromium: Any, live_server: Any, with_facts: Brand, alice: User
) -> None:
    with visit(chromium, live_server.url, user=alice, language="id") as page:
        page.set_default_timeout(40_000)  # the first look at new facts takes a while
        page.goto("/b/kopi/plan/kpi/?say=naikkan+pengikut+Instagram+20%25+dalam+3+bulan")
        page.locator("#id_start").fill("2026-10-01")
        page.locator("#id_due").fill("2026-12-31")
        page.locator("#id_path").select_option("monthly")
        page.locator("#steps input").nth(2).wait_for()
        assert page.locator("#steps label").first.inner_text() == "Oktober 2026"
        for number in range(3):
            page.locator("#steps input").nth(number).fill(f"{1100 + 50 * number}")
        page.locator("#id_path").select_option("stepped")
        page.locator("#steps input[type=date]").first.wait_for()
        page.locator("#id_path").select_option("monthly")
        page.locator("#steps label").first.wait_for()
        for number in range(3):
            page.locator("#steps input").nth(number).fill(f"{1100 + 50 * number}")
        assert find_barriers(page) == []
        shoot(page, "monthly-id")
        page.get_by_role("button", name=WORDS["id"]["save"]).click()
        page.wait_for_url("**/plan/kpi/*/")
    assert [amount for _day, amount in Book(with_facts).kpis[0].steps] == [1100, 1150, 1200]


def fill(brand: Brand, count: int) -> None:
    """Give the brand so many KPIs, with names as long as names get."""
    long = "Pertumbuhanpengikutyangsangatpanjangsekalitanpaspasi dan target " + "x" * 40
    kpis = [
        Kpi(
            key="pengikut" if n == 0 else f"kpi-{n}", name=f"{long[:70]} {n}", metric="followers",
            goal=long * 2, reason="<b>tebal</b> & " + long * 3, owner=long[:60],
            target=Target("value", 9e14), start=date(2026, 1, 1), due=date(2026, 12, 31),
            rhythm="week", platforms=("instagram",),
        )
        for n in range(count)
    ]  # fmt: skip
    write_kpis(workspace_of(brand).kpi_file(brand.slug), kpis)
