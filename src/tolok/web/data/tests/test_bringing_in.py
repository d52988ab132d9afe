"""Bringing files in: names, limits, verdicts before writing, answers, taking, taking back."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tolok.lake import LakeView
from tolok.metrics import rollup
from tolok.web.accounts.facts import calendar_of, engine_of, lake_of
from tolok.web.accounts.models import AuditEntry, Brand, User
from tolok.web.data import uploads
from tolok.web.data.models import Drop, uploads_folder
from tolok.web.data.uploads import clean_path
from tolok.web.jobs import worker

pytestmark = pytest.mark.django_db

EVIL = '=HYPERLINK("http://evil.example";"klik")<script>alert(1)</script>'
HEADS = (
    "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,"
    "Permalink,Post type,Data comment,Date,Views,Reach,Likes,Shares,Follows,Comments,Saves"
)


def content(caption: str = "Kopi pagi") -> bytes:
    """An Instagram content export with two posts, as Meta writes it."""
    quoted = caption.replace('"', '""')
    rows = [
        f'178{n},999,kopiserambi,Kopi Serambi,"{quoted} {n}",0,10/0{n}/2026 09:15,'
        f"https://www.instagram.com/p/{n}/,IG image,,Lifetime,{n}00,{n}0,5,1,0,2,3"
        for n in (1, 2)
    ]
    return "\r\n".join([HEADS, *rows, ""]).encode()


@pytest.fixture
def bob(hire: Callable[..., User], sign_in: Any) -> Client:
    """A specialist of the brand, signed in."""
    return sign_in(hire("specialist"))


def drop_files(client: Client, *files: tuple[str, bytes], paths: list[str] | None = None) -> Drop:
    sent = [SimpleUploadedFile(name, body) for name, body in files]
    data: dict[str, Any] = {"files": sent}
    if paths is not None:
        data["paths"] = json.dumps(paths)
    answer = client.post("/b/kopi/data/bring/", data)
    assert answer.status_code == 302, answer.content.decode()[:500]
    return Drop.objects.get(pk=answer["Location"].rstrip("/").rsplit("/", 1)[1])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("a/./b//c.csv", "a/b/c.csv"),
        ("x\x00y\n.csv", "x_y_.csv"),
        ("....", ""),
        ("a" * 300 + ".csv", ("a" * 300 + ".csv")[-120:]),
    ],
)
def test_no_name_leads_out_of_the_folder(given: str, kept: str, tmp_path: Path) -> None:
    assert clean_path(given) == kept
    assert (tmp_path / clean_path(given)).resolve().is_relative_to(tmp_path.resolve())


def test_nothing_is_written_before_the_files_are_taken(bob: Client, brand: Brand) -> None:
    drop = drop_files(bob, ("Oct.csv", content()), paths=["../instagram/Oct.csv"])
    assert [p.relative_to(drop.folder).as_posix() for p in drop.folder.rglob("*.csv")] == [
        "instagram/Oct.csv"
    ]
    worker.work_off()
    drop.refresh_from_db()
    assert (drop.state, [v["state"] for v in drop.verdicts]) == ("judged", ["ready"])
    assert lake_of(brand).catalogue.batches() == []
    page = bob.get(f"/b/kopi/data/bring/{drop.pk}/").content.decode()
    assert "1 file can be taken" in page
    bob.post(f"/b/kopi/data/bring/{drop.pk}/take/")
    worker.work_off()
    drop.refresh_from_db()
    assert drop.state == "taken"
    assert not drop.folder.exists()
    (batch,) = lake_of(brand).catalogue.batches()
    assert (batch.brand, batch.file_name, batch.note["rows"]["posts"]) == ("kopi", "Oct.csv", 2)
    assert AuditEntry.objects.filter(action="imported_files", brand_slug="kopi").count() == 1


def test_the_same_file_again_is_in_already(bob: Client, brand: Brand) -> None:
    for _time in range(2):
        drop = drop_files(bob, ("Oct.csv", content()))
        worker.work_off()
        bob.post(f"/b/kopi/data/bring/{drop.pk}/take/")
        worker.work_off()
    drop.refresh_from_db()
    assert [v["state"] for v in drop.verdicts] == ["known"]
    assert len(lake_of(brand).catalogue.batches()) == 1


def test_taking_after_a_crash_doubles_nothing(bob: Client, brand: Brand) -> None:
    drop = drop_files(bob, ("Oct.csv", content()))
    worker.work_off()
    bob.post(f"/b/kopi/data/bring/{drop.pk}/take/")
    worker.work_off()
    drop.refresh_from_db()
    again = drop_files(bob, ("Oct.csv", content()))
    worker.work_off()
    # As a worker would find it whose predecessor died between the lake and its own end.
    Drop.objects.filter(pk=again.pk).update(
        verdicts=[{**v, "state": "ready", "taken": False, "path": "Oct.csv"} for v in drop.verdicts]
    )
    bob.post(f"/b/kopi/data/bring/{again.pk}/take/")
    worker.work_off()
    again.refresh_from_db()
    assert again.verdicts[0]["taken"] is True
    assert len(lake_of(brand).catalogue.batches()) == 1


def test_a_file_that_names_no_account_is_asked_about_in_the_page(bob: Client, brand: Brand) -> None:
    daily = (
        'sep=,\n"Views"\n"Date","Primary"\n"2026-10-01T00:00:00","12"\n"2026-10-02T00:00:00","15"\n'
    )
    drop = drop_files(bob, ("Views.csv", b"\xff\xfe" + daily.encode("utf-16-le")))
    worker.work_off()
    drop.refresh_from_db()
    assert drop.verdicts[0]["state"] == "asked"
    page = bob.get(f"/b/kopi/data/bring/{drop.pk}/").content.decode()
    assert "Which account is it of?" in page
    bob.post(f"/b/kopi/data/bring/{drop.pk}/answer/", {"0.account": "instagram:kopiserambi"})
    worker.work_off()
    drop.refresh_from_db()
    assert drop.verdicts[0]["state"] == "ready"
    assert drop.verdicts[0]["accounts"] == ["instagram:kopiserambi"]


def test_files_that_ask_alike_are_answered_once(bob: Client, brand: Brand) -> None:
    def daily(name: str, value: int) -> tuple[str, bytes]:
        text = f'sep=,\n"{name}"\n"Date","Primary"\n"2026-10-01T00:00:00","{value}"\n'
        return f"{name}.csv", b"\xff\xfe" + text.encode("utf-16-le")

    drop = drop_files(bob, daily("Views", 12), daily("Link clicks", 3), daily("Interactions", 5))
    worker.work_off()
    page = bob.get(f"/b/kopi/data/bring/{drop.pk}/").content.decode()
    name = re.search(r'name="(all\.account\.\w+)"', page)
    assert name is not None
    assert "<legend>3 files</legend>" in page
    assert "Interactions.csv, Link clicks.csv, Views.csv" in page
    assert 'name="2.account"' in page, "each may still be answered apart"
    answers = {name[1]: "instagram:kopi", "1.account": "instagram:teh"}
    bob.post(f"/b/kopi/data/bring/{drop.pk}/answer/", answers)
    worker.work_off()
    drop.refresh_from_db()
    found = {v["name"]: (v["state"], v["accounts"]) for v in drop.verdicts}
    assert found == {
        "Interactions.csv": ("ready", ["instagram:kopi"]),
        "Link clicks.csv": ("ready", ["instagram:teh"]),
        "Views.csv": ("ready", ["instagram:kopi"]),
    }


def test_a_file_that_asks_alone_is_asked_for_itself(bob: Client, brand: Brand) -> None:
    text = 'sep=,\n"Views"\n"Date","Primary"\n"2026-10-01T00:00:00","12"\n'
    drop = drop_files(bob, ("Views.csv", b"\xff\xfe" + text.encode("utf-16-le")))
    worker.work_off()
    page = bob.get(f"/b/kopi/data/bring/{drop.pk}/").content.decode()
    assert 'name="0.account"' in page
    assert 'name="all.account' not in page


def test_too_much_is_refused_and_nothing_stays(
    bob: Client, brand: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES_OF_A_FILE", 1000)
    answer = bob.post("/b/kopi/data/bring/", {"files": [io.BytesIO(b"x" * 100_000)]})
    assert answer.status_code == 413
    assert Drop.objects.count() == 0
    assert list((uploads_folder() / "incoming").glob("*")) == []


def test_an_upload_without_its_token_is_refused_and_nothing_stays(
    hire: Callable[..., User], brand: Brand
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(hire("specialist"), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/b/kopi/data/bring/", {"files": [io.BytesIO(content())]})
    assert answer.status_code == 403
    assert Drop.objects.count() == 0
    assert list((uploads_folder() / "incoming").glob("*")) == []


def test_no_file_at_all_is_said(bob: Client, brand: Brand) -> None:
    answer = bob.post("/b/kopi/data/bring/", {"files": []})
    assert answer.status_code == 422
    assert "Choose files first" in answer.content.decode()


def test_what_cannot_be_read_is_named_with_its_reason(bob: Client, brand: Brand) -> None:
    drop = drop_files(bob, ("empty.csv", b""), ("letter.csv", b"Dear all,\nhello\n"))
    worker.work_off()
    drop.refresh_from_db()
    assert {v["state"] for v in drop.verdicts} == {"refused"}
    assert all(v["reason"]["en"] and v["reason"]["id"] for v in drop.verdicts)


def test_html_and_formulas_of_a_caption_stay_words(bob: Client, brand: Brand) -> None:
    drop = drop_files(bob, ("Oct <b>.csv", content(EVIL)))
    worker.work_off()
    bob.post(f"/b/kopi/data/bring/{drop.pk}/take/")
    worker.work_off()
    (batch,) = lake_of(brand).catalogue.batches()
    pages = [
        "/b/kopi/insights/metric/engagements/?period=2026-10",
        f"/b/kopi/data/files/{batch.file}/?line=2",
        "/b/kopi/data/imports/",
    ]
    for page in pages:
        text = bob.get(page).content.decode()
        assert "<script>alert" not in text, page
    shown = bob.get(pages[0]).content.decode()
    assert "&lt;script&gt;alert(1)" in shown
    sent = bob.get("/b/kopi/insights/metric/engagements/rows.csv?period=2026-10")
    text = sent.content.decode("utf-8-sig")
    assert sent.content.startswith(b"\xef\xbb\xbf")
    assert "'=HYPERLINK" in text
    assert not any(cell.startswith("=") for line in text.splitlines() for cell in line.split(","))


def test_taking_back_an_import_stops_its_figures_and_keeps_its_file(
    bob: Client, brand: Brand
) -> None:
    drop = drop_files(bob, ("Oct.csv", content()))
    worker.work_off()
    bob.post(f"/b/kopi/data/bring/{drop.pk}/take/")
    worker.work_off()
    (batch,) = lake_of(brand).catalogue.batches()
    before = bob.get("/b/kopi/insights/metric/posts_published/?period=2026-10").content.decode()
    assert ">2<" in before.replace("\n", "")
    bob.post(f"/b/kopi/data/imports/{batch.seq}/undo/")
    assert lake_of(brand).catalogue.batches() == []
    assert engine_of(brand).view.table("posts").count().to_pyarrow().as_py() == 0
    assert lake_of(brand).raw.path_of(batch.file or "").read_bytes() == content()
    assert "taken back" in bob.get("/b/kopi/data/imports/").content.decode()


def test_rollups_follow_what_is_taken_and_taken_back(
    bob: Client, brand: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rollup, "MANY_ROWS", 1)
    for caption in ("Kopi pagi", "Kopi sore"):
        drop = drop_files(bob, (f"{caption}.csv", content(caption)))
        worker.work_off()
        bob.post(f"/b/kopi/data/bring/{drop.pk}/take/")
        worker.work_off()
    clock = calendar_of(brand)
    first = rollup.find_months(LakeView(lake_of(brand)), "posts", clock)
    assert first is not None
    bob.post(f"/b/kopi/data/imports/{lake_of(brand).catalogue.batches()[-1].seq}/undo/")
    assert rollup.find_months(LakeView(lake_of(brand)), "posts", clock) is None  # the facts serve
    worker.work_off()
    assert rollup.find_months(LakeView(lake_of(brand)), "posts", clock) not in (None, first)


def test_forgotten_files_are_gone(bob: Client, brand: Brand) -> None:
    drop = drop_files(bob, ("Oct.csv", content()))
    bob.post(f"/b/kopi/data/bring/{drop.pk}/forget/")
    assert not drop.folder.exists()
    assert not Drop.objects.filter(pk=drop.pk).exists()
    worker.work_off()
