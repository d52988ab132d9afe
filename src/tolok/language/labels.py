"""Labels of texts: language, sentiment, confidence and doubt, for a whole batch at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .features import GRAM_WEIGHT, read_features
from .identify import count_grams, name_languages, sum_by
from .model import LANGUAGES, SENTIMENTS, Floats, Model, load_shipped
from .sentiment import find_doubt, judge

BATCH = 4096


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
    language, sure, english = name_languages(features, by_word[:, : len(LANGUAGES)], model)
    letters = sum_by(by_word[:, len(LANGUAGES) :], features.word_owners, len(texts))
    letters *= GRAM_WEIGHT / np.sqrt(np.maximum(count_grams(features), 1))[:, None]
    logits = letters + features.words @ weights[:, len(LANGUAGES) :]
    chances = judge(features, logits, english, model)
    best = chances.argmax(axis=1)
    top = chances[np.arange(len(best)), best] if len(best) else np.zeros(0, np.float32)
    doubt = find_doubt(features, top, model)
    return Labels(language, sure, np.array(SENTIMENTS)[best], top, chances, doubt, model.version)
