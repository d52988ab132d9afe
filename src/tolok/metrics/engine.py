"""The engine: metrics over periods and groups, as figures that say how far to trust them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from tolok.base import Calendar, Period, PlatformFacts, Text, UserError
from tolok.lake import LakeView, table_of

from .buckets import split_layers
from .covered import read_runs
from .evaluate import Asked, ask_table, decide
from .evidence import unknown_figure
from .figure import Figure
from .figures import Figures
from .joined import Found, join_figures
from .metric import Metric
from .reached import has_totals
from .rows import Question
from .scope import Scope
from .shelf import metric_of
from .standing import is_standing


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
    ) -> Figures:
        """Return one figure per metric, period and group, in that order.

        All is computed at once; each figure is made when it is looked at. Periods may overlap. Without `by` there is exactly one figure per metric and period; with
        it, one per group that has any row. Raises UserError when a metric does not allow a
        dimension.
        """
        wanted = [m if isinstance(m, Metric) else metric_of(m) for m in metrics]
        scope = scope or Scope()
        for metric in wanted:
            _check_dimensions(metric, by)
        found: Found = {}
        asked: list[Asked] = []
        for together in _by_query([m for m in wanted if not m.is_joined]):
            for layer in split_layers(periods):
                asked += self._ask(together, layer, scope, tuple(by), found)
        for answered in asked:  # once all is read: going to and fro is dear to the processor
            self._decide(answered, found)
        for metric in wanted:
            if metric.is_joined:
                join_figures(self, metric, periods, scope=scope, by=tuple(by), found=found)
        return Figures(found.get((m.key, p), ()) for m in wanted for p in periods)

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
    ) -> Figures:
        """Return the metric for each part of the period of the grain."""
        return self.figures([metric], self.calendar.split(period, grain), scope, by=by)

    # -- one table -----------------------------------------------------------------------------

    def _ask(
        self,
        metrics: Sequence[Metric],
        layer: list[Period],
        scope: Scope,
        by: tuple[str, ...],
        found: Found,
    ) -> list[Asked]:
        table = table_of(metrics[0].table)
        if self.view.is_empty(table.key) and not read_runs(
            self.view, table, self.calendar.timezone
        ):
            # Totals of a whole period may stand alone, without any day.
            alone = [m for m in metrics if has_totals(m, self.view, by)]
            for metric in metrics:
                for period in layer if metric not in alone else ():
                    found[metric.key, period] = [] if by else [unknown_figure(metric, period)]
            metrics = alone
            if not metrics:
                return []
        question = Question(
            self.view, self.calendar, table, tuple(metrics), tuple(layer), scope, by
        )
        return ask_table(question, self.platforms)

    def _decide(self, asked: Asked, found: Found) -> None:
        for block in decide(asked, today=self.today, platforms=self.platforms):
            key = block.evidence.metric.key
            for period, stretch in zip(asked.question.layer, block.stretches(), strict=True):
                found[key, period] = stretch


def _by_query(metrics: Sequence[Metric]) -> list[list[Metric]]:
    """Gather metrics that can share one pass over their table.

    Those that read rows in an order, or levels, keep to others with the same filter.
    """
    groups: dict[tuple[object, ...], list[Metric]] = {}
    for metric in {m.key: m for m in metrics}.values():
        alone = any(p.how in ("repeated", "level") for p in metric.parts.values())
        where = id(metric.where) if alone and metric.where is not None else None
        standing = is_standing(metric, table_of(metric.table))
        groups.setdefault((metric.table, where, standing), []).append(metric)
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
