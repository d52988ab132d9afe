"""Figures in the reader's words: values, changes, coverage, what is routine and what is a signal."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tolok.base import Period, Text
from tolok.kpi import VERDICT_NAMES, Judgement, Line
from tolok.kpi.said import say_value
from tolok.metrics import Change, Coverage, Figure, Metric
from tolok.web.shell.language import language_of_page, locale_of_page
from tolok.web.shell.parts import Change as ChangePart
from tolok.web.shell.parts import Tone, Verdict

TONES: dict[str, Tone] = {
    "achieved": "good",
    "on_track": "good",
    "at_risk": "watch",
    "off_track": "bad",
    "missed": "bad",
    "not_enough_data": "quiet",
}
_WHOLE = 100
STATE_NAMES = VERDICT_NAMES
# The most urgent first.
URGENCY = ("off_track", "missed", "at_risk", "not_enough_data", "on_track", "achieved")


def say(text: Text | None, **data: object) -> str:
    """Return a Text in the language of the page; empty for None."""
    return text.say(language_of_page(), **data) if text is not None else ""


def write_number(value: float | None, metric: Metric, currency: str | None = None) -> str:
    """Return a number in the metric's unit, with as many digits as it deserves."""
    if metric.unit.kind == "money" and currency is None:
        return locale_of_page().format_number(value)
    if metric.unit.kind == "count" and value is not None and abs(value) >= _WHOLE:
        value = float(round(value))  # nobody expects half a view among thousands
    return locale_of_page().format_figure(value, metric.unit, currency)


def write_promised(value: float | None, metric: Metric, currency: str | None = None) -> str:
    """Return a number beside a promise: 5.25 % is promised, and 5.2 % would be another promise."""
    if metric.unit.kind == "money" and currency is None:
        return locale_of_page().format_number(value)
    return say(say_value(value, metric.unit, currency))


def write_value(
    figure: Figure,
    metric: Metric,
    write: Callable[[float | None, Metric, str | None], str] = write_number,
) -> str:
    """Return the figure as it may be said; empty when it cannot be."""
    if figure.state == "range" and figure.low is not None:
        low = write(figure.low, metric, figure.currency)
        if figure.high is None:
            return _("≥ %(low)s") % {"low": low}
        high = write(figure.high, metric, figure.currency)
        return _("%(low)s – %(high)s") % {"low": low, "high": high}
    if figure.value is None:
        return ""
    value = write(figure.value, metric, figure.currency)
    if figure.state == "at_least":
        return _("≥ %(low)s") % {"low": value}
    return _("about %(value)s") % {"value": value} if figure.state == "about" else value


def write_range(low: float, high: float, metric: Metric, currency: str | None) -> str:
    """Return a range of two numbers; empty when either is NaN."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return ""
    ends = {
        "low": write_number(low, metric, currency),
        "high": write_number(high, metric, currency),
    }
    return _("%(low)s – %(high)s") % ends


def why_none(figure: Figure) -> str:
    """Return why there is no value; empty when there is one."""
    return say(figure.reason, **figure.reason_data) if figure.reason else ""


def say_caution(figure: Figure) -> str:
    """Return the one thing a reader must know of a figure: why it is none, or what it leaves out."""
    if figure.reason is not None:
        return why_none(figure)
    return next((say(text, **data) for text, data in figure.notes), "")


def write_ratio(change: Change) -> str:
    """Return the change in percent with its sign; empty when there is none to say."""
    return "" if change.ratio is None else locale_of_page().format_change(change.ratio)


def write_change(line: Line, against: Period, change: Change) -> ChangePart | None:
    """Return the change in words: coloured only for a signal, or None when there is nothing."""
    words = _("against %(period)s") % {"period": against.label(language_of_page())}
    if change.ratio is None:
        if change.reason is None or not change.reason_data:
            return None
        return ChangePart(amount="", against=say(change.reason, **change.reason_data))
    tone = tone_of(line.metric, change.ratio) if line.is_signal else "quiet"
    return ChangePart(amount=write_ratio(change), against=words, tone=tone)


def tone_of(metric: Metric, ratio: float) -> Tone:
    """Return the colour of a change that is a signal: down can be good."""
    if metric.direction == "neither" or ratio == 0:
        return "quiet"
    return "good" if (ratio > 0) == (metric.direction == "up") else "bad"


def write_coverage(coverage: Coverage | None) -> str:
    """Return how much is there of what should be; empty when nothing is missing."""
    if coverage is None or coverage.is_complete:
        return ""
    locale = locale_of_page()
    counts = {
        "have": locale.format_number(coverage.have),
        "all": locale.format_number(coverage.expected),
    }
    if coverage.what == "posts":
        return _("%(have)s of %(all)s posts") % counts
    if coverage.what == "rows":
        return _("%(have)s of %(all)s rows") % counts
    return _("%(have)s of %(all)s days") % counts


def write_signal(line: Line) -> Verdict | None:
    """Return a chip for a figure that is more than routine variation; None for routine."""
    if not line.is_signal:
        return None
    ratio = line.change.ratio
    rising = ratio > 0 if ratio is not None else line.signal.value > line.signal.expected
    word = _("Signal: up") if rising else _("Signal: down")
    if line.signal.kind == "shift":
        word = _("Level shifted")
    return Verdict(tone=tone_of(line.metric, 1.0 if rising else -1.0), word=word)


def say_course(count: int, name: str) -> str:
    """Return what a sparkline shows, for those who do not see it."""
    return ngettext("%(name)s over %(count)s period", "%(name)s over %(count)s periods", count) % {
        "name": name,
        "count": count,
    }


def verdict_of(judged: Judgement) -> Verdict:
    """Return the verdict of a KPI as a chip: the word first, colour second."""
    return verdict_of_state(judged.state, judged.name)


def verdict_of_state(state: str, name: Text) -> Verdict:
    """Return a verdict as a chip, of one KPI or of several together."""
    words = say(name)
    return Verdict(tone=TONES[state], word=words[:1].upper() + words[1:])


def say_freshness(last: date | None, today: date) -> str:
    """Return up to which day the data goes and how long ago that was."""
    if last is None:
        return ""
    locale = locale_of_page()
    ago = locale.format_relative(last, today)
    day = locale.format_date(last, "short" if last.year == today.year else "medium")
    return _("data to %(day)s (%(ago)s)") % {"day": day, "ago": ago}


def say_provisional(days: int) -> str:
    """Return how many of the last days may still change; empty for none."""
    if not days:
        return ""
    return ngettext(
        "the last %(days)s day may still change", "the last %(days)s days may still change", days
    ) % {"days": days}


def last_day(period: Period, today: date) -> date:
    """Return the last day of a period that has passed."""
    return min(period.last_day, today - timedelta(days=1))
