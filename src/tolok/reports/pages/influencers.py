"""Influencers: partnerships, what they brought, and how genuine they are."""

from __future__ import annotations

from tolok.base import Text

from ..page import Page
from ..sections import Part, build_sections, keys_of

PARTS = (
    Part(Text("Partnerships", "Kemitraan"),
         ("partnerships_established", "partnerships_standing", "deliverables_on_time", "disclosure_rate",)),
    Part(Text("What they brought", "Hasilnya"),
         ("collaboration_engagement_rate", "collaboration_against_usual", "collaboration_against_brand", "collaboration_reach", "collaboration_clicks", "collaboration_interactions", "collaboration_follows",)),
    Part(Text("Cost", "Biaya"),
         ("partnership_cost", "cost_per_collaboration_interaction",)),
    Part(Text("Genuine and fitting", "Keaslian dan kecocokan"),
         ("authenticity_and_fit", "audience_authenticity", "engagement_authenticity", "topic_fit", "tone_fit",)),
)  # fmt: skip

PAGE = Page(
    key="influencers", order=80, build=build_sections(PARTS),
    title=Text("Influencers", "Influencer"),
    question=Text("Are our partnerships genuine, and do they pay?", "Apakah kemitraan kita asli, dan apakah sepadan?"),
    nothing=Text("No partnership has been written down yet.", "Belum ada kemitraan yang dicatat."),
    needs=keys_of(PARTS), follows=keys_of(PARTS),
    serves=("K6.1", "K6.2", "K6.3", "K6.4",),
)  # fmt: skip
