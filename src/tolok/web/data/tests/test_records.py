"""The team's own records: noted one by one, mended, taken away, and measured like any import."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from tolok.base import Period
from tolok.lake import load_tables
from tolok.metrics import Scope
from tolok.web.accounts.facts import engine_of, lake_of
from tolok.web.accounts.models import AuditEntry, Brand, User
from tolok.web.data.records import RECORDS
from tolok.web.jobs import worker

pytestmark = pytest.mark.django_db
BASE = "/b/kopi/data/records/"
OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1), "month")
SLOT = {"slot": "Reels latte", "due_at": "2026-10-05T09:00", "account": "instagram:kopi",
        "kind": "reel", "state": "planned"}  # fmt: skip
COST = {"cost": "Boost", "day": "2026-10-05", "amount": "1.250.000", "currency": "idr",
        "kind": "ads", "line": "Iklan"}  # fmt: skip


@pytest.fixture
def bob(hire: Callable[..., User], sign_in: Any) -> Client:
    """A specialist of the brand, signed in."""
    return sign_in(hire("specialist"))


def rows_of(brand: Brand, table: str) -> list[dict[str, Any]]:
    return list(engine_of(brand).view.table(table).to_pyarrow().to_pylist())


def test_a_slot_is_planned_then_published_and_its_delay_follows(
    bob: Client, brand: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOLOK_TODAY", "2026-11-05")
    assert bob.post(f"{BASE}slots/new/", SLOT).status_code == 302
    (row,) = rows_of(brand, "slots")
    assert (row["due_at"], row["platform"], row["state"]) == (
        datetime(2026, 10, 5, 2), "instagram", "planned")  # fmt: skip
    page = bob.get(f"{BASE}slots/one/Reels latte").content.decode()
    assert 'value="2026-10-05T09:00"' in page
    assert bob.post(f"{BASE}slots/one/Reels latte", {**SLOT, "published_at": "2026-10-05T09:20",
                                                     "post": "instagram:1"}).status_code == 302  # fmt: skip
    (row,) = rows_of(brand, "slots")
    assert (row["state"], row["minutes_late"], row["post"]) == ("published", 20.0, "instagram:1")
    engine = engine_of(brand)
    assert engine.figure("slots_due", OCTOBER, Scope("kopi")).value == 1
    # A value that is cleared is gone: nothing of what was noted before is left over.
    bob.post(f"{BASE}slots/one/Reels latte", SLOT)
    (row,) = rows_of(brand, "slots")
    assert (row["state"], row["published_at"], row["minutes_late"]) == ("planned", None, None)


def test_a_cost_is_read_as_the_language_writes_it_and_can_be_taken_away(
    bob: Client, brand: Brand
) -> None:
    bob.cookies["django_language"] = "id"
    User.objects.update(language="id")
    assert bob.post(f"{BASE}costs/new/", COST).status_code == 302
    (row,) = rows_of(brand, "costs")
    assert (row["amount"], row["currency"], row["day"]) == (1_250_000, "IDR", date(2026, 10, 5))
    listed = bob.get(f"{BASE}costs/").content.decode()
    assert "1.250.000" in listed
    assert "Iklan" in listed
    worker.work_off()
    bob.post(f"{BASE}costs/one/Boost", {"remove": "1"})
    assert rows_of(brand, "costs") == []
    told = set(AuditEntry.objects.values_list("action", "thing"))
    assert {("noted_record", "Boost"), ("removed_record", "Boost")} <= told


@pytest.mark.parametrize(
    ("kind", "given", "fault"),
    [
        ("slots", {**SLOT, "due_at": ""}, "This field is required"),
        ("slots", {**SLOT, "account": "kopi"}, "Write platform and name"),
        ("slots", {**SLOT, "state": "published"}, "Say when it was published"),
        ("slots", {**SLOT, "due_at": "0001-01-01T00:00"}, "Write a day and a time"),
        ("costs", {**COST, "amount": "-5"}, "Write a number from 0 on"),
        ("costs", {**COST, "amount": "lima"}, "lima"),
        ("costs", {**COST, "currency": "ABC"}, "is not a currency"),
        ("costs", {**COST, "kind": "bribe"}, "Select a valid choice"),
        ("incidents", {"incident": "Roti", "severity": "low", "detected_at": "2026-10-05T09:00",
                       "resolved_at": "2026-10-04T09:00"}, "This is before"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_the_reason_and_nothing_typed_is_lost(
    bob: Client, brand: Brand, kind: str, given: dict[str, str], fault: str
) -> None:
    answer = bob.post(f"{BASE}{kind}/new/", {"amount": "5", **given})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert fault in page
    assert f'value="{next(iter(given.values()))}"' in page
    assert lake_of(brand).catalogue.batches() == []


def test_a_name_is_given_once_and_what_a_file_brought_is_not_taken_away_here(
    bob: Client, brand: Brand
) -> None:
    bob.post(f"{BASE}costs/new/", {**COST, "amount": "5"})
    again = bob.post(f"{BASE}costs/new/", {**COST, "cost": "boost", "amount": "6"})
    assert "There is one of this name" in again.content.decode()
    pasted = "tolok:costs\tcost\tday\tamount\tcurrency\n\tinv-1\t2026-10-02\t70\tIDR\n"
    answer = bob.post("/b/kopi/data/bring/", {"pasted": pasted})
    worker.work_off()
    bob.post(answer["Location"] + "take/")
    worker.work_off()
    page = bob.get(f"{BASE}costs/one/inv-1").content.decode()
    assert "Take it away" not in page
    bob.post(f"{BASE}costs/one/inv-1", {"remove": "1"})
    assert {r["cost"] for r in rows_of(brand, "costs")} == {"Boost", "inv-1"}


def test_a_partners_post_is_measured_as_soon_as_it_is_named(bob: Client, brand: Brand) -> None:
    posts = ("tolok:posts\tpost\taccount\tplatform\tpublished_at\tviews\n"
             "\tinstagram:7\tinstagram:dita\tinstagram\t2026-10-02 09:00\t4000\n")  # fmt: skip
    answer = bob.post("/b/kopi/data/bring/", {"pasted": posts})
    worker.work_off()
    bob.post(answer["Location"] + "take/")
    worker.work_off()
    bob.post(f"{BASE}partnerships/new/", {"partnership": "Dita", "influencer": "instagram:dita",
                                          "stage": "active", "agreed_on": "2026-10-01"})  # fmt: skip
    told = {"deliverable": "Dita 1", "partnership": "Dita", "kind": "reel", "post": "instagram:7",
            "due_at": "2026-10-02T10:00", "is_agreed": "True"}  # fmt: skip
    assert bob.post(f"{BASE}deliverables/new/", told).status_code == 302
    (row,) = rows_of(brand, "deliverables")
    assert (row["views"], row["is_agreed"], row["is_disclosed"]) == (4000, True, None)
    page = bob.get(f"{BASE}deliverables/new/").content.decode()
    assert '<option value="Dita">' in page


def test_no_page_of_records_or_persons_speaks_english_to_indonesians(
    bob: Client, brand: Brand, alice: User, sign_in: Any, find_english: Callable[[str], list[str]]
) -> None:
    bob.post(f"{BASE}slots/new/", SLOT)
    User.objects.update(language="id")
    client = sign_in(User.objects.get(pk=alice.pk))
    pages = [BASE, f"{BASE}slots/", f"{BASE}slots/one/Reels latte", "/b/kopi/data/person/"]
    pages += [f"{BASE}{kind}/new/" for kind in RECORDS]
    told = {path: client.get(path) for path in pages}
    told |= {f"{kind} refused": client.post(f"{BASE}{kind}/new/", {}) for kind in RECORDS}
    told["person found"] = client.post("/b/kopi/data/person/", {"do": "find", "name": "rara"})
    found = {path: find_english(answer.content.decode()) for path, answer in told.items()}
    assert {path: words for path, words in found.items() if words} == {}


def test_every_kind_can_be_opened_and_every_column_it_names_exists(bob: Client) -> None:
    for key, record in RECORDS.items():
        names = set(load_tables()[key].schema.names)
        assert set(record.asks) <= names
        assert set(record.shown) <= set(record.asks)
        assert bob.get(f"{BASE}{key}/new/").status_code == 200
        assert bob.get(f"{BASE}{key}/template.csv").content.decode("utf-8-sig").startswith("tolok:")
    assert bob.get(f"{BASE}posts/").status_code == 404
