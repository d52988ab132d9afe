"""The true metrics: one declaration each, evaluated together, said only as far as data carries."""

from .areas import AREA_NAMES, STAGE_NAMES, area_of, areas_of_metric
from .compare import compare
from .covered import read_runs, read_short
from .engine import Engine
from .evidence import ONLY_SOME
from .figure import Change, Coverage, Figure
from .figures import Figures
from .metric import BASIS_NAMES, Example, Metric
from .part import (
    Part,
    count_rows,
    distinct,
    figure_of,
    level,
    middle,
    people,
    period_days,
    repeated,
    total,
    total_of,
    upper_decile,
)
from .rollup import keep_rollups, refresh_rollups
from .scope import Scope
from .search import search_metrics
from .shelf import load_metrics, metric_of

__all__ = [
    "AREA_NAMES",
    "BASIS_NAMES",
    "ONLY_SOME",
    "STAGE_NAMES",
    "Change",
    "Coverage",
    "Engine",
    "Example",
    "Figure",
    "Figures",
    "Metric",
    "Part",
    "Scope",
    "area_of",
    "areas_of_metric",
    "compare",
    "count_rows",
    "distinct",
    "figure_of",
    "keep_rollups",
    "level",
    "load_metrics",
    "metric_of",
    "middle",
    "people",
    "period_days",
    "read_runs",
    "read_short",
    "refresh_rollups",
    "repeated",
    "search_metrics",
    "total",
    "total_of",
    "upper_decile",
]
