"""Which language a text is written in: Indonesian, English, Malay, Javanese, Sundanese, or mixed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .features import Features
from .model import LANGUAGES, Floats, Model, softmax
from .tokens import Ints

ENGLISH = LANGUAGES.index("en")


def sum_by(values: Floats, owners: Ints, count: int) -> Floats:
    """Return the sums of rows of `values` by owner; owners ascend."""
    total = np.zeros((count, values.shape[1]), dtype=np.float32)
    if len(owners):
        present, first = np.unique(owners, return_index=True)
        total[present] = np.add.reduceat(values, first, axis=0)
    return total


def count_grams(features: Features) -> Ints:
    """Return the number of letter n-grams of each text."""
    sizes = np.diff(features.grams.indptr)
    return np.bincount(features.word_owners, sizes, len(features.letters)).astype(np.int64)


def name_languages(
    features: Features, scores: Floats, model: Model
) -> tuple[npt.NDArray[np.str_], Floats, Floats]:
    """Return the language of each text, its confidence, and the chance that it is English."""
    owners, count = features.word_owners, len(features.letters)
    grams = np.maximum(count_grams(features), 1)
    whole = sum_by(scores, owners, count) / np.sqrt(grams)[:, None]
    heat = model.settings["language_heat"]
    chances = softmax(heat * (whole.astype(np.float32) + model.language.bias))
    best = chances.argmax(axis=1)
    names = np.array(LANGUAGES, dtype="<U5")[best]
    sure = chances[np.arange(count), best].astype(np.float32)
    share = share_english(features, scores, model)
    low = model.settings["mixed_share"]
    mixed = (share >= low) & (share <= 1 - low) & (features.letters > 0)
    # A name in an English sentence looks local: only an everyday word makes the text mixed.
    mixed &= np.bincount(owners[features.common], minlength=count) > 0
    names[mixed] = "mixed"
    sure[mixed] = (1 - 2 * np.abs(share[mixed] - 0.5)).astype(np.float32)
    empty = features.letters < 2
    names[empty], sure[empty] = "none", 1.0
    blend = np.where(mixed, share, chances[:, ENGLISH]).astype(np.float32)
    return names, sure, blend


def share_english(features: Features, scores: Floats, model: Model) -> Floats:
    """Return the share of the letters of each text that stand in words judged English.

    A word is judged with half the weight of its neighbours, for single words are often shared.
    """
    owners, count = features.word_owners, len(features.letters)
    sizes = np.diff(features.grams.indptr)
    if not len(owners):
        return np.zeros(count, dtype=np.float32)
    single = scores / np.sqrt(np.maximum(sizes, 1))[:, None] + model.language.bias
    others = np.delete(single, ENGLISH, axis=1).max(axis=1)
    lead = single[:, ENGLISH] - others
    same = owners[1:] == owners[:-1]
    around = lead.copy()
    around[1:] += 0.5 * np.where(same, lead[:-1], 0)
    around[:-1] += 0.5 * np.where(same, lead[1:], 0)
    english = np.bincount(owners, sizes * (around > 0), count)
    every = np.bincount(owners, sizes, count)
    return (english / np.maximum(every, 1)).astype(np.float32)
