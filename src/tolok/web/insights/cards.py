"""From figures of the engine to the cards and tables of a page, in the reader's language."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tolok.base import Language, Locale, Period, Text
from tolok.kpi import Explanation, Line, Scorecard
from tolok.metrics import Change, Figure, Metric
from tolok.web.shell import parts

_RANGE = Text("{low} – {high}", "{low} – {high}")
_LEAST = Text("≥ {low}", "≥ {low}")
_ABOUT = Text("about {value}", "sekitar {value}")
_COVERED = Text("{have} of {expected} days", "{have} dari {expected} hari")
_POSTS = Text("{have} of {expected} posts", "{have} dari {expected} postingan")
_AGAINST = Text("against {period}", "dibanding {period}")
_COURSE = Text("{name} over {count} periods", "{name} selama {count} periode")
SMALL = 0.02


def language_of_page() -> Language:
    """Return the language the page is drawn in."""
    return "id" if get_language() == "id" else "en"


def write_value(figure: Figure, metric: Metric, locale: Locale) -> str:
    """Return the figure as it may be said; empty when it cannot be."""
    if figure.state == "range" and figure.low is not None:
        low = locale.format_figure(figure.low, metric.unit, figure.currency)
        if figure.high is None:
            return _LEAST.say(locale.language, low=low)
        high = locale.format_figure(figure.high, metric.unit, figure.currency)
        return _RANGE.say(locale.language, low=low, high=high)
    if figure.value is None:
        return ""
    value = locale.format_figure(figure.value, metric.unit, figure.currency)
    if figure.state == "at_least":
        return _LEAST.say(locale.language, low=value)
    return _ABOUT.say(locale.language, value=value) if figure.state == "about" else value


def write_change(change: Change, metric: Metric, against: Period) -> parts.Change | None:
    """Return the change in words, or None when there is nothing to say."""
    locale = Locale(language_of_page())
    if change.ratio is None:
        if change.reason is None or not change.reason_data:
            return None
        return parts.Change(
            amount="", against=change.reason.say(locale.language, **change.reason_data)
        )
    tone: parts.Tone = "quiet"
    if metric.direction != "neither" and abs(change.ratio) >= SMALL:
        tone = "good" if (change.ratio > 0) == (metric.direction == "up") else "bad"
    return parts.Change(
        amount=locale.format_change(change.ratio),
        against=_AGAINST.say(locale.language, period=against.label(locale.language)),
        tone=tone,
    )


def card_of(line: Line, card: Scorecard, brand: str, platform: str | None) -> parts.Figure:
    """Return one line of a scorecard as a card."""
    locale = Locale(language_of_page())
    figure, metric = line.figure, line.metric
    href = reverse("insights:metric", args=[brand, metric.key]) + f"?period={card.period.key}"
    if platform:
        href += f"&platform={platform}"
    return parts.Figure(
        label=metric.name,
        meaning=metric.meaning,
        value=write_value(figure, metric, locale),
        reason=figure.reason.say(locale.language, **figure.reason_data) if figure.reason else "",
        href=href,
        change=write_change(line.change, metric, card.previous),
        spark=[f.value for f in line.history],
        spark_says=_COURSE.say(locale.language, name=metric.name, count=len(line.history)),
        coverage=write_coverage(figure, locale),
        is_provisional=figure.provisional_days > 0,
    )


def write_coverage(figure: Figure, locale: Locale) -> str:
    """Return how much is missing; empty when nothing is."""
    coverage = figure.coverage
    if coverage is None or coverage.is_complete:
        return ""
    words = _POSTS if coverage.what == "posts" else _COVERED
    return words.say(
        locale.language,
        have=locale.format_number(coverage.have),
        expected=locale.format_number(coverage.expected),
    )


def items_table(told: Explanation) -> parts.Table:
    """Return the heaviest rows behind a figure as a table."""
    locale = Locale(language_of_page())
    hidden = {"brand", "platform", "account"}
    keep = [
        k for k in (told.items[0] if told.items else {})
        if k not in hidden and any(i[k] is not None for i in told.items)
    ]  # fmt: skip
    columns = [parts.Column(label=k, is_number=_is_number(told, k)) for k in keep]
    rows = [[_cell(item[k], locale) for k in keep] for item in told.items]
    return parts.Table(caption=_("Rows that weigh most"), columns=columns, rows=rows)


def files_table(told: Explanation) -> parts.Table:
    """Return the files behind a figure as a table."""
    locale = Locale(language_of_page())
    columns = [
        parts.Column(label=_("File")), parts.Column(label=_("Kind")),
        parts.Column(label=_("Rows"), is_number=True), parts.Column(label=_("Lines")),
        parts.Column(label=_("Fingerprint")),
    ]  # fmt: skip
    rows = [
        [f.file_name or f.source, f.source, locale.format_number(f.rows),
         f"{f.first_row}–{f.last_row}" if f.first_row else "", (f.file or "")[:12]]
        for f in told.files
    ]  # fmt: skip
    return parts.Table(caption=_("Read from"), columns=columns, rows=rows)


def _is_number(told: Explanation, key: str) -> bool:
    return any(isinstance(i[key], int | float) for i in told.items)


def _cell(value: object, locale: Locale) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return locale.format_number(value)
    text = " ".join(str(value).split())
    return text if len(text) <= 80 else text[:79] + "…"
