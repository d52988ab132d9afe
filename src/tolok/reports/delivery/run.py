"""One delivery from end to end: readiness, report, letters, memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from tolok.base import BrandProfile
from tolok.kpi import Kpi
from tolok.lake import Lake
from tolok.metrics import Engine

from ..draw.mail import draw_mail
from ..drawing import draw_report
from ..report import Report, Style, build_report
from .history import Delivery, record_delivery, record_due
from .readiness import Readiness, check_readiness
from .schedule import Due

Send = Callable[[EmailMessage], None]


@dataclass(frozen=True)
class Outcome:
    """What became of an edition."""

    due: Due
    readiness: Readiness
    delivery: Delivery
    letters: int = 0


def deliver(
    due: Due, engine: Engine, profile: BrandProfile, *, lake: Lake, send: Send, sender: str, now: datetime,
    kpis: Sequence[Kpi] = (), style: Style | None = None,
) -> Outcome:  # fmt: skip
    """Build the edition, send each recipient their own slice, and remember it.

    Without data nothing is sent and the edition stands as due and not delivered. A flagged
    edition says so in the letter. What `send` raises goes through: the edition is then not
    remembered as delivered, and can be tried again.
    """
    ready = check_readiness(engine, profile.slug, due.period)
    if ready.state == "skip":
        return Outcome(due, ready, record_due(lake, due))
    built: dict[tuple[str, tuple[str, ...]], Report] = {}
    for reader in due.schedule.recipients:
        slice_ = (reader.audience, reader.pages)
        if slice_ not in built:
            built[slice_] = build_report(
                engine, profile, due.period, kpis=kpis, audience=reader.audience, pages=reader.pages, style=style,
            )  # fmt: skip
        report, language = built[slice_], reader.language
        attached = [(form, draw_report(report, form, language)) for form in due.schedule.forms]
        send(draw_mail(report, language, sender=sender, recipients=(reader.address,), attached=attached,
                       warning=ready.reason))  # fmt: skip
    told = record_delivery(lake, due, delivered_at=now, readers=len(due.schedule.recipients))
    return Outcome(due, ready, told, len(due.schedule.recipients))
