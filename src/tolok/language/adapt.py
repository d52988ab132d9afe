"""Learning from a team's own relabels: a small addition to the shipped weights, kept apart.

The shipped file is never changed. An addition is kept only where it does not fall below the base
on relabels held back, fifth by fifth; forgetting its file undoes it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, vstack

from tolok.base import Language, Text, UserError

from .features import SIZE, join_grams, read_features
from .fit import Turned, mix_of, turn_rows
from .labels import Labels, label_texts
from .model import SENTIMENTS, Floats, Head, Model, softmax

Codes = npt.NDArray[np.int64]

LEAST = 50
_STRENGTHS = (0.03, 0.3, 1.0, 3.0)
_TEMPERS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.85, 1.0, 1.2)

_TOO_FEW = Text(
    en="{count} corrected labels are too few to learn from; {least} are needed.",
    id="{count} koreksi label masih terlalu sedikit untuk dipelajari; perlu {least}.",
)
_TOO_FEW_HINT = Text(
    en="Correct {missing} more comments, those the model is least sure of first.",
    id="Koreksi {missing} komentar lagi, mulai dari yang paling diragukan model.",
)
_NO_GAIN = Text(
    en="Learning from these labels would not help: on labels held back it scored {after:.2f}"
    " against {before:.2f} before. Nothing was changed.",
    id="Belajar dari label ini tidak membantu: pada label yang disisihkan nilainya {after:.2f},"
    " sebelumnya {before:.2f}. Tidak ada yang diubah.",
)
_GAIN = Text(
    en="On {held} labels, each held back in its turn, the score rose from {before:.2f} to {after:.2f}.",
    id="Pada {held} label yang disisihkan bergiliran, nilai naik dari {before:.2f} menjadi {after:.2f}.",
)
_HEAT = Text(
    en="Learning from these labels would not help: on labels held back it scored {after:.2f}"
    " against {before:.2f} before. No label changes; only the confidence was corrected by them.",
    id="Belajar dari label ini tidak membantu: pada label yang disisihkan nilainya {after:.2f},"
    " sebelumnya {before:.2f}. Tidak ada label yang berubah; hanya tingkat keyakinannya dikoreksi.",
)
_OTHER_BASE = Text(
    en="This learning belongs to model {theirs}, but {ours} is in use.",
    id="Hasil belajar ini milik model {theirs}, sedangkan yang dipakai {ours}.",
)
_LEARN_AGAIN = Text(
    en="Run `tolok learn` again; your corrected labels are still there.",
    id="Jalankan `tolok learn` lagi; koreksi label Anda masih tersimpan.",
)
_UNREADABLE = Text(
    en="The file of learned weights {name} cannot be read.",
    id="Berkas hasil belajar {name} tidak bisa dibaca.",
)


@dataclass(frozen=True, slots=True)
class Gain:
    """Scores before and after, each label held back in its turn: macro-F1 and accuracy, 0 to 1."""

    used: int
    held: int
    f1_before: float
    f1_after: float
    accuracy_before: float
    accuracy_after: float


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What a workspace's relabels add to a model; `extra` is None where nothing was gained.

    `mix` says how the model's own chances enter, by class: a workspace may ask for less of one.
    """

    base: str
    extra: Head | None
    mix: Floats | None
    gain: Gain

    @property
    def is_kept(self) -> bool:
        """True where the addition may be used."""
        return self.extra is not None

    @property
    def changes_labels(self) -> bool:
        """True where labels may change; False where at most the confidence is corrected."""
        return self.extra is not None and bool(self.extra.weights.any())

    @property
    def version(self) -> str:
        """The base version, and a mark made from the addition's own weights."""
        if self.extra is None:
            return self.base
        at = np.flatnonzero(self.extra.weights.any(axis=1))
        bits = (
            np.asarray(self.mix).tobytes()
            + at.tobytes()
            + self.extra.weights[at].astype(np.float16).tobytes()
        )
        return f"{self.base}+{hashlib.sha256(bits).hexdigest()[:8]}"

    def say_gain(self, language: Language = "en") -> str:
        """Return what was gained, or that no label was changed, in a sentence or two."""
        words = _GAIN if self.changes_labels else _HEAT if self.is_kept else _NO_GAIN
        before, after = self.gain.f1_before, self.gain.f1_after
        return words.say(language, held=self.gain.held, before=before, after=after)


def adapt(
    model: Model, texts: Sequence[str], sentiments: Sequence[str], *, seed: int = 0
) -> Adaptation:
    """Return what the relabels add to the model, measured on labels held back.

    Each fifth is held back in its turn, and what the other four would have learned is measured on
    it; the penalty is chosen within those four. What is kept learns from all. Where labels would get
    worse, at most the confidence is corrected, which changes no label. Raises `UserError`
    with fewer than 50 labels: fewer make a model worse.
    """
    if len(texts) < LEAST:
        missing = LEAST - len(texts)
        raise UserError(_TOO_FEW, _TOO_FEW_HINT, count=len(texts), least=LEAST, missing=missing)
    base = forget(model)
    truth = np.array([SENTIMENTS.index(name) for name in sentiments], dtype=np.int64)
    rows, chances = read_rows(texts), label_texts(texts, base).probabilities
    fold = _deal(truth, 5, seed)
    after = np.zeros_like(chances)
    turned, offset = turn_rows(rows), np.log(np.maximum(chances, 1e-9)).astype(np.float32)
    for one in range(5):
        held, kept = np.flatnonzero(fold == one), np.flatnonzero(fold != one)
        both, heat = _learn(turned, kept, truth, offset, seed + 1)
        after[held] = softmax(heat * turned.say(held, both, offset))
    gain = _measure(truth, chances, after)
    if gain.f1_after < gain.f1_before:
        return _only_calibrated(base.version, offset, truth, gain)
    both, heat = _learn(turned, np.arange(len(truth)), truth, offset, seed + 1)
    head = turned.head(both)
    extra = Head(head.weights * np.float32(heat), head.bias * np.float32(heat))
    return Adaptation(base.version, extra, mix_of(both, 3) * np.float32(heat), gain)


def _only_calibrated(version: str, offset: Floats, truth: Codes, gain: Gain) -> Adaptation:
    """Return what leaves every label as it is and makes only the confidence honest, if it can."""
    heat = min(_TEMPERS, key=lambda t: _cost(offset, truth, t))
    if heat == 1.0:
        return Adaptation(version, None, None, gain)
    nothing = Head(np.zeros((SIZE, 3), np.float32), np.zeros(3, np.float32))
    return Adaptation(version, nothing, np.eye(3, dtype=np.float32) * np.float32(heat), gain)


def read_rows(texts: Sequence[str]) -> csr_matrix:
    """Return words and letters of the texts as one matrix, one row per text."""
    parts = []
    for start in range(0, max(len(texts), 1), 4096):
        features = read_features(texts[start : start + 4096])
        parts.append((features.words + join_grams(features)).tocsr())
    return vstack(parts).tocsr().astype(np.float32)


def _deal(truth: Codes, folds: int, seed: int) -> Codes:
    """Return the fold of each row; every class is dealt evenly."""
    order = np.random.default_rng(seed).permutation(len(truth))
    order = order[np.argsort(truth[order], kind="stable")]
    fold = np.zeros(len(truth), dtype=np.int64)
    fold[order] = np.arange(len(truth)) % folds
    return fold


def _learn(
    turned: Turned, at: Codes, truth: Codes, offset: Floats, seed: int
) -> tuple[Floats, float]:
    """Return the addition with the penalty cross-validation asks for, and the heat of its logits.

    The penalty is chosen by F1: log loss would choose whatever is least sure of itself. Then all
    logits are tempered by log loss, which makes the confidence honest and changes no label.
    """
    fold = _deal(truth[at], 4, seed)
    tried = {s: _cross(turned, at, truth, fold=fold, offset=offset, strength=s) for s in _STRENGTHS}
    scores = {s: score_f1(truth[at], said.argmax(axis=1)) for s, said in tried.items()}
    # Half a standard error is no difference: the stronger penalty wins.
    near = max(scores.values()) - 0.25 / np.sqrt(len(at))
    strength = min(s for s, score in scores.items() if score >= near)
    heat = min(_TEMPERS, key=lambda t: _cost(tried[strength], truth[at], t))
    return turned.fit(at, truth, offset=offset, strength=strength), heat


def _cross(
    turned: Turned, at: Codes, truth: Codes, *, fold: Codes, offset: Floats, strength: float
) -> Floats:
    """Return the logits of the rows, each said by a fit that did not see it."""
    after = np.zeros((len(at), offset.shape[1]), dtype=np.float32)
    for one in np.unique(fold):
        out, fit = at[fold == one], at[fold != one]
        both = turned.fit(fit, truth, offset=offset, strength=strength)
        after[fold == one] = turned.say(out, both, offset)
    return after


def _cost(logits: Floats, truth: Codes, heat: float) -> float:
    right = softmax(np.float32(heat) * logits)[np.arange(len(truth)), truth]
    return -float(np.log(np.maximum(right, 1e-9)).sum())


def _measure(truth: Codes, before: Floats, after: Floats) -> Gain:
    old, new = before.argmax(axis=1), after.argmax(axis=1)
    return Gain(
        len(truth),
        len(truth),
        score_f1(truth, old),
        score_f1(truth, new),
        float((old == truth).mean()),
        float((new == truth).mean()),
    )


def score_f1(truth: Codes, said: Codes) -> float:
    """Return the mean F1 over the classes that occur in `truth`."""
    scores = []
    for code in np.unique(truth):
        hits = float(((truth == code) & (said == code)).sum())
        scores.append(2 * hits / float((truth == code).sum() + (said == code).sum()))
    return float(np.mean(scores))


def apply_adaptation(model: Model, adaptation: Adaptation) -> Model:
    """Return the model with the addition; its version names both."""
    base = forget(model)
    if adaptation.base != base.version:
        raise UserError(_OTHER_BASE, _LEARN_AGAIN, theirs=adaptation.base, ours=base.version)
    if adaptation.extra is None:
        return base
    return replace(base, extra=adaptation.extra, mix=adaptation.mix, version=adaptation.version)


def forget(model: Model) -> Model:
    """Return the model as it ships, without any addition: the undoing of `apply_adaptation`."""
    return replace(model, extra=None, mix=None, version=model.version.split("+")[0])


def save_adaptation(adaptation: Adaptation, path: Path) -> None:
    """Write the addition to a small file of its own."""
    about = {"base": adaptation.base, "gain": asdict(adaptation.gain)}
    arrays: dict[str, Any] = {"about": np.array(json.dumps(about, sort_keys=True))}
    if adaptation.extra is not None:
        at = np.flatnonzero(adaptation.extra.weights.any(axis=1))
        arrays["at"] = at.astype(np.int32)
        arrays["weights"] = adaptation.extra.weights[at].astype(np.float16)
        arrays["bias"] = adaptation.extra.bias
        arrays["mix"] = adaptation.mix
    with path.open("wb") as out:
        np.savez_compressed(out, **arrays)


def read_adaptation(path: Path) -> Adaptation:
    """Return the addition of a file; raise `UserError` where it is missing or damaged."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            about = json.loads(str(arrays["about"]))
            extra = mix = None
            if "at" in arrays:
                weights = np.zeros((SIZE, 3), dtype=np.float32)
                weights[arrays["at"]] = arrays["weights"]
                extra, mix = Head(weights, arrays["bias"]), arrays["mix"]
    except (OSError, ValueError, KeyError, IndexError) as fault:
        raise UserError(_UNREADABLE, _LEARN_AGAIN, name=path.name) from fault
    return Adaptation(about["base"], extra, mix, Gain(**about["gain"]))


def choose_to_check(labels: Labels, count: int) -> list[int]:
    """Return the rows a person should look at first: smallest lead of the best sentiment.

    A doubt other than low confidence counts as half the lead, for the model is often sure and
    wrong where it smells irony or praise beside blame. Texts with nothing to read come last.
    """
    if not len(labels):
        return []
    ordered = np.sort(labels.probabilities, axis=1)
    lead = ordered[:, -1] - ordered[:, -2]
    lead = np.where(np.isin(labels.doubt, ("both", "irony")), lead / 2, lead)
    lead = np.where(labels.doubt == "empty", 2.0, lead)
    return [int(row) for row in np.argsort(lead, kind="stable")[:count]]
