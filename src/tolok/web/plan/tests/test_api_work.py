"""The work around KPIs by a program: claims, activities, reviews, learning, the calendar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tolok.web.accounts.models import Brand
from tolok.web.plan.book import Book

pytestmark = pytest.mark.django_db
Ask = Callable[..., Any]
AT = "brands/kopi/"
KPI = {"key": "pengikut", "name": "Pengikut", "metric": "followers", "target": "+20%",
       "start": "2026-01-01", "due": "2026-12-31", "owner": "Rani"}  # fmt: skip


def test_a_claim_is_written_down_and_scored_only_when_due(ask: Ask, brand: Brand) -> None:
    told = {"metric": "followers", "period": _next_month(brand), "side": "above", "line": "1200",
            "odds": "0.8"}  # fmt: skip
    made = ask("POST", f"{AT}claims", told)
    assert made.status_code == 201
    assert (made.json()["line"], made.json()["outcome"]) == (1200, None)
    assert ask("POST", f"{AT}claims-score").json() == {"count": 0}
    assert ask("GET", f"{AT}claims").json()["count"] == 1
    assert ask("POST", f"{AT}claims", {**told, "line": "many"}).status_code == 422


def _next_month(brand: Brand) -> str:
    today = Book(brand).today
    year, month = divmod(today.year * 12 + today.month, 12)
    return f"{year}-{month + 1:02}"


def test_an_activity_without_a_comparison_says_that_it_cannot_tell(ask: Ask) -> None:
    ask("POST", f"{AT}kpis", KPI)
    told = {"name": "Giveaway", "kpi": "pengikut", "start": "2026-03-02", "last": "2026-03-29",
            "expected": 20}  # fmt: skip
    made = ask("POST", f"{AT}activities", told)
    assert made.status_code == 201
    assert (made.json()["expected"], made.json()["until"]) == (0.2, "2026-03-30")
    address = f"{AT}activities/{made.json()['activity']}"
    scored = ask("POST", f"{address}/score").json()
    assert scored["verdict"] == "cannot_tell"
    assert scored["words"]
    kept = ask("PUT", f"{address}/lesson", {"learned": "Hadiah menarik orang lain"}).json()
    assert kept["learned"] == "Hadiah menarik orang lain"
    backwards = {**told, "last": "2026-03-01"}
    assert ask("POST", f"{AT}activities", backwards).status_code == 422


def test_a_review_retires_a_kpi_and_the_past_stays_readable(ask: Ask, brand: Brand) -> None:
    ask("POST", f"{AT}kpis", KPI)
    evidence = ask("GET", f"{AT}review").json()["items"]
    assert [e["kpi"] for e in evidence] == ["pengikut"]
    assert ask("POST", f"{AT}kpis/pengikut/review", {"verdict": "maybe"}).status_code == 422
    assert ask("POST", f"{AT}kpis/pengikut/review", {"verdict": "retire"}).status_code == 204
    assert Book(brand).kpis[0].state == "retired"
    today = Book(brand).today.isoformat()
    assert ask("GET", f"{AT}kpis-as-of?day={today}").json()["count"] == 0
    assert ask("GET", f"{AT}findings").status_code == 200
    assert b"pengikut" in ask("GET", f"{AT}kpis.toml").content


def test_what_is_to_be_learned_is_noted_and_done(ask: Ask) -> None:
    told = {"training": "Kursus iklan", "employee": "Rani", "planned_on": "2026-12-01", "hours": 2}
    assert ask("POST", f"{AT}learning", told).status_code == 201
    done = {"training": "Kursus iklan", "employee": "Rani"}
    assert ask("POST", f"{AT}learning-done", {**done, "employee": "Bima"}).status_code == 404
    assert ask("POST", f"{AT}learning-done", done).status_code == 204
    assert ask("GET", f"{AT}learning").json()["items"][0]["done_on"] is not None


def test_the_calendar_of_a_program_opens_and_closes(ask: Ask) -> None:
    address = ask("POST", f"{AT}calendar-feed").json()["url"].removeprefix("http://testserver")
    assert Client().get(address).status_code == 200
    assert ask("DELETE", f"{AT}calendar-feed").status_code == 204
    assert Client().get(address).status_code == 404
