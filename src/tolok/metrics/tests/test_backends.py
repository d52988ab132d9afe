"""The whole catalogue gives the same figures on the embedded engine and over Spark Connect."""

from __future__ import annotations

import math
import os
from pathlib import Path

import pytest

from tolok.base import Calendar
from tolok.lake import Lake, LakeView
from tolok.metrics import Engine, Figure, Scope, load_metrics

from .small_lake import OCTOBER, TODAY, example_rows, lake_of

METRICS = load_metrics()
SEPTEMBER = Calendar().previous(OCTOBER)


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    rows = example_rows(METRICS.values())
    return lake_of(tmp_path_factory.mktemp("backends"), rows, by_brand=True)


@pytest.fixture(scope="module")
def other() -> str:
    """The name of the other engine: TOLOK_TEST_ENGINE, else the one inside this process."""
    name = os.environ.get("TOLOK_TEST_ENGINE", "sail")
    if name == "sail":
        pytest.importorskip("pysail", reason="pysail is not installed: no Connect peer to compare")
    return name


def all_figures(lake: Lake, name: str, scope: Scope, by: tuple[str, ...]) -> list[Figure]:
    before = os.environ.get("TOLOK_ENGINE")
    os.environ["TOLOK_ENGINE"] = name
    try:
        engine = Engine(LakeView(lake), Calendar(), TODAY)
        wanted = [m for m in METRICS.values() if set(by) <= set(m.dimensions)]
        return engine.figures(wanted, [OCTOBER, SEPTEMBER], scope, by=by)
    finally:
        if before is None:
            del os.environ["TOLOK_ENGINE"]
        else:
            os.environ["TOLOK_ENGINE"] = before


def is_same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)


def differences(here: list[Figure], there: list[Figure]) -> list[tuple[Figure, Figure]]:
    assert [(f.metric, f.period, f.group) for f in here] == [
        (f.metric, f.period, f.group) for f in there
    ]
    return [
        (a, b)
        for a, b in zip(here, there, strict=True)
        if not all(is_same(getattr(a, n), getattr(b, n)) for n in ("value", "low", "high"))
        or (a.state, a.base, a.currency, a.provisional_days, a.coverage, a.reason)
        != (b.state, b.base, b.currency, b.provisional_days, b.coverage, b.reason)
    ]


@pytest.mark.parametrize("by", [(), ("brand",), ("platform",)])
def test_every_figure_is_the_same_on_both_engines(
    lake: Lake, other: str, by: tuple[str, ...]
) -> None:
    here = all_figures(lake, "duckdb", Scope(), by)
    there = all_figures(lake, other, Scope(), by)
    assert {f.metric for f in here} >= {k for k, m in METRICS.items() if not by}
    assert differences(here, there) == []


def test_an_unknown_engine_is_refused_with_the_known_ones(lake: Lake) -> None:
    with pytest.raises(Exception, match="TOLOK_ENGINE"):
        all_figures(lake, "oracle", Scope(), ())


def test_facts_as_of_a_moment_are_the_same_too(lake: Lake, other: str, tmp_path: Path) -> None:
    moment = lake.catalogue.last_recorded()
    found = {}
    for name in ("duckdb", other):
        os.environ["TOLOK_ENGINE"] = name
        try:
            engine = Engine(LakeView(lake, moment), Calendar(), TODAY)
            found[name] = engine.figures(["views", "posts_published"], [OCTOBER], by=("brand",))
        finally:
            del os.environ["TOLOK_ENGINE"]
    assert differences(found["duckdb"], found[other]) == []
