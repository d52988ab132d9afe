"""Series with a control, as campaigns meet them: noise with carry-over and a shared swing."""

from __future__ import annotations

import numpy as np
from scipy.signal import lfilter


def series_with_control(rng, *, before, after, carry, noise, lift):
    """Return (series, control) of before + after periods; `lift` acts on the last `after`."""
    n = before + after
    own = lfilter([1], [1, -carry], rng.normal(size=n + 60))[60:] * noise * np.sqrt(1 - carry**2)
    shared = lfilter([1], [1, -0.5], rng.normal(size=n + 60))[60:] * 0.3
    control = shared + rng.normal(size=n) * 0.05
    logs = 5 + 0.8 * control + own
    logs[before:] += np.log1p(lift)
    return np.exp(logs), np.exp(control + 4)
