"""The form of a metric: one frozen declaration from which everything else is derived."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from tolok.base import DefinitionError, Text, Unit
from tolok.lake import Column, table_of

from .part import Part

Direction = Literal["up", "down", "neither"]
Basis = Literal["published", "activity", "state"]
Kind = Literal["flow", "level", "unique", "ratio", "average", "median", "count"]
Stage = Literal["awareness", "consideration", "conversion", "loyalty", "advocacy", "none"]

Parts = Mapping[str, np.ndarray]

BASIS_NAMES: Mapping[str, Text] = {
    "published": Text(
        "posts published in the period, their totals so far",
        "unggahan yang terbit dalam periode, total sejauh ini",
    ),
    "activity": Text("what happened in the period", "apa yang terjadi dalam periode"),
    "state": Text("the state at the end of the period", "keadaan di akhir periode"),
}


@dataclass(frozen=True)
class Example:
    """Rows of unequal weight and the value they give, shown in the catalogue and tested."""

    rows: tuple[Mapping[str, Any], ...]
    value: float | None
    low: float | None = None
    high: float | None = None
    others: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)  # more tables


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One declaration of what is measured, how, and how far it may be trusted.

    `parts` are aggregates over `table`; `value` combines them (numpy arrays, one entry per
    group and period; a division by nothing becomes undefined, never 0 or infinity). When
    `paired`, a row counts only if it has every summed part, so that numerator and denominator
    speak of the same rows. `no_rows` is the value when data exists for the period but no row
    matches (0 for counts), None when that is undefined; for days no
    imported file speaks of a count is unknown, not 0. `interval` gives the low and high end of
    what chance leaves open; `one_kind` names columns whose values must not be mixed in one figure.
    """

    key: str
    name: Text
    meaning: Text
    formula: Text
    table: str
    parts: Mapping[str, Part]
    value: Callable[[Parts], Any]
    unit: Unit
    direction: Direction
    kind: Kind
    basis: Basis
    example: Example
    stage: Stage = "none"
    serves: tuple[str, ...] = ()  # requirement ids
    where: Callable[[Any], Any] | None = None
    paired: bool = True
    no_rows: float | None = None
    undefined: Text | None = None
    is_vanity: bool = False
    outcome: str | None = None  # key of the metric that should stand beside a vanity metric
    easy_to_game: bool = False
    counter: str | None = None  # key of the metric that shows gaming
    dimensions: tuple[str, ...] = ("brand", "platform", "account")
    benchmark: str | None = None
    references: tuple[str, ...] = ()
    min_base: int = 0  # under this many rows the figure says so
    interval: Callable[[Parts], tuple[Any, Any]] | None = None
    one_kind: tuple[str, ...] = ()
    tags: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        table = table_of(self.table)
        for part in self.parts.values():
            for column in part.columns:
                _refuse_sum(self.key, part, table.column(column))
        if self.is_vanity and self.outcome is None:
            raise DefinitionError(
                Text(
                    "Metric {key} is vanity but names no outcome to stand beside it.",
                    "Metrik {key} tergolong vanity tetapi tidak menyebut hasil pendampingnya.",
                ),
                key=self.key,
            )

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the lake columns the metric stands on, in order of first use."""
        return tuple(dict.fromkeys(c for p in self.parts.values() for c in p.columns))

    @property
    def is_joined(self) -> bool:
        """Whether it is computed from figures of other metrics, not from rows."""
        return any(p.how == "figure" for p in self.parts.values())

    @property
    def is_additive(self) -> bool:
        """Whether values of disjoint periods or accounts may be added."""
        return self.kind in ("flow", "count") and all(p.is_additive for p in self.parts.values())

    @property
    def is_unique(self) -> bool:
        """Whether the metric counts people, so that only bounds exist over several rows."""
        return any(p.how == "people" for p in self.parts.values())

    def compute(self, parts: Parts) -> np.ndarray:
        """Combine parts into values; anything that is not a finite number becomes NaN."""
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            values = np.asarray(self.value(parts), dtype=float)
        return np.where(np.isfinite(values), values, np.nan)

    def compute_interval(self, parts: Parts) -> tuple[np.ndarray, np.ndarray] | None:
        """Return low and high per entry, NaN where there is none; None when it declares none."""
        if self.interval is None:
            return None
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            low, high = (np.asarray(v, dtype=float) for v in self.interval(parts))
        return np.where(np.isfinite(low), low, np.nan), np.where(np.isfinite(high), high, np.nan)


def _refuse_sum(key: str, part: Part, column: Column) -> None:
    """Refuse a declaration that adds what cannot be added."""
    if part.how != "sum" or part.is_gross:
        return
    if column.kind in ("unique", "level", "average", "ratio"):
        raise DefinitionError(
            Text(
                "Metric {key} adds up {column}, which is {kind} and does not add.",
                "Metrik {key} menjumlahkan {column}, padahal {kind} tidak dapat dijumlahkan.",
            ),
            key=key,
            column=column.name,
            kind=column.kind,
        )
