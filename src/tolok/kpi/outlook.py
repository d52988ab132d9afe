"""The outlook of a KPI: signal or routine, odds of reaching the target, and their track record.

Weeks are counted back from the last day with data, so that each is whole; rates are looked at
by the month (or whatever the KPI measures by), since a week of posts is mostly noise.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from tolok.base import LANGUAGES, Locale, Period, Text
from tolok.metrics import Engine, Figure, Metric, Scope
from tolok.series import (
    Odds,
    Target,
    TrackRecord,
    Verdict,
    find_odds,
    find_track_record,
    judge_last,
)

from .kpi import Kpi
from .measure import Measured, grain_of
from .said import fill, join, say_change, say_share

WEEKS_BACK = 80
PERIODS_BACK = 24
FEWEST_PERIODS = 12  # whole months a rate must have; else its weeks are looked at

OddsAim = Literal["reach", "fall to", "stay above", "stay below"]
Step = Literal["period", "week", "step"]


@dataclass(frozen=True)
class Outlook:
    """What the past of a KPI's figures says of its last one and of its end; None where silent."""

    signal: Verdict | None = None
    odds: Odds | None = None
    track: TrackRecord | None = None
    step: Step = "period"
    shift: float = 0.0  # what the odds' outcomes lack of the KPI's own value

    @property
    def probability(self) -> float | None:
        """The odds as a number, None while they cannot or should not be said as one."""
        if self.odds is None or self.odds.kind != "odds" or math.isnan(self.odds.probability):
            return None
        return self.odds.probability

    @property
    def is_routine(self) -> bool:
        """Whether the last figure is nothing but routine variation."""
        return self.signal is not None and self.signal.kind == "routine"


@dataclass(frozen=True)
class _Past:
    """Figures of equal steps: values, first days, how many are in the window and still to come."""

    values: np.ndarray
    days: list[date]
    elapsed: int
    left: int
    step: Step


def look_ahead(
    kpi: Kpi, metric: Metric, engine: Engine, *, scope: Scope, measured: Measured, target: float,
    is_up: bool,
) -> Outlook:  # fmt: skip
    """Return the outlook of a KPI that has a figure; empty where the past is too short."""
    window = kpi.window
    if window is None or measured.figure is None or metric.is_unique:
        return Outlook()
    manner = measured.manner
    is_limit = kpi.aim != "reach"
    if manner == "each":
        past = _periods_back(kpi, metric, engine, scope=scope, until=measured.as_of)
    else:
        past = _weeks_back(metric, engine, scope=scope, window=window, until=measured.as_of)
        if manner == "state":
            past = past if is_limit else _steps_of(past)
    if past is None or np.isfinite(past.values).sum() < 2:
        return Outlook()
    breaks = _breaks(engine, metric, kpi, past.days)
    signal = judge_last(past.values, past.days, breaks=breaks)
    wanted = _wanted(kpi, past, measured, target, is_up=is_up)
    if wanted is None:
        return Outlook(signal, step=past.step)
    odds = find_odds(past.values, wanted, days=past.days, breaks=breaks)
    track = (
        find_track_record(past.values, wanted)
        if odds.kind in ("odds", "too early to say")
        else None
    )
    shift = 0.0
    if wanted.measure == "sum":
        shift = target - wanted.value
    return Outlook(signal, odds, track, past.step, shift)


def _wanted(
    kpi: Kpi, past: _Past, measured: Measured, target: float, *, is_up: bool
) -> Target | None:
    """Return what the odds are asked of: for totals and levels, what is still to come."""
    figure = measured.figure
    if past.left <= 0 or figure is None or figure.value is None or figure.state == "at_least":
        return None
    if kpi.aim != "reach" and measured.manner != "total":
        aim: OddsAim = "stay above" if kpi.aim == "stay_above" else "stay below"
        return Target(target, past.left, past.elapsed, aim)
    aim = "reach" if is_up else "fall to"
    if measured.manner == "each":
        return Target(target, past.left, past.elapsed, aim)
    spent = past.values[len(past.values) - past.elapsed :]
    elapsed = past.elapsed if np.isfinite(spent).all() else 0
    so_far = float(spent.sum()) if elapsed else 0.0
    return Target(target - figure.value + so_far, past.left, elapsed, aim, "sum")


def _weeks_back(
    metric: Metric, engine: Engine, *, scope: Scope, window: Period, until: date
) -> _Past | None:
    ends = [until - timedelta(days=7 * n) for n in range(WEEKS_BACK)]
    periods = [Period(end - timedelta(days=7), end, "range") for end in reversed(ends)]
    figures = engine.figures([metric], periods, scope)
    values, days = _known_stretch(figures, periods)
    if len(values) < 2:
        return None
    elapsed = min((until - window.start).days // 7, len(values))
    left = round((window.end - until).days / 7)
    return _Past(values, days, elapsed, left, "week")


def _steps_of(past: _Past | None) -> _Past | None:
    """Return a level's weekly steps, which add up to where it goes."""
    if past is None or len(past.values) < 3:
        return None
    steps = np.diff(past.values)
    return _Past(steps, past.days[1:], min(past.elapsed, len(steps)), past.left, "step")


def _periods_back(
    kpi: Kpi, metric: Metric, engine: Engine, *, scope: Scope, until: date
) -> _Past | None:
    window, calendar, grain = kpi.window, engine.calendar, grain_of(kpi)
    if window is None:
        return None
    last = calendar.period_of(until - timedelta(days=1), grain)
    if last.end > until:
        last = calendar.previous(last)
    periods = [last]
    while len(periods) < PERIODS_BACK:
        periods.insert(0, calendar.previous(periods[0]))
    values, days = _known_stretch(engine.figures([metric], periods, scope), periods)
    if np.isfinite(values).sum() < FEWEST_PERIODS:
        return _weeks_back(metric, engine, scope=scope, window=window, until=until)
    elapsed = sum(p.start >= window.start and p.end <= window.end for p in periods)
    ahead = [p for p in calendar.split(window, grain) if p.grain == grain and p.end > until]
    return _Past(values, days, min(elapsed, len(values)), len(ahead), "period")


def _known_stretch(
    figures: Sequence[Figure], periods: list[Period]
) -> tuple[np.ndarray, list[date]]:
    """Return values (NaN where unknown or only partly known) from the first known one on."""
    values = np.array([
        f.value if f.value is not None and f.state in ("exact", "about") else np.nan for f in figures
    ])  # fmt: skip
    known = np.flatnonzero(np.isfinite(values))
    first = int(known[0]) if known.size else len(values)
    return values[first:], [p.start for p in periods[first:]]


def _breaks(engine: Engine, metric: Metric, kpi: Kpi, days: list[date]) -> list[int]:
    """Return the positions from which a platform counts otherwise."""
    if not days:
        return []
    found = []
    for platform in kpi.platforms:
        for change in engine.platforms.breaks_between(
            platform, frozenset(metric.columns), days[0], days[-1] + timedelta(days=1)
        ):
            settled = change.until or change.on
            found.append(next((i for i, d in enumerate(days) if d >= settled), len(days) - 1))
    return sorted(set(found))


def say_odds(outlook: Outlook, say: Callable[[float | None], Text], target: float) -> Text | None:
    """Return the odds in words and in the metric's own unit; None where there are none."""
    odds = outlook.odds
    if odds is None or odds.kind not in _ODDS:
        return odds.sentence if odds is not None else None
    data = {
        "odds": say_share(odds.probability), "low": say(odds.low + outlook.shift),
        "high": say(odds.high + outlook.shift), "target": say(target),
    }  # fmt: skip
    return fill(_ODDS[odds.kind], data)


_ODDS = {
    "odds": Text(
        "{odds} likely to be reached by the due date: 80 % of the likely outcomes lie between "
        "{low} and {high}, the target is {target}.",
        "Peluang tercapai sampai tenggat {odds}: 80 % kemungkinan hasilnya antara {low} dan "
        "{high}, targetnya {target}.",
    ),
    "too early to say": Text(
        "Too early to say (about {odds}): the likely outcomes reach from {low} to {high}, on both "
        "sides of the target {target}.",
        "Masih terlalu dini (sekitar {odds}): kemungkinan hasilnya {low} sampai {high}, di bawah "
        "maupun di atas target {target}.",
    ),
}
_STEPS = {
    "period": Text("The last whole period", "Periode utuh terakhir"),
    "week": Text("The last week", "Minggu terakhir"),
    "step": Text("The change of the last week", "Perubahan minggu terakhir"),
}
_SIGNALS = {
    "routine": Text(
        "{step} ({value}) is routine variation: {low} to {high} was to be expected.",
        "{step} ({value}) masih variasi wajar: biasanya {low} sampai {high}.",
    ),
    "signal up": Text(
        "{step} ({value}) is a signal: higher than routine variation explains ({low} to {high}).",
        "{step} ({value}) adalah sinyal: lebih tinggi dari variasi wajar ({low} sampai {high}).",
    ),
    "signal down": Text(
        "{step} ({value}) is a signal: lower than routine variation explains ({low} to {high}).",
        "{step} ({value}) adalah sinyal: lebih rendah dari variasi wajar ({low} sampai {high}).",
    ),
    "shift": Text(
        "The level has shifted and {step} ({value}) confirms it (before, {low} to {high} was usual).",
        "Levelnya bergeser dan {step} ({value}) menguatkannya (sebelumnya biasanya {low} sampai "
        "{high}).",
    ),
}

_VISIBLE = Text("The smallest lasting change visible here is {up} or {down}.",
                "Perubahan tetap terkecil yang terlihat di sini: {up} atau {down}.")  # fmt: skip


def say_signal(outlook: Outlook, say: Callable[[float | None], Text]) -> Text | None:
    """Return in words whether the last figure is news, in the metric's own unit."""
    signal = outlook.signal
    if signal is None or signal.kind not in _SIGNALS:
        return signal.sentence if signal is not None else None
    data = {"step": _STEPS[outlook.step], "value": say(signal.value), "low": say(signal.low),
            "high": say(signal.high)}  # fmt: skip
    return join(fill(_SIGNALS[signal.kind], data), _say_visible(signal, say))


def _say_visible(signal: Verdict, say: Callable[[float | None], Text]) -> Text:
    """Return the smallest lasting change these figures can show, a share or an amount."""
    sizes = (signal.visible_up, signal.visible_down)
    if signal.is_factor:
        up, down = (_say_factor(size) for size in sizes)
    else:
        up, down = (_signed(say(abs(size)), size) for size in sizes)
    return fill(_VISIBLE, {"up": up, "down": down})


def _say_factor(factor: float) -> Text:
    """Return a factor as a change, from twice on as times: nobody pictures +484 %."""
    if factor < 2:
        return say_change(factor)
    english, indonesian = (Locale(x).format_number(factor, 1) for x in LANGUAGES)
    return Text(f"×{english}", f"{indonesian} kali lipat")


def _signed(amount: Text, size: float) -> Text:
    sign = "+" if size >= 0 else "−"
    return Text(sign + amount.en, sign + amount.id)
