"""Reports go out when due, to each reader once and in their own slice, whatever breaks."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.utils import timezone

from tolok.base import Period
from tolok.reports.delivery.history import deliveries_of
from tolok.reports.tests.reading import read_html
from tolok.web.accounts.facts import engine_of
from tolok.web.accounts.models import Brand
from tolok.web.jobs import worker
from tolok.web.jobs.models import Job
from tolok.web.reports import dispatch, jobs
from tolok.web.reports.editions import next_firing, open_due, send_again
from tolok.web.reports.models import Edition, Recipient, Report, Sending

from .conftest import Box

pytestmark = pytest.mark.django_db
FIRST = datetime(2026, 11, 1, 1, 0, 30, tzinfo=UTC)  # half a minute past eight in Jakarta
NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1), "month")


def states() -> dict[str, str]:
    return dict(Sending.objects.order_by("pk").values_list("name", "state"))


def send_all(report: Report, now: datetime = FIRST) -> None:
    open_due(report, now)
    worker.work_off()


def test_a_report_reaches_each_reader_in_their_own_slice_and_language(
    facts: Brand, report: Report, readers: list[Recipient], box: Box
) -> None:
    send_all(report)
    assert box.readers == ["bos@kopi.test", "klien@kopi.test"]
    boss, client = (box.letter_to(r.address) for r in readers)
    assert (boss["Content-Language"], client["Content-Language"]) == ("id", "en")
    assert (boss["To"], client["To"]) == ("bos@kopi.test", "klien@kopi.test")
    words = [read_html(str(x.get_body(("html",)).get_content())) for x in (boss, client)]  # type: ignore[union-attr]
    assert "Rapor" in words[0]
    assert "Konten" in words[0]
    assert "Scorecard" not in words[1]
    assert "Content" in words[1]
    kinds = [[p.get_content_subtype() for p in x.iter_attachments()] for x in (boss, client)]
    assert kinds == [["pdf"], ["vnd.openxmlformats-officedocument.spreadsheetml.sheet"]]
    assert "https://tolok.test/reports/" in words_of(boss)


def words_of(letter: Any) -> str:
    return str(letter.get_body(("plain",)).get_content())


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Jakarta"])
@pytest.mark.parametrize(("rhythm", "day", "hour"), [("week", 7, 1), ("week", 7, 2), ("month", 31, 2)])  # fmt: skip
def test_each_period_goes_out_once_over_changes_of_the_clock_and_month_ends(
    zone: str, rhythm: str, day: int, hour: int, brand: Brand, report: Report
) -> None:
    Brand.objects.update(time_zone=zone)
    now = datetime(2026, 10, 24, tzinfo=UTC)
    Report.objects.update(rhythm=rhythm, weekday=day if rhythm == "week" else 1, at=time(hour, 30),
                          month_day=day if rhythm == "month" else 1, looked_until=now)  # fmt: skip
    opened: list[Edition] = []
    while now < datetime(2027, 3, 31, 12, tzinfo=UTC):
        # Often around the changes of the clock in New York (1 November, 14 March), else seldom.
        is_near = now.month in (11, 3) and now.day in (1, 14)
        now += timedelta(minutes=20) if is_near else timedelta(hours=7)
        edition = open_due(Report.objects.select_related("brand__workspace").get(), now)
        opened += [edition] if edition else []
    days = [e.due_at.astimezone(report.brand.zone.__class__(zone)) for e in opened]
    assert len({e.period for e in opened}) == len(opened) == Edition.objects.count()
    if rhythm == "week":
        assert [d.isoweekday() for d in days] == [7] * 23
        assert all(b.date() - a.date() == timedelta(7) for a, b in itertools.pairwise(days))
    else:
        assert [d.strftime("%m-%d") for d in days] == [
            "10-31", "11-30", "12-31", "01-31", "02-28", "03-31"
        ]  # fmt: skip
        assert [e.period for e in opened][:2] == ["2026-09", "2026-10"]


def test_many_who_look_at_the_clock_open_an_edition_once(
    facts: Brand, report: Report, readers: list[Recipient], box: Box
) -> None:
    seen = [Report.objects.select_related("brand__workspace").get() for _ in range(3)]
    assert [open_due(one, FIRST) is not None for one in seen] == [True, False, False]
    worker.work_off()
    send_all(Report.objects.select_related("brand__workspace").get(), FIRST + timedelta(days=2))
    assert len(box.taken) == 2
    assert Edition.objects.count() == 1


class Killed(BaseException):
    """The process is gone: nothing of ours runs after it."""


def crash_and_work_again() -> None:
    with pytest.raises(Killed):
        worker.work_off()
    Job.objects.filter(state="running").update(lease_until=timezone.now() - timedelta(seconds=1))
    worker.work_off()


def test_killed_before_the_server_may_have_it_the_copy_goes_out_once(
    facts: Brand,
    report: Report,
    readers: list[Recipient],
    box: Box,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real, count = dispatch.write_letter, iter(range(100))

    def die_once(*args: Any, **names: Any) -> Any:
        if next(count) == 0:
            raise Killed
        return real(*args, **names)

    monkeypatch.setattr(dispatch, "write_letter", die_once)
    open_due(report, FIRST)
    crash_and_work_again()
    assert box.readers == ["bos@kopi.test", "klien@kopi.test"]
    assert set(states().values()) == {"sent"}


def test_killed_after_the_server_took_it_the_copy_is_not_sent_twice_and_said_to_be_unsure(
    facts: Brand,
    report: Report,
    readers: list[Recipient],
    box: Box,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real, count = dispatch.send_letter, iter(range(100))

    def die_after(*args: Any, **names: Any) -> None:
        real(*args, **names)
        if next(count) == 0:
            raise Killed

    monkeypatch.setattr(dispatch, "send_letter", die_after)
    open_due(report, FIRST)
    crash_and_work_again()
    assert box.readers == ["bos@kopi.test", "klien@kopi.test"]
    assert states() == {"Bos": "unsure", "Klien": "sent"}
    assert "may have arrived" in Sending.objects.get(name="Bos").reason["en"]


def test_a_passing_refusal_is_tried_again_and_a_final_one_is_told(
    facts: Brand, report: Report, readers: list[Recipient], box: Box
) -> None:
    box.answer = "451 later"
    send_all(report)
    assert set(states().values()) == {"waiting"}
    box.answer = ""
    Job.objects.filter(state="waiting").update(run_at=timezone.now())
    worker.work_off()
    assert box.readers == ["bos@kopi.test", "klien@kopi.test"]
    box.answer = "554 never"
    copy = send_again(Sending.objects.get(name="Bos"))
    worker.work_off()
    assert copy is not None
    copy.refresh_from_db()
    assert copy.state == "failed"
    assert "554" in copy.reason["id"]


def test_a_copy_sent_again_is_one_more_letter_to_one_reader(
    facts: Brand, report: Report, readers: list[Recipient], box: Box
) -> None:
    send_all(report)
    send_again(Sending.objects.get(name="Bos"))
    worker.work_off()
    assert box.readers == ["bos@kopi.test", "bos@kopi.test", "klien@kopi.test"]
    told = deliveries_of(engine_of(facts).view, "kopi")
    assert [(d.report, d.edition, d.readers) for d in told] == [("bulanan", "2026-10", 2)]


def test_without_data_nothing_goes_out_and_the_edition_is_not_delivered(
    brand: Brand, report: Report, readers: list[Recipient], box: Box
) -> None:
    period = datetime(2024, 3, 1, 2, tzinfo=UTC)
    Report.objects.update(looked_until=period - timedelta(hours=3))
    report.refresh_from_db()
    send_all(report, period)
    assert not box.taken
    assert set(states().values()) == {"held"}
    assert "Februari 2024" in Sending.objects.first().reason["id"]  # type: ignore[union-attr]


@pytest.mark.parametrize(("holds_back", "state"), [(False, "sent"), (True, "held")])
def test_missing_days_are_said_in_the_letter_or_hold_it_back(
    holds_back: bool, state: str, facts: Brand, report: Report, readers: list[Recipient], box: Box
) -> None:
    Report.objects.update(rhythm="quarter", holds_back=holds_back,
                          looked_until=datetime(2026, 12, 31, tzinfo=UTC))  # fmt: skip
    report.refresh_from_db()
    send_all(report, datetime(2027, 1, 1, 2, tzinfo=UTC))
    assert states()["Bos"] == state
    if state == "sent":
        assert "Data hanya sampai 31 Okt 2026" in words_of(box.letter_to("bos@kopi.test"))


def test_one_letter_for_each_brand_of_a_reader_and_none_of_another_workspace(
    facts: Brand,
    other_brand: Brand,
    charlie: Any,
    report: Report,
    readers: list[Recipient],
    box: Box,
) -> None:
    foreign = Brand.objects.get(slug="batik")
    readers[0].brands.set([facts, other_brand, foreign])
    send_all(report)
    mine = Sending.objects.filter(name="Bos").values_list("brand__slug", "state")
    assert dict(mine) == {"kopi": "sent", "teh": "held"}  # the tea brand has no data


def test_openings_and_ratings_become_facts_the_engine_measures(
    facts: Brand, report: Report, readers: list[Recipient], box: Box, client: Any
) -> None:
    send_all(report)
    link = next(w for w in words_of(box.letter_to("klien@kopi.test")).split() if "https://" in w)
    address = link.removeprefix("https://tolok.test")
    page = client.get(address)
    assert page.status_code == 200
    assert 'lang="en"' in page.content.decode()
    assert "How useful was this report?" in page.content.decode()
    assert client.get(address).status_code == 200
    assert client.post(address, {"rating": "4", "remark": "Lebih pendek"}).status_code == 302
    assert client.post(address, {"rating": "9"}).status_code == 422
    worker.work_off()
    engine = engine_of(facts)
    keys = ("report_open_rate", "report_rating")
    assert [engine.figure(k, NOVEMBER).value for k in keys] == [0.5, 4.0]
    row = Sending.objects.get(name="Klien")
    assert (row.openings, row.rating, row.remark) == (2, 4, "Lebih pendek")
    readers[1].delete()
    assert client.get(address).status_code == 404


def test_when_it_goes_out_next_is_by_the_brands_clock(report: Report) -> None:
    assert next_firing(report, FIRST) == datetime(2026, 12, 1, 1, tzinfo=UTC)
    report.is_on = False
    assert next_firing(report, FIRST) is None


@pytest.fixture
def chat(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, list[bytes], list[int]]]:
    """A chat of our own: its address, what came, and the answers it gives (200 when none)."""
    came: list[bytes] = []
    answers: list[int] = []

    class Room(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append(self.rfile.read(int(self.headers["Content-Length"])))
            status = answers.pop(0) if answers else 200
            if not status:
                self.connection.close()  # the line breaks after the message came
                return
            self.send_response(status)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Room)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("TOLOK_WEBHOOK_HOSTS", "127.0.0.1")
    yield f"http://127.0.0.1:{server.server_port}/hook", came, answers
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("way", ["slack", "teams", "telegram"])
def test_a_chat_gets_the_answers_and_the_link_once(
    way: str, facts: Brand, report: Report, box: Box, chat: tuple[str, list[bytes], list[int]]
) -> None:
    address, came, answers = chat
    Recipient.objects.create(report=report, name="Tim", way=way, address=address)
    answers.append(503)
    send_all(report)
    Job.objects.filter(state="waiting").update(run_at=timezone.now())
    worker.work_off()
    assert states() == {"Tim": "sent"}
    assert len(came) == 2  # the first was refused in so many words
    assert "Laporan bulanan" in came[1].decode()
    assert "https://tolok.test/reports/" in came[1].decode()


def test_a_chat_whose_line_breaks_is_not_told_twice(
    facts: Brand, report: Report, box: Box, chat: tuple[str, list[bytes], list[int]]
) -> None:
    address, came, answers = chat
    Recipient.objects.create(report=report, name="Tim", way="slack", address=address)
    answers.append(0)
    send_all(report)
    assert len(came) == 1
    assert states() == {"Tim": "unsure"}


def test_the_job_of_the_clock_looks_at_every_report_that_is_on(
    facts: Brand, report: Report, readers: list[Recipient], box: Box
) -> None:
    Report.objects.update(looked_until=timezone.now() - timedelta(days=40))
    Report.objects.create(brand=facts, key="mati", name="Mati")
    told = jobs.look_at_clocks(None)  # type: ignore[arg-type]
    assert told == {"editions": 1}
