"""Brand and share of voice: how often people speak of us, how, and against whom."""

from __future__ import annotations

from tolok.base import Text

from ..page import Page
from ..sections import Part, Split, build_sections, keys_of

PARTS = (
    Part(Text("Mentions", "Sebutan"),
         ("mentions", "share_of_voice", "talk_of_brand_set", "mention_positive_ratio", "mention_net_sentiment",)),
    Part(Text("Known by whom we mean", "Dikenal sasaran kita"),
         ("audience_match", "survey_recall", "survey_recall_in_target", "branded_search_visits", "mean_daily_reach",)),
    Part(Text("Positioning", "Posisi merek"),
         ("wanted_attribute_share", "competitor_wanted_attribute_share", "attribute_advantage", "mention_attribute_density",)),
)  # fmt: skip
SPLITS = (
    Split("mentions", "platform", Text("Mentions by platform", "Sebutan per platform")),
    Split("mentions", "topic", Text("Mentions by topic", "Sebutan per topik")),
    Split("talk_of_brand_set", "subject", Text("Talk by brand", "Percakapan per merek")),
)

PAGE = Page(
    key="brand", order=90, build=build_sections(PARTS, SPLITS),
    title=Text("Brand and share of voice", "Merek dan pangsa percakapan"),
    question=Text("What do people say of us, and how loud are we?", "Apa kata orang tentang kita, dan seberapa terdengar?"),
    nothing=Text("No mention, survey or search of the brand has been read in yet.", "Belum ada sebutan, survei, atau pencarian merek yang masuk."),
    needs=keys_of(PARTS), follows=keys_of(PARTS),
    serves=("K9.1", "K9.2", "K9.3", "K9.4",),
)  # fmt: skip
