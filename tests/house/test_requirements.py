"""Every KPI the product promises has a metric, and the catalogue's page says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tolok.metrics import load_metrics
from tolok.metrics.catalogue_page import catalogue_markdown

ROOT = Path(__file__).resolve().parents[2]
AREAS = [f"K{area}.{number}" for area in range(1, 11) for number in range(1, 5)]
FUNNEL = [f"F{number}" for number in range(1, 8)]


@pytest.mark.parametrize("wanted", [*AREAS, *FUNNEL])
def test_every_requirement_has_a_metric(wanted: str) -> None:
    assert [k for k, m in load_metrics().items() if wanted in m.serves]


def test_no_metric_serves_a_requirement_nobody_wrote() -> None:
    odd = {(k, i) for k, m in load_metrics().items() for i in m.serves} - {
        (k, i) for k in load_metrics() for i in [*AREAS, *FUNNEL]
    }
    assert odd == set()


def test_what_a_metric_points_to_exists() -> None:
    metrics = load_metrics()
    for key, metric in metrics.items():
        pointed = [metric.outcome, metric.counter, *(p.metric for p in metric.parts.values())]
        assert [p for p in pointed if p and p not in metrics] == [], key


def test_followers_never_stand_without_an_interaction_measure_beside_them() -> None:
    """F7: interaction counts more than fan count."""
    metrics = load_metrics()
    for key, metric in metrics.items():
        if "followers" in metric.columns and metric.unit.key == "count":
            assert metric.is_vanity, key
            assert metrics[metric.outcome or ""].stage in ("consideration", "conversion"), key


def test_the_page_of_the_catalogue_is_current() -> None:
    page = ROOT / "docs/catalogue.md"
    assert page.read_text(encoding="utf-8") == catalogue_markdown(), (
        "run scripts/write_catalogue.py"
    )
