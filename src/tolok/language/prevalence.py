"""Shares of sentiment in a population, corrected for the classifier's own mistakes.

A count of what the classifier named is biased wherever its mistakes do not cancel. Two ways out:
the classifier's known confusion is inverted (adjusted count; Gart and Buck 1966, Forman 2008), or,
where people have checked a random part, the classifier's count is corrected by what the check
found (Angelopoulos and others 2023, prediction-powered inference).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tolok.base import Language, Text

from .labels import Labels
from .model import SENTIMENTS, Model

Doubles = npt.NDArray[np.float64]
LEAST = 30
ROUNDS = 2000

_NONE = Text(
    en="Cannot say: there is no text to judge.", id="Belum bisa dikatakan: belum ada teks."
)
_FEW = Text(
    en="Cannot say: {count} texts are too few, at least {least} are needed.",
    id="Belum bisa dikatakan: {count} teks terlalu sedikit, perlu minimal {least}.",
)
_BLUNT = Text(
    en="Cannot say: the model tells these sentiments apart too poorly to correct its count.",
    id="Belum bisa dikatakan: model belum cukup bisa membedakan sentimen ini untuk dikoreksi.",
)


@dataclass(frozen=True, slots=True)
class Share:
    """An estimated share, 0 to 1, with the ends of its interval; `counted` is the plain count."""

    value: float
    low: float
    high: float
    counted: float


@dataclass(frozen=True, slots=True)
class Prevalence:
    """Shares of the three sentiments and the positive ratio, or the reason why they are not said.

    `ratio` is positive / (positive + negative), `net` is positive minus negative (-1 to 1); both
    are None where undefined. `checked` is the number of texts that people checked; `way` is
    "confusion", "checked" or "none".
    """

    shares: dict[str, Share]
    ratio: Share | None
    net: Share | None
    count: int
    checked: int
    way: str
    level: float
    reason: Text | None = None
    data: tuple[tuple[str, int], ...] = ()

    def say_reason(self, language: Language = "en") -> str:
        """Return why nothing is said, or an empty word."""
        if self.reason is None:
            return ""
        return self.reason.say(language, **dict(self.data))


def count_confusion(truth: Sequence[str], named: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return how often each true sentiment (row) was named each sentiment (column)."""
    codes = {name: code for code, name in enumerate(SENTIMENTS)}
    table = np.zeros((3, 3), dtype=np.int64)
    for true, said in zip(truth, named, strict=True):
        table[codes[true], codes[said]] += 1
    return table


def mix_confusion(model: Model, labels: Labels) -> npt.NDArray[np.int64]:
    """Return the model's own counts of confusion, mixed as the languages of the labels are.

    Counted on validation parts of public corpora: reviews and tweets. Where a team's comments
    differ from those, a random check by people (`estimate_checked`) is the better way.
    """
    tables = model.notes["confusion"]
    local, english = np.array(tables["local"]), np.array(tables["english"])
    share = float((labels.language == "en").mean()) if len(labels) else 0.0
    share += 0.5 * float((labels.language == "mixed").mean()) if len(labels) else 0.0
    rates = [t / t.sum(axis=1, keepdims=True) for t in (local, english)]
    # The smaller of the two counts of each true class: the mixture is known no better than that.
    sizes = np.minimum(local.sum(axis=1), english.sum(axis=1))
    mixed = (1 - share) * rates[0] + share * rates[1]
    return np.asarray(np.rint(mixed * sizes[:, None]), dtype=np.int64)


def estimate_prevalence(
    named: Sequence[str],
    confusion: npt.NDArray[np.int64],
    *,
    level: float = 0.95,
    seed: int = 0,
) -> Prevalence:
    """Return the shares behind the named sentiments, given counts of confusion from other texts.

    Assumes that people who feel one way write alike here and where the confusion was counted; the
    interval holds the noise of both samples, not a breach of that assumption.
    """
    refusal = _refuse(len(named), level)
    if refusal is not None:
        return refusal
    chance = np.random.default_rng(seed)
    counts = np.array([sum(1 for n in named if n == s) for s in SENTIMENTS], dtype=np.float64)
    rates = (confusion + 0.5) / (confusion + 0.5).sum(axis=1, keepdims=True)
    if float(np.linalg.svd(rates, compute_uv=False)[-1]) < 0.1:
        return _say_nothing(_BLUNT, len(named), level)
    point = invert(rates[None], (counts / counts.sum())[None])[0]
    tables = np.stack([chance.dirichlet(row + 0.5, ROUNDS) for row in confusion], axis=1)
    # The share of this sample is itself a draw: people are many, the texts at hand are some.
    seen = chance.dirichlet(counts + 0.5, ROUNDS)
    draws = invert(tables, seen)
    return _gather(
        point,
        draws,
        counts / counts.sum(),
        count=len(named),
        checked=0,
        way="confusion",
        level=level,
    )


def estimate_checked(
    named: Sequence[str],
    checked_named: Sequence[str],
    checked_true: Sequence[str],
    *,
    level: float = 0.95,
    seed: int = 0,
) -> Prevalence:
    """Return the shares behind the named sentiments, given a random part that people checked.

    Needs no assumption about the classifier, only that the checked part was drawn at random, not
    by low confidence.
    """
    refusal = _refuse(min(len(named), len(checked_true)), level)
    if refusal is not None:
        return refusal
    chance = np.random.default_rng(seed)
    said = _one_hot(named).mean(axis=0)
    known, true = _one_hot(checked_named), _one_hot(checked_true)
    gap = true - known
    point = project(np.asarray(said + gap.mean(axis=0), dtype=np.float64))
    # Dirichlet weights over the checked texts: a bootstrap that keeps the rare classes alive.
    weights = chance.dirichlet(np.ones(len(gap)), ROUNDS)
    seen = chance.dirichlet(_one_hot(named).sum(axis=0) + 0.5, ROUNDS)
    draws = project(np.asarray(seen + weights @ gap, dtype=np.float64))
    return _gather(
        point, draws, said, count=len(named), checked=len(gap), way="checked", level=level
    )


def _one_hot(names: Sequence[str]) -> Doubles:
    codes = {name: code for code, name in enumerate(SENTIMENTS)}
    return np.eye(3)[[codes[name] for name in names]]


def invert(rates: Doubles, seen: Doubles) -> Doubles:
    """Return true shares from named shares, for each confusion (true x named), kept in 0 to 1."""
    turned = np.transpose(rates, (0, 2, 1))
    ridge = 1e-6 * np.eye(3)
    left = np.transpose(turned, (0, 2, 1)) @ turned + ridge
    right = np.transpose(turned, (0, 2, 1)) @ seen[..., None]
    return project(np.asarray(np.linalg.solve(left, right)[..., 0], dtype=np.float64))


def project(shares: Doubles) -> Doubles:
    """Return the nearest shares that are not negative and add up to one."""
    flat = np.atleast_2d(shares)
    ordered = -np.sort(-flat, axis=1)
    over = (np.cumsum(ordered, axis=1) - 1) / np.arange(1, flat.shape[1] + 1)
    size = (ordered > over).sum(axis=1)
    lower = over[np.arange(len(flat)), size - 1]
    return np.maximum(flat - lower[:, None], 0).reshape(shares.shape)


def _refuse(count: int, level: float) -> Prevalence | None:
    if count == 0:
        return _say_nothing(_NONE, 0, level)
    return _say_nothing(_FEW, count, level) if count < LEAST else None


def _say_nothing(reason: Text, count: int, level: float) -> Prevalence:
    data = (("count", count), ("least", LEAST))
    return Prevalence({}, None, None, count, 0, "none", level, reason, data)


def _gather(
    point: Doubles,
    draws: Doubles,
    counted: Doubles,
    *,
    count: int,
    checked: int,
    way: str,
    level: float,
) -> Prevalence:
    shares = {
        name: _share(point[k], draws[:, k], counted[k], level) for k, name in enumerate(SENTIMENTS)
    }
    felt = point[0] + point[2]
    ratio = None
    if felt > 0 and counted[0] + counted[2] > 0:
        some = draws[:, 0] + draws[:, 2]
        drawn = draws[some > 0, 2] / some[some > 0]
        ratio = _share(point[2] / felt, drawn, counted[2] / (counted[0] + counted[2]), level)
    net = _share(point[2] - point[0], draws[:, 2] - draws[:, 0], counted[2] - counted[0], level)
    return Prevalence(shares, ratio, net, count, checked, way, level)


def _share(value: float, draws: Doubles, counted: float, level: float) -> Share:
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2])
    return Share(float(value), min(float(low), value), max(float(high), value), float(counted))
