"""The scorecard of a period as a page shown by a link: what each platform gave, and the KPIs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse

from tolok.base import Locale, Period, PeriodError, Text, UserError
from tolok.kpi import Line, Scorecard, build_scorecard
from tolok.metrics import Figure, Metric
from tolok.web.accounts.facts import calendar_of, engine_of, today_of
from tolok.web.accounts.models import Brand
from tolok.web.shell import parts
from tolok.web.shell.language import language_of_page, locale_of_page
from tolok.web.shell.sparkline import steps_of

_NAME = Text("Scorecard {period}", "Rapor {period}")
_AGAINST = Text("against {period}", "dibanding {period}")
_COVERED = Text("{have} of {expected} {what}", "{have} dari {expected} {what}")
_DAYS, _POSTS = Text("days", "hari"), Text("posts", "unggahan")
_LEAST = Text("≥ {value}", "≥ {value}")
_ABOUT = Text("about {value}", "sekitar {value}")
_COURSE = Text("{name}, the last {count} periods", "{name}, {count} periode terakhir")


def list_periods(brand: Brand) -> list[tuple[str, str]]:
    """Return the periods most often shown: the last months, quarters and halves."""
    calendar, today = calendar_of(brand), today_of(brand)
    found: list[Period] = []
    for grain, count in (("month", 6), ("quarter", 3), ("half", 2)):
        period = calendar.previous(calendar.period_of(today, grain))
        for _ in range(count):
            found.append(period)
            period = calendar.previous(period)
    return [(p.key, p.label(language_of_page())) for p in found]


def name_of(brand: Brand, thing: str) -> str | None:
    """Return the name of the scorecard of a period; None when it is no period."""
    period = _period(brand, thing)
    return (
        _NAME.say(language_of_page(), period=period.label(language_of_page())) if period else None
    )


def _period(brand: Brand, key: str) -> Period | None:
    try:
        period = calendar_of(brand).parse(key, today_of(brand))
    except (PeriodError, UserError, ValueError, OverflowError):
        return None
    # Only a fixed period: "last month" would show another month later.
    is_near = abs(period.start - today_of(brand)) < timedelta(days=3660)
    return period if period.key == key and is_near else None


def describe(brand: Brand, thing: str) -> dict[str, Any]:
    """Return the cards of every platform for the period."""
    period = _period(brand, thing)
    if period is None:
        return {"sections": []}
    card = build_scorecard(engine_of(brand), brand.slug, period)
    return {
        "sections": [(s.name, [_card_of(line, card) for line in s.lines]) for s in card.sections]
    }


def path_of(brand: Brand, thing: str) -> str:
    """Return the page inside."""
    return reverse("insights:scorecard", args=[brand.slug]) + f"?period={thing}"


def _card_of(line: Line, card: Scorecard) -> parts.Figure:
    locale = locale_of_page()
    figure, metric, language = line.figure, line.metric, locale.language
    change = None
    if line.change.ratio is not None:
        tone: parts.Tone = "quiet"
        if line.is_signal and metric.direction != "neither":
            tone = "good" if (line.change.ratio > 0) == (metric.direction == "up") else "bad"
        change = parts.Change(
            amount=locale.format_change(line.change.ratio), tone=tone,
            against=_AGAINST.say(language, period=card.previous.label(language)),
        )  # fmt: skip
    return parts.Figure(
        label=metric.name, meaning=metric.meaning, value=_write(figure, metric, locale),
        reason=figure.reason.say(language, **figure.reason_data) if figure.reason else "",
        change=change, spark=steps_of(line.history, line.breaks),
        spark_says=_COURSE.say(language, name=metric.name, count=len(line.history)),
        coverage=_coverage(figure, locale), is_provisional=figure.provisional_days > 0,
    )  # fmt: skip


def _write(figure: Figure, metric: Metric, locale: Locale) -> str:
    if figure.state == "range" and figure.low is not None:
        low = locale.format_figure(figure.low, metric.unit, figure.currency)
        if figure.high is None:
            return _LEAST.say(locale.language, value=low)
        return f"{low} – {locale.format_figure(figure.high, metric.unit, figure.currency)}"
    if figure.value is None:
        return ""
    value = locale.format_figure(figure.value, metric.unit, figure.currency)
    form = {"at_least": _LEAST, "about": _ABOUT}.get(figure.state)
    return form.say(locale.language, value=value) if form else value


def _coverage(figure: Figure, locale: Locale) -> str:
    coverage = figure.coverage
    if coverage is None or coverage.is_complete:
        return ""
    return _COVERED.say(
        locale.language, have=locale.format_number(coverage.have),
        expected=locale.format_number(coverage.expected),
        what=_POSTS if coverage.what == "posts" else _DAYS,
    )  # fmt: skip
