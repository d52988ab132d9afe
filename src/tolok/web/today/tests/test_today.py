"""Where the roles begin: each on its own page, told of what waits for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tolok.kpi import Kpi, Target, write_kpis
from tolok.kpi.ledger import write_facts
from tolok.web.accounts.facts import lake_of, today_of, workspace_of
from tolok.web.accounts.models import Brand, User

pytestmark = pytest.mark.django_db
HOMES = ("day", "desk", "overview", "read")


@pytest.fixture
def desk(alice: User, brand: Brand, sign_in: Callable[[User], Client]) -> Client:
    """Alice at her desk, with one KPI."""
    promise = Kpi(
        key="pengikut", name="Pengikut Instagram", metric="followers", target=Target("ratio", 0.2),
        goal="Kesadaran merek", owner="Rani", platforms=("instagram",),
    )  # fmt: skip
    write_kpis(workspace_of(brand).kpi_file(brand.slug), [promise])
    return sign_in(alice)


def test_each_role_begins_at_its_own_page(hire: Any, sign_in: Any, desk: Client) -> None:
    for role, words in (
        ("specialist", "What is to be done today?"), ("strategist", "Do the KPIs carry"),
        ("manager", "Where do I have to look?"), ("viewer", "How is it going?"),
    ):  # fmt: skip
        page = sign_in(hire(role)).get("/b/kopi/", follow=True)
        assert words in page.content.decode()


def test_the_day_shows_slots_and_who_waits_on_the_brand_s_clock(
    desk: Client, brand: Brand, hire: Any, sign_in: Any
) -> None:
    today = today_of(brand)
    noon = datetime(today.year, today.month, today.day, 5)  # 12:00 in Jakarta
    slots = [
        {"slot": "s1", "due_at": noon, "platform": "instagram", "kind": "reel", "state": "published"},
        {"slot": "s2", "due_at": noon - timedelta(days=2), "platform": "x", "state": "planned"},
        {"slot": "s3", "due_at": noon - timedelta(days=30), "platform": "youtube"},
    ]  # fmt: skip
    conversations = [
        {"conversation": "c1", "platform": "instagram", "account": "instagram:kopi",
         "kind": "comment", "started_at": noon - timedelta(days=1), "topic": "harga",
         "sla_minutes": 60.0, "waited_minutes": 900.0},
        {"conversation": "c2", "platform": "instagram", "account": "instagram:kopi",
         "kind": "comment", "started_at": noon - timedelta(days=90)},
        {"conversation": "c3", "platform": "instagram", "account": "instagram:kopi",
         "kind": "comment", "started_at": noon, "needs_answer": False},
    ]  # fmt: skip
    write_facts(lake_of(brand), brand.slug, {"slots": slots, "conversations": conversations})
    page = sign_in(hire("specialist")).get("/b/kopi/today/?now=1").content.decode()
    assert "Instagram · reel" in page
    assert "12:00" in page
    assert page.count("Overdue") == 1
    assert "youtube" not in page.lower().split("<main")[1]
    assert "1 past the promise" in page
    assert "1 older than 30 days" in page
    assert "harga" in page


@pytest.mark.parametrize(
    ("roles", "tabs"),
    [
        (("viewer",), 0),
        (("specialist",), 0),
        (("specialist", "manager"), 2),
        (("administrator",), 4),
    ],
)
def test_who_has_several_roles_can_switch_between_their_pages(
    roles: tuple[str, ...], tabs: int, hire: Any, sign_in: Any, desk: Client
) -> None:
    page = sign_in(hire(*roles)).get("/b/kopi/today/?now=1").content.decode()
    assert page.count('href="/b/kopi/today/') - page.count('href="/b/kopi/today/"') == tabs


def test_the_stakeholder_reads_the_last_comments(desk: Client, brand: Brand) -> None:
    desk.post("/b/kopi/share/comments/kpi/pengikut/", {"text": "Bagus sekali"})
    page = desk.get("/b/kopi/today/read/?now=1").content.decode()
    assert "Bagus sekali" in page


def test_an_indonesian_home_holds_no_english(
    desk: Client, brand: Brand, find_english: Callable[[str], list[str]]
) -> None:
    User.objects.update(language="id")
    for empty in (False, True):
        if empty:
            write_kpis(workspace_of(brand).kpi_file(brand.slug), [])
        for home in HOMES:
            page = desk.get(f"/b/kopi/today/{home}/?now=1").content.decode()
            assert find_english(page) == [], home


def test_a_home_no_role_has_is_not_found(desk: Client) -> None:
    assert desk.get("/b/kopi/today/king/").status_code == 404
