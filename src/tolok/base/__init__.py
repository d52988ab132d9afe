"""The ground all rooms stand on: errors, texts, units, periods, money, locale, shelves."""

from .errors import DefinitionError, InternalError, SourceError, TolokError, UserError
from .locale import MINUS, NBSP, NO_VALUE, Locale, parse_number, say_day
from .money import Money, MoneyError, check_currency, minor_digits, sum_money
from .period import Calendar, Period, day_offsets
from .period_key import GRAINS, PeriodError
from .platforms import Break, PlatformFacts
from .registry import caption, forget_shelves, load_shelf
from .span import Span, months_span
from .text import LANGUAGES, Language, Text
from .unit import (
    COUNT,
    DAYS,
    HOURS,
    MINUTES,
    MONEY,
    PEOPLE,
    PER_POST,
    PERCENT_POINTS,
    RATIO,
    SCORE,
    SECONDS,
    TIMES,
    UNIT_KINDS,
    UNITS,
    Unit,
    UnitKind,
)
from .workspace import BrandProfile, Home, Workspace, check_slug, slug_of
from .zone import OffsetSegment, find_zone, local_moment

__all__ = [
    "COUNT",
    "DAYS",
    "GRAINS",
    "HOURS",
    "LANGUAGES",
    "MINUS",
    "MINUTES",
    "MONEY",
    "NBSP",
    "NO_VALUE",
    "PEOPLE",
    "PERCENT_POINTS",
    "PER_POST",
    "RATIO",
    "SCORE",
    "SECONDS",
    "TIMES",
    "UNITS",
    "UNIT_KINDS",
    "BrandProfile",
    "Break",
    "Calendar",
    "DefinitionError",
    "Home",
    "InternalError",
    "Language",
    "Locale",
    "Money",
    "MoneyError",
    "OffsetSegment",
    "Period",
    "PeriodError",
    "PlatformFacts",
    "SourceError",
    "Span",
    "Text",
    "TolokError",
    "Unit",
    "UnitKind",
    "UserError",
    "Workspace",
    "caption",
    "check_currency",
    "check_slug",
    "day_offsets",
    "find_zone",
    "forget_shelves",
    "load_shelf",
    "local_moment",
    "minor_digits",
    "months_span",
    "parse_number",
    "say_day",
    "slug_of",
    "sum_money",
]
