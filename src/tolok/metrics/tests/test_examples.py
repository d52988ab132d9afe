"""Every metric keeps the promise of its own declaration."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from tolok.base import Calendar, Period
from tolok.lake import LakeView, table_of
from tolok.metrics import Engine, Figure, Metric, load_metrics
from tolok.metrics.buckets import time_form

from .small_lake import OCTOBER, TODAY, engine_of, example_rows, lake_of

METRICS = load_metrics()


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Figure]:
    """One lake for all examples: each metric's rows are those of a brand of its own."""
    rows = example_rows(METRICS.values())
    lake = lake_of(tmp_path_factory.mktemp("examples"), rows, by_brand=True)
    engine = Engine(LakeView(lake), calendar=Calendar(), today=TODAY)
    together: dict[Period, list[Metric]] = {}
    for metric in METRICS.values():
        together.setdefault(period_of(metric), []).append(metric)
    return {
        figure.metric: figure
        for period, metrics in together.items()
        for figure in engine.figures(metrics, [period], by=("brand",))
        if figure.group["brand"] == figure.metric
    }


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Figure]:
    engine = engine_of(tmp_path_factory.mktemp("empty"), {"accounts": [{"relation": "own"}]})
    return {f.metric: f for f in engine.figures(METRICS, [OCTOBER])}


@pytest.mark.parametrize("key", METRICS)
def test_the_example_in_the_declaration_holds(key: str, figures: Mapping[str, Figure]) -> None:
    metric, figure = METRICS[key], figures[key]
    if metric.example.value is None:
        assert (figure.value, figure.low, figure.high) == (
            None,
            metric.example.low,
            metric.example.high,
        )
    else:
        assert figure.value == pytest.approx(metric.example.value, rel=1e-12), figure.reason


@pytest.mark.parametrize("key", METRICS)
def test_without_any_row_the_value_is_unknown_with_a_reason(
    key: str, empty: Mapping[str, Figure]
) -> None:
    figure = empty[key]
    assert figure.value is None
    assert figure.state == "unknown"
    assert figure.reason is not None


def period_of(metric: Metric) -> Period:
    """Return the days an example speaks of: coverage is not its subject."""
    by_days = metric.table == "account_days" or time_form(table_of(metric.table)) == "span"
    if metric.basis == "state" or not by_days or metric.is_joined:
        return OCTOBER
    days = len({r.get("day", i) for i, r in enumerate(metric.example.rows)})
    return Period(date(2026, 10, 1), date(2026, 10, 1) + timedelta(days=days), "range")
