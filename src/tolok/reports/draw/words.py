"""Words every drawing of a report shares: footers, headings, what charts need beside them."""

from __future__ import annotations

from tolok.base import Language, Locale, Text

from ..blocks import Charts, Sheet, Words
from ..report import Report
from .chart import Chart
from .svg import starts_at_zero

MADE = Text("Made on {day}", "Dibuat {day}")
SILENT = Text("Nothing to say", "Belum ada yang bisa disampaikan")
EMPTY = Text("There is nothing to report for this period yet: no figures, no KPIs.",
             "Belum ada yang bisa dilaporkan untuk periode ini: belum ada angka maupun KPI.")  # fmt: skip
ZOOMED = Text("The axis does not start at zero.", "Sumbu tidak mulai dari nol.")
BROKEN = Text("Dotted line: {change}", "Garis titik-titik: {change}")
LEASTS = Text("Arrow up, or pale bar: at least so much, since some data is missing.",
              "Panah ke atas, atau batang pucat: setidaknya sekian, karena sebagian data belum ada.")  # fmt: skip
BAND = Text("Grey bar: what was to be expected.", "Balok abu-abu: rentang yang wajar.")
FOOT = Text("≈ about · ≥ at least · – cannot be said. Figures of posts are totals so far.",
            "≈ sekitar · ≥ setidaknya · – belum bisa disebut. Angka unggahan adalah total sejauh ini.")  # fmt: skip
VALUES = Text("The numbers", "Angkanya")


def say_made(report: Report, language: Language) -> str:
    """Return when the report was made."""
    return MADE.say(language, day=Locale(language).format_date(report.made_on))


def notes_of(chart: Chart, language: Language, *, has_band: bool = True) -> str:
    """Return what a reader must know of a chart, in one line; empty for nothing.

    Native charts draw no band of what was expected (`has_band` false); their sentence says it.
    """
    said = [chart.note.say(language)] if chart.note else []
    if has_band and chart.low is not None and chart.kind == "line":
        said.append(BAND.say(language))
    if not starts_at_zero(chart):
        said.append(ZOOMED.say(language))
    if any(s.leasts for s in chart.series):
        said.append(LEASTS.say(language))
    for event in chart.events:
        said.append(BROKEN.say(language, change=event.text))
    return " ".join(said)


def said_before(sheet: Sheet) -> frozenset[str]:
    """Return the sentences the page says in words, so that charts need not repeat them."""
    return frozenset(s.say("en") for b in sheet.blocks if isinstance(b, Words) for s in b.sentences)


def caption_of(chart: Chart, sheet: Sheet, language: Language) -> str:
    """Return the sentence under a chart; empty when the page says it already."""
    if chart.says is None or chart.says.say("en") in said_before(sheet):
        return ""
    return chart.says.say(language)


def charts_of(sheet: Sheet) -> list[Chart]:
    """Return all charts of a page."""
    return [c for b in sheet.blocks if isinstance(b, Charts) for c in b.charts]
