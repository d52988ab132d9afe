"""A made-up agency for load tests: brands with 24 months of facts, KPIs, members and their sessions.

`python benchmarks/web_home.py FOLDER --brands 200` builds one home folder, ready to be served.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from engine_lake import PLATFORMS, TODAY, Size, build_lake, months_of

from tolok.kpi import Kpi, Target, write_kpis
from tolok.lake import Lake
from tolok.lake.catalogue import Batch, add_batch
from tolok.metrics import metric_of

PEOPLE = 20
_PASSWORD_LENGTH = 24


@dataclass(frozen=True)
class Made:
    """What a load test needs to know of a home: its brands and the cookies of people signed in."""

    brands: tuple[str, ...]
    cookies: tuple[str, ...]


def build_home(folder: Path, size: Size) -> Made:
    """Return the home of the size, built when the folder holds none yet."""
    told = folder / "made.json"
    _serve_ready(folder)
    if not told.exists():
        began = time.perf_counter()
        made = _build(folder, size)
        told.write_text(json.dumps({"brands": made.brands, "cookies": made.cookies}))
        print(f"home with {size.brands} brands built in {time.perf_counter() - began:.0f} s")
    found = json.loads(told.read_text())
    return Made(tuple(found["brands"]), tuple(found["cookies"]))


def _serve_ready(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["TOLOK_TODAY"] = TODAY.isoformat()
    from tolok.web.serve import prepare, set_up

    set_up(folder)
    prepare()


def _build(folder: Path, size: Size) -> Made:
    from tolok.base import Home
    from tolok.web.accounts.models import Member, User
    from tolok.web.accounts.start import make_brand, make_workspace

    owner = _person(0)
    workspace = make_workspace("Agency", owner)
    place = Home(folder).workspace(workspace.key)
    lake = build_lake(place.lake_folder, size, is_told=True)
    slugs = [f"brand{number:03}" for number in range(size.brands)]
    for slug in slugs:
        made = make_brand(workspace, f"Brand {slug[5:]}", slug=slug, maker=owner)
        path = place.kpi_file(made.slug)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_kpis(path, kpis())
    _list_imports(lake, slugs, size)
    people = [owner, *(_person(number) for number in range(1, PEOPLE))]
    rows = list(workspace.brands.all())
    for user in people[1:]:
        roles = ["manager", "specialist"]
        Member.objects.bulk_create(Member(brand=b, user=user, roles=roles) for b in rows)
    assert User.objects.count() == PEOPLE
    return Made(tuple(slugs), tuple(_sign_in(user) for user in people))


def kpis() -> list[Kpi]:
    """Return the promises every brand of the agency has made; raises UserError for no metric."""
    span: dict[str, Any] = {"start": date(2026, 7, 1), "due": date(2026, 12, 31)}
    return checked([
        Kpi(key="engagement", name="Engagement", metric="engagement_rate_by_reach",
            target=Target("ratio", 0.1), **span),
        Kpi(key="followers", name="Followers", metric="followers", target=Target("ratio", 0.2),
            **span),
        Kpi(key="clicks", name="Clicks", metric="link_clicks", target=Target("ratio", 0.15), **span),
        Kpi(key="answers", name="Answers", metric="first_response_median_all",
            target=Target("ratio", -0.2), **span),
    ])  # fmt: skip


def checked(kpis: list[Kpi]) -> list[Kpi]:
    """Return the KPIs; raises UserError where one names a metric that is not in the catalogue.

    A KPI without a metric is judged in no time, so a load test with it tells too little.
    """
    for kpi in kpis:
        metric_of(kpi.metric)
        if kpi.counter is not None:
            metric_of(kpi.counter)
    return kpis


def _list_imports(lake: Lake, slugs: list[str], size: Size) -> None:
    """List an import per brand, platform and month, as a team that brings in files monthly has."""
    with lake.catalogue.transaction() as connection:
        for number, first in enumerate(months_of(size)):
            moment = datetime(first.year, first.month, first.day) + timedelta(days=34)
            for place, slug in enumerate(slugs):
                for step, platform in enumerate(PLATFORMS):
                    add_batch(connection, Batch(
                        id=uuid.UUID(int=number * 10**6 + place * 10 + step).hex, seq=0,
                        recorded_at=moment + timedelta(seconds=place * 10 + step),
                        source=f"{platform}.days", file=None, file_name=f"{platform}.csv",
                        brand=slug, note={}, withdrawn_at=None,
                    ))  # fmt: skip


def _person(number: int) -> Any:
    from tolok.web.accounts.models import User

    return User.objects.create_user(
        f"person{number}@agency.example", uuid.uuid4().hex[:_PASSWORD_LENGTH],
        name=f"Person {number}", language="id" if number % 2 else "en",
    )  # fmt: skip


def _sign_in(user: Any) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--brands", type=int, default=200)
    parser.add_argument("--readings", type=int, default=1_000_000)
    given = parser.parse_args()
    build_home(given.folder, Size(given.readings, given.brands))
    sys.exit(0)
