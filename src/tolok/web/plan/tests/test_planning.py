"""Planning without a browser: saving, conflicts, letters, checks, reviews, activities, the feed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tolok.kpi import Kpi, Target, read_kpis, write_kpis
from tolok.kpi.ledger import write_facts
from tolok.web.accounts.facts import lake_of, today_of, workspace_of
from tolok.web.accounts.models import AuditEntry, Brand, Member, User
from tolok.web.jobs import queue, worker
from tolok.web.plan.book import Book
from tolok.web.plan.forms import KpiForm, initial_of
from tolok.web.plan.saving import Conflict, save_kpi, version_mark

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


def test_each_role_begins_at_its_own_page(hire: Any, sign_in: Any, desk: Client) -> None:
    desk.post("/b/kopi/plan/kpi/", FIELDS)
    for role, words in (
        ("specialist", "What is to be done today?"), ("strategist", "Do the KPIs carry"),
        ("manager", "Where do I have to look?"), ("viewer", "How is it going?"),
    ):  # fmt: skip
        page = sign_in(hire(role)).get("/b/kopi/", follow=True)
        assert words in page.content.decode()


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
