"""Bringing in by a program: what a file asks is told, answered, mapped, held, stopped, forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tolok.intake import Mappings
from tolok.intake.tests.test_several_kinds import FITTING, MERGED
from tolok.web.accounts.facts import engine_of, lake_of, workspace_of
from tolok.web.accounts.models import AuditEntry, Brand, User
from tolok.web.accounts.tokens import make_token
from tolok.web.data.models import Drop
from tolok.web.data.tests.test_bringing_in import content
from tolok.web.jobs import kinds, queue, worker
from tolok.web.jobs.kinds import find_kind

pytestmark = pytest.mark.django_db
Ask = Callable[..., Any]
Send = Callable[..., Any]
AT = "brands/kopi/imports"
DAILY = 'sep=,\n"Views"\n"Date","Primary"\n"2026-10-01T00:00:00","12"\n"2026-10-02T00:00:00","15"\n'
VIEWS = b"\xff\xfe" + DAILY.encode("utf-16-le")
OWN = b"Hari;Jumlah teman;Catatan\n2026-10-01;100;a\n2026-10-02;104;b\n"
MEANS = {
    "table": "account_days", "name": "Catatan harian", "platform": "instagram",
    "account": "kopiserambi", "columns": {"Hari": "day", "Jumlah teman": "followers"},
}  # fmt: skip


@pytest.fixture
def send(brand: Brand, alice: User) -> Send:
    """Send a file with a token of Alice's, and have it looked at."""
    _token, secret = make_token(alice, brand, name="t", scopes=("write",))

    def post(name: str, body: bytes, asked: str = "", **headers: str) -> Any:
        answer = Client().post(
            f"/api/v1/{AT}{asked}", {"file": SimpleUploadedFile(name, body)},
            headers={"Authorization": f"Bearer {secret}", **headers},
        )  # fmt: skip
        worker.work_off()
        return answer

    return post


def batches(brand: Brand) -> list[str]:
    return [b.file_name or "" for b in lake_of(brand).catalogue.batches()]


def test_a_file_that_says_everything_is_taken_at_once(ask: Ask, send: Send, brand: Brand) -> None:
    sent = send("../../etc/pass wd.csv", content())
    assert sent.status_code == 202, sent.content
    told = ask("GET", f"{AT}/{sent.json()['id']}").json()
    (file,) = told["files"]
    assert (told["state"], told["is_waiting"], file["state"]) == ("done", False, "ready")
    assert (file["name"], file["rows"]["posts"]) == ("pass wd.csv", 2)
    assert [file["batch"]] == [b.id for b in lake_of(brand).catalogue.batches()]
    assert not Drop.objects.get().folder.exists()
    again = send("again.csv", content()).json()["id"]
    assert [f["state"] for f in ask("GET", f"{AT}/{again}").json()["files"]] == ["known"]
    Drop.objects.all().delete()
    kept = ask("GET", f"{AT}/{sent.json()['id']}").json()
    assert [(f["name"], f["batch"]) for f in kept["files"]] == [(file["name"], file["batch"])]


def test_a_repeat_under_its_key_brings_nothing_twice(send: Send, brand: Brand) -> None:
    one, two = (send("a.csv", content(), **{"Idempotency-Key": "k"}) for _ in range(2))
    assert (one.content, two["Idempotent-Replay"]) == (two.content, "true")
    assert Drop.objects.count() == 1
    alike = content().replace(b"Kopi pagi", b"Kopi sore")
    other = send("a.csv", alike, **{"Idempotency-Key": "k"})
    assert (other.status_code, other.json()["error"]["code"]) == (422, "key_used")
    assert len(batches(brand)) == 1


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "multipart/form-data"])
def test_a_form_that_is_none_is_refused_with_and_without_a_key(
    brand: Brand, alice: User, kind: str
) -> None:
    _token, secret = make_token(alice, brand, name="t", scopes=("write",))
    for key in ({}, {"Idempotency-Key": "k"}):
        head = {"Authorization": f"Bearer {secret}", **key}
        refused = Client().post(f"/api/v1/{AT}", b"nonsense", content_type=kind, headers=head)
        assert refused.status_code in (400, 422), refused.content
        assert refused.json()["error"]["code"] in ("bad_request", "invalid")
    assert not Drop.objects.exists()


def test_what_no_file_can_be_is_refused(ask: Ask, send: Send, brand: Brand) -> None:
    assert send("a.csv", b"").status_code in (400, 422)
    for asked in ("?account=kopi", "?period=someday", "?currency=rupiah", "?order=ymd",
                  "?observed=1800-01-01"):  # fmt: skip
        assert send("a.csv", content(), asked).status_code in (400, 422), asked
    assert not Drop.objects.exists()
    assert ask("GET", f"{AT}/999999").status_code == 404


def test_a_question_is_told_answered_and_the_file_taken(ask: Ask, send: Send, brand: Brand) -> None:
    number = send("Views.csv", VIEWS).json()["id"]
    told = ask("GET", f"{AT}/{number}").json()
    assert (told["is_waiting"], told["files"][0]["state"]) == (True, "asked")
    (question,) = told["files"][0]["questions"]
    assert question["key"] == "account"
    assert question["text"]["id"] == "Berkas ini milik akun mana?"
    at = f"{AT}/{number}/answers"
    assert ask("PUT", at, {"account": "kopi"}).status_code == 422
    assert ask("PUT", at, {"account": "instagram:kopi", "file": "other.csv"}).status_code == 404
    assert ask("PUT", at, {"account": "instagram:kopi"}, scopes=("read",)).status_code == 403
    assert ask("PUT", at, {"account": "instagram:kopi", "file": "Views.csv"}).status_code == 202
    late = ask("PUT", at, {"account": "instagram:kopi"})
    assert (late.status_code, late.json()["error"]["code"]) == (409, "conflict")
    worker.work_off()
    told = ask("GET", f"{AT}/{number}").json()
    assert (told["state"], told["is_waiting"]) == ("done", False)
    assert (told["files"][0]["accounts"], batches(brand)) == (["instagram:kopi"], ["Views.csv"])


def test_a_question_of_a_program_can_be_answered_on_the_screen(
    ask: Ask, send: Send, brand: Brand, alice: User, sign_in: Any
) -> None:
    number = send("Views.csv", VIEWS).json()["id"]
    client, drop = sign_in(alice), Drop.objects.get()
    assert str(drop.pk) in client.get("/b/kopi/data/bring/").content.decode()
    client.post(f"/b/kopi/data/bring/{drop.pk}/answer/", {"0.account": "instagram:kopi"})
    worker.work_off()
    assert "1 file can be taken" in client.get(f"/b/kopi/data/bring/{drop.pk}/").content.decode()
    client.post(f"/b/kopi/data/bring/{drop.pk}/take/")
    worker.work_off()
    told = ask("GET", f"{AT}/{number}").json()
    assert (told["state"], told["files"][0]["batch"] is None) == ("done", False)


def test_what_a_file_asks_can_be_told_along_with_it(ask: Ask, send: Send, brand: Brand) -> None:
    number = send("Views.csv", VIEWS, "?account=instagram:kopi&period=2026-10").json()["id"]
    told = ask("GET", f"{AT}/{number}").json()
    assert [f["accounts"] for f in told["files"]] == [["instagram:kopi"]]
    assert batches(brand) == ["Views.csv"]


def test_a_held_file_is_taken_only_when_told(ask: Ask, send: Send, brand: Brand) -> None:
    number = send("Oct.csv", content(), "?hold=true").json()["id"]
    told = ask("GET", f"{AT}/{number}").json()
    assert (told["is_waiting"], told["files"][0]["state"], batches(brand)) == (True, "ready", [])
    taking = ask("POST", f"{AT}/{number}/take")
    assert (taking.status_code, taking.json()["state"]) == (202, "waiting")
    worker.work_off()
    told = ask("GET", f"{AT}/{number}").json()
    assert (told["is_waiting"], told["files"][0]["batch"] is None) == (False, False)
    assert batches(brand) == ["Oct.csv"]
    assert ask("POST", f"{AT}/{number}/take").status_code == 409
    assert AuditEntry.objects.filter(action="imported_files").count() == 1


def test_an_unknown_table_is_named_once_and_files_like_it_are_taken(
    ask: Ask, send: Send, brand: Brand
) -> None:
    number = send("harian.csv", OWN).json()["id"]
    at = f"{AT}/{number}/columns"
    assert ask("GET", f"{AT}/{number}").json()["files"][0]["sheets"][0]["state"] == "unknown"
    told = ask("GET", f"{at}?table=account_days").json()
    assert (told["file"], told["sheet"]) == ("harian.csv", 0)
    assert [(h["header"], h["cells"][0]) for h in told["headers"]] == [
        ("Hari", "2026-10-01"), ("Jumlah teman", "100"), ("Catatan", "a"),
    ]  # fmt: skip
    assert "account_days" in [t["table"] for t in told["tables"]]
    tried = ask("POST", f"{at}/try", MEANS)
    assert tried.status_code == 200, tried.content
    assert (tried.json()["rows_taken"], tried.json()["rows"][0]["followers"]) == (2, 100)
    mappings = Mappings(workspace_of(brand).mappings_folder)
    assert mappings.all() == []
    assert ask("PUT", at, MEANS).status_code == 202
    worker.work_off()
    assert batches(brand) == ["harian.csv"]
    assert ask("GET", at).status_code == 409, "it waits for nothing any more"
    send("november.csv", OWN.replace(b"2026-10", b"2026-11"))
    assert batches(brand) == ["harian.csv", "november.csv"]
    found = engine_of(brand).view.table("account_days").to_pyarrow().to_pylist()
    assert sorted(r["followers"] for r in found) == [100, 100, 104, 104]
    assert AuditEntry.objects.filter(action="saved_mapping").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"table": "goals"}, {"table": "nonsense"}, {"platform": "nonsense"},
        {"columns": {"Bulan": "day"}}, {"columns": {"Hari": "nonsense"}},
        {"columns": {"Hari": "followers", "Jumlah teman": "followers"}},
        {"columns": {"Jumlah teman": "followers"}}, {"file": "other.csv"}, {"sheet": 3},
        {"columns": {}}, {"colour": "red"},
    ],
)  # fmt: skip
def test_what_columns_cannot_mean_is_refused_and_not_remembered(
    ask: Ask, send: Send, brand: Brand, wrong: dict[str, Any]
) -> None:
    number = send("harian.csv", OWN).json()["id"]
    for method, at in (("POST", "columns/try"), ("PUT", "columns")):
        refused = ask(method, f"{AT}/{number}/{at}", {**MEANS, **wrong})
        assert refused.status_code in (400, 404, 422), (at, refused.content)
        assert refused.json()["error"]["message"]
    assert Mappings(workspace_of(brand).mappings_folder).all() == []


def test_a_mapping_is_refused_with_the_words_of_the_screen(
    ask: Ask, send: Send, brand: Brand, alice: User, sign_in: Any
) -> None:
    User.objects.update(language="id")
    number = send("harian.csv", OWN).json()["id"]
    half = {**MEANS, "columns": {"Jumlah teman": "followers"}}
    said = ask("POST", f"{AT}/{number}/columns/try", half).json()["error"]["message"]
    typed = {"file": "harian.csv", "sheet": "0", "table": "account_days", "do": "try",
             "column.1": "followers", "platform": "instagram", "account": "kopiserambi"}  # fmt: skip
    page = sign_in(alice).post(f"/b/kopi/data/bring/{Drop.objects.get().pk}/columns/", typed)
    assert said in page.content.decode()
    assert "Pemetaan" in said


def test_an_import_is_forgotten_with_its_file(ask: Ask, send: Send, brand: Brand) -> None:
    number = send("harian.csv", OWN).json()["id"]
    folder = Drop.objects.get().folder
    assert folder.exists()
    assert ask("DELETE", f"{AT}/{number}").status_code == 204
    assert not folder.exists()
    assert not Drop.objects.exists()
    assert ask("GET", f"{AT}/{number}").json()["is_waiting"] is False


def test_a_program_stops_an_import_that_waits_or_runs(
    ask: Ask, brand: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = []

    def press(run: Any) -> None:
        stopped.append(ask("POST", f"{AT}/{run.job.pk}/stop").json())
        run.step(1)
        raise AssertionError("it went on")

    monkeypatch.setitem(kinds._KINDS, "api.import", replace(find_kind("api.import"), work=press))
    running, waiting = (queue.enqueue("api.import", {}, brand_id=brand.pk) for _ in range(2))
    told = ask("POST", f"{AT}/{waiting.pk}/stop")
    assert (told.status_code, told.json()["state"]) == (200, "cancelled")
    assert worker.work_off() == 1
    assert [(s["state"], s["is_stopping"]) for s in stopped] == [("running", True)]
    told = ask("GET", f"{AT}/{running.pk}").json()
    assert (told["state"], told["is_stopping"]) == ("cancelled", False)


def test_a_program_is_told_the_choices_and_their_names_and_answers(
    ask: Ask, send: Send, brand: Brand
) -> None:
    number = send("merged.csv", MERGED.encode(), "?account=tiktok:kopi").json()["id"]
    at = f"{AT}/{number}"
    (question,) = ask("GET", at).json()["files"][0]["questions"]
    assert (question["key"], question["choices"]) == ("kind", [*FITTING, "none"])
    assert question["names"]["tiktok.viewers"] == {"en": "TikTok viewers", "id": "Penonton TikTok"}
    for told in ({"kind": "x.video"}, {"kind": "x.video", "file": "merged.csv"}):
        refused = ask("PUT", f"{at}/answers", told)
        assert refused.status_code in (400, 422)
        assert "choose one of tiktok.overview, tiktok.viewers, none" in refused.content.decode()
    assert ask("PUT", f"{at}/answers", {"kind": "nonsense"}).status_code in (400, 422)
    assert ask("PUT", f"{at}/answers", {"kind": "tiktok.viewers"}).status_code == 202
    worker.work_off()
    told = ask("GET", at).json()
    assert (told["state"], told["files"][0]["state"]) == ("done", "ready")
    assert [b.source for b in lake_of(brand).catalogue.batches()] == ["tiktok.viewers"]


def test_a_program_can_tell_the_export_along_with_the_file(
    ask: Ask, send: Send, brand: Brand
) -> None:
    told = "?account=tiktok:kopi&kind="
    assert send("merged.csv", MERGED.encode(), f"{told}nonsense").status_code in (400, 422)
    assert not Drop.objects.exists()
    send("merged.csv", MERGED.encode(), f"{told}tiktok.overview")
    assert [b.source for b in lake_of(brand).catalogue.batches()] == ["tiktok.overview"]
