"""Comments that repeat themselves or could stand under anything."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

FEWEST_COMMENTS = 30

_MENTION = re.compile(r"@\w[\w.]*|https?://\S+")
_REPEATED = re.compile(r"(.)\1{2,}")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class CommentHabits:
    """How alike the comments under an account's posts are.

    `repeated` is the share of comments with words whose text another comment has as well,
    `wordless` the share without any word (emoji or a mention only), `most_repeated` the commonest
    text and how often it stands there.
    """

    comments: int
    repeated: float
    wordless: float
    most_repeated: tuple[str, int]


def plain_text(comment: str) -> str:
    """Return a comment's words only: lower case, no mentions, links, signs, drawn-out letters."""
    text = _MENTION.sub(" ", unicodedata.normalize("NFKC", comment).lower())
    kept = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in text)
    # A lone variation selector is a mark of emoji, not a word.
    words = [w for w in kept.split() if any(c.isalnum() for c in w)]
    return _SPACE.sub(" ", _REPEATED.sub(r"\1", " ".join(words)))


def read_habits(comments: Sequence[str]) -> CommentHabits | None:
    """Read the habits of comments; None for fewer than 30."""
    if len(comments) < FEWEST_COMMENTS:
        return None
    plain = [plain_text(c) for c in comments]
    texts = Counter(p for p in plain if p)
    worded = sum(texts.values())
    repeated = sum(n for n in texts.values() if n > 1)
    return CommentHabits(
        comments=len(comments),
        repeated=repeated / worded if worded else 0.0,
        wordless=1 - worded / len(comments),
        most_repeated=texts.most_common(1)[0] if texts else ("", 0),
    )
