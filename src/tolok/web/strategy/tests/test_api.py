"""Strategy by a program: the same facts, refusals and conflicts as on the screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tolok.kpi import Kpi, Target, read_kpis, write_kpis
from tolok.web.accounts.facts import workspace_of
from tolok.web.accounts.models import AuditEntry, Brand, User
from tolok.web.strategy.board import Board

pytestmark = pytest.mark.django_db
Ask = Callable[..., Any]
GOAL = {"name": "Makin dikenal", "starts": "2026-01-01", "owner": "Rani"}
AT = "brands/kopi/"


def test_a_goal_is_made_changed_and_ended_and_never_overwritten(ask: Ask, brand: Brand) -> None:
    kpi = Kpi(key="k", name="Pengikut", metric="followers", goal="Makin dikenal",
              target=Target("ratio", 0.2))  # fmt: skip
    write_kpis(workspace_of(brand).kpi_file("kopi"), [kpi])
    made = ask("POST", f"{AT}marketing-goals", GOAL)
    assert made.status_code == 201
    told = made.json()
    assert told["kpis"] == ["k"] or told["state"] is None
    address = f"{AT}marketing-goals/{told['goal']}"
    renamed = {**GOAL, "name": "Dikenal luas"}
    good = ask("PUT", f"{address}?version={told['version']}", renamed)
    late = ask("PUT", f"{address}?version={told['version']}", GOAL)
    assert (good.status_code, late.status_code) == (200, 409)
    assert late.json()["error"]["code"] == "conflict"
    assert read_kpis(workspace_of(brand).kpi_file("kopi"))[0].goal == "Dikenal luas"
    ended = ask("POST", f"{address}/end").json()
    assert ended["ends"] == Board(brand).today.isoformat()
    assert ask("GET", f"{AT}marketing-goals").json()["count"] == 1
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"saved_goal", "ended_goal"} <= actions


def test_a_program_is_refused_with_the_words_of_the_screen(
    ask: Ask, brand: Brand, alice: User, sign_in: Callable[[User], Client]
) -> None:
    User.objects.update(language="id")
    wrong = {"name": "x", "kind": "nonsense", "starts": "2026-02-01", "ends": "2026-01-01"}
    refused = ask("POST", f"{AT}marketing-goals", wrong)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "invalid")
    said = refused.json()["error"]["message"]
    page = sign_in(alice).post("/b/kopi/strategy/goals/new/", wrong).content.decode()
    assert {part.split(": ")[0] for part in said.split("; ")} == {"kind", "ends"}
    for part in said.split("; "):
        assert part.split(": ", 1)[1] in page
    assert Board(brand).goals == ()


def test_a_strategy_goes_its_whole_way(ask: Ask, brand: Brand) -> None:
    goal = ask("POST", f"{AT}marketing-goals", GOAL).json()["goal"]
    told = {"name": "Video pendek", "goal": goal, "proposed_on": "2026-01-02"}
    made = ask("POST", f"{AT}strategies", told).json()
    address = f"{AT}strategies/{made['strategy']}"
    assert made["state"] == "proposed"
    tactic = {"name": "Reel resep", "campaign": "resep-2026", "starts": "2026-01-05"}
    with_it = ask("POST", f"{address}/tactics", tactic)
    assert with_it.status_code == 201
    assert [t["link"] for t in with_it.json()["tactics"]] == ["campaign:resep-2026"]
    worked = ask("PUT", f"{address}/force", {"day": "2026-01-10"}).json()
    assert worked["state"] == "unproven"
    unknown = ask("PUT", f"{address}/force", {"day": "2026-01-10", "evidence": "campaign:none"})
    assert unknown.status_code == 422
    assert ask("DELETE", f"{address}/force").json()["state"] == "proposed"
    over = ask("PUT", f"{address}/end", {"day": "2026-03-01", "outcome": "worked"}).json()
    assert (over["state"], over["outcome"]) == ("ended", "worked")
    assert ask("DELETE", f"{address}/end").json()["state"] == "proposed"
    written = with_it.json()["tactics"][0]
    key = written["tactic"]
    at = f"{AT}tactics/{key}?version={written['version']}"
    good = ask("PUT", at, {**tactic, "name": "Reel"})
    late = ask("PUT", at, {**tactic, "name": "Reel lain"})
    assert (good.status_code, late.status_code) == (200, 409)
    assert late.json()["error"]["code"] == "conflict"
    assert [t.name for t in Board(brand).tactics] == ["Reel"]
    assert good.json()["tactics"][0]["version"] != written["version"]
    assert ask("PUT", f"{AT}tactics/{key}", tactic).status_code == 422, "no version was told"
    assert ask("DELETE", f"{AT}tactics/{key}").status_code == 204
    assert Board(brand).tactics == ()


def test_a_line_of_the_budget_keeps_the_months_it_was_not_told(ask: Ask, brand: Brand) -> None:
    line = {"line": "Iklan", "currency": "IDR", "months": {"2026-01": {"planned": 1000000}}}
    told = ask("PUT", f"{AT}budget?period=2026", line).json()["lines"][0]
    assert float(told["planned"]) == float(told["months"]["2026-01"]["planned"]) == 1000000
    more = {**line, "months": {"2026-02": {"planned": "250000.50"}}}
    told = ask("PUT", f"{AT}budget?period=2026", more).json()["lines"][0]
    assert float(told["planned"]) == 1250000.5
    assert ask("PUT", f"{AT}budget?period=2026-Q3", line).status_code == 400
    empty = ask("PUT", f"{AT}budget?period=2026", {"line": "Baru", "currency": "IDR"})
    assert (empty.status_code, empty.json()["error"]["code"]) == (422, "invalid")
    assert ask("GET", f"{AT}budget?period=yesterday").status_code == 400
    assert ask("PUT", f"{AT}budget", line, scopes=("read", "write")).status_code == 403


def test_a_score_counts_once_two_people_gave_one(ask: Ask, brand: Brand) -> None:
    key = ask("POST", f"{AT}strategies", {"name": "Video", "proposed_on": "2026-01-02"}).json()
    address = f"{AT}alignment/strategy/{key['strategy']}"
    told = ask("PUT", address, {"score": 4, "note": "jelas"}).json()
    assert (told["raters"], told["mean"], told["mine"]) == (1, None, 4)
    assert ask("PUT", address, {"score": 9}).status_code == 422
    assert ask("PUT", f"{AT}alignment/strategy/nothing", {"score": 4}).status_code == 404
