"""The API: tokens and scopes, one form of errors, pages of lists, repeats, limits, uploads."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tolok.kpi import read_kpis, write_kpis
from tolok.lake import Origin
from tolok.metrics.tests.small_lake import arrow_of, fill_row
from tolok.web.accounts.facts import lake_of, workspace_of
from tolok.web.accounts.models import Brand, Member, User
from tolok.web.accounts.tokens import make_token
from tolok.web.api import guard
from tolok.web.strategy.board import Board

pytestmark = pytest.mark.django_db
ALL = ("read", "write", "plan")
KPI = {"key": "pengikut", "name": "Pengikut", "metric": "followers", "target": "+20%",
       "start": "2026-01-01", "due": "2026-12-31", "owner": "Rani"}  # fmt: skip
Ask = Callable[..., Any]


def test_a_token_does_what_its_scopes_say(ask: Ask) -> None:
    assert ask("GET", "brands", scopes=("read",)).json()["items"][0]["slug"] == "kopi"
    refused = ask("POST", "brands/kopi/kpis", KPI, scopes=("read",))
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "not_allowed")
    assert ask("GET", "brands/teh").json()["error"]["code"] == "not_found"
    nobody = Client().get("/api/v1/brands/kopi/kpis")
    assert (nobody.status_code, nobody["WWW-Authenticate"]) == (401, "Bearer")


def test_a_browser_cannot_be_made_to_write_by_another_site(alice: User, brand: Brand) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/api/v1/brands/kopi/kpis", json.dumps(KPI), "application/json")
    assert answer.status_code == 403
    assert client.get("/api/v1/brands/kopi/kpis").status_code == 200


def test_a_kpi_is_made_read_changed_and_never_overwritten(ask: Ask, brand: Brand) -> None:
    made = ask("POST", "brands/kopi/kpis", KPI)
    assert made.status_code == 201
    found = ask("GET", "brands/kopi/kpis/pengikut").json()
    assert found["kpi"]["target"] == "+20%"
    assert found["standing"]["state"] == "not_enough_data"
    assert found["standing"]["value"] is None
    newer = {**KPI, "target": "+30%"}
    good = ask("PUT", f"brands/kopi/kpis/pengikut?version={found['version']}", newer)
    late = ask("PUT", f"brands/kopi/kpis/pengikut?version={found['version']}", KPI)
    assert (good.status_code, late.status_code) == (200, 409)
    kept = read_kpis(workspace_of(brand).kpi_file("kopi"))
    assert [k.target and k.target.amount for k in kept] == [0.3]
    held = ask("POST", "brands/kopi/kpis/pengikut/checks", {"decision": "keep"})
    assert held.status_code == 201
    assert ask("GET", "brands/kopi/checks").json()["count"] == 1


def test_errors_have_one_form_and_the_language_asked_for(ask: Ask, alice: User) -> None:
    User.objects.update(language="id")
    wrong = ask("GET", "brands/kopi/figures?metric=nonsense")
    assert wrong.status_code == 400
    assert set(wrong.json()["error"]) == {"code", "message", "hint"}
    form = ask("POST", "brands/kopi/kpis", {"key": "x"})
    assert (form.status_code, form.json()["error"]["code"]) == (422, "invalid")
    assert "Periksa" in form.json()["error"]["hint"]
    for period in ("9999-12", "0001-01", "2026-13", "x" * 500, "1990-01..2090-01"):
        assert ask("GET", f"brands/kopi/scorecard?period={period}").status_code == 400


def test_the_history_of_a_line_says_how_far_each_value_is_known(ask: Ask, brand: Brand) -> None:
    days = [date(2026, month, day) for month in (9, 10) for day in range(1, 31)]
    rows = [fill_row("account_days", n, {"day": day, "interactions": 5})
            for n, day in enumerate(d for d in days if (d.month, d.day) != (10, 12))]  # fmt: skip
    lake_of(brand).write({"account_days": arrow_of("account_days", rows)}, Origin("test"))
    card = ask("GET", "brands/kopi/scorecard?period=2026-10").json()
    lines = {x["figure"]["metric"]: x for x in card["sections"][-1]["lines"]}
    line = lines["interactions"]
    assert (line["history"][-2:], line["history_states"][-2:]) == (
        [150, 145],
        ["exact", "at_least"],
    )
    assert all(len(x["history"]) == len(x["history_states"]) for x in lines.values())


def test_metrics_are_found_by_what_people_call_them(ask: Ask) -> None:
    def found(query: str) -> list[str]:
        return [m["key"] for m in ask("GET", f"metrics?{query}").json()["items"]]

    assert found("q=subscribers")[0] == "followers"
    assert found("q=jangkauan")[0] == "reach"
    assert "first_response_median" in found("q=balasan&limit=50")
    assert found("q=balasan&stage=conversion") == []
    assert len(found("limit=500")) >= 100


def test_lists_come_in_pages(ask: Ask) -> None:
    first = ask("GET", "metrics?limit=3").json()
    after = ask("GET", "metrics?limit=3&offset=3").json()
    assert len(first["items"]) == len(after["items"]) == 3
    assert first["count"] > 30
    assert not {m["key"] for m in first["items"]} & {m["key"] for m in after["items"]}


def test_a_repeat_under_its_key_does_nothing_twice(ask: Ask, brand: Brand) -> None:
    one = ask("POST", "brands/kopi/kpis", KPI, **{"Idempotency-Key": "k1"})
    two = ask("POST", "brands/kopi/kpis", KPI, **{"Idempotency-Key": "k1"})
    other = ask("POST", "brands/kopi/kpis", {**KPI, "name": "Lain"}, **{"Idempotency-Key": "k1"})
    assert one.content == two.content
    assert two["Idempotent-Replay"] == "true"
    assert (other.status_code, other.json()["error"]["code"]) == (422, "key_used")
    assert len(read_kpis(workspace_of(brand).kpi_file("kopi"))) == 1


def test_a_kept_answer_is_given_again_only_to_who_may_still_enter(
    brand: Brand, other_brand: Brand, hire: Callable[..., User]
) -> None:
    bob = hire("strategist")
    seat = Member.objects.create(brand=other_brand, user=bob, roles=["strategist"])
    _both, both = make_token(bob, brand, name="b", scopes=ALL, also=[other_brand])
    _kopi, kopi = make_token(bob, brand, name="k", scopes=ALL)

    def write(secret: str) -> Any:
        return Client().post(
            "/api/v1/brands/teh/kpis", KPI, content_type="application/json",
            headers={"Authorization": f"Bearer {secret}", "Idempotency-Key": "k1"},
        )  # fmt: skip

    write_kpis(workspace_of(other_brand).kpi_file("teh"), [])
    assert write(both).status_code == 201
    assert write(both)["Idempotent-Replay"] == "true"
    assert write(kopi).status_code == 404
    seat.delete()
    told = write(both)
    assert (told.status_code, told.json()["error"]["code"]) == (404, "not_found")


def test_too_many_calls_are_told_to_wait(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, brand: Brand, alice: User
) -> None:
    monkeypatch.setattr(guard, "PER_MINUTE", 2)
    _token, secret = make_token(alice, brand, name="t", scopes=ALL)
    client, headers = Client(), {"Authorization": f"Bearer {secret}"}
    answers = [client.get("/api/v1/brands", headers=headers) for _ in range(8)]
    assert answers[0].status_code == 200
    assert answers[0]["RateLimit-Remaining"] == "1"
    # The minute may end in between; it cannot end twice.
    assert [a.status_code for a in answers].count(429) >= 2
    late = next(a for a in answers if a.status_code == 429)
    assert 0 < int(late["Retry-After"]) <= 60


def test_a_link_is_made_by_a_program_and_revoked(ask: Ask) -> None:
    ask("POST", "brands/kopi/kpis", KPI)
    made = ask("POST", "brands/kopi/share-links", {"kind": "kpi", "thing": "pengikut"}).json()
    address = made["url"].removeprefix("http://testserver")
    assert Client().get(address).status_code == 200
    assert "url" not in ask("GET", "brands/kopi/share-links").json()["items"][0]
    assert ask("DELETE", f"brands/kopi/share-links/{made['id']}").status_code == 204
    assert Client().get(address).status_code == 404


def test_the_description_is_openapi_3_1_and_names_every_operation(ask: Ask) -> None:
    told = Client().get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    operations = [o["operationId"] for p in told["paths"].values() for o in p.values()]
    assert len(operations) == len(set(operations)) >= 25
    assert all(o.get("security") for p in told["paths"].values() for o in p.values()), (
        "every operation says that it needs a token"
    )


def test_a_thing_that_goes_away_behind_the_gate_is_not_found(
    ask: Ask, brand: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = ask("POST", "brands/kopi/strategies", {"name": "Video", "proposed_on": "2026-01-02"})
    at = f"brands/kopi/strategies/{made.json()['strategy']}"
    assert ask("GET", at).status_code == 200
    find, times = Board.strategy, iter((True, False))
    monkeypatch.setattr(Board, "strategy", lambda *args: find(*args) if next(times) else None)
    gone = ask("GET", at)
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, "not_found")
