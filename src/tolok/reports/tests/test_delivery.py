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

import pytest
from aiosmtpd.controller import Controller
from hypothesis import given
from hypothesis import strategies as st

from tolok.base import Calendar, Period, SourceError, UserError
from tolok.lake import LakeView
from tolok.reports.delivery.history import Delivery, deliveries_of, write_delivery
from tolok.reports.delivery.letter import write_letter
from tolok.reports.delivery.readiness import check_readiness
from tolok.reports.delivery.schedule import Recipient, Schedule, find_due, firings, period_for
from tolok.reports.delivery.sending import (
    MailServer,
    UnsureError,
    chat_payload,
    send_letter,
    write_message,
)

from .reading import read_html
from .world import BRAND, OCTOBER, engine_of, make_lake, report_of

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
    for wrong in ({"day": 32}, {"rhythm": "week", "day": 8}, {"hour": 24}):
        with pytest.raises(UserError):
            _plan(**wrong)
    with pytest.raises(UserError):
        Recipient("a@kopi.test", forms=("doc",))


class _Box:
    def __init__(self) -> None:
        self.letters: list[tuple[list[str], bytes]] = []
        self.refuse = ""
        self.is_gone = False

    def hang_up(self) -> None:
        """From now on the line breaks as soon as a letter comes."""
        self.is_gone = True

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.is_gone:
            server.transport.abort()
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
    Recipient("bos@kopi.test", "id", "boss", forms=("pdf", "xlsx")),
    Recipient("client@kopi.test", "en", "client", forms=()),
)


def test_a_real_server_receives_the_report_inside_and_attached(
    box: tuple[_Box, MailServer],
) -> None:
    handler, server = box
    report = report_of(2)
    moments = []
    for reader in READERS:
        letter = write_letter(report, reader, sender="Kopi <tolok@kopi.test>", message_id="<a@kopi.test>",
                              link="https://tolok.test/r/1")  # fmt: skip
        send_letter(letter, server, handing=lambda: moments.append(len(handler.letters)))
    assert moments == [0, 1], "told right before each letter is handed over"
    assert [to for to, _ in handler.letters] == [["bos@kopi.test"], ["client@kopi.test"]]
    letters = [
        email.message_from_bytes(raw, policy=email.policy.default) for _, raw in handler.letters
    ]
    for letter, language, words in zip(letters, ("id", "en"), ("Rapor", "Scorecard"), strict=True):
        assert letter["Content-Language"] == language
        assert letter["Message-ID"] == "<a@kopi.test>"
        page = letter.get_body(("html",))
        assert page is not None
        assert words in read_html(page.get_content())
        assert "https://tolok.test/r/1" in page.get_content()
    kinds = [[part.get_content_subtype() for part in x.iter_attachments()] for x in letters]
    assert kinds == [["pdf", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"], []]


def test_without_data_a_report_is_not_ready() -> None:
    ready = check_readiness(engine_of(make_lake(0, 0)), BRAND, OCTOBER)
    assert ready.state == "skip"
    assert "October 2026" in ready.reason.en  # type: ignore[union-attr]


def test_a_period_not_covered_to_its_end_is_flagged_in_the_letter() -> None:
    lake = make_lake(1, 3)
    november = Period(date(2026, 10, 15), date(2026, 11, 15), "range")
    ready = check_readiness(engine_of(lake), BRAND, november)
    assert (ready.state, ready.data_until) == ("flagged", date(2026, 10, 31))
    letter = write_letter(report_of(1), READERS[1], sender="t@t", warning=ready.reason)
    plain = letter.get_body(("plain",))
    assert plain is not None
    assert "The data ends on 31 Oct 2026" in plain.get_content()


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


def test_a_line_that_breaks_while_the_letter_is_handed_over_leaves_it_unsure(
    box: tuple[_Box, MailServer],
) -> None:
    handler, server = box
    letter = EmailMessage()
    letter["From"], letter["To"] = "a@kopi.test", "b@kopi.test"
    handler.refuse = "421 going down"  # the server says it did not take it, and hangs up
    with pytest.raises(SourceError) as refused:
        send_letter(letter, server)
    assert not isinstance(refused.value, UnsureError)
    with pytest.raises(UnsureError) as unsure:
        send_letter(letter, server, handing=handler.hang_up)
    assert not unsure.value.retry


def test_what_is_written_of_an_edition_is_what_the_engine_measures() -> None:
    lake = make_lake(1, 3)
    due = datetime(2026, 11, 1, 1)
    write_delivery(lake, BRAND, Delivery("bulanan", "2026-10", due))
    write_delivery(lake, BRAND, Delivery("bulanan", "2026-10", due, due, 2, 1, 1, 4.0))
    assert [d.opened_by for d in deliveries_of(LakeView(lake), BRAND)] == [1]
    engine, november = engine_of(lake), Period(date(2026, 11, 1), date(2026, 12, 1), "month")
    values = {k: engine.figure(k, november).value for k in ("report_open_rate", "report_rating")}
    assert values == {"report_open_rate": 0.5, "report_rating": 4.0}


def test_a_chat_is_told_the_answers_in_its_own_form() -> None:
    report = report_of(1)
    words = write_message(report, "id", "https://tolok.test/r/1")
    assert chat_payload("slack", words) == {"text": words}
    assert chat_payload("telegram", words * 40)["text"] == (words * 40)[:4000]
    card = chat_payload("teams", words)["attachments"][0]["content"]
    assert [line["text"] for line in card["body"]] == words.split("\n")
