"""Forecasts of short histories with intervals that hold, on numpy and scipy alone.

The mean of exponential smoothing, Theta and a damped mean on a log scale, a shrunk season, and
errors of a t distribution whose width was learned on other series (methods 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import ArrayLike

from tolok.base import Text

from .effects import project_seasons
from .ensemble import Mixture, far_step, mix
from .scale import Floats, Scale, choose_scale
from .season import step_of
from .wording import fill

FEWEST = 10  # known values a forecast needs
LONGEST = 104
MOST_MISSING = 0.3
FREEDOM = 5.0  # of the t distribution of errors, learned with the widths
T80, T95 = 1.4759, 2.5706  # its quantiles at 0.9 and 0.975
# Log of the width against the in-sample one-step error; learned on the tuning half of
# `benchmarks/honesty.py` by t likelihood, each panel and length counting alike.
WIDTH = {
    "one": 0.145,
    "log_step": 0.097,
    "log_growth": 0.49,
    "far_ratio": 0.145,
    "memory": 0.097,
    "season": 1.658,
    "season_step": -0.406,
    "log_kurtosis": -0.233,
}

_TOO_SHORT = Text(
    en="Cannot say: a forecast needs at least {needed} known figures, here are {known}.",
    id="Belum bisa diramal: perlu minimal {needed} angka, baru ada {known}.",
)
_GAPS = Text(
    en="Cannot say: {missing} of {all} figures are missing.",
    id="Belum bisa diramal: {missing} dari {all} angka tidak ada.",
)


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """What to expect of each coming period: the middle, and intervals for 80 % and 95 %.

    One row per period after the last given, in the unit of the figures. `center` and `sigma`
    are the same on the scale, for simulation; `carry` is the share of
    one period's surprise that stays in the level. `reason` says why there is none (then all NaN).
    """

    middle: Floats
    low80: Floats
    high80: Floats
    low95: Floats
    high95: Floats
    center: Floats
    sigma: Floats
    carry: float
    residuals: Floats
    scale: Scale
    filled: Floats
    reason: Text | None = None


def make_forecast(
    values: ArrayLike,
    horizon: int,
    *,
    period: int = 1,
    days: Sequence[date] | None = None,
    breaks: Sequence[int] = (),
) -> Forecast:
    """Return the forecast for the `horizon` periods after the last of `values` (NaN: missing).

    `period` is the length of the season (7 for days, 24 for hours, 1 for none); with `days`
    the seasons of the Indonesian year are looked at too. Nothing before the last platform
    break is used.
    """
    points = np.asarray(values, dtype=float)
    start = max([b for b in breaks if 0 < b < len(points)], default=0)
    points, known_days = points[start:], None if days is None else list(days[start:])
    points, known_days, gap = _trim(points, known_days)
    scale = choose_scale(points)
    reason = _find_reason(points)
    if reason is not None:
        return _no_forecast(horizon, scale, reason)
    x = scale.to_scale(points)
    season, trust = learn_season(_fill(x), period)
    total = horizon + gap
    phases = np.arange(len(x) + total) % max(1, period)
    effect = season[phases]
    if known_days is not None:
        effect = effect + project_seasons(
            x - effect[: len(x)], known_days + _days_after(known_days, total)
        )
    level = _fill(x - effect[: len(x)])
    mixture = mix(level, total)
    lost = trust * (period - 1) / len(x) if period > 1 else 0.0
    sigma = _widen(mixture, len(x), total, lost) + scale.noise_floor(float(np.median(level)))
    center = mixture.center + effect[len(x) :]
    filled = scale.to_value(level + effect[: len(x)])
    return _shape(gap, (center, sigma), mixture, scale, filled)


def _trim(points: Floats, days: list[date] | None) -> tuple[Floats, list[date] | None, int]:
    """Return the known stretch, at most LONGEST, and how many periods at its end are missing."""
    known = np.flatnonzero(np.isfinite(points))
    if known.size == 0:
        return points[:0], None if days is None else days[:0], 0
    first, last = int(known[0]), int(known[-1]) + 1
    first = max(first, last - LONGEST)
    if last - first > 52:  # few lengths are kept ready: the oldest of up to three figures go
        first += (last - first) % 4
    return points[first:last], None if days is None else days[first:last], len(points) - last


def _find_reason(points: Floats) -> Text | None:
    known = int(np.isfinite(points).sum())
    if known < FEWEST:
        return fill(_TOO_SHORT, needed=str(FEWEST), known=str(known))
    missing = len(points) - known
    if missing > MOST_MISSING * len(points):
        return fill(_GAPS, missing=str(missing), all=str(len(points)))
    return None


def _no_forecast(horizon: int, scale: Scale, reason: Text) -> Forecast:
    none = np.full(horizon, np.nan)
    empty = none[:0]
    return Forecast(none, none, none, none, none, none, none, np.nan, empty, scale, empty, reason)


def _days_after(days: Sequence[date], count: int) -> list[date]:
    step = step_of(days)
    return [days[-1] + timedelta(days=step * (k + 1)) for k in range(count)]


def _fill(points: Floats) -> Floats:
    """Return points with gaps bridged by a straight line, so that time keeps its steps."""
    known = np.isfinite(points)
    if known.all():
        return points
    places = np.arange(len(points))
    return np.interp(places, places[known], points[known])


def learn_season(points: Floats, period: int) -> tuple[Floats, float]:
    """Return the effect per phase (the first point is phase 0) and how far it was believed.

    Needs two whole seasons; shrunk by James-Stein, so that a series without one keeps none.
    """
    n = len(points)
    none = np.zeros(max(1, period))
    if period < 2 or n < 2 * period:
        return none, 0.0
    phase = np.arange(n) % period
    ones = np.ones(period) / period
    kernel = ones if period % 2 else np.concatenate([[0.5], np.ones(period - 1), [0.5]]) / period
    side = len(kernel) // 2
    inner = phase[side : n - side]
    if np.bincount(inner, minlength=period).min() == 0:
        return none, 0.0
    effect = _phase_means(points[side : n - side] - np.convolve(points, kernel, "valid"), inner)
    count = np.bincount(phase, minlength=period)
    rest = points
    width = np.ones(max(3, period // 2) | 1)
    inside = np.convolve(np.ones(n), width, "same")
    for _ in range(2):  # once more with the ends, now that a short mean shows the level there
        rest = points - np.convolve(points - effect[phase], width, "same") / inside
        effect = _phase_means(rest, phase)
    # The short mean takes part of the noise along: what is left understates it.
    taken = (1 - 1 / len(width)) ** 2
    within = float(np.sum((rest - effect[phase]) ** 2)) / max(1, n - period) / taken
    between = float(np.sum(count * effect**2)) / (period - 1)
    trust = max(0.0, 1 - within / between) if between > 0 else 0.0
    return trust * effect, trust


def _phase_means(rest: Floats, phase: np.ndarray) -> Floats:
    period = int(phase.max()) + 1
    means = np.bincount(phase, weights=rest, minlength=period) / np.bincount(phase)
    return np.asarray(means - means.mean())


def _widen(mixture: Mixture, n: int, horizon: int, season_lost: float) -> Floats:
    """Return the width of the errors at each step, by the learned rule `WIDTH`."""
    near = float(np.sqrt(np.mean(mixture.errors**2))) + 1e-9
    terms = width_terms(mixture, n, horizon, season_lost)
    return np.asarray(near * np.exp(terms @ np.array(list(WIDTH.values()))))


def width_terms(mixture: Mixture, n: int, horizon: int, season_lost: float) -> Floats:
    """Return what the width is learned from, one row per step, columns as in `WIDTH`."""
    errors = mixture.errors
    square = float(np.mean(errors**2)) + 1e-18
    step = np.log(np.arange(1, horizon + 1))
    far = far_step(n, horizon)
    ratio = float(
        np.log(np.mean(mixture.far_errors**2) + 1e-18)
        - np.log(square)
        - np.log(mixture.growth[far - 1])
    )
    memory = float(errors[1:] @ errors[:-1]) / (square * len(errors))
    kurtosis = max(1.0, float(np.mean(errors**4)) / square**2)
    ones = np.ones(horizon)
    terms = {
        "one": ones,
        "log_step": step,
        "log_growth": np.log(mixture.growth),
        "far_ratio": ratio * np.minimum(1.0, step / max(np.log(far), 0.5)),
        "memory": memory * step,
        "season": season_lost * ones,
        "season_step": season_lost * step,
        "log_kurtosis": np.log(kurtosis) * ones,
    }
    return np.stack([terms[name] for name in WIDTH], axis=1)


def _shape(
    gap: int,
    paths: tuple[Floats, Floats],
    mixture: Mixture,
    scale: Scale,
    filled: Floats,
) -> Forecast:
    center, sigma = (path[gap:] for path in paths)
    ends = (0.0, -T80, T80, -T95, T95)
    middle, low80, high80, low95, high95 = (scale.to_value(center + q * sigma) for q in ends)
    horizon = len(mixture.growth)
    carry = float(np.sqrt(max(0.0, mixture.growth[-1] - 1) / (horizon - 1))) if horizon > 1 else 0.5
    return Forecast(
        middle,
        low80,
        high80,
        low95,
        high95,
        center,
        sigma,
        min(1.0, carry),
        mixture.errors,
        scale,
        filled,
    )
