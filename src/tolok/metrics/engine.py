"""The engine: metrics over periods and groups, as figures that say how far to trust them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import ibis
import numpy as np

from tolok.base import Calendar, Period, PlatformFacts, Text, UserError
from tolok.lake import LakeView, Table, table_of

from .buckets import hour_of, split_layers, time_form, weekday_of, with_bucket
from .evidence import Evidence, figure_from, unknown_figure
from .figure import Figure
from .joined import join_figures
from .levels import Level, read_levels
from .metric import Metric
from .presence import read_presence
from .query import Answer, Plan, Slots, add_surroundings, plan_metric, run_plan, with_repeats
from .reached import has_totals, read_totals
from .scope import Scope
from .shelf import metric_of
from .spans import tile_spans
from .standing import is_standing, with_ends, with_standing

Group = tuple[Any, ...]

DERIVED = ("weekday", "hour")


@dataclass(frozen=True)
class Engine:
    """Evaluates metrics over one view of a lake, in one brand's calendar.

    `today` is the brand's date: days from it on are not expected to have data yet.
    """

    view: LakeView
    calendar: Calendar
    today: date
    platforms: PlatformFacts = field(default_factory=PlatformFacts)

    def figures(
        self,
        metrics: Iterable[str | Metric],
        periods: Sequence[Period],
        scope: Scope | None = None,
        *,
        by: Sequence[str] = (),
    ) -> list[Figure]:
        """Return one figure per metric, period and group, in that order.

        Periods may overlap. Without `by` there is exactly one figure per metric and period; with
        it, one per group that has any row. Raises UserError when a metric does not allow a
        dimension.
        """
        wanted = [m if isinstance(m, Metric) else metric_of(m) for m in metrics]
        scope = scope or Scope()
        for metric in wanted:
            _check_dimensions(metric, by)
        found: dict[tuple[str, Period], list[Figure]] = {}
        for together in _by_query([m for m in wanted if not m.is_joined]):
            for layer in split_layers(periods):
                self._evaluate(together, layer, scope, tuple(by), found)
        for metric in wanted:
            if metric.is_joined:
                join_figures(self, metric, periods, scope=scope, by=tuple(by), found=found)
        return [f for m in wanted for p in periods for f in found.get((m.key, p), ())]

    def figure(self, metric: str | Metric, period: Period, scope: Scope | None = None) -> Figure:
        """Return the one figure of a metric for a period."""
        return self.figures([metric], [period], scope)[0]

    def series(
        self,
        metric: str | Metric,
        period: Period,
        grain: str,
        scope: Scope | None = None,
        *,
        by: Sequence[str] = (),
    ) -> list[Figure]:
        """Return the metric for each part of the period of the grain."""
        return self.figures([metric], self.calendar.split(period, grain), scope, by=by)

    # -- one query -----------------------------------------------------------------------------

    def _evaluate(
        self,
        metrics: Sequence[Metric],
        layer: list[Period],
        scope: Scope,
        by: tuple[str, ...],
        found: dict[tuple[str, Period], list[Figure]],
    ) -> None:
        table = table_of(metrics[0].table)
        if self.view.is_empty(table.key):
            # Totals of a whole period may stand alone, without any day.
            alone = [m for m in metrics if has_totals(m, self.view, by)]
            for metric in metrics:
                for period in layer if metric not in alone else ():
                    found[metric.key, period] = [] if by else [unknown_figure(metric, period)]
            metrics = alone
            if not metrics:
                return
        rows = scope.narrow(self.view.table(table.key), self.view)
        if is_standing(metrics[0], table):
            rows = with_ends(rows, table)
        if metrics[0].where is not None:
            rows = rows.filter(metrics[0].where(rows))
        has_days = time_form(table) == "day" and table.is_time_in_key and "account" in rows.columns
        presence = read_presence(rows, table, metrics, by) if has_days else None
        level_rows = rows
        if is_standing(metrics[0], table):
            rows = with_standing(rows, table, layer, self.calendar)
        else:
            rows = with_bucket(rows, table, layer, self.calendar)
        rows = with_repeats(self._with_dimensions(rows, table, by, layer), metrics, by)
        covered: Mapping[int, int] | None = None
        accounts = 0
        if time_form(table) == "span":
            tiling = tile_spans(rows, by)
            rows, covered, accounts = tiling.rows, tiling.covered, tiling.accounts
        plan = Plan(rows)
        around = add_surroundings(plan, late=self._first_late_day(rows, table))
        slots = [plan_metric(plan, m) for m in metrics]
        answer = run_plan(plan, by)
        for metric, slot in zip(metrics, slots, strict=True):
            levels = _levels_of(metric, level_rows, layer, by)
            evidence = Evidence(
                metric=metric,
                table=table,
                layer=layer,
                today=self.today,
                by=by,
                platforms=self.platforms,
                scope_platforms=self._platforms(scope, table),
                presence=presence,
                covered=covered,
                span_accounts=accounts,
                totals=read_totals(metric, self.view, layer, scope, by),
            )
            for figure in _figures_of(evidence, slot, answer, around, levels):
                found.setdefault((metric.key, figure.period), []).append(figure)

    def _with_dimensions(
        self, rows: Any, table: Table, by: Sequence[str], layer: Sequence[Period]
    ) -> Any:
        wanted = [d for d in by if d in DERIVED]
        if not wanted or table.time is None:
            return rows
        if "weekday" in wanted:
            day = weekday_of(rows, table, self.calendar, layer[0].start, layer[-1].end)
            rows = rows.mutate(weekday=day.cast("string"))
        if "hour" in wanted:
            hour = hour_of(rows, table, self.calendar, layer[0].start, layer[-1].end)
            rows = rows.mutate(hour=hour.cast("string"))
        return rows

    def _first_late_day(self, rows: Any, table: Table) -> Any:
        """Return the first day whose figures the platform may still change."""
        if table.time is None or "platform" not in rows.columns:
            return None
        windows = self.platforms.reread_days
        days = (
            ibis.cases(*((rows.platform == p, d) for p, d in windows.items()), else_=7)
            if windows
            else ibis.literal(7)
        )
        time = rows[table.time] if time_form(table) != "span" else rows.until
        seen = rows.observed_at.date()
        age = seen.delta(time.date() if time_form(table) == "moment" else time, unit="day")
        day = time.date() if time_form(table) == "moment" else time
        return day.cast("date").min(where=age < days)

    def _platforms(self, scope: Scope, table: Table) -> tuple[str, ...]:
        if scope.platforms:
            return scope.platforms
        rows = scope.narrow(self.view.table(table.key), self.view)
        if "platform" not in rows.columns:
            return ()
        found = rows.select("platform").distinct().to_pyarrow()["platform"].to_pylist()
        return tuple(sorted(p for p in found if p))


def _by_query(metrics: Sequence[Metric]) -> list[list[Metric]]:
    """Gather metrics that can share one query: the same table and the same filter."""
    groups: dict[tuple[str, int, bool], list[Metric]] = {}
    for metric in metrics:
        standing = is_standing(metric, table_of(metric.table))
        groups.setdefault((metric.table, id(metric.where), standing), []).append(metric)
    return list(groups.values())


def _check_dimensions(metric: Metric, by: Sequence[str]) -> None:
    for name in by:
        if name not in metric.dimensions:
            raise UserError(
                Text(
                    "“{metric}” cannot be broken down by {name}.",
                    "“{metric}” tidak dapat dirinci menurut {name}.",
                ),
                Text("It can be by {known}.", "Bisa menurut {known}."),
                metric=metric.name,
                name=name,
                known=", ".join(metric.dimensions),
            )


def _levels_of(
    metric: Metric, rows: Any, layer: Sequence[Period], by: Sequence[str]
) -> Mapping[str, Mapping[tuple[Group, int], Level]]:
    return {
        name: read_levels(rows, part, periods=layer, dimensions=by)
        for name, part in metric.parts.items()
        if part.how == "level"
    }


def _figures_of(
    evidence: Evidence,
    slots: Slots,
    answer: Answer,
    around: Mapping[str, str],
    levels: Mapping[str, Mapping[tuple[Group, int], Level]],
) -> list[Figure]:
    metric, layer = evidence.metric, evidence.layer
    places = {
        (g, int(b)): i for i, (g, b) in enumerate(zip(answer.groups, answer.buckets, strict=True))
    }
    wanted = set(places) | {key for found in levels.values() for key in found}
    wanted |= set(evidence.totals.values)
    if not evidence.by:
        wanted |= {((), i) for i in range(len(layer))}
    ordered = sorted(wanted, key=lambda k: (k[1], tuple(str(v) for v in k[0])))
    parts = {n: _column(answer, c, ordered, places) for n, c in slots.parts.items()}
    for name, found in levels.items():
        parts[name] = np.array([found[k].value if k in found else np.nan for k in ordered])
    have = _column(answer, slots.have, ordered, places)
    if _only_counts(metric):
        parts = {
            n: np.nan_to_num(v) if metric.parts[n].how == "count" else v for n, v in parts.items()
        }
    values = metric.compute(parts) if ordered else np.array([])
    lows = {n: _column(answer, c, ordered, places) for n, c in slots.lows.items()}
    intervals = metric.compute_interval(parts) if ordered else None
    result = []
    for number, (group, bucket) in enumerate(ordered):
        place = places.get((group, bucket))
        result.append(
            figure_from(
                evidence,
                group=group,
                bucket=bucket,
                value=values[number],
                have=have[number],
                low=next((v[number] for v in lows.values()), np.nan),
                around=_surroundings(answer, around, slots, place, metric.one_kind),
                levels=[found.get((group, bucket)) for found in levels.values()],
                interval=None if intervals is None else intervals[number],
            )
        )
    return result


def _only_counts(metric: Metric) -> bool:
    return all(p.how == "count" for p in metric.parts.values())


def _column(
    answer: Answer,
    name: str,
    ordered: Sequence[tuple[Group, int]],
    places: Mapping[tuple[Group, int], int],
) -> np.ndarray:
    values = answer.columns.get(name)
    if values is None:
        return np.full(len(ordered), np.nan)
    return np.array([values[places[k]] if k in places else np.nan for k in ordered], dtype=float)


def _surroundings(
    answer: Answer,
    around: Mapping[str, str],
    slots: Slots,
    place: int | None,
    columns: Sequence[str],
) -> Mapping[str, Any]:
    if place is None:
        return {}
    found = {
        name: answer.labels[column][place]
        if column in answer.labels
        else answer.columns[column][place]
        for name, column in around.items()
    }
    if slots.currencies is not None:
        many, one = slots.currencies
        found["currencies"] = int(np.nan_to_num(answer.columns[many][place]))
        found["currency"] = answer.labels[one][place]
    mixed = [c for c, n in zip(columns, slots.kinds, strict=True) if answer.columns[n][place] > 1]
    if mixed:
        found["kinds"] = ", ".join(mixed)
    return found
