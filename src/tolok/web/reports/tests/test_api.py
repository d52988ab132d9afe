"""Reports by a program: made, drawn as files, read by whom, sent, and what became of each copy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tolok.web.accounts.models import Brand, User
from tolok.web.jobs import worker
from tolok.web.reports.models import Report

pytestmark = pytest.mark.django_db
Ask = Callable[..., Any]
AT = "brands/kopi/reports"
REPORT = {"name": "Laporan bulanan", "audience": "boss", "rhythm": "month", "language": "id",
          "weekday": 1, "month_day": 3, "at": "08:00", "is_on": True,
          "pages": ["scorecard"]}  # fmt: skip
READER = {"name": "Bos", "way": "email", "address": "bos@kopi.test", "language": "id",
          "forms_": ["pdf"]}  # fmt: skip


def test_a_report_is_made_changed_and_taken_away(ask: Ask, brand: Brand) -> None:
    made = ask("POST", AT, REPORT)
    assert made.status_code == 201
    told = made.json()
    assert (told["key"], told["is_on"], told["at"]) == ("laporan-bulanan", True, "08:00")
    assert told["next"] is not None
    address = f"{AT}/{told['id']}"
    changed = ask("PUT", address, {**REPORT, "name": "Bulanan", "is_on": False}).json()
    assert (changed["key"], changed["name"], changed["next"]) == (
        "laporan-bulanan",
        "Bulanan",
        None,
    )
    for wrong in ({"at": "25:00"}, {"weekday": 8}, {"pages": ["none"]}, {"colour": "red"}):
        refused = ask("PUT", address, {**REPORT, **wrong})
        assert (refused.status_code, refused.json()["error"]["code"]) == (422, "invalid"), wrong
    assert ask("DELETE", address).status_code == 204
    assert ask("GET", address).status_code == 404
    assert Report.objects.get().removed_at is not None


def test_a_report_is_given_out_as_every_file(ask: Ask, facts: Brand) -> None:
    told = ask("POST", AT, REPORT).json()
    address = f"{AT}/{told['id']}/files"
    starts = {"pdf": b"%PDF", "pptx": b"PK", "xlsx": b"PK"}
    for form in told["formats"]:
        answer = ask("GET", f"{address}/{told['periods'][0]}/{form}?language=en")
        assert answer.status_code == 200, form
        assert answer.content.startswith(starts.get(form, b"")), form
        assert "attachment" in answer["Content-Disposition"]
    for strange in ("2026-10/exe", "yesterday/pdf", "9998/pdf"):
        assert ask("GET", f"{address}/{strange}").status_code == 404


def test_it_goes_to_its_readers_and_tells_what_became_of_it(
    ask: Ask, facts: Brand, box: Any
) -> None:
    address = f"{AT}/{ask('POST', AT, REPORT).json()['id']}"
    nobody = ask("POST", f"{address}/editions", {"period": "2026-10"})
    assert (nobody.status_code, nobody.json()["error"]["code"]) == (400, "user")
    reader = ask("POST", f"{address}/readers", READER)
    assert reader.status_code == 201
    sent = ask("POST", f"{address}/editions", {"period": "2026-10"})
    assert sent.status_code == 202
    worker.work_off()
    assert box.readers == ["bos@kopi.test"]
    edition = ask("GET", f"{address}/editions").json()["items"][0]
    assert [(c["name"], c["state"]) for c in edition["copies"]] == [("Bos", "sent")]
    again = ask("POST", f"brands/kopi/report-copies/{edition['copies'][0]['id']}/again")
    assert again.status_code == 202
    worker.work_off()
    assert box.readers == ["bos@kopi.test"] * 2
    one = f"{address}/readers/{reader.json()['id']}"
    assert ask("PUT", one, {**READER, "name": "Bu Bos"}).json()["name"] == "Bu Bos"
    assert ask("PUT", one, {**READER, "address": "nowhere"}).status_code == 422
    assert ask("DELETE", one).status_code == 204
    assert ask("GET", f"{address}/readers").json()["count"] == 0


def test_a_reader_gets_only_brands_one_may_share(
    ask: Ask, brand: Brand, other_brand: Brand, charlie: User
) -> None:
    address = f"{AT}/{ask('POST', AT, REPORT).json()['id']}/readers"
    made = ask("POST", address, {**READER, "brands": ["teh"]})
    assert made.json()["brands"] == ["teh"]
    assert ask("POST", address, {**READER, "brands": ["batik"]}).status_code == 400
