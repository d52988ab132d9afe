"""Numbers of a report: each one knows the figure it is, so that words and charts share it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tolok.base import (
    MONEY,
    NO_VALUE,
    PER_POST,
    RATIO,
    SCORE,
    DefinitionError,
    Language,
    Locale,
    Text,
    Unit,
)  # fmt: skip
from tolok.kpi import Judgement
from tolok.metrics import Change, Figure, Metric, Scope
from tolok.metrics.benchmarks import Benchmark

NumberKind = Literal[
    "figure",  # the value of a metric
    "low", "high",  # an end of what was to be expected, or of a range
    "change", "difference",  # against another figure
    "share",  # part of a whole, of a change
    "target", "expected", "odds",  # of a KPI
    "past",  # what a KPI showed at an earlier check
    "count",  # how many of the figures named
    "mix", "inside", "mix_part", "inside_part",  # what weights, and rates, did to a rate
    "weight",  # the share of a group in a base
    "benchmark", "gap",  # a published figure, and ours less it
]  # fmt: skip

_WORDS = {
    "at_least": Text("at least {value}", "setidaknya {value}"),
    "about": Text("about {value}", "sekitar {value}"),
}
_SIGNS = {"at_least": "≥ ", "about": "≈ "}
_RANGE = Text("{low} to {high}", "{low} sampai {high}")
_IN_FULL = 100_000  # counts below stand in full, above as 123 thousand
_CHANGES = frozenset({"change", "difference", "gap", "mix", "inside", "mix_part", "inside_part"})


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with the question it answers: enough to ask the engine again."""

    metric: Metric
    figure: Figure
    scope: Scope


Source = Fact | Judgement | Benchmark


@dataclass(frozen=True, slots=True)
class Number:
    """One number as it is shown, the same object in a sentence, a table and a chart.

    `value` is None where it cannot be said; a range then has `low` and `high`. `sources` are the
    facts it was made from, never none; `kind` tells how.
    """

    value: float | None
    unit: Unit
    kind: NumberKind
    sources: tuple[Source, ...]
    currency: str | None = None
    state: str = "exact"
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        if not self.sources:
            raise DefinitionError(
                Text("A number of a report has no source.", "Angka laporan tanpa sumber.")
            )

    @property
    def is_known(self) -> bool:
        """Whether there is a number or a range to show."""
        return self.value is not None or self.low is not None

    @property
    def is_least(self) -> bool:
        """Whether it is known only as at least so much; beside whole ones that looks like a fall."""
        return self.state == "at_least" and self.value is not None

    def write(self, language: Language = "en") -> str:
        """Return the number for tables and tiles: '≈ 8,588', '70 – 120', '–'."""
        if self.value is None:
            return self._write_range(language, " – ")
        return _SIGNS.get(self.state, "") + self._bare(self.value, language)

    def say(self, language: Language = "en") -> str:
        """Return the number for sentences: 'about 8,588', '70 to 120'."""
        if self.value is None:
            between = _RANGE.say(language, low="", high="")
            return self._write_range(language, f" {between.strip()} ")
        words = self._bare(self.value, language)
        return _WORDS[self.state].say(language, value=words) if self.state in _WORDS else words

    def write_axis(self, language: Language = "en") -> str:
        """Return the bare number for marks of a chart; a least keeps its sign."""
        if self.value is None:
            return NO_VALUE
        return (_SIGNS["at_least"] if self.is_least else "") + self._bare(self.value, language)

    def _write_range(self, language: Language, between: str) -> str:
        if self.low is None:
            return NO_VALUE
        low = self._bare(self.low, language)
        return f"≥ {low}" if self.high is None else low + between + self._bare(self.high, language)

    def _bare(self, value: float, language: Language) -> str:
        locale = Locale(language)
        if self.kind in _CHANGES and self.unit is RATIO and self.kind == "change":
            return locale.format_change(value)
        if self.kind == "odds":
            return locale.format_percent(value, 0)
        plus = "+" if self.kind in _CHANGES and value > 0 else ""
        return plus + write_value(value, self.unit, self.currency, language)


def write_value(value: float, unit: Unit, currency: str | None, language: Language) -> str:
    """Return a value in its unit; money without a known currency is a plain number."""
    locale = Locale(language)
    if unit.kind == "count" and abs(value) >= 10:
        value = round(value)
        if abs(value) < _IN_FULL:  # both ends of a range then read alike, and sums can be checked
            return locale.format_number(value, 0)
    if unit is PER_POST:  # the name of such a metric says "per post" already
        unit = SCORE
    if unit is MONEY and not currency:
        return locale.format_compact(value)
    if unit.kind == "ratio" and 0 < abs(value) < 0.0001:
        return locale.format_percent(value, 4)
    return locale.format_figure(value, unit, currency)


def number_of(fact: Fact) -> Number:
    """Return the number of a figure."""
    figure = fact.figure
    return Number(
        figure.value, fact.metric.unit, "figure", (fact,), figure.currency, figure.state,
        figure.low, figure.high,
    )  # fmt: skip


def change_of(change: Change, now: Fact, before: Fact) -> Number:
    """Return a change as a number; unknown when the engine refuses to state one."""
    return Number(change.ratio, RATIO, "change", (now, before))


def end_of(value: float, fact: Fact, kind: Literal["low", "high", "expected"]) -> Number:
    """Return an end of the interval a figure was expected in."""
    return Number(value, fact.metric.unit, kind, (fact,), fact.figure.currency)


def share_of(value: float, *sources: Source) -> Number:
    """Return a part of a whole."""
    return Number(value, RATIO, "share", sources)
