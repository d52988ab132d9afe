"""Benchmarks as facts: published figures with definition, year, sample and region.

Publishers of “the engagement rate” differ by a factor of 27 on one network, because numerator,
denominator and centre differ. So a figure is compared only with a benchmark of the metric's own
definition; any other is refused with the reason.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tolok.base import Text

from .figure import Change, Figure
from .metric import Metric

DEFINITIONS: Mapping[str, Text] = {
    "median_post_er_public_by_followers": Text(
        "median over posts of (reactions or likes + comments + shares) / followers",
        "median antar unggahan dari (reaksi atau suka + komentar + dibagikan) / pengikut"),
    "mean_post_er_public_by_followers": Text(
        "mean over posts of (reactions or likes + comments + shares) / followers",
        "rata-rata antar unggahan dari (reaksi atau suka + komentar + dibagikan) / pengikut"),
    "mean_post_er_public_by_views": Text(
        "mean over posts of interactions without saves / views",
        "rata-rata antar unggahan dari interaksi tanpa simpan / tayangan"),
    "mean_post_er_likes_comments_by_followers": Text(
        "mean over posts of (likes + comments) / followers",
        "rata-rata antar unggahan dari (suka + komentar) / pengikut"),
    "median_post_er_by_impressions": Text(
        "median over posts of all engagements / impressions",
        "median antar unggahan dari semua interaksi / impresi"),
    "mean_post_er_by_impressions": Text(
        "mean over posts of all engagements / impressions",
        "rata-rata antar unggahan dari semua interaksi / impresi"),
    "own_basis_median": Text("median on a base the publisher does not open",
                             "median dengan dasar yang tidak dibuka penerbit"),
    "influencer_er_unstated": Text("engagement rate whose base is not stated",
                                   "tingkat interaksi tanpa dasar yang disebut"),
    "median_posts_per_week": Text("median of posts per week", "median unggahan per minggu"),
    "mean_post_reach_rate": Text("mean over posts of reach / followers",
                                 "rata-rata antar unggahan dari jangkauan / pengikut"),
    "mean_post_views": Text("mean of views per post", "rata-rata tayangan per unggahan"),
    "ad_ctr": Text("link clicks / impressions of adverts", "klik tautan / impresi iklan"),
    "ad_cpc": Text("spend / link clicks of adverts", "belanja / klik tautan iklan"),
    "ad_cvr": Text("results / link clicks of adverts", "hasil / klik tautan iklan"),
    "ad_cost_per_lead": Text("spend / leads of adverts", "belanja / prospek iklan"),
    "survey_statement": Text("what people said in a survey", "kata orang dalam survei"),
    "market_statement": Text("a statement about the market", "pernyataan tentang pasar"),
}  # fmt: skip
DIFFERENT = Text(
    "not comparable: {publisher} means {theirs}, this is {ours}",
    "tidak dapat dibandingkan: {publisher} memakai {theirs}, sedangkan ini {ours}",
)
NO_NUMBER = Text("no rate: {note}", "tanpa pembanding: {note}")
OTHER_CURRENCY = Text("not comparable: {theirs} against {ours}",
                      "tidak dapat dibandingkan: {theirs} dengan {ours}")  # fmt: skip
OTHER_PLATFORM = Text("not comparable: a benchmark of another platform",
                      "tidak dapat dibandingkan: tolok banding dari platform lain")  # fmt: skip
NOT_KNOWN = Text("our own figure is not known", "angka kita sendiri belum diketahui")
_RESTS_ON_NOTHING = "rests on almost no posts"


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One published figure; `definition` is a key of DEFINITIONS, `value` None when in words.

    `trust` tells how it came here: page (the publisher's), extraction (a public copy of it),
    memory, or low.
    """

    publisher: str
    report_year: str
    data_period: str
    platform: str
    region: str
    segment: str
    definition: str
    value: float | None
    words: str
    unit: str
    sample: str
    trust: str
    note: str

    @property
    def is_fit(self) -> bool:
        """Whether it may be shown as a number: it is one, and rests on more than almost nothing."""
        return self.value is not None and self.note != _RESTS_ON_NOTHING


@cache
def load_benchmarks() -> tuple[Benchmark, ...]:
    """Return every published figure, in the order of the file."""
    text = (files("tolok.metrics") / "data/benchmarks.csv").read_text(encoding="utf-8")
    return tuple(_benchmark(row) for row in csv.DictReader(text.splitlines()))


def benchmarks_of(
    metric: Metric, platform: str | None = None, *, segment: str | None = None
) -> tuple[Benchmark, ...]:
    """Return the benchmarks of the metric's own definition, newest data first."""
    found = [
        b for b in load_benchmarks()
        if b.definition == metric.benchmark and b.is_fit
        and platform in (None, b.platform) and segment in (None, b.segment)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda b: (b.data_period, b.report_year), reverse=True))


def compare_with(
    metric: Metric, figure: Figure, benchmark: Benchmark, *, platform: str | None = None
) -> Change:
    """Return how the figure stands against a benchmark, or why that must not be said.

    Refused when the definition, the platform or the currency differs, when the benchmark is no
    number or rests on almost nothing, and when the figure itself is not known.
    """
    if benchmark.definition != metric.benchmark:
        theirs = DEFINITIONS[benchmark.definition]
        data: Mapping[str, object] = {
            "publisher": benchmark.publisher, "theirs": theirs, "ours": metric.formula,
        }  # fmt: skip
        return Change(None, None, DIFFERENT, data)
    if not benchmark.is_fit or benchmark.value is None:
        return Change(None, None, NO_NUMBER, {"note": benchmark.note or benchmark.words})
    if platform is not None and benchmark.platform and platform != benchmark.platform:
        return Change(None, None, OTHER_PLATFORM)
    if metric.unit.kind == "money" and figure.currency != benchmark.unit:
        data = {"theirs": benchmark.unit, "ours": figure.currency or "?"}
        return Change(None, None, OTHER_CURRENCY, data)
    if figure.value is None:
        return Change(None, None, NOT_KNOWN)
    difference = figure.value - benchmark.value
    return Change(difference / benchmark.value if benchmark.value else None, difference)


def _benchmark(row: Mapping[str, str]) -> Benchmark:
    words = row["value"]
    try:
        value = float(words)
    except ValueError:
        value = None
    told = {k: v for k, v in row.items() if k != "value"}
    return Benchmark(**told, value=value, words=words)
