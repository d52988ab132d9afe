"""Which period a page speaks of, what it is compared with, and the choices offered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tolok.base import Calendar, Language, Period, Text, UserError
from tolok.metrics import Engine
from tolok.web.accounts.facts import remember
from tolok.web.accounts.models import Brand
from tolok.web.shell.language import language_of_page

PRESETS = {
    "last-7-days": gettext_lazy("Last 7 days"),
    "last-30-days": gettext_lazy("Last 30 days"),
    "last-90-days": gettext_lazy("Last 90 days"),
    "this-week": gettext_lazy("This week"),
    "last-week": gettext_lazy("Last week"),
    "this-month": gettext_lazy("This month"),
    "last-month": gettext_lazy("Last month"),
    "this-quarter": gettext_lazy("This quarter"),
    "last-quarter": gettext_lazy("Last quarter"),
    "this-half": gettext_lazy("This half-year"),
    "last-half": gettext_lazy("Last half-year"),
    "ytd": gettext_lazy("This year so far"),
    "this-fiscal-year": gettext_lazy("This fiscal year"),
    "last-fiscal-year": gettext_lazy("Last fiscal year"),
}
COMPARISONS = {
    "previous": gettext_lazy("The period before"),
    "last-year": gettext_lazy("The same period last year"),
    "target": gettext_lazy("The target"),
}
_FIRST_SOURCES = (("account_days", "day"), ("posts", "published_at"))


@dataclass(frozen=True)
class Choice:
    """The period of a page, the one it is compared with, and how to get to others."""

    period: Period
    against: Period
    against_key: str  # previous, last-year or target
    previous: Period
    following: Period | None  # None when it has not begun

    @property
    def label(self) -> str:
        """The period's name."""
        return self.period.label(language_of_page())

    @property
    def against_label(self) -> str:
        """The name of what is compared with."""
        if self.is_target:
            return _("the target")
        return self.against.label(language_of_page())

    @property
    def against_name(self) -> str:
        """The name of the period changes are against, also beside targets."""
        return self.against.label(language_of_page())

    @property
    def is_target(self) -> bool:
        """Whether figures stand beside their targets; changes are then against the period before."""
        return self.against_key == "target"


def read_choice(request: HttpRequest, engine: Engine, brand: Brand) -> Choice:
    """Return the choice a page's address makes; raises UserError for words that are no period."""
    calendar = engine.calendar
    period = _asked(request.GET, engine) or usual_period(brand, engine)
    asked = request.GET.get("against", "")
    key = asked if asked in COMPARISONS else "previous"
    previous = calendar.previous(period)
    against = calendar.same_last_year(period) if key == "last-year" else previous
    following = calendar.following(period)
    return Choice(
        period=period,
        against=against,
        against_key=key,
        previous=previous,
        following=following if following.start <= engine.today else None,
    )


def _asked(query: QueryDict, engine: Engine) -> Period | None:
    first, last = query.get("from", ""), query.get("to", "")
    if first or last:
        return _custom(first, last)
    asked = query.get("period", "")
    return engine.calendar.parse(asked, engine.today) if asked else None


def _custom(first: str, last: str) -> Period:
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError as error:
        raise UserError(
            Text("Choose both a first and a last day.", "Pilih hari pertama dan hari terakhir."),
            Text("For example 1 to 31 October.", "Misalnya 1 sampai 31 Oktober."),
        ) from error
    start, end = min(start, end), max(start, end)
    return Period(start, end + timedelta(days=1), "range")


def usual_period(brand: Brand, engine: Engine) -> Period:
    """Return the last month of which the brand has most of the days; else the last whole one."""
    last = max(data_until(brand, engine).values(), default=None)
    month = engine.calendar.period_of(last or engine.today, "month")
    is_whole = last is not None and (last - month.start).days >= 20
    return month if is_whole else engine.calendar.previous(month)


def data_until(brand: Brand, engine: Engine) -> dict[str, date]:
    """Return per platform the last day for which the brand has anything of an account or post."""
    return remember(brand, ("data until",), lambda: _read_until(brand, engine))


def _read_until(brand: Brand, engine: Engine) -> dict[str, date]:
    found: dict[str, date] = {}
    for table, column in _FIRST_SOURCES:
        if engine.view.is_empty(table):
            continue
        rows = engine.view.table(table)
        rows = rows.filter(rows.brand == brand.slug)
        last = rows.group_by("platform").aggregate(last=rows[column].max())
        for told in last.to_pyarrow().to_pylist():
            moment = told["last"]
            day = moment.date() if isinstance(moment, datetime) else moment
            if day and told["platform"]:
                found[told["platform"]] = max(day, found.get(told["platform"], day))
    return found


def preset_lines(engine: Engine) -> list[dict[str, str]]:
    """Return the presets with their names and what they mean today."""
    return list(_presets_on(engine.calendar, engine.today, language_of_page()))


@lru_cache(maxsize=64)
def _presets_on(calendar: Calendar, today: date, language: Language) -> tuple[dict[str, str], ...]:
    return tuple(
        {"key": key, "name": str(name), "means": calendar.parse(key, today).label(language)}
        for key, name in PRESETS.items()
    )


def comparison_lines(choice: Choice) -> list[dict[str, object]]:
    """Return the comparisons offered and which one is chosen."""
    return [
        {"key": key, "name": str(name), "is_here": key == choice.against_key}
        for key, name in COMPARISONS.items()
    ]
