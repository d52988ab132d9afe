"""KPIs: metrics with a promise, judged honestly, checked in rhythm, reviewed, ended."""

from .explain import Explanation, FileShare, explain_figure
from .scorecard import Line, Scorecard, Section, build_scorecard

__all__ = [
    "Explanation",
    "FileShare",
    "Line",
    "Scorecard",
    "Section",
    "build_scorecard",
    "explain_figure",
]
