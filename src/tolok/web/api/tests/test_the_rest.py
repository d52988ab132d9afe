"""What remains of the screens by a program: people, settings, files, notes, views, channels, others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tolok.web.accounts.facts import engine_of
from tolok.web.accounts.models import AuditEntry, Brand, Member, User
from tolok.web.share.models import Channel, Notice

pytestmark = pytest.mark.django_db
Ask = Callable[..., Any]
AT = "brands/kopi"


def test_people_are_invited_given_roles_and_taken_out(
    ask: Ask, brand: Brand, hire: Callable[..., User]
) -> None:
    hire("viewer")
    made = ask("POST", f"{AT}/invitations", {"email": "baru@example.com", "roles": ["viewer"]})
    assert made.status_code == 201
    assert Client().get(made.json()["url"].removeprefix("http://testserver")).status_code == 200
    assert "url" not in ask("GET", f"{AT}/invitations").json()["items"][0]
    assert ask("DELETE", f"{AT}/invitations/{made.json()['id']}").status_code == 204
    assert ask("GET", f"{AT}/invitations").json()["count"] == 0
    one = next(p for p in ask("GET", f"{AT}/people").json()["items"] if p["roles"] == ["viewer"])
    raised = ask("PUT", f"{AT}/people/{one['id']}", {"roles": ["manager", "strategist"]})
    assert set(raised.json()["roles"]) == {"manager", "strategist"}
    assert ask("PUT", f"{AT}/people/{one['id']}", {"roles": ["king"]}).status_code == 422
    assert ask("DELETE", f"{AT}/people/{one['id']}").status_code == 204
    assert not Member.objects.filter(pk=one["id"]).exists()
    log = ask("GET", f"{AT}/audit?q=baru@example.com").json()["items"]
    assert [entry["action"] for entry in log] == ["closed_invitation", "invited"]
    assert ask("GET", f"{AT}/audit", scopes=("read", "plan")).status_code == 403


def test_settings_are_read_and_changed(ask: Ask, brand: Brand) -> None:
    told = ask("GET", f"{AT}/settings").json()
    assert told["name"] == "Kopi Senja"
    told["hours"] = {"0": "09:00-17:00"}
    changed = ask("PUT", f"{AT}/settings", {**told, "fiscal_month": 4})
    assert changed.status_code == 200, changed.content
    assert (changed.json()["fiscal_month"], list(changed.json()["hours"])) == (4, ["0"])
    wrong = ask("PUT", f"{AT}/settings", {**told, "time_zone": "Mars/Olympus"})
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (422, "invalid")
    assert ask("POST", f"{AT}/archive").content.startswith(b"PK")


@pytest.mark.parametrize("asked", ["offset=9223372036854775808", "limit=1001", "limit=0"])
def test_a_page_no_list_can_have_is_refused(ask: Ask, brand: Brand, asked: str) -> None:
    refused = ask("GET", f"{AT}/audit?{asked}")
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "invalid")
    assert ask("GET", f"{AT}/audit?limit=1000&offset=2147483647").json()["items"] == []


def test_numbers_of_one_s_own_are_written_once(ask: Ask, brand: Brand) -> None:
    told = {"account": "instagram:kopi", "month": "2026-10",
            "days": {"2026-10-01": {"followers": 100}, "2026-10-02": {"followers": 104}}}  # fmt: skip
    assert ask("PUT", f"{AT}/own-numbers", told).json() == {"count": 2}
    assert ask("PUT", f"{AT}/own-numbers", told).json() == {"count": 0}
    period = engine_of(brand).calendar.parse("2026-10")
    assert period.contains(date(2026, 10, 2))
    assert ask("GET", f"{AT}/accounts").json()["items"][0]["account"] == "instagram:kopi"
    for wrong in (
        {**told, "month": "someday"}, {**told, "account": "nothing"},
        {**told, "days": {"2026-11-01": {"followers": 1}}},
        {**told, "days": {"2026-10-01": {"nonsense": 1}}},
    ):  # fmt: skip
        assert ask("PUT", f"{AT}/own-numbers", wrong).status_code == 400, wrong
    files = ask("GET", f"{AT}/files").json()["items"]
    assert ask("GET", f"{AT}/files/{files[0]['number']}/raw").status_code == 404, "no file was sent"
    assert ask("DELETE", f"{AT}/files/{files[0]['number']}").status_code == 204
    assert ask("GET", f"{AT}/files").json()["items"][0]["is_taken_back"] is True
    assert ask("GET", f"{AT}/coverage").status_code == 200


def test_notes_and_views_are_one_s_own_to_take_away(ask: Ask, brand: Brand) -> None:
    note = ask("POST", f"{AT}/metrics/followers/notes", {"day": "2026-10-01", "text": "Menu baru"})
    assert (note.status_code, note.json()["metric"]) == (201, "followers")
    assert ask("POST", f"{AT}/metrics/nonsense/notes", note.json()).status_code == 404
    assert ask("GET", f"{AT}/notes?metric=followers").json()["count"] == 1
    assert ask("DELETE", f"{AT}/notes/{note.json()['id']}").status_code == 204
    view = ask("POST", f"{AT}/views", {"name": "Senin", "query": "by=area&evil=1"}).json()
    assert (view["query"], view["metric"], view["is_mine"]) == ("by=area", "", True)
    assert ask("PUT", f"{AT}/views/{view['id']}/first").json()["is_first"] is True
    assert ask("DELETE", f"{AT}/views/{view['id']}/first").status_code == 204
    assert ask("GET", f"{AT}/views").json()["items"][0]["is_first"] is False
    assert ask("DELETE", f"{AT}/views/{view['id']}").status_code == 204


def test_a_channel_is_added_tried_and_removed(ask: Ask, brand: Brand) -> None:
    told = {"kind": "email", "address": "tim@kopi.test", "events": ["check_due"], "language": "id",
            "quiet_from": "21:00", "quiet_until": "06:00"}  # fmt: skip
    made = ask("POST", f"{AT}/channels", told)
    assert (made.status_code, made.json()["events"]) == (201, ["check_due"])
    half = {name: value for name, value in told.items() if name != "quiet_until"}
    assert ask("POST", f"{AT}/channels", half).status_code == 422
    inside = {**told, "kind": "webhook", "address": "https://127.0.0.1/hook"}
    assert ask("POST", f"{AT}/channels", inside).status_code == 422, "no way into our own network"
    assert ask("POST", f"{AT}/channels/{made.json()['id']}/test").status_code == 202
    assert Notice.objects.get().event == "test"
    assert ask("DELETE", f"{AT}/channels/{made.json()['id']}").status_code == 204
    assert not Channel.objects.exists()
    acts = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"made_channel", "removed_channel"} <= acts


def test_figures_of_others_and_of_all_brands_are_told(
    ask: Ask, brand: Brand, other_brand: Brand
) -> None:
    told = ask("GET", f"{AT}/competitors?period=2026-10").json()
    assert (told["period"], told["beside"]) == ("2026-10", [])
    assert ask("GET", f"{AT}/competitors?segment=astrology").status_code == 400
    brands = ask("GET", f"{AT}/portfolio").json()["items"]
    assert [b["slug"] for b in brands] == ["kopi"], "a token sees no brand but its own"


def test_a_record_is_noted_mended_and_taken_away(ask: Ask, brand: Brand) -> None:
    User.objects.update(language="id")
    kinds = {k["kind"]: k for k in ask("GET", f"{AT}/record-kinds").json()["items"]}
    needed = {f["name"] for f in kinds["costs"]["fields"] if f["is_needed"]}
    assert {"cost", "day", "amount"} <= needed
    told = {"cost": "Foto menu", "day": "2026-10-31", "amount": 1250000.5, "currency": "idr",
            "kind": "fee"}  # fmt: skip
    made = ask("POST", f"{AT}/records/costs", {"fields": told})
    assert made.status_code == 201, made.content
    assert float(made.json()["fields"]["amount"]) == 1250000.5
    assert made.json()["fields"]["currency"] == "IDR"
    assert ask("POST", f"{AT}/records/costs", {"fields": told}).status_code == 422, "it is taken"
    strange = ask("POST", f"{AT}/records/costs", {"fields": {**told, "colour": "red"}})
    assert strange.status_code == 400
    one = f"{AT}/records/costs/one/Foto%20menu"
    assert ask("PUT", one, {"fields": {**told, "amount": 7}}).status_code == 200
    listed = ask("GET", f"{AT}/records/costs").json()["items"]
    assert [(r["key"], float(r["fields"]["amount"])) for r in listed] == [("Foto menu", 7.0)]
    slot = {"slot": "Reels Senin", "due_at": "2026-10-31T14:05", "state": "planned"}
    due = ask("POST", f"{AT}/records/slots", {"fields": slot}).json()["fields"]["due_at"]
    assert due == "2026-10-31T07:05:00", "told by the brand's clock, kept in UTC"
    assert ask("DELETE", one).status_code == 204
    assert ask("DELETE", one).status_code == 404
    assert ask("GET", f"{AT}/records/nonsense").status_code == 404
    assert b"cost" in ask("GET", f"{AT}/records/costs/template.csv").content
