"""Sending: letters through the team's SMTP server, short messages to its chat."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any, Literal

from tolok.base import Language, SourceError, Text

from ..blocks import Words
from ..draw.palette import SIGNS
from ..report import Report

Security = Literal["none", "starttls", "tls"]
ChatKind = Literal["slack", "teams", "telegram"]
_TIMEOUT = 30
_REFUSED = Text(
    "The mail server {host} refused the letter: {why}", "Server email {host} menolak surat: {why}"
)
_UNREACHED = Text(
    "The mail server {host} cannot be reached: {why}", "Server email {host} tidak terjangkau: {why}"
)
_UNSURE = Text("The line to {host} broke while the letter was handed over: it may have arrived.",
               "Sambungan ke {host} putus saat surat diserahkan: surat mungkin sudah sampai.")  # fmt: skip
_TELEGRAM_MOST = 4000
_MOST_SENTENCES = 6


class UnsureError(SourceError):
    """Nobody knows whether it arrived: trying again might send it twice."""

    code = "unsure"


@dataclass(frozen=True)
class MailServer:
    """The team's SMTP server; the password is never shown."""

    host: str
    port: int = 587
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    security: Security = "starttls"


def send_letter(
    message: EmailMessage, server: MailServer, *, handing: Callable[[], None] | None = None
) -> None:
    """Send a letter; raises SourceError, `retry` where trying again later may help.

    `handing` is called right before the letter itself is given to the server: whatever fails
    earlier, and every refusal in so many words, means that it was not taken. UnsureError means
    that the line broke after that, so that nobody knows.
    """
    is_handed = False
    try:
        with _connect(server) as line:
            line.ehlo_or_helo_if_needed()
            if server.user is not None:
                line.login(server.user, server.password or "")
            _name_both(line, message)
            if handing is not None:
                handing()
            is_handed = True
            _check(*line.data(message.as_bytes(policy=policy.SMTP)))
            is_handed = False  # taken; a farewell that fails changes nothing
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPRecipientsRefused) as error:
        raise SourceError(_REFUSED, host=server.host, why=error) from None
    except smtplib.SMTPResponseException as error:
        is_passing = 400 <= error.smtp_code < 500
        raise SourceError(_REFUSED, retry=is_passing, host=server.host, why=error) from None
    except (OSError, smtplib.SMTPException) as error:
        if is_handed:
            raise UnsureError(_UNSURE, host=server.host) from None
        raise SourceError(_UNREACHED, retry=True, host=server.host, why=error) from None


def _name_both(line: smtplib.SMTP, message: EmailMessage) -> None:
    """Tell the server who sends and who receives."""
    sender, reader = (parseaddr(str(message[name]))[1] for name in ("From", "To"))
    _check(*line.mail(sender))
    code, why = line.rcpt(reader)
    if code not in (250, 251):
        raise smtplib.SMTPDataError(code, why)


def _check(code: int, why: bytes) -> None:
    if code != 250:
        raise smtplib.SMTPDataError(code, why)


def _connect(server: MailServer) -> smtplib.SMTP:
    if server.security == "tls":
        safe = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, timeout=_TIMEOUT, context=safe)
    line = smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT)
    if server.security == "starttls":
        line.starttls(context=ssl.create_default_context())
    return line


def write_message(
    report: Report, language: Language, link: str = "", *, warning: Text | None = None
) -> str:
    """Return the report as a short chat message: what was answered first, and where to read on."""
    lines = [f"{report.name} · {report.title.say(language)} · {report.period.label(language)}"]
    if warning is not None:
        lines.append(f"{SIGNS['watch']} {warning.say(language)}")
    answers = [s for sheet in report.told for b in sheet.blocks if isinstance(b, Words) and b.is_answer
               for s in b.sentences]  # fmt: skip
    seen = dict.fromkeys(s.say(language) for s in answers)
    lines += [f"• {words}" for words in list(seen)[:_MOST_SENTENCES]]
    return "\n".join([*lines, *([link] if link else [])])


def chat_payload(kind: ChatKind, words: str) -> Mapping[str, Any]:
    """Return what a chat is sent: a text for Slack and Telegram, an adaptive card for Teams."""
    if kind == "telegram":
        return {"text": words[:_TELEGRAM_MOST], "disable_web_page_preview": True}
    if kind == "slack":
        return {"text": words}
    lines = [{"type": "TextBlock", "text": line, "wrap": True} for line in words.split("\n")]
    lines[0] |= {"weight": "Bolder", "size": "Medium"}
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard",
        "version": "1.4", "body": lines,
    }  # fmt: skip
    kind_of = "application/vnd.microsoft.card.adaptive"
    return {"type": "message", "attachments": [{"contentType": kind_of, "content": card}]}
