"""The frame: errors in words, commands, looks, progress, headers, sparklines, shortcuts' switch."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.template import engines
from django.test import Client
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from tolok.base import Period, Text
from tolok.metrics import Figure
from tolok.web.accounts.models import Brand, User
from tolok.web.area import areas
from tolok.web.jobs.models import Job
from tolok.web.shell.icons import ICONS
from tolok.web.shell.sparkline import (
    HEIGHT,
    WIDTH,
    Anew,
    Bounds,
    Step,
    count_leasts,
    draw_spark,
    steps_of,
)

pytestmark = pytest.mark.django_db


def test_an_error_of_the_person_says_what_happened_what_to_do_and_that_nothing_is_lost(
    alice: User, brand: Brand, sign_in: Any
) -> None:
    client = sign_in(alice)
    answer = client.get("/b/kopi/gallery/fail/user/")
    assert answer.status_code == 400
    for words in (b"The file a.csv is empty.", b"Export it again from Meta.", b"Nothing you saved"):
        assert words in answer.content
    part = client.get("/b/kopi/gallery/fail/user/", headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Retarget"]) == (400, "#notices")
    assert b"<html" not in part.content
    told = client.get("/b/kopi/gallery/fail/user/", headers={"Accept": "application/json"}).json()
    assert told["error"]["code"] == "user"
    assert told["error"]["hint"] == "Export it again from Meta."


def test_a_bug_shows_a_number_and_nothing_of_the_inside(
    alice: User, brand: Brand, sign_in: Any
) -> None:
    client = sign_in(alice)
    client.raise_request_exception = False
    answer = client.get("/b/kopi/gallery/fail/bug/")
    assert answer.status_code == 500
    assert re.search(rb"<code>[0-9a-f]{8}</code>", answer.content)
    assert b"ZeroDivision" not in answer.content
    assert client.get("/b/kopi/gallery/fail/source/").status_code == 502


def test_a_member_without_the_right_learns_who_has_it(
    hire: Callable[..., User], sign_in: Any
) -> None:
    answer = sign_in(hire("viewer")).get("/b/kopi/settings/")
    assert answer.status_code == 403
    assert b"Administrator" in answer.content


def test_every_answer_carries_the_policy_and_nothing_unsafe(
    alice: User, brand: Brand, sign_in: Any
) -> None:
    client = sign_in(alice)
    for path in ("/sign-in/", "/b/kopi/gallery/", "/b/nowhere/", "/b/kopi/commands.json"):
        head = client.get(path).headers
        assert "default-src 'none'" in head["Content-Security-Policy"]
        assert "unsafe" not in head["Content-Security-Policy"]
        assert head["X-Content-Type-Options"] == "nosniff"
        assert head["X-Frame-Options"] == "DENY"
        assert "no-store" in head["Cache-Control"]


def test_no_page_has_a_style_attribute_or_script_of_its_own(
    alice: User, brand: Brand, sign_in: Any
) -> None:
    page = sign_in(alice).get("/b/kopi/gallery/").content.decode()
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style", page)
    scripts = re.findall(r"<script[^>]*>", page)
    assert all("src=" in tag or "application/json" in tag for tag in scripts)


def test_the_menu_shows_only_what_the_role_may_open(
    hire: Callable[..., User], sign_in: Any
) -> None:
    viewer = sign_in(hire("viewer")).get("/b/kopi/gallery/").content.decode()
    keeper = sign_in(hire("administrator")).get("/b/kopi/gallery/").content.decode()
    assert "/b/kopi/settings/people/" not in viewer
    assert "/b/kopi/settings/people/" in keeper


def test_the_command_bar_finds_pages_by_other_words_and_other_brands(
    alice: User, brand: Brand, other_brand: Brand, sign_in: Any
) -> None:
    client = sign_in(alice)

    def find(words: str) -> list[str]:
        found = client.get("/b/kopi/commands.json", {"q": words}).json()["commands"]
        return [command["href"] for command in found]

    assert "/b/kopi/settings/" in find("holidays")
    assert "/b/teh/" in find("teh")
    assert "/b/kopi/settings/people/" in find("")
    assert find("zzzz") == []


def test_entries_of_all_areas_lead_somewhere_and_share_no_shortcut(
    alice: User, brand: Brand, sign_in: Any
) -> None:
    entries = [entry for area in areas() for entry in area.entries]
    keys = [entry.keys for entry in entries if entry.keys]
    assert len(keys) == len(set(keys))
    assert "g h" not in keys
    assert all(entry.icon in ICONS for entry in entries)


def test_single_letters_can_be_switched_off(alice: User, brand: Brand, sign_in: Any) -> None:
    client = sign_in(alice)
    assert b'data-keys="on"' in client.get("/b/kopi/gallery/").content
    form = {"name": "Alice", "language": "id", "theme": "dark"}
    assert client.post("/me/", form).status_code == 302
    page = client.get("/b/kopi/gallery/").content
    assert b'data-keys="on"' not in page
    assert b'<html lang="id" data-theme="dark">' in page


def test_language_and_theme_are_remembered_without_an_account(db: Any) -> None:
    client = Client()
    User.objects.create_user("a@example.com", "x")
    client.post("/language/", {"language": "id", "next": "/sign-in/"})
    client.post("/theme/", {"theme": "dark", "next": "https://evil.example/"})
    page = client.get("/sign-in/").content
    assert b'<html lang="id" data-theme="dark">' in page
    assert client.post("/theme/", {"theme": "x", "next": "//evil.example"})["Location"] == "/"
    assert client.post("/language/", {"language": "xx"}).status_code == 302
    assert b'<html lang="id">' in client.get("/sign-in/").content


def test_progress_asks_again_until_the_work_has_ended(
    alice: User, brand: Brand, sign_in: Any
) -> None:
    client = sign_in(alice)
    note = {"en": "Reading posts.csv", "id": "Membaca posts.csv"}
    job = Job.objects.create(
        kind="x", brand_id=brand.pk, state="running", part=1200, whole=4800, note=note
    )
    path = f"/b/kopi/jobs/{job.pk}/"
    part = client.get(path, headers={"HX-Request": "true"}).content.decode()
    assert 'value="25"' in part
    assert "1,200 of 4,800" in part
    assert "Reading posts.csv" in part
    assert 'hx-trigger="every 1s"' in part
    client.post(f"{path}stop/")
    job.refresh_from_db()
    assert job.cancel_asked
    Job.objects.update(state="done")
    ended = client.get(path, headers={"HX-Request": "true"})
    assert ended["HX-Trigger"] == "tolok:job-ended"
    assert b"hx-get" not in ended.content
    assert b"<html" in client.get(path).content


def draw(source: str, **names: Any) -> str:
    return str(engines["django"].from_string(source).render(names))


def test_words_of_others_are_escaped_in_every_part() -> None:
    evil = '<script>alert(1)</script>"'
    shown = draw(
        "{% term evil evil %}{% json_data data 'chart' %}{{ words|say }}{% icon evil %}",
        evil=evil,
        data={"a": evil},
        words=Text(evil, evil),
    )
    assert "<script>alert" not in shown
    assert "</script>&quot;" not in shown


STEPS = st.none() | st.floats(-1e9, 1e9) | st.builds(Bounds, st.floats(-1e9, 1e9))
RANGES = st.builds(lambda low, more: Bounds(low, low + more), st.floats(-1e9, 1e9), st.floats(0, 1e9))  # fmt: skip


@given(
    st.lists(STEPS | RANGES, max_size=40),
    st.none() | st.floats(-1e9, 1e9),
    st.sets(st.integers(0, 39)),
)
def test_a_sparkline_stays_in_its_box_and_draws_no_missing_value(
    steps: list[Step], goal: float | None, breaks: set[int]
) -> None:
    cut = [Anew(step) if i in breaks else step for i, step in enumerate(steps)]  # type: ignore[arg-type]
    spark = draw_spark(cut, goal)
    values = [s for s in steps if isinstance(s, float)]
    bounds = [s for s in steps if isinstance(s, Bounds)]
    if len(values) + count_leasts(steps) < 2:
        assert spark is None
        return
    assert spark is not None
    points = [tuple(map(float, p.split(","))) for line in spark.lines for p in line.split()]
    points += list(spark.dots)
    assert len(points) == len(values)
    assert (len(spark.leasts), len(spark.leasts) + len(spark.ranges)) == (
        count_leasts(steps), len(bounds)
    )  # fmt: skip
    points += [(x, y - spark.stem) for x, y in spark.leasts] + list(spark.leasts)
    points += [(x, y) for x, top, floor in spark.ranges for y in (top, floor)]
    assert all(0 <= x <= WIDTH + 0.1 and 0 <= y <= HEIGHT for x, y in points)
    first = next(i for i, step in enumerate(steps) if step is not None)
    assert bool(spark.gaps) == (None in steps[first:]), "before the first value nothing is missing"
    assert all(left >= 0 and left + width <= WIDTH + 0.2 for left, width in spark.gaps)


def test_a_least_is_an_arrow_and_no_fall_of_the_line() -> None:
    spark = draw_spark((10.0, 12.0, 11.0, Bounds(3.0)))
    assert spark is not None
    assert [line.count(",") for line in spark.lines] == [3], "the line ends before it"
    assert (len(spark.leasts), spark.gaps, spark.last) == (1, (), None)
    between = draw_spark((10.0, Bounds(2.0), 12.0, None, Bounds(1.0, 9.0), 11.0))
    assert between is not None
    assert (between.lines, len(between.dots)) == ((), 3)
    assert (len(between.leasts), len(between.ranges), len(between.gaps)) == (1, 1, 1)
    drawing = engines["django"].from_string("{% sparkline steps None 'Posts over 3 periods' %}")
    shown = drawing.render({"steps": (10.0, 12.0, Bounds(3.0))})
    told = "Posts over 3 periods; 1 of them known only as at least so much (arrow)"
    assert f'aria-label="{told}"><title>{told}</title>' in shown
    assert shown.count('class="least last"') == 1, (
        "the last step stands out, whatever is known of it"
    )
    assert 'class="dot' not in shown
    with translation.override("id"):
        shown = drawing.render({"steps": (10.0, Bounds(3.0))})
    assert "1 di antaranya hanya diketahui setidaknya sekian (panah)" in shown


def test_no_line_leads_over_a_change_of_what_is_counted() -> None:
    spark = draw_spark((10.0, 12.0, Anew(100.0), 110.0, 105.0))
    assert spark is not None
    assert [line.count(",") for line in spark.lines] == [2, 3]
    assert spark.cuts == (WIDTH * 1.5 / 4,)
    lone = draw_spark((10.0, Anew(100.0), Anew(Bounds(3.0)), Anew(None)))
    assert lone is not None
    assert (lone.lines, len(lone.dots), len(lone.leasts), len(lone.cuts)) == ((), 2, 1, 3)
    drawing = engines["django"].from_string("{% sparkline steps None 'Views' %}")
    shown = drawing.render({"steps": (10.0, 12.0, Anew(100.0))})
    assert shown.count('class="cut"') == 1
    assert "Views; a platform began to count otherwise where the line is cut" in shown
    with translation.override("id"):
        assert "mulai menghitung dengan cara lain" in drawing.render({"steps": (1.0, Anew(2.0))})
    assert draw_spark((1.0, 2.0)).cuts == ()  # type: ignore[union-attr]


def test_moments_and_days_stand_on_the_brand_s_clock_in_the_language_of_the_page() -> None:
    drawing = engines["django"].from_string("{{ at|moment }} · {{ at|day }} · {{ none|moment }}")
    late = datetime(2026, 10, 31, 20, 30, tzinfo=UTC)
    with timezone.override(ZoneInfo("Asia/Jakarta")):
        assert drawing.render({"at": late}) == "1 Nov 2026, 03:30 WIB · 1 Nov 2026 · "
        with translation.override("id"):
            assert drawing.render({"at": late}) == "1 Nov 2026 03.30 WIB · 1 Nov 2026 · "
    assert (
        engines["django"].from_string("{{ d|day }}").render({"d": date(2026, 8, 17)})
        == "17 Aug 2026"
    )


def test_figures_become_what_may_be_said_of_them() -> None:
    october = Period.parse("2026-10")
    said = [("exact", 5.0, None, None), ("about", 6.0, 4.0, 8.0), ("at_least", 3.0, 3.0, None),
            ("range", None, 2.0, 9.0), ("range", None, 2.0, None), ("unknown", None, None, None)]  # fmt: skip
    figures = [Figure("views", october, value, state, low=low, high=high)  # type: ignore[arg-type]
               for state, value, low, high in said]  # fmt: skip
    assert steps_of(figures) == (5.0, 6.0, Bounds(3.0), Bounds(2.0, 9.0), Bounds(2.0), None)
    assert steps_of(figures, (1, 3)) == (
        5.0, Anew(6.0), Bounds(3.0), Anew(Bounds(2.0, 9.0)), Bounds(2.0), None
    )  # fmt: skip
