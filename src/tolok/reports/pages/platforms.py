"""Platforms: what each one gave, against the period before and a year before."""

from __future__ import annotations

from collections.abc import Iterable

from tolok.base import Text
from tolok.kpi import Section
from tolok.kpi.scorecard import PLATFORM_METRICS

from ..blocks import Block, Charts, Words
from ..case import Case, is_told
from ..narrative import Told, explain_change, tell_series
from ..page import Page
from ..parts import exceptions, group_chart, history_chart, series_grid

_MOST_CHARTS = 2


def tell_section(case: Case, section: Section) -> list[Told]:
    """Return the lines of a scorecard section as judged series."""
    told = []
    for line in section.lines:
        facts = case.series_on(line.metric.key, section.platform)
        if any(is_told(f.figure) for f in facts):
            where = section.name if section.platform else None
            told.append(tell_series(case, facts, where=where))
    return told


def _build(case: Case) -> Iterable[Block]:
    sections = [s for s in case.scorecard.sections if s.platform]
    parts = explain_change(case, "engagements", "platform")
    if parts:
        yield Words(parts, is_answer=True)
    chart = group_chart(
        case,
        "engagements",
        "platform",
        title=Text("Engagements by platform", "Interaksi per platform"),
    )
    if chart:
        yield Charts((chart,))
    for section in sections:
        told = tell_section(case, section)
        if not told:
            continue
        yield series_grid(case, told, title=section.name)
        found = exceptions(told)
        if found:
            yield Words(tuple(t.sentence for t in found))
            yield Charts(tuple(history_chart(case, t) for t in found[:_MOST_CHARTS]))


PAGE = Page(
    key="platforms", order=20, build=_build,
    title=Text("Platforms", "Platform"),
    question=Text("What did each platform give?", "Apa yang diberikan tiap platform?"),
    nothing=Text("No platform has figures for this period.",
                 "Belum ada platform yang punya angka untuk periode ini."),
    needs=("engagements", "interactions", "views", "impressions"), follows=PLATFORM_METRICS, serves=("K2.1", "K8.2"),
)  # fmt: skip
