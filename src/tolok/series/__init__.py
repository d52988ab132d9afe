"""Signal or noise, forecasts and odds: honest statistics on plain arrays."""

from .attainability import Attainability, judge_growth, past_changes, usual_odds
from .bursts import Bursts, BurstWatch, find_bursts
from .chart import XmrChart, draw_xmr
from .forecast import Forecast, make_forecast
from .odds import Odds, Pace, Target, find_odds, find_pace
from .season import SEASONS, find_ramadan, measure_seasons, name_seasons
from .shift import Shift, find_shifts
from .signal import Verdict, judge_last
from .track import TrackRecord, find_track_record

__all__ = [
    "SEASONS",
    "Attainability",
    "BurstWatch",
    "Bursts",
    "Forecast",
    "Odds",
    "Pace",
    "Shift",
    "Target",
    "TrackRecord",
    "Verdict",
    "XmrChart",
    "draw_xmr",
    "find_bursts",
    "find_odds",
    "find_pace",
    "find_ramadan",
    "find_shifts",
    "find_track_record",
    "judge_growth",
    "judge_last",
    "make_forecast",
    "measure_seasons",
    "name_seasons",
    "past_changes",
    "usual_odds",
]
