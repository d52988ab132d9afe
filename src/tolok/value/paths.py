"""Paths: journeys as flat arrays, and the touches and conversions they are built from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tolok.base import Text, UserError
from tolok.base.money import minor_digits

from .arrays import Floats, Ints

NOT_SET = "(not set)"


@dataclass(frozen=True)
class Touches:
    """Touches as columns: one row is one contact of one person with one of our channels.

    `time` is datetime64 (naive UTC). `dimensions` holds one column per dimension of a touch
    (channel, campaign, post, influencer); an empty cell becomes "(not set)". `kind` (say click or
    view) may have a window of its own.
    """

    person: NDArray[Any]
    time: NDArray[np.datetime64]
    dimensions: Mapping[str, NDArray[Any]]
    kind: NDArray[Any] | None = None


@dataclass(frozen=True)
class Conversions:
    """Conversions as columns: one row is one wanted action of one person.

    `value` is in whole minor units of `currency` (10^-`digits`, by default those the currency is
    shown with: IDR 0, USD 2); None where no value is known. One
    set of conversions has one currency: amounts of two are never added.
    """

    person: NDArray[Any]
    time: NDArray[np.datetime64]
    value: Ints | None = None
    currency: str | None = None
    digits: int | None = None

    def __post_init__(self) -> None:
        if (self.value is None) != (self.currency is None):
            raise UserError(
                Text(
                    en="Conversion values need a currency, and a currency needs values.",
                    id="Nilai konversi perlu mata uang, dan mata uang perlu nilai.",
                )
            )


@dataclass(frozen=True)
class Window:
    """How many days before a conversion a touch may earn credit, set by the user.

    `by_kind` gives single kinds of touch a shorter window, such as one day for views.
    """

    days: float
    by_kind: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        given = [self.days, *self.by_kind.values()]
        if min(given) <= 0 or max(given) > self.days:
            raise UserError(
                Text(
                    en="A window must be longer than 0 days, and one kind's window may not be "
                    "longer than the window itself ({days} days).",
                    id="Jendela waktu harus lebih dari 0 hari, dan jendela satu jenis sentuhan "
                    "tidak boleh melebihi jendela utamanya ({days} hari).",
                ),
                days=self.days,
            )


@dataclass(frozen=True)
class Paths:
    """Journeys in one flat array: path i is `touch[start[i]:start[i + 1]]`, oldest touch first.

    `touch` holds codes into `labels`; `age` the days from touch to conversion, None where the
    source gave no times. A path stands for `conversions[i]` conversions worth `value[i]` minor
    units and `nulls[i]` journeys that ended without one. What has no touch in the window is in
    the `unattributed_` fields. `open_journeys` are too young to be called ended;
    `touches_outside` lie outside every window.
    """

    dimension: str
    labels: tuple[str, ...]
    touch: Ints
    start: Ints
    conversions: Ints
    nulls: Ints
    value: Ints | None = None
    age: Floats | None = None
    currency: str | None = None
    digits: int = 0
    unattributed_conversions: int = 0
    unattributed_value: int = 0
    open_journeys: int = 0
    touches_outside: int = 0

    @property
    def lengths(self) -> Ints:
        """Return the number of touches of each path."""
        return np.diff(self.start)

    @property
    def owner(self) -> Ints:
        """Return, for each touch, the number of its path."""
        return np.repeat(np.arange(len(self.start) - 1), self.lengths)


def number_texts(*columns: NDArray[Any]) -> tuple[list[Ints], list[str]]:
    """Number the distinct texts over several columns in sorted order; empty is "(not set)"."""
    texts = [pa.array(c, from_pandas=True).cast(pa.string()).fill_null(NOT_SET) for c in columns]
    both = pa.chunked_array(texts).combine_chunks()
    names = both.unique().sort()
    flat = names.to_pylist()
    place = {name: i for i, name in enumerate(flat)}
    coded = both.dictionary_encode()
    order = np.array([place[n] for n in coded.dictionary.to_pylist()], dtype=np.int64)
    codes = order[np.asarray(coded.indices)] if len(both) else np.zeros(0, dtype=np.int64)
    cuts = np.cumsum([len(t) for t in texts])[:-1]
    return np.split(codes, cuts), flat


def digits_of(currency: str | None, digits: int | None) -> int:
    """Return the decimal digits of amounts: as given, else as the currency is shown."""
    if digits is not None or currency is None:
        return digits or 0
    return minor_digits(currency)


def paths_from_totals(
    journeys: Sequence[Sequence[str]],
    *,
    conversions: Sequence[int],
    nulls: Sequence[int],
    value: Sequence[int] | None = None,
    currency: str | None = None,
    digits: int | None = None,
    by: str = "channel",
) -> Paths:
    """Build paths from totals per distinct journey, as some tools export them (no times).

    Each journey is its labels, oldest first; time-decay is undefined on the result. A journey
    without touches goes to unattributed.
    """
    empty = np.array([not j for j in journeys], dtype=bool)
    count = np.asarray(conversions, dtype=np.int64)
    worth = np.asarray(value if value is not None else np.zeros(len(count)), dtype=np.int64)
    flat = np.array([label for j in journeys for label in j], dtype=object)
    codes, labels = number_texts(flat)
    sizes = np.array([len(j) for j in journeys], dtype=np.int64)[~empty]
    return Paths(
        dimension=by,
        labels=tuple(labels),
        touch=codes[0],
        start=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        conversions=count[~empty],
        nulls=np.asarray(nulls, dtype=np.int64)[~empty],
        value=worth[~empty] if value is not None else None,
        currency=currency,
        digits=digits_of(currency, digits),
        unattributed_conversions=int(count[empty].sum()),
        unattributed_value=int(worth[empty].sum()),
    )
