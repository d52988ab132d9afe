"""Sending: letters through the team's SMTP server, short messages to its chat."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any, Literal

import httpx

from tolok.base import Language, SourceError, Text, UserError

from ..blocks import Words
from ..report import Report

Security = Literal["none", "starttls", "tls"]
_TIMEOUT = 30
_REFUSED = Text(
    "The mail server {host} refused the letter: {why}", "Server email {host} menolak surat: {why}"
)
_UNREACHED = Text(
    "The mail server {host} cannot be reached: {why}", "Server email {host} tidak terjangkau: {why}"
)
_CHAT = Text("The chat refused the message: {why}", "Chat menolak pesan: {why}")
_MOST_SENTENCES = 6


@dataclass(frozen=True)
class MailServer:
    """The team's SMTP server; the password is never shown."""

    host: str
    port: int = 587
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    security: Security = "starttls"


def send_letter(message: EmailMessage, server: MailServer) -> None:
    """Send a letter; raises SourceError, `retry` where trying again later may help."""
    try:
        with _connect(server) as line:
            if server.user is not None:
                line.login(server.user, server.password or "")
            line.send_message(message)
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPRecipientsRefused) as error:
        raise SourceError(_REFUSED, host=server.host, why=error) from None
    except smtplib.SMTPResponseException as error:
        is_passing = 400 <= error.smtp_code < 500
        raise SourceError(_REFUSED, retry=is_passing, host=server.host, why=error) from None
    except (OSError, smtplib.SMTPException) as error:
        raise SourceError(_UNREACHED, retry=True, host=server.host, why=error) from None


def _connect(server: MailServer) -> smtplib.SMTP:
    if server.security == "tls":
        safe = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, timeout=_TIMEOUT, context=safe)
    line = smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT)
    if server.security == "starttls":
        line.starttls(context=ssl.create_default_context())
    return line


def write_message(report: Report, language: Language, link: str | None = None) -> str:
    """Return the report as a short chat message: what was answered first, and where to read on."""
    lines = [f"{report.name} · {report.title.say(language)} · {report.period.label(language)}"]
    answers = [s for sheet in report.told for b in sheet.blocks if isinstance(b, Words) and b.is_answer
               for s in b.sentences]  # fmt: skip
    seen = dict.fromkeys(s.say(language) for s in answers)
    lines += [f"• {words}" for words in list(seen)[:_MOST_SENTENCES]]
    return "\n".join([*lines, *([link] if link else [])])


@dataclass(frozen=True)
class Chat:
    """A chat the team reads: an incoming webhook of Slack or Teams, or a Telegram bot."""

    kind: Literal["slack", "teams", "telegram"]
    address: str = field(repr=False)  # holds a secret
    room: str | None = None

    def payload(self, words: str) -> Mapping[str, Any]:
        """Return what the chat is sent."""
        if self.kind == "telegram":
            return {"chat_id": self.room, "text": words, "disable_web_page_preview": True}
        return {"text": words if self.kind == "slack" else words.replace("\n", "\n\n")}


def send_message(words: str, chat: Chat, client: httpx.Client | None = None) -> None:
    """Send a short message to a chat; raises UserError for a bad address, SourceError else."""
    if not chat.address.startswith("https://"):
        raise UserError(
            Text("A chat address begins with https://.", "Alamat chat diawali https://.")
        )
    try:
        with client or httpx.Client(timeout=_TIMEOUT) as line:
            answer = line.post(chat.address, json=chat.payload(words))
    except httpx.HTTPError as error:
        raise SourceError(_CHAT, retry=True, why=type(error).__name__) from None
    if answer.is_error:
        is_passing = answer.status_code == 429 or answer.status_code >= 500
        raise SourceError(_CHAT, retry=is_passing, why=answer.status_code)
