"""Planning without a browser: saving, conflicts, letters, checks, reviews, activities, the feed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest
from django.test import Client

from tolok.base import Period, Text
from tolok.kpi import Judgement, Kpi, Target, read_kpis, write_kpis
from tolok.kpi.activity import Activity, record_activities
from tolok.kpi.check import Check
from tolok.kpi.insight import Insight, record_insights
from tolok.kpi.ledger import write_facts
from tolok.kpi.versions import record_kpis
from tolok.lake import Origin, table_of
from tolok.metrics import Figure
from tolok.web.accounts.facts import lake_of, today_of, workspace_of
from tolok.web.accounts.models import AuditEntry, Brand, Member, User
from tolok.web.jobs import queue, worker
from tolok.web.plan.book import Book
from tolok.web.plan.course import chart_of, read_course
from tolok.web.plan.forms import KpiForm, initial_of
from tolok.web.plan.pages import check_lines
from tolok.web.plan.saving import Conflict, save_kpi, version_mark
from tolok.web.plan.words import card_of
from tolok.web.shell.sparkline import Bounds

pytestmark = pytest.mark.django_db
FIELDS = {
    "name": "Pengikut Instagram", "metric": "followers", "platforms": ["instagram"],
    "goal": "Kesadaran merek", "reason": "", "target": "+20%", "aim": "reach", "per": "",
    "baseline": "", "start": "2026-01-01", "due": "2026-12-31", "path": "straight",
    "rhythm": "month", "owner": "Alice Wijaya", "stage": "", "counter": "", "budget": "",
    "state": "active",
}  # fmt: skip


def kpis_of(brand: Brand) -> tuple[Kpi, ...]:
    return read_kpis(workspace_of(brand).kpi_file(brand.slug))


@pytest.fixture
def desk(alice: User, brand: Brand, sign_in: Callable[[User], Client]) -> Client:
    """Alice at her desk, with no KPIs yet."""
    write_kpis(workspace_of(brand).kpi_file(brand.slug), [])
    return sign_in(alice)


def test_a_saved_kpi_stands_in_the_file_with_its_version_and_in_the_log(
    desk: Client, brand: Brand
) -> None:
    answer = desk.post("/b/kopi/plan/kpi/", FIELDS)
    assert answer.status_code == 302
    saved = kpis_of(brand)[0]
    assert (saved.name, saved.target, saved.platforms) == (
        "Pengikut Instagram", Target("ratio", 0.2), ("instagram",),
    )  # fmt: skip
    assert [v.number for v in Book(brand).versions] == [1]
    assert AuditEntry.objects.filter(action="saved_kpi").count() == 1
    again = desk.post("/b/kopi/plan/kpi/", FIELDS)
    assert again.status_code == 302
    assert [k.key for k in kpis_of(brand)] == ["pengikut-instagram", "pengikut-instagram-2"]


def test_who_was_slower_overwrites_nothing(desk: Client, brand: Brand) -> None:
    desk.post("/b/kopi/plan/kpi/", FIELDS)
    page = "/b/kopi/plan/kpi/pengikut-instagram/edit/"
    seen = version_mark(kpis_of(brand)[0])
    first = desk.post(page, {**FIELDS, "target": "+30%", "seen": seen})
    late = desk.post(page, {**FIELDS, "target": "+40%", "seen": seen})
    assert (first.status_code, late.status_code) == (302, 422)
    assert "+40%" in late.content.decode()  # what the person typed is still there
    assert kpis_of(brand)[0].target == Target("ratio", 0.3)
    with pytest.raises(Conflict):
        save_kpi(brand, kpis_of(brand)[0], seen="older", by="x")


@pytest.mark.parametrize(
    ("field", "value"),
    [("target", "banyak"), ("due", "2025-01-01"), ("baseline", "kemarin dulu"), ("metric", "x"),
     ("budget", "-1"), ("name", "")],
)  # fmt: skip
def test_what_makes_no_sense_is_said_at_its_field(
    field: str, value: str, desk: Client, brand: Brand
) -> None:
    answer = desk.post("/b/kopi/plan/kpi/", {**FIELDS, field: value})
    assert answer.status_code == 422
    assert "fault" in answer.content.decode()
    assert kpis_of(brand) == ()


def test_a_share_above_one_asks_for_a_percent_sign(desk: Client) -> None:
    wrong = {**FIELDS, "metric": "engagement_rate_by_reach", "target": "5"}
    assert desk.post("/b/kopi/plan/kpi/", wrong).status_code == 422
    assert desk.post("/b/kopi/plan/kpi/", {**wrong, "target": "5,5%"}).status_code == 302


def test_a_form_opened_and_saved_untouched_changes_nothing(brand: Brand) -> None:
    full = Kpi(
        key="k", name="N", metric="engagement_rate_by_reach", platforms=("x",), aim="stay_above",
        target=Target("value", 0.0525), baseline=0.047, start=date(2026, 1, 1),
        due=date(2026, 3, 31), path="monthly", steps=((date(2026, 1, 1), 0.05),), weight=2.0,
        filters={"kind": ("reel",)}, benchmark="b", budget=5.0, currency="EUR", rhythm="week",
    )  # fmt: skip
    told = {k: v for k, v in initial_of(full).items() if v is not None}
    form = KpiForm(told, platforms={"x": "X"}, kpi=full)
    assert form.is_valid(), form.errors
    assert form.draft(full, "IDR") == full


def test_letters_follow_the_fields(desk: Client) -> None:
    good = desk.post("/b/kopi/plan/smart/", FIELDS).content.decode()
    poor = desk.post("/b/kopi/plan/smart/", {**FIELDS, "due": "", "owner": ""}).content.decode()
    assert good.count('class="letter holds"') > poor.count('class="letter holds"')
    assert desk.post("/b/kopi/plan/smart/", {}).status_code == 200


def test_a_check_is_recorded_and_needs_words_where_something_changes(
    desk: Client, brand: Brand
) -> None:
    desk.post("/b/kopi/plan/kpi/", FIELDS)
    page = "/b/kopi/plan/kpi/pengikut-instagram/check/"
    assert desk.post(page, {"decision": "act", "note": ""}).status_code == 422
    assert desk.post(page, {"decision": "act", "note": "Lebih banyak reel"}).status_code == 302
    held = Book(brand).checks
    assert [(c.kpi, c.decision, c.note) for c in held] == [
        ("pengikut-instagram", "act", "Lebih banyak reel")
    ]
    assert "Lebih banyak reel" in desk.get("/b/kopi/plan/kpi/pengikut-instagram/").content.decode()


def test_a_check_of_which_data_was_missing_is_no_fall_of_the_small_line(brand: Brand) -> None:
    kpi, day = Kpi(key="a", name="A", metric="views", start=date(2026, 1, 1)), date(2026, 2, 1)
    held = [Check("a", day, "on_track", "keep", value=40.0),
            Check("a", day, "not_enough_data", "keep", value=12.0, is_least=True)]  # fmt: skip
    figure = Figure("views", Period.parse("2026-03"), 15.0, "at_least", low=15.0)
    now = Judgement(kpi, "not_enough_data", Text("–", "–"), figure=figure, value=15.0)
    assert card_of(brand, now, held).spark == (40.0, Bounds(12.0), Bounds(15.0))
    assert card_of(brand, now).spark == ()
    assert [line["value"] for line in check_lines(held, kpi)] == ["≥ 12", "40"]


def test_a_review_retires_a_kpi_and_keeps_it_readable(desk: Client, brand: Brand) -> None:
    desk.post("/b/kopi/plan/kpi/", FIELDS)
    key = Book(brand).kpis[0].key
    period = f"{today_of(brand).year}"
    told = {"verdict": "retire", "note": "Selesai", "period": period}
    assert desk.post(f"/b/kopi/plan/review/{key}/", told).status_code == 302
    assert kpis_of(brand)[0].state == "retired"
    assert desk.get(f"/b/kopi/plan/kpi/{key}/").status_code == 200
    assert [r.verdict for r in Book(brand).reviews] == ["retire"]


def test_an_activity_without_a_control_says_that_it_cannot_tell(desk: Client, brand: Brand) -> None:
    desk.post("/b/kopi/plan/kpi/", FIELDS)
    start = today_of(brand) - timedelta(days=40)
    told = {"name": "Giveaway", "kpi": "pengikut-instagram", "start": start.isoformat(),
            "last": (start + timedelta(days=13)).isoformat(), "expected": "20", "cost": ""}  # fmt: skip
    assert desk.post("/b/kopi/plan/activities/", told).status_code == 302
    assert desk.post("/b/kopi/plan/activities/giveaway/").status_code == 302
    assert "Cannot tell" in desk.get("/b/kopi/plan/activities/").content.decode()


def test_an_activity_shows_what_it_was_to_bring_beside_what_it_brought(
    desk: Client, brand: Brand
) -> None:
    start = today_of(brand) - timedelta(days=40)
    day_rows(brand, start - timedelta(days=91), start, name="views", value=lambda _day: 100)
    planned = Activity("giveaway", "Giveaway", "views", start, start + timedelta(days=14), 0.2)
    scored = replace(planned, activity="series", name="Series", verdict="drop", effect=-0.1,
                     low=-0.2, high=-0.05, gained=-155.0)  # fmt: skip
    record_activities(lake_of(brand), brand.slug, [planned, scored])
    page = desk.get("/b/kopi/plan/activities/").content.decode().replace("\u00a0", " ")
    said = "Expected: +20 % on Views (usually 700 a week), about 280 more over its 2 weeks."
    assert page.count(said) == 2
    assert "about 155 fewer" in page
    last = (start + timedelta(days=13)).day
    assert f"{last} " in page.split("Giveaway</h3>")[1].split("</p>")[0].split("–")[1]
    User.objects.update(language="id")
    page = desk.get("/b/kopi/plan/activities/").content.decode().replace("\u00a0", " ")
    assert "(biasanya 700 per minggu), sekitar 280 lebih banyak" in page
    assert "sekitar 155 lebih sedikit" in page


def test_the_calendar_lives_by_its_secret_and_ends_with_the_membership(
    desk: Client, brand: Brand, hire: Any, sign_in: Any
) -> None:
    today = today_of(brand)
    dates = {"start": today.replace(day=1).isoformat(), "due": f"{today.year + 1}-06-30"}
    desk.post("/b/kopi/plan/kpi/", {**FIELDS, **dates})
    bob = hire("viewer")
    client = sign_in(bob)
    client.post("/b/kopi/plan/checks/calendar/")
    page = client.get("/b/kopi/plan/checks/").content.decode()
    address = page.split('id="link" value="http://testserver')[1].split('"')[0]
    feed = Client().get(address)
    assert feed["Content-Type"].startswith("text/calendar")
    assert b"Pengikut Instagram" in feed.content
    assert address not in client.get("/b/kopi/plan/checks/").content.decode()
    Member.objects.filter(user=bob).delete()
    assert Client().get(address).status_code == 404


def test_a_morning_judges_and_tells_what_is_due_once(desk: Client, brand: Brand) -> None:
    from tolok.web.share.models import Channel, Notice

    Channel.objects.create(brand=brand, kind="email", address="a@b.co", events=["check_due"])
    desk.post("/b/kopi/plan/kpi/", FIELDS)
    for _ in range(2):
        queue.enqueue("plan.morning", {}, brand_id=brand.pk)
        worker.work_off()
    assert Notice.objects.count() == 1


def test_a_file_that_cannot_be_read_is_said_and_not_touched(desk: Client, brand: Brand) -> None:
    path = workspace_of(brand).kpi_file(brand.slug)
    path.write_text("[[kpi]\nkey=")
    assert desk.get("/b/kopi/plan/").status_code == 400
    assert desk.post("/b/kopi/plan/kpi/", FIELDS).status_code in (400, 422)
    assert path.read_text() == "[[kpi]\nkey="
    path.unlink()


def test_a_kpi_on_the_team_s_own_work_is_judged_anew_after_each_save(brand: Brand) -> None:
    own = Kpi(key="a", name="A", metric="strategies_in_force", start=date(2026, 1, 1))
    other = Kpi(key="b", name="B", metric="followers", start=date(2026, 1, 1))
    write_kpis(workspace_of(brand).kpi_file(brand.slug), [own, other])
    before = [Book(brand).mark(kpi) for kpi in (own, other)]
    write_facts(
        lake_of(brand), brand.slug, {"strategies": [{"strategy": "s", "evidence": "slot:1"}]}
    )
    after = [Book(brand).mark(kpi) for kpi in (own, other)]
    assert [old == new for old, new in zip(before, after, strict=True)] == [False, True]


def test_a_path_in_steps_is_typed_step_by_step(desk: Client, brand: Brand) -> None:
    page = "/b/kopi/plan/kpi/"
    stepped = {**FIELDS, "path": "stepped"}
    empty = desk.post(page, stepped)
    assert empty.status_code == 422
    assert 'name="step.0.day"' in empty.content.decode()  # without a script the lines come now
    live = desk.post("/b/kopi/plan/smart/", stepped).content.decode()
    assert 'hx-swap-oob="true"' in live
    typed = stepped | {"step.0.day": "2026-06-30", "step.0": "1.200", "step.1.day": "2026-12-31",
                       "step.1": "1500"}  # fmt: skip
    assert 'hx-swap-oob="true"' not in desk.post("/b/kopi/plan/smart/", typed).content.decode()
    assert desk.post(page, typed | {"step.2": "9"}).status_code == 422  # a value without its day
    assert desk.post(page, typed).status_code == 302
    assert kpis_of(brand)[0].steps == ((date(2026, 6, 30), 1200.0), (date(2026, 12, 31), 1500.0))


def test_a_path_by_month_wants_a_value_for_every_month(desk: Client, brand: Brand) -> None:
    page = "/b/kopi/plan/kpi/"
    told = {**FIELDS, "path": "monthly", "start": "2026-01-01", "due": "2026-03-31", "target": "",
            "metric": "engagement_rate_by_reach"}  # fmt: skip
    months = {f"month.2026-0{n}": f"{n},5%" for n in (1, 2, 3)}
    assert desk.post(page, told | months | {"month.2026-02": ""}).status_code == 422
    assert desk.post(page, told | months).status_code == 302
    assert [amount for _day, amount in kpis_of(brand)[0].steps] == [0.015, 0.025, 0.035]


def day_rows(
    brand: Brand, first: date, last: date, *, name: str, value: Callable[[date], int]
) -> None:
    """Give the brand a figure for each day on Instagram."""
    days = [first + timedelta(days=n) for n in range((last - first).days)]
    rows = [{"account": "instagram:kopi", "platform": "instagram", "day": d, name: value(d),
             "observed_at": datetime(last.year, last.month, last.day)} for d in days]  # fmt: skip
    bring(brand, "account_days", rows)


def bring(brand: Brand, table: str, rows: list[dict[str, Any]]) -> None:
    """Write rows as an import of a file would."""
    schema = table_of(table).schema
    full = [{"observed_at": datetime(2026, 1, 1), "brand": brand.slug, **r} for r in rows]
    names = sorted({n for r in full for n in r})
    facts = pa.table({n: pa.array([r.get(n) for r in full], schema.field(n).type) for n in names})
    lake_of(brand).write({table: facts}, Origin(source="test", brand=brand.slug))


def test_a_seasonal_path_is_drawn_as_it_is_judged(desk: Client, brand: Brand) -> None:
    today = today_of(brand)
    start = today - timedelta(days=70)
    # Last year nearly everything came in the second half of the span.
    turn = start - timedelta(days=364 - 50)
    day_rows(brand, start - timedelta(days=420), today, name="link_clicks",
             value=lambda d: 1 if d < turn else 100)  # fmt: skip
    kpi = Kpi(
        key="k", name="K", metric="link_clicks", platforms=("instagram",), path="seasonal",
        target=Target("value", 10_000), start=start, due=start + timedelta(days=99), rhythm="month",
    )  # fmt: skip
    write_kpis(workspace_of(brand).kpi_file(brand.slug), [kpi])
    book = Book(brand)
    judged = book.judgement(kpi)
    points = read_course(judged, book.engine, brand.slug)
    path = [p.expected for p in points]
    assert all(e is not None for e in path)
    assert path[-1] == pytest.approx(10_000)
    assert path[len(path) // 3] < 10_000 * 0.1  # a straight path would stand at a third
    at_end = next(p for p in points if p.day == judged.as_of)
    assert at_end.expected == pytest.approx(judged.expected)
    shown = desk.get("/b/kopi/plan/kpi/k/").content.decode()
    assert 'class="path"' in shown


def test_a_path_in_steps_is_drawn_with_corners(brand: Brand) -> None:
    today = today_of(brand)
    start = today - timedelta(days=60)
    day_rows(brand, start - timedelta(days=30), today, name="followers", value=lambda _d: 1000)
    step = start + timedelta(days=30)
    kpi = Kpi(
        key="k", name="K", metric="followers", platforms=("instagram",), path="stepped",
        baseline=1000.0, target=Target("value", 2000), start=start, due=start + timedelta(days=99),
        steps=((step, 1500.0),), rhythm="month",
    )  # fmt: skip
    write_kpis(workspace_of(brand).kpi_file(brand.slug), [kpi])
    book = Book(brand)
    judged = book.judgement(kpi)
    chart = chart_of(judged, read_course(judged, book.engine, brand.slug))
    assert chart is not None
    corners = str(chart.svg).split('class="path" points="')[1].split('"')[0].split(" ")
    assert len(corners) == 5
    (x1, y1), (x2, y2) = (tuple(map(float, c.split(","))) for c in corners[1:3])
    assert x1 == x2
    assert y1 > y2


def test_a_claim_is_made_before_and_scored_after(
    desk: Client, brand: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOLOK_TODAY", "2026-03-10")
    day_rows(brand, date(2026, 1, 1), date(2026, 4, 10), name="followers",
             value=lambda d: 1000 + (d - date(2026, 1, 1)).days)  # fmt: skip
    told = {"metric": "followers", "platforms": ["instagram"], "period": "2026-03", "side": "above",
            "line": "1050", "odds": "0.9", "claim": ""}  # fmt: skip
    assert desk.post("/b/kopi/plan/claims/new/", told | {"line": "banyak"}).status_code == 422
    assert desk.post("/b/kopi/plan/claims/new/", told).status_code == 302
    page = desk.get("/b/kopi/plan/claims/").content.decode()
    assert "at least 1,050" in page
    assert "Score what is due" not in page
    monkeypatch.setenv("TOLOK_TODAY", "2026-04-09")
    assert "Score what is due" in desk.get("/b/kopi/plan/claims/").content.decode()
    assert desk.post("/b/kopi/plan/claims/score/").status_code == 302
    page = desk.get("/b/kopi/plan/claims/").content.decode()
    assert "Came true" in page
    assert "1 of 1 claims came true" in page


def test_what_is_to_be_learned_is_noted_and_done(desk: Client, brand: Brand) -> None:
    told = {"training": "Menulis judul reel", "topic": "konten", "employee": "Rani",
            "planned_on": today_of(brand).isoformat(), "hours": "2"}  # fmt: skip
    assert desk.post("/b/kopi/plan/learning/", told | {"employee": ""}).status_code == 422
    assert desk.post("/b/kopi/plan/learning/", told).status_code == 302
    assert desk.post("/b/kopi/plan/learning/done/", {"training": "x"}).status_code == 404
    done = {"training": told["training"], "employee": "Rani"}
    assert desk.post("/b/kopi/plan/learning/done/", done).status_code == 302
    assert "Already learned" in desk.get("/b/kopi/plan/learning/").content.decode()


def test_a_lesson_stays_with_its_activity(desk: Client, brand: Brand) -> None:
    desk.post("/b/kopi/plan/kpi/", FIELDS)
    start = today_of(brand) - timedelta(days=40)
    told = {"name": "Giveaway", "kpi": "pengikut-instagram", "start": start.isoformat(),
            "last": (start + timedelta(days=13)).isoformat(), "expected": "20", "cost": ""}  # fmt: skip
    desk.post("/b/kopi/plan/activities/", told)
    lesson = {"learned": "Hadiah menarik orang yang tidak tinggal"}
    assert desk.post("/b/kopi/plan/activities/giveaway/learned/", lesson).status_code == 302
    assert lesson["learned"] in desk.get("/b/kopi/plan/activities/").content.decode()


def test_kpis_can_be_read_as_they_were_and_versions_say_what_changed(
    desk: Client, brand: Brand
) -> None:
    first = Kpi(key="k", name="Pengikut", metric="followers", target=Target("ratio", 0.1))
    later = replace(first, target=Target("ratio", 0.3), owner="Rani")
    write_kpis(workspace_of(brand).kpi_file(brand.slug), [later])
    lake = lake_of(brand)
    record_kpis(lake, brand.slug, [first], at=datetime(2026, 1, 10, 3))
    record_kpis(lake, brand.slug, [later], at=datetime(2026, 2, 10, 3), by="Bima")
    then = desk.get("/b/kopi/plan/as-of/?day=2026-01-31").content.decode()
    assert "+10%" in then
    assert "→ +30%" in then
    assert (
        "No KPI was written down" in desk.get("/b/kopi/plan/as-of/?day=2026-01-09").content.decode()
    )
    assert desk.get("/b/kopi/plan/as-of/?day=2026-99-99").status_code == 200
    page = desk.get("/b/kopi/plan/kpi/k/").content.decode()
    assert "<ins>+30%</ins>" in page
    assert "<ins>Rani</ins>" in page


def test_the_old_addresses_of_the_homes_lead_on(desk: Client) -> None:
    for old, new in (("", ""), ("desk/", "desk/"), ("day/?now=1", "day/?now=1")):
        answer = desk.get(f"/b/kopi/plan/today/{old}")
        assert (answer.status_code, answer["Location"]) == (301, f"/b/kopi/today/{new}")


ROOMS = (
    "", "findings/", "new/", "new/worked-example/", "kpi/", "checks/", "review/?now=1",
    "activities/", "claims/", "claims/new/", "learning/", "as-of/",
)  # fmt: skip


def test_an_indonesian_page_of_planning_holds_no_english(
    desk: Client, brand: Brand, find_english: Callable[[str], list[str]]
) -> None:
    User.objects.update(language="id")
    told = [f"{path}: {words}" for path in ROOMS
            for words in find_english(desk.get(f"/b/kopi/plan/{path}").content.decode())]  # fmt: skip
    desk.post("/b/kopi/plan/kpi/", {**FIELDS, "owner": "Rani"})
    record_insights(lake_of(brand), brand.slug, [Insight(
        "i", today_of(brand), "Reel naik", "followers", "2026-10", "above", 5.0, 0.8, today_of(brand)
    )])  # fmt: skip
    key = "kpi/pengikut-instagram/"
    desk.post(f"/b/kopi/plan/{key}check/", {"decision": "act", "note": "Lebih sering"})
    for path in (*ROOMS, key, f"{key}edit/", f"{key}check/"):
        page = desk.get(f"/b/kopi/plan/{path}{'' if '?' in path else '?now=1'}").content.decode()
        told += [f"{path}: {words}" for words in find_english(page)]
    assert told == []
