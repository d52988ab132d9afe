"""Labels of texts: language, sentiment, confidence and doubt, for a whole batch at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .features import GRAM_WEIGHT, Features, read_features
from .model import LANGUAGES, SENTIMENTS, Floats, Model, load_shipped, softmax
from .tokens import Ints

BATCH = 4096
DOUBTS = ("", "low", "both", "irony", "empty")


@dataclass(frozen=True, slots=True)
class Label:
    """What the model says of one text.

    `language` is id, en, ms, jv, su, mixed or none; `sentiment` negative, neutral or positive;
    both confidences are probabilities. `doubt` says why a person should look: low (confidence),
    both (praise and blame), irony (praise beside trouble), empty (nothing to read), or is empty.
    """

    language: str
    language_confidence: float
    sentiment: str
    confidence: float
    doubt: str
    version: str

    @property
    def is_uncertain(self) -> bool:
        """True where a person should look before the label is believed."""
        return self.doubt != ""


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a batch as columns, one row per text in the order given.

    `probabilities` has the columns negative, neutral, positive.
    """

    language: npt.NDArray[np.str_]
    language_confidence: Floats
    sentiment: npt.NDArray[np.str_]
    confidence: Floats
    probabilities: Floats
    doubt: npt.NDArray[np.str_]
    version: str

    def __len__(self) -> int:
        return len(self.sentiment)

    def __getitem__(self, row: int) -> Label:
        return Label(
            str(self.language[row]),
            float(self.language_confidence[row]),
            str(self.sentiment[row]),
            float(self.confidence[row]),
            str(self.doubt[row]),
            self.version,
        )

    def __iter__(self) -> Iterator[Label]:
        return (self[row] for row in range(len(self)))


def label_texts(
    texts: Sequence[str],
    model: Model | None = None,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Labels:
    """Return the labels of the texts, in order; `progress` is told (done, all) after each batch."""
    chosen = model or load_shipped()
    weights = chosen.stack()
    parts: list[Labels] = []
    for start in range(0, max(len(texts), 1), BATCH):
        parts.append(_label_batch(texts[start : start + BATCH], chosen, weights))
        if progress is not None:
            progress(min(start + BATCH, len(texts)), len(texts))
    return _join(parts)


def _join(parts: list[Labels]) -> Labels:
    if len(parts) == 1:
        return parts[0]
    return Labels(
        np.concatenate([part.language for part in parts]),
        np.concatenate([part.language_confidence for part in parts]),
        np.concatenate([part.sentiment for part in parts]),
        np.concatenate([part.confidence for part in parts]),
        np.concatenate([part.probabilities for part in parts]),
        np.concatenate([part.doubt for part in parts]),
        parts[0].version,
    )


def _label_batch(texts: Sequence[str], model: Model, weights: Floats) -> Labels:
    features = read_features(texts)
    by_word = features.grams @ weights
    sizes = np.diff(features.grams.indptr)
    language, sure, english = name_languages(features, by_word[:, : len(LANGUAGES)], sizes, model)
    chances = judge(features, by_word[:, len(LANGUAGES) :], sizes, english, model)
    best = chances.argmax(axis=1)
    top = chances[np.arange(len(best)), best] if len(best) else np.zeros(0, np.float32)
    doubt = find_doubt(features, top, model)
    return Labels(language, sure, np.array(SENTIMENTS)[best], top, chances, doubt, model.version)


def sum_by(values: Floats, owners: Ints, count: int) -> Floats:
    """Return the sums of rows of `values` by owner; owners ascend."""
    total = np.zeros((count, values.shape[1]), dtype=np.float32)
    if len(owners):
        present, first = np.unique(owners, return_index=True)
        total[present] = np.add.reduceat(values, first, axis=0)
    return total


def name_languages(
    features: Features, scores: Floats, sizes: npt.NDArray[np.int32], model: Model
) -> tuple[npt.NDArray[np.str_], Floats, Floats]:
    """Return the language of each text, its confidence, and the chance that it is English."""
    owners, count = features.word_owners, len(features.letters)
    grams = np.bincount(owners, sizes, count)
    whole = sum_by(scores, owners, count) / np.sqrt(np.maximum(grams, 1))[:, None]
    heat = model.settings["language_heat"]
    chances = softmax(heat * (whole.astype(np.float32) + model.language.bias))
    best = chances.argmax(axis=1)
    names = np.array(LANGUAGES, dtype="<U5")[best]
    sure = chances[np.arange(count), best].astype(np.float32)
    share = share_english(scores, sizes, owners, count, model)
    low = model.settings["mixed_share"]
    mixed = (share >= low) & (share <= 1 - low) & (features.letters > 0)
    names[mixed] = "mixed"
    sure[mixed] = (1 - 2 * np.abs(share[mixed] - 0.5)).astype(np.float32)
    empty = features.letters < 2
    names[empty], sure[empty] = "none", 1.0
    blend = np.where(mixed, share, chances[:, 1]).astype(np.float32)
    return names, sure, blend


def share_english(
    scores: Floats, sizes: npt.NDArray[np.int32], owners: Ints, count: int, model: Model
) -> Floats:
    """Return the share of the letters of each text that stand in words judged English.

    A word is judged with half the weight of its neighbours, for single words are often shared.
    """
    if not len(owners):
        return np.zeros(count, dtype=np.float32)
    single = scores / np.sqrt(np.maximum(sizes, 1))[:, None] + model.language.bias
    others = np.delete(single, 1, axis=1).max(axis=1)
    lead = single[:, 1] - others
    same = owners[1:] == owners[:-1]
    around = lead.copy()
    around[1:] += 0.5 * np.where(same, lead[:-1], 0)
    around[:-1] += 0.5 * np.where(same, lead[1:], 0)
    english = np.bincount(owners, sizes * (around > 0), count)
    every = np.bincount(owners, sizes, count)
    return (english / np.maximum(every, 1)).astype(np.float32)


def judge(
    features: Features,
    scores: Floats,
    sizes: npt.NDArray[np.int32],
    english: Floats,
    model: Model,
) -> Floats:
    """Return the chances of negative, neutral, positive: both heads, mixed by language."""
    owners, count = features.word_owners, len(features.letters)
    grams = np.bincount(owners, sizes, count)
    scale = (GRAM_WEIGHT / np.sqrt(np.maximum(grams, 1))).astype(np.float32)[:, None]
    letters = sum_by(scores, owners, count) * scale
    words = features.words @ np.hstack([model.local.weights, model.english.weights])
    logits = letters + words
    local = model.settings["local_heat"] * (logits[:, :3] + model.local.bias)
    foreign = model.settings["english_heat"] * (logits[:, 3:] + model.english.bias)
    mood = emoji_logits(features, model)
    mixed = (1 - english)[:, None] * softmax(local + mood) + english[:, None] * softmax(
        foreign + mood
    )
    silent = features.letters == 0
    if silent.any():
        mixed[silent] = softmax(mood[silent] * 2 + lean_neutral(int(silent.sum())))
    return mixed.astype(np.float32)


def emoji_logits(features: Features, model: Model) -> Floats:
    """Return what the emoji of each text add to the logits; it grows slowly with their number."""
    pull = model.settings["emoji_pull"] * np.sign(features.emoji) * np.log1p(np.abs(features.emoji))
    zero = np.zeros_like(pull)
    return np.stack([-pull, zero, pull], axis=1).astype(np.float32)


def lean_neutral(count: int) -> Floats:
    """Return a leaning to neutral for texts without a letter."""
    prior = np.zeros((count, 3), dtype=np.float32)
    prior[:, 1] = 1.0
    return prior


def find_doubt(features: Features, top: Floats, model: Model) -> npt.NDArray[np.str_]:
    """Return why a person should look at each text, or an empty word."""
    doubt = np.full(len(top), "", dtype="<U5")
    doubt[top < model.settings["low"]] = "low"
    doubt[(features.praise > 0) & (features.blame > 0)] = "both"
    doubt[features.irony > 0] = "irony"
    doubt[(features.letters == 0) & (features.emoji_count == 0)] = "empty"
    return doubt
