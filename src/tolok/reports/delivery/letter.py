"""The letter of one reader: the first pages inside, the files the reader asked for attached."""

from __future__ import annotations

from email.message import EmailMessage

from tolok.base import Text

from ..draw.mail import draw_mail
from ..drawing import draw_report
from ..report import Report
from .schedule import Recipient


def write_letter(
    report: Report, reader: Recipient, *, sender: str, message_id: str = "",
    warning: Text | None = None, link: str = "",
) -> EmailMessage:  # fmt: skip
    """Return the letter that carries a report to a reader.

    `message_id` is the same each time the same letter is tried; `link` leads to the report on
    screen, where it can be rated; `warning` stands first.
    """
    language = reader.language
    attached = [(form, draw_report(report, form, language)) for form in reader.forms]
    letter = draw_mail(report, language, sender=sender, recipients=(reader.address,),
                       attached=attached, warning=warning, link=link)  # fmt: skip
    if message_id:
        letter["Message-ID"] = message_id
    letter["Auto-Submitted"] = "auto-generated"
    return letter
