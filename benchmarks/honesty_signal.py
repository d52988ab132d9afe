"""Signal or noise, measured: false alarms, doublings found, and how early (methods 1)."""

from __future__ import annotations

from collections.abc import Iterable

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


def delays(stretches: np.ndarray, n: int, change: np.ndarray) -> dict[str, tuple[float, float]]:
    """Return (false alarms a week, mean weeks until found) of ours and of three ±x % rules.

    `stretches` hold n + weeks periods; `change` multiplies the last weeks. A change not found
    counts as one week longer than looked at. Each rule is set so that it raises as many false
    alarms as ours: by the size of x, or by asking for 10 % in several weeks running.
    """
    weeks = len(change)
    calm = {"ours": _ours(stretches, n)}
    moved = stretches.copy()
    moved[:, n:] *= change
    hit = {"ours": _ours(moved, n)}
    wanted = calm["ours"].mean()
    for name, base in (("last week", _against_last), ("mean of the past", _against_mean)):
        quiet, loud = base(stretches, n), base(moved, n)
        size = np.quantile(np.abs(quiet), 1 - wanted)
        calm[f"±x % of {name}"] = np.abs(quiet) > size
        hit[f"±x % of {name}"] = np.abs(loud) > size
        for runs in range(1, 9):
            flags = _running(np.abs(quiet) > np.log(1.1), runs)
            if flags.mean() <= wanted:
                break
        calm[f"±10 % of {name}, {runs} in a row"] = flags
        hit[f"±10 % of {name}, {runs} in a row"] = _running(np.abs(loud) > np.log(1.1), runs)
    return {
        name: (
            float(calm[name].mean()),
            float(np.where(f.any(axis=1), f.argmax(axis=1) + 1, weeks + 1).mean()),
        )
        for name, f in hit.items()
    }


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
