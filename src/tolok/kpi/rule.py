"""The form of a rule: one thing that can be wrong with a KPI, how it shows, how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Literal

from tolok.base import PlatformFacts, Text, load_shelf

from .kpi import Kpi
from .said import fill

Level = Literal["stop", "warn", "hint"]
Letter = Literal["S", "M", "A", "R", "T"]

LEVEL_NAMES: Mapping[str, Text] = {
    "stop": Text("must be mended", "wajib diperbaiki"),
    "warn": Text("should be mended", "sebaiknya diperbaiki"),
    "hint": Text("worth a thought", "patut dipikirkan"),
}


@dataclass(frozen=True)
class Spending:
    """One line of money: what it is for, how much, where, and the KPI it is to serve."""

    name: str
    amount: float = 0.0
    currency: str = "IDR"
    platform: str | None = None
    kpi: str | None = None


@dataclass(frozen=True)
class Growth:
    """Where a wanted growth lies: the factor wanted, the best ever seen, and the words for it."""

    wanted: float
    best: float
    words: Text | None = None


@dataclass(frozen=True)
class World:
    """What is known around the KPIs. What is not known is None or empty, and no rule guesses it.

    `connected` are the platforms with data (None: nobody looked), `unfed` metrics whose facts
    nobody has brought in, with the name of what is missing, `arrival_days` how many days
    lie between new data of a platform, `growth` what this account ever saw per KPI,
    `alike` pairs of KPIs with the correlation of their figures, `reviewed` the last big review,
    `decisions` what the checks of a KPI ended in, oldest first.
    """

    today: date
    others: tuple[Kpi, ...] = ()
    connected: frozenset[str] | None = None
    unfed: Mapping[str, Text] = field(default_factory=dict)
    facts: PlatformFacts = field(default_factory=PlatformFacts)
    arrival_days: Mapping[str, int] = field(default_factory=dict)
    growth: Mapping[str, Growth] = field(default_factory=dict)
    alike: Mapping[frozenset[str], float] = field(default_factory=dict)
    reviewed: Mapping[str, date] = field(default_factory=dict)
    decisions: Mapping[str, tuple[tuple[date, str], ...]] = field(default_factory=dict)
    spending: tuple[Spending, ...] = ()


@dataclass(frozen=True)
class Case:
    """One KPI and the world around it: what a rule looks at."""

    kpi: Kpi
    world: World

    @property
    def active(self) -> tuple[Kpi, ...]:
        """The KPI with all others that are not retired."""
        rest = [k for k in self.world.others if k.state != "retired" and k.key != self.kpi.key]
        return (self.kpi, *rest)


Finder = Callable[[Case], Mapping[str, object] | None]


@dataclass(frozen=True)
class Rule:
    """One kind of finding. `find` returns the data of the message, or None when all is well.

    `stop` is kept for what makes a KPI impossible to judge or plainly wrong. `letter` is the
    letter of SMART it speaks to. `good` and `bad` are tested.
    """

    key: str
    level: Level
    message: Text
    mend: Text
    find: Finder
    good: Case
    bad: Case
    letter: Letter | None = None
    once: bool = False  # speaks of the whole set of KPIs: told once, not for each


@dataclass(frozen=True)
class Finding:
    """One thing found: the rule, its level, what is wrong and how to mend it, in words."""

    code: str
    level: Level
    message: Text
    mend: Text
    kpi: str | None
    letter: Letter | None = None


@cache
def load_rules() -> Mapping[str, Rule]:
    """Return every rule on the shelf by its key."""
    return load_shelf(f"{__package__}.rules", Rule)


def apply_rules(case: Case) -> Iterator[Finding]:
    """Yield what the rules find in one case; a rule that fails says so and stops no other."""
    for rule in load_rules().values():
        try:
            data = rule.find(case)
        except Exception as error:  # a rule survives its own crash
            yield _crashed(rule, case.kpi.key, error)
            continue
        if data is not None:
            yield Finding(
                rule.key, rule.level, fill(rule.message, data), fill(rule.mend, data),
                None if rule.once else case.kpi.key, rule.letter,
            )  # fmt: skip


def _crashed(rule: Rule, kpi: str, error: Exception) -> Finding:
    message = Text("The rule {rule} could not look at this KPI ({why}).",
                   "Aturan {rule} tidak dapat memeriksa KPI ini ({why}).")  # fmt: skip
    mend = Text("Tell the makers of Tolok.", "Laporkan kepada pembuat Tolok.")
    data = {"rule": rule.key, "why": type(error).__name__}
    return Finding(rule.key, "hint", fill(message, data), mend, kpi)
