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

MOST, FEWEST = 12, 6
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
    why += find_events(case)
    if why:
        yield Words(
            tuple(why), Text("Why, as far as the data shows", "Sebabnya, sejauh terlihat di data")
        )
    yield Charts(tuple(history_chart(case, t) for t in shown))


PAGE = Page(
    key="business_review", order=15, build=_build,
    title=Text("Business review", "Tinjauan bisnis"),
    question=Text("What is different, and why?", "Apa yang berbeda, dan mengapa?"),
    nothing=Text("There are no figures to review yet.", "Belum ada angka untuk ditinjau."),
    audience=("team", "boss"), serves=("K5.2", "W7"),
    follows=(*OVERALL, *(k for keys in PER_PLATFORM for k in keys)),
)  # fmt: skip
