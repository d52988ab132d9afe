"""The whole catalogue gives the same figures on the embedded engine and over Spark Connect."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tolok.base import Calendar, UserError
from tolok.lake import Lake, LakeView
from tolok.metrics import Engine, load_metrics

from .compared import SEPTEMBER, differences, figures_on
from .small_lake import OCTOBER, TODAY, example_rows, lake_of
from .spark_cluster import running_cluster

METRICS = load_metrics()
GROUPS: list[tuple[str, ...]] = [(), ("brand",), ("platform",)]


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    rows = example_rows(METRICS.values())
    return lake_of(tmp_path_factory.mktemp("backends"), rows, by_brand=True)


@pytest.fixture(scope="module")
def sail() -> str:
    """The Connect server that runs inside this process."""
    pytest.importorskip("pysail", reason="pysail is not installed: no Connect peer to compare")
    return "sail"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """TOLOK_TEST_ENGINE, else a Spark master and two workers, started here, each a process."""
    if address := os.environ.get("TOLOK_TEST_ENGINE"):
        yield address
        return
    with running_cluster(tmp_path_factory.mktemp("cluster")) as address:
        yield address


@pytest.mark.parametrize("by", GROUPS)
def test_every_figure_is_the_same_on_both_engines(
    lake: Lake, sail: str, by: tuple[str, ...]
) -> None:
    here = figures_on("duckdb", lake, METRICS.values(), by=by)
    there = figures_on(sail, lake, METRICS.values(), by=by)
    assert {f.metric for f in here} >= {k for k, m in METRICS.items() if not by}
    assert differences(here, there) == []


@pytest.mark.proof
@pytest.mark.parametrize("by", GROUPS)
def test_every_figure_is_the_same_on_a_spark_cluster(
    lake: Lake, cluster: str, by: tuple[str, ...]
) -> None:
    here = figures_on("duckdb", lake, METRICS.values(), by=by)
    there = figures_on(cluster, lake, METRICS.values(), by=by)
    assert {f.metric for f in here} >= {k for k, m in METRICS.items() if not by}
    assert {f.period for f in here} == {OCTOBER, SEPTEMBER}
    assert differences(here, there) == []


def test_an_unknown_engine_is_refused_with_the_known_ones(lake: Lake) -> None:
    with pytest.raises(UserError, match="TOLOK_ENGINE"):
        figures_on("oracle", lake, METRICS.values())


def test_facts_as_of_a_moment_are_the_same_too(
    lake: Lake, sail: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = lake.catalogue.last_recorded()
    found = {}
    for name in ("duckdb", sail):
        monkeypatch.setenv("TOLOK_ENGINE", name)
        engine = Engine(LakeView(lake, moment), Calendar(), TODAY)
        found[name] = engine.figures(["views", "posts_published"], [OCTOBER], by=("brand",))
    assert differences(found["duckdb"], found[sail]) == []
