"""The catalogue as a page: every metric with formula, example and source, every requirement's metrics."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from .areas import AREA_NAMES, area_of
from .metric import BASIS_NAMES, Metric
from .shelf import load_metrics

_HEAD = """# The catalogue of metrics

Written by `scripts/write_catalogue.py` from the declarations in `src/tolok/metrics/catalogue/`; a
test holds it current. {count} metrics serve {ids} requirements. *Adds* says whether figures of
disjoint periods or accounts may be added up; what does not is recomputed from its parts or given
as bounds. An example is read as: these rows give this value.
"""


def catalogue_markdown() -> str:
    """Return the whole catalogue as Markdown, in a stable order."""
    metrics = load_metrics()
    ids = requirement_ids(metrics.values())
    parts = [_HEAD.format(count=len(metrics), ids=len(ids)), _index(metrics, ids)]
    by_table: dict[str, list[Metric]] = {}
    for metric in metrics.values():
        by_table.setdefault(metric.table, []).append(metric)
    for table, found in sorted(by_table.items()):
        parts.append(f"## Read from `{table}`\n")
        parts += [_card(m) for m in found]
    return "\n".join(parts)


def requirement_ids(metrics: Iterable[Metric]) -> list[str]:
    """Return the requirement ids that metrics serve, in natural order."""
    found = {i for m in metrics for i in m.serves}
    return sorted(found, key=lambda i: (i[0] == "F", [int(n) for n in re.findall(r"\d+", i)]))


def _index(metrics: Mapping[str, Metric], ids: Iterable[str]) -> str:
    lines = ["## What serves what\n", "| id | area | metrics |", "| --- | --- | --- |"]
    for wanted in ids:
        area = "Funnel" if wanted.startswith("F") else AREA_NAMES[area_of(wanted)].en
        names = " ".join(f"[{k}](#{k})" for k, m in metrics.items() if wanted in m.serves)
        lines.append(f"| {wanted} | {area} | {names} |")
    return "\n".join(lines) + "\n"


def _card(metric: Metric) -> str:
    columns = ", ".join(metric.columns) or ", ".join(
        p.metric or "days of the period" for p in metric.parts.values()
    )
    told = {
        "Formula": f"{metric.formula.en} · *{metric.formula.id}*",
        "Unit": f"{metric.unit.name.en}, {_direction(metric)}; {BASIS_NAMES[metric.basis].en}",
        "Adds": "yes" if metric.is_additive else "no",
        "From": columns,
        "By": ", ".join(metric.dimensions),
        "Beside it": ", ".join(k for k in (metric.outcome, metric.counter) if k),
        "Undefined": metric.undefined.en if metric.undefined else "",
        "Small base": f"said under {metric.min_base} rows" if metric.min_base else "",
        "Never mixed": ", ".join(metric.one_kind),
        "Example": _example(metric),
        "Serves": " ".join(metric.serves),
        "See": "; ".join(metric.references),
    }  # fmt: skip
    lines = [f"### {metric.key}\n", f"**{metric.name.en}** · *{metric.name.id}*\n",
             f"{metric.meaning.en} *{metric.meaning.id}*\n"]  # fmt: skip
    return "\n".join([*lines, *(f"- {k}: {v}" for k, v in told.items() if v), ""])


def _direction(metric: Metric) -> str:
    said = {
        "up": "good when it rises",
        "down": "good when it falls",
        "neither": "neither good nor bad",
    }
    return said[metric.direction]


def _example(metric: Metric) -> str:
    example = metric.example
    rows = [*((metric.table, r) for r in example.rows[:4]),
            *((t, r) for t, listed in example.others.items() for r in listed[:3])]  # fmt: skip
    said = "; ".join(f"{'' if t == metric.table else t + ' '}{_row(r)}" for t, r in rows)
    more = " …" if len(example.rows) > 4 else ""
    if example.value is None:
        bounds = f"{example.low} to {example.high}" if example.low is not None else "cannot be said"
        return f"{said}{more} → {bounds}"
    return f"{said}{more} → {example.value:.6g}"


def _row(row: Mapping[str, Any]) -> str:
    return "(" + ", ".join(f"{k} {v}" for k, v in row.items()) + ")" if row else "(any row)"
