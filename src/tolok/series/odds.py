"""The odds that a target is reached by its due date, and what should be there by now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from tolok.base import Text

from .attainability import usual_odds
from .forecast import LONGEST, Forecast, make_forecast
from .scale import Floats
from .wording import fill, say_percent

Aim = Literal["reach", "fall to", "stay above", "stay below"]
Measure = Literal["level", "sum", "mean"]
OddsKind = Literal["odds", "too early to say", "reached", "missed", "cannot say"]

PATHS = 400
SHOCK = 1.16  # standard deviation of a path in units of the forecast's t5 width (nominally 1.29)
NARROW, WIDE = 0.25, 1.35  # middle half of the paths; how wide the 80 % interval may be
# Logistic weights of (1, paths, base, height over the past) at the start of the span and at half of it; learned on
# the tuning half of `benchmarks/honesty.py`.
BLEND_START = (0.0, 0.71, 0.44, -1.06)
BLEND_HALF = (-0.02, 0.99, 0.32, -0.95)

_ODDS = Text(
    en="{odds} likely to be reached by the due date; 80% of the likely outcomes lie between "
    "{low} and {high}, the target is {target}.",
    id="Peluang tercapai sampai tenggat {odds}; 80% kemungkinan hasilnya antara {low} dan "
    "{high}, targetnya {target}.",
)
_EARLY = Text(
    en="Too early to say (about {odds}): likely outcomes reach from {low} to {high}, on both "
    "sides of the target {target}.",
    id="Masih terlalu dini untuk dipastikan (sekitar {odds}): kemungkinan hasilnya {low} sampai "
    "{high}, di bawah maupun di atas target {target}.",
)
_REACHED = Text(
    en="Reached: {value} against a target of {target}.",
    id="Tercapai: {value} dari target {target}.",
)
_MISSED = Text(
    en="Missed: {value} against a target of {target}.",
    id="Tidak tercapai: {value} dari target {target}.",
)
_MISSING = Text(
    en="Cannot say: figures of the span are missing. Missing is not zero.",
    id="Belum bisa dinilai: sebagian angka pada rentang ini tidak ada. "
    "Tidak ada angka bukan berarti nol.",
)


@dataclass(frozen=True, slots=True)
class Target:
    """What is wanted by the due date, in the unit of the figures.

    `measure` says of what: the level at the due date, the sum over the whole span, or its
    mean. `elapsed` is how many of the last figures given belong to the span, `left` how many
    are still to come. "stay above" and "stay below" look at every period of the span when the
    measure is the level, else at the total like "reach" and "fall to".
    """

    value: float
    left: int
    elapsed: int = 0
    aim: Aim = "reach"
    measure: Measure = "level"


@dataclass(frozen=True, slots=True)
class Odds:
    """How likely a target is reached. `probability` is NaN where the kind is "cannot say".

    `from_paths` is the share of simulated paths, `base_rate` how often such growth happens
    anyhow; the probability blends both. `low` to `high` holds 80 % of the likely outcomes.
    """

    kind: OddsKind
    sentence: Text
    probability: float = np.nan
    from_paths: float = np.nan
    base_rate: float = np.nan
    low: float = np.nan
    high: float = np.nan


def find_odds(
    values: ArrayLike,
    target: Target,
    *,
    period: int = 1,
    days: Sequence[date] | None = None,
    breaks: Sequence[int] = (),
    base_rate: float | None = None,
) -> Odds:
    """Return the odds that the target is reached, from the figures known so far.

    `base_rate` is how often targets of this kind are reached elsewhere; without one it is
    taken from this account's own past and from what accounts usually do.
    """
    points = np.asarray(values, dtype=float)
    if target.left <= 0:
        return _close(points, target)
    forecast = make_forecast(points, target.left, period=period, days=days, breaks=breaks)
    if forecast.reason is not None:
        return Odds("cannot say", forecast.reason)
    outcomes, hits = play_out(forecast, points, target)
    share = float((hits.sum() + 0.5) / (len(hits) + 1))
    base = base_rate if base_rate is not None else find_base_rate(points, target)
    elapsed = target.elapsed / (target.elapsed + target.left)
    is_up = target.aim in ("reach", "stay above")
    height = find_height(points, target)
    # The weights were learned on growth: a fall is judged as what growth leaves over.
    if is_up:
        probability = blend(share, base, elapsed, height)
    else:
        probability = 1 - blend(1 - share, 1 - base, elapsed, height)
    low, high = (float(q) for q in np.quantile(outcomes, [0.1, 0.9]))
    is_open = NARROW < share < 1 - NARROW and high > WIDE * max(low, 1e-12)
    kind: OddsKind = "too early to say" if is_open else "odds"
    words = fill(
        _EARLY if is_open else _ODDS,
        odds=Text(en=say_percent(probability), id=say_percent(probability, "id")),
        low=low,
        high=high,
        target=target.value,
    )
    return Odds(kind, words, probability, share, base, low, high)


def play_out(forecast: Forecast, points: Floats, target: Target) -> tuple[Floats, np.ndarray]:
    """Return per simulated path the outcome in the target's measure, and whether it is reached."""
    paths = simulate(forecast)
    spent = points[len(points) - target.elapsed :]
    # A missing figure of the span is not zero: the value bridged over the gap stands for it.
    filled = forecast.filled[len(forecast.filled) - target.elapsed :]
    if len(filled) == len(spent):
        spent = np.where(np.isfinite(spent), spent, filled)
    known = np.broadcast_to(spent[np.isfinite(spent)], (len(paths), np.isfinite(spent).sum()))
    whole = np.concatenate([known, paths], axis=1)
    outcome = _measure(whole, target)
    return outcome, is_reached(outcome, target)


def _measure(spans: Floats, target: Target) -> Floats:
    """Return per row of periods the figure the target speaks of."""
    if target.measure == "sum":
        return np.asarray(spans.sum(axis=1))
    if target.measure == "mean":
        return np.asarray(spans.mean(axis=1))
    if target.aim == "stay above":
        return np.asarray(spans.min(axis=1))
    if target.aim == "stay below":
        return np.asarray(spans.max(axis=1))
    return np.asarray(spans[:, -1])


def is_reached(outcome: ArrayLike, target: Target) -> np.ndarray:
    """Return whether outcomes in the target's measure meet it."""
    result = np.asarray(outcome, dtype=float)
    if target.aim in ("reach", "stay above"):
        return np.asarray(result >= target.value)
    return np.asarray(result <= target.value)


def simulate(forecast: Forecast) -> Floats:
    """Return paths x periods of possible futures, in the unit of the figures.

    Surprises are half drawn from this series' own errors, half from a t distribution with five
    degrees of freedom; part of each stays in the level, as smoothing says. The draws are always
    the same, so that asking twice gives one answer.
    """
    horizon = len(forecast.sigma)
    picks, tails, is_own = _draws(horizon)
    own = forecast.residuals / (np.sqrt(np.mean(forecast.residuals**2)) + 1e-12)
    drawn = own[np.minimum((picks * len(own)).astype(int), len(own) - 1)]
    shock = np.where(is_own, drawn, tails)
    carried = np.cumsum(shock, axis=1) - shock
    noise = shock + forecast.carry * carried
    spread = np.sqrt(1 + forecast.carry**2 * np.arange(horizon))
    return forecast.scale.to_value(forecast.center + SHOCK * forecast.sigma * noise / spread)


@lru_cache(maxsize=64)
def _draws(horizon: int) -> tuple[Floats, Floats, np.ndarray]:
    rng = np.random.default_rng(20_261_122)
    half = PATHS // 2
    picks = rng.random((half, horizon))
    tails = rng.standard_t(5, (half, horizon)) / np.sqrt(5 / 3)
    is_own = rng.random((half, horizon)) < 0.5
    # Mirrored draws: twice the paths, and the middle of them lies where it should.
    return (
        np.concatenate([picks, 1 - picks]),
        np.concatenate([tails, -tails]),
        np.concatenate([is_own, is_own]),
    )


def find_base_rate(points: Floats, target: Target) -> float:
    """Return how often accounts in general make the change that is wanted here.

    The account's own past is no help for this: after spans of growth come spans of less, and
    blended in it made the odds worse on the tuning half.
    """
    span = target.elapsed + target.left
    before = points[: len(points) - target.elapsed]
    recent = before[-span:][np.isfinite(before[-span:])]
    if recent.size == 0 or recent.mean() <= 0 or target.value <= 0:
        return 0.5
    wanted = target.value / span if target.measure == "sum" else target.value
    usual = usual_odds(wanted / float(recent.mean()))
    return usual if target.aim in ("reach", "stay above") else 1 - usual


def find_height(points: Floats, target: Target) -> float:
    """Return how high the span before the target's stands over the account's own past, as a log.

    0 where it cannot be known. From a height figures come down more often than paths from the
    present level show, and from a low they rise. This told more than the last span's growth did:
    on kinds of series the weights had not seen, the Brier score at the start fell from 0.122 to
    0.118 (tuning half, each panel left out in turn).
    """
    span = target.elapsed + target.left
    before = points[max(0, len(points) - target.elapsed - LONGEST) : len(points) - target.elapsed]
    last = before[-span:]
    if len(before) <= span or not np.isfinite(last).any():
        return 0.0
    now, usual = float(np.nanmean(last)), float(np.nanmean(before))
    if now <= 0 or usual <= 0:
        return 0.0
    return float(np.clip(np.log(now / usual), -1.5, 1.5))


def blend(share: float, base: float, elapsed: float, height: float = 0.0) -> float:
    """Return the probability from the paths' share and the base rate, by learned weights.

    `elapsed` is the part of the span gone by, `height` as of `find_height`.
    """
    part = min(1.0, elapsed / 0.5)
    weights = (1 - part) * np.array(BLEND_START) + part * np.array(BLEND_HALF)
    score = float(weights @ [1.0, _logit(share), _logit(base), height])
    return float(1 / (1 + np.exp(-score)))


def _logit(p: float) -> float:
    p = min(max(p, 0.002), 0.998)
    return float(np.log(p / (1 - p)))


def _close(points: Floats, target: Target) -> Odds:
    span = points[len(points) - target.elapsed :] if target.elapsed else points[-1:]
    needs_all = target.measure != "level" or target.aim in ("stay above", "stay below")
    if span.size == 0 or not np.isfinite(span if needs_all else span[-1:]).all():
        return Odds("cannot say", _MISSING)
    outcome = float(_measure(span[None, :], target)[0])
    done = bool(is_reached(outcome, target))
    words = fill(_REACHED if done else _MISSED, value=outcome, target=target.value)
    chance = float(done)
    return Odds("reached" if done else "missed", words, chance, chance, chance, outcome, outcome)


@dataclass(frozen=True, slots=True)
class Pace:
    """What should be there by now, and what is; NaN and a reason where it cannot be said."""

    expected: float
    actual: float
    sentence: Text

    @property
    def difference(self) -> float:
        """Actual less expected, in the unit of the target."""
        return self.actual - self.expected


_PACE = Text(
    en="By now {expected} should be there; it is {actual}.",
    id="Sampai sekarang seharusnya {expected}; kenyataannya {actual}.",
)


def find_pace(
    values: ArrayLike, target: Target, *, start: float | None = None, period: int = 1
) -> Pace:
    """Return what should be there by now: a share of the sum, or a step on the way to the level.

    The share of a sum follows the usual season of the span where the past shows one. A level
    goes in equal steps from `start` (by default the last figure before the span). A sum with
    missing figures cannot be said.
    """
    points = np.asarray(values, dtype=float)
    span = target.elapsed + target.left
    so_far = points[len(points) - target.elapsed :] if target.elapsed else points[:0]
    if target.measure == "level":
        before = points[: len(points) - target.elapsed]
        known = before[np.isfinite(before)]
        first = start if start is not None else float(known[-1]) if known.size else np.nan
        expected = first + (target.value - first) * target.elapsed / span if span else np.nan
        actual = float(so_far[-1]) if so_far.size else first
    elif target.measure == "sum":
        expected = target.value * _share_due(points, target, period)
        actual = float(so_far.sum())
    else:
        expected, actual = target.value, float(so_far.mean()) if so_far.size else np.nan
    if not np.isfinite([expected, actual]).all():
        return Pace(expected, actual, _MISSING)
    return Pace(expected, actual, fill(_PACE, expected=expected, actual=actual))


def _share_due(points: Floats, target: Target, period: int) -> float:
    span = target.elapsed + target.left
    if period < 2 or not span:
        return target.elapsed / span if span else np.nan
    before = points[: len(points) - target.elapsed]
    forecast = make_forecast(before, span, period=period)
    if forecast.reason is not None:
        return target.elapsed / span
    weights = forecast.middle
    total = float(weights.sum())
    return float(weights[: target.elapsed].sum()) / total if total > 0 else np.nan


def halfway(target: Target) -> Target:
    """Return the target as it stands when half of its span has gone by."""
    span = target.elapsed + target.left
    return replace(target, elapsed=span // 2, left=span - span // 2)
