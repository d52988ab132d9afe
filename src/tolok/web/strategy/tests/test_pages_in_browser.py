"""Strategy in a real browser: the whole path in both languages, no barrier, nothing too wide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tolok.kpi import Kpi, Target, write_kpis
from tolok.kpi.ledger import write_facts
from tolok.web.accounts.facts import lake_of, today_of, workspace_of
from tolok.web.accounts.models import Brand, User
from tolok.web.share.links import make_link
from tolok.web.strategy.board import Board
from tolok.web.tests.browser import NARROW, WIDE, find_barriers, is_too_wide, shoot, visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = {
    "en": {"down": "Write it down", "goal": "Save the goal", "write": "Write one",
           "strategy": "Save the strategy", "tactic": "Add a tactic", "keep": "Save the tactic",
           "work": "Put it to work", "force": "It is in force", "state": "In force",
           "score": "Score it", "mine": "Keep my score", "line": "Keep the line"},
    "id": {"down": "Catat", "goal": "Simpan tujuan", "write": "Tulis satu",
           "strategy": "Simpan strategi", "tactic": "Tambah taktik", "keep": "Simpan taktik",
           "work": "Jalankan", "force": "Sudah berjalan", "state": "Berjalan",
           "score": "Beri skor", "mine": "Simpan skor saya", "line": "Simpan pos"},
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "id"])
def test_from_a_goal_to_a_strategy_in_force_and_its_money(
    chromium: Any, live_server: Any, brand: Brand, alice: User, language: str
) -> None:
    words, today = WORDS[language], today_of(brand)
    kpi = Kpi(key="k", name="Pengikut", metric="followers", goal="Makin dikenal")
    write_kpis(workspace_of(brand).kpi_file(brand.slug), [kpi])
    month = datetime(today.year, today.month, 1, 3)
    post = {"post": "p", "account": "x:kopi", "pillar": "resep", "published_at": month}
    write_facts(lake_of(brand), brand.slug, {"posts": [post]})
    with visit(chromium, live_server.url, user=alice, language=language) as page:
        page.goto("/b/kopi/strategy/goals/?now=1")
        page.locator("main").get_by_role("link", name=words["down"]).click()
        assert find_barriers(page) == []
        page.get_by_role("button", name=words["goal"]).click()
        page.get_by_role("link", name=words["write"]).click()
        page.locator("#id_name").fill("Video pendek dari kedai")
        page.get_by_role("button", name=words["strategy"]).click()
        page.get_by_role("link", name=words["tactic"]).click()
        page.locator("#id_name").fill("Reel resep")
        page.locator("#id_link").select_option("pillar:resep")
        assert find_barriers(page) == []
        page.get_by_role("button", name=words["keep"]).click()
        # By keyboard alone: open the form, keep what it proposes, send it.
        page.locator("summary", has_text=words["work"]).focus()
        page.keyboard.press("Enter")
        assert page.locator("#id_evidence").input_value() == "pillar:resep"
        assert find_barriers(page) == []
        page.get_by_role("button", name=words["force"]).focus()
        page.keyboard.press("Enter")
        page.locator(".verdict.good", has_text=words["state"]).wait_for()
        shoot(page, f"strategy-{language}")
        page.get_by_role("link", name=words["score"]).click()
        page.locator("#id_score_3").check()
        page.get_by_role("button", name=words["mine"]).click()
        page.locator(".notice.success").wait_for()
        page.goto("/b/kopi/strategy/budget/line/")
        page.locator("#id_line").fill("Iklan")
        page.locator("#id_goal").select_option(label="Makin dikenal")
        page.locator(f"[name='planned.{today.year}-01-01']").fill("1000000")
        assert find_barriers(page) == []
        page.get_by_role("button", name=words["line"]).click()
        page.wait_for_url("**/strategy/budget/*")
        assert find_barriers(page) == []
    board = Board(brand)
    assert [s.state for s in board.strategies] == ["in_force"]
    assert [r.score for r in board.ratings] == [4]
    assert [(b.line, b.goal, b.planned) for b in board.budget] == [
        ("Iklan", "makin-dikenal", 1_000_000)
    ]


LOOKS = [
    ("empty", "id", "dark", WIDE),
    ("empty", "en", "light", NARROW),
    ("extreme", "en", "light", WIDE),
    ("extreme", "id", "dark", NARROW),
]
PAGES = (
    "goals/?now=1", "goals/new/", "", "new/", "scores/", "budget/?now=1", "budget/line/",
    "goal/g0/", "goal/g0/edit/", "of/s0/", "of/s0/edit/", "of/s0/tactic/", "tactic/t0/",
    "score/strategy/s0/", "budget/line/?line=0",
)  # fmt: skip
_OF_THINGS = 8


@pytest.mark.parametrize(("state", "language", "theme", "size"), LOOKS)
def test_no_page_has_a_barrier_or_scrolls_sideways(
    chromium: Any, live_server: Any, brand: Brand, alice: User, *, state: str, language: str,
    theme: str, size: Any,
) -> None:  # fmt: skip
    write_kpis(workspace_of(brand).kpi_file(brand.slug), [])
    if state == "extreme":
        fill(brand)
    found: list[str] = []
    look = {"language": language, "theme": theme, "size": size}
    with visit(chromium, live_server.url, user=alice, **look) as page:
        for path in PAGES[:-_OF_THINGS] if state == "empty" else PAGES:
            page.goto(f"/b/kopi/strategy/{path}")
            name = path.split("?")[0].strip("/").replace("/", "-") or "strategies"
            shoot(page, f"{state}-strategy-{name}-{language}-{theme}-{size['width']}")
            found += [f"{path}: {line}" for line in find_barriers(page)]
            found += [f"{path}: scrolls sideways"] if is_too_wide(page) else []
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("language", "theme", "size"), [("id", "light", WIDE), ("en", "dark", NARROW)]
)
def test_what_a_link_shows_has_no_barrier(
    chromium: Any, live_server: Any, brand: Brand, alice: User, *, language: str, theme: str,
    size: Any,
) -> None:  # fmt: skip
    fill(brand)
    found: list[str] = []
    with visit(chromium, live_server.url, language=language, theme=theme, size=size) as guest:
        for kind, thing in (
            ("goal", "g0"),
            ("strategy", "s0"),
            ("budget", str(today_of(brand).year)),
        ):
            made = make_link(brand, alice, kind=kind, thing=thing, days=7)
            assert made is not None
            guest.goto(f"/share/{made[1]}/")
            shoot(guest, f"opened-{kind}-{language}-{theme}-{size['width']}")
            found += [f"{kind}: {line}" for line in find_barriers(guest)]
            found += [f"{kind}: scrolls sideways"] if is_too_wide(guest) else []
    assert not found, "\n".join(found)


def fill(brand: Brand) -> None:
    """Give the brand goals, strategies and money with names as long as names get."""
    today = today_of(brand)
    long = "Pertumbuhanpengikutyangsangatpanjangsekalitanpaspasi <b>tebal</b> & " + "x" * 40
    days = [date(today.year, m, 1) for m in range(1, 13)]
    kpi = Kpi(
        key="k", name=long[:70], metric="followers", goal=f"{long}0"[:200], budget=9e14,
        target=Target("value", 9e14), start=days[0], due=date(today.year, 12, 31),
    )  # fmt: skip
    write_kpis(workspace_of(brand).kpi_file(brand.slug), [kpi])
    rows: dict[str, list[dict[str, Any]]] = {
        "goals": [{"goal": f"g{n}", "name": f"{long}{n}", "starts": days[0], "owner": long[:70],
                   "kind": long[:30], "ends": None if n else days[-1]} for n in range(3)],
        "strategies": [
            {"strategy": f"s{n}", "name": long * 2, "goal": "g0", "proposed_on": days[0],
             "in_force_on": days[0] if n else None, "evidence": "pillar:x" if n > 1 else None,
             "ended_on": today if n > 2 else None, "outcome": "failed", "owner": long[:70]}
            for n in range(4)
        ],
        "tactics": [{"tactic": f"t{n}", "strategy": "s0", "name": long, "link": f"campaign:{long}",
                     "starts": days[0], "owner": long[:70]} for n in range(3)],
        "alignment_ratings": [
            {"subject": "strategy:s0", "scored_on": today, "rater": f"{n}@{long[:40]}", "score": n,
             "note": long * 3} for n in (1, 5)
        ],
        "budgets": [{"line": f"{n}", "day": day, "planned": 9_000_000_000 + n, "currency": "IDR",
                     "goal": "g0", "kpi": "k"} for n in range(9) for day in days],
        "costs": [{"cost": f"{n}", "day": day, "line": f"{n}", "amount": 9_900_000_000,
                   "currency": "IDR"} for n in range(4) for day in days if day <= today],
    }  # fmt: skip
    write_facts(lake_of(brand), brand.slug, rows)


def test_an_indonesian_page_of_strategy_holds_no_english(
    brand: Brand,
    alice: User,
    sign_in: Callable[[User], Any],
    find_english: Callable[[str], list[str]],
) -> None:
    write_kpis(workspace_of(brand).kpi_file(brand.slug), [])
    User.objects.update(language="id")
    client = sign_in(alice)
    told = [f"{path}: {words}" for path in PAGES[:-_OF_THINGS]
            for words in find_english(client.get(f"/b/kopi/strategy/{path}").content.decode())]  # fmt: skip
    today = today_of(brand)
    rows: dict[str, list[dict[str, Any]]] = {
        "goals": [{"goal": "g0", "name": "Makin dikenal", "starts": today, "kind": "awareness"}],
        "strategies": [{"strategy": "s0", "name": "Video", "goal": "g0", "in_force_on": today,
                        "proposed_on": today}],
        "tactics": [{"tactic": "t0", "strategy": "s0", "name": "Reel", "starts": today}],
        "budgets": [{"line": "0", "day": today.replace(day=1), "planned": 5, "currency": "IDR"}],
        "costs": [{"cost": "1", "day": today - timedelta(days=0), "line": "0", "amount": 9,
                   "currency": "IDR"}],
    }  # fmt: skip
    write_facts(lake_of(brand), brand.slug, rows)
    told += [f"{path}: {words}" for path in PAGES
             for words in find_english(client.get(f"/b/kopi/strategy/{path}").content.decode())]  # fmt: skip
    assert told == []
