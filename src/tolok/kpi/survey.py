"""Surveying the world around KPIs: what the doctor's rules need, read from the facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise

import numpy as np

from tolok.base import Period, Text
from tolok.lake import LakeView, load_tables, table_of
from tolok.metrics import Engine
from tolok.metrics.buckets import time_form
from tolok.series import past_changes

from .baseline import find_baseline
from .check import checks_of
from .kpi import Kpi
from .measure import data_until
from .review import reviews_of
from .rule import Growth, Spending, World

WEEKS = 104
FEWEST_WEEKS = 20  # known weeks a correlation or a growth needs
FEWEST_WINDOWS = 4
_OWN = frozenset({"activities", "insights", "kpi_checks", "kpi_versions", "reviews", "accounts"})


def survey_world(
    kpis: Sequence[Kpi], engine: Engine, *, brand: str, spending: Sequence[Spending] | None = None
) -> World:
    """Return what is known around the KPIs: sources, growth seen, likeness, reviews, decisions.

    `spending` is the team's budget; by default what the adverts' own exports show was spent.
    """
    view = engine.view
    series = {k.key: _weekly(k, engine, brand) for k in kpis if k.state != "retired"}
    told = checks_of(view, brand)
    decisions = {k.key: tuple((c.day, c.decision) for c in told if c.kpi == k.key) for k in kpis}
    reviewed = {r.kpi: r.day for r in reviews_of(view, brand)}
    growth = {k.key: g for k in kpis if (g := _growth(k, engine, brand, series.get(k.key)))}
    return World(
        engine.today, tuple(kpis), find_connected(view, brand), _unfed(kpis, view), engine.platforms,
        _arrivals(engine, brand), growth, _alike(series), reviewed, decisions,
        tuple(spending) if spending is not None else find_spending(engine, brand),
    )  # fmt: skip


def find_connected(view: LakeView, brand: str) -> frozenset[str]:
    """Return the platforms of which there is any fact of the brand's."""
    found: set[str] = set()
    for key, table in load_tables().items():
        if key in _OWN or view.is_empty(key) or "platform" not in table.schema.names:
            continue
        rows = view.table(key)
        rows = rows.filter((rows.brand == brand) & rows.platform.notnull())
        found |= set(rows.select("platform").distinct().to_pyarrow()["platform"].to_pylist())
    return frozenset(found)


def _unfed(kpis: Sequence[Kpi], view: LakeView) -> dict[str, Text]:
    """Return the metrics whose table holds nothing, with the name of the table."""
    metrics = [k.declared for k in kpis if k.declared is not None]
    return {m.key: table_of(m.table).name for m in metrics if view.is_empty(m.table)}


def find_spending(engine: Engine, brand: str) -> tuple[Spending, ...]:
    """Return the lines of the team's budget; without one, what adverts cost in half a year."""
    planned = _budgeted(engine.view, brand)
    return planned or _advertised(engine, brand)


def _budgeted(view: LakeView, brand: str) -> tuple[Spending, ...]:
    if view.is_empty("budgets"):
        return ()
    rows = view.table("budgets")
    rows = rows.filter(rows.brand == brand)
    shown = rows.group_by(["line", "platform", "kpi", "currency"]).aggregate(
        amount=rows.planned.sum().cast("float64")
    )
    return tuple(
        Spending(r["line"], r["amount"] or 0.0, r["currency"] or "IDR", r["platform"], r["kpi"])
        for r in shown.order_by(["line", "platform", "kpi"]).to_pyarrow().to_pylist()
    )


def _advertised(engine: Engine, brand: str) -> tuple[Spending, ...]:
    view = engine.view
    if view.is_empty("ad_results"):
        return ()
    rows = view.table("ad_results")
    since = engine.today - timedelta(days=182)
    rows = rows.filter((rows.brand == brand) & rows.spend.notnull())
    rows = rows.filter((rows.start >= since) & (rows.start < engine.today))
    rows = rows.filter((rows.level != "total") & (rows.breakdown == "") & (rows.spend > 0))
    levels = rows.group_by(["platform", "level", "currency"]).aggregate(
        spent=rows.spend.sum().cast("float64")
    )
    # The levels of one platform repeat each other's money: the largest sum is the whole of it.
    most: dict[str, tuple[float, str]] = {}
    for row in levels.to_pyarrow().to_pylist():
        amount = (row["spent"], row["currency"] or "IDR")
        most[row["platform"]] = max(most.get(row["platform"], (0.0, "IDR")), amount)
    names = engine.platforms.names
    return tuple(
        Spending(names.get(p, p), amount, currency, p)
        for p, (amount, currency) in sorted(most.items())
    )


def find_growth(kpi: Kpi, engine: Engine, *, brand: str) -> Growth | None:
    """Return the growth one KPI wants and the best ever seen here; None where it cannot be said."""
    return _growth(kpi, engine, brand, _weekly(kpi, engine, brand))


def _weekly(kpi: Kpi, engine: Engine, brand: str) -> np.ndarray | None:
    metric = kpi.declared
    if metric is None or metric.is_unique:
        return None
    scope = kpi.scope_in(brand)
    until = data_until(engine, metric, scope)
    if until is None:
        return None
    ends = [until - timedelta(days=7 * n) for n in range(WEEKS)]
    weeks = [Period(e - timedelta(days=7), e, "range") for e in reversed(ends)]
    figures = engine.figures([metric], weeks, scope)
    values = [f.value if f.state in ("exact", "about") else None for f in figures]
    return np.array([np.nan if v is None else v for v in values], dtype=float)


def _growth(kpi: Kpi, engine: Engine, brand: str, weekly: np.ndarray | None) -> Growth | None:
    """Return the wanted growth and the best seen over a span as long, or scaled to a shorter one."""
    metric, window = kpi.declared, kpi.window
    if metric is None or window is None or weekly is None or kpi.target is None:
        return None
    wanted = 1 + kpi.target.amount if kpi.target.how == "ratio" else None
    if wanted is None and kpi.aim == "reach":
        base = find_baseline(kpi, metric, engine, kpi.scope_in(brand)).value
        target = kpi.target.value_from(base)
        wanted = target / base if base and base > 0 and target is not None else None
    known = np.isfinite(weekly)
    if wanted is None or wanted <= 0 or known.sum() < FEWEST_WEEKS:
        return None
    values = weekly[int(np.flatnonzero(known)[0]) :]
    span = max(1, round(window.days / 7))
    near = min(span, len(values) // 2 - 2)
    past = _level_changes(values, near) if metric.kind == "level" else past_changes(values, near)
    if near < 4 or len(past) < FEWEST_WINDOWS:
        return None
    best = float(past.max() if wanted >= 1 else past.min())
    return Growth(wanted, best ** (span / near))


def _level_changes(values: np.ndarray, span: int) -> np.ndarray:
    """Return the factor from each week's level to the one a span later."""
    with np.errstate(invalid="ignore", divide="ignore"):
        factors = values[span:] / values[:-span]
    return np.asarray(factors[np.isfinite(factors)])


def _alike(series: dict[str, np.ndarray | None]) -> dict[frozenset[str], float]:
    """Return the correlation of each pair of KPIs' weekly figures, where enough weeks are known."""
    found = {}
    for one, other in combinations(sorted(series), 2):
        a, b = series[one], series[other]
        if a is None or b is None:
            continue
        both = np.isfinite(a) & np.isfinite(b)
        if both.sum() < FEWEST_WEEKS or np.std(a[both]) == 0 or np.std(b[both]) == 0:
            continue
        found[frozenset({one, other})] = float(np.corrcoef(a[both], b[both])[0, 1])
    return found


def _arrivals(engine: Engine, brand: str) -> dict[str, int]:
    """Return per platform how many days lie between new, settled data."""
    days: dict[str, set[date]] = {}
    for key, table in load_tables().items():
        if key in _OWN or engine.view.is_empty(key) or "platform" not in table.schema.names:
            continue
        if time_form(table) not in ("day", "moment", "span"):
            continue
        rows = engine.view.history(key)
        rows = rows.filter((rows.brand == brand) & rows.platform.notnull())
        seen = rows.mutate(seen=rows.observed_at.date()).select("platform", "seen").distinct()
        for row in seen.to_pyarrow().to_pylist():
            days.setdefault(row["platform"], set()).add(row["seen"])
    return {p: max(engine.platforms.reread(p), _gap(sorted(d))) for p, d in days.items()}


def _gap(days: list[date]) -> int:
    """Return the usual number of days from one import to the next; 0 when that is not yet known."""
    gaps = [(b - a).days for a, b in pairwise(days)]
    return int(np.median(gaps)) if len(gaps) >= 2 else 0
