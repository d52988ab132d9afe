"""The business review: six to twelve charts, exceptions first."""

from __future__ import annotations

from collections.abc import Iterable

from tolok.base import Text

from ..blocks import Block, Charts, Words
from ..case import Case
from ..events import find_events
from ..narrative import Told, explain_change
from ..page import Page
from ..parts import RATES, exceptions, history_chart, known, tell
from ..sentence import Sentence

MOST, FEWEST, MOST_RATES = 12, 6, 3
OVERALL = ("engagements", "engagements_per_post", "posts_published", "followers_net", "comments",
           "shares", "social_sessions", "conversions", "ad_spend", "positive_sentiment_ratio",
           "first_response_median", "share_of_voice")  # fmt: skip
PER_PLATFORM = (
    RATES,
    ("interactions", "engagements"),
    ("views", "impressions", "post_views"),
    ("followers",),
)


def gather(case: Case) -> list[Told]:
    """Return every figure the review looks at, exceptions first, then the most telling."""
    told = known(tell(case, k) for k in OVERALL if case.has(k))
    for platform in dict.fromkeys(
        [*case.platforms_of("account_days"), *case.platforms_of("posts")]
    ):
        for keys in PER_PLATFORM:
            told += known(tell(case, k, platform=platform) for k in keys if case.has(k))[:1]
    found = exceptions(told)
    return [*found, *(t for t in told if t not in found)]


def _build(case: Case) -> Iterable[Block]:
    told = gather(case)
    if not told:
        return
    found = exceptions(told)
    shown = told[: max(FEWEST, min(MOST, len(found) + 4))]
    first = found or shown[:1]
    yield Words(tuple(t.sentence for t in first[:4]), is_answer=True)
    why = [*explain_change(case, "engagements", "platform"), *explain_change(case, "engagements", "kind"),
           *explain_change(case, "engagements", "campaign")]  # fmt: skip
    why += _explain_rates(case, found)
    why += find_events(case)
    if why:
        yield Words(
            tuple(why), Text("Why, as far as the data shows", "Sebabnya, sejauh terlihat di data")
        )
    yield Charts(tuple(history_chart(case, t) for t in shown))


def _explain_rates(case: Case, found: list[Told]) -> list[Sentence]:
    """Take apart the leading rate over platforms and types, and each rate that is out of the ordinary."""
    first = next((k for k in RATES if (f := case.fact(k)) and f.figure.value is not None), None)
    said = [s for d in ("platform", "kind", "campaign") if first
            for s in explain_change(case, first, d)]  # fmt: skip
    for told in found[:MOST_RATES]:
        platform = told.now.figure.group.get("platform")
        if platform and told.metric.key in RATES:
            said += explain_change(case, told.metric.key, "kind", platform=platform)
    return said


PAGE = Page(
    key="business_review", order=15, build=_build,
    title=Text("Business review", "Tinjauan bisnis"),
    question=Text("What is different, and why?", "Apa yang berbeda, dan mengapa?"),
    nothing=Text("There are no figures to review yet.", "Belum ada angka untuk ditinjau."),
    audience=("team", "boss"), serves=("K5.2", "W7"),
    follows=(*OVERALL, *(k for keys in PER_PLATFORM for k in keys)),
)  # fmt: skip
