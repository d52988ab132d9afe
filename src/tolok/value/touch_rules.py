"""Attribution by rule: last, first, linear, position-based and time-decay."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tolok.base import Text, UserError

from .arrays import Floats, tally
from .paths import Paths


@dataclass(frozen=True)
class RuleSettings:
    """The numbers a rule needs, set by the user.

    `first` and `last` are the shares of the first and last touch in the position-based rule
    (the rest is spread evenly over those between); `half_life` is in days.
    """

    first: float = 0.4
    last: float = 0.4
    half_life: float = 7.0

    def __post_init__(self) -> None:
        shares = (self.first, self.last)
        if min(shares) < 0 or not 0 < sum(shares) <= 1 or self.half_life <= 0:
            raise UserError(
                Text(
                    en="The shares of first and last touch must lie between 0 and 1 together, and "
                    "the half-life must be longer than 0 days.",
                    id="Porsi sentuhan pertama dan terakhir bersama harus antara 0 dan 1, dan "
                    "waktu paruh harus lebih dari 0 hari.",
                )
            )


def _per_path(weights: Floats, paths: Paths) -> Floats:
    """Scale weights so that they sum to one over each path."""
    sums = tally(paths.owner, weights, len(paths.lengths))
    return weights / sums[paths.owner]


def weigh_last(paths: Paths, _: RuleSettings) -> Floats:
    """Give all to the last touch."""
    weights = np.zeros(len(paths.touch))
    weights[paths.start[1:] - 1] = 1.0
    return weights


def weigh_first(paths: Paths, _: RuleSettings) -> Floats:
    """Give all to the first touch."""
    weights = np.zeros(len(paths.touch))
    weights[paths.start[:-1]] = 1.0
    return weights


def weigh_linear(paths: Paths, _: RuleSettings) -> Floats:
    """Give every touch the same."""
    return 1.0 / paths.lengths[paths.owner]


def weigh_position(paths: Paths, settings: RuleSettings) -> Floats:
    """Give the first and last touch their shares and the rest evenly to those between.

    With two touches the shares keep their proportion; with one it has all.
    """
    size = paths.lengths[paths.owner]
    between = (1.0 - settings.first - settings.last) / np.maximum(size - 2, 1)
    weights = np.where(size > 2, between, 0.0)
    np.add.at(weights, paths.start[:-1], settings.first - weights[paths.start[:-1]])
    is_long = paths.lengths > 1
    weights[(paths.start[1:] - 1)[is_long]] = settings.last
    weights[paths.start[:-1][~is_long]] = 1.0
    return _per_path(weights, paths)


def weigh_decay(paths: Paths, settings: RuleSettings) -> Floats:
    """Halve a touch's weight with every half-life that passed before the conversion.

    Undefined, and refused with UserError, where the source gave no times.
    """
    if paths.age is None:
        raise UserError(
            Text(
                en="Time-decay cannot be computed: the journeys carry no times.",
                id="Time-decay tidak bisa dihitung: perjalanan pelanggan tidak memuat waktu.",
            ),
            Text(
                en="Import touches one by one, or choose another model.",
                id="Impor sentuhan satu per satu, atau pilih model lain.",
            ),
        )
    # Counted from the path's youngest touch, so that no path underflows to zero altogether.
    youngest = paths.age[paths.start[1:] - 1][paths.owner]
    return _per_path(np.exp2(-(paths.age - youngest) / settings.half_life), paths)
