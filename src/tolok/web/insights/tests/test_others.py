"""Competitors and published benchmarks: ours beside theirs, the same definition or refused."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from django.test import Client

from tolok.metrics import Scope, load_metrics
from tolok.metrics.benchmarks import load_benchmarks
from tolok.web.accounts.facts import engine_of
from tolok.web.accounts.models import Brand, User
from tolok.web.insights.others import read_beside, read_voices
from tolok.web.insights.published import (
    REGIONS,
    SAMPLES,
    SEGMENTS,
    read_published,
    read_refused,
)

pytestmark = pytest.mark.django_db
PAGE = "/b/kopi/insights/competitors/?period=2026-10"


def page_of(client: Client, path: str = PAGE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", answer.content.decode())


def test_ours_stands_beside_each_competitor_and_their_middle(bob: Client, market: Brand) -> None:
    engine = engine_of(market)
    told = read_beside(engine, "kopi", engine.calendar.parse("2026-10"), keys=("followers",))
    (row,) = told
    assert row.ours is not None
    assert (row.ours.value, row.middle, row.place) == (500, 600, (2, 3))
    assert [o.account for o in row.others] == ["tiktok:kenangan", "tiktok:janji"]
    page = page_of(bob)
    assert "2 of 3" in page
    assert "kenangan" in page


def test_shares_of_voice_add_up_and_ours_is_named(bob: Client, market: Brand) -> None:
    engine = engine_of(market)
    voices = read_voices(engine, "kopi", engine.calendar.parse("2026-10"))
    assert sum(v.figure.value or 0 for v in voices) == pytest.approx(1)
    assert {v.subject: v.is_ours for v in voices} == {"kopi": True, "kenangan": False}
    assert voices[0].figure.value == pytest.approx(0.6)
    page = page_of(bob)
    assert re.search(r"\b60(\.0)?\s%", page)
    assert "10 mentions" in page


def test_without_competitors_the_page_says_how_they_come(bob: Client, days: Brand) -> None:
    page = page_of(bob)
    assert "No competitor is followed yet" in page
    assert "What is published" in page


def test_published_figures_name_year_sample_region_and_definition(bob: Client, days: Brand) -> None:
    page = page_of(bob)
    assert "Rival IQ 2025 (data of 2024)" in page
    assert "2100 companies, 150 in each of 14 industries" in page
    assert "worldwide" in page
    assert "median over posts of (reactions or likes + comments + shares) / followers" in page
    food = page_of(bob, PAGE + "&segment=food_beverage")
    assert '<option value="food_beverage" selected>' in food
    assert bob.get(PAGE + "&segment=nothing").status_code == 200


def test_only_the_same_definition_is_compared_and_the_rest_is_refused_with_its_reason(
    days: Brand,
) -> None:
    engine = engine_of(days)
    period = engine.calendar.parse("2026-10")
    published = read_published(engine, "kopi", period, platforms=["tiktok"])
    assert published
    assert all(c.benchmark.definition == c.metric.benchmark for c in published)
    assert all(c.benchmark.platform == "tiktok" for c in published)
    metric = load_metrics()["engagement_rate_by_views"]
    figure = engine.figure(metric, period, Scope("kopi", ("tiktok",)))
    refused = read_refused([(metric, "tiktok", figure)])
    assert refused
    assert all(c.change.ratio is None and c.change.reason is not None for c in refused)
    assert all(c.benchmark.definition != metric.benchmark for c in refused)


def test_a_metric_page_tells_of_others_only_where_they_mean_the_same(
    bob: Client, market: Brand
) -> None:
    base = "/b/kopi/insights/metric/followers/?period=2026-10"
    assert "Ours beside others" in page_of(bob, base + "&platform=tiktok")
    assert "Ours beside others" not in page_of(bob, base)
    assert "Ours beside others" not in page_of(bob, base + "&platform=tiktok&account=tiktok:kopi")


def test_a_competitor_of_another_brand_is_not_seen(
    bob: Client, market: Brand, other_brand: Brand
) -> None:
    engine = engine_of(other_brand)
    assert read_beside(engine, "teh", engine.calendar.parse("2026-10")) == []


def test_the_files_hold_numbers_as_numbers(bob: Client, market: Brand) -> None:
    sent = bob.get("/b/kopi/insights/competitors.xlsx?period=2026-10")
    name = sent["Content-Disposition"]
    assert name == 'attachment; filename="kopi-competitors-2026-10.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(sent.content))
    cells = [c.value for sheet in book for row in sheet.iter_rows() for c in row]
    assert 900 in cells
    assert 500 in cells
    assert "Rival IQ" in cells


def test_the_indonesian_page_tells_samples_regions_and_industries_in_indonesian(
    bob: Client, market: Brand
) -> None:
    User.objects.update(language="id")
    page = page_of(bob)
    assert "2100 perusahaan" in page
    assert "seluruh dunia" in page
    for english in ("companies", "worldwide", "mentions", "Food and drink"):
        assert english not in page


def test_every_published_figure_that_is_shown_can_be_said_in_both_languages() -> None:
    shown = [b for b in load_benchmarks() if b.is_fit and b.segment in SEGMENTS]
    assert {b.sample for b in shown} - {""} <= set(SAMPLES)
    assert {b.region for b in shown} <= set(REGIONS)
