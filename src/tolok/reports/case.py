"""The case: one brand and period, and every figure its report asks for, each asked once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tolok.base import BrandProfile, Calendar, Period, Text
from tolok.kpi import Judgement, Kpi, Scorecard, build_scorecard
from tolok.metrics import Engine, Figure, Metric, Scope, compare, load_metrics
from tolok.series import Verdict, judge_last

from .number import Fact, Number, change_of

HISTORY = 13
_FINER = {"year": "month", "fiscal_year": "month", "half": "month", "quarter": "month"}


@dataclass(frozen=True)
class Case:
    """What pages are built from; figures, the scorecard and judgements are found once and kept.

    `history` is how many periods up to the asked one are drawn and judged against.
    """

    engine: Engine
    profile: BrandProfile
    period: Period
    kpis: tuple[Kpi, ...] = ()
    history: int = HISTORY
    _kept: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def brand(self) -> str:
        """The brand's slug."""
        return self.profile.slug

    @property
    def calendar(self) -> Calendar:
        """How the brand counts its days."""
        return self.engine.calendar

    @property
    def previous(self) -> Period:
        """The period just before."""
        return self.calendar.previous(self.period)

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods drawn, oldest first: of a long period its months, else as many before it."""
        finer = _FINER.get(self.period.grain)
        last = self.calendar.split(self.period, finer)[-1] if finer else self.period
        found = [last]
        while len(found) < self.history:
            found.insert(0, self.calendar.previous(found[0]))
        return tuple(found)

    @property
    def scorecard(self) -> Scorecard:
        """The scorecard with its KPIs judged."""
        if "scorecard" not in self._kept:
            self._kept["scorecard"] = build_scorecard(
                self.engine, self.brand, self.period, kpis=self.kpis
            )
        return self._kept["scorecard"]

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """The KPIs as judged."""
        return self.scorecard.kpis

    def has(self, key: str) -> bool:
        """Whether the catalogue has a metric of the key and its table holds anything."""
        metric = load_metrics().get(key)
        return metric is not None and (
            metric.is_joined or not self.engine.view.is_empty(metric.table)
        )

    def known(self, keys: Iterable[str]) -> list[str]:
        """Return the keys the catalogue has and for which there may be data."""
        return [k for k in keys if self.has(k)]

    def scope(
        self, *, platforms: Sequence[str] = (), relation: str = "own",
        filters: Mapping[str, tuple[str, ...]] | None = None,
    ) -> Scope:  # fmt: skip
        """Return a scope of the brand."""
        return Scope(self.brand, tuple(platforms), relation=relation, filters=dict(filters or {}))

    def facts(
        self, keys: Iterable[str], periods: Sequence[Period], *, scope: Scope | None = None,
        by: Sequence[str] = (),
    ) -> list[Fact]:  # fmt: skip
        """Return one fact per metric, period and group; metrics that do not exist are left out."""
        wanted, scope = tuple(self.known(keys)), scope or self.scope()
        name = (wanted, tuple(periods), scope.platforms, scope.relation,
                tuple(sorted(scope.filters.items())), tuple(by))  # fmt: skip
        if name not in self._kept:
            figures = self.engine.figures(wanted, periods, scope, by=by) if wanted else []
            metrics = load_metrics()
            self._kept[name] = [Fact(metrics[f.metric], f, scope) for f in figures]
        return self._kept[name]

    def series(self, key: str, *, scope: Scope | None = None) -> tuple[Fact, ...]:
        """Return the metric over the drawn periods, oldest first; empty when it does not exist."""
        return tuple(self.facts([key], self.periods, scope=scope))

    def follow(self, keys: Iterable[str]) -> None:
        """Ask for many metrics at once, over all periods drawn, together and by platform.

        Pages then find their series here: a report costs a few queries instead of hundreds.
        """
        wanted = [k for k in dict.fromkeys(keys) if self.has(k)]
        periods = [*self.periods, self.calendar.same_last_year(self.periods[-1])]
        split = [k for k in wanted if "platform" in load_metrics()[k].dimensions]
        for fact in self.facts(wanted, periods):
            self._kept["followed", fact.metric.key, fact.figure.period, None] = fact
        for fact in self.facts(split, periods, by=("platform",)):
            platform = fact.figure.group.get("platform")
            self._kept["followed", fact.metric.key, fact.figure.period, platform] = fact
        self._kept["follows"] = frozenset(wanted)

    def series_on(self, key: str, platform: str | None = None) -> tuple[Fact, ...]:
        """Return the metric over the drawn periods on a platform, or on all together."""
        if key not in self._kept.get("follows", ()):
            return self.series(key, scope=self.scope(platforms=(platform,) if platform else ()))
        return tuple(self._followed(key, p, platform) for p in self.periods)

    def fact_on(self, key: str, period: Period, platform: str | None = None) -> Fact | None:
        """Return one figure of a platform, or of all together; None when there is no metric."""
        if ("followed", key, period, platform) in self._kept:
            return self._kept["followed", key, period, platform]
        return self.fact(key, period, scope=self.scope(platforms=(platform,) if platform else ()))

    def _followed(self, key: str, period: Period, platform: str | None) -> Fact:
        found = self._kept.get(("followed", key, period, platform))
        if found is not None:
            return found
        group = {"platform": platform} if platform else {}
        return Fact(load_metrics()[key], Figure(key, period, None, "unknown", group), self.scope())

    def fact(
        self, key: str, period: Period | None = None, *, scope: Scope | None = None
    ) -> Fact | None:
        """Return the figure of the period, None when the metric does not exist."""
        found = self.facts([key], [period or self.period], scope=scope)
        return found[0] if found else None

    def change(self, now: Fact, before: Fact) -> Number:
        """Return how a figure moved against another, as far as that may be said."""
        platforms = self._platforms(now)
        told = compare(now.metric, now.figure, before.figure, platforms=self.engine.platforms,
                       scope_platforms=tuple(platforms))  # fmt: skip
        return change_of(told, now, before)

    def _platforms(self, fact: Fact) -> tuple[str, ...]:
        group = fact.figure.group.get("platform")
        counted = fact.figure.platforms or fact.scope.platforms
        return (group,) if group else counted or self.platforms_of(fact.metric.table)

    def platforms_of(self, table: str) -> tuple[str, ...]:
        """Return the platforms with any row in the table."""
        name = ("platforms", table)
        if name not in self._kept:
            self._kept[name] = self._read_platforms(table)
        return self._kept[name]

    def _read_platforms(self, table: str) -> tuple[str, ...]:
        if self.engine.view.is_empty(table):
            return ()
        rows = self.scope().narrow(self.engine.view.table(table), self.engine.view)
        if "platform" not in rows.columns:
            return ()
        found = rows.select("platform").distinct().to_pyarrow()["platform"].to_pylist()
        return tuple(sorted(p for p in found if p))

    def name_of(self, platform: str | None) -> Text:
        """Return a platform's shown name."""
        name = self.engine.platforms.names.get(platform or "", platform or "–")
        return Text(name, name)

    def breaks(self, facts: Sequence[Fact]) -> dict[int, Text]:
        """Return at which places of a series a platform changed what is counted, and how."""
        found: dict[int, Text] = {}
        for place, fact in enumerate(facts):
            if not place:
                continue
            columns = frozenset(fact.metric.columns)
            start, end = facts[place - 1].figure.period.start, fact.figure.period.end
            for platform in self._platforms(fact):
                for one in self.engine.platforms.breaks_between(platform, columns, start, end):
                    if one.on >= fact.figure.period.start or place == 1:
                        found.setdefault(place, one.change)
        return found

    def judge(self, facts: Sequence[Fact]) -> Verdict:
        """Say whether the last figure of a series is signal or routine."""
        values = [np.nan if f.figure.value is None else f.figure.value for f in facts]
        breaks = list(self.breaks(facts))
        return judge_last(values, breaks=breaks)


def is_told(figure: Figure) -> bool:
    """Whether a figure says anything."""
    return figure.value is not None or figure.low is not None


def metric_named(key: str) -> Metric | None:
    """Return the metric, None when the catalogue does not have it."""
    return load_metrics().get(key)
