"""Gamma-Gamma: what a customer's orders are worth on average, by maximum likelihood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from tolok.base import Text, UserError

from .arrays import Floats
from .orders import Customers

METHOD = "gamma_gamma"
VERSION = "1"


@dataclass(frozen=True, slots=True)
class GammaGamma:
    """A fitted Gamma-Gamma model of order values in one currency.

    `covariance` is that of the logarithms of (p, q, v). `correlation` is that of order value and
    frequency among repeaters: the model supposes none.
    Source: Fader and Hardie 2013, "The Gamma-Gamma model of monetary value".
    """

    p: float
    q: float
    v: float
    log_likelihood: float
    covariance: Floats
    correlation: float
    currency: str
    notes: tuple[Text, ...] = ()
    method: str = METHOD
    version: str = VERSION

    @property
    def parameters(self) -> tuple[float, float, float]:
        """Return (p, q, v)."""
        return self.p, self.q, self.v


def _negative(logs: Floats, x: Floats, z: Floats) -> float:
    p, q, v = np.exp(logs)
    px = p * x
    terms = gammaln(px + q) - gammaln(px) - gammaln(q) + q * np.log(v)
    terms += (px - 1) * np.log(z) + px * np.log(x) - (px + q) * np.log(v + x * z)
    return -float(terms.sum())


def fit_gammagamma(customers: Customers) -> GammaGamma:
    """Fit Gamma-Gamma to the mean repeat order values of the customers who came back.

    Repeaters whose repeat orders were free are left out, since the model has no free orders.
    Raises UserError without amounts, or where no mean exists (q at or under 1).
    """
    if customers.spend is None or customers.currency is None:
        raise UserError(
            Text(
                en="The orders carry no amounts, so no value can be expected from them.",
                id="Pesanan tidak memuat nominal, jadi nilai harapannya tidak bisa dihitung.",
            )
        )
    # Loading it takes longer than most commands of Tolok, and few commands value customers.
    from scipy.optimize import minimize

    kept = (customers.repeats > 0) & (customers.spend > 0)
    x, z = customers.repeats[kept], customers.spend[kept]
    unit = float(np.median(z)) if len(z) else 1.0
    # Fitted on amounts near 1 so that rupiah and dollars take the same path to the peak.
    found = minimize(_negative, np.log([4.0, 4.0, 1.0]), args=(x, z / unit), method="BFGS")
    peak = np.asarray(found.x)
    covariance = _covariance(peak, x, z / unit) if len(z) > 10 else None
    if covariance is None or peak[1] <= 0:
        raise UserError(
            Text(
                en="The order values are too few or too uneven to expect a mean from them.",
                id="Nilai pesanan terlalu sedikit atau terlalu timpang untuk dirata-ratakan.",
            ),
            Text(
                en="Use the plain figure: value per customer so far.",
                id="Pakai angka sederhana: nilai per pelanggan sejauh ini.",
            ),
        )
    p, q, v = (float(e) for e in np.exp(peak))
    correlation = float(np.corrcoef(x, z)[0, 1])
    return GammaGamma(
        p=p,
        q=q,
        v=v * unit,
        log_likelihood=-_negative(np.log([p, q, v * unit]), x, z),
        covariance=covariance,
        correlation=correlation,
        currency=customers.currency,
        notes=_warn_correlation(correlation),
    )


def _warn_correlation(correlation: float) -> tuple[Text, ...]:
    if abs(correlation) < 0.3:
        return ()
    return (
        Text(
            en="Those who buy more often also spend differently per order; expected value leans.",
            id="Yang lebih sering membeli juga berbelanja dengan nilai berbeda; nilai harapan "
            "jadi condong.",
        ),
    )


def _covariance(peak: Floats, x: Floats, z: Floats, *, h: float = 1e-3) -> Floats | None:
    steps = np.eye(3) * h
    curvature = np.empty((3, 3))
    for i in range(3):
        for j in range(3):
            corners = [
                si * sj * _negative(peak + si * steps[i] + sj * steps[j], x, z)
                for si in (1, -1)
                for sj in (1, -1)
            ]
            curvature[i, j] = sum(corners) / (4 * h * h)
    if np.linalg.eigvalsh(curvature)[0] <= 0:
        return None
    return np.asarray(np.linalg.inv(curvature), dtype=np.float64)


def expected_spend(
    model: GammaGamma, customers: Customers, *, parameters: tuple[float, ...] | None = None
) -> Floats:
    """Return each customer's expected order value: own mean, drawn towards that of all.

    A customer without repeat orders is expected to spend the mean of all. In major units.
    """
    p, q, v = parameters or model.parameters
    x = customers.repeats
    own = customers.spend if customers.spend is not None else np.zeros(len(x))
    return p * (v + x * own) / (p * x + q - 1)
