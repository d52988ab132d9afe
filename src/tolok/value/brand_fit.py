"""Fit of an influencer with the brand: topics, tone, past mentions, disclosure, audience (K6.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tolok.base import Text

from .disclosure import find_disclosure
from .loyalty import share_with_interval
from .signs import Amount, Part, Score, fill, grade

METHOD = "brand_fit"
VERSION = "1"
FEWEST_POSTS = 20
FEWEST_PAID = 3


@dataclass(frozen=True, slots=True)
class Tone:
    """How many posts sound negative, neutral, positive."""

    negative: int
    neutral: int
    positive: int

    @property
    def posts(self) -> int:
        """Return the number of posts."""
        return self.negative + self.neutral + self.positive


@dataclass(frozen=True, slots=True)
class PaidPost:
    """A post known to be paid for: its text, and whether the platform labels it as paid.

    `is_labelled` is None where the source does not tell.
    """

    text: str
    is_labelled: bool | None = None


@dataclass(frozen=True)
class FitFacts:
    """What is known of influencer and brand; None where it is not.

    `topics` counts the influencer's posts per topic (a post may have several) among `posts`;
    `brand_topics` gives the brand's topics with their weight. `brand_mentions` is the tone of
    posts that mention the brand, `competitor_mentions` counts those that mention a competitor,
    `paid_posts` are posts known to be paid for, by anyone. `audience` and `target` are shares of
    people by the same groups (country, age and so on).
    """

    posts: int | None = None
    topics: Mapping[str, int] | None = None
    brand_topics: Mapping[str, float] = field(default_factory=dict)
    tone: Tone | None = None
    brand_tone: Tone | None = None
    brand_mentions: Tone | None = None
    competitor_mentions: int | None = None
    paid_posts: Sequence[PaidPost] | None = None
    audience: Mapping[str, float] | None = None
    target: Mapping[str, float] | None = None


_NAMES = {
    "topics": Text("Topics", "Topik"),
    "tone": Text("Tone", "Nada"),
    "mentions": Text("Past mentions", "Sebutan sebelumnya"),
    "disclosure": Text("Paid content is disclosed", "Konten berbayar diungkapkan"),
    "audience": Text("Audience match", "Kecocokan audiens"),
}
_MOST = {"topics": 30, "tone": 15, "mentions": 20, "disclosure": 15, "audience": 20}


def judge_brand_fit(facts: FitFacts) -> Score:
    """Judge the fit part by part; the score is the sum of the parts that could be said."""
    parts = (
        _judge_topics(facts),
        _judge_tone(facts),
        _judge_mentions(facts),
        _judge_disclosure(facts),
        _judge_audience(facts),
    )
    return Score(parts, METHOD, VERSION)


def _said(key: str, share: float, evidence: Text, **amounts: Amount | str) -> Part:
    told = fill(evidence, amounts)
    return Part(key, _NAMES[key], _MOST[key], round(share * _MOST[key], 1), (told,))


def _unsaid(key: str, reason: Text, **amounts: Amount) -> Part:
    return Part(key, _NAMES[key], _MOST[key], None, (), fill(reason, amounts))


_FEW_POSTS = Text(
    "Cannot say: fewer than {n} posts have been read.",
    "Tidak bisa disebut: unggahan yang terbaca kurang dari {n}.",
)


def _judge_topics(facts: FitFacts) -> Part:
    if facts.topics is None or facts.posts is None or facts.posts < FEWEST_POSTS:
        return _unsaid("topics", _FEW_POSTS, n=Amount(FEWEST_POSTS))
    if not facts.brand_topics or sum(facts.brand_topics.values()) <= 0:
        return _unsaid(
            "topics",
            Text(
                "Cannot say: the brand's topics have not been named.",
                "Tidak bisa disebut: topik merek belum ditentukan.",
            ),
        )
    ours, theirs = _shares(facts.brand_topics), _shares(facts.topics)
    overlap = sum(min(share, theirs.get(topic, 0.0)) for topic, share in ours.items())
    shared = sorted(ours, key=lambda t: -theirs.get(t, 0.0))[:3]
    named = ", ".join(f"{t} ({facts.topics.get(t, 0)})" for t in shared if facts.topics.get(t))
    return _said(
        "topics",
        grade(overlap, best=0.5, worst=0.0),
        Text(
            "{overlap} of topics are shared over {n} posts: {named}.",
            "{overlap} topik beririsan dari {n} unggahan: {named}.",
        ),
        overlap=Amount(overlap, is_share=True),
        n=Amount(facts.posts),
        named=named or "–",
    )


def _shares(amounts: Mapping[str, float]) -> dict[str, float]:
    total = sum(amounts.values())
    return {k: v / total for k, v in amounts.items()} if total > 0 else {}


def _judge_tone(facts: FitFacts) -> Part:
    tone, ours = facts.tone, facts.brand_tone
    if tone is None or ours is None or min(tone.posts, ours.posts) < FEWEST_POSTS:
        return _unsaid("tone", _FEW_POSTS, n=Amount(FEWEST_POSTS))
    pairs = (
        (tone.negative, ours.negative),
        (tone.neutral, ours.neutral),
        (tone.positive, ours.positive),
    )
    apart = sum(abs(a / tone.posts - b / ours.posts) for a, b in pairs) / 2
    return _said(
        "tone",
        grade(apart, best=0.1, worst=0.6),
        Text(
            "{negative} of the influencer's posts sound negative and {positive} positive; of the "
            "brand's {our_negative} and {our_positive}.",
            "{negative} unggahan influencer bernada negatif dan {positive} positif; unggahan "
            "merek {our_negative} dan {our_positive}.",
        ),
        negative=Amount(tone.negative / tone.posts, is_share=True),
        positive=Amount(tone.positive / tone.posts, is_share=True),
        our_negative=Amount(ours.negative / ours.posts, is_share=True),
        our_positive=Amount(ours.positive / ours.posts, is_share=True),
    )


def _judge_mentions(facts: FitFacts) -> Part:
    """Start at half; own mentions move it by their tone, a competitor's draw it down."""
    told, posts = facts.brand_mentions, facts.posts
    if told is None or facts.competitor_mentions is None or posts is None or posts < FEWEST_POSTS:
        return _unsaid("mentions", _FEW_POSTS, n=Amount(FEWEST_POSTS))
    share = 0.5
    if told.posts:
        share += 0.5 * (told.positive - told.negative) / (told.posts + 1)
    share -= 0.5 * grade(facts.competitor_mentions / posts, best=0.2, worst=0.0)
    return _said(
        "mentions",
        min(max(share, 0.0), 1.0),
        Text(
            "In {n} posts the brand was mentioned {ours} times ({positive} positive, {negative} "
            "negative), competitors {theirs} times.",
            "Dalam {n} unggahan, merek disebut {ours} kali ({positive} positif, {negative} "
            "negatif), pesaing {theirs} kali.",
        ),
        n=Amount(posts),
        ours=Amount(told.posts),
        positive=Amount(told.positive),
        negative=Amount(told.negative),
        theirs=Amount(facts.competitor_mentions),
    )


def _judge_disclosure(facts: FitFacts) -> Part:
    paid = facts.paid_posts or ()
    if len(paid) < FEWEST_PAID:
        return _unsaid(
            "disclosure",
            Text(
                "Cannot say: fewer than {n} paid posts are known.",
                "Tidak bisa disebut: unggahan berbayar yang diketahui kurang dari {n}.",
            ),
            n=Amount(FEWEST_PAID),
        )
    told = sum(bool(p.is_labelled) or find_disclosure(p.text) is not None for p in paid)
    interval = share_with_interval(told, len(paid))
    low = interval.low if interval else 0.0
    return _said(
        "disclosure",
        told / len(paid),
        Text(
            "{told} of {n} known paid posts say so (at least {low} with 95 % confidence).",
            "{told} dari {n} unggahan berbayar menyatakannya (sedikitnya {low} dengan keyakinan "
            "95 %).",
        ),
        told=Amount(told),
        n=Amount(len(paid)),
        low=Amount(low, is_share=True),
    )


def _judge_audience(facts: FitFacts) -> Part:
    if not facts.audience or not facts.target:
        return _unsaid(
            "audience",
            Text(
                "Cannot say: the influencer's audience or your target audience is not known.",
                "Tidak bisa disebut: audiens influencer atau target audiens Anda belum diketahui.",
            ),
        )
    theirs, ours = _shares(facts.audience), _shares(facts.target)
    overlap = sum(min(share, theirs.get(group, 0.0)) for group, share in ours.items())
    return _said(
        "audience",
        grade(overlap, best=0.8, worst=0.1),
        Text(
            "{overlap} of the audience overlaps with the target audience.",
            "{overlap} audiens beririsan dengan target audiens.",
        ),
        overlap=Amount(overlap, is_share=True),
    )
