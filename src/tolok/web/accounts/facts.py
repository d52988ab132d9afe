"""From a brand of the database to its facts: the lake, the calendar, the engine."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings

from tolok.base import BrandProfile, Calendar, Home, Workspace
from tolok.base.workspace import WEEKDAYS
from tolok.connectors import platform_facts
from tolok.kpi import Judgement, Kpi, judge, read_kpis
from tolok.kpi.versions import write_definition
from tolok.lake import Lake, LakeView
from tolok.metrics import Engine

from . import answers
from .models import Brand
from .models import Workspace as WorkspaceRow
from .start import make_brand

Made = TypeVar("Made")
_VIEWS = 6  # open lakes per thread
_DOORS = 16  # open catalogues per thread
_STATE = "max(recorded_at), max(withdrawn_at), count(*), count(withdrawn_at)"
_MINE = " WHERE brand = ? OR brand IS NULL"
_PIN = "_facts_seen"  # on a brand: the state of its facts and the day its engine speaks of
_KNOWN = 4096  # names of folders kept per process
_local = threading.local()
_lakes: dict[Workspace, Lake] = {}


def workspace_of(brand: Brand) -> Workspace:
    """Return the folder of the brand's workspace."""
    return _workspace_in(settings.TOLOK_HOME, brand.workspace.key)


@lru_cache(maxsize=_KNOWN)
def _workspace_in(home: Path, key: str) -> Workspace:
    return Home(home).workspace(key)


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
    """Return the lake of the brand's workspace, made when new.

    Once made it is the same for all, until its folder is deleted: a list of brands asks hundreds
    of times.
    """
    workspace = workspace_of(brand)
    known = _lakes.get(workspace)
    if known is None or not known.catalogue.path.exists():
        known = _lakes[workspace] = Lake(workspace.lake_folder)
    return known


def state_of(lake: Lake, brand: str | None = None) -> tuple[Any, ...]:
    """Return a mark of the lake that changes with every write and every withdrawal.

    With a brand only what was written for it, or for nobody in particular, counts.
    """
    mine, values = ("", ()) if brand is None else (_MINE, (brand,))
    return _ask(lake, f"SELECT {_STATE} FROM batch{mine}", values)[0]  # noqa: S608 - words of ours


def states_of(lake: Lake, brand: str, source: str) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return two marks of a brand's facts: of all but one source, and of that source."""
    told = f"SELECT source = ?, {_STATE} FROM batch{_MINE} GROUP BY 1"  # noqa: S608 - words of ours
    found = {row[0]: row[1:] for row in _ask(lake, told, (source, brand))}
    return found.get(0, ()), found.get(1, ())


def _ask(lake: Lake, told: str, values: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """Return what the catalogue answers, kept per thread until another connection writes to it."""
    door = _door_to(lake.catalogue.path)
    version = door.connection.execute("PRAGMA data_version").fetchone()[0]
    if version != door.version:  # SQLite tells it at once
        door.version, door.answers = version, {}
    if (told, values) not in door.answers:
        door.answers[told, values] = door.connection.execute(told, values).fetchall()
    return door.answers[told, values]


@dataclass
class _Door:
    """A thread's open connection to the catalogue of a lake, with what it last told."""

    connection: sqlite3.Connection
    file: int
    version: int = -1
    answers: dict[tuple[str, tuple[str, ...]], list[tuple[Any, ...]]] = field(default_factory=dict)


def _door_to(path: Path) -> _Door:
    if not hasattr(_local, "doors"):
        _local.doors = OrderedDict()
    doors: OrderedDict[Path, _Door] = _local.doors
    file = path.stat().st_ino
    door = doors.get(path)
    if door is None or door.file != file:  # the lake may have been deleted and made anew
        connection = sqlite3.connect(path, timeout=60, isolation_level=None)
        door = doors[path] = _Door(connection, file)
    doors.move_to_end(path)
    while len(doors) > _DOORS:
        doors.popitem(last=False)[1].connection.close()
    return door


def engine_of(brand: Brand) -> Engine:
    """Return an engine over the brand's facts as they are now.

    The open lake is kept per thread until something is written to it: opening one takes longer
    than most questions. What the brand's answers rest on is noted first, so that an answer from
    this engine can never be kept as if it rested on facts that came in later.
    """
    lake, today = lake_of(brand), today_of(brand)
    setattr(brand, _PIN, (state_of(lake, brand.slug), today))
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
    return Engine(views[key], calendar_of(brand), today, platform_facts())


def remember(brand: Brand, name: tuple[Any, ...], make: Callable[[], Made]) -> Made:
    """Return what `make` gives for the brand's facts as they are now, made once for all readers.

    `name` tells the question from others; its repr must say everything the answer depends on. Open
    the engine that `make` asks before, with `engine_of`, which also says as of when it is. A write for the brand, a change of the brand, of its KPIs or of a definition, and a new day each
    make it anew.
    """
    return answers.keep(answers_folder(brand), mark_of(brand), repr(name), make)


def is_remembered(brand: Brand, name: tuple[Any, ...]) -> bool:
    """Whether the answer of that name is there for the brand's facts as they are now."""
    return answers.has_answer(answers_folder(brand), mark_of(brand), repr(name))


def mark_of(brand: Brand) -> str:
    """Return a mark of everything the brand's answers rest on, as of its last opened engine."""
    known = getattr(brand, _PIN, None) or (state_of(lake_of(brand), brand.slug), today_of(brand))
    try:
        told = _kpi_file_in(workspace_of(brand), brand.slug).stat()
        promises = (told.st_mtime_ns, told.st_size, told.st_ino)
    except FileNotFoundError:
        promises = (0, 0, 0)
    # Whatever of a brand a kept answer may speak of stands here: its calendar, name and holidays.
    brand_itself = (brand.pk, brand.slug, brand.name, brand.time_zone, brand.currency,
                    brand.week_start, brand.fiscal_month, brand.holidays)  # fmt: skip
    return answers.digest_of(*known, brand_itself, promises, answers.definitions_mark())


@lru_cache(maxsize=_KNOWN)
def _kpi_file_in(workspace: Workspace, slug: str) -> Path:
    return workspace.kpi_file(slug)


def answers_folder(brand: Brand) -> Path:
    """Return where the brand's answers are kept."""
    return answers_folder_of(brand.workspace.key, brand.slug)


def answers_folder_of(workspace_key: str, slug: str) -> Path:
    """Return where the answers of a brand are kept, by the names its folders go by."""
    return _answers_folder_in(settings.TOLOK_HOME, workspace_key, slug)


@lru_cache(maxsize=_KNOWN)
def _answers_folder_in(home: Path, workspace_key: str, slug: str) -> Path:
    return home / "cache" / "answers" / workspace_key / slug


def kpis_of(brand: Brand) -> tuple[Kpi, ...]:
    """Return the brand's KPIs as its KPI file holds them; none where there is no file."""
    file = workspace_of(brand).kpi_file(brand.slug)
    return tuple(read_kpis(file)) if file.exists() else ()


def judgement_of(brand: Brand, engine: Engine, kpi: Kpi) -> Judgement:
    """Return how a KPI stands today, judged once for all areas and readers."""
    name = ("judgement", write_definition(kpi))
    return remember(brand, name, lambda: judge(kpi, engine, brand=brand.slug))


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
