"""Lift against a control, measured on simulated series: false lift, power, "cannot tell" (methods 5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tolok.value import effect as room
from tolok.value import measure_effect
from tolok.value.tests.simulated import series_with_control

LENGTHS = ((26, 4), (90, 14))
CARRIES = (0.0, 0.3, 0.5, 0.7)
NOISES = (0.08, 0.12, 0.2)


@dataclass(frozen=True)
class LiftCell:
    """What was measured on one kind of series; shares of runs. NaN where it was not asked."""

    before: int
    after: int
    carry: float
    noise: float
    false: float
    power: float = np.nan
    silent: float = np.nan
    covers: float = np.nan


def measure_false(*, runs: int) -> list[LiftCell]:
    """Return how often a lift is called at nominal 5 % where there is none, per length and carry.

    The size of the noise does not matter to this: p-values are the same at any.
    """
    asked, room._SIMULATIONS = room._SIMULATIONS, 1  # power is not asked here
    try:
        return [
            LiftCell(before, after, carry, 0.12, float(np.mean([
                r.p_value is not None and r.p_value <= 0.05
                for r in _runs(before, after, carry, 0.12, lift=0.0, runs=runs)
            ])))
            for before, after in LENGTHS for carry in CARRIES
        ]  # fmt: skip
    finally:
        room._SIMULATIONS = asked


def measure_power(*, runs: int) -> list[LiftCell]:
    """Return power for +20 %, share of "cannot tell" and coverage, per length, carry and noise."""
    cells = []
    for before, after in LENGTHS:
        for carry in CARRIES:
            for noise in NOISES:
                calm, lifted = (
                    list(_runs(before, after, carry, noise, lift=lift, runs=runs))
                    for lift in (0.0, 0.2)
                )
                cells.append(LiftCell(
                    before, after, carry, noise,
                    false=float(np.mean([r.p_value <= 0.05 for r in calm])),
                    power=float(np.mean([r.p_value <= 0.05 for r in lifted])),
                    silent=float(np.mean([r.verdict == "cannot_tell" for r in calm + lifted])),
                    covers=float(np.mean([r.low <= 0.2 <= r.high for r in lifted])),
                ))  # fmt: skip
    return cells


def _runs(
    before: int, after: int, carry: float, noise: float, *, lift: float, runs: int
) -> Iterator[room.Effect]:
    rng = np.random.default_rng([int(1000 * noise), int(10 * carry), before, int(100 * lift)])
    for _ in range(runs):
        series, control = series_with_control(
            rng, before=before, after=after, carry=carry, noise=noise, lift=lift
        )
        yield measure_effect(series, control, start=before)
