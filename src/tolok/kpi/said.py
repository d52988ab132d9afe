"""Numbers of a KPI in words: the same figure as each language writes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from tolok.base import LANGUAGES, Locale, Text, Unit, say_day
from tolok.metrics import Figure

_SMALL_SHARE = 0.1


def say_value(value: float | None, unit: Unit, currency: str | None = None) -> Text:
    """Return a value with its unit, as each language writes it; a dash for none.

    Small shares get two decimals and counts none: promises are often a tenth of a point apart,
    and nobody has half a follower.
    """
    if value is not None and unit.kind == "ratio" and abs(value) < _SMALL_SHARE:
        return Text(*(Locale(x).format_percent(value, 2) for x in LANGUAGES))
    if value is not None and unit.kind == "count":
        return Text(*(Locale(x).format_number(round(value), 0) for x in LANGUAGES))
    return Text(*(Locale(x).format_figure(value, unit, currency or "IDR") for x in LANGUAGES))


def say_number(value: float | None, digits: int | None = None) -> Text:
    """Return a plain number as each language writes it: 0.97 and 0,97; a dash for none."""
    return Text(*(Locale(x).format_number(value, digits) for x in LANGUAGES))


def say_share(share: float | None, digits: int = 0) -> Text:
    """Return a share in percent: 0.667 is 67 %."""
    return Text(
        Locale("en").format_percent(share, digits), Locale("id").format_percent(share, digits)
    )


def fill(text: Text, data: Mapping[str, object]) -> Text:
    """Return the text with its placeholders filled in both languages."""
    if not data:
        return text
    return Text(text.say("en", **data), text.say("id", **data))


def why_unknown(figure: Figure) -> Text:
    """Return why a figure cannot be said."""
    if figure.reason is None:
        return Text("no data for this yet", "belum ada datanya")
    return fill(figure.reason, figure.reason_data)


def say_last(end: date | None) -> Text:
    """Return the last day before an end that is not included, as each language writes it."""
    return say_day(end - timedelta(days=1) if end is not None else None)


def say_change(factor: float) -> Text:
    """Return a growth factor as a change: 1.2 is +20 %."""
    return Text(*(Locale(x).format_change(factor - 1, 0) for x in LANGUAGES))


def join(first: Text, *more: Text | None) -> Text:
    """Return sentences one after another, each begun anew; None is left out."""
    said = first
    for text in more:
        if text is not None:
            said = Text(f"{said.en.rstrip('.')}. {text.en}", f"{said.id.rstrip('.')}. {text.id}")
    return said
