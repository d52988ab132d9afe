"""Community: how fast people are answered, what they feel, what they wish for."""

from __future__ import annotations

from tolok.base import Text

from ..page import Page
from ..sections import Part, Split, build_sections, keys_of

PARTS = (
    Part(Text("Response", "Respons"),
         ("first_response_median", "first_response_p90", "first_response_median_business", "response_rate", "sla_share", "unanswered_conversations",)),
    Part(Text("Resolution", "Penyelesaian"),
         ("resolved_conversations", "resolution_rate", "resolution_time_median", "reopen_rate", "service_recovery_rate",)),
    Part(Text("Sentiment", "Sentimen"),
         ("positive_sentiment_ratio", "net_sentiment", "negative_comment_share", "received_comments", "people_talking", "labelled_share",)),
    Part(Text("Wishes", "Keinginan"),
         ("feedback_items", "feedback_used_share", "repeat_engagement_rate", "friends_tagged", "review_rating",)),
)  # fmt: skip
SPLITS = (
    Split("conversations", "topic", Text("Conversations by topic", "Percakapan per topik")),
    Split("received_comments", "topic", Text("Comments by topic", "Komentar per topik")),
    Split("received_comments", "sentiment", Text("Comments by sentiment", "Komentar per sentimen")),
)

PAGE = Page(
    key="community", order=60, build=build_sections(PARTS, SPLITS),
    title=Text("Community", "Komunitas"),
    question=Text("Are people answered, and are they pleased?", "Apakah orang dijawab, dan apakah mereka senang?"),
    nothing=Text("No conversation or comment has been read in yet.", "Belum ada percakapan atau komentar yang masuk."),
    needs=keys_of(PARTS), follows=keys_of(PARTS),
    serves=("K2.2", "K3.2", "K3.3", "K3.4",),
)  # fmt: skip
