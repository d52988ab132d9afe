"""Signal or noise, measured: false alarms, doublings found, and how early (methods 1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from honesty_panels import Series

from tolok.series import draw_xmr, judge_last

LENGTHS = (26, 52)


def windows(
    panel: Iterable[Series], n: int, *, each: int, rng: np.random.Generator, shuffled: bool
) -> np.ndarray:
    """Return stretches of n + 1 periods without gaps: as they are, or of permuted series."""
    found = []
    for series in panel:
        values = series.values
        for _ in range(each):
            if shuffled:
                values = rng.permutation(values[np.isfinite(values)])
            if len(values) <= n:
                continue
            start = rng.integers(0, len(values) - n)
            stretch = values[start : start + n + 1]
            if np.isfinite(stretch).all():
                found.append(stretch)
    return np.array(found)


def share_flagged(stretches: np.ndarray, *, times: float = 1.0) -> float:
    """Return the share called a change (up, if the last value was multiplied)."""
    wanted = ("signal up", "shift") if times > 1 else ("signal up", "signal down", "shift")
    hits = 0
    for row in stretches:
        last = np.append(row[:-1], row[-1] * times)
        hits += judge_last(last).kind in wanted
    return hits / max(1, len(stretches))


def share_xmr(stretches: np.ndarray) -> float:
    """Return how often the last point leaves natural process limits on logs, for comparison."""
    hits = 0
    for row in stretches:
        chart = draw_xmr(np.log1p(np.maximum(row[:-1], 0)))
        last = np.log1p(max(row[-1], 0))
        hits += not chart.lower[0] <= last <= chart.upper[0]
    return hits / max(1, len(stretches))


@dataclass(frozen=True)
class PlainRules:
    """±x % rules that raise as many false alarms as ours on the series they were set on.

    `size` is x (on logs) for one figure, `runs` in how many periods running ±10 % must hold (8
    at most), by what a figure is held against.
    """

    size: dict[str, float]
    runs: dict[str, int]


def set_rules(rows: np.ndarray, n: int) -> PlainRules:
    """Set the plain rules on stretches where nothing was changed; use others to judge them."""
    wanted = _ours(rows, n).mean()
    size, runs = {}, {}
    for name, against in AGAINST.items():
        moved = np.abs(against(rows, n))
        size[name] = float(np.quantile(moved, 1 - wanted))
        few = (k for k in range(1, 9) if _running(moved > np.log(1.1), k).mean() <= wanted)
        runs[name] = next(few, 8)
    return PlainRules(size, runs)


def delays(
    rows: np.ndarray, n: int, change: np.ndarray, rules: PlainRules
) -> dict[str, tuple[float, float]]:
    """Return (false alarms a week, mean weeks until found) of ours and of the plain rules.

    `rows` hold n + weeks periods; `change` multiplies the last weeks. A change not found counts
    as one week longer than looked at.
    """
    moved = rows.copy()
    moved[:, n:] *= change
    flags = {"ours": (_ours(rows, n), _ours(moved, n))}
    for name, against in AGAINST.items():
        quiet, loud = np.abs(against(rows, n)), np.abs(against(moved, n))
        x, k = rules.size[name], rules.runs[name]
        flags[f"±{100 * np.expm1(x):.0f} % of {name}"] = (quiet > x, loud > x)
        flags[f"±10 % of {name}, {k} in a row"] = (
            _running(quiet > np.log(1.1), k), _running(loud > np.log(1.1), k),
        )  # fmt: skip
    late = len(change) + 1
    return {
        name: (float(calm.mean()), float(np.where(hit.any(axis=1), hit.argmax(axis=1) + 1, late).mean()))
        for name, (calm, hit) in flags.items()
    }  # fmt: skip


def _ours(rows: np.ndarray, n: int) -> np.ndarray:
    flags = np.zeros((len(rows), rows.shape[1] - n), dtype=bool)
    for i, row in enumerate(rows):
        for k in range(flags.shape[1]):
            flags[i, k] = judge_last(row[: n + k + 1]).kind not in ("routine", "cannot say")
    return flags


def _against_last(rows: np.ndarray, n: int) -> np.ndarray:
    logs = np.log1p(np.maximum(rows, 0))
    return np.diff(logs, axis=1)[:, n - 1 :]


def _against_mean(rows: np.ndarray, n: int) -> np.ndarray:
    logs = np.log1p(np.maximum(rows, 0))
    past = np.cumsum(logs, axis=1)[:, n - 1 : -1] / np.arange(n, rows.shape[1])
    return logs[:, n:] - past


def _running(flags: np.ndarray, runs: int) -> np.ndarray:
    out = flags.copy()
    for k in range(1, runs):
        out[:, k:] &= flags[:, :-k]
        out[:, :k] = False
    return out


AGAINST: dict[str, Callable[[np.ndarray, int], np.ndarray]] = {
    "last week": _against_last,
    "the mean of the past": _against_mean,
}
