"""Joined metrics: figures of several tables, periods or relations put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tolok.base import Period, Text, say_day

from .compare import BROKEN
from .evidence import MIXED_CURRENCY, NO_BASE, NO_ROWS
from .figure import Coverage, Figure
from .metric import Metric
from .part import Part
from .scope import Scope
from .shelf import metric_of

if TYPE_CHECKING:
    from .engine import Engine

Group = tuple[Any, ...]
Found = dict[tuple[str, Period], Sequence[Figure]]
Given = Mapping[str, Figure | None]


def join_figures(
    engine: Engine,
    metric: Metric,
    periods: Sequence[Period],
    *,
    scope: Scope,
    by: tuple[str, ...],
    found: Found,
) -> None:
    """Compute a joined metric for each period and group, into `found`.

    It is unknown as soon as one of its figures is, with that figure's reason. A figure of another
    period is not used across a platform's change of definition.
    """
    told: dict[str, dict[tuple[Group, Period], Figure]] = {
        name: _figures_of(engine, part, periods, scope=scope, by=by)
        for name, part in metric.parts.items()
        if part.how == "figure"
    }
    for period in dict.fromkeys(periods):
        groups = {g for figures in told.values() for g, p in figures if p == period}
        ordered = sorted(groups, key=lambda g: tuple(str(v) for v in g)) if by else [()]
        found[metric.key, period] = [
            _join(
                engine, metric, period, scope=scope,
                group=dict(zip(by, group, strict=True)),
                given={n: figures.get((group, period)) for n, figures in told.items()},
            )
            for group in ordered
        ]  # fmt: skip


def _figures_of(
    engine: Engine, part: Part, periods: Sequence[Period], *, scope: Scope, by: tuple[str, ...]
) -> dict[tuple[Group, Period], Figure]:
    whose = replace(scope, relation=part.relation, accounts=()) if part.relation else scope
    shifted = {p: _shift(engine, part, p) for p in dict.fromkeys(periods)}
    found: dict[Period, list[Figure]] = {}
    for figure in engine.figures([part.metric or ""], list(shifted.values()), whose, by=by):
        found.setdefault(figure.period, []).append(figure)
    return {
        (tuple(f.group.get(d) for d in by), period): f
        for period, other in shifted.items()
        for f in found.get(other, ())
    }


def _shift(engine: Engine, part: Part, period: Period) -> Period:
    if part.shift == "previous":
        return engine.calendar.previous(period)
    return engine.calendar.same_last_year(period) if part.shift == "last_year" else period


def _join(
    engine: Engine,
    metric: Metric,
    period: Period,
    *,
    scope: Scope,
    group: Mapping[str, Any],
    given: Given,
) -> Figure:
    unknown = Figure(metric.key, period, None, "unknown", group=group, reason=NO_ROWS)
    figures = [f for f in given.values() if f is not None]
    if len(figures) < len(given):
        return unknown
    stuck = next((f for f in figures if f.value is None), None)
    if stuck is not None:
        return replace(unknown, reason=stuck.reason or NO_ROWS, reason_data=stuck.reason_data)
    currencies = {f.currency for f in figures if f.currency}
    if len(currencies) > 1:
        return replace(unknown, reason=MIXED_CURRENCY)
    broken = _broken(engine, metric, period, scope=scope, group=group)
    if broken is not None:
        return replace(unknown, reason=BROKEN, reason_data=broken)
    parts = {n: np.array([f.value], dtype=float) for n, f in given.items() if f is not None}
    parts |= {n: np.array([period.days]) for n, p in metric.parts.items() if p.how == "days"}
    value = float(metric.compute(parts)[0])
    if np.isnan(value):
        return replace(unknown, reason=metric.undefined or NO_BASE)
    unsure = next((f for f in figures if f.state != "exact"), None)
    return Figure(
        metric=metric.key, period=period, value=value,
        state="about" if unsure is not None else "exact",
        group=group,
        reason=unsure.reason if unsure is not None else None,
        reason_data=unsure.reason_data if unsure is not None else {},
        coverage=_least([f.coverage for f in figures]),
        base=min(f.base for f in figures),
        provisional_days=max(f.provisional_days for f in figures),
        observed_at=min((f.observed_at for f in figures if f.observed_at), default=None),
        currency=next(iter(currencies), None) if metric.unit.kind == "money" else None,
        notes=_notes(figures),
        platforms=tuple(sorted({p for f in figures for p in f.platforms})),
    )  # fmt: skip


def _broken(
    engine: Engine, metric: Metric, period: Period, *, scope: Scope, group: Mapping[str, Any]
) -> dict[str, object] | None:
    """Return the change of definition that stands between a period and the one compared with."""
    for part in metric.parts.values():
        if part.shift is None:
            continue
        other = metric_of(part.metric or "")
        before = _shift(engine, part, period)
        platforms = (str(group["platform"]),) if "platform" in group else (
            scope.platforms or tuple(engine.platforms.names)
        )  # fmt: skip
        for platform in platforms:
            found = engine.platforms.breaks_between(
                platform, frozenset(other.columns), before.start, period.end
            )
            if found and _has(engine, other, platform, scope):
                name = engine.platforms.names.get(platform, platform)
                return {"platform": name, "on": say_day(found[0].on)}
    return None


def _has(engine: Engine, metric: Metric, platform: str, scope: Scope) -> bool:
    if engine.view.is_empty(metric.table):
        return False
    rows = scope.narrow(engine.view.table(metric.table), engine.view)
    if "platform" not in rows.columns:
        return False
    return bool(rows.filter(rows.platform == platform).count().to_pyarrow().as_py())


def _least(coverages: Sequence[Coverage | None]) -> Coverage | None:
    known = [c for c in coverages if c is not None and c.share is not None]
    return min(known, key=lambda c: c.share or 0) if known else None


def _notes(figures: Sequence[Figure]) -> tuple[tuple[Text, Mapping[str, object]], ...]:
    notes: list[tuple[Text, Mapping[str, object]]] = []
    for figure in figures:
        notes += [n for n in figure.notes if n not in notes]
    return tuple(notes)
