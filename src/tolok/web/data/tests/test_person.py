"""What is held of one person: found, shown, handed out, erased; nobody else's is touched."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tolok.lake import person_rows
from tolok.web.accounts.facts import answers_folder, lake_of
from tolok.web.accounts.models import AuditEntry, Brand, User
from tolok.web.accounts.team import make_token
from tolok.web.api.models import Answer
from tolok.web.data.models import Drop
from tolok.web.jobs import queue, worker
from tolok.web.jobs.models import Job

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/b/kopi/data/person/"
TALKS = (
    "tolok:interactions\tinteraction\tat\tauthor\ttext\tkind\tplatform\n"
    "\ti1\t2026-10-01 09:00\t@Rara\t=kopinya enak\tcomment\tinstagram\n"
    "\ti2\t2026-10-02 09:00\tdimas\tuntuk rara\tcomment\tinstagram\n"
)


def bring(client: Client, slug: str, pasted: str) -> None:
    answer = client.post(f"/b/{slug}/data/bring/", {"pasted": pasted})
    worker.work_off()
    client.post(answer["Location"] + "take/")
    worker.work_off()


@pytest.fixture
def desk(alice: User, brand: Brand, other_brand: Brand, sign_in: Callable[..., Client]) -> Client:
    """The owner, after both brands brought in what Rara wrote to each."""
    client = sign_in(alice)
    bring(client, "kopi", TALKS)
    bring(client, "teh", TALKS.replace("enak", "hangat"))
    return client


def test_a_person_is_found_by_any_form_of_the_name_and_shown_in_words(desk: Client) -> None:
    for name in ("rara", " @RARA "):
        page = desk.post(PAGE, {"do": "find", "name": name}).content.decode()
        assert "1 row names" in page
        assert "kopinya enak" in page
        assert "Who wrote it" in page
        assert "untuk rara" not in page
    assert (
        "Nothing is held under" in desk.post(PAGE, {"do": "find", "name": "budi"}).content.decode()
    )
    assert desk.post(PAGE, {"do": "find", "name": " @"}).status_code == 422


def test_the_export_holds_every_column_and_no_formula(desk: Client) -> None:
    answer = desk.post(PAGE, {"do": "export", "name": "rara"})
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    (row,) = json.loads(archive.read("person.json"))["interactions"]
    assert (row["author"], row["text"]) == ("@Rara", "=kopinya enak")
    assert row["at"] == "2026-10-01T02:00:00"
    assert "'=kopinya enak" in archive.read("interactions.csv").decode("utf-8-sig")
    assert AuditEntry.objects.filter(action="exported_person", thing="").exists()


def test_erasing_needs_the_name_twice_and_leaves_no_trace_of_it(
    desk: Client, brand: Brand, other_brand: Brand
) -> None:
    refused = desk.post(PAGE, {"do": "erase", "name": "rara", "again": "dimas"})
    assert refused.status_code == 422
    assert "Nothing was erased" in refused.content.decode()
    assert person_rows(lake_of(brand), "kopi", "rara")
    desk.get("/b/kopi/data/months/")
    assert answers_folder(brand).exists()
    answer = desk.post(PAGE, {"do": "erase", "name": "rara", "again": "Rara"})
    assert answer.status_code == 302
    worker.work_off()
    assert person_rows(lake_of(brand), "kopi", "rara") == {}
    assert person_rows(lake_of(other_brand), "teh", "rara")
    assert not any(answers_folder(brand).glob("*/*.answer"))
    assert not Drop.objects.filter(brand=brand).exists()
    archive = zipfile.ZipFile(io.BytesIO(desk.post("/b/kopi/settings/export/").content))
    assert "data/facts/interactions.csv" in archive.namelist()
    everything = b"".join(archive.read(n) for n in archive.namelist()).lower()
    assert b"enak" not in everything, "the file it stood in is not handed out either"
    assert b"untuk rara" in everything
    (digest,) = {b.file for b in lake_of(brand).catalogue.batches() if b.brand == "kopi" and b.file}
    assert desk.get(f"/b/kopi/data/files/{digest}/").status_code == 200
    assert "no longer kept" in desk.get(f"/b/kopi/data/files/{digest}/raw/").content.decode()
    job = Job.objects.get(kind="data.erase_person")
    assert (job.state, job.payload, job.result) == ("done", {}, {"rows": 1, "files": 1})
    told = str(list(AuditEntry.objects.values_list("thing", "detail"))) + str(
        list(Job.objects.filter(brand_id=brand.pk).values_list("payload", "result", "note"))
    )
    assert "rara" not in told.lower()
    assert AuditEntry.objects.filter(action="erased_person").exists()


def test_a_program_finds_hands_out_and_erases_with_the_right_scope(
    desk: Client, brand: Brand, alice: User
) -> None:
    _row, secret = make_token(alice, brand, name="bot", scopes=["manage"])
    _row, weak = make_token(alice, brand, name="weak", scopes=["read"])
    base, bearer = "/api/v1/brands/kopi/persons/", {"authorization": f"Bearer {secret}"}

    def call(what: str, body: dict[str, str], **head: str) -> Any:
        return Client().post(base + what, json.dumps(body), content_type="application/json",
                             headers={**bearer, **head})  # fmt: skip

    who = {"name": "Rara"}
    assert call("find", who).json() == {"rows": 1, "tables": {"interactions": 1}}
    told = call("export", who, **{"idempotency-key": "one"}).json()
    assert told["tables"]["interactions"][0]["text"] == "=kopinya enak"
    assert Answer.objects.count() == 1
    assert call("find", who, authorization=f"Bearer {weak}").status_code == 403
    assert call("erase", {**who, "again": "Rani"}).status_code == 400
    assert call("erase", {**who, "again": "rara"}).status_code == 202
    worker.work_off()
    assert call("find", who).json()["rows"] == 0
    assert not Answer.objects.exists(), "what was answered before is forgotten"


def test_the_sample_brand_has_its_rollups_refreshed(
    brand: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tolok.web.data.jobs.find_files", lambda _paths: [])
    queue.enqueue("data.sample", {"brand": brand.pk}, brand_id=brand.pk)
    worker.work_off()
    done = Job.objects.filter(kind="data.rollups", workspace_id=brand.workspace_id)
    assert [j.state for j in done] == ["done"]
