"""A figure broken down: by platform, account, kind of post, weekday and whatever else it allows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tolok.base import Period
from tolok.lake import name_value
from tolok.metrics import Change as MetricChange
from tolok.metrics import Engine, Figure, Metric, Scope, compare
from tolok.web.shell.language import language_of_page

from . import words

DIMENSIONS = ("platform", "account", "kind", "weekday", "hour", "campaign", "pillar", "topic",
              "language", "team")  # fmt: skip
_ORDERED = ("weekday", "hour")
_WIDTH = 100.0


@dataclass(frozen=True)
class Slice:
    """One group of a breakdown: its figure, how it moved, and how long its bar is."""

    key: str
    name: str
    figure: Figure
    change: MetricChange | None
    value: str
    reason: str
    moved: str
    coverage: str
    bar: float | None  # 0 to 100; None where there is no single positive value


@dataclass(frozen=True)
class Breakdown:
    """A figure by one dimension."""

    dimension: str
    slices: tuple[Slice, ...]
    adds_up: bool


def dimensions_of(metric: Metric, scope: Scope) -> list[str]:
    """Return the dimensions a figure may be broken down by that are not fixed already."""
    fixed = set(scope.filters)
    fixed |= {"platform"} if len(scope.platforms) == 1 else set()
    fixed |= {"account", "platform"} if len(scope.accounts) == 1 else set()
    return [d for d in DIMENSIONS if d in metric.dimensions and d not in fixed]


def read_breakdown(
    engine: Engine, metric: Metric, period: Period, scope: Scope, *, by: str, against: Period
) -> Breakdown:
    """Return the figure of a period per value of a dimension, the largest first."""
    figures = engine.figures([metric], [period, against], scope, by=(by,))
    now = {_key(f, by): f for f in figures if f.period == period}
    before = {_key(f, by): f for f in figures if f.period == against}
    longest = max((f.value for f in now.values() if f.value is not None), default=0.0)
    slices = [
        _slice(engine, metric, key, figure, before=before.get(key), by=by, longest=longest)
        for key, figure in now.items()
    ]
    return Breakdown(by, tuple(_sorted(slices, by)), metric.is_additive)


def _key(figure: Figure, by: str) -> str:
    return figure.group.get(by) or ""


def _slice(
    engine: Engine, metric: Metric, key: str, figure: Figure, *,
    before: Figure | None, by: str, longest: float,
) -> Slice:  # fmt: skip
    change = None
    if before is not None:
        platforms = (key,) if by == "platform" else ()
        change = compare(metric, figure, before, platforms=engine.platforms,
                         scope_platforms=platforms)  # fmt: skip
    bar = None
    if figure.value is not None and figure.value >= 0 and longest > 0:
        bar = round(figure.value / longest * _WIDTH, 1)
    language = language_of_page()
    return Slice(
        key=key,
        name=name_value(by, key, engine.platforms, language),
        figure=figure,
        change=change,
        value=words.write_value(figure, metric),
        reason=words.say_caution(figure),
        moved=words.write_ratio(change) if change else "",
        coverage=words.write_coverage(figure.coverage),
        bar=bar,
    )


def _sorted(slices: Iterable[Slice], by: str) -> list[Slice]:
    if by in _ORDERED:
        return sorted(slices, key=lambda s: int(s.key) if s.key.isdigit() else 99)
    return sorted(slices, key=lambda s: (s.figure.value is None, -(s.figure.value or 0.0), s.name))
