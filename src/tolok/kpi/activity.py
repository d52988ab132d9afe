"""Activities: what a team expects before, and the effect that came of it, or "cannot tell" (L12, L14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from tolok.base import LANGUAGES, Locale, Period, Text, UserError
from tolok.lake import Lake, LakeView
from tolok.metrics import Engine, Metric, metric_of
from tolok.value import measure_effect

from .gain import Price, say_brought, say_planned
from .insight import read_scope
from .ledger import read_facts, write_facts
from .said import fill, say_change, say_value

WEEKS_BEFORE = 60
WEEKS_USUAL = 13
EFFECT_NAMES: Mapping[str, Text] = {
    "lift": Text("lift", "kenaikan"),
    "drop": Text("drop", "penurunan"),
    "no_effect_seen": Text("no effect seen", "tidak terlihat efek"),
    "cannot_tell": Text("cannot tell", "tidak dapat dipastikan"),
}
SEEN = Text("{effect} against what would have been ({low} to {high}); {expected} was expected.",
            "{effect} dibanding yang mestinya terjadi ({low} sampai {high}); yang diharapkan "
            "{expected}.")  # fmt: skip
EXPECTED = Text("Expected: {expected} on {unit} (usually {usual} a week), about {gain} more over its "
                "{weeks} weeks.",
                "Diharapkan: {expected} pada {unit} (biasanya {usual} per minggu), sekitar {gain} "
                "lebih banyak selama {weeks} minggu.")  # fmt: skip
EXPECTED_STEP = Text("Expected: {expected} on {unit} (usually {usual}), a step of {gain}.",
                     "Diharapkan: {expected} pada {unit} (biasanya {usual}), selisih {gain}.")  # fmt: skip
UNKNOWN_USUAL = Text("What is usual cannot be said yet: there are no whole weeks with data before it.",
                     "Kebiasaannya belum bisa disebut: belum ada minggu utuh yang berdata "
                     "sebelumnya.")  # fmt: skip
NO_CONTROL = Text("There is nothing untouched to compare with.",
                  "Tidak ada pembanding yang tidak tersentuh aktivitas ini.")  # fmt: skip


@dataclass(frozen=True)
class Activity:
    """Something a team does for a KPI: when, where, what it is to bring, and what came of it.

    `expected` and `effect` are shares of what would have been (0.2 is 20 % more). `control` is
    the scope it does not touch. `gained` is in units of the metric; None when no effect was seen.
    """

    activity: str
    name: str
    metric: str
    start: date
    until: date
    expected: float
    scope: str = ""
    control: str = ""
    kpi: str | None = None
    cost: Decimal | None = None
    currency: str | None = None
    made_by: str | None = None
    verdict: str | None = None
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    power: float | None = None
    gained: float | None = None
    scored_on: date | None = None
    learned: str | None = None

    def __post_init__(self) -> None:
        if self.until <= self.start:
            raise UserError(
                Text("The activity “{name}” ends before it starts.",
                     "Aktivitas “{name}” selesai sebelum mulai."),
                name=self.name,
            )  # fmt: skip


@dataclass(frozen=True)
class Evaluation:
    """An activity with what came of it, in words: the effect, its cost, why it cannot be told."""

    activity: Activity
    words: tuple[Text, ...]

    @property
    def verdict(self) -> Text:
        """The verdict's name."""
        return EFFECT_NAMES[self.activity.verdict or "cannot_tell"]


def record_activities(
    lake: Lake, brand: str, activities: Sequence[Activity], *, at: datetime | None = None
) -> None:
    """Write activities, planned or scored, as facts."""
    rows = [{n: getattr(a, n) for n in Activity.__dataclass_fields__} for a in activities]
    if rows:
        write_facts(lake, brand, {"activities": rows}, at=at)


def activities_of(view: LakeView, brand: str) -> list[Activity]:
    """Return all activities, oldest first."""
    names = Activity.__dataclass_fields__
    rows = read_facts(view, brand, "activities")
    found = [Activity(**{n: _given(n, v) for n, v in r.items() if n in names}) for r in rows]
    return sorted(found, key=lambda a: (a.start, a.activity))


def _given(name: str, value: Any) -> Any:
    return "" if name in ("scope", "control") and value is None else value


def evaluate_activity(activity: Activity, engine: Engine, *, brand: str) -> Evaluation:
    """Return what came of an activity that is over, week by week against what it did not touch.

    Without a control scope, or with too few weeks to see the expected effect, it cannot tell.
    """
    metric = metric_of(activity.metric)
    weeks = _weeks(activity, engine.today)
    during = sum(w.start >= activity.start for w in weeks)
    if not activity.control or during == 0:
        told = replace(activity, verdict="cannot_tell", scored_on=engine.today)
        return Evaluation(told, (NO_CONTROL,) if not activity.control else ())
    touched = _series(metric, engine, weeks, activity.scope, brand)
    control = _series(metric, engine, weeks, activity.control, brand)
    keep = _first_known(touched, control)
    touched, control = touched[keep:], control[keep:]
    start = len(touched) - during
    if start <= 0:
        return Evaluation(replace(activity, verdict="cannot_tell", scored_on=engine.today), ())
    found = measure_effect(touched, control, start=start, worthwhile=abs(activity.expected) or 0.2)
    told = replace(
        activity, verdict=found.verdict, effect=found.effect, low=found.low, high=found.high,
        power=found.power, scored_on=engine.today,
    )  # fmt: skip
    if found.verdict in ("lift", "drop") and found.is_relative and metric.is_additive:
        brought = float(np.nansum(touched[start:]))
        told = replace(told, gained=brought - brought / (1 + (found.effect or 0.0)))
    return Evaluation(told, tuple(_words(told, metric, touched, start, found.reason)))


def _weeks(activity: Activity, today: date) -> list[Period]:
    """Return whole weeks before and during the activity, counted from its first day."""
    days = [activity.start + timedelta(days=7 * n) for n in range(-WEEKS_BEFORE, 200)]
    end = min(activity.until, today)
    return [Period(d, d + timedelta(days=7), "range") for d in days if d + timedelta(days=7) <= end]


def _series(
    metric: Metric, engine: Engine, weeks: list[Period], scope: str, brand: str
) -> np.ndarray:
    figures = engine.figures([metric], weeks, read_scope(scope, brand))
    values = [f.value if f.state in ("exact", "about") else None for f in figures]
    return np.array([np.nan if v is None else v for v in values], dtype=float)


def _first_known(*series: np.ndarray) -> int:
    firsts = [np.flatnonzero(np.isfinite(s)) for s in series]
    return max(int(f[0]) if f.size else len(s) for f, s in zip(firsts, series, strict=True))


def _words(
    told: Activity, metric: Metric, touched: np.ndarray, start: int, reason: Text | None
) -> list[Text]:
    if told.verdict == "cannot_tell" or told.effect is None:
        return [reason] if reason is not None else []
    bounds = [say_change(1 + b) if b is not None else Text("?", "?") for b in (told.low, told.high)]
    said = [fill(SEEN, {"effect": say_change(1 + told.effect), "low": bounds[0],
                        "high": bounds[1], "expected": say_change(1 + told.expected)})]  # fmt: skip
    if told.gained and told.gained > 0:
        usual = _usual(touched[:start])
        planned = None if usual is None else usual * told.expected * (len(touched) - start)
        said += say_brought(Price(told.cost, told.currency, metric), told.gained, planned)
    return said


def _usual(weeks: np.ndarray) -> float | None:
    """Return the mean of the last quarter of a year of weeks known; None where none is."""
    recent = weeks[-WEEKS_USUAL:]
    known = recent[np.isfinite(recent)]
    return float(known.mean()) if known.size else None


def tell_expectation(activity: Activity, engine: Engine, *, brand: str) -> tuple[Text, ...]:
    """Return, before an activity is over, what it is to bring in units, and for each unit of money.

    The usual is the mean of up to 13 whole weeks before its first day.
    """
    metric = metric_of(activity.metric)
    days = [activity.start - timedelta(days=7 * n) for n in range(WEEKS_USUAL, 0, -1)]
    weeks = [Period(d, d + timedelta(days=7), "range") for d in days]
    usual = _usual(_series(metric, engine, weeks, activity.scope, brand))
    if usual is None:
        return (UNKNOWN_USUAL,)
    span = (activity.until - activity.start).days / 7
    # A rate or a level does not add over weeks: its gain is the step itself.
    gain = usual * activity.expected * (span if metric.is_additive else 1.0)
    said = [fill(EXPECTED if metric.is_additive else EXPECTED_STEP, {
        "expected": say_change(1 + activity.expected), "usual": say_value(usual, metric.unit),
        "unit": metric.name, "gain": say_value(gain, metric.unit),
        "weeks": Text(*(Locale(x).format_number(span, 0 if span == round(span) else 1) for x in LANGUAGES)),
    })]  # fmt: skip
    if metric.is_additive:
        said += say_planned(Price(activity.cost, activity.currency, metric), gain)
    return tuple(said)
