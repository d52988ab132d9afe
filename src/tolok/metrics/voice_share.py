"""Shares of voice of every brand in a set: they add up to one in each period and set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tolok.base import Period

from .engine import Engine
from .figure import Figure
from .interval import wilson
from .scope import Scope

ALL = "talk_of_brand_set"
SHARE = "share_of_voice"


def voice_shares(
    engine: Engine, periods: Sequence[Period], scope: Scope | None = None, *,
    by: Sequence[str] = (),
) -> list[Figure]:  # fmt: skip
    """Return a share of voice per period, set, spoken-of brand and group, with its interval.

    Shares are of the mentions of all brands watched of the same set and group; those of unequal
    sets must not be compared. Nothing is returned where nobody was mentioned.
    """
    counts = engine.figures([ALL], periods, scope, by=(*by, "brand_set", "subject"))
    whole: dict[tuple[object, ...], float] = {}
    for figure in counts:
        key = _set_of(figure, by)
        whole[key] = whole.get(key, 0.0) + (figure.value or 0.0)
    return [_share(f, whole[_set_of(f, by)]) for f in counts if whole[_set_of(f, by)]]


def _set_of(figure: Figure, by: Sequence[str]) -> tuple[object, ...]:
    return (figure.period, figure.group.get("brand_set"), *(figure.group.get(d) for d in by))


def _share(figure: Figure, whole: float) -> Figure:
    low, high = wilson(figure.value or 0.0, whole)
    return replace(figure, metric=SHARE, value=(figure.value or 0.0) / whole,
                   low=float(low), high=float(high), base=int(whole))  # fmt: skip
