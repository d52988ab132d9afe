"""KPIs: metrics with a promise, judged honestly, checked in rhythm, reviewed, ended."""

from .baseline import Baseline, find_baseline
from .explain import Explanation, FileShare, explain_figure
from .judge import judge, judge_all
from .kpi import AIM_NAMES, LIFE_NAMES, PATH_NAMES, RHYTHM_NAMES, Kpi
from .kpi_file import dump_kpis, parse_kpis, read_kpis, write_kpis
from .scorecard import Line, Scorecard, Section, build_scorecard
from .target import Target, read_target
from .verdict import VERDICT_NAMES, Judgement

__all__ = [
    "AIM_NAMES",
    "LIFE_NAMES",
    "PATH_NAMES",
    "RHYTHM_NAMES",
    "VERDICT_NAMES",
    "Baseline",
    "Explanation",
    "FileShare",
    "Judgement",
    "Kpi",
    "Line",
    "Scorecard",
    "Section",
    "Target",
    "build_scorecard",
    "dump_kpis",
    "explain_figure",
    "find_baseline",
    "judge",
    "judge_all",
    "parse_kpis",
    "read_kpis",
    "read_target",
    "write_kpis",
]
