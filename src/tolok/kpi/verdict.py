"""Verdicts: how a KPI stands, in words first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from tolok.base import Language, Text
from tolok.metrics import Coverage, Figure
from tolok.series import Verdict

from .baseline import Baseline
from .kpi import Kpi

State = Literal["achieved", "on_track", "at_risk", "off_track", "missed", "not_enough_data"]

VERDICT_NAMES: Mapping[str, Text] = {
    "achieved": Text("achieved", "tercapai"),
    "on_track": Text("on track", "sesuai jalur"),
    "at_risk": Text("at risk", "berisiko"),
    "off_track": Text("off track", "melenceng"),
    "missed": Text("missed", "meleset"),
    "not_enough_data": Text("not enough data", "data belum cukup"),
}


@dataclass(frozen=True)
class Judgement:
    """How a KPI stands on a day, with the reason in words and everything it rests on.

    Values are in the metric's unit. `expected` is where the target path stands at `as_of`, the
    first day the data does not speak of any more. `progress` and `expected_progress` are shares of the way
    from baseline to target, None where there is no way to speak of. `odds` is the probability
    of reaching the target, None where it cannot be said; `odds_words` says it or why not.
    """

    kpi: Kpi
    state: State
    reason: Text
    reason_data: Mapping[str, object] = field(default_factory=dict)
    figure: Figure | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    expected: float | None = None
    target: float | None = None
    baseline: Baseline | None = None
    progress: float | None = None
    expected_progress: float | None = None
    as_of: date | None = None
    odds: float | None = None
    odds_words: Text | None = None
    track_record: Text | None = None
    signal: Verdict | None = None
    signal_words: Text | None = None
    coverage: Coverage | None = None
    provisional_days: int = 0
    observed_at: datetime | None = None
    age_days: int | None = None
    currency: str | None = None
    notes: tuple[Text, ...] = ()

    def say(self, language: Language = "en") -> str:
        """Return the reason as a sentence in the language."""
        return self.reason.say(language, **self.reason_data)

    @property
    def name(self) -> Text:
        """The verdict's name: 'on track'."""
        return VERDICT_NAMES[self.state]
