"""Fitting linear heads: multinomial logistic regression on sparse rows, plain numpy and scipy.

With an `offset` (the logits of the shipped model) the head is an addition to it: the penalty pulls
the addition to zero, so that few labels can only move what they speak about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from .features import SIZE
from .model import Floats, Head

Codes = npt.NDArray[np.int64]
LEAN = np.float32(0.5)  # chosen on draws 100-103 of an unseen corpus, as the root of rarity was


def balance(classes: Codes, count: int) -> Floats:
    """Return a weight per row such that every class weighs the same; mean 1."""
    sizes = np.maximum(np.bincount(classes, minlength=count), 1)
    weights = (1.0 / sizes)[classes]
    return (weights / weights.mean()).astype(np.float32)


def fit_head(
    rows: csr_matrix,
    classes: Codes,
    count: int,
    *,
    strength: float,
    weights: Floats | None = None,
    offset: Floats | None = None,
    rounds: int = 80,
) -> Head:
    """Return the head that fits the rows, `strength` being the inverse of the penalty.

    `weights` weighs rows; the bias is penalised only beside an `offset`.
    """
    used = np.unique(rows.indices)
    place = np.zeros(SIZE, dtype=np.int32)
    place[used] = np.arange(len(used))
    matrix = csr_matrix((rows.data, place[rows.indices], rows.indptr), (rows.shape[0], len(used)))
    wanted = np.eye(count, dtype=np.float32)[classes]
    weigh = np.ones(len(classes), dtype=np.float32) if weights is None else weights
    both = _descend(
        matrix,
        matrix.T.tocsr(),
        wanted,
        weigh=weigh,
        offset=offset,
        strength=strength,
        rounds=rounds,
    )
    full = np.zeros((SIZE, count), dtype=np.float32)
    full[used] = both[:-1]
    return Head(full, both[-1])


def _descend(
    matrix: Any, turned: Any, wanted: Floats, *, weigh: Floats, offset: Floats | None,
    strength: float, rounds: int,
) -> Floats:  # fmt: skip
    """Return the weights, the bias in the last row, that fit `wanted` chances; by L-BFGS."""
    count = wanted.shape[1]
    given = np.zeros((1, count), dtype=np.float32) if offset is None else offset

    def cost(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        both = flat.reshape(-1, count).astype(np.float32)
        logits = matrix @ both[:-1] + both[-1] + given
        logits -= logits.max(axis=1, keepdims=True)
        grown = np.exp(logits)
        total = grown.sum(axis=1)
        loss = float((weigh * (np.log(total) - (logits * wanted).sum(axis=1))).sum())
        slope = (grown / total[:, None] - wanted) * weigh[:, None]
        away = both.copy()
        away[-1] *= 0.0 if offset is None else 1.0
        gradient = np.vstack([turned @ slope, slope.sum(axis=0)]) + away / strength
        return loss + float((away * away).sum()) / (2 * strength), gradient.ravel().astype(float)

    start = np.zeros((matrix.shape[1] + 1) * count)
    found = minimize(cost, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds})
    return np.asarray(found.x.reshape(-1, count), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Turned:
    """Few rows turned into as few coordinates, so that many fits over parts of them cost little.

    Distances and products of the rows are kept, so a head fitted in these coordinates is the head
    fitted on the rows themselves. `back` leads from the coordinates to the rows.
    """

    rows: csr_matrix
    places: Floats
    back: Floats

    def fit(self, at: Codes, classes: Codes, *, offset: Floats, strength: float) -> Floats:
        """Return what to add to the `offset` from the rows at the places given.

        The first rows are weights over the coordinates, then one row per column of the offset (how
        far the offset itself is leaned on, `LEAN`), the bias last. Rare classes weigh more, by the
        root of how rare they are.
        """
        part = np.hstack([self.places[at], LEAN * offset[at]])
        count = offset.shape[1]
        wanted = np.eye(count, dtype=np.float32)[classes[at]]
        weigh = np.sqrt(balance(classes[at], count))
        return _descend(
            part, part.T, wanted, weigh=(weigh / weigh.mean()).astype(np.float32),
            offset=offset[at], strength=strength, rounds=60,
        )  # fmt: skip

    def head(self, both: Floats) -> Head:
        """Return the weights over the coordinates as a head over all buckets."""
        count = self.places.shape[1]
        return Head(np.asarray(self.rows.T @ (self.back @ both[:count]), np.float32), both[-1])

    def say(self, at: Codes, both: Floats, offset: Floats) -> Floats:
        """Return the logits of the rows at the places given, the addition reckoned in."""
        count = self.places.shape[1]
        told = offset[at] @ mix_of(both, offset.shape[1])
        return np.asarray(told + self.places[at] @ both[:count] + both[-1], dtype=np.float32)


def mix_of(both: Floats, count: int) -> Floats:
    """Return how the offset's own columns enter, the offset itself included."""
    return np.asarray(np.eye(count) + LEAN * both[-1 - count : -1], dtype=np.float32)


def turn_rows(rows: csr_matrix) -> Turned:
    """Return the rows in coordinates of their own span; meant for some thousand rows at most."""
    products = np.asarray((rows @ rows.T).todense(), dtype=np.float64)
    values, vectors = np.linalg.eigh(products)
    kept = values > 1e-6 * max(float(values[-1]), 1e-12)
    root = np.sqrt(values[kept])
    places = (vectors[:, kept] * root).astype(np.float32)
    return Turned(rows, places, (vectors[:, kept] / root).astype(np.float32))
