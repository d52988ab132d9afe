"""What work is worth: credits of attribution, expected customer value, returns, influencers, lift.

Plain functions over arrays and frozen dataclasses; every result names its method and version.
"""

from .attribution import MODELS, UNATTRIBUTED, Attribution, Credit, Model, attribute, compare_models
from .bgnbd import BgNbd, alive_odds, expected_of_new, expected_purchases, fit_bgnbd
from .gammagamma import GammaGamma, expected_spend, fit_gammagamma
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
from .touch_rules import RuleSettings

__all__ = [
    "MODELS",
    "REVENUE_ONLY",
    "UNATTRIBUTED",
    "Attribution",
    "Backtest",
    "BgNbd",
    "Cohorts",
    "Conversions",
    "Credit",
    "Customers",
    "GammaGamma",
    "LifetimeValue",
    "Margin",
    "Model",
    "Orders",
    "Outcome",
    "Paths",
    "Payback",
    "PlainValue",
    "PurchaseForecast",
    "Range",
    "RepeatRate",
    "RuleSettings",
    "Tax",
    "Touches",
    "Window",
    "alive_odds",
    "attribute",
    "backtest",
    "build_paths",
    "cohort_table",
    "compare_models",
    "cost_per_conversion",
    "cost_per_engagement",
    "cost_per_lead",
    "expected_of_new",
    "expected_purchases",
    "expected_spend",
    "fit_bgnbd",
    "fit_gammagamma",
    "forecast_purchases",
    "paths_from_totals",
    "payback",
    "plain_value",
    "repeat_rate",
    "return_on_ad_spend",
    "return_on_investment",
    "share_out",
    "share_with_interval",
    "summarise_customers",
    "total_cost",
    "value_customers",
]
