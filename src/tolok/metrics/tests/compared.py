"""Every figure of the catalogue asked of two engines, and what differs between them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import pytest

from tolok.base import Calendar
from tolok.lake import Lake, LakeView
from tolok.metrics import Engine, Figure, Figures, Metric, Scope

from .small_lake import OCTOBER, TODAY

SEPTEMBER = Calendar().previous(OCTOBER)


def figures_on(
    engine: str, lake: Lake, metrics: Iterable[Metric], *, by: tuple[str, ...] = ()
) -> Figures:
    """Return the figures of two months, computed where `engine` says (see TOLOK_ENGINE)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TOLOK_ENGINE", engine)
        wanted = [m for m in metrics if set(by) <= set(m.dimensions)]
        view = Engine(LakeView(lake), Calendar(), TODAY)
        return view.figures(wanted, [OCTOBER, SEPTEMBER], Scope(), by=by)


def differences(here: Sequence[Figure], there: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Return the pairs that are not the same figure: value, bounds, state, base and reason."""
    assert [(f.metric, f.period, f.group) for f in here] == [
        (f.metric, f.period, f.group) for f in there
    ]
    return [
        (a, b)
        for a, b in zip(here, there, strict=True)
        if not all(_is_same(getattr(a, n), getattr(b, n)) for n in ("value", "low", "high"))
        or (a.state, a.base, a.currency, a.provisional_days, a.coverage, a.reason)
        != (b.state, b.base, b.currency, b.provisional_days, b.coverage, b.reason)
    ]


def _is_same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
