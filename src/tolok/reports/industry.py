"""Published medians beside our figures: only of the very same definition, with year, sample, region."""

from __future__ import annotations

from collections.abc import Iterable

from tolok.base import PERCENT_POINTS, Text
from tolok.metrics import Metric, load_metrics
from tolok.metrics.benchmarks import (
    DEFINITIONS,
    Benchmark,
    benchmarks_of,
    compare_with,
    load_benchmarks,
)

from .blocks import Block, Cell, Column, Grid, Words
from .case import Case, is_told
from .number import Fact, Number, number_of
from .parts import RATES
from .sentence import Filling, Sentence

# What came from memory or a doubtful copy is not laid beside anybody's figure.
_TRUSTED = ("page", "extraction")
_MOST_ROWS, _MOST_REFUSED = 10, 3
ALL = Text("all industries", "semua industri")
REGIONS = {
    "global": Text("worldwide", "seluruh dunia"),
    "US": Text("United States", "Amerika Serikat"),
}
SAMPLES = {
    "": Text("sample not told", "sampel tidak disebut"),
    "2100 companies, 150 in each of 14 industries; over 4 million posts": Text(
        "2100 companies, 150 in each of 14 industries; over 4 million posts",
        "2100 perusahaan, 150 di masing-masing dari 14 industri; lebih dari 4 juta unggahan"),
    "2100 companies, 150 in each of 14 industries": Text(
        "2100 companies, 150 in each of 14 industries", "2100 perusahaan, 150 di masing-masing dari 14 industri"),
    "70 million posts 2024-2025": Text("70 million posts 2024-2025", "70 juta unggahan 2024-2025"),
    "16446 US campaigns": Text("16446 campaigns", "16446 kampanye"),
}  # fmt: skip
_SAID = Text("{metric} on {platform}: ours {ours}, the published one of {publisher} {theirs}, a difference of {gap}.",
             "{metric} di {platform}: kita {ours}, angka terbitan {publisher} {theirs}, selisih {gap}.")  # fmt: skip
_REFUSED = Text(
    "{metric} on {platform} ({ours}) is {why}.", "{metric} di {platform} ({ours}) {why}."
)
TITLE = Text("Published in the industry", "Angka terbitan industri")
REFUSED_TITLE = Text("Not laid beside each other", "Tidak disandingkan")


def industry_blocks(case: Case, *, is_answer: bool = False) -> Iterable[Block]:
    """Yield our figures beside published ones, and those that are refused with the reason.

    They are the answer of the page (`is_answer`) where no competitor is watched.
    """
    rows = list(_rows(case))[:_MOST_ROWS]
    if rows:
        yield Words(tuple(_say(case, *row) for row in rows[:2]), TITLE, is_answer)
        yield Grid(_COLUMNS, tuple(_cells(case, *row) for row in rows))
    refused = tuple(_refusals(case))[:_MOST_REFUSED]
    if refused:
        yield Words(refused, REFUSED_TITLE)


_COLUMNS = (
    Column(Text("Metric", "Metrik"), "left", 3), Column(Text("Platform", "Platform"), "left"),
    Column(Text("ours", "kita")), Column(Text("published", "terbitan")),
    Column(Text("Source, year, industry, sample, region", "Sumber, tahun, industri, sampel, wilayah"), "left", 4),
)  # fmt: skip
Row = tuple[Fact, Benchmark, str]


def _rows(case: Case) -> Iterable[Row]:
    """Yield each figure with the newest benchmark of its own definition, per publisher."""
    segments = tuple(dict.fromkeys(s for s in (case.profile.industry, "all") if s))
    for metric in load_metrics().values():
        if metric.benchmark not in DEFINITIONS or not case.has(metric.key):
            continue
        for platform in case.platforms_of(metric.table):
            fact = case.fact(metric.key, scope=case.scope(platforms=(platform,)))
            if fact is not None and fact.figure.value is not None:
                yield from ((fact, one, platform) for one in _fitting(fact, platform, segments))


def _fitting(fact: Fact, platform: str, segments: tuple[str, ...]) -> Iterable[Benchmark]:
    seen: set[tuple[str, str]] = set()
    for segment in segments:
        for one in benchmarks_of(fact.metric, platform, segment=segment):
            told = compare_with(fact.metric, fact.figure, one, platform=platform)
            if one.trust not in _TRUSTED or told.difference is None:
                continue
            if (one.publisher, one.segment) not in seen:
                yield one
            seen.add((one.publisher, one.segment))


def _cells(case: Case, fact: Fact, one: Benchmark, platform: str) -> tuple[Cell, ...]:
    said = describe(one)
    name = case.name_of(platform)
    return fact.metric.name, name, number_of(fact), _published(fact, one), said


def _published(fact: Fact, one: Benchmark) -> Number:
    return Number(one.value, fact.metric.unit, "benchmark", (one,), fact.figure.currency)


def describe(one: Benchmark) -> Text:
    """Return where a published figure comes from: publisher, definition, year, industry, sample, region."""
    sample, region = SAMPLES.get(one.sample), REGIONS.get(one.region)
    segment = ALL if one.segment == "all" else Text(one.segment, one.segment)
    told = [
        [one.publisher, DEFINITIONS[one.definition].say(x), one.data_period or one.report_year, segment.say(x),
         sample.say(x) if sample else one.sample, region.say(x) if region else one.region]
        for x in ("en", "id")
    ]  # type: ignore[misc]  # fmt: skip
    return Text(" · ".join(told[0]), " · ".join(told[1]))


def _say(case: Case, fact: Fact, one: Benchmark, platform: str) -> Sentence:
    value, theirs = fact.figure.value or 0.0, one.value or 0.0
    unit = PERCENT_POINTS if fact.metric.unit.key == "ratio" else fact.metric.unit
    gap = Number(value - theirs, unit, "gap", (fact, one), fact.figure.currency)
    data: dict[str, Filling] = {
        "metric": fact.metric.name, "platform": case.name_of(platform), "ours": number_of(fact),
        "publisher": one.publisher, "theirs": _published(fact, one), "gap": gap,
    }  # fmt: skip
    return Sentence(_SAID, data)


def _refusals(case: Case) -> Iterable[Sentence]:
    """Yield, for the leading rate of each platform, why a published figure is not laid beside it."""
    for platform in case.platforms_of("posts"):
        fact = next((f for key in RATES if (f := case.fact_on(key, case.period, platform)) is not None
                     and is_told(f.figure) and f.figure.value is not None), None)  # fmt: skip
        one = (
            next((b for b in load_benchmarks() if _is_other(b, platform, fact.metric)), None)
            if fact
            else None
        )
        if fact is None or one is None:
            continue
        told = compare_with(fact.metric, fact.figure, one, platform=platform)
        if told.reason is None:
            continue
        why = Text(*(told.reason.say(x, **told.reason_data) for x in ("en", "id")))  # type: ignore[arg-type]
        yield Sentence(_REFUSED, {"metric": fact.metric.name, "platform": case.name_of(platform),
                                  "ours": number_of(fact), "why": why}, also=(one,), mood="quiet")  # fmt: skip


def _is_other(one: Benchmark, platform: str, metric: Metric) -> bool:
    return (
        one.platform == platform and one.segment == "all" and one.is_fit and one.trust in _TRUSTED
        and "_er_" in one.definition and one.definition != metric.benchmark
    )  # fmt: skip
