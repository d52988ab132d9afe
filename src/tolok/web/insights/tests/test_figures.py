"""Scorecard and metric pages: the right number in words, colour only for signals, files to keep."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pyarrow as pa
import pytest
from django.test import Client

from tolok.base import Calendar, PlatformFacts
from tolok.kpi import build_scorecard
from tolok.lake import Origin, load_tables, name_column, name_value
from tolok.metrics import Scope, load_metrics
from tolok.web.accounts.facts import engine_of, lake_of
from tolok.web.accounts.models import Brand, User
from tolok.web.insights.chart import draw_course
from tolok.web.insights.chart_file import draw_file
from tolok.web.insights.course import read_course
from tolok.web.shell.sheets import Sheet, make_safe, write_csv, write_xlsx

pytestmark = pytest.mark.django_db


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_signal_is_coloured_and_named_and_routine_is_not(bob: Client, days: Brand) -> None:
    october = text_of(bob, "/b/kopi/insights/?period=2026-10")
    assert "1 figure moved more than routine variation" in october
    assert "Signal: up" in october
    september = text_of(bob, "/b/kopi/insights/?period=2026-09")
    assert "Signal" not in september
    assert "No figure moved more than routine variation" in september
    assert 'class="good"' not in september


def test_the_chart_judges_as_the_scorecard_does(days: Brand) -> None:
    engine = engine_of(days)
    for key in ("2026-09", "2026-10"):
        period = engine.calendar.parse(key)
        card = build_scorecard(engine, days.slug, period)
        line = next(x for s in card.sections for x in s.lines if x.metric.key == "views")
        scope = Scope(days.slug, platforms=("tiktok",))
        point = read_course(engine, load_metrics()["views"], period, scope).points[-1]
        assert point.kind == line.signal.kind
        assert point.value == line.figure.value


def test_a_sum_with_days_missing_is_no_signal_however_low(bob: Client, days: Brand) -> None:
    # Three days of November are in by the 25th: far below any month, and no fall.
    lake_of(days).write(
        {"account_days": pa.table({
            "brand": ["kopi"] * 3, "account": ["tiktok:kopi"] * 3, "platform": ["tiktok"] * 3,
            "day": [date(2026, 11, n) for n in (1, 2, 3)], "views": [5, 5, 5],
            "observed_at": pa.array([datetime(2026, 11, 4)] * 3, pa.timestamp("us")),
        })}, Origin("tiktok.overview", brand="kopi"),
    )  # fmt: skip
    monkey = pytest.MonkeyPatch()
    monkey.setenv("TOLOK_TODAY", "2026-12-05")
    try:
        page = text_of(bob, "/b/kopi/insights/metric/views/?period=2026-11&platform=tiktok")
        card = text_of(bob, "/b/kopi/insights/?period=2026-11")
    finally:
        monkey.undo()
    assert "Not complete" in page
    assert "≥ 15" in page
    assert "Signal: down" not in page + card


def test_a_missing_month_is_a_hatched_gap_and_no_line_crosses_it(days: Brand) -> None:
    engine = engine_of(days)
    period = engine.calendar.parse("2026-10")
    scope = Scope(days.slug, platforms=("tiktok",))
    course = read_course(engine, load_metrics()["views"], period, scope)
    assert [p.value is None for p in course.points if p.period.key == "2026-03"] == [True]
    wide = ElementTree.fromstring(str(draw_course(course)).split("</svg>")[0] + "</svg>")
    lines = [e for e in wide.iter() if e.get("class") == "line"]
    gaps = [e for e in wide.iter() if e.get("class") == "gap"]
    assert (len(lines), len(gaps)) == (2, 1)
    gap = (float(gaps[0].get("x", 0)), float(gaps[0].get("width", 0)))
    for line in lines:
        xs = [float(p.split(",")[0]) for p in (line.get("points") or "").split()]
        assert max(xs) < gap[0] + gap[1] / 2 or min(xs) > gap[0] + gap[1] / 2


def test_the_drawing_as_a_file_is_whole_xml_and_escapes_names(days: Brand) -> None:
    engine = engine_of(days)
    course = read_course(
        engine, load_metrics()["views"], engine.calendar.parse("2026-10"), Scope(days.slug)
    )
    drawn = draw_file(course, "<b>&", "says")
    root = ElementTree.fromstring(drawn)
    assert root.tag.endswith("svg")
    assert "&lt;b&gt;&amp;" in drawn


def test_no_figure_is_said_with_its_reason_and_never_as_zero(bob: Client, days: Brand) -> None:
    page = text_of(bob, "/b/kopi/insights/metric/views/?period=2026-03&platform=tiktok")
    assert "Cannot say" in page
    assert re.search(r'class="figure-value">\s*0', page) is None


def test_a_period_that_runs_is_said_to_be_unfinished(bob: Client, days: Brand) -> None:
    page = text_of(bob, "/b/kopi/insights/metric/views/?period=2026-11&platform=tiktok")
    assert "not over yet" in page
    assert "Signal" not in page


def test_periods_of_ones_own_and_last_year_can_be_compared(bob: Client, days: Brand) -> None:
    page = text_of(bob, "/b/kopi/insights/?from=2026-10-01&to=2026-10-15&against=last-year")
    assert "1–15 Oct" in page
    assert "2025" in page
    assert bob.get("/b/kopi/insights/?period=no-such-time").status_code == 400
    assert bob.get("/b/kopi/insights/?from=2026-10-01").status_code == 400


def test_a_metric_or_a_narrowing_that_does_not_exist_is_answered(bob: Client, days: Brand) -> None:
    assert bob.get("/b/kopi/insights/metric/nothing/").status_code == 404
    assert bob.get("/b/kopi/insights/metric/views/?kind=reel").status_code == 400
    assert bob.get("/b/kopi/insights/metric/views/course.exe").status_code == 404


def test_a_row_opens_with_every_time_it_was_seen_and_no_other_brand_sees_it(
    bob: Client, days: Brand, other_brand: Brand
) -> None:
    query = "?account=tiktok:kopi&day=2026-10-01&period=2026-10"
    page = text_of(bob, f"/b/kopi/insights/metric/views/rows/{query}")
    assert "Each time it was seen" in page
    assert ">301<" in page
    other = query.replace("2026-10-01", "2026-11-01")
    assert bob.get(f"/b/kopi/insights/metric/views/rows/{other}").status_code == 404
    bad = "?account=tiktok:kopi&day=yesterday"
    assert bob.get(f"/b/kopi/insights/metric/views/rows/{bad}").status_code == 404


def test_every_form_of_file_holds_what_the_page_shows(bob: Client, days: Brand) -> None:
    base = "/b/kopi/insights/metric/views/"
    query = "?period=2026-10&platform=tiktok&by=weekday"
    sent = bob.get(f"{base}course.csv{query}")
    assert sent["Content-Disposition"] == 'attachment; filename="kopi-views-course-2026-10.csv"'
    october = sum(300 + d % 5 for d in range(1, 32))
    assert f",{october}.0," in sent.content.decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(bob.get(f"{base}course.xlsx{query}").content))
    assert any(october in [c.value for c in row] for row in book.active.iter_rows())
    assert bob.get(f"{base}course.svg{query}").content.startswith(b"<svg xmlns=")
    assert bob.get(f"{base}course.png{query}").content.startswith(b"\x89PNG")
    assert "Monday" in bob.get(f"{base}breakdown.csv{query}").content.decode("utf-8-sig")
    card = bob.get("/b/kopi/insights/scorecard.csv?period=2026-10").content.decode("utf-8-sig")
    assert f",{october}.0," in card


def test_who_may_not_export_is_offered_no_file(
    hire: Callable[..., User], sign_in: Any, days: Brand
) -> None:
    viewer = sign_in(hire("viewer", email="viewer@example.com"))
    page = text_of(viewer, "/b/kopi/insights/metric/views/?period=2026-10")
    assert "course.csv" not in page
    assert viewer.get("/b/kopi/insights/metric/views/course.csv").status_code == 403


def test_brands_side_by_side_are_only_those_one_may_enter(
    bob: Client, days: Brand, other_brand: Brand
) -> None:
    page = text_of(bob, "/b/kopi/insights/brands/")
    table = page[page.index('brands">') :]
    assert "Kopi Senja" in table
    assert "Teh Pagi" not in table


@pytest.mark.parametrize("cell", ["=1+1", "+62", "-1", "@a", "\tx", "\r=x"])
def test_no_cell_becomes_a_formula(cell: str) -> None:
    assert make_safe(cell) == "'" + cell
    sheet = Sheet("S", ["a"], [[cell], [-3]])
    assert write_csv(sheet).decode("utf-8-sig").splitlines()[-1] == "-3"
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx([sheet])))
    assert book.active["A2"].data_type == "s"
    assert book.active["A3"].value == -3


def test_every_column_a_metric_reads_has_a_short_name_in_both_languages() -> None:
    for metric in load_metrics().values():
        table = load_tables()[metric.table]
        for key in (*metric.columns, *table.natural_key):
            name = name_column(key, metric.table)
            assert "_" not in name.en + name.id, key
            assert len(name.en) <= 60, name.en
            assert len(name.id) <= 60, name.id


def test_values_of_dimensions_are_said_as_people_say_them() -> None:
    facts = PlatformFacts(names={"x": "X"})
    assert name_value("weekday", "0", facts, "id") == "Senin"
    assert name_value("hour", "9", facts, "en") == "09:00"
    assert name_value("account", "x:kopi", facts, "en") == "kopi · X"
    assert name_value("kind", None, facts, "id") == "tidak disebut"
    assert Calendar().timezone  # the day names above follow ISO: Monday is 0
