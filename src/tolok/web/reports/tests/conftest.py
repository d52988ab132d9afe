"""A brand with facts, a report with two readers, and a mail server that remembers what it took."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tolok.reports.tests.world import make_lake
from tolok.web.accounts.facts import lake_of
from tolok.web.accounts.models import Brand
from tolok.web.reports.models import Recipient, Report


class Box:
    """What the mail server took; `answer` is what it says to a letter when not empty."""

    def __init__(self) -> None:
        self.taken: list[tuple[list[str], bytes]] = []
        self.answer = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answer:
            return self.answer
        self.taken.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"

    @property
    def readers(self) -> list[str]:
        """The addresses that got a letter, one entry a letter."""
        return sorted(to for readers, _ in self.taken for to in readers)

    def letter_to(self, address: str) -> EmailMessage:
        """Return the last letter to an address."""
        raw = [content for readers, content in self.taken if address in readers][-1]
        found = email.message_from_bytes(raw, policy=email.policy.default)
        assert isinstance(found, EmailMessage)
        return found


def start_server(box: Box) -> Controller:
    """Start a mail server on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    return controller


@pytest.fixture
def box(settings: Any) -> Iterator[Box]:
    """A mail server that is the team's."""
    box = Box()
    controller = start_server(box)
    settings.TOLOK_MAIL_READY = True
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.TOLOK_URL = "https://tolok.test"
    settings.DEFAULT_FROM_EMAIL = "Tolok <tolok@kopi.test>"
    yield box
    controller.stop()


@pytest.fixture
def facts(brand: Brand, monkeypatch: pytest.MonkeyPatch) -> Brand:
    """The brand with three months of facts, up to the end of October 2026."""
    monkeypatch.setenv("TOLOK_TODAY", "2026-11-10")
    if not any(lake_of(brand).folder.rglob("*.parquet")):
        make_lake(2, 3, lake=lake_of(brand))
    return brand


@pytest.fixture
def report(brand: Brand) -> Report:
    """A monthly report of two pages, on the first at eight."""
    return Report.objects.create(
        brand=brand, key="bulanan", name="Laporan bulanan", audience="boss", is_on=True,
        pages=["scorecard", "content"], looked_until=datetime(2026, 10, 31, 20, tzinfo=UTC),
    )  # fmt: skip


@pytest.fixture
def readers(report: Report) -> list[Recipient]:
    """The boss, in Indonesian with PDF; a client, in English with one page and a workbook."""
    boss = Recipient.objects.create(
        report=report, name="Bos", address="bos@kopi.test", forms=["pdf"]
    )
    client = Recipient.objects.create(
        report=report, name="Klien", address="klien@kopi.test", language="en",
        pages=["content"], forms=["xlsx"],
    )  # fmt: skip
    return [boss, client]
