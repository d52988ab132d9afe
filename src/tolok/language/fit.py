"""Fitting linear heads: multinomial logistic regression on sparse rows, plain numpy and scipy.

The penalty pulls towards `anchor` (zero when training, the shipped weights when adapting), so that
few labels can only move what they speak about.
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
    anchor: Head | None = None,
    rounds: int = 80,
) -> Head:
    """Return the head that fits the rows, `strength` being the inverse of the penalty."""
    used = np.unique(rows.indices)
    place = np.zeros(SIZE, dtype=np.int32)
    place[used] = np.arange(len(used))
    matrix = csr_matrix((rows.data, place[rows.indices], rows.indptr), (rows.shape[0], len(used)))
    turned = matrix.T.tocsr()
    wanted = np.eye(count, dtype=np.float32)[classes]
    weigh = np.ones(len(classes), dtype=np.float32) if weights is None else weights
    start = np.zeros((len(used) + 1, count), dtype=np.float32)
    if anchor is not None:
        start = np.vstack([anchor.weights[used], anchor.bias])

    def cost(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        both = flat.reshape(-1, count).astype(np.float32)
        logits = matrix @ both[:-1] + both[-1]
        logits -= logits.max(axis=1, keepdims=True)
        grown = np.exp(logits)
        total = grown.sum(axis=1)
        loss = float((weigh * (np.log(total) - (logits * wanted).sum(axis=1))).sum())
        slope = (grown / total[:, None] - wanted) * weigh[:, None]
        away = both - start
        if anchor is None:
            away[-1] = 0
        gradient = np.vstack([turned @ slope, slope.sum(axis=0)]) + away / strength
        return loss + float((away * away).sum()) / (2 * strength), gradient.ravel().astype(float)

    found = minimize(cost, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": rounds})
    both = found.x.reshape(-1, count).astype(np.float32)
    full = np.zeros((SIZE, count), dtype=np.float32) if anchor is None else anchor.weights.copy()
    full[used] = both[:-1]
    return Head(full, both[-1])
