"""Figures as columns: all groups and periods of a metric at once; one is made when looked at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, overload

import numpy as np

from tolok.base import Text
from tolok.lake import list_columns

from .evidence import (
    ENOUGH,
    MISSING_LINES,
    MISSING_ROWS,
    MIXED_CURRENCY,
    MIXED_KINDS,
    Evidence,
    Said,
    missing_days,
    notes_of,
    people_said,
    platforms_of,
    say_missing_days,
    why_unknown,
    zeroed,
)
from .figure import Coverage, Figure, State
from .levels import Level
from .metric import Metric
from .query import Held, Key, Slots

STATES: tuple[State, ...] = ("exact", "at_least", "about", "range", "unknown")
_EXACT, _AT_LEAST, _ABOUT, _RANGE, _UNKNOWN = range(5)
# Which reason is said.
_NOTHING, _CURRENCY, _KINDS, _WHY, _MISSING, _PEOPLE, _OUTSIDE, _PARTLY = range(8)
_LACKS = {"posts": MISSING_ROWS, "rows": MISSING_LINES}


@dataclass(frozen=True)
class Given:
    """What a query says of each group and period of a metric, one entry for each key."""

    held: Held  # its keys stand in the order of the periods
    slots: Slots
    values: np.ndarray
    have: np.ndarray  # rows that have all the metric sums, NaN where there is no row
    rows: np.ndarray  # rows the metric is about
    low: np.ndarray  # of people: the largest single row
    late: np.ndarray | None
    observed: Sequence[Any]
    currencies: tuple[Sequence[Any], Sequence[Any]] | None  # least and greatest
    kinds: Mapping[str, np.ndarray]  # column that must not be mixed → where it is
    levels: Sequence[Mapping[Key, Level]]
    intervals: tuple[np.ndarray, np.ndarray] | None

    @property
    def keys(self) -> Sequence[Key]:
        """The group and the position of the period of each entry."""
        return self.held.keys


@dataclass(frozen=True)
class Block:
    """The figures of one metric as columns; NaN is what cannot be said, −1 no coverage.

    `states` are places in STATES; `have` and `expected` are the coverage.
    """

    evidence: Evidence
    given: Given
    values: np.ndarray
    lows: np.ndarray
    highs: np.ndarray
    states: np.ndarray
    reasons: np.ndarray
    base: np.ndarray
    have: np.ndarray
    expected: np.ndarray
    provisional: np.ndarray
    people: Sequence[Said]

    def figure(self, place: int) -> Figure:
        """Return the figure at the place."""
        evidence, given = self.evidence, self.given
        group, bucket = given.keys[place]
        period = evidence.layer[bucket]
        base = int(self.base[place])
        reason, data = self._reason(place)
        told = [found.get(given.keys[place]) for found in given.levels]
        return Figure(
            metric=evidence.metric.key,
            period=period,
            value=_number(self.values[place]),
            state=STATES[self.states[place]],
            group=dict(zip(evidence.by, group, strict=True)),
            low=_number(self.lows[place]),
            high=_number(self.highs[place]),
            reason=reason,
            reason_data=data,
            coverage=self._coverage(place),
            base=base,
            provisional_days=int(self.provisional[place]),
            observed_at=given.observed[place],
            currency=None if given.currencies is None else given.currencies[0][place],
            notes=tuple(notes_of(evidence, period, group, base, told)),
            platforms=platforms_of(evidence, group),
        )

    def stretches(self) -> list[Stretch]:
        """Return the figures of each period, in the order of the periods."""
        count, held = len(self.evidence.layer), self.given.held
        edges: list[int] = held.once(
            ("edges", count), lambda: np.searchsorted(held.buckets, np.arange(count + 1)).tolist()
        )
        return [Stretch(self, start, end) for start, end in pairwise(edges)]

    def _coverage(self, place: int) -> Coverage | None:
        if self.reasons[place] in (_OUTSIDE, _PARTLY):
            have, days = self.evidence.listed_days([self.given.keys[place]])
            return Coverage(int(have[0]), int(days[0]), "days")
        if self.expected[place] < 0:
            return None
        return Coverage(int(self.have[place]), int(self.expected[place]), self.evidence.what)

    def _reason(self, place: int) -> tuple[Text | None, Mapping[str, object]]:
        code, given = self.reasons[place], self.given
        group, bucket = given.keys[place]
        if code == _NOTHING:
            return None, {}
        if code == _CURRENCY:
            return MIXED_CURRENCY, {}
        if code == _KINDS:
            mixed = [c for c, is_mixed in given.kinds.items() if is_mixed[place]]
            return MIXED_KINDS, {"columns": list_columns(mixed, self.evidence.metric.table)}
        if code == _MISSING:
            expected = int(self.expected[place])
            missing = expected - int(self.have[place])
            if self.evidence.what == "days":
                return say_missing_days(self.evidence, bucket, missing=missing, expected=expected)
            return _LACKS[self.evidence.what], {"missing": missing, "expected": expected}
        if code == _PEOPLE:
            return self.people[place].reason, self.people[place].data
        if code == _OUTSIDE:
            return self.evidence.why_not_listed(group, self.evidence.layer[bucket])
        if code == _PARTLY:
            return missing_days(self.evidence, group, bucket) or (None, {})
        told = [found.get(given.keys[place]) for found in given.levels]
        has_rows = bool(given.rows[place] > 0)
        return why_unknown(self.evidence, int(self.base[place]), told, has_rows=has_rows)


class Figures(Sequence[Figure]):
    """Figures in order, each made anew when it is looked at; equal to a list of the same."""

    def __init__(self, runs: Iterable[Sequence[Figure]]) -> None:
        self._runs = [r for r in runs if len(r)]
        self._ends = list(accumulate(len(r) for r in self._runs))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, place: int) -> Figure: ...
    @overload
    def __getitem__(self, place: slice) -> list[Figure]: ...
    def __getitem__(self, place: int | slice) -> Figure | list[Figure]:
        if isinstance(place, slice):
            return [self[i] for i in range(*place.indices(len(self)))]
        place = place + len(self) if place < 0 else place
        if not 0 <= place < len(self):
            raise IndexError(place)
        run = bisect_right(self._ends, place)
        return self._runs[run][place - (self._ends[run - 1] if run else 0)]

    def __iter__(self) -> Iterator[Figure]:
        for run in self._runs:
            yield from run

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Figures({list(self)!r})"

    def __reduce__(self) -> tuple[type[list[Figure]], tuple[list[Figure]]]:
        """Travel as plain figures: the functions of a metric cannot leave the process."""
        return list, (list(self),)

    def values(self) -> np.ndarray:
        """Return the values in order, NaN where none can be said, without making figures."""
        told = [
            r.block.values[r.start : r.end]
            if isinstance(r, Stretch)
            else np.array([np.nan if f.value is None else f.value for f in r])
            for r in self._runs
        ]
        return np.concatenate(told) if told else np.empty(0)


@dataclass(frozen=True)
class Stretch(Sequence[Figure]):
    """The figures of a block from one place up to, not including, another."""

    block: Block
    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    @overload
    def __getitem__(self, place: int) -> Figure: ...
    @overload
    def __getitem__(self, place: slice) -> list[Figure]: ...
    def __getitem__(self, place: int | slice) -> Figure | list[Figure]:
        places = range(self.start, self.end)[place]
        if isinstance(places, range):
            return [self.block.figure(i) for i in places]
        return self.block.figure(places)


def block_of(evidence: Evidence, given: Given) -> Block:
    """Return the figures of a metric, said only as far as the data carries them."""
    held, slots = given.held, given.slots
    base = held.once(("base", slots.have), lambda: zeroed(given.have).astype(np.int64))
    have, expected = evidence.coverage(held, slots, base, given.rows)
    values = given.values.copy()
    lows, highs = np.full(len(values), np.nan), np.full(len(values), np.nan)
    states = np.full(len(values), _EXACT, dtype=np.int8)
    reasons = np.zeros(len(values), dtype=np.int8)
    people: Sequence[Said] = ()
    if evidence.metric.is_unique:
        people = _say_people(evidence, given, base, have, expected)
        for place, said in enumerate(people):
            values[place], lows[place], highs[place] = said.value, said.low, said.high
            states[place], reasons[place] = STATES.index(said.state), _PEOPLE
    else:
        _say(evidence, given, values=values, lows=lows, states=states, reasons=reasons,
             base=base, have=have, expected=expected)  # fmt: skip
    for column in given.kinds.values():
        _refuse(column, states, reasons, _KINDS)
    if given.currencies is not None:
        _refuse(unequal(*given.currencies), states, reasons, _CURRENCY)
    _fill_nothing(evidence.metric, values, states, base)
    if not evidence.metric.is_unique and evidence.files is not None:
        _say_listed(evidence, given, values=values, lows=lows, states=states, reasons=reasons,
                    base=base)  # fmt: skip
    values[(states == _UNKNOWN) | (states == _RANGE)] = np.nan
    lows[states == _UNKNOWN] = highs[states == _UNKNOWN] = np.nan
    if given.intervals is not None:
        said_at = (states == _EXACT) | (states == _ABOUT)
        lows[said_at], highs[said_at] = (v[said_at] for v in given.intervals)
    return Block(evidence, given, values, lows, highs, states, reasons, base, have, expected,
                 _provisional(evidence, given), people)  # fmt: skip


def _say(
    evidence: Evidence, given: Given, *, values: np.ndarray, lows: np.ndarray, states: np.ndarray,
    reasons: np.ndarray, base: np.ndarray, have: np.ndarray, expected: np.ndarray,
) -> None:  # fmt: skip
    """Decide what is exact, a least, about or unknown for a metric that does not count people."""
    metric, known = evidence.metric, ~np.isnan(values)
    lacking = known & (expected > have)
    reasons[lacking] = _MISSING
    if evidence.adds_up and metric.basis == "activity" and metric.kind == "flow":
        states[lacking] = _AT_LEAST
        lows[lacking] = values[lacking]
    else:
        states[lacking] = _ABOUT
        if evidence.what == "days":
            too_few = lacking & (have / np.maximum(expected, 1) < ENOUGH)
            states[too_few] = _UNKNOWN
    silent = ~known
    if metric.no_rows is not None:
        silent &= (base > 0) | (given.rows > 0)
    states[silent], reasons[silent] = _UNKNOWN, _WHY


def _say_listed(
    evidence: Evidence, given: Given, *, values: np.ndarray, lows: np.ndarray, states: np.ndarray,
    reasons: np.ndarray, base: np.ndarray,
) -> None:  # fmt: skip
    """Say none only where files or the workspace list every row; what is listed in part is a least."""
    have, expected = evidence.all_listed_days(given.held)
    said = (states == _EXACT) | (states == _ABOUT)
    partly = (have < expected) & said & ((have > 0) | (base > 0))
    if evidence.adds_up:
        states[partly], reasons[partly] = _AT_LEAST, _PARTLY
        lows[partly] = values[partly]
    _refuse((have == 0) & (expected > 0) & (base == 0), states, reasons, _OUTSIDE)


def _say_people(
    evidence: Evidence, given: Given, base: np.ndarray, have: np.ndarray, expected: np.ndarray
) -> list[Said]:
    return [
        people_said(
            evidence, float(given.values[i]), base=int(base[i]), low=float(given.low[i]),
            is_covered=bool(have[i] >= expected[i]), group=group, bucket=bucket,
        )
        for i, (group, bucket) in enumerate(given.keys)
    ]  # fmt: skip


def _refuse(where: np.ndarray, states: np.ndarray, reasons: np.ndarray, why: int) -> None:
    states[where], reasons[where] = _UNKNOWN, why


def _fill_nothing(metric: Metric, values: np.ndarray, states: np.ndarray, base: np.ndarray) -> None:
    """Put in the value of no rows where that is one; what has none then is not known."""
    nothing = np.isnan(values) & (states == _EXACT)
    if metric.no_rows is not None:
        values[nothing & (base == 0)] = metric.no_rows
    states[np.isnan(values) & (states == _EXACT)] = _UNKNOWN


def _provisional(evidence: Evidence, given: Given) -> np.ndarray:
    """Return how many days at the end of each period the platform may still change."""
    held, late = given.held, given.late

    def count() -> np.ndarray:
        if late is None:
            return np.zeros(len(held.keys), dtype=np.int64)
        starts, ends = evidence.edges
        first = np.maximum(late, starts[held.buckets])
        return zeroed(np.maximum(0, ends[held.buckets] - first)).astype(np.int64)

    return held.once(("provisional", given.slots.late), count)


def unequal(one: Sequence[Any], other: Sequence[Any]) -> np.ndarray:
    """Return where the two differ."""
    return np.fromiter(
        (a != b for a, b in zip(one, other, strict=True)), dtype=bool, count=len(one)
    )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
