"""Concepts: what people call metrics in both languages, and how each fits the platforms."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from tolok.metrics import load_metrics

from .kpi import Kpi


@dataclass(frozen=True)
class Concept:
    """One thing people measure: the words they use, the metrics it may be, and its pitfalls."""

    key: str
    metrics: tuple[str, ...]
    words: tuple[re.Pattern[str], ...]
    wide: bool = False
    vanity: bool = False
    followers: bool = False
    gamed: bool = False
    paid: bool = False
    down: bool = False
    mentions: bool = False
    engagement: bool = False
    columns: tuple[str, ...] = ()

    @property
    def metric(self) -> str:
        """The first of its metrics that the catalogue has, else the one it should have."""
        known = load_metrics()
        return next((m for m in self.metrics if m in known), self.metrics[0])


@dataclass(frozen=True)
class Fit:
    """What is known of platforms beside their exports: names, gaps, misfits, better choices."""

    names: Mapping[str, tuple[re.Pattern[str], ...]]
    cannot: Mapping[str, frozenset[str]]
    misfit: Mapping[str, frozenset[str]]
    better: Mapping[str, tuple[str, ...]]
    benchmarks: Mapping[str, frozenset[str]]


@cache
def load_concepts() -> Mapping[str, Concept]:
    """Return every concept by its key, the more particular first."""
    told = _read("concepts.toml")["concept"]
    found = {}
    for entry in told:
        words = tuple(re.compile(w, re.IGNORECASE) for w in entry["words"])
        rest: dict[str, Any] = {
            k: tuple(v) if isinstance(v, list) else v for k, v in entry.items() if k != "words"
        }
        found[entry["key"]] = Concept(**rest, words=words)
    return found


@cache
def load_fit() -> Fit:
    """Return how metrics and platforms fit."""
    told = _read("fit.toml")
    names = {p: tuple(re.compile(w, re.IGNORECASE) for w in ws) for p, ws in told["names"].items()}
    sets = {
        part: {p: frozenset(v) for p, v in told[part].items()}
        for part in ("cannot", "misfit", "benchmarks")
    }
    better = {p: tuple(v) for p, v in told["better"].items()}
    return Fit(names, sets["cannot"], sets["misfit"], better, sets["benchmarks"])


def concept_of(metric: str) -> Concept | None:
    """Return the concept a metric of the catalogue stands for; None when none is known."""
    return _by_metric().get(metric)


def concept_of_kpi(kpi: Kpi) -> Concept | None:
    """Return the concept the KPI measures."""
    return concept_of(kpi.metric)


def is_vanity(metric: str) -> bool:
    """Whether the metric looks good and says little of results."""
    concept, declared = concept_of(metric), load_metrics().get(metric)
    return bool((concept and concept.vanity) or (declared and declared.is_vanity))


def is_gamed(metric: str) -> bool:
    """Whether the metric is easily pushed without any use."""
    concept, declared = concept_of(metric), load_metrics().get(metric)
    return bool((concept and concept.gamed) or (declared and declared.easy_to_game))


def is_paid(kpi: Kpi) -> bool:
    """Whether the KPI speaks of something money is spent for."""
    concept = concept_of_kpi(kpi)
    return bool(concept and concept.paid) or any(p.endswith("_ads") for p in kpi.platforms)


@cache
def _by_metric() -> Mapping[str, Concept]:
    found: dict[str, Concept] = {}
    for concept in load_concepts().values():
        for metric in (concept.key, *concept.metrics):
            found.setdefault(metric, concept)
    return found


def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads((resources.files(__package__) / name).read_text(encoding="utf-8"))
