"""Where a wanted growth lies among what ever happened: here before, and elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from tolok.base import Text

from .scale import Floats
from .wording import fill, say_percent

AttainabilityKind = Literal["usual", "ambitious", "seldom", "never seen", "cannot say"]
FEWEST_WINDOWS = 4
# Share of real series whose mean over a span reached this factor of the span before; from the
# tuning half of `benchmarks/honesty.py`, spans of 6 to 13 periods.
USUAL_GROWTH = (0.5, 0.7, 0.8, 0.9, 0.95, 1.0, 1.05, 1.1, 1.2, 1.3, 1.5, 2.0, 3.0)
USUAL_ODDS = (0.93, 0.866, 0.8, 0.705, 0.652, 0.5, 0.35, 0.26, 0.2, 0.157, 0.111, 0.063, 0.033)

_SENTENCES: dict[str, Text] = {
    "usual": Text(
        en="Growth of {growth} is usual here: {share} of {count} earlier spans of this length "
        "reached it.",
        id="Pertumbuhan {growth} sudah biasa di akun ini: {share} dari {count} rentang serupa "
        "sebelumnya mencapainya.",
    ),
    "ambitious": Text(
        en="Growth of {growth} is ambitious: {share} of {count} earlier spans of this length "
        "reached it.",
        id="Pertumbuhan {growth} tergolong ambisius: {share} dari {count} rentang serupa "
        "sebelumnya mencapainya.",
    ),
    "seldom": Text(
        en="Growth of {growth} seldom happened here: {share} of {count} earlier spans of this "
        "length reached it.",
        id="Pertumbuhan {growth} jarang terjadi di akun ini: hanya {share} dari {count} rentang "
        "serupa sebelumnya yang mencapainya.",
    ),
    "never seen": Text(
        en="Growth of {growth} was never seen here: the best of {count} earlier spans of this "
        "length was {best}.",
        id="Pertumbuhan {growth} belum pernah terjadi di akun ini: yang terbaik dari {count} "
        "rentang serupa sebelumnya adalah {best}.",
    ),
}
_CANNOT = Text(
    en="Cannot say: the past holds {count} spans of {span} periods to compare with; at least "
    "{needed} are needed.",
    id="Belum bisa dinilai: baru ada {count} rentang sepanjang {span} periode untuk "
    "dibandingkan; minimal perlu {needed}.",
)
_BENCHMARK = Text(
    en="Among others, {share} reached it.",
    id="Di akun lain, {share} mencapainya.",
)


@dataclass(frozen=True, slots=True)
class Attainability:
    """How the wanted growth compares with what happened; shares are NaN where not known.

    `growth` is a factor (1.2 is +20 %). `own_share` of the `windows` earlier spans of this
    account reached it, `benchmark_share` of the given distribution; `best` is the best of its
    own. Windows overlap, so they are fewer independent witnesses than their number.
    """

    kind: AttainabilityKind
    sentence: Text
    growth: float
    own_share: float
    benchmark_share: float
    best: float
    windows: int


def past_changes(values: ArrayLike, span: int) -> Floats:
    """Return the factor from each span's mean to the next span's, over rolling windows.

    Spans with over a third of their figures missing, or a mean of zero or less, give none.
    """
    points = np.asarray(values, dtype=float)
    if span < 1 or len(points) < 2 * span:
        return np.zeros(0)
    known = np.isfinite(points)
    total = np.convolve(np.where(known, points, 0.0), np.ones(span), "valid")
    count = np.convolve(known.astype(float), np.ones(span), "valid")
    with np.errstate(invalid="ignore", divide="ignore"):
        means = np.where(count >= span * 2 / 3, total / count, np.nan)
        factors = means[span:] / means[:-span]
    return np.asarray(factors[np.isfinite(factors) & (means[:-span] > 0)])


def usual_odds(growth: float) -> float:
    """Return how often accounts in general grow by a factor from one span to the next."""
    scale = np.log(USUAL_GROWTH)
    return float(np.interp(np.log(max(growth, 1e-9)), scale, USUAL_ODDS))


def judge_growth(
    values: ArrayLike,
    growth: float,
    span: int,
    *,
    benchmark: Sequence[float] = (),
    higher_is_better: bool = True,
) -> Attainability:
    """Return where a wanted growth lies among this account's past and a benchmark.

    `growth` is the wanted factor between the mean of one span of `span` periods and the next
    (0.8 for a fall by a fifth); `benchmark` are such factors of others. With fewer than four
    windows of its own past the kind is "cannot say".
    """
    past = past_changes(values, span)
    sign = 1.0 if higher_is_better else -1.0
    others = np.asarray(benchmark, dtype=float)
    others = others[np.isfinite(others)]
    elsewhere = float(np.mean(sign * others >= sign * growth)) if others.size else np.nan
    note = None if not others.size else fill(_BENCHMARK, share=_percent(elsewhere))
    if past.size < FEWEST_WINDOWS:
        words = fill(_CANNOT, count=str(past.size), span=str(span), needed=str(FEWEST_WINDOWS))
        return Attainability(
            "cannot say", _add(words, note), growth, np.nan, elsewhere, np.nan, int(past.size)
        )
    share = float(np.mean(sign * past >= sign * growth))
    best = float(past.max() if higher_is_better else past.min())
    kind = _rank(share)
    words = fill(
        _SENTENCES[kind],
        growth=_change(growth),
        share=_percent(share),
        count=str(past.size),
        best=_change(best),
    )
    return Attainability(kind, _add(words, note), growth, share, elsewhere, best, int(past.size))


def _rank(share: float) -> AttainabilityKind:
    if share == 0:
        return "never seen"
    if share < 0.1:
        return "seldom"
    return "ambitious" if share < 0.35 else "usual"


def _add(words: Text, note: Text | None) -> Text:
    return words if note is None else Text(en=f"{words.en} {note.en}", id=f"{words.id} {note.id}")


def _percent(share: float) -> Text:
    return Text(en=say_percent(share), id=say_percent(share, "id"))


def _change(factor: float) -> Text:
    sign = "+" if factor >= 1 else "−"
    size = abs(factor - 1)
    return Text(en=sign + say_percent(size), id=sign + say_percent(size, "id"))
