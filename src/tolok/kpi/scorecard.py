"""The scorecard: what each platform gave in a period, against before, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tolok.base import Period, Text
from tolok.metrics import Change, Engine, Figure, Metric, Scope, compare, load_metrics
from tolok.series import Verdict, judge_last

from .judge import judge_all
from .kpi import Kpi
from .verdict import Judgement

ALL = "all"
HISTORY = 13  # periods drawn as a small line and judged against, the asked one last

# What a platform's section shows, the most telling first; what a platform lacks is left out.
PLATFORM_METRICS = (
    "engagement_rate_by_reach", "engagement_rate_by_views", "engagement_rate_by_impressions",
    "interactions", "engagements", "reach", "views", "impressions", "post_views",
    "post_impressions", "virality_rate", "link_clicks", "followers", "followers_net",
    "follower_growth_rate", "posts_published",
)  # fmt: skip
# What may be told over all platforms together: counts of the team's own posts and of deeds.
TOTAL_METRICS = ("posts_published", "engagements", "engagements_per_post", "comments", "shares",
                 "followers", "followers_net")  # fmt: skip
# Of these only the first known one is shown, since they say nearly the same.
ALTERNATIVES = (
    ("engagement_rate_by_reach", "engagement_rate_by_views", "engagement_rate_by_impressions"),
    ("interactions", "engagements"),
    ("views", "post_views"),
    ("impressions", "post_impressions"),
)


@dataclass(frozen=True)
class Line:
    """One metric of a section: its figure, how it moved, and the periods before it."""

    metric: Metric
    figure: Figure
    history: tuple[Figure, ...]  # oldest first, the figure itself last
    change: Change  # against the previous period
    change_last_year: Change
    signal: Verdict  # routine variation, a signal, or too little history to say
    breaks: tuple[int, ...] = ()  # before which of the history a platform began to count otherwise

    @property
    def is_signal(self) -> bool:
        """Whether the figure stands outside what was to be expected."""
        return self.signal.kind not in ("routine", "cannot say")


@dataclass(frozen=True)
class Section:
    """The lines of one platform, or of all together (`platform` is then None)."""

    platform: str | None
    name: Text
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Scorecard:
    """What a brand's accounts gave in a period."""

    brand: str
    period: Period
    previous: Period
    last_year: Period
    sections: tuple[Section, ...] = ()
    kpis: tuple[Judgement, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no figure is known at all."""
        return not self.sections and not self.kpis


def build_scorecard(
    engine: Engine, brand: str, period: Period, *, kpis: Sequence[Kpi] = ()
) -> Scorecard:
    """Return the brand's scorecard of the period, its KPIs judged as of today."""
    calendar = engine.calendar
    history = [period]
    for _ in range(HISTORY - 1):
        history.insert(0, calendar.previous(history[0]))
    last_year = calendar.same_last_year(period)
    periods = list(dict.fromkeys([*history, last_year]))
    scope = Scope(brand)
    known = load_metrics()
    wanted = [m for m in dict.fromkeys([*PLATFORM_METRICS, *TOTAL_METRICS]) if m in known]
    found = _index(engine.figures(wanted, periods, scope, by=("platform",)), "platform")
    totals = _index(engine.figures(TOTAL_METRICS, periods, scope), None)
    platforms = sorted({p for _, _, p in found if p})
    sections = []
    if totals and len(platforms) > 1:
        lines = [
            _line(engine, m, totals, None, history, last_year, platforms) for m in TOTAL_METRICS
        ]
        sections.append(Section(None, Text("All accounts together", "Semua akun"), _kept(lines)))
    for platform in platforms:
        lines = [
            _line(engine, m, found, platform, history, last_year, [platform]) for m in wanted
            if m in PLATFORM_METRICS
        ]  # fmt: skip
        name = engine.platforms.names.get(platform, platform)
        sections.append(Section(platform, Text(name, name), _kept(lines)))
    shown = tuple(s for s in sections if s.lines)
    judged = tuple(judge_all(tuple(kpis), engine, brand=brand))
    return Scorecard(brand, period, calendar.previous(period), last_year, shown, judged)


def read_lines(
    engine: Engine, brand: str, period: Period, keys: Sequence[str], *,
    platforms: Sequence[str], by: str | None = None,
) -> dict[str | None, tuple[Line, ...]]:  # fmt: skip
    """Return what is known of these metrics, judged as in the scorecard.

    One group (None) over the whole brand, or one per value of the dimension `by`; what was never
    known is left out. `platforms` are those whose changes of definition cut the past.
    """
    history = [period]
    for _ in range(HISTORY - 1):
        history.insert(0, engine.calendar.previous(history[0]))
    last_year = engine.calendar.same_last_year(period)
    periods = list(dict.fromkeys([*history, last_year]))
    figures = engine.figures(keys, periods, Scope(brand), by=(by,) if by else ())
    found = _index(figures, by)
    named = sorted({group for _key, _period, group in found if group})
    groups: Sequence[str | None] = named if by else [None]
    lines = {
        group: _kept([
            _line(engine, key, found, group, history, last_year, platforms) for key in keys
        ])
        for group in groups
    }  # fmt: skip
    return {group: kept for group, kept in lines.items() if kept}


_Index = Mapping[tuple[str, Period, str | None], Figure]


def _index(figures: Sequence[Figure], dimension: str | None) -> _Index:
    return {(f.metric, f.period, f.group.get(dimension) if dimension else None): f for f in figures}


def _line(
    engine: Engine, key: str, found: _Index, platform: str | None, history: Sequence[Period],
    last_year: Period, platforms: Sequence[str],
) -> Line:  # fmt: skip
    metric = load_metrics()[key]
    figures = tuple(
        found.get((key, p, platform)) or Figure(key, p, None, "unknown") for p in history
    )
    before = found.get((key, last_year, platform)) or Figure(key, last_year, None, "unknown")
    breaks = _find_breaks(engine, metric, figures, platforms)
    told = {"platforms": engine.platforms, "scope_platforms": tuple(platforms)}
    return Line(
        metric=metric, figure=figures[-1], history=figures,
        change=compare(metric, figures[-1], figures[-2], **told),  # type: ignore[arg-type]
        change_last_year=compare(metric, figures[-1], before, **told),  # type: ignore[arg-type]
        signal=_signal(figures, breaks), breaks=breaks,
    )  # fmt: skip


def _find_breaks(
    engine: Engine, metric: Metric, figures: Sequence[Figure], platforms: Sequence[str]
) -> tuple[int, ...]:
    """Return before which figures a platform changed what it counts; none is compared across."""
    columns = frozenset(metric.columns)
    counted = {p for figure in figures for p in figure.platforms} or platforms
    return tuple(
        number for number, figure in enumerate(figures)
        if number and any(
            engine.platforms.breaks_between(
                platform, columns, figures[number - 1].period.start, figure.period.end)
            for platform in counted)
    )  # fmt: skip


def _signal(figures: Sequence[Figure], breaks: Sequence[int]) -> Verdict:
    """Judge the last figure against those before it, cut at changes of definition."""
    # A sum with parts missing is a least value: against whole ones it would look like a fall.
    values = [np.nan if f.value is None or f.state == "at_least" else f.value for f in figures]
    return judge_last(values, breaks=breaks)


def _kept(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Leave out what was never known, and of near-equal metrics all but the first known."""
    kept = [x for x in lines if any(_tells(f) for f in x.history)]
    keys = [x.metric.key for x in kept]
    spare = {
        key for group in ALTERNATIVES
        for key in [k for k in group if k in keys][1:]
    }  # fmt: skip
    return tuple(x for x in kept if x.metric.key not in spare)


def _tells(figure: Figure) -> bool:
    return figure.value is not None or figure.low is not None
