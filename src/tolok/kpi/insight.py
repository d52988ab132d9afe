"""Insights: claims with a due date, scored against the data when due (K5.3)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

import tomli_w

from tolok.base import Text, UserError
from tolok.lake import Lake, LakeView
from tolok.metrics import Engine, Scope, metric_of

from .judge import bounds_of, side_of
from .ledger import read_facts, write_facts
from .said import fill, say_number, say_share, why_unknown

Side = Literal["above", "below"]
Outcome = Literal["true", "false", "cannot_say"]

OUTCOME_NAMES: Mapping[str, Text] = {
    "true": Text("came true", "terbukti"),
    "false": Text("did not come true", "tidak terbukti"),
    "cannot_say": Text("cannot say", "tidak dapat dinilai"),
}
ACCURACY = Text("{hits} of {scored} claims came true; Brier score {brier} (0 is best, guessing 0.25)",
                "{hits} dari {scored} klaim terbukti; skor Brier {brier} (0 terbaik, menebak "
                "0,25)")  # fmt: skip


@dataclass(frozen=True)
class Insight:
    """A claim about a coming figure: on which side of a line it will lie, and how surely.

    `scope` is kept as TOML, so that the claim stands by itself.
    """

    insight: str
    day: date
    claim: str
    metric: str
    period: str
    side: Side
    line: float
    odds: float
    due: date
    scope: str = ""
    made_by: str | None = None
    strategy: str | None = None
    outcome: Outcome | None = None
    actual: float | None = None
    scored_on: date | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        if not 0.5 <= self.odds <= 1 or self.side not in ("above", "below"):
            raise UserError(
                Text("A claim is above or below a line, at 50 to 100 %.",
                     "Klaim menyebut di atas atau di bawah suatu nilai, dengan keyakinan 50–100 %."),
                Text("If you believe the opposite, claim the opposite.",
                     "Bila Anda yakin sebaliknya, klaimlah sebaliknya."),
            )  # fmt: skip


def write_scope(scope: Scope) -> str:
    """Return platforms, accounts and filters of a scope as TOML text."""
    told: dict[str, Any] = {}
    if scope.platforms:
        told["platforms"] = list(scope.platforms)
    if scope.accounts:
        told["accounts"] = list(scope.accounts)
    if scope.filters:
        told["filters"] = {n: list(v) for n, v in sorted(scope.filters.items())}
    return tomli_w.dumps(told)


def read_scope(text: str, brand: str) -> Scope:
    """Read a scope from TOML text, for a brand."""
    told = tomllib.loads(text or "")
    filters = {n: tuple(v) for n, v in told.get("filters", {}).items()}
    return Scope(brand, tuple(told.get("platforms", ())), tuple(told.get("accounts", ())),
                 filters=filters)  # fmt: skip


def record_insights(
    lake: Lake, brand: str, insights: Sequence[Insight], *, at: datetime | None = None
) -> None:
    """Write claims, new or scored, as facts."""
    rows = [{n: getattr(i, n) for n in Insight.__dataclass_fields__} for i in insights]
    if rows:
        write_facts(lake, brand, {"insights": rows}, at=at)


def insights_of(view: LakeView, brand: str) -> list[Insight]:
    """Return all claims, oldest first."""
    names = Insight.__dataclass_fields__
    rows = read_facts(view, brand, "insights")
    found = [Insight(**{n: _given(n, v) for n, v in r.items() if n in names}) for r in rows]
    return sorted(found, key=lambda i: (i.day, i.insight))


def _given(name: str, value: Any) -> Any:
    return "" if name == "scope" and value is None else value


def score_insight(insight: Insight, engine: Engine, *, brand: str) -> Insight:
    """Return the claim scored against the data; not yet due, it comes back as it is."""
    if engine.today < insight.due or insight.outcome in ("true", "false"):
        return insight
    period = engine.calendar.parse(insight.period)
    figure = engine.figure(metric_of(insight.metric), period, read_scope(insight.scope, brand))
    low, high = bounds_of(figure)
    came = side_of(low, high, insight.line, is_up=insight.side == "above")
    if came is None:
        reason = why_unknown(figure).en
        return replace(insight, outcome="cannot_say", scored_on=engine.today, note=reason)
    outcome: Outcome = "true" if came else "false"
    return replace(insight, outcome=outcome, actual=figure.value, scored_on=engine.today)


@dataclass(frozen=True)
class Accuracy:
    """How well claims came true; `brier` is None before any is scored."""

    scored: int
    hits: int
    brier: float | None

    @property
    def words(self) -> Text:
        """The accuracy in one phrase."""
        return fill(
            ACCURACY,
            {"hits": self.hits, "scored": self.scored, "brier": say_number(self.brier, 2)},
        )

    @property
    def hit_rate(self) -> Text:
        """The share that came true, in words."""
        return say_share(self.hits / self.scored if self.scored else None)


def measure_accuracy(insights: Sequence[Insight]) -> Accuracy:
    """Return hit rate and Brier score over the scored claims; what cannot be said is left out."""
    scored = [i for i in insights if i.outcome in ("true", "false")]
    hits = sum(i.outcome == "true" for i in scored)
    brier = None
    if scored:
        brier = sum((i.odds - (i.outcome == "true")) ** 2 for i in scored) / len(scored)
    return Accuracy(len(scored), hits, brier)
