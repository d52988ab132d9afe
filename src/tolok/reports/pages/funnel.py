"""The funnel: from being seen to being bought from, stage by stage."""

from __future__ import annotations

from collections.abc import Iterable

from tolok.base import Text

from ..blocks import Block, Charts, Words
from ..case import Case
from ..narrative import Told
from ..page import Page
from ..parts import exceptions, history_chart, known, series_grid, tell

STAGES = (
    ("awareness", Text("Awareness", "Kesadaran merek"),
     ("views", "impressions", "mean_daily_reach", "followers_net", "mentions")),
    ("consideration", Text("Consideration", "Pertimbangan"),
     ("engagements", "interactions", "comments", "profile_visits")),
    ("conversion", Text("Conversion", "Konversi"),
     ("link_clicks", "social_sessions", "leads", "conversions", "social_conversion_rate",
      "cost_per_conversion")),
    ("loyalty", Text("Loyalty", "Loyalitas"),
     ("repeat_engagement_rate", "expected_lifetime_value", "positive_sentiment_ratio",
      "referrals")),
    ("advocacy", Text("Advocacy", "Advokasi"), ("shares", "virality_rate", "advocacy_posts")),
)  # fmt: skip


def tell_stages(case: Case) -> list[tuple[Text, list[Told]]]:
    """Return the judged figures of every stage that has any."""
    found = [(name, known(tell(case, k) for k in keys if case.has(k))) for _, name, keys in STAGES]
    return [(name, told) for name, told in found if told]


def _build(case: Case) -> Iterable[Block]:
    stages = tell_stages(case)
    found = exceptions([t for _, told in stages for t in told])
    if found:
        yield Words(tuple(t.sentence for t in found), is_answer=True)
    elif stages:
        yield Words(tuple(told[0].sentence for _, told in stages), is_answer=True)
    for name, told in stages:
        yield series_grid(case, told, title=name)
    if stages:
        yield Charts(tuple(history_chart(case, told[0]) for _, told in stages))


PAGE = Page(
    key="funnel", order=30, build=_build,
    title=Text("Funnel", "Corong pemasaran"),
    question=Text("Where do people drop off on the way to us?",
                  "Di mana orang berhenti dalam perjalanan menuju kita?"),
    nothing=Text("No stage of the funnel has figures yet.", "Belum ada tahap corong yang punya angka."),
    follows=tuple(k for _, _, keys in STAGES for k in keys), serves=("F1", "F2", "F3", "F4", "F5", "F6", "L5"),
)  # fmt: skip
