"""Shares of single conversions: what each touch of a path earns, so that every sum agrees.

Rules and Shapley share each conversion out within its own path. Markov gives totals per label; they
are spread over the conversions as near to the paths as the totals allow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tolok.base import Text, UserError

from .arrays import Floats, Ints
from .attribution import RULES, ModelKey
from .markov import build_chain, removal_effects
from .paths import Paths
from .touch_rules import RuleSettings

_FEW = 1e-3  # weight of a label outside the path: used only where the totals ask for it
_ROUNDS = 400
_MOST_CELLS = 60_000_000
_NEAR = 1e-10


@dataclass(frozen=True)
class PathShares:
    """What the touches of each converting path earn; over a path everything sums to one.

    `touch` and `worth` are shares of the conversions and of their value per place in
    `paths.touch` (0 in paths that led to nothing). `outside` and `outside_worth` hold, per
    converting path and label, what goes to a label none of its touches has; None where nothing.
    """

    touch: Floats
    worth: Floats
    outside: Floats | None = None
    outside_worth: Floats | None = None


def share_per_path(
    paths: Paths, model: ModelKey, *, settings: RuleSettings | None = None
) -> PathShares:
    """Return the share of each touch in the conversions of its path by one model.

    Sums over labels equal those of `attribute`. Raises UserError for Shapley on rates, whose
    shares may be negative, and where labels times paths are too many for Markov.
    """
    converts = (paths.conversions > 0)[paths.owner]
    if model in RULES:
        weights = np.where(converts, RULES[model](paths, settings or RuleSettings()), 0.0)
        return PathShares(weights, weights)
    counts = _label_counts(paths)
    if model == "shapley":
        even = (counts > 0) / np.maximum((counts > 0).sum(axis=1), 1)[:, None]
        shares = _to_touches(paths, even, counts)
        return PathShares(shares, shares)
    if model != "markov":
        raise UserError(
            Text("Credits of “{m}” cannot be told per conversion.",
                 "Kredit “{m}” tidak bisa dirinci per konversi."), m=model,
        )  # fmt: skip
    return _share_markov(paths, counts)


def _label_counts(paths: Paths) -> Floats:
    """Return how often each label stands in each converting path."""
    n, found = len(paths.labels), int((paths.conversions > 0).sum())
    if n * found > _MOST_CELLS:
        raise UserError(
            Text("{n} values of “{by}” are too many to share {paths} journeys out over.",
                 "{n} nilai “{by}” terlalu banyak untuk {paths} perjalanan."),
            Text("Choose a coarser dimension, such as channel.",
                 "Pilih dimensi yang lebih kasar, misalnya kanal."),
            n=n, by=paths.dimension, paths=found,
        )  # fmt: skip
    row = _converting_rows(paths)
    at = row[paths.owner] >= 0
    cell = row[paths.owner][at] * n + paths.touch[at]
    return np.bincount(cell, minlength=found * n).reshape(found, n).astype(np.float64)


def _converting_rows(paths: Paths) -> Ints:
    """Return the row of each path among those that converted, -1 for the others."""
    converts = paths.conversions > 0
    return np.where(converts, np.cumsum(converts) - 1, -1)


def _to_touches(paths: Paths, shares: Floats, counts: Floats) -> Floats:
    """Divide a label's share of a path evenly over the touches of that label."""
    row = _converting_rows(paths)[paths.owner]
    at = row >= 0
    earned = np.zeros(len(paths.touch))
    code = paths.touch[at]
    earned[at] = shares[row[at], code] / counts[row[at], code]
    return earned


def _share_markov(paths: Paths, counts: Floats) -> PathShares:
    lost, worth = removal_effects(build_chain(paths))
    converts = paths.conversions > 0
    number = paths.conversions[converts].astype(float)
    shares = _fit_totals(counts, number, lost)
    value = paths.value[converts].astype(float) if paths.value is not None else number
    values = shares if value.sum() <= 0 else _fit_totals(counts, value, worth)
    inside = counts > 0
    return PathShares(
        _to_touches(paths, shares * inside, counts),
        _to_touches(paths, values * inside, counts),
        np.where(inside, 0.0, shares),
        np.where(inside, 0.0, values),
    )


def _fit_totals(counts: Floats, weight: Floats, effect: Floats) -> Floats:
    """Return shares per path that sum to one and, weighted, to the model's totals per label.

    Iterative proportional fitting from the removal effects of the labels a path holds.
    Source: Deming and Stephan 1940; Csiszár 1975.
    """
    if not len(weight) or effect.sum() <= 0:
        return np.zeros_like(counts)
    totals = effect / effect.sum() * weight.sum()
    shares = np.where(counts > 0, 1.0, _FEW) * effect
    shares /= shares.sum(axis=1, keepdims=True)
    for _ in range(_ROUNDS):
        column = weight @ shares
        if np.abs(column - totals).max() <= _NEAR * weight.sum():
            break
        shares *= np.divide(totals, column, out=np.zeros_like(totals), where=column > 0)
        shares /= shares.sum(axis=1, keepdims=True)
    return shares
