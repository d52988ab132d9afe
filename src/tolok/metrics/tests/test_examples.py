"""Every metric keeps the promise of its own declaration."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tolok.base import Period
from tolok.metrics import load_metrics

from .small_lake import OCTOBER, engine_of

METRICS = load_metrics()


@pytest.mark.parametrize("key", METRICS)
def test_the_example_in_the_declaration_holds(key: str, tmp_path: Path) -> None:
    metric = METRICS[key]
    engine = engine_of(tmp_path, {metric.table: metric.example.rows})
    # Coverage is not the example's subject: judge the days it speaks of.
    days = len({r.get("day", i) for i, r in enumerate(metric.example.rows)})
    period = OCTOBER if metric.basis == "state" else _first_days(days)
    figure = engine.figure(key, period if metric.table == "account_days" else OCTOBER)
    if metric.example.value is None:
        assert (figure.value, figure.low, figure.high) == (
            None,
            metric.example.low,
            metric.example.high,
        )
    else:
        assert figure.value == pytest.approx(metric.example.value, rel=1e-12)


@pytest.mark.parametrize("key", METRICS)
def test_without_any_row_the_value_is_unknown_with_a_reason(key: str, tmp_path: Path) -> None:
    figure = engine_of(tmp_path, {"accounts": [{"relation": "own"}]}).figure(key, OCTOBER)
    assert figure.value is None
    assert figure.state == "unknown"
    assert figure.reason is not None


def _first_days(days: int) -> Period:
    return Period(date(2026, 10, 1), date(2026, 10, 1) + timedelta(days=days), "range")
