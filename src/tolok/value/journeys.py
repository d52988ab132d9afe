"""Journeys: which touches led to a conversion, and which ended in silence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tolok.base import Text, UserError

from .arrays import Floats, Ints, Moment, microseconds
from .paths import Conversions, Paths, Touches, Window, digits_of, number_texts

_DAY = 86_400_000_000


@dataclass(frozen=True)
class _Sorted:
    """Touches by person and time, and what finds a moment among them."""

    person: Ints
    time: Ints
    moments: Ints
    key: Ints

    def before(self, person: Ints, time: Ints, *, with_it: bool) -> Ints:
        """Return how many touches stand before (or at) the moment of the person."""
        rank = np.searchsorted(self.moments, time, side="right" if with_it else "left")
        return np.searchsorted(self.key, person * (len(self.moments) + 1) + rank)


def _sorted(person: Ints, time: Ints) -> _Sorted:
    moments, rank = np.unique(time, return_inverse=True)
    return _Sorted(person, time, moments, person * (len(moments) + 1) + rank)


@dataclass(frozen=True)
class _Ends:
    """Conversions of one person at one moment taken together, in order."""

    person: Ints
    time: Ints
    count: Ints
    value: Ints


def _ends(person: Ints, time: Ints, value: Ints | None) -> _Ends:
    order = np.lexsort((time, person))
    person, time = person[order], time[order]
    worth = np.zeros(len(order), dtype=np.int64) if value is None else np.asarray(value)[order]
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = (np.diff(person) != 0) | (np.diff(time) != 0)
    at = np.flatnonzero(fresh)
    if not len(at):
        return _Ends(person, time, worth, worth)
    count = np.diff(np.append(at, len(order)))
    return _Ends(person[at], time[at], count, np.add.reduceat(worth, at).astype(np.int64))


def _flatten(first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Return all positions of the ranges first..last one after another, and their range."""
    sizes = np.maximum(last - first, 0)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    begin = np.repeat(first - (np.cumsum(sizes) - sizes), sizes)
    return begin + np.arange(int(sizes.sum())), owner


def _silent_runs(
    touches: _Sorted, *, claimed: NDArray[np.bool_], segment: Ints, silence: int
) -> tuple[Ints, Ints]:
    """Return first and last + 1 of the runs of touches that ended without a conversion.

    A journey ends with a conversion or with a silence longer than the window. Touches that are
    merely older than the window of a journey that did convert belong to neither.
    """
    n = len(claimed)
    gap = np.zeros(n + 1, dtype=bool)
    gap[0] = gap[n] = True
    inner = (np.diff(segment) != 0) | (np.diff(touches.time) > silence)
    gap[1:n] = inner | (np.diff(touches.person) != 0)
    change = gap.copy()
    change[1:n] |= np.diff(claimed.astype(np.int8)) != 0
    edges = np.flatnonzero(change)
    first, last = edges[:-1], edges[1:]
    silent = ~claimed[first] & gap[last]
    return first[silent], last[silent]


@dataclass(frozen=True)
class _Journeys:
    """Where the touches of each journey stand, whatever dimension they are read by."""

    place: Ints
    sizes: Ints
    age: Floats
    has: NDArray[np.bool_]
    nulls: int
    still_open: int
    outside: int


def build_paths(
    touches: Touches,
    conversions: Conversions,
    *,
    by: str,
    window: Window,
    as_of: Moment | None = None,
    reuse: bool = False,
) -> Paths:
    """Build the journeys of all people over one dimension of a touch.

    A touch belongs to the conversion that follows it within the window; with `reuse` it serves
    every later conversion inside the window, else only the next one. Several conversions of a
    person at one moment share a path. A journey also ends, unconverted, when it stays silent
    longer than the window; with `as_of` those that are still inside it are left open and counted.
    Raises UserError for a dimension the touches do not have.
    """
    column = _column(touches, by)
    (tp, cp), _ = number_texts(touches.person, conversions.person)
    time = microseconds(touches.time)
    order = np.lexsort((time, tp))
    found = _sorted(tp[order], time[order])
    ends = _ends(cp, microseconds(conversions.time), conversions.value)
    allowed = _allowed_days(touches, window)[order]
    walk = _journeys(found, ends, allowed=allowed, window=window, as_of=as_of, reuse=reuse)
    (code,), labels = number_texts(column)
    pad = np.zeros(walk.nulls, dtype=np.int64)
    value = None if conversions.value is None else np.concatenate([ends.value[walk.has], pad])
    return Paths(
        dimension=by,
        labels=tuple(labels),
        touch=code[order][walk.place],
        start=np.concatenate([[0], np.cumsum(walk.sizes)]).astype(np.int64),
        conversions=np.concatenate([ends.count[walk.has], pad]),
        nulls=np.concatenate([np.zeros(int(walk.has.sum()), dtype=np.int64), pad + 1]),
        value=value,
        age=walk.age,
        currency=conversions.currency,
        digits=digits_of(conversions.currency, conversions.digits),
        unattributed_conversions=int(ends.count[~walk.has].sum()),
        unattributed_value=int(ends.value[~walk.has].sum()),
        open_journeys=walk.still_open,
        touches_outside=walk.outside,
    )


def _journeys(
    found: _Sorted,
    ends: _Ends,
    *,
    allowed: Floats,
    window: Window,
    as_of: Moment | None,
    reuse: bool,
) -> _Journeys:
    """Claim touches for conversions, and gather those that led to none."""
    span = int(window.days * _DAY)
    last = found.before(ends.person, ends.time, with_it=True)
    first = found.before(ends.person, ends.time - span, with_it=False)
    if not reuse and len(last):
        same = np.diff(ends.person) == 0
        first[1:] = np.where(same, np.maximum(first[1:], last[:-1]), first[1:])
    place, owner = _flatten(first, last)
    claimed = np.zeros(len(found.time), dtype=bool)
    claimed[place] = True
    age = (ends.time[owner] - found.time[place]) / _DAY
    kept = age <= allowed[place]
    lengths = np.bincount(owner[kept], minlength=len(ends.count))
    segment = np.searchsorted(last, np.arange(len(claimed)), side="right")
    begin, end = _silent_runs(found, claimed=claimed, segment=segment, silence=span)
    used = np.zeros(len(claimed), dtype=bool)
    used[place[kept]] = True
    used[_flatten(begin, end)[0]] = True
    closed = np.ones(len(end), dtype=bool)
    if as_of is not None:
        closed = microseconds(as_of) - found.time[end - 1] > span
    silent, _ = _flatten(begin[closed], end[closed])
    return _Journeys(
        place=np.concatenate([place[kept], silent]),
        sizes=np.concatenate([lengths[lengths > 0], (end - begin)[closed]]),
        age=np.concatenate([age[kept], np.zeros(len(silent))]),
        has=lengths > 0,
        nulls=int(closed.sum()),
        still_open=int((~closed).sum()),
        outside=int((~used).sum()),
    )


def _allowed_days(touches: Touches, window: Window) -> Floats:
    """Return the window of each touch in days, by its kind."""
    days = np.full(len(touches.time), float(window.days))
    if touches.kind is not None:
        kind = np.asarray(touches.kind)
        for name, shorter in window.by_kind.items():
            days[kind == name] = shorter
    return days


def _column(touches: Touches, by: str) -> NDArray[Any]:
    if by not in touches.dimensions:
        raise UserError(
            Text(en="Touches have no dimension “{by}”.", id="Sentuhan tidak punya dimensi “{by}”."),
            Text(en="There are: {known}.", id="Yang ada: {known}."),
            by=by,
            known=", ".join(sorted(touches.dimensions)),
        )
    return touches.dimensions[by]
