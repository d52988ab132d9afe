"""BG/NBD: how often customers come back and when they stay away, by maximum likelihood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import digamma, gammaln, hyp2f1

from tolok.base import Text, UserError

from .arrays import Floats
from .orders import Customers

METHOD = "bg_nbd"
VERSION = "1"
FEWEST_REPEATERS = 300
FEW_CUSTOMERS = 1_000


@dataclass(frozen=True, slots=True)
class BgNbd:
    """A fitted BG/NBD model; rates are per time unit of the customers it was fitted on.

    `covariance` is that of the logarithms of (r, alpha, a, b), from the curvature of the
    likelihood. Source: Fader, Hardie and Lee 2005, Marketing Science 24(2).
    """

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    covariance: Floats
    customers: int
    unit_days: float
    notes: tuple[Text, ...] = ()
    method: str = METHOD
    version: str = VERSION

    @property
    def parameters(self) -> tuple[float, float, float, float]:
        """Return (r, alpha, a, b)."""
        return self.r, self.alpha, self.a, self.b


@dataclass(frozen=True)
class _Rows:
    """Distinct customers with their number: equal histories are computed once."""

    x: Floats
    tx: Floats
    t: Floats
    n: Floats


def _distinct(customers: Customers) -> _Rows:
    table = np.column_stack([customers.repeats, customers.recency, customers.age])
    rows, counts = np.unique(table, axis=0, return_counts=True)
    return _Rows(rows[:, 0], rows[:, 1], rows[:, 2], counts.astype(float))


def _likelihood(logs: Floats, rows: _Rows) -> tuple[float, Floats]:
    """Return the negative log-likelihood and its gradient in the logs of the parameters."""
    r, alpha, a, b = np.exp(logs)
    x, tx, t, n = rows.x, rows.tx, rows.t, rows.n
    more = x > 0
    bx = np.where(more, b + x - 1, 1.0)
    base = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    base += gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
    alive = -(r + x) * np.log(alpha + t)
    gone = np.where(more, np.log(a) - np.log(bx) - (r + x) * np.log(alpha + tx), -np.inf)
    both = np.logaddexp(alive, gone)
    p = np.exp(alive - both)
    q = 1.0 - p
    by_r = digamma(r + x) - digamma(r) + np.log(alpha)
    by_r -= p * np.log(alpha + t) + q * np.log(alpha + tx)
    by_alpha = r / alpha - (r + x) * (p / (alpha + t) + q / (alpha + tx))
    by_a = digamma(a + b) - digamma(a + b + x) + q / a
    by_b = digamma(a + b) + digamma(b + x) - digamma(b) - digamma(a + b + x) - q / bx
    gradient = np.array([n @ by_r * r, n @ by_alpha * alpha, n @ by_a * a, n @ by_b * b])
    return -float(n @ (base + both)), -gradient


def fit_bgnbd(customers: Customers) -> BgNbd:
    """Fit BG/NBD to the customers by maximum likelihood.

    Raises UserError under 300 customers who came back, or when no maximum is found; under 1,000
    customers a note warns that the estimates are rough.
    """
    # Loading it takes longer than most commands of Tolok, and few commands value customers.
    from scipy.optimize import minimize

    _need_repeaters(customers)
    rows = _distinct(customers)
    scale = float(rows.n.sum())
    start = np.log([0.5, max(float(np.median(customers.age)) / 4, 1e-3), 1.0, 2.0])
    found = minimize(
        lambda z: tuple(v / scale for v in _likelihood(z, rows)),
        start,
        jac=True,
        method="BFGS",
        options={"gtol": 1e-8, "maxiter": 500},
    )
    peak = np.asarray(found.x)
    flat = np.abs(found.jac).max() > 1e-5 or np.abs(peak).max() > 12
    covariance = None if flat else _covariance(peak, rows)
    if covariance is None:
        raise UserError(
            Text(
                en="The orders do not fit the buy-till-you-leave pattern, so no expected value "
                "can be said.",
                id="Pola pesanan tidak cocok dengan model beli-sampai-pergi, jadi nilai harapan "
                "tidak bisa disebut.",
            ),
            Text(
                en="Use the plain figures: repeat rate and value per customer so far.",
                id="Pakai angka sederhana: rasio pembelian ulang dan nilai per pelanggan sejauh "
                "ini.",
            ),
        )
    r, alpha, a, b = (float(v) for v in np.exp(peak))
    return BgNbd(
        r=r,
        alpha=alpha,
        a=a,
        b=b,
        log_likelihood=-_likelihood(peak, rows)[0],
        covariance=covariance,
        customers=len(customers.repeats),
        unit_days=customers.unit_days,
        notes=_warn_few(len(customers.repeats)),
    )


def _need_repeaters(customers: Customers) -> None:
    if customers.repeaters < FEWEST_REPEATERS:
        raise UserError(
            Text(
                en="Only {n} customers bought again; at least {least} are needed to foretell "
                "purchases.",
                id="Baru {n} pelanggan yang membeli lagi; perlu sedikitnya {least} untuk "
                "memperkirakan pembelian.",
            ),
            Text(
                en="Use the plain figures: repeat rate and value per customer so far.",
                id="Pakai angka sederhana: rasio pembelian ulang dan nilai per pelanggan sejauh "
                "ini.",
            ),
            n=customers.repeaters,
            least=FEWEST_REPEATERS,
        )


def _warn_few(customers: int) -> tuple[Text, ...]:
    if customers >= FEW_CUSTOMERS:
        return ()
    return (
        Text(
            en="Fewer than 1,000 customers: read the expected figures as rough.",
            id="Kurang dari 1.000 pelanggan: anggap angka harapan ini kasar.",
        ),
    )


def _covariance(peak: Floats, rows: _Rows, h: float = 1e-4) -> Floats | None:
    """Invert the curvature at the peak; None where it is no peak in every direction."""
    columns = [
        (_likelihood(peak + step, rows)[1] - _likelihood(peak - step, rows)[1]) / (2 * h)
        for step in np.eye(len(peak)) * h
    ]
    curvature = (np.array(columns) + np.array(columns).T) / 2
    if np.linalg.eigvalsh(curvature)[0] <= 0:
        return None
    return np.asarray(np.linalg.inv(curvature), dtype=np.float64)


def _still(parameters: tuple[float, ...], customers: Customers) -> Floats:
    """Return the odds against a customer with repeats being active still, 0 without repeats."""
    r, alpha, a, b = parameters
    x = customers.repeats
    ratio = ((alpha + customers.age) / (alpha + customers.recency)) ** (r + x)
    return np.where(x > 0, a / np.where(x > 0, b + x - 1, 1.0) * ratio, 0.0)


def alive_odds(model: BgNbd, customers: Customers) -> Floats:
    """Return each customer's probability of being active still (1 before a first repeat)."""
    return 1.0 / (1.0 + _still(model.parameters, customers))


def expected_purchases(
    model: BgNbd, customers: Customers, span: float, *, parameters: tuple[float, ...] | None = None
) -> Floats:
    """Return each customer's expected number of purchases in the coming `span` of time units.

    Source: Fader, Hardie and Lee 2005, equation 10. Other `parameters` may take the model's place.
    """
    r, alpha, a, b = _off_one(parameters or model.parameters)
    x, t = customers.repeats, customers.age
    z = np.asarray(span / (alpha + t + span), dtype=np.float64)
    mass = _coming(r, a, b, x=x, z=z)
    return (a + b + x - 1) / (a - 1) * mass / (1.0 + _still((r, alpha, a, b), customers))


def expected_of_new(model: BgNbd, span: float) -> float:
    """Return the expected repeat purchases of a new customer within `span` time units."""
    r, alpha, a, b = _off_one(model.parameters)
    z = np.array([span / (alpha + span)])
    return float((a + b - 1) / (a - 1) * _coming(r, a, b, x=np.zeros(1), z=z)[0])


def _coming(r: float, a: float, b: float, *, x: Floats, z: Floats) -> Floats:
    """Return 1 - (1 - z)^(r + x) F(r + x, b + x; a + b + x - 1; z), F the Gauss function.

    After Euler's transformation its parameters stay small however often a customer bought.
    """
    series = hyp2f1(a + b - 1 - r, a - 1, a + b + x - 1, z)
    return np.asarray(1.0 - (1.0 - z) ** (a - 1) * series, dtype=np.float64)


def _off_one(parameters: tuple[float, ...]) -> tuple[float, ...]:
    """Step off a = 1, where the formula is 0/0 though its limit exists."""
    r, alpha, a, b = parameters
    return r, alpha, a + 1e-6 if abs(a - 1) < 1e-6 else a, b
