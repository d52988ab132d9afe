"""How a text feels: two linear heads mixed by language, emoji, and the doubts a person should see."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .features import Features
from .model import Floats, Model, softmax


def judge(
    features: Features,
    logits: Floats,
    english: Floats,
    model: Model,
) -> Floats:
    """Return the chances of negative, neutral, positive: both heads, mixed by language.

    `logits` has three columns for each of local, english and, where the model has it, extra.
    """
    local = model.settings["local_heat"] * (logits[:, :3] + model.local.bias)
    foreign = model.settings["english_heat"] * (logits[:, 3:6] + model.english.bias)
    mood = emoji_logits(features, model)
    mixed = (1 - english)[:, None] * softmax(local + mood) + english[:, None] * softmax(
        foreign + mood
    )
    silent = features.letters == 0
    if silent.any():
        mixed[silent] = softmax(mood[silent] * 2 + lean_neutral(int(silent.sum())))
    if model.extra is not None and model.mix is not None:
        kept = np.log(np.maximum(mixed, 1e-9)) @ model.mix
        mixed = softmax((kept + logits[:, 6:9] + model.extra.bias).astype(np.float32))
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
