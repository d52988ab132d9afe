"""Signal or noise, forecasts and odds: honest statistics on plain arrays."""

from .chart import XmrChart, draw_xmr
from .season import SEASONS, find_ramadan, measure_seasons, name_seasons
from .shift import Shift, find_shifts
from .signal import Verdict, judge_last

__all__ = [
    "SEASONS",
    "Shift",
    "Verdict",
    "XmrChart",
    "draw_xmr",
    "find_ramadan",
    "find_shifts",
    "judge_last",
    "measure_seasons",
    "name_seasons",
]
