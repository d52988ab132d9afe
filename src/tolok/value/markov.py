"""Attribution by removal effect: what share of conversions would be lost without a channel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tolok.base import Text, UserError

from .arrays import Floats, tally
from .paths import Paths

MOST_LABELS = 3_000


@dataclass(frozen=True)
class Chain:
    """The absorbing Markov chain of the journeys, one state per label.

    `begin` is where journeys start, `step` the odds of going from label to label, `convert` and
    `worth` the odds of converting, and the minor units earned, at the next step from each label.
    """

    begin: Floats
    step: Floats
    convert: Floats
    worth: Floats


def build_chain(paths: Paths) -> Chain:
    """Count the steps of all journeys, converted or not, into a first-order chain.

    Raises UserError with more labels than can be solved at once (3,000).
    """
    n = len(paths.labels)
    if n > MOST_LABELS:
        raise UserError(
            Text(
                en="{n} values of “{by}” are too many for the Markov model (at most {most}).",
                id="{n} nilai “{by}” terlalu banyak untuk model Markov (paling banyak {most}).",
            ),
            Text(
                en="Choose a coarser dimension, such as campaign or channel.",
                id="Pilih dimensi yang lebih kasar, misalnya kampanye atau kanal.",
            ),
            n=n,
            by=paths.dimension,
            most=MOST_LABELS,
        )
    weight = (paths.conversions + paths.nulls).astype(float)
    inner = np.ones(len(paths.touch), dtype=bool)
    inner[paths.start[1:] - 1] = False
    at = np.flatnonzero(inner)
    step = tally(paths.touch[at] * n + paths.touch[at + 1], weight[paths.owner[at]], n * n)
    ends, starts = paths.touch[paths.start[1:] - 1], paths.touch[paths.start[:-1]]
    convert = tally(ends, paths.conversions.astype(float), n)
    value = paths.value if paths.value is not None else paths.conversions
    worth = tally(ends, value.astype(float), n)
    leave = step.reshape(n, n).sum(axis=1) + tally(ends, weight, n)
    leave[leave == 0] = 1.0
    begin = tally(starts, weight, n) / max(weight.sum(), 1.0)
    return Chain(begin, step.reshape(n, n) / leave[:, None], convert / leave, worth / leave)


def removal_effects(chain: Chain) -> tuple[Floats, Floats]:
    """Return, per label, the share of conversions and of value lost when it is taken away.

    Exact: with N the fundamental matrix, a journey ever reaches label k with odds
    (begin N)_k / N_kk and converts from there with odds x_k; their product is what is lost.
    All zeros when nothing converts. Source: Anderl et al. 2016; Kemeny and Snell 1960, 3.2.
    """
    inverse = np.linalg.inv(np.eye(len(chain.begin)) - chain.step)
    reach = chain.begin @ inverse / np.diag(inverse)
    return (
        _lost(reach, inverse @ chain.convert, chain.begin),
        _lost(reach, inverse @ chain.worth, chain.begin),
    )


def _lost(reach: Floats, onward: Floats, begin: Floats) -> Floats:
    whole = float(begin @ onward)
    return reach * onward / whole if whole > 0 else np.zeros(len(reach))
