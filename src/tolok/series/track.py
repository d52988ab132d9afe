"""How well forecasts and odds held in this series' own past, to stand beside every probability."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from tolok.base import Text

from .forecast import FEWEST, make_forecast
from .odds import Target, find_odds, is_reached
from .scale import Floats
from .wording import fill, join

FEWEST_ORIGINS = 4
MOST_ORIGINS = 12
SHORTEST_PAST = 20

_HELD = Text(
    en="In this series' own past the 80% interval held in {held} of {count} cases.",
    id="Pada riwayat data ini, rentang 80% terbukti benar di {held} dari {count} kasus.",
)
_BRIER = Text(
    en="Its odds scored {ours} (Brier, 0 is best) against {line} for a straight line.",
    id="Skor peluangnya {ours} (Brier, 0 paling baik), sedangkan garis lurus {line}.",
)
_NONE = Text(
    en="No track record yet: the past is too short for {needed} trials.",
    id="Belum ada rekam jejak: riwayatnya terlalu pendek untuk {needed} kali percobaan.",
)


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """Rolling-origin trials on a series' own history; NaN and a sentence where there are none.

    `held80` is the share of trials in which the figure at the end of the span lay in the 80 %
    interval; `brier` and `brier_line` score the odds, and a straight line through the same
    past taken for certain, on targets as far away as the present one.
    """

    trials: int
    held80: float
    brier: float
    brier_line: float
    sentence: Text


def find_track_record(
    values: ArrayLike, target: Target, *, period: int = 1, most: int = MOST_ORIGINS
) -> TrackRecord:
    """Return how forecasts and odds of this kind would have done on the past of `values`.

    From up to `most` earlier dates, spread evenly, the forecast is made as it would have been
    then: same span, same part of it gone by, and a target as far from the level as today's.
    Where the past is too short for whole spans, only what is still to come is tried: as many
    periods ahead as are left.
    """
    points = np.asarray(values, dtype=float)
    kept = _try_all(points, target, period, most)
    if len(kept) < FEWEST_ORIGINS and target.elapsed and target.left:
        kept = _try_all(points, _rest_of(target, points), period, most)
    if len(kept) < FEWEST_ORIGINS:
        words = fill(_NONE, needed=str(FEWEST_ORIGINS))
        return TrackRecord(len(kept), np.nan, np.nan, np.nan, words)
    held, brier, line = (float(v) for v in kept.mean(axis=0))
    count = len(kept)
    words = join(
        fill(_HELD, held=str(round(held * count)), count=str(count)),
        None if np.isnan(brier) else fill(_BRIER, ours=round(brier, 3), line=round(line, 3)),
    )
    return TrackRecord(count, held, brier, line, words)


def _try_all(points: Floats, target: Target, period: int, most: int) -> Floats:
    """Return one row (held, squared error of the odds, of the line) per trial that could be made."""
    span = target.elapsed + target.left
    first = max(SHORTEST_PAST, span) + target.elapsed
    origins = np.arange(first, len(points) - target.left + 1)
    if len(origins) > most:
        origins = np.unique(np.linspace(first, origins[-1], most).round().astype(int))
    growth = _growth(points, target)
    trials = [_try_one(points, int(t), target, growth, period) for t in origins]
    return np.array([t for t in trials if t is not None])


def _rest_of(target: Target, points: Floats) -> Target:
    """Return the target for the periods still to come, as if the span began today."""
    so_far = float(np.nansum(points[len(points) - target.elapsed :]))
    span = target.elapsed + target.left
    value = target.value
    if target.measure == "sum":
        value -= so_far
    elif target.measure == "mean":
        value = (value * span - so_far) / target.left
    return replace(target, value=value, elapsed=0)


def _growth(points: Floats, target: Target) -> float:
    """Return how far the target lies from the level before its span, as a factor."""
    span = target.elapsed + target.left
    level = _level(points[: len(points) - target.elapsed], span)
    wanted = target.value / span if target.measure == "sum" else target.value
    return wanted / level if level > 0 else np.nan


def _level(before: Floats, span: int) -> float:
    recent = before[-span:][np.isfinite(before[-span:])]
    return float(recent.mean()) if recent.size else np.nan


def _try_one(
    points: Floats, origin: int, target: Target, growth: float, period: int
) -> tuple[float, float, float] | None:
    """Return (held, squared error of the odds, of the line) at one origin; None on gaps."""
    future = points[origin : origin + target.left]
    past = points[:origin]
    if not np.isfinite(future).all() or np.isfinite(past).sum() < FEWEST:
        return None
    forecast = make_forecast(past, target.left, period=period)
    if forecast.reason is not None:
        return None
    held = float(forecast.low80[-1] <= future[-1] <= forecast.high80[-1])
    span = target.elapsed + target.left
    level = _level(past[: origin - target.elapsed], span)
    whole = points[origin - target.elapsed : origin + target.left]
    if not (np.isfinite(growth) and level > 0 and np.isfinite(whole).all()):
        return held, np.nan, np.nan
    value = growth * level * (span if target.measure == "sum" else 1)
    then = replace(target, value=value)
    odds = find_odds(past, then, period=period)
    truth = float(find_odds(points[: origin + target.left], _done(then)).kind == "reached")
    line = float(is_reached(project_line(past, then), then))
    return held, (odds.probability - truth) ** 2, (line - truth) ** 2


def _done(target: Target) -> Target:
    return replace(target, elapsed=target.elapsed + target.left, left=0)


def project_line(past: ArrayLike, target: Target) -> float:
    """Return what a straight line foretells: the run rate of a sum or mean, the trend of a level.

    Of a sum whose span has not begun, the rate of the span before.
    """
    points = np.asarray(past, dtype=float)
    span = target.elapsed + target.left
    seen = points[-(target.elapsed or span) :]
    rate = float(np.nanmean(seen)) if np.isfinite(seen).any() else np.nan
    if target.measure == "sum":
        return rate * span
    if target.measure == "mean":
        return rate
    recent = points[-max(span, 8) :]
    known = np.flatnonzero(np.isfinite(recent))
    if known.size < 2:
        return rate
    slope, start = np.polyfit(known, recent[known], 1)
    return float(start + slope * (len(recent) - 1 + target.left))
