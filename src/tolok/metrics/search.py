"""Finding a metric by what people call it: in either language, by its abbreviation, with a slip."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from statistics import fmean
from types import MappingProxyType

from .areas import AREA_NAMES, STAGE_NAMES, areas_of_metric
from .metric import Metric
from .shelf import load_metrics

_WORD = re.compile(r"\w+", re.UNICODE)
# Of no use for telling metrics apart, where anything else is asked.
_FILLERS = frozenset(
    [
        "a",
        "an",
        "and",
        "by",
        "di",
        "dan",
        "dari",
        "for",
        "in",
        "ke",
        "of",
        "on",
        "our",
        "per",
        "the",
        "to",
        "untuk",
        "yang",
    ]
)
_BEGINNING = 3  # letters from which on the beginning of a word is enough
_NEAR = 0.8  # how alike a slip and the word it was meant to be are
# How much it says that a word stands there.
_FIRST, _NAME, _KEY, _TOPIC, _MEANING = 10.0, 8.0, 6.0, 3.0, 1.0
_WHOLE = 100.0
_BEGUN = 0.7  # of the weight, where only the beginning stands there
_SPOKEN = 0.8  # of the weight, where another word for it stands there


def search_metrics(words: str) -> list[Metric]:
    """Return the metrics that have something of every word, the fittest first.

    Words are looked for in names, meanings, areas and stages of both languages, in keys and
    requirement ids; an abbreviation or everyday word also as what it stands for, and a word that
    is nowhere as the one it resembles most.
    """
    whole = " ".join(_split(words))
    asked = [w for w in _terms(_split(words)) if w not in _FILLERS] or _split(words)
    if not asked:
        return list(load_metrics().values())
    found: list[tuple[float, int, Metric]] = []
    ways, index = [_ways(word) for word in asked], _index()
    for metric in load_metrics().values():
        told = index[metric.key]
        scores = [max(_score(told, way) * weight for way, weight in way_of) for way_of in ways]
        if min(scores) > 0:
            names = {" ".join(_split(n)) for n in (metric.key, metric.name.en, metric.name.id)}
            bonus = _WHOLE * ((whole in names) + (words.strip() == metric.key))
            found.append((-sum(scores) - bonus, len(metric.name.en), metric))
    return [metric for _, _, metric in sorted(found, key=lambda f: (*f[:2], f[2].key))]


def _terms(words: Sequence[str]) -> list[str]:
    """Return the words, two that people say together as one."""
    found: list[str] = []
    for word in words:
        if found and f"{found[-1]} {word}" in _spoken():
            found[-1] = f"{found[-1]} {word}"
        else:
            found.append(word)
    return found


def _ways(word: str) -> list[tuple[Sequence[str], float]]:
    """Return what a word may stand for, each as words, with how much it counts."""
    ways: list[tuple[Sequence[str], float]] = [((word,), 1.0)]
    ways += [(_split(phrase), _SPOKEN) for phrase in _spoken().get(word, ())]
    if len(ways) == 1 and not any(_score(told, (word,)) for told in _index().values()):
        near = difflib.get_close_matches(word, [*_vocabulary(), *_spoken()], n=1, cutoff=_NEAR)
        ways += [(n, weight * _SPOKEN) for w in near for n, weight in _ways(w)]
    return ways


def _score(told: Mapping[str, float], words: Iterable[str]) -> float:
    """Return how much a metric has of the words; 0 where it lacks any."""
    scores = [_score_word(told, w) for w in words if w not in _FILLERS]
    return fmean(scores) if scores and min(scores) > 0 else 0.0


def _score_word(told: Mapping[str, float], word: str) -> float:
    if word in told:
        return told[word]
    if len(word) < _BEGINNING:
        return 0.0
    return _BEGUN * max((weight for w, weight in told.items() if w.startswith(word)), default=0.0)


def _index() -> Mapping[str, Mapping[str, float]]:
    """Return for each metric its words and how much each says of it."""
    return _index_of(tuple(load_metrics()))


@cache
def _index_of(keys: Sequence[str]) -> Mapping[str, Mapping[str, float]]:
    metrics = load_metrics()
    return MappingProxyType({key: MappingProxyType(_words_of(metrics[key])) for key in keys})


def _words_of(metric: Metric) -> dict[str, float]:
    areas = [AREA_NAMES[a] for a in areas_of_metric(metric)]
    stage = [STAGE_NAMES[metric.stage]] if metric.stage != "none" else []
    topics = [t for text in (*areas, *stage) for t in (text.en, text.id)]
    parts = (
        (_MEANING, (metric.meaning.en, metric.meaning.id)),
        (_TOPIC, (*topics, *metric.tags, metric.table)),
        (_KEY, (metric.key,)),
        (_NAME, (metric.name.en, metric.name.id)),
    )
    found: dict[str, float] = {}
    for weight, texts in parts:
        found |= {w: weight for text in texts for w in _split(text)}
    found |= {_split(name)[0]: _FIRST for name in (metric.name.en, metric.name.id)}
    return found | {i.lower(): _NAME for i in metric.serves}


def _vocabulary() -> tuple[str, ...]:
    """Return the words of all names."""
    return tuple({w: None for told in _index().values() for w, n in told.items() if n >= _KEY})


@cache
def _spoken() -> Mapping[str, Sequence[str]]:
    """Return what people type for words of the catalogue."""
    text = (files(__package__) / "data" / "words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _split(text: str) -> list[str]:
    """Return the words of a text, small; ids such as K2.1 whole."""
    lowered = text.lower().replace("_", " ")
    return [w for part in lowered.split() for w in ([part] if re.fullmatch(r"[kf]\d+(\.\d+)?", part)
                                                    else _WORD.findall(part))]  # fmt: skip
