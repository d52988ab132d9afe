"""The KPI book of a brand: its promises, how each stands, what the doctor says; computed once.

A judgement takes a second or more, so it is kept in the home folder under a mark made of
everything it rests on: the facts that came in, the KPI's own definition, and the day. A changed
fact or promise makes another mark; nothing stale can be shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache.backends.filebased import FileBasedCache

import tolok
from tolok.base import UserError
from tolok.kpi import Judgement, Kpi, read_kpis
from tolok.kpi.check import Check, checks_of
from tolok.kpi.doctor import Diagnosis, examine_all, examine_kpi
from tolok.kpi.ledger import SOURCE
from tolok.kpi.review import Reviewed, reviews_of
from tolok.kpi.rhythm import DueCheck, find_due
from tolok.kpi.rule import Growth, World
from tolok.kpi.survey import find_growth, survey_world
from tolok.kpi.versions import Version, versions_of, write_definition
from tolok.lake import Lake
from tolok.metrics import Engine, load_metrics
from tolok.web.accounts.facts import (
    calendar_of,
    engine_of,
    judgement_of,
    lake_of,
    states_of,
    today_of,
    workspace_of,
)
from tolok.web.accounts.models import Brand

T = TypeVar("T")
# Tables whose rows the pages of planning and strategy write.
WRITTEN_HERE = frozenset({
    "activities", "alignment_scores", "budgets", "campaigns", "goals", "insights", "kpi_checks",
    "kpi_versions", "reviews", "slots", "strategies", "tactics", "training",
})  # fmt: skip
_KEEP = 60 * 60 * 24 * 8


def _shelf() -> FileBasedCache:
    folder = settings.TOLOK_HOME / "cache" / "kpi"
    return FileBasedCache(str(folder), {"OPTIONS": {"MAX_ENTRIES": 20_000}})


def mark_of(*parts: object) -> str:
    """Return a short digest of everything given."""
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()[:40]


def tables_of(kpi: Kpi) -> frozenset[str]:
    """Return the tables that a KPI's metric reads, those of its parts included."""
    metric = kpi.declared
    if metric is None:
        return frozenset()
    parts = [load_metrics()[p.metric].table for p in metric.parts.values() if p.metric]
    return frozenset({metric.table, *parts})


class Book:
    """What a brand has promised and how it stands; each thing is worked out when first asked."""

    def __init__(self, brand: Brand) -> None:
        self.brand = brand
        self.today: date = today_of(brand)

    @cached_property
    def lake(self) -> Lake:
        """The lake of the brand's workspace."""
        return lake_of(self.brand)

    @cached_property
    def engine(self) -> Engine:
        """An engine over the brand's facts."""
        return engine_of(self.brand)

    @cached_property
    def kpis(self) -> tuple[Kpi, ...]:
        """Every KPI of the brand's file, in its order."""
        return read_kpis(workspace_of(self.brand).kpi_file(self.brand.slug))

    @property
    def alive(self) -> tuple[Kpi, ...]:
        """The KPIs that are not retired."""
        return tuple(kpi for kpi in self.kpis if kpi.state != "retired")

    @property
    def active(self) -> tuple[Kpi, ...]:
        """The KPIs that count."""
        return tuple(kpi for kpi in self.kpis if kpi.state == "active")

    def kpi(self, key: str) -> Kpi | None:
        """Return a KPI by its key."""
        return next((kpi for kpi in self.kpis if kpi.key == key), None)

    # Marks

    @cached_property
    def batches(self) -> tuple[str, ...]:
        """Marks of the facts that came in, and of what the team itself wrote down."""
        return tuple(mark_of(told) for told in states_of(self.lake, self.brand.slug, SOURCE))

    def keep(self, kind: str, parts: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return what was kept under the mark, else make it and keep it."""
        key = mark_of(tolok.__version__, kind, self.brand.pk, self.brand.time_zone,
                      self.brand.week_start, self.brand.fiscal_month, *parts)  # fmt: skip
        shelf = _shelf()
        found = shelf.get(key)
        if found is None:
            found = (make(),)
            shelf.set(key, found, _KEEP)
        value: T = found[0]
        return value

    def mark(self, kpi: Kpi) -> tuple[object, ...]:
        """Return what everything said of a KPI rests on: facts, day, definition.

        What the team writes down itself counts only for metrics that measure that work.
        """
        ours = self.batches[1] if tables_of(kpi) & WRITTEN_HERE else ""
        return self.batches[0], ours, self.today, write_definition(kpi)

    def has_kept(self, kpi: Kpi) -> bool:
        """Whether the KPI's judgement is ready."""
        key = mark_of(tolok.__version__, "judgement", self.brand.pk, self.brand.time_zone,
                      self.brand.week_start, self.brand.fiscal_month, *self.mark(kpi))  # fmt: skip
        return _shelf().has_key(key)

    @property
    def is_ready(self) -> bool:
        """Whether every judgement is ready, so that a page can be shown at once."""
        return all(self.has_kept(kpi) for kpi in self.active)

    # What is known

    def judgement(self, kpi: Kpi) -> Judgement:
        """Return how the KPI stands today."""
        return self.keep(
            "judgement", self.mark(kpi), lambda: judgement_of(self.brand, self.engine, kpi)
        )

    @cached_property
    def judgements(self) -> tuple[Judgement, ...]:
        """How every active KPI stands."""
        return tuple(self.judgement(kpi) for kpi in self.active)

    def growth(self, kpi: Kpi) -> Growth | None:
        """Return the growth a KPI wants beside the best ever seen here."""
        draft = replace(kpi, key="x", name="x", reason=None, owner=None, goal=None, rhythm=None,
                        state="active", counter=None, budget=None)  # fmt: skip
        return self.keep(
            "growth", self.mark(draft),
            lambda: find_growth(draft, self.engine, brand=self.brand.slug),
        )  # fmt: skip

    @cached_property
    def surroundings(self) -> World:
        """What is known around any KPI of the brand: sources, money, how fast data arrives."""
        return self.keep(
            "world", (self.batches[0], self.today),
            lambda: survey_world((), self.engine, brand=self.brand.slug),
        )  # fmt: skip

    @cached_property
    def world(self) -> World:
        """What is known around the brand's KPIs, decisions and reviews included."""
        growth = {k.key: g for k in self.alive if (g := self.growth(k))}
        decisions = {
            k.key: tuple((c.day, c.decision) for c in self.checks if c.kpi == k.key)
            for k in self.kpis
        }
        return replace(
            self.surroundings, others=self.alive, growth=growth, decisions=decisions,
            reviewed={r.kpi: r.day for r in self.reviews},
        )  # fmt: skip

    @cached_property
    def diagnoses(self) -> tuple[Diagnosis, ...]:
        """What the doctor says of every KPI that is not retired."""
        return self.keep(
            "diagnoses", (*self.batches, self.today, *map(write_definition, self.kpis)),
            lambda: tuple(examine_all(self.alive, self.world)),
        )  # fmt: skip

    def examine(self, draft: Kpi) -> Diagnosis:
        """Return what the doctor says of a KPI that is still being written."""
        rest = tuple(k for k in self.alive if k.key != draft.key)
        growth = self.growth(draft) if draft.target and draft.window else None
        around = replace(
            self.surroundings, others=rest, growth={draft.key: growth} if growth else {}
        )
        return examine_kpi(draft, around)

    # What was decided

    def _facts(self, kind: str, read: Callable[..., list[Any]]) -> tuple[Any, ...]:
        return self.keep(kind, self.batches, lambda: tuple(read(self.engine.view, self.brand.slug)))

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """All checks, oldest first."""
        return self._facts("checks", checks_of)

    @cached_property
    def versions(self) -> tuple[Version, ...]:
        """All versions of all KPIs, oldest first."""
        return self._facts("versions", versions_of)

    @cached_property
    def reviews(self) -> tuple[Reviewed, ...]:
        """What all big reviews decided."""
        return self._facts("reviews", reviews_of)

    @cached_property
    def due(self) -> tuple[DueCheck, ...]:
        """Checks that are due, the latest first, then those to come."""
        held: dict[str, list[date]] = {}
        for check in self.checks:
            held.setdefault(check.kpi, []).append(check.day)
        return tuple(find_due(self.active, held, calendar_of(self.brand), self.today))

    @property
    def by_key(self) -> Mapping[str, Judgement]:
        """The judgements by the keys of their KPIs."""
        return {j.kpi.key: j for j in self.judgements}


def read_book(brand: Brand) -> tuple[Book, UserError | None]:
    """Return the book, and what is wrong with its file when it cannot be read."""
    book = Book(brand)
    try:
        _ = book.kpis
    except UserError as error:
        return book, error
    return book, None
