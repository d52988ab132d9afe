"""The board of a brand: its goals, strategies, tactics, scores and budget lines, read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from tolok.base import slug_of
from tolok.kpi import Kpi
from tolok.kpi.insight import Insight, insights_of
from tolok.kpi.ledger import read_facts
from tolok.lake import LakeView
from tolok.web.accounts.models import Brand
from tolok.web.plan.book import Book

Made = TypeVar("Made")


@dataclass(frozen=True)
class Goal:
    """A marketing goal; it stands from `starts` through `ends`, for ever where that is empty."""

    goal: str
    name: str | None = None
    kind: str | None = None
    starts: date | None = None
    ends: date | None = None
    owner: str | None = None

    @property
    def title(self) -> str:
        """Its name, or its key where a file brought none."""
        return self.name or self.goal

    def stands_on(self, day: date) -> bool:
        """Whether the goal is open on a day; one whose beginning is unknown counts as begun."""
        begun = self.starts is None or self.starts <= day
        return begun and (self.ends is None or self.ends >= day)


@dataclass(frozen=True)
class Strategy:
    """A strategy with the goal it serves, and since when it is at work."""

    strategy: str
    name: str | None = None
    proposed_on: date | None = None
    in_force_on: date | None = None
    ended_on: date | None = None
    goal: str | None = None
    insight: str | None = None
    evidence: str | None = None
    outcome: str | None = None
    owner: str | None = None

    @property
    def title(self) -> str:
        """Its name, or its key where a file brought none."""
        return self.name or self.strategy

    @property
    def state(self) -> str:
        """Where it stands: proposed, in_force, unproven (in force, nothing ran) or ended."""
        if self.ended_on is not None:
            return "ended"
        if self.in_force_on is None:
            return "proposed"
        return "in_force" if self.evidence else "unproven"


@dataclass(frozen=True)
class Tactic:
    """One way in which a strategy is put to work; `link` is campaign:…, pillar:… or slot:…"""

    tactic: str
    name: str | None = None
    strategy: str | None = None
    link: str | None = None
    starts: date | None = None
    ends: date | None = None
    owner: str | None = None


@dataclass(frozen=True)
class Rating:
    """One person's score of a thing on the rubric of 1 to 5, in a round of scoring."""

    subject: str
    scored_on: date
    rater: str
    score: int | None = None
    goal: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class BudgetRow:
    """Money planned for a line and a day, in one currency."""

    line: str
    day: date
    campaign: str | None = None
    platform: str | None = None
    goal: str | None = None
    kpi: str | None = None
    planned: Decimal | None = None
    forecast: Decimal | None = None
    currency: str | None = None


def read_rows(view: LakeView, brand: str, table: str, kind: type[Made]) -> tuple[Made, ...]:
    """Return the brand's rows of a table as values of a class with the same names."""
    names = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    found = read_facts(view, brand, table)
    return tuple(kind(**{n: v for n, v in row.items() if n in names}) for row in found)


class Board:
    """What a brand plans beside its KPIs; each part is read when first asked and then kept."""

    def __init__(self, brand: Brand) -> None:
        self.brand = brand
        self.book = Book(brand)
        self.today = self.book.today

    def _read(self, table: str, kind: type[Made]) -> tuple[Made, ...]:
        book = self.book
        return book.keep(
            f"rows of {table}", book.batches,
            lambda: read_rows(book.engine.view, self.brand.slug, table, kind),
        )  # fmt: skip

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        """All goals, those that began last first."""
        found = self._read("goals", Goal)
        return tuple(sorted(found, key=lambda g: (g.starts or date.min, g.goal), reverse=True))

    @cached_property
    def strategies(self) -> tuple[Strategy, ...]:
        """All strategies, the latest first."""

        def moment(one: Strategy) -> tuple[date, str]:
            return one.in_force_on or one.proposed_on or date.min, one.strategy

        return tuple(sorted(self._read("strategies", Strategy), key=moment, reverse=True))

    @cached_property
    def tactics(self) -> tuple[Tactic, ...]:
        """All tactics, in the order in which they begin."""
        return tuple(
            sorted(self._read("tactics", Tactic), key=lambda t: (t.starts or date.max, t.tactic))
        )

    @cached_property
    def ratings(self) -> tuple[Rating, ...]:
        """Every person's scores, oldest first."""
        found = self._read("alignment_ratings", Rating)
        return tuple(sorted(found, key=lambda r: (r.scored_on, r.subject, r.rater)))

    @cached_property
    def budget(self) -> tuple[BudgetRow, ...]:
        """All rows of the budget, by line and day."""
        return self._read("budgets", BudgetRow)

    @cached_property
    def insights(self) -> tuple[Insight, ...]:
        """All claims, oldest first."""
        book = self.book
        return book.keep(
            "insights", book.batches,
            lambda: tuple(insights_of(book.engine.view, self.brand.slug)),
        )  # fmt: skip

    def goal(self, key: str | None) -> Goal | None:
        """Return a goal by its key."""
        return next((g for g in self.goals if g.goal == key), None)

    def strategy(self, key: str | None) -> Strategy | None:
        """Return a strategy by its key."""
        return next((s for s in self.strategies if s.strategy == key), None)

    def tactic(self, key: str) -> Tactic | None:
        """Return a tactic by its key."""
        return next((t for t in self.tactics if t.tactic == key), None)

    def goal_named(self, words: str | None) -> Goal | None:
        """Return the goal that a KPI's words mean: its name, whatever the case, or its key."""
        return next((g for g in self.goals if means(words, g)), None)

    def kpis_of(self, goal: Goal) -> tuple[Kpi, ...]:
        """Return the KPIs that name the goal and are not retired."""
        return tuple(k for k in self.book.alive if self.goal_named(k.goal) is goal)

    def unwritten(self) -> dict[str, list[Kpi]]:
        """Return the goals that KPIs name in words only, with those KPIs."""
        found: dict[str, list[Kpi]] = {}
        for kpi in self.book.alive:
            if kpi.goal and self.goal_named(kpi.goal) is None:
                found.setdefault(kpi.goal.strip(), []).append(kpi)
        return found

    def goal_choices(self, known: str | None = None) -> list[tuple[str, str]]:
        """Return the goals that stand, and the one that is chosen already, by name."""
        shown = [g for g in self.goals if g.stands_on(self.today) or g.goal == known]
        named: Sequence[Goal] = sorted(shown, key=lambda g: g.title.casefold())
        found = [(g.goal, g.title) for g in named]
        if known and known not in dict(found):
            found.append((known, known))
        return found


def means(words: str | None, goal: Goal) -> bool:
    """Whether the words of a KPI are this goal's name or key."""
    told = (words or "").strip()
    return bool(told) and (
        told.casefold() == goal.title.casefold() or slug_of(told) == goal.goal or told == goal.goal
    )


def by_key(rows: Sequence[Any], name: str) -> Mapping[str, Any]:
    """Return rows by one of their fields."""
    return {getattr(row, name): row for row in rows}
