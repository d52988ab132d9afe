"""The shipped weights: one safe file without pickle, with a version for labels."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tolok.base import Text, UserError

from .features import SIZE

Floats = npt.NDArray[np.float32]

LANGUAGES = ("id", "en", "ms", "jv", "su")
SENTIMENTS = ("negative", "neutral", "positive")
HEADS = ("language", "local", "english")
SHIPPED = "tolok-language-1.npz"

_BROKEN = Text(
    en="The language model file {name} cannot be read.",
    id="Berkas model bahasa {name} tidak bisa dibaca.",
)
_BROKEN_HINT = Text(
    en="Install Tolok again, or choose the model that ships with it.",
    id="Pasang ulang Tolok, atau pakai model bawaannya.",
)


@dataclass(frozen=True, slots=True)
class Head:
    """One linear model: weights (buckets x classes) and a bias per class, as logits."""

    weights: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class Model:
    """The three heads with their calibration, and the version that stands on every label.

    `language` names one of five languages; `local` judges Indonesian and its neighbours,
    `english` judges English. `settings` holds temperatures and thresholds set in training; `extra`
    is what a workspace's own relabels add to the logits, `mix` how the shipped chances enter beside
    it; neither is part of the shipped file.
    """

    version: str
    language: Head
    local: Head
    english: Head
    settings: dict[str, float]
    notes: dict[str, Any] = field(default_factory=dict)
    extra: Head | None = None
    mix: Floats | None = None

    def stack(self) -> Floats:
        """Return the weights of all heads side by side, for one pass over the features."""
        heads = [self.language, self.local, self.english]
        if self.extra is not None:
            heads.append(self.extra)
        return np.hstack([head.weights for head in heads])

    def with_settings(self, **settings: float) -> Model:
        """Return the model with some settings changed."""
        return replace(self, settings={**self.settings, **settings})


def quantise(weights: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """Return the weights as whole numbers from -127 to 127 with one scale per class."""
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127
    return np.rint(weights / scale).astype(np.int8), scale.astype(np.float32)


def save_model(model: Model, path: Path) -> int:
    """Write the model to one compressed file and return its size in bytes."""
    arrays: dict[str, Any] = {}
    for name in HEADS:
        head: Head = getattr(model, name)
        arrays[name], arrays[f"{name}_scale"] = quantise(head.weights)
        arrays[f"{name}_bias"] = head.bias.astype(np.float32)
    about = {"version": model.version, "settings": model.settings, "notes": model.notes}
    arrays["about"] = np.array(json.dumps(about, sort_keys=True))
    with path.open("wb") as out:
        np.savez_compressed(out, **arrays)
    return path.stat().st_size


def read_model(path: Path) -> Model:
    """Return the model of a file; raise `UserError` where it is missing or damaged."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            about = json.loads(str(arrays["about"]))
            heads = {name: _read_head(arrays, name) for name in HEADS}
    except (OSError, ValueError, KeyError) as fault:
        raise UserError(_BROKEN, _BROKEN_HINT, name=path.name) from fault
    return Model(
        about["version"], heads["language"], heads["local"], heads["english"],
        settings=about["settings"], notes=about["notes"],
    )  # fmt: skip


def _read_head(arrays: Any, name: str) -> Head:
    weights = arrays[name].astype(np.float32) * arrays[f"{name}_scale"]
    if weights.shape[0] != SIZE:
        raise ValueError(name)
    return Head(weights, arrays[f"{name}_bias"])


@lru_cache(maxsize=1)
def load_shipped() -> Model:
    """Return the model that ships with Tolok, read once."""
    return read_model(Path(str(files(__package__).joinpath("models").joinpath(SHIPPED))))


def softmax(logits: Floats) -> Floats:
    """Return probabilities, row by row."""
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)
