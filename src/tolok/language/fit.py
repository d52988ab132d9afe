"""Fitting linear heads: multinomial logistic regression on sparse rows, plain numpy and scipy.

With an `offset` (the logits of the shipped model) the head is an addition to it: the penalty pulls
the addition to zero, so that few labels can only move what they speak about.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from .features import SIZE
from .model import Floats, Head


def balance(classes: npt.NDArray[np.int64], count: int) -> Floats:
    """Return a weight per row such that every class weighs the same; mean 1."""
    sizes = np.maximum(np.bincount(classes, minlength=count), 1)
    weights = (1.0 / sizes)[classes]
    return (weights / weights.mean()).astype(np.float32)


def fit_head(
    rows: csr_matrix,
    classes: npt.NDArray[np.int64],
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
    turned = matrix.T.tocsr()
    wanted = np.eye(count, dtype=np.float32)[classes]
    weigh = np.ones(len(classes), dtype=np.float32) if weights is None else weights
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

    start = np.zeros((len(used) + 1) * count)
    found = minimize(cost, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds})
    both = found.x.reshape(-1, count).astype(np.float32)
    full = np.zeros((SIZE, count), dtype=np.float32)
    full[used] = both[:-1]
    return Head(full, both[-1])
