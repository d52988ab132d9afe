"""A metric of the catalogue and the fact table it reads."""

from __future__ import annotations

from django.http import Http404

from tolok.lake import Table, table_of
from tolok.metrics import Metric, load_metrics


def find_table(key: str) -> tuple[Metric, Table]:
    """Return the metric and its table; raises Http404 when there is no such metric."""
    found = load_metrics().get(key)
    if found is None:
        raise Http404
    return found, table_of(found.table)
