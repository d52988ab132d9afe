"""The chart that answers: its stops and layers, what happened on its days, notes of people."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

import pyarrow as pa
import pytest
from django.test import Client

from tolok.kpi import Kpi, read_target, write_kpis
from tolok.lake import Origin
from tolok.metrics import Scope, load_metrics
from tolok.web.accounts.facts import engine_of, lake_of, workspace_of
from tolok.web.accounts.models import Brand, User
from tolok.web.insights.chart import draw_course
from tolok.web.insights.course import read_course
from tolok.web.insights.happenings import happenings_of
from tolok.web.insights.models import Note

pytestmark = pytest.mark.django_db
PAGE = "/b/kopi/insights/metric/views/?period=2026-10&platform=tiktok"


def page_of(client: Client, path: str = PAGE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", answer.content.decode())


def data_of(page: str) -> dict[str, Any]:
    found = re.search(r'data-for="chart">(.*?)</script>', page)
    assert found is not None
    told: dict[str, Any] = json.loads(found[1])
    return told


def test_every_step_can_be_asked_and_stands_where_the_drawing_says(days: Brand) -> None:
    engine = engine_of(days)
    scope = Scope(days.slug, platforms=("tiktok",))
    course = read_course(engine, load_metrics()["views"], engine.calendar.parse("2026-10"), scope)
    for drawn in str(draw_course(course)).split("</svg>")[:-1]:
        svg = ElementTree.fromstring(drawn + "</svg>")
        xs = [float(x) for x in svg.get("data-x", "").split()]
        ys = svg.get("data-y", "").split()
        assert len(xs) == len(ys) == len(course.points) + len(course.ahead)
        dots = {(float(d.get("cx", 0)), float(d.get("cy", 0))) for d in svg.iter() if d.get("cx")}
        told = {(x, float(y)) for x, y in zip(xs, ys, strict=True) if y != "-"}
        assert dots <= told
        missing = [y for p, y in zip(course.points, ys, strict=False) if p.value is None]
        assert missing == ["-"], "March is missing, and is no zero"


def test_the_page_tells_each_step_in_words_and_leads_to_it(bob: Client, days: Brand) -> None:
    told = data_of(page_of(bob))
    october = next(s for s in told["stops"] if s["label"] == "October 2026")
    september = next(s for s in told["stops"] if s["label"] == "September 2026")
    march = next(s for s in told["stops"] if s["label"] == "March 2026")
    assert ["Judgement", "signal: up"] in october["values"]
    assert "period=2026-09" in september["href"]
    assert "platform=tiktok" in september["href"]
    assert march["values"][0][1] not in ("0", "")
    assert told["stops"][told["start"]]["label"] == "October 2026"


def test_words_of_one_reader_do_not_reach_another_of_another_language(
    bob: Client, days: Brand
) -> None:
    english = page_of(bob, PAGE + "&by=weekday")
    assert "Monday" in english
    User.objects.update(language="id")
    indonesian = page_of(bob, PAGE + "&by=weekday")
    assert "Senin" in indonesian
    assert "Monday" not in indonesian


def test_campaigns_incidents_and_holidays_stand_on_the_days_they_happened(
    days: Brand,
) -> None:
    seen = pa.array([datetime(2026, 11, 4)], pa.timestamp("us"))
    lake_of(days).write(
        {
            "campaigns": pa.table({
                "brand": ["kopi"], "campaign": ["ramadan"], "name": ["Ramadan di serambi"],
                "starts": [date(2026, 10, 5)], "ends": [date(2026, 10, 20)], "observed_at": seen}),
            "incidents": pa.table({
                "brand": ["kopi"], "incident": ["i1"], "title": ["Gelas retak"],
                "detected_at": pa.array([datetime(2026, 10, 7, 20)], pa.timestamp("us")),
                "observed_at": seen}),
        }, Origin("own.facts", brand="kopi"),
    )  # fmt: skip
    Note.objects.create(brand=days, metric="reach", day=date(2026, 10, 9), text="of another metric")
    Note.objects.create(brand=days, metric="", day=date(2026, 10, 9), text="of every metric")
    engine = engine_of(days)
    metric = load_metrics()["views"]
    spans = engine.calendar.split(engine.calendar.parse("2026-10"), "day")
    found = happenings_of(days, engine, metric, Scope("kopi"), spans=spans, grain="day")
    told = {(h.kind, h.first, h.last, h.title) for h in found}
    assert ("campaign", date(2026, 10, 5), date(2026, 10, 20), "Ramadan di serambi") in told
    # 20:00 UTC is already the next day in Jakarta.
    assert ("incident", date(2026, 10, 8), date(2026, 10, 8), "Gelas retak") in told
    assert [h.title for h in found if h.kind == "note"] == ["of every metric"]
    months = [engine.calendar.parse("2026-08")]
    august = happenings_of(days, engine, metric, Scope("kopi"), spans=months, grain="month")
    assert [h.kind for h in august] == [], "holidays would hide everything where steps are long"


def test_a_note_is_put_on_the_chart_and_only_its_maker_takes_it_away(
    bob: Client, days: Brand, hire: Callable[..., User], sign_in: Any
) -> None:
    answer = bob.post("/b/kopi/insights/metric/views/notes/",
                      {"day": "2026-10-12", "text": "<b>Menu baru</b>", "next": PAGE})  # fmt: skip
    assert answer["Location"] == PAGE
    page = page_of(bob)
    assert "&lt;b&gt;Menu baru&lt;/b&gt;" in page
    assert "<b>Menu baru" not in page
    october = next(s for s in data_of(page)["stops"] if s["label"] == "October 2026")
    assert october["happened"] == [["Notes", "<b>Menu baru</b>"]]
    note = Note.objects.get()
    viewer = sign_in(hire("viewer", email="boss@example.com"))
    assert "Menu baru" in page_of(viewer)
    assert viewer.post(f"/b/kopi/insights/notes/{note.pk}/drop/").status_code == 404
    assert bob.post(f"/b/kopi/insights/notes/{note.pk}/drop/").status_code == 302
    assert not Note.objects.exists()


@pytest.mark.parametrize("data", [{}, {"day": "yesterday", "text": "x"}, {"day": "2026-10-01"}])
def test_a_note_without_day_or_words_is_not_kept(
    bob: Client, days: Brand, data: dict[str, str]
) -> None:
    assert bob.post("/b/kopi/insights/metric/views/notes/", data).status_code == 302
    assert bob.post("/b/kopi/insights/metric/nothing/notes/", data).status_code == 404
    assert not Note.objects.exists()


def test_a_note_leads_back_to_no_other_site(bob: Client, days: Brand) -> None:
    data = {"day": "2026-10-12", "text": "x", "next": "https://evil.example/"}
    answer = bob.post("/b/kopi/insights/metric/views/notes/", data)
    assert answer["Location"] == "/b/kopi/insights/metric/views/"


def test_a_seasonal_promise_is_drawn_through_every_step_it_speaks_of(
    bob: Client, days: Brand
) -> None:
    kpi = Kpi(key="views", name="Tayangan", metric="views", target=read_target(20_000),
              platforms=("tiktok",), start=date(2026, 9, 1), due=date(2026, 10, 31),
              path="seasonal")  # fmt: skip
    write_kpis(workspace_of(days).kpi_file("kopi"), [kpi])
    page = page_of(bob, "/b/kopi/insights/metric/views/?period=2026-10&kpi=views")
    told = data_of(page)
    asked = {s["label"]: dict(s["values"]).get("Target path") for s in told["stops"]}
    assert asked["August 2026"] is None
    assert asked["September 2026"]
    assert asked["October 2026"]
    assert 'data-layer="promise"' in page
    assert 'data-shows="promise"' in page
