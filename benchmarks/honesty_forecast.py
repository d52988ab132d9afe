"""Forecasts and odds, measured: coverage, OWA against Naive2, Brier and ECE (methods 2)."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from honesty_panels import Series, by_week, in_blocks

from tolok.series import Target, find_odds, make_forecast
from tolok.series.track import project_line

GROWTHS = (1.05, 1.1, 1.2, 1.3, 1.5)


@dataclass(frozen=True)
class Panel:
    """One kind of series: season, horizon of forecasts, lengths of history, span of targets."""

    name: str
    series: list[Series]
    period: int
    horizon: int
    lengths: tuple[int, ...]


@dataclass(frozen=True)
class Cell:
    """What was measured on one panel at one length of history."""

    panel: str
    length: int
    stretches: int
    held80: float
    held95: float
    owa: float
    milliseconds: float


def make_panels(
    weekly: list[Series], hourly: list[Series], days: list[Series], mentions: list[Series]
) -> list[Panel]:
    """Return the seven panels; the lengths of the first six make 21 cells, on the last are bets only."""
    months = [in_blocks(s, 4) for s in weekly]
    hourly_days = [in_blocks(s, 24) for s in hourly]
    weeks = [by_week(s) for s in days]
    return [
        Panel("M4 weekly", weekly, 1, 13, (20, 28, 52, 100)),
        Panel("M4 weekly in fours", months, 1, 6, (20, 28, 52, 100)),
        Panel("M4 hourly", hourly, 24, 13, (20, 28, 52, 100)),
        Panel("M4 hourly by day", hourly_days, 7, 6, (20, 28)),
        Panel("accounts daily", days, 7, 13, (20, 28, 52, 100)),
        Panel("accounts weekly", weeks, 1, 6, (20, 28, 40)),
        Panel("mentions weekly", mentions, 1, 6, ()),
    ]


def cut(panel: Panel, n: int, *, ahead: int, each: int, seed: int) -> list[np.ndarray]:
    """Return stretches of n + ahead periods without gaps whose past is not constant."""
    rng = np.random.default_rng([seed, n])
    found = []
    for series in panel.series:
        values = series.values
        for _ in range(each if len(values) >= n + ahead else 0):
            start = rng.integers(0, len(values) - n - ahead + 1)
            stretch = values[start : start + n + ahead]
            if np.isfinite(stretch).all() and stretch[:n].std() > 0:
                found.append(stretch)
    return found


def measure_cell(panel: Panel, n: int, *, wanted: int, seed: int) -> Cell:
    """Return coverage, OWA and time of the product's forecast on one cell."""
    each = max(1, round(wanted / len(panel.series)))
    stretches = cut(panel, n, ahead=panel.horizon, each=each, seed=seed)
    held80, held95, ours, naive, scales, truth = [], [], [], [], [], []
    make_forecast(stretches[0][:n], panel.horizon, period=panel.period)
    begun = time.process_time()
    forecasts = [make_forecast(s[:n], panel.horizon, period=panel.period) for s in stretches]
    spent = (time.process_time() - begun) / len(stretches)
    for stretch, forecast in zip(stretches, forecasts, strict=True):
        past, future = stretch[:n], stretch[n:]
        held80.append((forecast.low80 <= future) & (future <= forecast.high80))
        held95.append((forecast.low95 <= future) & (future <= forecast.high95))
        lag = panel.period if panel.period < n else 1
        ours.append(forecast.middle)
        naive.append(forecast_naive2(past, panel.period, panel.horizon))
        scales.append(np.abs(past[lag:] - past[:-lag]).mean())
        truth.append(future)
    owa = score_owa(*(np.array(a) for a in (ours, naive, truth, scales)))
    return Cell(
        panel.name,
        n,
        len(stretches),
        float(np.mean(held80)),
        float(np.mean(held95)),
        owa,
        spent * 1e3,
    )


def score_owa(ours: np.ndarray, naive: np.ndarray, truth: np.ndarray, scales: np.ndarray) -> float:
    """Return the mean of sMAPE and MASE relative to Naive2, as in the M4 competition."""
    usable = scales > 0

    def smape(guess: np.ndarray) -> float:
        size = np.maximum(np.abs(truth) + np.abs(guess), 1e-9)
        return float(np.mean(2 * np.abs(truth - guess) / size))

    def mase(guess: np.ndarray) -> float:
        return float(np.mean(np.abs(truth - guess).mean(axis=1)[usable] / scales[usable]))

    return 0.5 * (smape(ours) / smape(naive) + mase(ours) / mase(naive))


def forecast_naive2(past: np.ndarray, period: int, horizon: int) -> np.ndarray:
    """Return the last figure, seasonally adjusted where the M4 test finds a season."""
    n = len(past)
    last = np.full(horizon, past[-1])
    if period < 2 or n < 3 * period or past.min() <= 0:
        return last
    rest = past - past.mean()
    lags = [float(rest[k:] @ rest[:-k]) / float(rest @ rest) for k in range(1, period + 1)]
    limit = 1.645 * np.sqrt((1 + 2 * np.sum(np.square(lags[:-1]))) / n)
    if abs(lags[-1]) <= limit:
        return last
    ends = [[0.5], np.ones(period - 1), [0.5]] if period % 2 == 0 else [np.ones(period)]
    kernel = np.concatenate(ends) / period
    side = len(kernel) // 2
    ratio = past[side : n - side] / np.convolve(past, kernel, "valid")
    phase = np.arange(side, n - side) % period
    index = np.bincount(phase, weights=ratio, minlength=period)
    index = index / np.bincount(phase, minlength=period)
    index /= index.mean()
    return last / index[(n - 1) % period] * index[(n + np.arange(horizon)) % period]


@dataclass(frozen=True)
class Bet:
    """One target on one stretch of the past: what was said, what a line said, what came true."""

    panel: str
    growth: float
    stage: str
    said: float
    line: float
    came_true: float


def place_bets(panel: Panel, *, wanted: int, seed: int) -> list[Bet]:
    """Return bets that a sum grows by 5 to 50 % over the span before, at start and half time."""
    span = 12 if panel.horizon == 13 else panel.horizon
    each = max(1, round(wanted / len(panel.series)))
    bets = []
    for n in (24,) if panel.name == "M4 hourly by day" else (28, 60):
        for stretch in cut(panel, n, ahead=span, each=each, seed=seed + 1):
            before = stretch[n - span : n].sum()
            if before <= 0:
                continue
            for growth in GROWTHS:
                value = growth * before
                came_true = float(stretch[n:].sum() >= value)
                for stage, gone in (("start", 0), ("half time", span // 2)):
                    past = stretch[: n + gone]
                    target = Target(value, left=span - gone, elapsed=gone, measure="sum")
                    said = find_odds(past, target, period=panel.period).probability
                    line = float(project_line(past, target) >= value)
                    bets.append(Bet(panel.name, growth, stage, said, line, came_true))
    return bets


def base_rates(bets: list[Bet]) -> dict[tuple[str, float], float]:
    """Return per panel and growth how often it came true."""
    found: dict[tuple[str, float], list[float]] = defaultdict(list)
    for bet in bets:
        found[bet.panel, bet.growth].append(bet.came_true)
    return {key: float(np.mean(values)) for key, values in found.items()}


def brier(said: np.ndarray, came_true: np.ndarray) -> float:
    """Return the mean squared error of probabilities."""
    return float(np.mean((said - came_true) ** 2))


def calibration_error(said: np.ndarray, came_true: np.ndarray) -> float:
    """Return the expected calibration error over ten equal bins."""
    place = np.minimum((said * 10).astype(int), 9)
    gaps = [
        np.mean(place == k) * abs(said[place == k].mean() - came_true[place == k].mean())
        for k in range(10)
        if (place == k).any()
    ]
    return float(np.sum(gaps))
