"""What work is worth: credits of attribution, expected customer value, returns, influencers, lift.

Plain functions over arrays and frozen dataclasses; every result names its method and version.
"""

from .accounts import Accounts, suspicion
from .attribution import MODELS, UNATTRIBUTED, Attribution, Credit, Model, attribute, compare_models
from .authenticity import InfluencerFacts, judge_authenticity
from .bgnbd import BgNbd, alive_odds, expected_of_new, expected_purchases, fit_bgnbd
from .brand_fit import FitFacts, PaidPost, Tone, judge_brand_fit
from .comments import CommentHabits, read_habits
from .disclosure import find_disclosure
from .effect import Effect, measure_effect
from .engagement import SizeBand, band_from_peers, engagement_rate
from .gammagamma import GammaGamma, expected_spend, fit_gammagamma
from .growth import Jump, find_jumps
from .journeys import build_paths
from .lifetime import (
    Backtest,
    LifetimeValue,
    PurchaseForecast,
    Range,
    backtest,
    forecast_purchases,
    value_customers,
)
from .loyalty import (
    Cohorts,
    PlainValue,
    RepeatRate,
    cohort_table,
    plain_value,
    repeat_rate,
    share_with_interval,
)
from .orders import Customers, Orders, summarise_customers
from .path_shares import PathShares, share_per_path
from .paths import Conversions, Paths, Touches, Window, paths_from_totals
from .returns import (
    REVENUE_ONLY,
    Margin,
    Outcome,
    Payback,
    Tax,
    cost_per_conversion,
    cost_per_engagement,
    cost_per_lead,
    payback,
    return_on_ad_spend,
    return_on_investment,
    total_cost,
)
from .rounding import share_out
from .signs import Amount, Part, Score
from .touch_rules import RuleSettings

__all__ = [
    "MODELS",
    "REVENUE_ONLY",
    "UNATTRIBUTED",
    "Accounts",
    "Amount",
    "Attribution",
    "Backtest",
    "BgNbd",
    "Cohorts",
    "CommentHabits",
    "Conversions",
    "Credit",
    "Customers",
    "Effect",
    "FitFacts",
    "GammaGamma",
    "InfluencerFacts",
    "Jump",
    "LifetimeValue",
    "Margin",
    "Model",
    "Orders",
    "Outcome",
    "PaidPost",
    "Part",
    "PathShares",
    "Paths",
    "Payback",
    "PlainValue",
    "PurchaseForecast",
    "Range",
    "RepeatRate",
    "RuleSettings",
    "Score",
    "SizeBand",
    "Tax",
    "Tone",
    "Touches",
    "Window",
    "alive_odds",
    "attribute",
    "backtest",
    "band_from_peers",
    "build_paths",
    "cohort_table",
    "compare_models",
    "cost_per_conversion",
    "cost_per_engagement",
    "cost_per_lead",
    "engagement_rate",
    "expected_of_new",
    "expected_purchases",
    "expected_spend",
    "find_disclosure",
    "find_jumps",
    "fit_bgnbd",
    "fit_gammagamma",
    "forecast_purchases",
    "judge_authenticity",
    "judge_brand_fit",
    "measure_effect",
    "paths_from_totals",
    "payback",
    "plain_value",
    "read_habits",
    "repeat_rate",
    "return_on_ad_spend",
    "return_on_investment",
    "share_out",
    "share_per_path",
    "share_with_interval",
    "summarise_customers",
    "suspicion",
    "total_cost",
    "value_customers",
]
