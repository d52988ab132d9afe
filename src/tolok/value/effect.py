"""Effect of an activity against a control series: lift, its interval, or "cannot tell"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tolok.base import Text, UserError

from .arrays import Floats
from .signs import Amount, fill

METHOD = "block_placebo"
VERSION = "1"
Verdict = Literal["lift", "drop", "no_effect_seen", "cannot_tell"]
LEAST_POWER = 0.5
_SIMULATIONS = 600
# One-sided 93 % on the noise the power is reckoned with: a calm sample must not make us sure.
_CAUTION = 1.5
_MOST_CARRY = 0.9


@dataclass(frozen=True, slots=True)
class Effect:
    """What an activity did to a series, compared with control series that it did not touch.

    `effect`, `low` and `high` are shares (0.2 is 20 % more) of what would have been, or, when
    `is_relative` is false (series with zeros), amounts per period. `low` or `high` is None where
    the data set no bound. `p_value` is the share of placebo shifts at least as extreme; `power`
    the odds of seeing an effect of `worthwhile`, reckoned with caution. With power under a half
    the verdict is "cannot_tell" whatever p says, and `reason` gives the cause.
    Source: Chernozhukov, Wüthrich and Zhu 2021, JASA 116 (moving-block permutations), on
    series freed of first-order carry-over.
    """

    verdict: Verdict
    effect: float | None
    low: float | None
    high: float | None
    p_value: float | None
    power: float | None
    worthwhile: float
    level: float
    before: int
    after: int
    missing: int
    is_relative: bool
    reason: Text | None = None
    method: str = METHOD
    version: str = VERSION


@dataclass(frozen=True)
class _Design:
    """What stays the same over all trials: carry-over, projection off the controls, activity.

    `activity` is the activity's own mark (0 before, 1 after) with carry-over and controls taken
    out, the pattern that is looked for at every shift.
    """

    carry: float
    off_controls: Floats
    activity: Floats

    def clear(self, series: Floats) -> Floats:
        """Return the series without carry-over from period to period and without the controls."""
        return _without_carry(series, self.carry) @ self.off_controls

    def look_everywhere(self, cleared: Floats) -> Floats:
        """Return, per row, how much of the activity's pattern stands at each cyclic shift.

        Position 0 is the activity's own place, all others are placebos.
        """
        n = self.activity.shape[-1]
        spectrum = np.fft.rfft(cleared, axis=-1) * np.conj(np.fft.rfft(self.activity))
        return np.asarray(np.fft.irfft(spectrum, n=n, axis=-1), dtype=np.float64)


def _without_carry(series: Floats, carry: float) -> Floats:
    """Take out first-order carry-over, along the last axis (Prais and Winsten 1954)."""
    first = series[..., :1] * np.sqrt(1 - carry**2)
    return np.concatenate([first, series[..., 1:] - carry * series[..., :-1]], axis=-1)


def _design(controls: Floats, flag: Floats, carry: float) -> _Design:
    columns = np.vstack([np.ones(len(flag)), controls.T])
    basis, _ = np.linalg.qr(_without_carry(columns, carry).T)
    off = np.eye(len(flag)) - basis @ basis.T
    return _Design(carry, off, _without_carry(flag, carry) @ off)


def _find_carry(series: Floats, controls: Floats, flag: Floats) -> tuple[float, float]:
    """Estimate the carry-over from period to period and its standard error.

    From what is left once controls and activity are fitted, so that it is the same whatever
    effect is supposed. Kendall's correction: a sample underrates it by (1 + 3 rho) / n, and by
    about 1 / n more for every column fitted.
    """
    columns = np.column_stack([np.ones(len(flag)), flag, controls])
    basis, _ = np.linalg.qr(columns)
    left = series - basis @ (basis.T @ series)
    power = float(left @ left)
    if power < 1e-20:
        return 0.0, 0.0
    rough = float(left[1:] @ left[:-1]) / power
    n = len(series)
    carry = min(max(rough + (columns.shape[1] + 3 * rough) / n, 0.0), _MOST_CARRY)
    return carry, float(np.sqrt((1 - carry**2) / n))


def measure_effect(
    series: NDArray[np.float64],
    controls: NDArray[np.float64],
    *,
    start: int,
    worthwhile: float = 0.2,
    level: float = 0.95,
) -> Effect:
    """Measure what changed in `series` from position `start` on, against the controls.

    `controls` has a row per period and a column per control series (or is one series); missing
    periods are nan and are left out on all sides, never filled. `worthwhile` is the effect the
    user would not want to overlook. Raises UserError for shapes that do not fit.
    """
    y, x, after = _clean(series, controls, start)
    missing = len(np.asarray(series)) - len(y)
    before = len(y) - after
    is_relative = bool(len(y) and (y > 0).all() and (x > 0).all())
    blank = Effect(
        "cannot_tell", None, None, None, None, None, worthwhile, level, before, after, missing,
        is_relative,
    )  # fmt: skip
    hindrance = _hindrance(x, before=before, after=after, level=level)
    if hindrance is not None:
        return replace(blank, reason=hindrance)
    if is_relative:
        y, x = np.log(y), np.log(x)
    flag = np.zeros(len(y))
    flag[before:] = 1.0
    carry, doubt = _find_carry(y, x, flag)
    # A sample that shows little carry-over by luck makes placebos too calm: one standard error more.
    design = _design(x, flag, min(carry + doubt, _MOST_CARRY))
    unit = design.look_everywhere(design.activity)
    if unit[0] < 1e-9:
        return replace(blank, reason=_SWALLOWED)
    seen = design.look_everywhere(design.clear(y))
    effect = float(seen[0] / unit[0])
    wanted = float(np.log1p(worthwhile)) if is_relative else worthwhile * float(y[:before].mean())
    low, high = _interval(seen, unit, level)
    p_value = float((np.abs(seen) >= abs(seen[0]) - 1e-12).mean())
    noise = design.clear(y - effect * flag)
    wary = _design(x, flag, min(carry + _CAUTION * doubt, _MOST_CARRY))
    power = _power(noise, wary, wanted=wanted, level=level, columns=x.shape[1])
    found = replace(
        blank,
        effect=_as_share(effect, is_relative),
        low=_as_share(low, is_relative),
        high=_as_share(high, is_relative),
        p_value=p_value,
        power=power,
    )
    return _judge(found)


_SWALLOWED = Text(
    en="The controls change just when the activity starts, so the two cannot be told apart.",
    id="Deret pembanding berubah tepat saat aktivitas dimulai, jadi keduanya tidak bisa dibedakan.",
)


_TOO_WEAK = Text(
    en="Too few or too noisy periods: an effect of {share} would go unseen in more than half of "
    "the cases.",
    id="Periodenya terlalu sedikit atau terlalu bergejolak: efek {share} akan luput di lebih dari "
    "separuh kasus.",
)


def _judge(found: Effect) -> Effect:
    """Call the verdict; power under a half makes every verdict "cannot tell"."""
    if found.power is None or found.power < LEAST_POWER:
        share = Amount(found.worthwhile, is_share=True)
        return replace(found, reason=fill(_TOO_WEAK, {"share": share}))
    if found.p_value is None or found.effect is None or found.p_value > 1 - found.level:
        return replace(found, verdict="no_effect_seen")
    return replace(found, verdict="lift" if found.effect > 0 else "drop")


def _clean(
    series: NDArray[np.float64], controls: NDArray[np.float64], start: int
) -> tuple[Floats, Floats, int]:
    """Drop periods with anything missing; return series, controls and periods after the start."""
    y = np.asarray(series, dtype=np.float64)
    x = np.asarray(controls, dtype=np.float64)
    x = x[:, None] if x.ndim == 1 else x
    if y.ndim != 1 or len(x) != len(y) or not 0 < start < len(y):
        raise UserError(
            Text(
                en="Series and controls must cover the same periods, before and after the start.",
                id="Deret dan pembandingnya harus mencakup periode yang sama, sebelum dan sesudah "
                "mulai.",
            )
        )
    whole = np.isfinite(y) & np.isfinite(x).all(axis=1)
    return y[whole], x[whole], int(whole[start:].sum())


def _hindrance(x: Floats, *, before: int, after: int, level: float) -> Text | None:
    """Return why nothing can be told from so little data; None where something may be."""
    needed = int(np.ceil(1 / (1 - level) - 1e-9))
    if after < 1 or before + after < needed or before < 3 * after or before < x.shape[1] + 8:
        return Text(
            en=f"Cannot say: {before} periods before and {after} after the start are too few.",
            id=f"Tidak bisa disebut: {before} periode sebelum dan {after} sesudah mulai terlalu "
            "sedikit.",
        )
    return None


def _as_share(effect: float | None, is_relative: bool) -> float | None:
    if effect is None:
        return None
    return float(np.expm1(effect)) if is_relative else effect


def _interval(seen: Floats, unit: Floats, level: float) -> tuple[float | None, float | None]:
    """Return the effects the test would not reject, solved exactly.

    With the effect t taken away, placebo j beats the activity's own place while t lies between two
    roots, and all these ranges hold the estimate; so the bounds are order statistics of the roots.
    """
    a, b = seen[1:], unit[1:]
    own, own_unit = seen[0], unit[0]
    roots = np.array([(a - own) / (b - own_unit), (a + own) / (b + own_unit)])
    k = int(np.floor((1 - level) * len(seen) + 1e-9))
    if k == 0:
        return None, None
    lower, upper = np.sort(roots.min(axis=0)), np.sort(roots.max(axis=0))
    return float(lower[k - 1]), float(upper[-k])


def _power(noise: Floats, wary: _Design, *, wanted: float, level: float, columns: int) -> float:
    """Return the odds that the test sees `wanted`, were noise as wild as it may well be.

    Spread and carry-over (in the `wary` design) both stand `_CAUTION` standard errors on the worse
    side of what was found, since a lucky calm sample must not make us sure of ourselves.
    """
    free = len(noise) - columns - 3
    spread = float(np.sqrt((noise @ noise) / free)) * (1 + _CAUTION / np.sqrt(2 * free))
    rng = np.random.default_rng(7)
    trials = rng.normal(size=(_SIMULATIONS, len(noise))) * spread @ wary.off_controls
    found = np.abs(wary.look_everywhere(trials + wanted * wary.activity))
    p_values = (found >= found[:, :1] - 1e-12).mean(axis=1)
    return float((p_values <= 1 - level + 1e-12).mean())
