"""Files that mean harm: bombs, false names, false kinds, too many; nothing breaks, nothing leaks out."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tolok.web.accounts.facts import lake_of
from tolok.web.accounts.models import Brand, User
from tolok.web.data.models import Drop, uploads_folder
from tolok.web.jobs import worker
from tolok.web.jobs.models import Job

pytestmark = pytest.mark.django_db
ROWS = b"a,b\r\n1,2\r\n"


@pytest.fixture
def bob(hire: Callable[..., User], sign_in: Any) -> Client:
    """A specialist of the brand, signed in."""
    return sign_in(hire("specialist"))


def drop_file(client: Client, name: str, body: bytes, path: str = "") -> Drop:
    """Drop one file, have it judged, and return the drop."""
    data: dict[str, Any] = {"files": [SimpleUploadedFile(name, body)]}
    if path:
        data["paths"] = json.dumps([path])
    answer = client.post("/b/kopi/data/bring/", data)
    assert answer.status_code == 302, answer.content.decode()[:500]
    worker.work_off()
    return Drop.objects.get(pk=answer["Location"].rstrip("/").rsplit("/", 1)[1])


def zip_of(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name.replace("__", "/"), body)
    return out.getvalue()


def workbook_bomb() -> bytes:
    """A workbook whose one sheet unpacks to sixty megabytes of nothing."""
    book, out, bomb = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as whole, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made:
        for name in whole.namelist():
            body = b" " * 60_000_000 if name.endswith("sheet1.xml") else whole.read(name)
            made.writestr(name, body)
    return bomb.getvalue()


HOSTILE = {
    "bomb.zip": lambda: zip_of(bomb=b"0" * 60_000_000),
    "nested.zip": lambda: zip_of(inner=zip_of(deeper=zip_of(a=ROWS))),
    "bomb.xlsx": workbook_bomb,
    "slip.zip": lambda: zip_of(**{"..__..__..__evil.csv": ROWS}),
    "program.csv": lambda: b"MZ\x90\x00" + bytes(range(256)) * 40,
    "page.csv": lambda: b"<html><script>alert(1)</script></html>",
    "picture.xlsx": lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 200,
    "words.zip": lambda: b"this is no archive",
    "entities.xls": lambda: (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">&x;</Workbook>'
    ),
    "program.exe": lambda: b"MZ\x90\x00" + b"\x00" * 500,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason_and_breaks_nothing(
    name: str, bob: Client, brand: Brand
) -> None:
    drop = drop_file(bob, name, HOSTILE[name]())
    drop.refresh_from_db()
    assert {v["state"] for v in drop.verdicts} <= {"refused", "asked"}
    assert not [v for v in drop.verdicts if v["state"] == "refused" and not v["reason"]["id"]]
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
    page = bob.get(f"/b/kopi/data/bring/{drop.pk}/")
    assert page.status_code == 200
    assert b"<script>alert" not in page.content
    assert b"root:" not in page.content
    bob.post(f"/b/kopi/data/bring/{drop.pk}/take/")
    worker.work_off()
    assert lake_of(brand).catalogue.batches() == []


@pytest.mark.parametrize(
    "name",
    [
        "../../../evil.csv", "..\\..\\evil.csv", "/etc/cron.d/evil", "C:\\evil.csv", ".htaccess",
        "evil\x00.csv", "nul\r\nSet-Cookie: a=b.csv", "a" * 500 + ".csv", "‮vsc.exe", "~/x.csv", "-rf",
    ],
)  # fmt: skip
@pytest.mark.parametrize("way", ["name", "path"])
def test_a_file_stays_in_its_folder_whatever_it_is_called(
    name: str, way: str, bob: Client, brand: Brand
) -> None:
    before = {p for p in uploads_folder().parent.rglob("*") if p.is_file()}
    drop = drop_file(bob, name if way == "name" else "x.csv", ROWS, name if way == "path" else "")
    after = {p for p in uploads_folder().parent.rglob("*") if p.is_file()} - before
    new = [p for p in after if p.read_bytes() == ROWS]
    assert len(new) == 1
    assert new[0].resolve().is_relative_to(drop.folder.resolve())
    assert not set(new[0].name) & set("\x00\r\n/\\")


def test_more_files_than_allowed_are_refused_whole(
    bob: Client, brand: Brand, settings: Any
) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 3
    files = [SimpleUploadedFile(f"{n}.csv", ROWS) for n in range(4)]
    assert bob.post("/b/kopi/data/bring/", {"files": files}).status_code == 400
    assert Drop.objects.count() == 0
    assert list((uploads_folder() / "incoming").glob("*")) == []
