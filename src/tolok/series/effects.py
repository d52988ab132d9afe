"""What weekday and season usually do to a series, learned from its own past and taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from .scale import Floats
from .season import measure_seasons, step_of, weekdays_of

WEEKDAY_WEEKS = 4  # weekday effects need four weeks of days
SEASON_PERIODS = 2.0  # a season must have been seen at least so many whole periods
SEASON_WEIGHT = 2.0  # an effect seen in n periods is believed n / (n + 2)


@dataclass(frozen=True, slots=True, eq=False)
class Adjusted:
    """A series without its usual weekday and season effects, on the scale it came in.

    `effect` is what was taken out per point (the last one is a forecast: it was not used to
    learn). `lost` are degrees of freedom used up, `extra` is the added variance of the last
    effect in units of one point's. `unseen` are seasons of the last point that the past never
    showed.
    """

    points: Floats
    effect: Floats
    lost: float
    extra: float
    unseen: tuple[str, ...]


def remove_effects(points: Floats, days: Sequence[date] | None) -> Adjusted:
    """Return the series with weekday and season effects taken out, learned without the last."""
    zero = np.zeros(len(points))
    if days is None or len(points) < 3:
        return Adjusted(points, zero, 0.0, 0.0, ())
    step = step_of(days)
    weekday, lost, extra = _learn_weekday(points, days) if step == 1 else (zero, 0.0, 0.0)
    season, lost_more, unseen = _learn_seasons(points - weekday, days, step)
    effect = weekday + season
    return Adjusted(points - effect, effect, lost + lost_more, extra, unseen)


def _detrend(points: Floats, width: int) -> Floats:
    """Return distances from a moving mean of the known neighbours, so that drift is no effect."""
    known = np.isfinite(points)
    ones = np.ones(width)
    total = np.convolve(np.where(known, points, 0.0), ones, mode="same")
    count = np.convolve(known.astype(float), ones, mode="same")
    with np.errstate(invalid="ignore", divide="ignore"):
        return points - total / count


def _learn_weekday(points: Floats, days: Sequence[date]) -> tuple[Floats, float, float]:
    past = points[:-1]
    known = np.isfinite(past)
    zero = np.zeros(len(points))
    if known.sum() < WEEKDAY_WEEKS * 7:
        return zero, 0.0, 0.0
    weekday = weekdays_of(days)
    rest = _detrend(past, 7)[known]
    groups = weekday[:-1][known]
    count = np.bincount(groups, minlength=7)
    if count.min() < WEEKDAY_WEEKS - 1:
        return zero, 0.0, 0.0
    means = np.bincount(groups, weights=rest, minlength=7) / count
    means -= means.mean()
    within = float(np.sum((rest - means[groups]) ** 2)) / max(1, len(rest) - 7)
    between = float(np.sum(count * means**2)) / 6
    # James-Stein: where the week makes no difference nothing is taken out and nothing lost.
    trust = max(0.0, 1 - within / between) if between > 0 else 0.0
    return trust * means[weekday], 6 * trust, trust**2 * 6 / len(rest)


def _learn_seasons(
    points: Floats, days: Sequence[date], step: int
) -> tuple[Floats, float, tuple[str, ...]]:
    effect, lost, unseen = np.zeros(len(points)), 0.0, []
    rest = points - np.nanmedian(points[:-1]) if np.isfinite(points[:-1]).any() else points
    for key, share in measure_seasons(days, step).items():
        if share[-1] == 0:
            continue
        seen = np.isfinite(points[:-1]) * share[:-1]
        if seen.sum() < SEASON_PERIODS:
            # A payday window lies in every month: only days and weeks can lack one.
            unseen.append(key)
            continue
        learned, trust = _learn_one(rest, share, seen)
        effect += learned
        rest = rest - learned
        lost += trust
    return effect, lost, tuple(unseen)


def _learn_one(rest: Floats, share: Floats, seen: Floats) -> tuple[Floats, float]:
    known = np.isfinite(rest[:-1])
    x, y = share[:-1][known], rest[:-1][known]
    x_mean = x.mean()
    weight = float(np.sum((x - x_mean) ** 2))
    if weight <= 0:
        return np.zeros(len(rest)), 0.0
    slope = float(np.sum((x - x_mean) * (y - y.mean()))) / weight
    spread = float(np.var(y - y.mean() - slope * (x - x_mean))) / weight
    doubt = spread / slope**2 if slope else 1.0
    trust = max(0.0, 1 - doubt) * seen.sum() / (seen.sum() + SEASON_WEIGHT)
    return trust * slope * (share - x_mean), trust


def project_seasons(points: Floats, days: Sequence[date]) -> Floats:
    """Return the season effect of each day, learned where `points` reach, zero if never seen.

    `days` go on past the points: what Ramadan did in the past is expected of the next one.
    """
    effect = np.zeros(len(days))
    rest = np.full(len(days), np.nan)
    rest[: len(points)] = points - np.nanmedian(points)
    for share in measure_seasons(days, step_of(days)).values():
        seen = np.isfinite(rest) * share
        if seen.sum() < SEASON_PERIODS or seen.sum() > 0.8 * np.isfinite(rest).sum():
            continue
        padded = np.append(rest, np.nan)
        learned, _ = _learn_one(padded, np.append(share, 0.0), seen)
        effect += learned[:-1]
        rest = rest - learned[:-1]
    return effect
