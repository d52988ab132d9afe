"""From a brand of the database to its facts: the lake, the calendar, the engine."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from django.conf import settings

from tolok.base import BrandProfile, Calendar, Home, Workspace
from tolok.base.workspace import WEEKDAYS
from tolok.connectors import platform_facts
from tolok.kpi import Kpi, read_kpis
from tolok.lake import Lake, LakeView
from tolok.metrics import Engine

from .models import Brand
from .models import Workspace as WorkspaceRow
from .start import make_brand

Made = TypeVar("Made")
_VIEWS = 6  # open lakes per thread
_KEPT = 800  # answers per process
_local = threading.local()
_answers: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
_guard = threading.Lock()


def workspace_of(brand: Brand) -> Workspace:
    """Return the folder of the brand's workspace."""
    return Home(settings.TOLOK_HOME).workspace(brand.workspace.key)


def calendar_of(brand: Brand) -> Calendar:
    """Return how the brand counts its days."""
    return Calendar(brand.week_start, brand.fiscal_month, brand.time_zone)


def profile_of(brand: Brand) -> BrandProfile:
    """Return the brand as the rooms below know it."""
    return BrandProfile(
        brand.slug,
        brand.name,
        brand.time_zone,
        brand.currency,
        WEEKDAYS[brand.week_start],
        brand.fiscal_month,
    )


def today_of(brand: Brand) -> date:
    """Return the brand's date now; TOLOK_TODAY (YYYY-MM-DD) stands in for it in tests."""
    told = os.environ.get("TOLOK_TODAY")
    return date.fromisoformat(told) if told else calendar_of(brand).today_of(datetime.now(UTC))


def lake_of(brand: Brand) -> Lake:
    """Return the lake of the brand's workspace, made when new."""
    return Lake(workspace_of(brand).lake_folder)


def state_of(lake: Lake) -> tuple[Any, ...]:
    """Return a mark of the lake that changes with every write and every withdrawal."""
    with closing(sqlite3.connect(lake.catalogue.path, timeout=60)) as connection:
        return connection.execute(
            "SELECT max(recorded_at), max(withdrawn_at), count(*), count(withdrawn_at) FROM batch"
        ).fetchone()  # type: ignore[no-any-return]


def engine_of(brand: Brand) -> Engine:
    """Return an engine over the brand's facts as they are now.

    The open lake is kept per thread until something is written to it: opening one takes longer
    than most questions.
    """
    lake = lake_of(brand)
    key = (str(lake.folder), state_of(lake))
    if not hasattr(_local, "views"):
        _local.views = OrderedDict()
    views: OrderedDict[Any, LakeView] = _local.views
    if key not in views:
        for old in [k for k in views if k[0] == key[0]]:
            del views[old]
        views[key] = LakeView(lake)
    views.move_to_end(key)
    while len(views) > _VIEWS:
        views.popitem(last=False)
    return Engine(views[key], calendar_of(brand), today_of(brand), platform_facts())


def remember(brand: Brand, name: tuple[Any, ...], make: Callable[[], Made]) -> Made:
    """Return what `make` gives for the brand's facts as they are now, made once for all readers.

    `name` tells the question from others. A write to the lake, a change of the brand or of its
    KPIs, and a new day each make it anew.
    """
    lake = lake_of(brand)
    file = workspace_of(brand).kpi_file(brand.slug)
    changed = file.stat().st_mtime_ns if file.exists() else 0
    key = (
        str(lake.folder), state_of(lake), profile_of(brand), changed, today_of(brand), *name
    )  # fmt: skip
    with _guard:
        if key in _answers:
            _answers.move_to_end(key)
            return _answers[key]  # type: ignore[no-any-return]
    made = make()
    with _guard:
        _answers[key] = made
        while len(_answers) > _KEPT:
            _answers.popitem(last=False)
    return made


def kpis_of(brand: Brand) -> tuple[Kpi, ...]:
    """Return the brand's KPIs as its KPI file holds them; none where there is no file."""
    file = workspace_of(brand).kpi_file(brand.slug)
    return tuple(read_kpis(file)) if file.exists() else ()


def adopt_home(key: str = "main") -> int:
    """Bring brands that the command line made into the database; returns how many were new.

    Only for a machine of one's own: the workspace of the command line belongs to its owner.
    """
    folder = Home(settings.TOLOK_HOME).workspace(key)
    slugs = folder.brands()
    if not slugs:
        return 0
    workspace, _ = WorkspaceRow.objects.get_or_create(key=key, defaults={"name": "Tolok"})
    known = set(workspace.brands.values_list("slug", flat=True))
    new = [folder.brand(slug) for slug in slugs if slug not in known]
    for profile in new:
        make_brand(
            workspace,
            profile.name,
            slug=profile.slug,
            time_zone=profile.time_zone,
            currency=profile.currency,
            week_start=WEEKDAYS.index(profile.week_start),
            fiscal_month=profile.fiscal_start_month,
        )
    return len(new)
