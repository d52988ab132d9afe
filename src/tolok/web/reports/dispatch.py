"""Handing a copy over: by the team's mail server or a chat, so that no reader gets it twice."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.urls import reverse

from tolok.base import Language, SourceError, Text, UserError
from tolok.reports import Report as Built
from tolok.reports.delivery.letter import write_letter
from tolok.reports.delivery.schedule import Recipient as Reader
from tolok.reports.delivery.sending import (
    MailServer,
    UnsureError,
    chat_payload,
    send_letter,
    write_message,
)
from tolok.reports.draw.html import draw_body
from tolok.web.accounts.secrets import digest, make_secret
from tolok.web.outside import NO_MAIL, NO_MAIL_HINT, post

from .build import build_for, period_of
from .models import Recipient, Sending

Handing = Callable[[], None]
Begin = Callable[[dict[str, Any]], None]
BROKE = Text("The line to the chat broke while the message was handed over: it may have arrived.",
             "Sambungan ke chat putus saat pesan diserahkan: pesan mungkin sudah sampai.")  # fmt: skip
GONE = Text("The reader or the period is no longer there.", "Penerima atau periodenya sudah tidak ada.")  # fmt: skip


def hand_over(sending: Sending, begin: Begin) -> None:
    """Build a copy and hand it over; `begin` is called, with what to keep, before it may arrive.

    Raises UserError when it can never go out, SourceError when it was surely not taken, and
    UnsureError when nobody knows.
    """
    reader = sending.recipient
    period = period_of(sending.brand, sending.edition.period)
    if reader is None or period is None:
        raise UserError(GONE)
    built = build_for(reader, sending.brand, period)
    secret = make_secret()
    language: Language = "en" if reader.language == "en" else "id"
    page = gzip.compress(draw_body(built, language).encode(), mtime=0)
    link = address_of(secret)

    def handing() -> None:
        begin({"digest": digest(secret), "page": page, "language": language})

    if reader.way == Recipient.Way.EMAIL:
        _mail(sending, reader, built, link, handing)
    else:
        _chat(sending, reader, built, link, handing)


def address_of(secret: str) -> str:
    """Return where a copy is read on screen; empty where the installation knows no address."""
    path = reverse("reports_open:read", args=[secret])
    return f"{settings.TOLOK_URL}{path}" if settings.TOLOK_URL else ""


def mail_server() -> MailServer:
    """Return the team's mail server; raises UserError where none is set up."""
    if not settings.TOLOK_MAIL_READY:
        raise UserError(NO_MAIL, NO_MAIL_HINT)
    security = "tls" if settings.EMAIL_USE_SSL else "starttls" if settings.EMAIL_USE_TLS else "none"
    return MailServer(
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_HOST_USER or None,
        settings.EMAIL_HOST_PASSWORD or None, security,  # type: ignore[arg-type]
    )  # fmt: skip


def _mail(sending: Sending, reader: Recipient, built: Built, link: str, handing: Handing) -> None:
    server = mail_server()
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    host = sender.rpartition("@")[2] or "tolok"
    letter = write_letter(
        built, _reader(reader), sender=formataddr((built.name, sender)),
        message_id=f"<report-{sending.pk}@{host}>", link=link, warning=_warning(sending),
    )  # fmt: skip
    send_letter(letter, server, handing=handing)


def _reader(reader: Recipient) -> Reader:
    language: Language = "en" if reader.language == "en" else "id"
    return Reader(reader.address, language, forms=tuple(reader.forms))


def _warning(sending: Sending) -> Text | None:
    return Text(sending.reason["en"], sending.reason["id"]) if sending.reason else None


def _chat(sending: Sending, reader: Recipient, built: Built, link: str, handing: Handing) -> None:
    language: Language = "en" if reader.language == "en" else "id"
    words = write_message(built, language, link, warning=_warning(sending))
    body = json.dumps(chat_payload(reader.way, words), ensure_ascii=False).encode()  # type: ignore[arg-type]
    is_handed = False

    def note() -> None:
        nonlocal is_handed
        handing()
        is_handed = True

    try:
        post(reader.address, body, {"Tolok-Delivery": f"report-{sending.pk}"}, handing=note)
    except SourceError as error:
        if is_handed and "status" not in error.data:
            raise UnsureError(BROKE) from None
        raise
