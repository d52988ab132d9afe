"""Figures of the catalogue that measure the team's plans, for the side of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from tolok.base import Period, Text
from tolok.kpi.said import say_value, why_unknown
from tolok.metrics import Figure, Scope, metric_of
from tolok.web.accounts.facts import calendar_of
from tolok.web.shell.language import language_of_page

from .book import Book
from .words import as_sentence

_BEFORE = Text("{period}: {value}", "{period}: {value}")


@dataclass(frozen=True)
class Beside:
    """One figure of the catalogue: its words, its value now and before, where it opens."""

    label: Text
    meaning: Text
    value: str
    reason: Text
    before: str
    href: str


def figures_beside(book: Book, keys: Sequence[str], grain: str = "quarter") -> list[Beside]:
    """Return the metrics for the period that runs, each beside the period before."""
    calendar = calendar_of(book.brand)
    now = calendar.period_of(book.today, grain)
    before = calendar.previous(now)
    scope = Scope(book.brand.slug)
    found = book.keep(
        "beside", (*book.batches, book.today, grain, *keys),
        lambda: book.engine.figures(list(keys), [now, before], scope),
    )  # fmt: skip
    told = {(f.metric, f.period.start): f for f in found}
    return [
        _beside(book, told[key, now.start], told[key, before.start], now, before) for key in keys
    ]


def _beside(book: Book, now: Figure, then: Figure, period: Period, before: Period) -> Beside:
    metric, language = metric_of(now.metric), language_of_page()
    address = reverse("insights:metric", args=[book.brand.slug, metric.key])
    return Beside(
        label=metric.name, meaning=metric.meaning, value=write_figure(now),
        reason=as_sentence(why_unknown(now)) if now.value is None else Text("", ""),
        before=_BEFORE.say(language, period=before.label(language), value=write_figure(then) or "–"),
        href=f"{address}?period={period.key}",
    )  # fmt: skip


def write_figure(figure: Figure) -> str:
    """Return a figure's value with its unit in the language of the page; empty for none."""
    if figure.value is None:
        return ""
    unit = metric_of(figure.metric).unit
    told = say_value(figure.value, unit, figure.currency).say(language_of_page())
    return f"≥ {told}" if figure.state == "at_least" else told
