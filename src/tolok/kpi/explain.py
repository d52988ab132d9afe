"""From a figure down to its source: formula, rows with the largest share, files and line numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tolok.base import Period
from tolok.lake import table_of
from tolok.metrics import Engine, Figure, Metric, Scope, metric_of
from tolok.metrics.buckets import with_bucket


@dataclass(frozen=True)
class FileShare:
    """One file (or action) a figure rests on: how many of its rows, and which."""

    file: str | None
    file_name: str | None
    source: str
    rows: int
    first_row: int | None
    last_row: int | None


@dataclass(frozen=True)
class Explanation:
    """A figure opened: its parts, the items that weigh most, and the files they came from.

    `items` are rows of the fact table: natural key, attributes and the columns the metric reads.
    """

    metric: Metric
    figure: Figure
    columns: tuple[str, ...]
    items: tuple[Mapping[str, Any], ...]
    item_count: int
    files: tuple[FileShare, ...]


def explain_figure(
    engine: Engine, metric_key: str, period: Period, scope: Scope, *, most: int = 10
) -> Explanation:
    """Return the figure with its heaviest rows and every file they were read from."""
    metric = metric_of(metric_key)
    table = table_of(metric.table)
    figure = engine.figure(metric, period, scope)
    if engine.view.is_empty(metric.table):
        return Explanation(metric, figure, metric.columns, (), 0, ())
    rows = scope.narrow(engine.view.table(metric.table), engine.view)
    if metric.where is not None:
        rows = rows.filter(metric.where(rows))
    rows = with_bucket(rows, table, [period], engine.calendar)
    present = [c for c in metric.columns if c != table.time]
    weight = next((c for c in present if table.column(c).is_measure), None)
    if weight is not None:
        rows = rows.filter(_any_known(rows, present))
    shown = list(dict.fromkeys([*table.natural_key, *_attributes(metric.table), *metric.columns]))
    count = int(rows.count().to_pyarrow().as_py())
    ordered = rows.order_by(rows[weight].desc(nulls_first=False)) if weight else rows
    items = ordered.select(shown).limit(most).to_pyarrow().to_pylist()
    files = _files(engine, rows, table.key, present)
    return Explanation(metric, figure, metric.columns, tuple(items), count, files)


def _attributes(table: str) -> list[str]:
    wanted = ("platform", "published_at", "kind", "title", "caption", "permalink", "campaign", "ad")
    return [c for c in table_of(table).values if c in wanted]


def _any_known(rows: Any, columns: Sequence[str]) -> Any:
    known = rows[columns[0]].notnull()
    for column in columns[1:]:
        known = known | rows[column].notnull()
    return known


def _files(engine: Engine, rows: Any, table: str, columns: Sequence[str]) -> tuple[FileShare, ...]:
    """Return the files whose observations of these rows the lake holds."""
    keys = list(table_of(table).natural_key)
    history = engine.view.history(table)
    if columns:
        history = history.filter(_any_known(history, columns))
    read = history.semi_join(rows, keys)
    grouped = read.group_by(["file", "batch", "source"]).aggregate(
        rows=read.count(), first=read["row"].min(), last=read["row"].max()
    )
    told = grouped.to_pyarrow().to_pylist()
    names = engine.view.lake.catalogue.file_names({r["batch"] for r in told})
    found = [
        FileShare(r["file"], names.get(r["batch"]), r["source"], r["rows"], r["first"], r["last"])
        for r in told
    ]
    return tuple(sorted(found, key=lambda f: (-f.rows, f.file_name or "")))
