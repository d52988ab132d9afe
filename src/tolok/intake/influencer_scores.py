"""Authenticity and fit of influencers (K6.3): what the lake knows of them becomes scores with parts.

A score stands only for the parts that could be said; what cannot be said stays empty, never 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from tolok.lake import Lake, LakeView, Origin
from tolok.language import label_texts
from tolok.value import (
    FitFacts,
    InfluencerFacts,
    PaidPost,
    Part,
    Score,
    Tone,
    find_disclosure,
    judge_authenticity,
    judge_brand_fit,
)

from .labels import moment_now
from .topics import BrandTopics

SOURCE = "influencer_scores"
# Which parts of the scores each column of the table gathers.
_COLUMNS = {
    "audience_score": ("growth", "audience"),
    "engagement_score": ("engagement", "evenness", "comments"),
    "topic_fit": ("topics",),
    "tone_fit": ("tone",),
}


@dataclass(frozen=True)
class Judged:
    """One partnership's two scores, each with its parts, evidence and what could not be said."""

    partnership: str
    influencer: str
    authenticity: Score
    fit: Score

    @property
    def columns(self) -> dict[str, float | None]:
        """Return the four figures of the table, 0 to 1; None where nothing can be said."""
        parts = {p.key: p for p in self.authenticity.parts}
        fit = {p.key: p for p in self.fit.parts}
        return {
            name: share_of([(fit if name.endswith("_fit") else parts)[k] for k in keys])
            for name, keys in _COLUMNS.items()
        }


def share_of(parts: Sequence[Part]) -> float | None:
    """Return points over the most the said parts could give; None where none could be said."""
    said = [p for p in parts if p.points is not None]
    return sum(p.points or 0.0 for p in said) / sum(p.most for p in said) if said else None


def score_partnerships(
    lake: Lake, brand: str, topics: BrandTopics | None = None
) -> tuple[Judged, ...]:
    """Judge the influencers of the brand's partnerships and write their scores as facts.

    Reads the influencers' days, posts and the comments under them; disclosure is looked for in
    the captions of the partnership's deliverables and written there too.
    """
    view = LakeView(lake)
    found = view.table("partnerships").filter(lambda t: (t.brand == brand) & t.influencer.notnull())
    partners = found.order_by("partnership").to_pyarrow().to_pylist()
    ours = _rows(view, "accounts", brand, relation="own")
    own = _captions([p for a in ours for p in _posts(view, brand, a["account"])])
    judged = tuple(_judge(view, brand, p, own, topics or BrandTopics()) for p in partners)
    if judged:
        rows = [_row(p, j, brand) for p, j in zip(partners, judged, strict=True)]
        facts = {"partnerships": _table(rows)}
        disclosed = _disclosures(view, brand)
        if disclosed:
            facts["deliverables"] = _table(disclosed)
        note = {"rows": {k: t.num_rows for k, t in facts.items()}}
        lake.write(facts, Origin(source=SOURCE, brand=brand, note=note))
    return judged


def _table(rows: list[dict[str, Any]]) -> pa.Table:
    table = pa.table({name: [r[name] for r in rows] for name in rows[0]})
    return table.append_column("observed_at", pa.repeat(moment_now(), len(rows)))


def _row(partner: dict[str, Any], judged: Judged, brand: str) -> dict[str, Any]:
    version = f"{judged.authenticity.method} {judged.authenticity.version}, {judged.fit.method} {judged.fit.version}"
    return {"brand": brand, "partnership": partner["partnership"], "agreed_on": partner["agreed_on"],
            **judged.columns, "score_version": version}  # fmt: skip


def _judge(
    view: LakeView, brand: str, partner: dict[str, Any], own: list[str], topics: BrandTopics
) -> Judged:
    account = partner["influencer"]
    days = _rows(view, "account_days", brand, account=account)
    posts = _posts(view, brand, account)
    days.sort(key=lambda r: r["day"])
    posts.sort(key=lambda r: str(r["published_at"]), reverse=True)
    followers = [r["followers"] for r in days if r["followers"] is not None]
    facts = InfluencerFacts(
        platform=partner["platform"] or account.split(":", 1)[0],
        followers=followers[-1] if followers else None,
        follower_days=_numbers([r["followers"] for r in days]) if followers else None,
        engagement_days=_numbers([r["interactions"] for r in days]) if followers else None,
        likes=_numbers([r["likes"] for r in posts]) if posts else None,
        comment_counts=_numbers([r["comments"] for r in posts]) if posts else None,
        comments=_comments(view, brand, [r["post"] for r in posts]) or None,
    )
    theirs = _captions(posts)
    fit = FitFacts(
        posts=len(theirs), topics=_count_topics(topics, theirs),
        brand_topics=_count_topics(topics, own), tone=_tone(theirs), brand_tone=_tone(own),
        paid_posts=[PaidPost(c) for c in _paid(view, brand, partner["partnership"])] or None,
    )  # fmt: skip
    return Judged(partner["partnership"], account, judge_authenticity(facts), judge_brand_fit(fit))


def _rows(view: LakeView, key: str, brand: str, **where: str) -> list[dict[str, Any]]:
    rows = view.table(key).filter(lambda t: t.brand == brand)
    for name, value in where.items():
        rows = rows.filter(rows[name] == value)
    return list(rows.to_pyarrow().to_pylist())


def _posts(view: LakeView, brand: str, account: str) -> list[dict[str, Any]]:
    return _rows(view, "posts", brand, account=account)


def _captions(posts: list[dict[str, Any]]) -> list[str]:
    return [text for p in posts if (text := p["caption"] or p["title"])]


def _numbers(values: list[Any]) -> Any:
    return np.array([np.nan if v is None else float(v) for v in values])


def _comments(view: LakeView, brand: str, posts: list[str]) -> list[str]:
    rows = view.table("interactions").filter(
        lambda t: (t.brand == brand) & t.post.isin(posts) & t.text.notnull()
        & (t.direction.fill_null("in") == "in")
    )  # fmt: skip
    return list(rows.order_by("interaction").text.to_pyarrow().to_pylist()) if posts else []


def _count_topics(topics: BrandTopics, texts: list[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for names in topics.find(texts):
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    return counts


def _tone(texts: list[str]) -> Tone | None:
    if not texts:
        return None
    said = label_texts(texts).sentiment
    return Tone(*(int((said == name).sum()) for name in ("negative", "neutral", "positive")))


def _paid(view: LakeView, brand: str, partnership: str) -> list[str]:
    posts = [
        d["post"] for d in _rows(view, "deliverables", brand, partnership=partnership) if d["post"]
    ]
    rows = [p for name in posts for p in _rows(view, "posts", brand, post=name)]
    return _captions(rows)


def _disclosures(view: LakeView, brand: str) -> list[dict[str, Any]]:
    """Return, for deliverables nobody looked at yet whose caption is known, whether they disclose.

    A platform's own label is not in the caption: a person's word on it stays.
    """
    found = []
    for row in _rows(view, "deliverables", brand):
        if row["post"] is None or row["is_disclosed"] is not None:
            continue
        captions = _captions(_rows(view, "posts", brand, post=row["post"]))
        if captions:
            found.append({"brand": brand, "deliverable": row["deliverable"],
                          "published_at": row["published_at"],
                          "is_disclosed": find_disclosure(captions[0]) is not None})  # fmt: skip
    return found
