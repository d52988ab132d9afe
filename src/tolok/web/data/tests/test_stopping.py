"""Long work on files can be stopped while it runs, goes on from there, and leaves nothing behind."""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tolok.intake import import_files
from tolok.lake import Lake
from tolok.web.accounts.facts import lake_of
from tolok.web.accounts.models import Brand, User
from tolok.web.data import jobs
from tolok.web.data.models import Drop, uploads_folder
from tolok.web.jobs import queue, worker
from tolok.web.jobs.models import Job

pytestmark = pytest.mark.django_db
HEADS = (
    "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,"
    "Permalink,Post type,Data comment,Date,Views,Reach,Likes,Shares,Follows,Comments,Saves"
)


def content(number: int) -> bytes:
    """An Instagram content export with one post of its own."""
    row = (
        f'178{number},999,kopi,Kopi,"Kopi",0,10/01/2026 09:15,https://www.instagram.com/p/{number}/,'
        "IG image,,Lifetime,100,10,5,1,0,2,3"
    )
    return "\r\n".join([HEADS, row, ""]).encode()


@pytest.fixture
def bob(hire: Callable[..., User], sign_in: Any) -> Client:
    """A specialist of the brand, signed in."""
    return sign_in(hire("specialist"))


@pytest.fixture
def drop(bob: Client, brand: Brand) -> Drop:
    """Two files, dropped and judged."""
    folder = Drop(brand=brand).folder
    made = Drop.objects.create(brand=brand, key=folder.name, files=2)
    made.folder.mkdir(parents=True)
    for number in (1, 2):
        (made.folder / f"{number}.csv").write_bytes(content(number))
    queue.enqueue("data.examine", {"drop": str(made.pk)}, brand_id=brand.pk)
    worker.work_off()
    made.refresh_from_db()
    assert [v["state"] for v in made.verdicts] == ["ready", "ready"]
    return made


def press_stop_at(monkeypatch: pytest.MonkeyPatch, client: Client, file: int) -> None:
    """Have somebody press stop on the page when the facts of a file are written, and do not show."""
    take = sys.modules[import_files.__module__]
    checked, seen = take._same, []

    def press(*args: Any) -> None:
        checked(*args)
        seen.append(1)
        if len(seen) == file:
            job = Job.objects.get(state="running")
            shown = client.get(f"/b/kopi/jobs/{job.pk}/").content.decode()
            assert f'action="/b/kopi/jobs/{job.pk}/stop/"' in shown
            assert client.post(f"/b/kopi/jobs/{job.pk}/stop/").status_code == 302
            shown = client.get(f"/b/kopi/jobs/{job.pk}/").content.decode()
            assert "Stopping…" in shown
            assert "/stop/" not in shown

    monkeypatch.setattr(take, "_same", press)


@pytest.mark.parametrize("file", [1, 2])
def test_an_import_stopped_while_it_runs_keeps_whole_files_and_goes_on_later(
    bob: Client, brand: Brand, drop: Drop, file: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    press_stop_at(monkeypatch, bob, file)
    bob.post(f"/b/kopi/data/bring/{drop.pk}/take/")
    worker.work_off()
    assert Job.objects.get(kind="data.import").state == "cancelled"
    assert len(lake_of(brand).catalogue.batches()) == file - 1, "the file in hand shows nothing"
    page = bob.get(f"/b/kopi/data/bring/{drop.pk}/").content.decode()
    assert "Stopped. What was finished before is kept." in page
    assert "Look at the files again" in page
    bob.post(f"/b/kopi/data/bring/{drop.pk}/answer/")
    worker.work_off()
    drop.refresh_from_db()
    assert (drop.state, drop.is_stuck) == ("judged", False)
    bob.post(f"/b/kopi/data/bring/{drop.pk}/take/")
    worker.work_off()
    drop.refresh_from_db()
    assert drop.state == "taken"
    assert sorted(b.file_name for b in lake_of(brand).catalogue.batches()) == ["1.csv", "2.csv"]


def test_judging_stops_before_its_verdicts_are_written(
    bob: Client, brand: Brand, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = jobs._judge

    def press(*args: Any) -> Any:
        queue.cancel(Job.objects.get(state="running").pk)
        return judge(*args)

    monkeypatch.setattr(jobs, "_judge", press)
    bob.post(f"/b/kopi/data/bring/{drop.pk}/answer/")
    worker.work_off()
    drop.refresh_from_db()
    assert (drop.state, drop.is_stuck) == ("examining", True)
    bob.post(f"/b/kopi/data/bring/{drop.pk}/forget/")
    assert not drop.folder.exists()


def test_what_killed_uploads_left_behind_is_swept_after_a_week_and_nothing_else(
    brand: Brand, drop: Drop
) -> None:
    uploads = uploads_folder()
    (uploads / "incoming").mkdir(exist_ok=True)
    old, young = (_strays(uploads) for _ in range(2))
    week_ago = (timezone.now() - timedelta(days=8)).timestamp()
    for path in (*old, drop.folder):
        os.utime(path, (week_ago, week_ago))
    leftover = Lake(lake_of(brand).folder).folder / "data" / "posts" / "cut.parquet"
    leftover.parent.mkdir(parents=True, exist_ok=True)
    leftover.write_bytes(b"half")
    os.utime(leftover, (week_ago, week_ago))
    row = queue.enqueue("data.sweep")
    worker.work_off()
    row.refresh_from_db()
    assert (row.state, row.result["strays"], row.result["files"]) == ("done", 2, 1)
    assert not any(path.exists() for path in (*old, leftover))
    assert all(path.exists() for path in (*young, drop.folder))
    for path in young:
        path.rmdir() if path.is_dir() else path.unlink()


def _strays(uploads: Path) -> list[Path]:
    """A piece that broke off, and the folder of a drop that was never written down."""
    piece, folder = uploads / "incoming" / f"{uuid.uuid4()}.part", uploads / str(uuid.uuid4())
    piece.write_bytes(b"half")
    folder.mkdir()
    return [piece, folder]
