"""Pages, sentences and numbers keep the laws of their form."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from tolok.base import COUNT, DefinitionError, Text, UserError, forget_shelves, load_shelf
from tolok.lake import Origin
from tolok.metrics import load_metrics
from tolok.metrics.benchmarks import DEFINITIONS, load_benchmarks
from tolok.reports import AUDIENCES, Page, Style, build_report, load_pages, pages
from tolok.reports.blocks import Grid
from tolok.reports.case import Case
from tolok.reports.draw.chart import Chart, Series
from tolok.reports.mix import split_rate
from tolok.reports.narrative import explain_change, find_contributions
from tolok.reports.number import Number
from tolok.reports.posts import rank_posts
from tolok.reports.sentence import Sentence

from .world import BRAND, OCTOBER, PROFILE, as_table, engine_of, make_lake, report_of


@pytest.fixture(scope="module")
def case() -> Case:
    return Case(engine_of(make_lake(12, 14)), PROFILE, OCTOBER)


def test_a_sentence_without_a_source_fails_the_build() -> None:
    with pytest.raises(DefinitionError):
        Sentence(Text("All is well.", "Semua baik."))


def test_a_number_without_a_source_fails_the_build() -> None:
    with pytest.raises(DefinitionError):
        Number(3.0, COUNT, "figure", ())


def test_a_digit_written_into_a_sentence_fails_the_build(case: Case) -> None:
    fact = case.fact("engagements")
    assert fact is not None
    number = Number(1.0, COUNT, "figure", (fact,))
    with pytest.raises(DefinitionError):
        Sentence(Text("{n} of 12 posts", "{n} dari 12 unggahan"), {"n": number})
    with pytest.raises(DefinitionError):
        Sentence(Text("{n} posts", "unggahan"), {"n": number})


@pytest.mark.parametrize("page", load_pages().values(), ids=lambda p: p.key)
def test_a_page_says_its_question_in_both_languages_and_who_reads_it(page: Page) -> None:
    assert page.question.en.endswith("?")
    assert page.question.id.endswith("?")
    assert set(page.audience) <= set(AUDIENCES)
    assert page.nothing.en
    assert page.nothing.id
    assert load_shelf("tolok.reports.pages", Page)[page.key] is page


@pytest.mark.parametrize("page", load_pages().values(), ids=lambda p: p.key)
def test_metrics_a_page_asks_for_exist(page: Page) -> None:
    missing = {k for k in (*page.needs, *page.follows) if k not in load_metrics()}
    assert not missing, "keys that no metric has"


@pytest.mark.parametrize("page", load_pages().values(), ids=lambda p: p.key)
def test_with_empty_data_every_page_says_so_in_one_line(page: Page) -> None:
    empty = Case(engine_of(make_lake(0, 0)), PROFILE, OCTOBER)
    sheet = page.make(empty)
    assert sheet.nothing is not None
    assert not sheet.blocks


def test_a_page_with_nothing_to_say_is_left_out_for_clients_only() -> None:
    assert report_of(0, audience="team").silent
    assert not report_of(0, audience="client").sheets


def test_contributions_add_up_to_the_change(case: Case) -> None:
    for key in ("engagements", "followers_net", "posts_published"):
        parts = find_contributions(case, key, "platform")
        now, before = case.fact(key), case.fact(key, case.previous)
        assert now is not None
        assert before is not None
        gap = (now.figure.value or 0) - (before.figure.value or 0)
        assert sum(p.difference.value or 0 for p in parts) == pytest.approx(gap)


@pytest.mark.parametrize("dimension", ["platform", "kind"])
@pytest.mark.parametrize("platform", [None, "tiktok"])
def test_a_rate_falls_into_weights_and_rates_that_add_up_to_its_change(
    dimension: str, platform: str | None, case: Case
) -> None:
    found = split_rate(case, "engagement_rate_by_reach", dimension, platform)
    if platform and dimension == "platform":
        assert found is None, "one platform is no mix"
        return
    assert found is not None
    sums = [
        sum(p.mix.value or 0 for p in found.parts),
        sum(p.inside.value or 0 for p in found.parts),
    ]
    assert sums == pytest.approx([found.mix.value, found.inside.value])
    assert sum(sums) == pytest.approx(found.whole.value)
    said = explain_change(case, "engagement_rate_by_reach", dimension, platform=platform)
    assert {n.kind for n in said[0].numbers} == {"difference", "mix", "inside"}


def test_when_only_the_mix_moves_all_of_the_change_is_mix() -> None:
    posts = [("reel", 0.10, 100, 300), ("image", 0.02, 300, 100)]  # rate, reach before, reach now
    rows = [
        {"post": f"p{n}-{kind}-{m}", "account": "tiktok:a", "platform": "tiktok", "kind": kind,
         "published_at": datetime(2026, m, 1 + n, 5), "reach": reach, "likes": round(rate * reach)}
        for kind, rate, before, now in posts for m, reach in ((9, before), (10, now)) for n in range(3)
    ]  # fmt: skip
    lake = make_lake(0, 0)
    lake.write({"posts": as_table("posts", rows)}, Origin(source="test", brand=BRAND))
    found = split_rate(Case(engine_of(lake), PROFILE, OCTOBER), "engagement_rate_by_reach", "kind")
    assert found is not None
    assert (found.whole.value, found.mix.value) == pytest.approx((0.04, 0.04))
    assert found.inside.value == pytest.approx(0, abs=1e-12)


def test_a_published_figure_stands_beside_ours_only_with_the_same_definition(case: Case) -> None:
    sheet = load_pages()["competitors"].make(case)
    grid = next(b for b in sheet.blocks if isinstance(b, Grid))
    published = {(r[1].en, r[3].value) for r in grid.rows}  # type: ignore[union-attr]
    known = {(b.platform, b.value) for b in load_benchmarks() if b.segment == "all"}
    assert published <= known
    assert published
    for row in grid.rows:
        words = row[4].id  # type: ignore[union-attr]
        assert any(d.id in words for d in DEFINITIONS.values())
        assert "202" in words
        assert "seluruh dunia" in words
    refused = [s.say("id") for s in sheet.sentences if "tidak dapat dibandingkan" in s.say("id")]
    assert refused
    assert all("memakai" in words for words in refused)


def test_best_and_weakest_posts_are_the_ends_of_the_list(case: Case) -> None:
    best, worst = rank_posts(case, most=5)
    everything, _ = rank_posts(case, most=10_000)
    values = [p.fact.figure.value for p in everything]
    assert values == sorted(values, reverse=True)
    assert [p.fact.figure.value for p in best] == values[:5]
    assert [p.fact.figure.value for p in worst] == values[::-1][:5]


def test_a_chart_refuses_series_of_other_length_and_more_than_five(case: Case) -> None:
    fact = case.fact("engagements")
    assert fact is not None
    number = Number(1.0, COUNT, "figure", (fact,))
    names = (Text("a", "a"), Text("b", "b"))
    with pytest.raises(DefinitionError):
        Chart("x", names[0], "line", names, (Series(names[0], (number,)),), COUNT)
    with pytest.raises(DefinitionError):
        Chart("x", names[0], "line", names, (Series(names[0], (number, None)),) * 6, COUNT)


def test_neighbours_on_the_shelf_do_not_know_each_other() -> None:
    folder = Path(pages.__file__).parent
    for file in folder.glob("*.py"):
        found = [
            line
            for line in file.read_text().splitlines()
            if re.match(r"from \.[a-z]|.*reports\.pages", line)
        ]
        assert not found, (file.name, found)


def test_only_signals_are_coloured() -> None:
    for sheet in report_of(12).told:
        for sentence in sheet.sentences:
            if "routine" in sentence.text.en:
                assert sentence.mood not in ("good", "bad")


def test_an_unknown_page_template_or_colour_is_refused_with_what_there_is() -> None:
    engine = engine_of(make_lake(1, 1))
    with pytest.raises(UserError, match="no_such"):
        build_report(engine, PROFILE, OCTOBER, pages=("no_such",))
    with pytest.raises(UserError, match="nobody"):
        build_report(engine, PROFILE, OCTOBER, audience="nobody")  # type: ignore[arg-type]
    with pytest.raises(UserError):
        Style(accent="red; } body { display: none")


def test_a_page_shelved_anew_stands_in_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    first = next(iter(load_pages().values()))
    extra = replace(first, key="made_up", order=1)
    monkeypatch.setattr(pages.scorecard, "EXTRA", extra, raising=False)
    forget_shelves()
    try:
        assert next(iter(load_pages())) == "made_up"
    finally:
        monkeypatch.undo()
        forget_shelves()
