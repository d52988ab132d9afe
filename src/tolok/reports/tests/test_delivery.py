"""Delivery: schedules on the brand's clock, letters to a real server, the memory of editions."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from aiosmtpd.controller import Controller
from hypothesis import given
from hypothesis import strategies as st

from tolok.base import Calendar, Period, SourceError, UserError
from tolok.lake import LakeView
from tolok.reports.delivery.history import (
    delivered,
    deliveries_of,
    record_opening,
    record_rating,
)
from tolok.reports.delivery.readiness import check_readiness
from tolok.reports.delivery.run import deliver
from tolok.reports.delivery.schedule import Due, Recipient, Schedule, find_due, firings, period_for
from tolok.reports.delivery.sending import (
    Chat,
    MailServer,
    send_letter,
    send_message,
    write_message,
)

from .reading import read_html
from .world import BRAND, KPIS, OCTOBER, PROFILE, engine_of, make_lake, report_of

BERLIN = Calendar(timezone="Europe/Berlin")
JAKARTA = Calendar(timezone="Asia/Jakarta")


def _utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type]


def _plan(**told: Any) -> Schedule:
    return Schedule(**{"key": "s", "brand": BRAND, "rhythm": "month", **told})


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Asia/Jakarta", "Australia/Lord_Howe"]
)
@pytest.mark.parametrize("hour", [0, 1, 2, 3, 8])
def test_a_weekly_report_fires_once_a_week_right_through_both_changes_of_the_clock(
    zone: str, hour: int
) -> None:
    calendar = Calendar(timezone=zone)
    found = list(
        firings(
            _plan(rhythm="week", day=7, hour=hour, minute=30),
            calendar,
            _utc(2026, 1, 1),
            _utc(2027, 1, 1),
        )
    )
    days = [m.astimezone(ZoneInfo(zone)).date() for m in found]
    assert len(days) == len(set(days)) == 52
    assert all(d.isoweekday() == 7 for d in days)


def test_an_hour_the_clock_skips_fires_right_after_the_gap() -> None:
    found = list(
        firings(
            _plan(rhythm="week", day=7, hour=2, minute=30),
            BERLIN,
            _utc(2026, 3, 28),
            _utc(2026, 3, 30),
        )
    )
    assert len(found) == 1
    assert found[0].astimezone(ZoneInfo("Europe/Berlin")).strftime("%H:%M") in ("03:00", "03:30")


def test_an_hour_the_clock_repeats_fires_once() -> None:
    found = list(
        firings(
            _plan(rhythm="week", day=7, hour=2, minute=30),
            BERLIN,
            _utc(2026, 10, 24),
            _utc(2026, 10, 26),
        )
    )
    assert found == [_utc(2026, 10, 25, 0, 30)]


@pytest.mark.parametrize("day", [28, 29, 30, 31])
def test_a_monthly_report_on_a_late_day_fires_once_each_month_on_that_day_or_the_last(
    day: int,
) -> None:
    found = list(firings(_plan(day=day), JAKARTA, _utc(2027, 12, 31, 12), _utc(2028, 12, 31, 12)))
    local = [m.astimezone(ZoneInfo("Asia/Jakarta")).date() for m in found]
    assert [d.month for d in local] == list(range(1, 13))
    for one in local:
        last = (one.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        assert one.day == min(day, last.day)


@given(st.sampled_from(["week", "month", "quarter", "half", "year"]), st.integers(1, 7), st.integers(0, 23),
       st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1)), st.integers(1, 400))  # fmt: skip
def test_asking_in_two_steps_or_one_gives_the_same_firings(
    rhythm: Any, day: int, hour: int, start: datetime, days: int
) -> None:
    plan, start = _plan(rhythm=rhythm, day=day, hour=hour), start.replace(tzinfo=UTC)
    end = start + timedelta(days=days)
    middle = start + timedelta(days=days / 2)
    whole = list(firings(plan, BERLIN, start, end))
    assert whole == [*firings(plan, BERLIN, start, middle), *firings(plan, BERLIN, middle, end)]


def test_a_firing_reports_on_the_last_whole_period() -> None:
    assert period_for(_plan(), JAKARTA, _utc(2026, 11, 1, 1)) == OCTOBER
    # 31 October 18:00 UTC is already November in Jakarta.
    assert period_for(_plan(), JAKARTA, _utc(2026, 10, 31, 18)) == OCTOBER
    assert period_for(_plan(rhythm="quarter"), JAKARTA, _utc(2026, 11, 1, 1)).key == "2026-Q3"


def test_an_edition_is_due_once_and_after_a_pause_only_the_last_one() -> None:
    told = {"after": _utc(2026, 5, 1), "now": _utc(2026, 11, 2)}
    due = find_due((_plan(),), JAKARTA, **told)
    assert [d.edition for d in due] == ["2026-10"]
    assert find_due((_plan(),), JAKARTA, **told, delivered=frozenset({("s", "2026-10")})) == []


def test_a_schedule_that_cannot_be_kept_is_refused() -> None:
    for wrong in ({"day": 32}, {"rhythm": "week", "day": 8}, {"hour": 24}, {"forms": ("doc",)}):
        with pytest.raises(UserError):
            _plan(**wrong)


class _Box:
    def __init__(self) -> None:
        self.letters: list[tuple[list[str], bytes]] = []
        self.refuse = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuse:
            return self.refuse
        self.letters.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"


@pytest.fixture
def box() -> Iterator[tuple[_Box, MailServer]]:
    handler = _Box()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, MailServer("127.0.0.1", port, security="none")
    controller.stop()


READERS = (
    Recipient("bos@kopi.test", "id", "boss", ("scorecard",)),
    Recipient("client@kopi.test", "en", "client", ("content",)),
)
PLAN = _plan(key="bulanan", recipients=READERS, forms=("pdf", "xlsx"))
DUE = Due(PLAN, OCTOBER, _utc(2026, 11, 1, 1))


def test_a_real_server_receives_each_readers_own_slice_inside_and_attached(
    box: tuple[_Box, MailServer],
) -> None:
    handler, server = box
    lake = make_lake(2, 14)
    told = deliver(DUE, engine_of(lake), PROFILE, lake=lake, send=lambda m: send_letter(m, server),
                   sender="tolok@kopi.test", now=_utc(2026, 11, 1, 1, 1), kpis=KPIS)  # fmt: skip
    assert told.letters == 2
    assert [to for to, _ in handler.letters] == [["bos@kopi.test"], ["client@kopi.test"]]
    letters = [
        email.message_from_bytes(raw, policy=email.policy.default) for _, raw in handler.letters
    ]
    for letter, language, words in zip(letters, ("id", "en"), ("Rapor", "Content"), strict=True):
        assert letter["Content-Language"] == language
        page = letter.get_body(("html",))
        assert page is not None
        assert words in read_html(page.get_content())
        kinds = [part.get_content_subtype() for part in letter.iter_attachments()]
        assert kinds == ["pdf", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"]
    assert "client@kopi.test" not in str(letters[0])
    assert delivered(LakeView(lake), BRAND) == {("bulanan", "2026-10")}


def test_without_data_nothing_is_sent_and_the_edition_stays_due() -> None:
    lake, sent = make_lake(0, 0), []
    told = deliver(
        DUE,
        engine_of(lake),
        PROFILE,
        lake=lake,
        send=sent.append,
        sender="t@t",
        now=_utc(2026, 11, 1, 2),
    )
    assert told.readiness.state == "skip"
    assert "2026" in told.readiness.reason.en  # type: ignore[union-attr]
    assert not sent
    assert not delivered(LakeView(lake), BRAND)
    assert [d.delivered_at for d in deliveries_of(LakeView(lake), BRAND)] == [None]


def test_a_period_not_covered_to_its_end_is_flagged_in_the_letter() -> None:
    lake = make_lake(1, 3)
    november = Period(date(2026, 10, 15), date(2026, 11, 15), "range")
    ready = check_readiness(engine_of(lake), BRAND, november)
    assert (ready.state, ready.data_until) == ("flagged", date(2026, 10, 31))
    sent: list[EmailMessage] = []
    due = Due(_plan(recipients=READERS[:1], forms=()), november, _utc(2026, 11, 16))
    deliver(
        due,
        engine_of(lake),
        PROFILE,
        lake=lake,
        send=sent.append,
        sender="t@t",
        now=_utc(2026, 11, 16),
    )
    plain = sent[0].get_body(("plain",))
    assert plain is not None
    assert "2026-10-31" in plain.get_content()


def test_a_passing_refusal_may_be_tried_again_and_a_final_one_not(
    box: tuple[_Box, MailServer],
) -> None:
    handler, server = box
    letter = EmailMessage()
    letter["From"], letter["To"] = "a@kopi.test", "b@kopi.test"
    for answer, retry in (("451 later", True), ("554 never", False)):
        handler.refuse = answer
        with pytest.raises(SourceError) as refused:
            send_letter(letter, server)
        assert refused.value.retry is retry
    with pytest.raises(SourceError) as unreached:
        send_letter(letter, MailServer("127.0.0.1", 1, security="none"))
    assert unreached.value.retry


def test_a_failed_letter_is_not_remembered_as_delivered() -> None:
    lake = make_lake(1, 3)

    def fail(message: EmailMessage) -> None:
        raise SourceError(KPIS[0].declared.name, retry=True)  # type: ignore[union-attr]

    with pytest.raises(SourceError):
        deliver(
            DUE,
            engine_of(lake),
            PROFILE,
            lake=lake,
            send=fail,
            sender="t@t",
            now=_utc(2026, 11, 1, 2),
        )
    assert not delivered(LakeView(lake), BRAND)


def test_openings_and_ratings_are_facts_the_engine_measures() -> None:
    lake = make_lake(1, 3)
    told = deliver(
        DUE,
        engine_of(lake),
        PROFILE,
        lake=lake,
        send=lambda m: None,
        sender="t@t",
        now=_utc(2026, 11, 1, 2),
    )
    one = record_opening(lake, BRAND, told.delivery)
    one = record_rating(lake, BRAND, one, rating=4)
    with pytest.raises(UserError):
        record_rating(lake, BRAND, one, rating=6)
    engine, november = engine_of(lake), Period(date(2026, 11, 1), date(2026, 12, 1), "month")
    values = {k: engine.figure(k, november).value for k in ("report_open_rate", "report_rating")}
    assert values == {"report_open_rate": 0.5, "report_rating": 4.0}


@pytest.mark.parametrize("kind", ["slack", "teams", "telegram"])
def test_a_chat_gets_the_answers_of_the_report(kind: Any) -> None:
    seen: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.content)
        return httpx.Response(200)

    report = report_of(1)
    words = write_message(report, "id", "https://tolok.test/r/1")
    client = httpx.Client(transport=httpx.MockTransport(answer))
    send_message(words, Chat(kind, "https://chat.test/hook", "7"), client)
    assert report.title.id.encode() in seen[0]
    busy = httpx.Client(transport=httpx.MockTransport(lambda r: httpx.Response(429)))
    with pytest.raises(SourceError) as refused:
        send_message(words, Chat(kind, "https://chat.test/hook"), busy)
    assert refused.value.retry
    with pytest.raises(UserError):
        send_message(words, Chat(kind, "file:///etc/passwd"))
