# ruff: noqa: E402, T201 - a program of its own, which sets Django up first
"""A home for the proof by kill -9: makes it, puts work into its queue, says what stands in it.

Reads one JSON command a line, its name under "do"; answers one JSON line each.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import django

django.setup()

import pyarrow.parquet as pq
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import Avg, F
from django.utils import timezone

from tolok.base import Period
from tolok.kpi import Kpi, Target, write_kpis
from tolok.kpi.check import checks_of
from tolok.lake import Lake, LakeView
from tolok.lake.raw import hash_file
from tolok.web.accounts.facts import lake_of, workspace_of
from tolok.web.accounts.models import Brand, User, Workspace
from tolok.web.accounts.start import ensure_local_owner, make_brand
from tolok.web.data.jobs import sweep_uploads
from tolok.web.data.models import Drop, uploads_folder
from tolok.web.jobs import queue
from tolok.web.jobs.models import Job, Schedule
from tolok.web.plan.models import LastVerdict
from tolok.web.reports.editions import open_edition
from tolok.web.reports.models import Recipient, Report, Sending
from tolok.web.share.models import Channel, Notice

OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1), "month")
START, DUE = date(2026, 1, 1), date(2026, 12, 31)


def make(count: int, webhook: str) -> dict[str, Any]:
    """Make the home: a brand with a KPI for each round, and a small sister brand for each."""
    call_command("migrate", verbosity=0)
    # Pages made ready each minute write nothing that could be lost, and would hide the rest.
    Schedule.objects.create(kind="shell.look", next_at=timezone.now() + timedelta(days=365))
    owner = ensure_local_owner()
    _brand("kopi", owner, webhook, [f"k{n:03}" for n in range(count)], ("check_due", "report"))
    for number in range(count):
        _brand(f"m{number:03}", owner, webhook, ["likes", "views"], ("check_due",))
    return {"engine": settings.DATABASES["default"]["ENGINE"]}


def _brand(slug: str, owner: User, webhook: str, kpis: list[str], events: tuple[str, ...]) -> Brand:
    brand = make_brand(Workspace.objects.get(), slug.title(), slug=slug, maker=owner)
    path = workspace_of(brand).kpi_file(slug)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_kpis(path, [
        Kpi(key=key, name=key, metric="likes", target=Target("value", 10.0), start=START, due=DUE,
            rhythm="month") for key in kpis
    ])  # fmt: skip
    for kind, address in (("email", "boss@example.com"), ("webhook", webhook)):
        Channel.objects.create(brand=brand, kind=kind, address=address, events=list(events))
    return brand


def tell(key: str) -> dict[str, Any]:
    """Put a piece of news into the queue, as the planning of checks does."""
    words = {"en": key, "id": key}
    told = {"event": "check_due", "key": key, "title": words, "text": words, "path": "/"}
    brand = Brand.objects.get(slug="kopi")
    return {"job": queue.enqueue("share.tell", told, brand_id=brand.pk, dedupe_key=key).pk}


def morning(number: int) -> dict[str, Any]:
    """Begin the morning of a sister brand, as its clock does: due checks are found and told."""
    brand = Brand.objects.get(slug=f"m{number:03}")
    key = f"morning:{brand.pk}"
    return {"job": queue.enqueue("plan.morning", brand_id=brand.pk, dedupe_key=key).pk}


def report(key: str) -> dict[str, Any]:
    """Open the edition of a new report with two readers, as the clock of reports does."""
    brand = Brand.objects.get(slug="kopi")
    webhook = Channel.objects.get(brand=brand, kind="webhook").address
    made = Report.objects.create(brand=brand, key=key, name=f"Laporan {key}", pages=["content"])
    Recipient.objects.create(report=made, name="Bos", address="bos@example.com")
    Recipient.objects.create(report=made, name="Tim", way="slack", address=webhook)
    return {"edition": open_edition(made, OCTOBER, timezone.now()).pk}


def drop(key: str) -> dict[str, Any]:
    """Say how far dropped files are."""
    return {"state": Drop.objects.get(pk=key).state}


def running(kind: str) -> dict[str, Any]:
    """Say which jobs of a kind are under way, with the fence of their claim."""
    found = Job.objects.filter(kind=kind, state=Job.State.RUNNING)
    return {"running": [list(pair) for pair in found.values_list("pk", "fence")]}


def waiting() -> dict[str, Any]:
    """Say how many jobs are still to be ended."""
    return {"waiting": Job.objects.filter(state__in=Job.OPEN).count()}


def life(kind: str) -> dict[str, Any]:
    """Say how many seconds a job of a kind takes, from those that were never cut off."""
    whole = Job.objects.filter(kind=kind, state=Job.State.DONE, fence=1)
    told = whole.aggregate(life=Avg(F("ended_at") - F("started_at")))["life"]
    return {"seconds": told.total_seconds() if told else None}


def look() -> dict[str, Any]:
    """Count everything that stands."""
    brand = Brand.objects.select_related("workspace").get(slug="kopi")
    lake = lake_of(brand)
    view = LakeView(lake)
    posts = [] if view.is_empty("posts") else view.table("posts").to_pyarrow().to_pylist()
    files = Counter(b.file for b in lake.catalogue.batches() if b.file)
    notices = Notice.objects.select_related("channel")
    waits = Job.objects.filter(state__in=Job.OPEN).exclude(kind__startswith="shell.")
    return {
        "open": waits.count(),
        "jobs": Counter(f"{k} {s}" for k, s in Job.objects.values_list("kind", "state")),
        "posts": sorted((p["post"].rpartition(":")[2], p["views"]) for p in posts),
        "files": sorted(files.values()),
        "kept": sum(hash_file(lake.raw.path_of(f)) == f for f in files),
        "checks": sorted(Counter(c.kpi for c in checks_of(view, "kopi")).items()),
        "verdicts": sorted(Counter(LastVerdict.objects.values_list("brand__slug", "kpi")).values()),
        "notices": [(n.channel.kind, n.state, n.key, f"notice-{n.pk}") for n in notices],
        "sendings": [(s.way, s.state, f"report-{s.pk}") for s in Sending.objects.all()],
        "unsure": Sending.objects.filter(state="unsure").values("edition").distinct().count(),
        "sound": _sound(lake),
    }  # fmt: skip


def _sound(lake: Lake) -> list[str]:
    with sqlite3.connect(lake.catalogue.path) as told:
        sound = [told.execute("PRAGMA integrity_check").fetchone()[0]]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            sound.append(cursor.execute("PRAGMA integrity_check").fetchone()[0])
    return sound


def tidy() -> dict[str, Any]:
    """Sweep as each night does, but without its days of grace, and say what was and what is left."""
    lake = lake_of(Brand.objects.get(slug="kopi"))
    known = {
        f.path: f.rows for f in [*lake.catalogue.history_files(), *lake.catalogue.current_files()]
    }
    cut = [n for n, rows in known.items() if pq.read_metadata(lake.absolute(n)).num_rows != rows]
    before = len(_strays(lake))
    lake.vacuum(grace=timedelta(0))
    swept = sweep_uploads(datetime.now(UTC) + timedelta(days=1))
    return {"half written": cut, "strays": before + swept, "left": _strays(lake)}


def _strays(lake: Lake) -> list[str]:
    """Return the files and folders that belong to nothing that stands."""
    known = lake.catalogue.all_paths()
    data = [p for p in (lake.folder / "data").rglob("*") if p.is_file()]
    found = [str(p) for p in data if p.relative_to(lake.folder).as_posix() not in known]
    found += [str(p) for p in lake.raw.folder.rglob("*.part")]
    drops = {str(key) for key in Drop.objects.values_list("pk", flat=True)} | {"incoming", "api"}
    uploads = uploads_folder()
    found += [str(p) for p in uploads.iterdir() if p.name not in drops] if uploads.exists() else []
    return found + [str(p) for p in (uploads / "incoming").glob("*")]


DOING = {"make": make, "tell": tell, "morning": morning, "report": report, "drop": drop,
         "running": running, "waiting": waiting, "life": life, "look": look, "tidy": tidy}  # fmt: skip


def main() -> None:
    """Answer commands until the other side is gone."""
    for line in sys.stdin:
        told = json.loads(line)
        print(json.dumps(DOING[told.pop("do")](**told)), flush=True)


main()
