"""Published benchmarks beside our figures: each with year, sample, region and definition.

A benchmark of another definition is not compared: it stands in a list of its own with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tolok.base import Period, Text
from tolok.metrics import Change, Engine, Figure, Metric, Scope, load_metrics
from tolok.metrics.benchmarks import (
    DEFINITIONS,
    Benchmark,
    benchmarks_of,
    compare_with,
    load_benchmarks,
)

from . import words

REGIONS: dict[str, Promise] = {
    "global": gettext_lazy("worldwide"),
    "US": gettext_lazy("United States"),
    "ID": gettext_lazy("Indonesia"),
}
SEGMENTS: dict[str, Promise] = {
    "all": gettext_lazy("All industries"),
    "alcohol": gettext_lazy("Alcohol"),
    "education": gettext_lazy("Education"),
    "fashion": gettext_lazy("Fashion"),
    "financial_services": gettext_lazy("Financial services"),
    "food_beverage": gettext_lazy("Food and drink"),
    "health_beauty": gettext_lazy("Health and beauty"),
    "higher_ed": gettext_lazy("Universities"),
    "home_decor": gettext_lazy("Home and furniture"),
    "influencers": gettext_lazy("Influencers"),
    "media": gettext_lazy("Media"),
    "nonprofits": gettext_lazy("Charities"),
    "retail": gettext_lazy("Retail"),
    "sports_teams": gettext_lazy("Sports teams"),
    "tech_software": gettext_lazy("Technology"),
    "travel": gettext_lazy("Travel"),
}
SAMPLES: dict[str, Text] = {
    text.en: text for text in (
        Text("2100 companies, 150 in each of 14 industries; over 4 million posts",
             "2100 perusahaan, 150 di masing-masing dari 14 industri; lebih dari 4 juta unggahan"),
        Text("2100 companies, 150 in each of 14 industries",
             "2100 perusahaan, 150 di masing-masing dari 14 industri"),
        Text("872 thousand Facebook and Instagram posts", "872 ribu unggahan Facebook dan Instagram"),
        Text("13474 campaigns", "13474 kampanye"),
        Text("70 million posts 2024-2025", "70 juta unggahan 2024-2025"),
        Text("2 million videos", "2 juta video"),
        Text("16446 US campaigns", "16446 kampanye di Amerika Serikat"),
        Text("726 campaigns", "726 kampanye"),
    )
}  # fmt: skip
# What people call "the engagement rate": benchmarks of it that mean something else are refused.
RATES = ("engagement_rate_by_reach", "engagement_rate_by_views", "engagement_rate_by_impressions")
_PREFIXES = ("leads:", "traffic:")


@dataclass(frozen=True)
class Compared:
    """A published figure beside ours: the difference, or why there is none."""

    metric: Metric
    platform: str
    ours: Figure | None
    benchmark: Benchmark
    change: Change


def segments_known() -> list[tuple[str, str]]:
    """Return the industries benchmarks are known of, all together first."""
    there = {b.segment for b in load_benchmarks()}
    return [(key, str(name)) for key, name in SEGMENTS.items() if key in there]


def read_published(
    engine: Engine, brand: str, period: Period, *, platforms: Sequence[str], segment: str = "all"
) -> list[Compared]:
    """Return what is published of the brand's platforms in an industry, the newest per figure."""
    wanted = [
        (metric, platform, benchmark)
        for metric in load_metrics().values() if metric.benchmark
        for platform in platforms
        for benchmark in _newest(metric, platform, segment)
    ]  # fmt: skip
    keys = [k for k in dict.fromkeys(m.key for m, _p, _b in wanted)
            if not engine.view.is_empty(load_metrics()[k].table)]  # fmt: skip
    figures = engine.figures(keys, [period], Scope(brand), by=("platform",)) if keys else []
    ours = {(f.metric, f.group.get("platform")): f for f in figures}
    return [
        _compared(metric, platform, ours.get((metric.key, platform)), benchmark, period=period)
        for metric, platform, benchmark in wanted
    ]


def compare_published(metric: Metric, platform: str, figure: Figure) -> list[Compared]:
    """Return what is published of a metric on a platform over all industries, beside a figure."""
    return [
        Compared(
            metric, platform, figure, one, compare_with(metric, figure, one, platform=platform)
        )
        for one in _newest(metric, platform, "all")
    ]


def _newest(metric: Metric, platform: str, segment: str) -> list[Benchmark]:
    """Return each publisher's newest figure."""
    found: dict[str, Benchmark] = {}
    for one in benchmarks_of(metric, platform):
        if _segment_of(one) == segment:
            found.setdefault(f"{one.publisher} {one.segment}", one)
    return list(found.values())


def _segment_of(benchmark: Benchmark) -> str:
    for prefix in _PREFIXES:
        if benchmark.segment.startswith(prefix):
            return benchmark.segment.removeprefix(prefix)
    return benchmark.segment


def _compared(
    metric: Metric, platform: str, ours: Figure | None, benchmark: Benchmark, *, period: Period
) -> Compared:
    figure = ours or Figure(metric.key, period, None, "unknown")
    change = compare_with(metric, figure, benchmark, platform=platform)
    return Compared(metric, platform, ours, benchmark, change)


def read_refused(
    figures: Sequence[tuple[Metric, str, Figure]], *, segment: str = "all"
) -> list[Compared]:
    """Return the published rates that must not stand beside our engagement rates, with reasons."""
    refused = []
    for metric, platform, figure in figures:
        for one in load_benchmarks():
            is_rate = "_er_" in one.definition or one.definition == "own_basis_median"
            if not (is_rate and one.is_fit and one.platform == platform):
                continue
            if _segment_of(one) != segment:
                continue
            change = compare_with(metric, figure, one, platform=platform)
            if change.reason is not None:
                refused.append(Compared(metric, platform, figure, one, change))
    newest: dict[tuple[str, str, str, str], Compared] = {}
    for each in sorted(refused, key=lambda c: c.benchmark.data_period):
        one = each.benchmark
        newest[each.metric.key, each.platform, one.publisher, one.definition] = each
    return list(newest.values())


def say_value(compared: Compared) -> str:
    """Return the published figure in the metric's unit."""
    value, benchmark = compared.benchmark.value, compared.benchmark
    if value is None:
        return benchmark.words
    currency = benchmark.unit if compared.metric.unit.kind == "money" else None
    return words.write_number(value, compared.metric, currency)


def say_source(benchmark: Benchmark) -> str:
    """Return who published it, when, and of which time: "Rival IQ 2025 (data of 2024)"."""
    if not benchmark.data_period:
        return f"{benchmark.publisher} {benchmark.report_year}"
    return _("%(publisher)s %(year)s (data of %(data)s)") % {
        "publisher": benchmark.publisher,
        "year": benchmark.report_year,
        "data": benchmark.data_period,
    }


def say_sample(benchmark: Benchmark) -> str:
    """Return how many it rests on, and where; "sample not stated" where the publisher is silent."""
    known = SAMPLES.get(benchmark.sample)
    sample = words.say(known) if known else benchmark.sample or _("sample not stated")
    region = REGIONS.get(benchmark.region, benchmark.region)
    return f"{sample} · {region}"


def say_definition(benchmark: Benchmark) -> str:
    """Return what the publisher's figure means."""
    return words.say(DEFINITIONS[benchmark.definition])


def say_meaning(benchmark: Benchmark) -> str:
    """Return what the figure means and, of adverts, with which aim they ran."""
    said = say_definition(benchmark)
    aims = {"leads:": _("adverts for leads"), "traffic:": _("adverts for visits")}
    aim = next((name for start, name in aims.items() if benchmark.segment.startswith(start)), "")
    return f"{said} · {aim}" if aim else said


def say_reason(compared: Compared) -> str:
    """Return why two figures are not compared; empty when they are."""
    change = compared.change
    return words.say(change.reason, **change.reason_data) if change.reason else ""
