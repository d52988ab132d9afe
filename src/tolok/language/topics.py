"""What a set of comments is about: words that stand out, and clusters a person can name.

Words stand out by log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008),
clusters come from k-means over the leading directions of weighted word counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import svds

from .words import read_table

Doubles = npt.NDArray[np.float64]
_WORD = re.compile(r"#?[^\W\d_][\w'-]*")
_CLEAN = re.compile(r"https?://\S+|@[\w.]+")
STRENGTH = 500.0


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word or pair of words that stands out: its z-score, and in how many texts it stands."""

    word: str
    score: float
    texts: int


@dataclass(frozen=True, slots=True)
class Topic:
    """A cluster of comments: its suggested name, keywords, rows, and the rows nearest its centre."""

    name: str
    keywords: tuple[Keyword, ...]
    rows: tuple[int, ...]
    examples: tuple[int, ...]


@lru_cache(maxsize=1)
def load_stopwords() -> frozenset[str]:
    """Return the words that carry no topic."""
    return frozenset(word for _, rest in read_table("stopwords.txt") for word in rest.split())


def list_terms(text: str) -> list[str]:
    """Return the words and pairs of neighbouring words of a text that may name a topic."""
    words = _WORD.findall(_CLEAN.sub(" ", text.lower()))
    stop = load_stopwords()
    fit = [w if len(w) > 2 and w not in stop else "" for w in words]
    pairs = [f"{a} {b}" for a, b in pairwise(fit) if a and b and a != b]
    return [w for w in fit if w] + pairs


def find_keywords(
    texts: Sequence[str],
    background: Sequence[str] = (),
    *,
    top: int = 10,
    least: int = 3,
    exclude: Sequence[str] = (),
) -> list[Keyword]:
    """Return the terms that stand out in the texts against the background, strongest first.

    `least` is the number of texts a term must stand in; `exclude` names words to leave out, such
    as the brand's own name. Without a background the most widespread terms come first, and their
    score is the number of texts.
    """
    here = _count_texts(texts)
    banned = {word.lower() for word in exclude}
    kept = {t: n for t, n in here.items() if n >= least and t not in banned and not _has(t, banned)}
    if background:
        scores = score_terms(here, _count_texts(background))
        found = [Keyword(t, scores[t], n) for t, n in kept.items() if scores[t] > 1.96]
    else:
        found = [Keyword(t, float(n), n) for t, n in kept.items()]
    found.sort(key=lambda k: (-k.score, k.word))
    return _drop_parts(found, top)


def _has(term: str, banned: set[str]) -> bool:
    return any(part in banned for part in term.split())


def _count_texts(texts: Sequence[str]) -> Counter[str]:
    return Counter(term for text in texts for term in set(list_terms(text)))


def score_terms(here: Counter[str], there: Counter[str]) -> dict[str, float]:
    """Return the z-score of each term of `here` against `there`."""
    both = here + there
    # A prior of a tenth of the words at hand: with few comments a larger one hides everything.
    strength = min(STRENGTH, 0.1 * sum(both.values()))
    share = strength / max(sum(both.values()), 1)
    many, others = sum(here.values()), sum(there.values())
    scores: dict[str, float] = {}
    for term, count in here.items():
        prior = max(both[term] * share, 0.01)
        ours, theirs = count + prior, there.get(term, 0) + prior
        odds = np.log(ours / (many + strength - ours)) - np.log(
            theirs / (others + strength - theirs)
        )
        scores[term] = float(odds / np.sqrt(1 / ours + 1 / theirs))
    return scores


def _drop_parts(found: list[Keyword], top: int) -> list[Keyword]:
    """Return the first keywords without single words that mostly stand inside a kept pair."""
    pairs = [k for k in found[: top * 3] if " " in k.word]
    inside = {
        w
        for k in pairs
        for w in k.word.split()
        for o in found[: top * 3]
        if o.word == w and k.texts >= 0.7 * o.texts
    }
    return [k for k in found if k.word not in inside][:top]


def find_topics(
    texts: Sequence[str], count: int | None = None, *, least: int = 5, seed: int = 0
) -> list[Topic]:
    """Return clusters of the texts, largest first, each named by its strongest keywords.

    Texts without a word that may name a topic belong to none. Fewer than `least` texts with words
    in common give no topic at all. `count` is the number of clusters, by default grown with the
    root of the number of texts, 2 to 12.
    """
    matrix, rows = _weigh(texts)
    if len(rows) < 2 * least:
        return []
    wanted = count or int(np.clip(np.sqrt(len(rows) / 8), 2, 12))
    places = _reduce(matrix, max(2, min(32, 4 * wanted)), seed)
    named, centres = cluster(places, min(wanted, len(rows)), seed)
    topics: list[Topic] = []
    for code in range(len(centres)):
        at = np.flatnonzero(named == code)
        if len(at) >= least:
            topics.append(_describe(texts, rows, at, places @ centres[code]))
    return sorted([t for t in topics if t.keywords], key=lambda t: (-len(t.rows), t.name))


def _weigh(texts: Sequence[str]) -> tuple[csr_matrix, list[int]]:
    """Return tf-idf rows of unit length of the texts that have shared terms, and their places."""
    lists = [sorted(set(list_terms(text))) for text in texts]
    spread = Counter(term for terms in lists for term in terms)
    most = max(0.5 * len(texts), 10)
    place = {t: k for k, t in enumerate(sorted(t for t, n in spread.items() if 2 <= n <= most))}
    rows = [r for r, terms in enumerate(lists) if any(t in place for t in terms)]
    pointer, columns, values = [0], [], []
    for row in rows:
        known = [t for t in lists[row] if t in place]
        weights = np.array([np.log(len(texts) / spread[t]) for t in known])
        columns += [place[t] for t in known]
        values += list(weights / max(float(np.linalg.norm(weights)), 1e-9))
        pointer.append(len(columns))
    return csr_matrix((values, columns, pointer), shape=(len(rows), max(len(place), 1))), rows


def _reduce(matrix: csr_matrix, size: int, seed: int) -> Doubles:
    """Return unit rows along the leading directions of the matrix."""
    size = min(size, min(matrix.shape) - 1)
    if size < 1:
        return np.asarray(matrix.todense())
    start = np.random.default_rng(seed).normal(size=min(matrix.shape))
    left, strength, _ = svds(matrix, k=size, v0=start)
    places = left * strength
    return places / np.maximum(np.linalg.norm(places, axis=1, keepdims=True), 1e-9)


def cluster(places: Doubles, count: int, seed: int) -> tuple[npt.NDArray[np.int64], Doubles]:
    """Return the cluster of each unit row and the centres: spherical k-means, best of five."""
    chance = np.random.default_rng(seed)
    best: tuple[float, npt.NDArray[np.int64], Doubles] | None = None
    for _ in range(5):
        named, centres, fit = _cluster_once(places, count, chance)
        if best is None or fit > best[0]:
            best = (fit, named, centres)
    return (best[1], best[2]) if best else (np.zeros(0, dtype=np.int64), places)


def _cluster_once(
    places: Doubles, count: int, chance: np.random.Generator
) -> tuple[npt.NDArray[np.int64], Doubles, float]:
    centres = places[[int(chance.integers(len(places)))]]
    while len(centres) < count:
        away = np.maximum(1 - (places @ centres.T).max(axis=1), 0) + 1e-9
        centres = np.vstack([centres, places[int(chance.choice(len(places), p=away / away.sum()))]])
    named = np.full(len(places), -1)
    for _ in range(40):
        near = places @ centres.T
        new = near.argmax(axis=1)
        if (new == named).all():
            break
        named = new
        sums = np.stack([places[named == k].sum(axis=0) for k in range(count)])
        centres = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    return named, centres, float(near.max(axis=1).sum())


def _describe(
    texts: Sequence[str], rows: Sequence[int], at: npt.NDArray[np.int64], near: Doubles
) -> Topic:
    inside = set(at.tolist())
    ours = [texts[rows[k]] for k in at]
    others = [texts[row] for k, row in enumerate(rows) if k not in inside]
    keywords = find_keywords(ours, others, top=6, least=2)
    nearest = at[np.argsort(-near[at], kind="stable")][:3]
    return Topic(
        ", ".join(k.word for k in keywords[:3]),
        tuple(keywords),
        tuple(rows[k] for k in at),
        tuple(rows[k] for k in nearest),
    )
