"""Editions: opened once when due, then one copy for each reader and brand of their slice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Max, QuerySet

from tolok.base import Period
from tolok.reports.delivery.history import Delivery, write_delivery
from tolok.reports.delivery.readiness import Readiness, check_readiness
from tolok.reports.delivery.schedule import find_due, firings
from tolok.web.accounts.facts import calendar_of, engine_of, lake_of
from tolok.web.accounts.models import Brand
from tolok.web.jobs import queue

from .build import period_of
from .models import Edition, Recipient, Report, Sending

_AHEAD = 800  # days; a yearly report fires within them


def open_due(report: Report, now: datetime) -> Edition | None:
    """Open the edition that fell due since the last look, once, however many look at a time."""
    known = report.editions.values_list("period", flat=True)
    done = frozenset((report.key, period) for period in known)
    due = find_due((report.schedule,), calendar_of(report.brand), after=report.looked_until, now=now,
                   delivered=done)  # fmt: skip
    with transaction.atomic():
        mine = Report.objects.filter(pk=report.pk, looked_until=report.looked_until, is_on=True)
        if not mine.update(looked_until=now):
            return None
        return open_edition(report, due[-1].period, due[-1].at) if due else None


def open_edition(report: Report, period: Period, due_at: datetime) -> Edition:
    """Return the edition of a period, made when new, and have its copies prepared."""
    with transaction.atomic():
        edition, _ = Edition.objects.get_or_create(
            report=report, period=period.key, defaults={"due_at": due_at}
        )
        queue.enqueue("reports.prepare", {"edition": edition.pk}, brand_id=report.brand_id,
                      dedupe_key=f"edition:{edition.pk}")  # fmt: skip
    return edition


def next_firing(report: Report, now: datetime) -> datetime | None:
    """Return when the report goes out next; None when it does not."""
    if not report.is_on:
        return None
    until = now + timedelta(days=_AHEAD)
    return next(firings(report.schedule, calendar_of(report.brand), now, until), None)


def prepare(edition: Edition, *, is_asked: bool = False) -> list[Sending]:
    """Make the copies of an edition that do not stand yet, and return those to be sent now.

    Without any data a copy is held; where the data ends before the period does it is flagged, or
    held when the report says so, unless a person asked for it to go out (`is_asked`).
    """
    ready: dict[int, Readiness] = {}
    for reader in edition.report.recipients.prefetch_related("brands"):
        for brand in brands_of(reader):
            if brand.pk not in ready:
                ready[brand.pk] = _readiness(edition, brand)
            _make(edition, reader, brand, ready[brand.pk], is_asked=is_asked)
    return list(edition.sendings.filter(state=Sending.State.WAITING))


def brands_of(reader: Recipient) -> list[Brand]:
    """Return the brands of a reader's slice: those chosen in the workspace, else the report's."""
    home = reader.report.brand
    chosen = [b for b in reader.brands.all() if b.workspace_id == home.workspace_id]
    return chosen or [home]


def _readiness(edition: Edition, brand: Brand) -> Readiness:
    period = period_of(brand, edition.period)
    if period is None:
        return Readiness("skip")
    return check_readiness(engine_of(brand), brand.slug, period)


def _make(
    edition: Edition, reader: Recipient, brand: Brand, ready: Readiness, *, is_asked: bool
) -> None:
    is_held = ready.state == "skip" or (
        ready.state == "flagged" and edition.report.holds_back and not is_asked
    )
    state = Sending.State.HELD if is_held else Sending.State.WAITING
    reason = {"en": ready.reason.en, "id": ready.reason.id} if ready.reason else {}
    made, is_new = Sending.objects.get_or_create(
        edition=edition, recipient=reader, brand=brand, round=0,
        defaults={"name": reader.name, "way": reader.way, "state": state, "reason": reason,
                  "language": reader.language},
    )  # fmt: skip
    if not is_new and made.state == Sending.State.HELD:
        Sending.objects.filter(pk=made.pk, state=Sending.State.HELD).update(
            state=state, reason=reason
        )


def send_again(sending: Sending) -> Sending | None:
    """Make one more copy for the same reader; None when the reader is gone."""
    if sending.recipient_id is None:
        return None
    mine = Sending.objects.filter(
        edition=sending.edition, recipient=sending.recipient, brand=sending.brand
    )
    last = mine.aggregate(last=Max("round"))["last"]
    with transaction.atomic():
        made = Sending.objects.create(
            edition=sending.edition, recipient=sending.recipient, brand=sending.brand,
            round=last + 1, name=sending.name, way=sending.way, language=sending.language,
        )  # fmt: skip
        send_later(made)
    return made


def send_later(sending: Sending) -> None:
    """Put a copy on the queue; it is there once."""
    queue.enqueue("reports.send", {"sending": sending.pk}, brand_id=sending.brand_id,
                  dedupe_key=f"sending:{sending.pk}")  # fmt: skip


def note_facts(edition: Edition, brand: Brand) -> Delivery:
    """Write how an edition stands for a brand as a fact of the lake (K5.4).

    A reader counts once, however many copies were sent; it is delivered when no copy is on its
    way any more and at least one arrived.
    """
    mine = edition.sendings.filter(brand=brand)
    arrived = mine.filter(sent_at__isnull=False)
    opened = arrived.filter(opened_at__isnull=False)
    ratings = list(mine.filter(rating__isnull=False).values_list("recipient", "rating", "rated_at"))
    last = {reader: rating for reader, rating, _ in sorted(ratings, key=lambda r: r[2])}
    is_open = mine.filter(state__in=(Sending.State.WAITING, Sending.State.HANDING)).exists()
    first = arrived.filter(round=0).aggregate(last=Max("sent_at"))["last"]
    told = Delivery(
        report=edition.report.key, edition=edition.period, due_at=_naive(edition.due_at),
        delivered_at=None if is_open or first is None else _naive(first),
        readers=_count(arrived), opened_by=_count(opened), ratings=len(last),
        rating_sum=float(sum(last.values())),
    )  # fmt: skip
    write_delivery(lake_of(brand), brand.slug, told)
    return told


def _count(rows: QuerySet[Sending]) -> int:
    return rows.values("recipient").distinct().count()


def _naive(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)
