"""Strategy behind a link: exactly one goal, strategy or budget, without a way further in."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tolok.kpi import Kpi, Target, write_kpis
from tolok.kpi.ledger import write_facts
from tolok.web.accounts.facts import lake_of, today_of, workspace_of
from tolok.web.accounts.models import Brand, User
from tolok.web.share.links import make_link
from tolok.web.sharing import shared_kinds

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(brand: Brand) -> Brand:
    """A brand with a goal that a KPI and a strategy serve, and a line of money for it."""
    day = date(today_of(brand).year, 1, 1)
    kpi = Kpi(key="pengikut", name="Pengikut Instagram", metric="followers", goal="Makin dikenal",
              target=Target("ratio", 0.2), owner="Rani")  # fmt: skip
    write_kpis(workspace_of(brand).kpi_file(brand.slug), [kpi])
    rows: dict[str, list[dict[str, Any]]] = {
        "goals": [{"goal": "makin-dikenal", "name": "Makin dikenal", "starts": day}],
        "strategies": [{"strategy": "video", "name": "Video pendek", "goal": "makin-dikenal",
                        "proposed_on": day, "in_force_on": day, "evidence": "campaign:resep"}],
        "tactics": [{"tactic": "reel", "name": "Reel resep", "strategy": "video",
                     "link": "campaign:resep"}],
        "budgets": [{"line": "Iklan", "day": day, "planned": 1500000, "currency": "IDR",
                     "goal": "makin-dikenal", "kpi": "pengikut"}],
    }  # fmt: skip
    write_facts(lake_of(brand), brand.slug, rows)
    return brand


THINGS = {"goal": "makin-dikenal", "strategy": "video", "budget": ""}
SHOWN = {
    "goal": ("Makin dikenal", "Pengikut Instagram", "Video pendek", "1.500.000|1,500,000"),
    "strategy": ("Video pendek", "Reel resep", "Makin dikenal"),
    "budget": ("Iklan", "Pengikut Instagram", "1.500.000|1,500,000"),
}


@pytest.mark.parametrize("kind", THINGS)
@pytest.mark.parametrize("language", ["en", "id"])
def test_a_link_shows_one_thing_and_leads_nowhere(
    kind: str, language: str, planned: Brand, alice: User, find_english: Callable[[str], list[str]]
) -> None:
    thing = THINGS[kind] or str(today_of(planned).year)
    made = make_link(planned, alice, kind=kind, thing=thing, days=7)
    assert made is not None
    answer = Client(headers={"accept-language": language}).get(f"/share/{made[1]}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    for words in SHOWN[kind]:
        assert re.search(words, page), words
    assert "/b/kopi/" not in page
    assert "@example.com" not in page
    if language == "id":
        assert find_english(page) == []


def test_what_is_not_there_cannot_be_shared(planned: Brand, alice: User) -> None:
    for kind, thing in (("goal", "lain"), ("strategy", "lain"), ("budget", "yesterday"),
                        ("budget", "2026-10"), ("budget", "9999")):  # fmt: skip
        assert make_link(planned, alice, kind=kind, thing=thing, days=7) is None, (kind, thing)
    for kind in THINGS:
        for key, name in shared_kinds()[kind].things(planned):
            assert shared_kinds()[kind].name_of(planned, key) == name


def test_each_page_offers_its_link(planned: Brand, alice: User, sign_in: Any) -> None:
    desk = sign_in(alice)
    year = today_of(planned).year
    for path, wanted in (
        ("goal/makin-dikenal/", "kind=goal&amp;thing=makin-dikenal"),
        ("of/video/", "kind=strategy&amp;thing=video"),
        ("budget/?now=1", f"kind=budget&amp;thing={year}"),
    ):
        assert wanted in desk.get(f"/b/kopi/strategy/{path}").content.decode()
        asked = wanted.replace("&amp;", "&")
        chosen = desk.get(f"/b/kopi/share/?{asked}").content.decode()
        assert "selected" in chosen.split("id_what", 1)[1].split("</select>")[0]
