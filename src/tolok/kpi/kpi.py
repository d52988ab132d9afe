"""The KPI: a metric with a promise. Scope, baseline, target, due date, owner, reason, rhythm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from tolok.base import Period, Text, UserError
from tolok.metrics import Metric, Scope, load_metrics

from .target import Target

Aim = Literal["reach", "stay_above", "stay_below"]
Rhythm = Literal["day", "week", "biweek", "month", "bimonth", "quarter"]
Per = Literal["week", "biweek", "month", "bimonth", "quarter"]
Life = Literal["draft", "active", "retired"]
Path = Literal["straight", "stepped", "seasonal", "monthly"]

AIM_NAMES: Mapping[str, Text] = {
    "reach": Text("reach", "mencapai"),
    "stay_above": Text("stay above", "tetap di atas"),
    "stay_below": Text("stay below", "tetap di bawah"),
}
RHYTHM_NAMES: Mapping[str, Text] = {
    "day": Text("daily", "harian"),
    "week": Text("weekly", "mingguan"),
    "biweek": Text("every two weeks", "dua mingguan"),
    "month": Text("monthly", "bulanan"),
    "bimonth": Text("every two months", "dua bulanan"),
    "quarter": Text("quarterly", "triwulanan"),
}
LIFE_NAMES: Mapping[str, Text] = {
    "draft": Text("draft", "draf"),
    "active": Text("active", "aktif"),
    "retired": Text("retired", "dihentikan"),
}
PATH_NAMES: Mapping[str, Text] = {
    "straight": Text("in equal steps", "bertahap rata"),
    "stepped": Text("in steps set by hand", "bertahap sesuai tangga"),
    "seasonal": Text("with the season", "mengikuti musim"),
    "monthly": Text("month by month", "per bulan"),
}
RHYTHM_DAYS: Mapping[str, int] = {
    "day": 1, "week": 7, "biweek": 14, "month": 31, "bimonth": 62, "quarter": 92,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Kpi:
    """A promise about one metric, as a team writes it down.

    Whatever the team has not said yet is None or empty: the doctor tells what that costs.
    `due` is the last day that counts. `baseline` is a value, the key of a period, or None: then
    it is taken from the data before `start`. `per` asks for each week or month by itself
    instead of the whole span. `steps` are values to stand at on given days (stepped), or per
    month by its first day (monthly).
    """

    key: str
    name: str
    metric: str
    state: Life = "active"
    area: str | None = None
    goal: str | None = None
    reason: str | None = None
    owner: str | None = None
    stage: str | None = None
    platforms: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    aim: Aim = "reach"
    baseline: float | str | None = None
    target: Target | None = None
    per: Per | None = None
    path: Path = "straight"
    steps: tuple[tuple[date, float], ...] = ()
    start: date | None = None
    due: date | None = None
    rhythm: Rhythm | None = None
    weight: float = 1.0
    counter: str | None = None
    benchmark: str | None = None
    budget: float | None = None
    currency: str | None = None

    def __post_init__(self) -> None:
        if self.start and self.due and self.due < self.start:
            raise UserError(
                Text("KPI “{key}” is due on {due}, before it starts on {start}.",
                     "KPI “{key}” jatuh tempo {due}, sebelum mulai {start}."),
                Text("Write the due date after the start.", "Tulis tenggat setelah tanggal mulai."),
                key=self.key, due=self.due.isoformat(), start=self.start.isoformat(),
            )  # fmt: skip

    @property
    def declared(self) -> Metric | None:
        """The metric's declaration; None when the catalogue does not have it."""
        return load_metrics().get(self.metric)

    @property
    def window(self) -> Period | None:
        """The days the promise speaks of, the due date included; None when not both are set."""
        if self.start is None or self.due is None:
            return None
        return Period(self.start, self.due + timedelta(days=1), "range")

    @property
    def funnel_stage(self) -> str:
        """The funnel stage: the KPI's own word, else the metric's, else none."""
        return self.stage or (self.declared.stage if self.declared else "none")

    def scope_in(self, brand: str | None) -> Scope:
        """Return what the KPI counts, for a brand."""
        return Scope(brand, self.platforms, self.accounts, filters=dict(self.filters))
