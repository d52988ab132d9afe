"""Every number of a report is asked again of the engine, and every text is read back."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from tolok.base import LANGUAGES, Language
from tolok.kpi import Judgement, judge
from tolok.metrics import Engine, Figure
from tolok.metrics.benchmarks import Benchmark
from tolok.reports import Report, draw_report
from tolok.reports.blocks import Charts, Grid, Quote, Words
from tolok.reports.number import Fact, Number
from tolok.series import judge_last

from .reading import (
    pptx_chart_values,
    read_html,
    read_mail,
    read_pdf,
    read_pdf_apart,
    read_pptx,
    read_xlsx,
    squeeze,
    tokens,
    told_strings,
    values_in,
)
from .world import BRAND, KPIS, OCTOBER, PROFILE, engine_of, make_lake, report_of


@pytest.fixture(scope="module")
def engine() -> Engine:
    return engine_of(make_lake(12, 14))


@pytest.fixture(scope="module")
def report() -> Report:
    return report_of(12)


class Oracle:
    """Asks the engine again, one group at a time, with nothing kept from the report."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.kept: dict[object, Figure] = {}
        self.judged = {k.key: judge(k, engine, brand=BRAND) for k in KPIS}

    def ask(self, fact: Fact) -> Figure:
        group = tuple(sorted(fact.figure.group.items()))
        filters = tuple(sorted(fact.scope.filters.items()))
        key = (fact.metric.key, fact.figure.period, group, filters, fact.scope.platforms)
        if key not in self.kept:
            metric = fact.metric
            by = tuple(d for d, _ in group)
            if "post" in by:
                metric = replace(metric, dimensions=(*metric.dimensions, "post"))
            for one in self.engine.figures([metric], [fact.figure.period], fact.scope, by=by):
                mine = tuple(sorted(one.group.items()))
                self.kept[(metric.key, one.period, mine, filters, fact.scope.platforms)] = one
        return self.kept.get(key) or Figure(fact.metric.key, fact.figure.period, None, "unknown")

    def value(self, fact: Fact) -> float | None:
        return self.ask(fact).value

    def expected(self, number: Number) -> object:
        """Return what the number must be, by its kind."""
        first = number.sources[0]
        if isinstance(first, Judgement):
            found = self.judged[first.kpi.key]
            of_kpi = {
                "figure": found.value,
                "target": found.target,
                "expected": found.expected,
                "odds": found.odds,
            }
            return of_kpi.get(number.kind, number.value)
        if isinstance(first, Benchmark):
            return first.value
        if number.kind == "figure":
            return self.value(first)
        facts = [s for s in number.sources if isinstance(s, Fact)]
        values = [self.value(f) for f in facts]
        if number.kind == "change" and len(values) == 2:
            now, before = values
            return None if now is None or not before or number.value is None else now / before - 1
        if number.kind == "difference":
            now_values = [
                v or 0 for f, v in zip(facts, values, strict=True) if f.figure.period == OCTOBER
            ]
            past_values = [
                v or 0 for f, v in zip(facts, values, strict=True) if f.figure.period != OCTOBER
            ]
            return sum(now_values) - sum(past_values)
        if number.kind == "share" and len(values) == 2:
            return (values[0] or 0) / (values[1] or 1)
        if number.kind in ("low", "high"):
            return self.bound(number, first)
        if number.kind == "gap":
            published = next(x for x in number.sources if isinstance(x, Benchmark))
            return (values[0] or 0) - (published.value or 0)
        if number.kind == "weight":
            return (values[0] or 0) / sum(v or 0 for v in values[1:])
        if number.kind in ("mix", "inside", "mix_part", "inside_part"):
            return self.split(number, first, facts)
        return number.value

    def split(self, number: Number, first: Fact, facts: list[Fact]) -> float:
        """Take a rate apart in plain Python, from what the engine says of rates and bases."""
        found: dict[tuple[str, str | None, bool], float] = {}
        for fact in facts:
            kind = "base" if fact.metric.key.endswith(":base") else "rate"
            group = next(iter(fact.figure.group.values()))
            found[kind, group, fact.figure.period == OCTOBER] = self.value(fact) or 0.0
        groups = {g for kind, g, _ in found if kind == "base"}
        sums = {t: sum(found.get(("base", g, t), 0.0) for g in groups) for t in (False, True)}
        share = {
            (g, t): found.get(("base", g, t), 0.0) / sums[t] for g in groups for t in (False, True)
        }
        rate = {(g, t): found.get(("rate", g, t), found.get(("rate", g, not t), 0.0))
                for g in groups for t in (False, True)}  # fmt: skip
        middle = sum(share[k] * rate[k] for k in share) / 2
        mine = groups if number.kind in ("mix", "inside") else set(first.figure.group.values())
        if number.kind.startswith("mix"):
            return sum((share[g, True] - share[g, False]) * ((rate[g, True] + rate[g, False]) / 2 - middle)
                       for g in mine)  # fmt: skip
        return sum(
            (rate[g, True] - rate[g, False]) * (share[g, True] + share[g, False]) / 2 for g in mine
        )

    def bound(self, number: Number, fact: Fact) -> float | None:
        if fact.figure.value is None:
            return getattr(self.ask(fact), number.kind)
        calendar, periods = self.engine.calendar, [fact.figure.period]
        while len(periods) < 13:
            periods.insert(0, calendar.previous(periods[0]))
        values = [self.value(replace(fact, figure=replace(fact.figure, period=p))) for p in periods]
        told = judge_last([np.nan if v is None else v for v in values])
        return getattr(told, number.kind)


def test_every_number_of_the_report_is_what_the_engine_says(engine: Engine, report: Report) -> None:
    oracle, seen = Oracle(engine), 0
    for sheet in report.told:
        for number in sheet.numbers:
            expected = oracle.expected(number)
            assert number.value == pytest.approx(expected, rel=1e-9, nan_ok=True), (
                sheet.key,
                number,
            )
            seen += number.value is not None
    assert seen > 300


def test_the_oracle_notices_a_wrong_number(engine: Engine, report: Report) -> None:
    number = next(
        n
        for n in report.told[0].numbers
        if n.kind == "figure" and n.value and isinstance(n.sources[0], Fact)
    )
    wrong = replace(number, value=number.value * 1.001)
    assert wrong.value != pytest.approx(Oracle(engine).expected(wrong), rel=1e-9)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["pdf", "html", "pptx", "xlsx", "eml"])
def test_what_is_read_back_holds_every_sentence_and_no_number_of_its_own(
    report: Report, form: str, language: Language
) -> None:
    content = draw_report(report, form, language)
    words, sheets = _read(form, content), report.told[:3] if form == "eml" else report.told
    squeezed = squeeze(words)
    for sheet in sheets:
        for sentence in sheet.sentences:
            if sentence in _said_in_words(sheet):
                assert squeeze(sentence.say(language)) in squeezed, (form, sheet.key)
    allowed = {t for text in told_strings(report, language) for t in tokens(text)}
    apart = read_pdf_apart(content) if form == "pdf" else words
    strange = {t for t in tokens(apart) if t not in allowed and not _is_page_number(t, form)}
    assert not strange, (form, sorted(strange)[:20])


def _said_in_words(sheet: object) -> list[object]:
    return [s for b in sheet.blocks if isinstance(b, Words) for s in b.sentences]  # type: ignore[attr-defined]


def _is_page_number(token: str, form: str) -> bool:
    return form == "pdf" and token.isdigit() and int(token) < 100


def _read(form: str, content: bytes) -> str:
    if form == "pdf":
        return read_pdf(content)
    if form == "html":
        return read_html(content.decode())
    if form == "pptx":
        return read_pptx(content)
    if form == "xlsx":
        return read_xlsx(content)[0]
    plain, page, _ = read_mail(content)
    return plain + read_html(page)


@pytest.mark.parametrize("form", ["pdf", "html", "pptx"])
def test_every_number_of_every_table_is_printed(report: Report, form: str) -> None:
    squeezed = squeeze(_read(form, draw_report(report, form, "id")))
    for sheet in report.told:
        for block in sheet.blocks:
            if isinstance(block, Grid):
                for number in (c for row in block.rows for c in row if isinstance(c, Number)):
                    assert squeeze(number.write("id")) in squeezed, (sheet.key, number)


def test_native_charts_of_the_slides_hold_the_engines_values(report: Report) -> None:
    drawn = pptx_chart_values(draw_report(report, "pptx", "en"))
    charts = [c for s in report.told for b in s.blocks if isinstance(b, Charts) for c in b.charts]
    wanted = [[None if n is None else n.value for n in s.numbers] for c in charts for s in c.series]
    wanted = [w[::-1] if c.kind == "bar" else w for c, w in zip(charts, wanted, strict=True)]
    assert len(drawn) == len(wanted) > 10
    for one, other in zip(drawn, wanted, strict=True):
        assert one == pytest.approx(other)


def test_the_workbook_has_numbers_as_numbers_and_changes_as_formulas(report: Report) -> None:
    _, numbers, formulas = read_xlsx(draw_report(report, "xlsx", "en"))
    known = {n.value for s in report.told for n in s.numbers if n.value is not None}
    facts = [x.figure for s in report.told for x in s.sources if isinstance(x, Fact)]
    known |= {v for f in facts for v in (f.value, f.low, f.high) if v is not None}
    rounded = {round(v, 9) for v in known}
    assert all(round(n, 9) in rounded for n in numbers)
    assert len(numbers) > 300
    assert len(formulas) > 5
    forms = (r"=[A-Z]+\d+/[A-Z]+\d+-1", r"=SUM\([A-Z]+\d+:[A-Z]+\d+\)")
    assert all(any(re.fullmatch(form, f) for f in formulas) for form in forms)
    assert all(any(re.fullmatch(form, f) for form in forms) for f in formulas)


def test_a_caption_never_becomes_a_formula_link_or_markup(report: Report) -> None:
    quotes = {c.words for s in report.told for b in s.blocks if isinstance(b, Grid) for r in b.rows for c in r
              if isinstance(c, Quote)}  # fmt: skip
    assert len(quotes) > 3
    book = draw_report(report, "xlsx", "en")
    assert not [f for f in read_xlsx(book)[2] if "CMD" in f]
    assert "<script>" not in draw_report(report, "html", "en").decode()
    links = [
        n
        for n in zipfile.ZipFile(io.BytesIO(book)).namelist()
        if n.endswith(".rels") and "sheet" in n
    ]
    assert all(b"hyperlink" not in zipfile.ZipFile(io.BytesIO(book)).read(n) for n in links)


def test_english_and_indonesian_say_the_same_numbers(report: Report) -> None:
    told = 0
    for sheet in report.told:
        for sentence in sheet.sentences:
            en, id_ = (values_in(sentence.say(x), x) for x in LANGUAGES)
            assert en == id_, (sentence.say("en"), sentence.say("id"))
            told += len(en)
    assert told > 100


def test_both_languages_of_a_workbook_hold_the_same_values(report: Report) -> None:
    english, indonesian = (read_xlsx(draw_report(report, "xlsx", x)) for x in LANGUAGES)
    assert english[1:] == indonesian[1:]


def test_a_letter_carries_the_report_inside_and_attached(report: Report) -> None:
    plain, page, attached = read_mail(draw_report(report, "eml", "id"))
    assert PROFILE.name in plain
    assert list(attached) == [report.file_name("pdf", "id")]
    assert attached[report.file_name("pdf", "id")].startswith(b"%PDF")
    answer = report.told[0].sentences[0].say("id")
    assert answer in plain
    assert answer in read_html(page)
