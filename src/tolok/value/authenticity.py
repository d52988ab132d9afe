"""Authenticity of an influencer: five signals, each with its evidence, and their sum (K6.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tolok.base import Text

from .accounts import LOOKS_FAKE, Accounts, suspicion
from .arrays import Floats
from .comments import FEWEST_COMMENTS, read_habits
from .engagement import BANDS, FEWEST_POSTS, SizeBand, engagement_rate, evenness
from .growth import FEWEST_DAYS, find_jumps
from .signs import Amount, Part, Score, fill, grade

METHOD = "authenticity"
VERSION = "1"
FEWEST_ACCOUNTS = 50


@dataclass(frozen=True)
class InfluencerFacts:
    """What is known of an influencer's account; None where the source does not tell.

    `follower_days` is the follower count per day (nan where unknown), `engagement_days` the
    engagement of the same days, `likes` and `comment_counts` one number per recent post,
    `comments` their texts, `audience` profiles of a sample of followers.
    """

    platform: str
    followers: float | None = None
    follower_days: Floats | None = None
    engagement_days: Floats | None = None
    likes: Floats | None = None
    comment_counts: Floats | None = None
    comments: Sequence[str] | None = None
    audience: Accounts | None = None


_NAMES = {
    "growth": Text("Follower growth without jumps", "Pertumbuhan pengikut tanpa lonjakan"),
    "engagement": Text("Engagement fits the size", "Interaksi wajar untuk ukurannya"),
    "evenness": Text("Likes vary naturally", "Jumlah suka bervariasi wajar"),
    "comments": Text("Comments are people's own words", "Komentar berisi kata-kata sendiri"),
    "audience": Text("Followers look like people", "Pengikut tampak seperti orang sungguhan"),
}
_MOST = {"growth": 25, "engagement": 20, "evenness": 10, "comments": 20, "audience": 25}


def judge_authenticity(facts: InfluencerFacts, *, band: SizeBand | None = None) -> Score:
    """Judge an influencer's authenticity part by part; the score is the sum of the parts.

    `band` says what engagement is usual for a size; without one that of the platform is taken,
    where there is any. Signals are signs, not proof: show them with their evidence.
    """
    parts = (
        _judge_growth(facts),
        _judge_engagement(facts, band or BANDS.get(facts.platform)),
        _judge_evenness(facts),
        _judge_comments(facts),
        _judge_audience(facts),
    )
    return Score(parts, METHOD, VERSION)


def _said(key: str, share: float, *evidence: Text) -> Part:
    return Part(key, _NAMES[key], _MOST[key], round(share * _MOST[key], 1), evidence)


def _unsaid(key: str, reason: Text, **amounts: Amount) -> Part:
    return Part(key, _NAMES[key], _MOST[key], None, (), fill(reason, amounts))


def _judge_growth(facts: InfluencerFacts) -> Part:
    jumps = None if facts.follower_days is None else find_jumps(
        facts.follower_days, facts.engagement_days
    )  # fmt: skip
    if jumps is None or facts.follower_days is None:
        return _unsaid(
            "growth",
            Text(
                "Cannot say: fewer than {n} days of follower counts are known.",
                "Tidak bisa disebut: data jumlah pengikut kurang dari {n} hari.",
            ),
            n=Amount(FEWEST_DAYS),
        )
    days = Amount(int(np.isfinite(facts.follower_days).sum()))
    strange = [j for j in jumps if not j.is_explained]
    if not strange:
        calm = Text(
            "No unexplained jump in {n} days.", "Tidak ada lonjakan tanpa sebab dalam {n} hari."
        )
        return _said("growth", 1.0, fill(calm, {"n": days}))
    evidence = [
        fill(
            Text(
                "Day {day}: {gained} followers more within {days} days ({share} at once; {usual} "
                "would be usual), with no burst of engagement seen{lost}.",
                "Hari ke-{day}: bertambah {gained} pengikut dalam {days} hari ({share} sekaligus; "
                "biasanya {usual}), tanpa lonjakan interaksi{lost}.",
            ),
            {
                "day": Amount(j.day + 1),
                "gained": Amount(j.gained),
                "days": Amount(j.days),
                "share": Amount(j.share, is_share=True),
                "usual": Amount(round(j.usual)),
                "lost": _LOST if j.was_lost else "",
            },
        )
        for j in strange
    ]
    bought = sum(j.share * (1.5 if j.was_lost else 1.0) for j in strange)
    return _said("growth", grade(bought, best=0.0, worst=0.25), *evidence)


_LOST = Text(
    ", and half of them left again within 30 days", ", dan separuhnya pergi lagi dalam 30 hari"
)


def _judge_engagement(facts: InfluencerFacts, band: SizeBand | None) -> Part:
    if band is None:
        return _unsaid(
            "engagement",
            Text(
                "Cannot say: what is usual on this platform is not known; follow 30 like accounts.",
                "Tidak bisa disebut: ukuran wajar di platform ini belum ada; ikuti 30 akun sejenis.",
            ),
        )
    rate = None
    if facts.likes is not None and facts.comment_counts is not None and facts.followers:
        rate = engagement_rate(facts.likes, facts.comment_counts, facts.followers)
    if rate is None or facts.followers is None:
        return _unsaid("engagement", _FEW_POSTS, n=Amount(FEWEST_POSTS))
    distance = band.distance(facts.followers, rate)
    told = fill(
        Text(
            "Median engagement {rate} of followers; usual at this size is {usual} ({low} to "
            "{high}). Source: {source}.",
            "Median interaksi {rate} dari pengikut; wajarnya untuk ukuran ini {usual} ({low} "
            "sampai {high}). Sumber: {source}.",
        ),
        {
            "rate": Amount(rate, is_share=True),
            "usual": Amount(band.usual(facts.followers), is_share=True),
            "low": Amount(band.usual(facts.followers) * 10 ** (-2 * band.spread), is_share=True),
            "high": Amount(band.usual(facts.followers) * 10 ** (2 * band.spread), is_share=True),
            "source": band.source,
        },
    )
    return _said("engagement", grade(abs(distance), best=1.5, worst=3.0), told)


_FEW_POSTS = Text(
    "Cannot say: fewer than {n} posts with likes and comments are known.",
    "Tidak bisa disebut: kurang dari {n} unggahan yang suka dan komentarnya diketahui.",
)


def _judge_evenness(facts: InfluencerFacts) -> Part:
    spread = None if facts.likes is None else evenness(facts.likes)
    if spread is None:
        return _unsaid(
            "evenness",
            Text(
                "Cannot say: fewer than {n} posts with 30 likes or more are known.",
                "Tidak bisa disebut: kurang dari {n} unggahan dengan 30 suka atau lebih.",
            ),
            n=Amount(FEWEST_POSTS),
        )
    told = Text(
        "The middle half of the posts' likes spans {spread} of the median.",
        "Separuh tengah jumlah suka merentang {spread} dari mediannya.",
    )
    share = grade(spread, best=0.12, worst=0.03)
    return _said("evenness", share, fill(told, {"spread": Amount(spread, is_share=True)}))


def _judge_comments(facts: InfluencerFacts) -> Part:
    habits = None if facts.comments is None else read_habits(facts.comments)
    if habits is None:
        return _unsaid(
            "comments",
            Text(
                "Cannot say: fewer than {n} comments are known.",
                "Tidak bisa disebut: komentar yang diketahui kurang dari {n}.",
            ),
            n=Amount(FEWEST_COMMENTS),
        )
    text, times = habits.most_repeated
    told = fill(
        Text(
            "Of {n} comments {wordless} have no words; {repeated} of the others repeat another"
            "{example}.",
            "Dari {n} komentar, {wordless} tanpa kata; {repeated} dari sisanya mengulang komentar "
            "lain{example}.",
        ),
        {
            "n": Amount(habits.comments),
            "wordless": Amount(habits.wordless, is_share=True),
            "repeated": Amount(habits.repeated, is_share=True),
            "example": f" (“{text}” ×{times})" if times > 1 else "",
        },
    )
    own = grade(habits.repeated, best=0.15, worst=0.6)
    words = grade(habits.wordless, best=0.6, worst=0.95)
    return _said("comments", 0.7 * own + 0.3 * words, told)


def _judge_audience(facts: InfluencerFacts) -> Part:
    odds = np.zeros(0) if facts.audience is None else suspicion(facts.audience)
    odds = odds[np.isfinite(odds)]
    if len(odds) < FEWEST_ACCOUNTS:
        return _unsaid(
            "audience",
            Text(
                "Cannot say: fewer than {n} follower profiles are known.",
                "Tidak bisa disebut: profil pengikut yang diketahui kurang dari {n}.",
            ),
            n=Amount(FEWEST_ACCOUNTS),
        )
    fake = float((odds >= LOOKS_FAKE).mean())
    error = 1.64 * float(np.sqrt(max(fake * (1 - fake), 0.01) / len(odds)))
    told = Text(
        "{fake} (± {error}) of {n} follower profiles look empty or made by machine.",
        "{fake} (± {error}) dari {n} profil pengikut tampak kosong atau dibuat mesin.",
    )
    amounts = {
        "fake": Amount(fake, is_share=True),
        "error": Amount(error, is_share=True),
        "n": Amount(len(odds)),
    }
    return _said("audience", grade(fake, best=0.1, worst=0.5), fill(told, amounts))
