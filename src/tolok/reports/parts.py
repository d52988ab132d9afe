"""Parts of pages: a judged series as a chart, several as a table or tiles, groups as bars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from babel.dates import format_date

from tolok.base import LANGUAGES, Language, Period, Text
from tolok.metrics import ONLY_SOME

from .blocks import Cell, Column, Grid, Mark, Tile, Tiles
from .case import Case, is_told
from .draw.chart import Chart, ChartKind, Event, Series
from .names import KIND_NAMES
from .narrative import SIGNALS, Told, tell_series
from .number import Fact, Number, end_of, number_of
from .sentence import Sentence

_CLDR: Mapping[Language, str] = {"en": "en_GB", "id": "id"}
SIGNAL_NAMES = {
    "routine": Text("routine", "wajar"),
    "signal up": Text("signal: up", "sinyal: naik"),
    "signal down": Text("signal: down", "sinyal: turun"),
    "shift": Text("level shifted", "level bergeser"),
    "cannot say": Text("cannot say yet", "belum bisa dinilai"),
}
WEEKDAYS = (
    Text("Mon", "Sen"), Text("Tue", "Sel"), Text("Wed", "Rab"), Text("Thu", "Kam"),
    Text("Fri", "Jum"), Text("Sat", "Sab"), Text("Sun", "Min"),
)  # fmt: skip
# Of the rates by which engagement is measured, the first a platform can give is shown.
RATES = ("engagement_rate_by_reach", "engagement_rate_by_views", "engagement_rate_by_impressions")
METRIC = Column(Text("Metric", "Metrik"), "left", 3)
LAST_YEAR = Text("a year before", "setahun lalu")
CHANGE = Text("change", "perubahan")
JUDGED = Text("judged", "penilaian")


def short_label(period: Period) -> Text:
    """Return a period's name for an axis: 'Oct 26', '5 Oct', 'Q3 2026'."""
    if period.grain == "month":
        return Text(*(format_date(period.start, "MMM yy", locale=_CLDR[x]) for x in LANGUAGES))
    if period.grain in ("day", "week", "biweek", "range"):
        return Text(*(format_date(period.start, "d MMM", locale=_CLDR[x]) for x in LANGUAGES))
    return Text(period.label("en"), period.label("id"))


def tell(case: Case, key: str, *, platform: str | None = None) -> Told | None:
    """Return a metric's series judged, None when nothing was ever known of it."""
    facts = case.series_on(key, platform)
    if not any(is_told(f.figure) for f in facts):
        return None
    return tell_series(case, facts, where=case.name_of(platform) if platform else _only(facts[-1]))


def _only(fact: Fact) -> Text | None:
    """Return which platforms a figure of all counts, when it leaves some out; else None."""
    told = next((data["told"] for text, data in fact.figure.notes if text is ONLY_SOME), None)
    return None if told is None else Text(str(told), str(told))


def known(told: Iterable[Told | None]) -> list[Told]:
    """Leave out the series of which nothing is known."""
    return [t for t in told if t is not None]


def history_chart(
    case: Case, told: Told, *, kind: ChartKind = "line", title: Text | None = None
) -> Chart:
    """Return the series as a chart with the band of what was expected and the platform's breaks."""
    facts, verdict = told.facts, told.verdict
    name = told.metric.name
    where = told.where
    title = title or (
        name if where is None else Text(f"{name.en} · {where.en}", f"{name.id} · {where.id}")
    )
    is_judged = verdict.kind != "cannot say"
    events = tuple(Event(n, text, is_break=True) for n, text in case.breaks(facts).items())
    numbers = tuple(number_of(f) if is_told(f.figure) else None for f in facts)
    return Chart(
        key=f"{told.metric.key}-{(where or name).en}", title=title, kind=kind,
        categories=tuple(short_label(f.figure.period) for f in facts),
        series=(Series(name, numbers),), unit=told.metric.unit, says=told.sentence,
        low=end_of(verdict.low, told.now, "low") if is_judged else None,
        high=end_of(verdict.high, told.now, "high") if is_judged else None,
        events=events, marked=(len(facts) - 1,), mood=told.mood, currency=told.now.figure.currency,
    )  # fmt: skip


def verdict_mark(told: Told) -> Mark:
    """Return the word for signal or routine, coloured only for signals."""
    return Mark(SIGNAL_NAMES[told.verdict.kind], told.mood)


def series_grid(case: Case, told: Sequence[Told], *, title: Text | None = None) -> Grid:
    """Return a table of judged series: now, before, change, a year before, signal or routine."""
    now, before = _label(told[0].now.figure.period), _label(told[0].facts[-2].figure.period)
    columns = (METRIC, Column(now), Column(before), Column(CHANGE), Column(LAST_YEAR),
               Column(JUDGED, "left"))  # fmt: skip
    rows = tuple(_series_row(case, t) for t in told)
    return Grid(columns, rows, title, changes=(1, 2, 3))


def _series_row(case: Case, told: Told) -> tuple[Cell, ...]:
    last_year = case.calendar.same_last_year(told.now.figure.period)
    year = case.fact_on(told.metric.key, last_year, told.now.figure.group.get("platform"))
    return (
        told.metric.name, number_of(told.now), number_of(told.facts[-2]), told.change,
        number_of(year) if year else None, verdict_mark(told),
    )  # fmt: skip


def _label(period: Period) -> Text:
    return Text(period.label("en"), period.label("id"))


def tiles_of(told: Sequence[Told]) -> Tiles:
    """Return judged series as numbers side by side."""
    return Tiles(tuple(
        Tile(t.metric.name if t.where is None else Text(f"{t.metric.name.en} · {t.where.en}",
                                                        f"{t.metric.name.id} · {t.where.id}"),
             number_of(t.now), t.change, mood=t.mood)
        for t in told
    ))  # fmt: skip


def exceptions(told: Sequence[Told]) -> list[Told]:
    """Return the signals, bad ones first."""
    order = {"bad": 0, "good": 1}
    found = [t for t in told if t.verdict.kind in SIGNALS]
    return sorted(found, key=lambda t: order.get(t.mood, 2))


def group_names(case: Case, dimension: str, facts: Sequence[Fact]) -> dict[str | None, Text]:
    """Return the shown name of every group of a dimension."""
    found: dict[str | None, Text] = {}
    for fact in facts:
        group = fact.figure.group.get(dimension)
        if dimension == "platform":
            found[group] = case.name_of(group)
        elif dimension == "kind":
            found[group] = KIND_NAMES.get(group, Text(str(group), str(group)))
        elif dimension == "weekday":
            found[group] = WEEKDAYS[int(group)] if group else Text("–", "–")
        elif dimension == "hour":
            found[group] = (
                Text(f"{int(group):02}:00", f"{int(group):02}.00") if group else Text("–", "–")
            )
        else:
            found[group] = Text(group or "–", group or "–")
    return found


def group_chart(
    case: Case, key: str, dimension: str, *, title: Text, kind: ChartKind = "bar",
    most: int = 12, says: Sentence | None = None, sort: bool = True, platform: str | None = None,
) -> Chart | None:  # fmt: skip
    """Return one bar per group of a dimension, the largest first; None when none is known."""
    # A post known only by its day has no hour; it would stand at midnight.
    exact = {"published_precision": ("minute",)} if dimension == "hour" else {}
    scope = case.scope(platforms=(platform,) if platform else (), filters=exact)
    facts = [f for f in case.facts([key], [case.period], by=(dimension,), scope=scope)
             if f.figure.value is not None]  # fmt: skip
    if not facts:
        return None
    names = group_names(case, dimension, facts)
    place = (
        (lambda f: -(f.figure.value or 0))
        if sort
        else (lambda f: _rank(f.figure.group.get(dimension)))
    )
    facts = sorted(facts, key=place)[:most]
    numbers: tuple[Number | None, ...] = tuple(number_of(f) for f in facts)
    return Chart(
        key=f"{key}-by-{dimension}", title=title, kind=kind,
        categories=tuple(names[f.figure.group.get(dimension)] for f in facts),
        series=(Series(facts[0].metric.name, numbers),), unit=facts[0].metric.unit, says=says,
        currency=facts[0].figure.currency,
    )  # fmt: skip


def _rank(group: str | None) -> float:
    return float(group) if group and group.isdigit() else 99.0
