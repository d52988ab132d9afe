"""What cannot be added is never added, whichever door the figure comes through."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner

from tolok.base import BrandProfile, Home
from tolok.cli.main import tolok_command
from tolok.lake import Lake, Origin
from tolok.metrics import Engine, Metric, Scope, load_metrics, metric_of
from tolok.metrics.tests.small_lake import OCTOBER, engine_of, fill_row
from tolok.metrics.tests.worlds import SPAN, World, make_worlds

METRICS = load_metrics()
NOT_ADDITIVE = [
    k for k, m in METRICS.items()
    if m.kind in ("ratio", "average", "median") and not m.is_joined and not m.one_kind
    and all(p.how in ("sum", "count", "median") for p in m.parts.values())
]  # fmt: skip
PEOPLE = [k for k, m in METRICS.items() if m.is_unique]


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """For every metric two brands that have the rows of its example, each."""
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for key in NOT_ADDITIVE:
        metric = METRICS[key]
        for table, given in {metric.table: metric.example.rows, **metric.example.others}.items():
            whole = [fill_row(table, i, r) for i, r in enumerate(given)]
            rows.setdefault(table, []).extend(
                {**r, "brand": f"{key}-{b}"} for b in ("one", "two") for r in whole
            )
    return engine_of(tmp_path_factory.mktemp("twins"), rows)


@pytest.mark.parametrize("key", NOT_ADDITIVE)
def test_two_brands_alike_are_together_like_each_of_them_not_twice(key: str, twins: Engine) -> None:
    brands = (f"{key}-one", f"{key}-two")
    single = twins.figure(key, OCTOBER, Scope(brand=brands[0])).value
    together = twins.figure(key, OCTOBER, Scope(filters={"brand": brands})).value
    if not single or together is None:
        assert together in (single, None)
    else:
        assert together == pytest.approx(single, rel=1e-9)


@pytest.mark.parametrize("key", PEOPLE)
def test_people_over_several_rows_have_bounds_and_no_number(key: str, tmp_path: Path) -> None:
    metric = METRICS[key]
    column = metric.columns[0]
    rows = [{column: 40 + i} for i in range(3)]
    figure = engine_of(tmp_path, {metric.table: rows}).figure(key, OCTOBER)
    assert figure.value is None
    assert figure.low == 42
    assert figure.high in (None, 40 + 41 + 42)


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, World]]:
    made = []
    for number, (world, rows) in enumerate(make_worlds(4, seed=5)):
        folder = tmp_path_factory.mktemp(f"home{number}")
        workspace = Home(folder).workspace("main")
        workspace.save_brand(BrandProfile(world.brand, world.brand, language="en"))
        facts = {k: pa.Table.from_pylist(v) for k, v in rows.items() if v}
        Lake(workspace.lake_folder).write(facts, Origin(source="test"))
        made.append((folder, world))
    return made


def run(home: Path, *words: str) -> str:
    asked = ["--home", str(home), "--language", "en", *words]
    result = CliRunner().invoke(tolok_command, asked, env={"TOLOK_TODAY": "2026-11-22"})
    assert result.exit_code == 0, result.output
    return result.output


def truth_of(world: World, metric: Metric, platform: str | None) -> int:
    accounts = {a for a in world.accounts if platform in (None, "", a.split(":")[0])}
    of = world.reached if metric.table == "account_days" else world.reached_by_posts
    return of(SPAN, accounts)


def people_in(told: list[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], Metric]]:
    for line in told:
        if line["metric"] in ("reach", "post_reach"):
            yield line, metric_of(line["metric"])


def check(line: Mapping[str, Any], truth: int) -> None:
    value, low, high = (
        float(v) if v not in (None, "") else None for v in map(line.get, ("value", "low", "high"))
    )
    assert value in (None, truth)
    assert low is None or low <= truth
    assert high is None or truth <= high


def test_the_scorecard_as_json_and_csv_holds_the_truth_of_people(homes) -> None:
    seen = 0
    for home, world in homes:
        data = json.loads(run(home, "scorecard", world.brand, "--period", SPAN.key, "--json"))
        for section in data["sections"]:
            for line, metric in people_in(section["lines"]):
                check(line, truth_of(world, metric, section["platform"]))
                seen += 1
        text = run(home, "scorecard", world.brand, "--period", SPAN.key, "--csv")
        for line, metric in people_in(list(csv.DictReader(io.StringIO(text)))):
            check(line, truth_of(world, metric, line["platform"]))
            seen += 1
    assert seen >= 8


def test_a_figure_of_people_opened_down_to_its_rows_holds_no_sum(homes) -> None:
    for home, world in homes:
        for key in ("reach", "post_reach"):
            told = json.loads(run(home, "explain", world.brand, key, SPAN.key, "--json"))
            check(told, truth_of(world, metric_of(key), None))
