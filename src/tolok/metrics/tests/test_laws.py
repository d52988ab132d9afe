"""Laws over all metrics: an independent reading agrees, sums add, zeros do no harm, days are local."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tolok.base import Calendar, Period
from tolok.lake import Lake, LakeView, Origin, reading, table_of
from tolok.metrics import Engine, Figure, Metric, Scope, load_metrics
from tolok.metrics.buckets import time_form
from tolok.metrics.standing import is_standing

from .plain import read_plainly
from .random_rows import random_rows
from .small_lake import OCTOBER, TODAY, arrow_of, fill_row

METRICS = load_metrics()
ROWS = 42
PLAIN = {
    k: m
    for k, m in METRICS.items()
    if not m.is_joined and not m.is_unique and not is_standing(m, table_of(m.table))
    and all(p.how != "level" for p in m.parts.values())
}  # fmt: skip
TABLES = sorted({m.table for m in METRICS.values() if not m.is_joined})
Rows = Mapping[str, list[dict[str, Any]]]


def lake_engine(folder: Path, rows: Rows, **options: Any) -> Engine:
    lake = Lake(folder)
    lake.write({k: arrow_of(k, list(r)) for k, r in rows.items() if r}, Origin(source="test"))
    return Engine(LakeView(lake), **{"calendar": Calendar(), "today": TODAY, **options})


@pytest.fixture(scope="module")
def rows() -> Rows:
    return {key: random_rows(key, ROWS, seed=1) for key in TABLES}


@pytest.fixture(scope="module")
def engine(rows: Rows, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return lake_engine(tmp_path_factory.mktemp("random"), rows)


@pytest.fixture(scope="module")
def found(engine: Engine) -> Mapping[str, Figure]:
    return {f.metric: f for f in engine.figures(PLAIN, [span_of(5, 26)])}


def span_of(first: int, end: int) -> Period:
    start = date(2026, 10, 1)
    return Period(start + timedelta(days=first - 1), start + timedelta(days=end - 1), "range")


def seen(metric: Metric, rows: Rows) -> list[dict[str, Any]]:
    """Return the rows of the latest values by key, as the lake keeps them."""
    table = table_of(metric.table)
    return list({tuple(r[c] for c in table.natural_key): r for r in rows[metric.table]}.values())


@pytest.mark.parametrize("key", PLAIN)
def test_a_plain_reading_of_the_declaration_agrees_on_random_rows(
    key: str, engine: Engine, found: Mapping[str, Figure], rows: Rows
) -> None:
    metric = PLAIN[key]
    figure = found[key]
    if time_form(table_of(metric.table)) == "span":
        figure = engine.figure(key, OCTOBER)
    expected = read_plainly(metric, seen(metric, rows))
    if figure.value is None and figure.coverage and not figure.coverage.is_complete:
        # Too many days lack it for a rate: then nothing may be said, whatever the rows give.
        assert figure.reason is not None
        return
    if expected is None:
        assert figure.value is None, figure
    else:
        assert figure.value == pytest.approx(expected, rel=1e-9), figure.reason


def test_the_plain_reading_is_not_vacuous(found: Mapping[str, Figure]) -> None:
    """Most metrics have a value on the random rows; else agreement would mean nothing."""
    assert sum(f.value is not None for f in found.values()) > 0.75 * len(found)


@pytest.mark.parametrize("cut", [9, 14, 20])
def test_what_adds_adds_over_days(cut: int, engine: Engine) -> None:
    additive = [k for k, m in PLAIN.items() if m.is_additive
                and time_form(table_of(m.table)) != "span"]  # fmt: skip
    whole, early, late = (
        {f.metric: f.value or 0 for f in engine.figures(additive, [p])}
        for p in (span_of(5, 26), span_of(5, cut), span_of(cut, 26))
    )
    assert len(additive) > 40
    for key in additive:
        assert early[key] + late[key] == pytest.approx(whole[key]), key


def test_what_adds_adds_over_groups(engine: Engine) -> None:
    for key, metric in PLAIN.items():
        name = next((d for d in ("sentiment", "kind", "stage", "decision", "platform")
                     if d in metric.dimensions), None)  # fmt: skip
        if not metric.is_additive or name is None:
            continue
        whole = engine.figure(key, OCTOBER)
        parts = engine.figures([key], [OCTOBER], by=(name,))
        if whole.value is not None:
            assert sum(p.value or 0 for p in parts) == pytest.approx(whole.value), key


def test_rates_medians_people_and_joined_figures_are_not_additive() -> None:
    for metric in METRICS.values():
        if metric.kind not in ("flow", "count"):
            assert not metric.is_additive, metric.key
        if metric.is_joined or metric.is_unique:
            assert not metric.is_additive, metric.key


def test_a_zero_in_any_column_gives_a_number_or_a_reason_never_infinity(tmp_path: Path) -> None:
    lines: dict[str, list[dict[str, Any]]] = {}
    for metric in METRICS.values():
        if metric.is_joined:
            continue
        table = table_of(metric.table)
        for column in metric.columns:
            if table.column(column).type not in ("int", "float", "money"):
                continue
            for number, row in enumerate(metric.example.rows):
                zeroed = {**row, column: 0, "brand": f"{metric.key}|{column}"}
                lines.setdefault(metric.table, []).append(fill_row(metric.table, number, zeroed))
    engine = lake_engine(tmp_path, lines)
    checked = 0
    for figure in engine.figures([m for m in METRICS.values() if not m.is_joined], [OCTOBER],
                                 by=("brand",)):  # fmt: skip
        if str(figure.group["brand"]).split("|")[0] != figure.metric:
            continue
        checked += 1
        for value in (figure.value, figure.low, figure.high):
            assert value is None or abs(value) < float("inf"), figure
        assert figure.value is not None or figure.reason is not None, figure
    assert checked > 250


# -- days are those of the brand's place -------------------------------------------------------

LOCAL = sorted(
    k for k, m in METRICS.items()
    if m.kind == "count" and time_form(table_of(m.table)) == "moment" and not m.is_joined
)  # fmt: skip
# Late on 30 September in UTC is October in Jakarta; late on 31 October in UTC is November in
# Berlin once the clock has gone back (and would be so too by summer time, an hour earlier).
EDGES = (
    (datetime(2026, 9, 30, 16, 59), {"Asia/Jakarta": False, "Europe/Berlin": False}),
    (datetime(2026, 9, 30, 17), {"Asia/Jakarta": True, "Europe/Berlin": False}),
    (datetime(2026, 9, 30, 22), {"Asia/Jakarta": True, "Europe/Berlin": True}),
    (datetime(2026, 10, 31, 17), {"Asia/Jakarta": False, "Europe/Berlin": True}),
    (datetime(2026, 10, 31, 22, 30), {"Asia/Jakarta": False, "Europe/Berlin": True}),
    (datetime(2026, 10, 31, 23), {"Asia/Jakarta": False, "Europe/Berlin": False}),
)


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Europe/Berlin"])
def test_a_moment_counts_on_the_day_it_has_in_the_brands_place(zone: str, tmp_path: Path) -> None:
    lines: dict[str, list[dict[str, Any]]] = {}
    for key in LOCAL:
        metric = METRICS[key]
        time = table_of(metric.table).time or ""
        for edge, (moment, _) in enumerate(EDGES):
            for number, row in enumerate(metric.example.rows):
                moved = {**row, time: moment, "brand": f"{key}|{edge}"}
                lines.setdefault(metric.table, []).append(fill_row(metric.table, number, moved))
    engine = lake_engine(tmp_path, lines, calendar=Calendar(timezone=zone))
    counted = {
        (f.metric, f.group["brand"]): f.value
        for f in engine.figures(LOCAL, [OCTOBER], by=("brand",))
    }
    for key in LOCAL:
        for edge, (moment, inside) in enumerate(EDGES):
            got = counted.get((key, f"{key}|{edge}")) or 0
            assert got == (METRICS[key].example.value if inside[zone] else 0), (key, moment)


def test_a_brand_never_sees_another_brands_rows(engine: Engine) -> None:
    for figure in engine.figures(PLAIN, [OCTOBER], Scope(brand="teh")):
        assert figure.value in (None, 0), figure


@pytest.mark.parametrize("is_full", [True, False], ids=["full", "with gaps"])
def test_what_files_tell_of_their_nulls_changes_no_figure(
    is_full: bool, rows: Rows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = {k: m for k, m in PLAIN.items() if m.table in ("posts", "account_days")}
    kept = {k: rows[k] for k in ("posts", "account_days")}
    if is_full:
        gaps = {k: dict.fromkeys((c.name for c in table_of(k).measures), 3) for k in kept}
        kept = {k: [gaps[k] | {n: v for n, v in r.items() if v is not None} for r in found]
                for k, found in kept.items()}  # fmt: skip
    engine = lake_engine(tmp_path, kept)
    before = list(engine.figures(wanted, [OCTOBER]))
    monkeypatch.setattr(reading, "MANY_ROWS", 1)
    assert ("views" in engine.view.full_columns("posts")) == is_full
    assert list(engine.figures(wanted, [OCTOBER])) == before


@pytest.mark.parametrize("key", METRICS)
def test_a_formula_is_written_in_words_of_its_language(key: str) -> None:
    metric = METRICS[key]
    assert "_" not in metric.formula.en + metric.formula.id
    table = table_of(metric.table)
    foreign = {
        c for c in metric.columns
        if c in table.schema.names and c not in _words(table.column(c).meaning.id)
    }  # fmt: skip
    assert foreign & _words(metric.formula.id) == set()


def _words(told: str) -> set[str]:
    return set(re.findall(r"[a-z]+", told.lower()))
