"""Which metrics there are, and how to find one."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import cache

from tolok.base import Text, UserError, load_shelf

from .metric import Metric


@cache
def load_metrics() -> Mapping[str, Metric]:
    """Return every metric of the catalogue by its key."""
    return load_shelf("tolok.metrics.catalogue", Metric)


def metric_of(key: str) -> Metric:
    """Return the metric with the key; raises UserError naming the nearest known keys."""
    metrics = load_metrics()
    if key in metrics:
        return metrics[key]
    near = difflib.get_close_matches(key, metrics, n=3, cutoff=0.4)
    raise UserError(
        Text("There is no metric “{key}”.", "Tidak ada metrik “{key}”."),
        Text(
            "Did you mean {near}? `tolok metrics` lists all.",
            "Maksud Anda {near}? `tolok metrics` menampilkan semuanya.",
        ),
        key=key,
        near=", ".join(near) or "…",
    )
