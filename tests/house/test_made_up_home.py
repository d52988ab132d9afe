"""The made-up home of the load tests promises only what the catalogue can tell."""

from __future__ import annotations

import importlib
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from tolok.base import UserError
from tolok.metrics import load_metrics

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def web_home(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    found = importlib.import_module("web_home")
    monkeypatch.setitem(sys.modules, "web_home", found)
    return found


def test_every_kpi_of_the_made_up_home_names_a_metric(web_home: ModuleType) -> None:
    assert {kpi.metric for kpi in web_home.kpis()} <= set(load_metrics())
    assert len(web_home.kpis()) == 4


def test_a_kpi_without_a_metric_is_refused(web_home: ModuleType) -> None:
    wrong = replace(web_home.kpis()[0], metric="response_time_median")
    with pytest.raises(UserError, match="response_time_median"):
        web_home.checked([wrong])
