# ruff: noqa: E402, T201 - a program of its own, which sets Django up first
"""A home for the proof by kill -9: makes it, puts news into its queue, says what stands in it.

Reads one JSON command a line: make, tell, drop, running, look; answers one JSON line each.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import Counter
from datetime import date
from typing import Any

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tolok.kpi import Kpi, Target, write_kpis
from tolok.kpi.check import checks_of
from tolok.lake import LakeView
from tolok.web.accounts.facts import lake_of, workspace_of
from tolok.web.accounts.models import Brand, Workspace
from tolok.web.accounts.start import ensure_local_owner, make_brand
from tolok.web.data.models import Drop
from tolok.web.jobs import queue
from tolok.web.jobs.models import Job
from tolok.web.share.models import Channel, Notice


def make(count: int, webhook: str) -> dict[str, Any]:
    """Make the home with one brand, so many KPIs, and two channels."""
    call_command("migrate", verbosity=0)
    owner = ensure_local_owner()
    brand = make_brand(Workspace.objects.get(), "Kopi Senja", slug="kopi", maker=owner)
    path = workspace_of(brand).kpi_file(brand.slug)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_kpis(path, [
        Kpi(key=f"k{n:03}", name=f"KPI {n}", metric="likes", target=Target("value", 10.0 + n),
            start=date(2026, 1, 1), due=date(2026, 12, 31)) for n in range(count)
    ])  # fmt: skip
    for kind, address in (("email", "boss@example.com"), ("webhook", webhook)):
        Channel.objects.create(brand=brand, kind=kind, address=address, events=["check_due"])
    return {"engine": settings.DATABASES["default"]["ENGINE"]}


def tell(key: str) -> dict[str, Any]:
    """Put a piece of news into the queue, as the planning of checks does."""
    words = {"en": key, "id": key}
    told = {"event": "check_due", "key": key, "title": words, "text": words, "path": "/"}
    brand = Brand.objects.get()
    return {"job": queue.enqueue("share.tell", told, brand_id=brand.pk, dedupe_key=key).pk}


def drop(key: str) -> dict[str, Any]:
    """Say how far dropped files are."""
    row = Drop.objects.get(pk=key)
    return {"state": row.state, "verdicts": [v["state"] for v in row.verdicts]}


def running() -> dict[str, Any]:
    """Say which kinds of work are under way."""
    kinds = Job.objects.filter(state=Job.State.RUNNING).values_list("kind", flat=True)
    return {"running": sorted(kinds)}


def look() -> dict[str, Any]:
    """Count everything that stands."""
    brand = Brand.objects.select_related("workspace").get()
    lake = lake_of(brand)
    view = LakeView(lake)
    posts = [] if view.is_empty("posts") else view.table("posts").to_pyarrow().to_pylist()
    files = Counter(b.file for b in lake.catalogue.batches() if b.file)
    with sqlite3.connect(lake.catalogue.path) as told:
        sound = [told.execute("PRAGMA integrity_check").fetchone()[0]]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            sound.append(cursor.execute("PRAGMA integrity_check").fetchone()[0])
    return {
        "open": Job.objects.filter(state__in=Job.OPEN).exclude(kind__startswith="shell.").count(),
        "jobs": Counter(f"{k} {s}" for k, s in Job.objects.values_list("kind", "state")),
        "posts": len(posts), "views": sum(p["views"] for p in posts),
        "files": sorted(files.values()),
        "kept": sum(lake.raw.path_of(f).exists() for f in files),
        "checks": sorted(Counter(c.kpi for c in checks_of(view, "kopi")).items()),
        "notices": Counter(f"{n.channel.kind} {n.state}" for n in
                           Notice.objects.select_related("channel")),
        "sound": sound,
    }  # fmt: skip


DOING = {"make": make, "tell": tell, "drop": drop, "running": running, "look": look}


def main() -> None:
    """Answer commands until the other side is gone."""
    for line in sys.stdin:
        told = json.loads(line)
        print(json.dumps(DOING[told.pop("do")](**told)), flush=True)


main()
